import FreezeRules
import Postgres

extension LedgerStore {
  /// The bodies of the alerts of a source that were open at an instant, each the event that said last what it is.
  /// - Parameter instant: as PostgreSQL reads it, with its zone; what was written then or later does not count.
  package func openBodies(of source: String, before instant: String) throws(LedgerError) -> [String] {
    try texts(
      """
      SELECT body FROM (SELECT DISTINCT ON (alert_id) seq, event, body FROM freeze_audit.alert_event
        WHERE source = $1 AND recorded_at < $2::timestamptz
        AND event IN ('raised', 'amended', 'reraised', 'cleared', 'withdrawn')
        ORDER BY alert_id, seq DESC) AS alerts
      WHERE event IN ('raised', 'amended', 'reraised') ORDER BY seq
      """, [.text(storable(source)), .text(instant)])
  }

  /// Whether anything was written before an instant.
  package func hasEvents(before instant: String) throws(LedgerError) -> Bool {
    try number(
      "SELECT count(*) FROM (SELECT 1 FROM freeze_audit.alert_event WHERE recorded_at < $1::timestamptz LIMIT 1) AS e",
      [.text(instant)]) ?? 0 > 0
  }
}
