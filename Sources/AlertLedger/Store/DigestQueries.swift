import FreezeRules
import Postgres

/// What the digest asks of the ledger: counts by the server, and bodies only of what is told one by one, so that a ledger of
/// a million events costs no more memory here than a small one.
extension LedgerStore {
  /// How many events of one kind and outcome there are in a range.
  package struct EventCount: Sendable, Equatable {
    /// As stored.
    package let event: String
    /// As stored; empty for none.
    package let outcome: String
    /// How many.
    package let count: Int
  }

  /// The events of a range by kind and outcome.
  package func counts(_ range: ClosedRange<Int64>) throws(LedgerError) -> [EventCount] {
    try rows(
      """
      SELECT event, coalesce(outcome, ''), count(*) FROM freeze_audit.alert_event \
      WHERE seq BETWEEN $1::bigint AND $2::bigint GROUP BY 1, 2
      """, [.int(range.lowerBound), .int(range.upperBound)]
    ) { row throws(PostgresError) in
      EventCount(
        event: row.string(at: 0) ?? "", outcome: row.string(at: 1) ?? "",
        count: Int(try row.number(at: 2)))
    }
  }

  /// Number, body and instant (microseconds since 1970) of each event of a range, in order; nothing is kept.
  package func forEachBody(
    _ range: ClosedRange<Int64>, _ each: (Int64, String, Int64) -> Void
  ) throws(LedgerError) {
    _ = try rows(
      """
      SELECT seq, body, (extract(epoch FROM recorded_at) * 1000000)::bigint FROM freeze_audit.alert_event \
      WHERE seq BETWEEN $1::bigint AND $2::bigint ORDER BY seq
      """, [.int(range.lowerBound), .int(range.upperBound)]
    ) { row throws(PostgresError) in
      each(try row.number(at: 0), row.string(at: 1) ?? "", try row.number(at: 2))
    }
  }

  /// The open alerts of one outcome, rule and election.
  package struct OpenCount: Sendable, Equatable {
    /// As stored.
    package let outcome: String
    /// As stored.
    package let rule: String
    /// As stored.
    package let election: String
    /// How many are open.
    package let count: Int
    /// How many of them somebody took on.
    package let acknowledged: Int
    /// The numbers of the latest of them, greatest first.
    package let latest: [Int64]
  }

  /// What is open of some sources.
  /// - Parameter latest: how many numbers are given with each.
  package func openCounts(of sources: [String], latest: Int) throws(LedgerError) -> [OpenCount] {
    // An answer holds while it is younger than what the alert says; a remark alone answers nothing. An acknowledgement holds while it is younger than what the alert says and than its own end.
    try rows(
      """
      WITH said AS (
        SELECT DISTINCT ON (alert_id) alert_id, seq, event, outcome, rule, election FROM freeze_audit.alert_event
        WHERE source = ANY ($1::text[]) AND event IN ('raised', 'amended', 'reraised', 'cleared', 'withdrawn')
        ORDER BY alert_id, seq DESC),
      taken AS (
        SELECT alert_id, max(seq) FILTER (WHERE event = 'acknowledged') AS on_seq,
          max(seq) FILTER (WHERE event = 'noted' AND reason NOT LIKE 'note by %') AS said_seq,
          max(seq) FILTER (WHERE event = 'acknowledgement_expired') AS off_seq FROM freeze_audit.alert_event
        WHERE source = ANY ($1::text[]) AND event IN ('acknowledged', 'noted', 'acknowledgement_expired')
        GROUP BY alert_id)
      SELECT coalesce(outcome, ''), coalesce(rule, ''), coalesce(election, ''), count(*),
        count(*) FILTER (WHERE on_seq > seq AND on_seq > coalesce(off_seq, 0) OR said_seq > seq),
        array_to_string((array_agg(seq ORDER BY seq DESC))[1:$2::int], ',')
      FROM said LEFT JOIN taken USING (alert_id) WHERE event IN ('raised', 'amended', 'reraised')
      GROUP BY 1, 2, 3
      """, [.texts(sources.map(storable)), .int(Int64(latest))]
    ) { row throws(PostgresError) in
      OpenCount(
        outcome: row.string(at: 0) ?? "", rule: row.string(at: 1) ?? "", election: row.string(at: 2) ?? "",
        count: Int(try row.number(at: 3)), acknowledged: Int(try row.number(at: 4)),
        latest: (row.string(at: 5) ?? "").split(separator: ",").compactMap { Int64($0) })
    }
  }

  /// Some alerts by the events that last said what they are, with what was done about them since, and the bodies of those
  /// events by number.
  package func alerts(said seqs: [Int64]) throws(LedgerError) -> (
    states: [AlertState], bodies: [Int64: String]
  ) {
    guard !seqs.isEmpty else { return ([], [:]) }
    let found = try rows(
      """
      SELECT e.seq, e.body FROM freeze_audit.alert_event AS s \
      JOIN freeze_audit.alert_event AS e ON e.alert_id = s.alert_id AND e.seq >= s.seq \
      WHERE s.seq = ANY ($1::bigint[]) ORDER BY e.seq
      """, [.ints(seqs.map { $0 })]
    ) { row throws(PostgresError) in (try row.number(at: 0), row.string(at: 1) ?? "") }
    let wanted = Set(seqs)
    let state = try fold(found.map { $0.1 }, into: LedgerState())
    let bodies = Dictionary(found.filter { wanted.contains($0.0) }, uniquingKeysWith: { first, _ in first })
    return (state.open.sorted { $0.seq < $1.seq }, bodies)
  }

  /// Seconds since anything wrote the health of a source, by the server's clock, and that instant in seconds since 2000.
  package func lastSign() throws(LedgerError) -> (age: Int64, at: Int)? {
    let found = try rows(
      """
      SELECT extract(epoch FROM clock_timestamp() - max(updated_at))::bigint, \
      extract(epoch FROM max(updated_at) - '2000-01-01 00:00:00+00')::bigint FROM freeze_audit.source_health
      """
    ) { row throws(PostgresError) in (try row.int64(at: 0), try row.int64(at: 1)) }.first
    guard let age = found?.0, let at = found?.1 else { return nil }
    return (age, Int(at))
  }
}
