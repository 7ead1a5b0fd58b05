import AuditBase
import FreezeRules
import RuleFiles
import Testing

@testable import AuditReports

/// A verdict that depends on something says on what, and what would settle it, whatever that is.
@Suite struct DisputeTests {
  enum Cause: CaseIterable { case regionElsewhere, governorElection, contradictsItself, partialDate }

  private func judged(_ cause: Cause) throws -> Judgement {
    var action = PersonnelAction(actionID: "7", kind: "mutasi")
    action.regionCode = "16.05"
    var day = "2024-05-17"
    var governorBinds = false
    switch cause {
    case .regionElsewhere:
      action.regionCode = "34"
      action.take(site: "16.05")
    // The regency itself did not vote in 2018, its province did.
    case .governorElection: (governorBinds, day) = (true, "2017-11-17")
    case .contradictsItself:
      action.kind = "kenaikan pangkat"
      action.postFrom = "Camat"
      action.postTo = "Kepala Dinas"
    case .partialDate: day = "2024-03"
    }
    let span = try #require(
      day.count == 7 ? DateSpan(year: 2024, month: 3) : DateSpan(date(day)))
    action.decreeDate = .known(span, original: day)
    let rules = try RuleSet()
    let table = WindowTable(
      rules.rulebook, rules.calendar, governorBinds: governorBinds, knownOn: date("2026-11-22"))
    return judge(action, table, approvals: nil)
  }

  @Test(arguments: Cause.allCases, Language.allCases)
  func `What it depends on is said, with what settles it`(_ cause: Cause, _ language: Language) throws {
    let judgement = try judged(cause)
    let verdict = try #require(judgement.verdicts.first)
    #expect(verdict.outcome == .depends)
    let said = judgement.summary(language)
    let empty = Text("tergantung ;", "depending on ;")[language]
    #expect(!said.contains(empty), "\(said)")
    #expect(!verdict.settling(language).isEmpty)
    // Its own question, and not that of another.
    let question =
      switch cause {
      case .regionElsewhere: Text("wilayah mana yang benar", "which region is right")
      case .governorElection: Text("pemilihan gubernur mengikat", "election binds")
      case .contradictsItself: Text("apa sebenarnya tindakan ini", "what the act really was")
      case .partialDate: Text("hari pasti", "the exact day")
      }
    #expect(said.contains(question[language]), "\(said)")
    #expect(verdict.phrase[language].contains(question[language]), "\(verdict.phrase)")
  }
}
