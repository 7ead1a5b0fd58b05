import AuditBase
import FreezeRules

/// What is open, alerts and notices apart, as log, `status` and mail count alike.
package struct OpenCount: Sendable, Equatable {
  /// Alerts.
  package private(set) var alerts = 0
  /// Reversals: notices, on record beside them.
  package private(set) var reversals = 0

  /// Nothing open.
  package init() {}

  /// Counts the outcomes of what is open.
  package init(_ outcomes: some Sequence<String>) {
    for outcome in outcomes { add(outcome) }
  }

  /// So many of each outcome.
  package init(byOutcome counts: [String: Int]) {
    for (outcome, count) in counts { add(outcome, count) }
  }

  /// So many more of one outcome.
  package mutating func add(_ outcome: String, _ count: Int = 1) {
    if outcome == Outcome.reversal.rawValue { reversals += count } else { alerts += count }
  }

  /// `5 peringatan terbuka, 1 pembatalan`.
  package var text: Text {
    let open = Text("\(alerts) peringatan terbuka", alerts == 1 ? "1 alert open" : "\(alerts) alerts open")
    guard reversals > 0 else { return open }
    return Text(
      "\(open.indonesian), \(reversals) pembatalan",
      "\(open.english), \(reversals == 1 ? "1 reversal" : "\(reversals) reversals")")
  }
}
