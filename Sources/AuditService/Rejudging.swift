import AlertLedger
import AuditBase
import FreezeRules
import HRRecords
import RuleFiles
import Synchronization

/// Judges the facts of ledger events again, by the rules at hand: an event holds all that its verdict was made of.
package final class Rejudging: Sendable {
  private let ruleSet: RuleSet
  private let site: Configuration
  private let tables = Mutex<[String: WindowTable]>([:])

  /// - Parameter configuration: as it was when the events were written, as far as its elections and zones go.
  package init(_ ruleSet: RuleSet, _ configuration: Configuration) {
    self.ruleSet = ruleSet
    site = configuration
  }

  /// Whether an event holds a record that was judged on some day.
  static func isAboutFacts(_ body: EventBody.Parsed) -> Bool {
    body.json["facts"]?.pairs != nil && body.text("known_on").flatMap({ CivilDate(iso: $0) }) != nil
  }

  /// The judgement of an event's facts; `nil` where there are none, or where other rules or another calendar judged them.
  func judgement(_ body: EventBody.Parsed) -> Judgement? {
    guard let facts = body.json["facts"], facts.pairs != nil,
      let knownOn = body.text("known_on").flatMap({ CivilDate(iso: $0) }),
      body.text("rulebook") == ruleSet.rulebook.hash, body.text("calendar") == ruleSet.calendar.hash
    else { return nil }
    let source = site.sources.first { $0.name == body.text("source") }
    var action = PersonnelAction(
      cells: { facts[$0.rawValue]?.string }, place: "-", region: source?.region,
      zone: source?.zone ?? site.zone)
    // The act it revokes is another record, which the event does not hold: that it was found is taken as written.
    if body.text("verdict", "outcome") == Outcome.reversal.rawValue { action.revokedAct = .found([nil]) }
    return judge(action, table(source, knownOn), approvals: Self.approvals(body))
  }

  /// The verdict that the event is about.
  static func verdict(_ judgement: Judgement, _ body: EventBody.Parsed) -> Verdict? {
    judgement.verdicts.first {
      $0.window.rule == body.text("rule") && $0.window.election == body.text("election")
    }
  }

  private func table(_ source: SourceSettings?, _ knownOn: CivilDate) -> WindowTable {
    let name = "\(knownOn) \(source?.name ?? "")"
    if let known = tables.withLock({ $0[name] }) { return known }
    let table = ruleSet.windows(declared: source?.elections ?? site.elections, knownOn: knownOn)
    tables.withLock { $0[name] = table }
    return table
  }

  private static func approvals(_ body: EventBody.Parsed) -> Approvals? {
    guard let lines = body.json["annex"]?.array else { return nil }
    return Approvals(
      lines.map { line in
        ApprovalLine(
          letterNo: line["letter_no"]?.string ?? "-", letterDate: DirtyDate.read(line["letter_date"]?.string),
          nip: line["nip"]?.string, postTo: line["post_to"]?.string, regionCode: line["region_code"]?.string)
      })
  }
}
