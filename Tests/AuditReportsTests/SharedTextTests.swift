import AuditBase
import Foundation
import FreezeRules
import Testing

@testable import AuditReports

/// What records share is written once: a record among others reads as it does alone.
@Suite struct SharedTextTests {
  /// Acts that agree in much and differ in one thing each.
  private static let acts: [PersonnelAction] = {
    let days = [
      "2024-03-21", "2024-03-22", "2024-06", "2024", "2024-09-22", "2024-09-23", "2025-03-01", "2019-01-01",
    ]
    var acts: [PersonnelAction] = []
    for day in days {
      for (number, change) in changes.enumerated() {
        acts.append(
          act("\(day)-\(number)") {
            let span = WrittenDay.span(day)
            $0.decreeDate = span.map { .known($0, original: day) } ?? .absent(original: nil)
            change(&$0)
          })
      }
    }
    return acts
  }()

  private static let changes: [@Sendable (inout PersonnelAction) -> Void] = [
    { _ in }, { $0.employeeName = "Siti \"Aminah\" <b>\u{2028}\\" }, { $0.kind = "promosi" },
    { $0.kind = "kenaikan pangkat" }, { $0.kind = "entah" }, { $0.postTo = "Guru Ahli Muda" },
    { $0.echelonTo = "IV.a" }, { $0.approvalNo = "100/SJ" },
    {
      $0.approvalNo = "100/SJ"
      $0.approvalDate = .known(DateSpan(date("2024-03-01")), original: "2024-03-01")
    },
    {
      $0.approvalNo = "101/SJ"
      $0.approvalDate = .known(DateSpan(date("2024-12-01")), original: "2024-12-01")
    }, { $0.revokes = "800/9" }, { $0.revokes = "800/8" },
    { $0.inauguratedOn = .known(DateSpan(date("2024-05-03")), original: "3 Mei 2024") },
    { $0.effectiveDate = .unreadable(original: "31 Februari") },
    { $0.effectiveDate = .unreadable(original: "30 Februari") }, { $0.regionCode = "36.04" },
    { $0.regionCode = "99.99" }, { $0.decreeNo = nil }, { $0.assignment = "PLT" },
    { $0.pertekNo = "PK-1" },
  ]

  @Test(arguments: Language.allCases)
  func `A record among others has the bytes that it has alone`(_ language: Language) throws {
    let header = try header { $0.language = language }
    var together = RecordWriter(language)
    var seen: Set<Outcome> = []
    // Twice, so that each meets what was kept of it.
    for action in Self.acts + Self.acts.reversed() {
      let judgement = judge(action, header.table, approvals: nil)
      seen.insert(judgement.outcome)
      var alone = RecordWriter(language)
      let record = ReportedRecord(judgement)
      let bytes = alone.write(record)
      #expect(together.write(record) == bytes, "\(action.actionID)")
      // The sentence is the one that every other format has.
      let json = try #require(JSON(parsing: String(decoding: bytes, as: UTF8.self)))
      #expect(json["summary"]?.string == judgement.summary(language))
      #expect(json["decree_date"]?.string == action.decreeDate.display)
      #expect(json["verdicts"]?.array?.count == judgement.relevantVerdicts.count)
      #expect(judgement.json(language) == json)
    }
    #expect(seen.count >= 7, "\(seen)")
  }

  @Test(arguments: Language.allCases)
  func `A row of the page among others has the bytes that it has alone`(_ language: Language) throws {
    let header = try header { $0.language = language }
    func rows(_ actions: [PersonnelAction]) throws -> [String] {
      let html = String(
        decoding: try reportBytes(.html, actions, header, showAll: true), as: UTF8.self)
      return html.matches(of: #/<tr class="f [^\n]*\n/#).map { String($0.output) }
        .map { $0.replacing(#/ r[0-9]+/#, with: "").replacing(#/id=f[0-9]+/#, with: "") }
    }
    // Alone on their SK nothing of a row is said above it but what stands above it in either case.
    let acts = Self.acts.enumerated().map { place, action in
      var action = action
      if action.decreeNo != nil { action.decreeNo = "800/\(place)" }
      return action
    }.filter { $0.decreeNo != nil }
    let together = Dictionary(grouping: try rows(acts + acts), by: { $0 }).mapValues(\.count)
    for action in acts {
      for row in try rows([action, action]) { #expect((together[row] ?? 0) >= 2, "\(row)") }
    }
  }

  @Test func `What is shown is the strongest, every hit of a rule, else its nearest window`() throws {
    let table = try windows()
    for action in Self.acts {
      let judgement = judge(action, table, approvals: nil)
      let shown = judgement.relevantVerdicts
      #expect(shown.first?.outcome == judgement.verdicts.first?.outcome)
      #expect(zip(shown, shown.dropFirst()).allSatisfy { $0.outcome.rank <= $1.outcome.rank })
      for verdict in judgement.verdicts where !verdict.insideDates.isEmpty {
        #expect(shown.contains { $0.window === verdict.window })
      }
      for rule in Set(judgement.verdicts.map(\.window.rule)) {
        #expect(shown.contains { $0.window.rule == rule }, "\(rule)")
      }
    }
  }
}

/// An SK by any spelling of its number.
@Suite struct DecreeNameTests {
  @Test(arguments: [
    ("800/1", "800/1"), ("800 / 1", "800/1"), ("SK.800/Ab", "sk.800/ab"), ("800\t/\r\n1", "800/1"),
    ("800\u{A0}/É", "800/é"), ("", ""),
  ])
  func `Blanks and case tell no number from another`(_ number: String, _ folded: String) {
    #expect(DecreeName.folded(number) == folded)
  }

  @Test(arguments: [
    ("800/1", "SK 800/1"), ("SK 800/1", "SK 800/1"), ("sk/1", "sk/1"), ("S", "SK S"), ("", "SK "),
    ("5K/1", "SK 5K/1"), ("Surat/1", "SK Surat/1"),
  ])
  func `SK is said once`(_ number: String, _ name: String) { #expect(DecreeName.prefixed(number) == name) }
}
