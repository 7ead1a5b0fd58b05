import AlertLedger
import AuditBase
import FreezeRules
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

  private let rejudging: Rejudging

  /// - Parameter configuration: as it was when the events were written, as far as its elections and zones go.
  package init(_ ruleSet: RuleSet, _ configuration: Configuration) {
    rejudging = Rejudging(ruleSet, configuration)
  }

  /// Judges one event again.
  package func check(_ body: EventBody.Parsed) -> Result {
    guard let kind = body.text("event").flatMap(EventKind.init),
      [.raised, .amended, .reraised, .cleared].contains(kind), let recorded = body.json["verdict"],
      Rejudging.isAboutFacts(body)
    else { return .notJudged }
    guard let judgement = rejudging.judgement(body) else { return .otherRules }
    let verdict = Rejudging.verdict(judgement, body)
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
}
