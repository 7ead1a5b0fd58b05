import AlertLedger
import FreezeRules
import HRRecords
import AuditBase
import RuleFiles

/// Judges the facts of a ledger event again and compares the verdict with the one written.
package struct Recomputation {
  /// What came of one event.
  package enum Result: Sendable, Equatable {
    /// The same verdict.
    case same
    /// Nothing to judge: an acknowledgement, a deletion, an event about the auditor.
    case notJudged
    /// It was judged by other rules or another calendar than the ones at hand.
    case otherRules
    /// Another verdict.
    case different(Text)
  }

  private let ruleSet: RuleSet
  private let sources: [SourceSettings]
  private let site: Configuration
  private var tables: [String: WindowTable] = [:]

  /// - Parameter configuration: as it was when the events were written, as far as its elections and zones go.
  package init(_ ruleSet: RuleSet, _ configuration: Configuration) {
    self.ruleSet = ruleSet
    sources = configuration.sources
    site = configuration
  }

  /// Judges one event again.
  package mutating func check(_ body: EventBody.Parsed) -> Result {
    guard let kind = body.text("event").flatMap(EventKind.init),
      [.raised, .amended, .reraised, .cleared].contains(kind),
      let facts = body.json["facts"], facts.pairs != nil, let recorded = body.json["verdict"],
      let knownOn = body.text("known_on").flatMap({ CivilDate(iso: $0) })
    else { return .notJudged }
    guard body.text("rulebook") == ruleSet.rulebook.hash, body.text("calendar") == ruleSet.calendar.hash
    else {
      return .otherRules
    }
    let source = sources.first { $0.name == body.text("source") }
    var action = PersonnelAction(
      cells: { facts[$0.rawValue]?.string }, place: "-", region: source?.region,
      zone: source?.zone ?? site.zone)
    // The act it revokes is another record, which the event does not hold: that it was found is taken as written.
    if recorded["outcome"]?.string == Outcome.reversal.rawValue { action.revokedAct = .found([nil]) }
    let name = "\(knownOn) \(source?.name ?? "")"
    let table =
      tables[name] ?? ruleSet.windows(declared: source?.elections ?? site.elections, knownOn: knownOn)
    tables[name] = table
    let judgement = judge(action, table, approvals: Self.approvals(body))
    let verdict = judgement.verdicts.first {
      $0.window.rule == body.text("rule") && $0.window.election == body.text("election")
    }
    // An alert can be cleared because its rule or election no longer applies: then there is nothing to compare.
    guard let verdict else { return kind == .cleared ? .same : .different(Self.none) }
    guard verdict.recorded != recorded else { return .same }
    let written = recorded["outcome"]?.string ?? "-"
    let now = verdict.outcome.rawValue
    return .different(
      written == now
        ? Text(
          "dinilai ulang: kesimpulannya sama (\(now)), tetapi rinciannya berbeda",
          "judged again: the outcome is the same (\(now)), but its details differ")
        : Text(
          "dinilai ulang: tertulis \(written), seharusnya \(now)",
          "judged again: written \(written), should be \(now)"))
  }

  private static let none = Text(
    "dinilai ulang: aturan dan pemilihannya tidak berlaku bagi catatan ini; periksa elections dalam konfigurasi",
    "judged again: its rule and election do not apply to the record; check elections in the configuration"
  )

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
