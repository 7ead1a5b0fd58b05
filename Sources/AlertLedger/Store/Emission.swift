import Postgres

/// The marks of what was handed to the log.
extension LedgerStore {
  /// A mark `m` that counts. One dated ahead of now would hide events that are still to come; where the clock was set back
  /// between an event and its mark, the mark bears the time of the event.
  private static let counts = """
    (m.emitted_at <= clock_timestamp() OR EXISTS (SELECT FROM freeze_audit.alert_event AS dated \
    WHERE dated.seq = m.through_seq AND dated.recorded_at = m.emitted_at))
    """
  private static let through = """
    SELECT m.through_seq FROM freeze_audit.alert_emitted AS m WHERE \(counts) ORDER BY m.through_seq DESC LIMIT 1
    """

  /// Everything up to this number was handed to the log.
  package func emittedThrough() throws(LedgerError) -> Int64 { try number(Self.through) ?? 0 }

  /// The last number with a mark that is dated ahead of now and counts for nothing, `nil` where there is none: nobody writes
  /// such a mark but by hand, or the server's clock was set back.
  package func markAhead() throws(LedgerError) -> Int64? {
    try number("SELECT max(m.through_seq) FROM freeze_audit.alert_emitted AS m WHERE NOT \(Self.counts)")
  }

  /// The last number up to `mark` of which that is sure: an event written after the mark was made took the number of one
  /// that was there then, and is gone.
  package func emittedSurely(_ mark: Int64) throws(LedgerError) -> Int64 {
    try number(
      """
      SELECT max(e.seq) FROM freeze_audit.alert_event AS e WHERE e.seq <= $1::bigint AND e.recorded_at <= \
      (SELECT max(m.emitted_at) FROM freeze_audit.alert_emitted AS m WHERE m.through_seq = $1::bigint AND \(Self.counts))
      """, [.int(mark)]) ?? 0
  }

  /// The last number that was marked before the event that bears it now was written, `nil` where there is none: its tail was
  /// cut once, and written again.
  package func replacedMark() throws(LedgerError) -> Int64? {
    try number(
      """
      SELECT max(m.through_seq) FROM freeze_audit.alert_emitted AS m \
      JOIN freeze_audit.alert_event AS e ON e.seq = m.through_seq WHERE e.recorded_at > m.emitted_at
      """)
  }

  /// How many seconds the oldest event waits that was not handed to the log, by the server's clock; `nil` when none waits.
  package func secondsUnlogged() throws(LedgerError) -> Int64? {
    try number(
      """
      SELECT extract(epoch FROM clock_timestamp() - min(recorded_at))::bigint FROM freeze_audit.alert_event \
      WHERE seq > coalesce((\(Self.through)), 0)
      """)
  }

  /// Marks everything up to this number as handed to the log.
  package func markEmitted(through seq: Int64) throws(LedgerError) {
    try onLedger { () throws(PostgresError) in
      try connection.transaction(.readWrite) { connection throws(PostgresError) in
        try connection.execute(Self.durably, operation: "mark")
        // Never before the event by the clock that dated it, which may have been set back in between. A statement of its
        // own, so that the tables are locked in the order of sql/install.sql.
        let event = try connection.query(
          "SELECT e.recorded_at::text FROM freeze_audit.alert_event AS e WHERE e.seq = $1::bigint",
          [.int(seq)],
          binary: false, operation: "mark")
        _ = try connection.query(
          """
          INSERT INTO freeze_audit.alert_emitted (through_seq, emitted_at) \
          VALUES ($1::bigint, greatest(now(), $2::timestamptz)) ON CONFLICT DO NOTHING
          """, [.int(seq), .text(event.isEmpty ? nil : event.string(row: 0, column: 0))], operation: "mark")
      }
    }
  }
}
