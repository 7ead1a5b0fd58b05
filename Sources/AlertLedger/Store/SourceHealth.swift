import FreezeRules
import Postgres

extension LedgerStore {
  /// The state of a source after a pass.
  package struct Health: Sendable, Equatable {
    /// `evaluated` or `blind`.
    package var state: String
    /// Why it is blind.
    package var cause: String?
    /// Records read by the last good pass.
    package var recordsRead: Int64?
    /// Columns and types of the view then.
    package var viewSignature: String?
    /// Findings of the last good pass.
    package var findings: Int64?
    /// Unjudgeable records of the last good pass.
    package var unjudgeable: Int64?
    /// When the last good pass was, in seconds since 2000-01-01 00:00 UTC.
    package var lastGood: Int?
    /// Seconds since the last good pass, by the server's clock.
    package var secondsSinceGood: Int64?

    /// A state without anything known.
    package init(state: String, cause: String? = nil) {
      self.state = state
      self.cause = cause
    }
  }

  /// The health of a source, `nil` before its first pass.
  package func health(of source: String) throws(LedgerError) -> Health? {
    try rows(
      """
      SELECT state, cause, records_read, view_signature, findings, unjudgeable, \
      extract(epoch FROM clock_timestamp() - last_good_at)::bigint, \
      extract(epoch FROM last_good_at - '2000-01-01 00:00:00+00')::bigint \
      FROM freeze_audit.source_health WHERE source = $1
      """, [.text(storable(source))]
    ) { row throws(PostgresError) in
      var health = Health(state: row.string(at: 0) ?? "", cause: row.string(at: 1))
      health.recordsRead = try row.int64(at: 2)
      health.viewSignature = row.string(at: 3)
      health.findings = try row.int64(at: 4)
      health.unjudgeable = try row.int64(at: 5)
      health.secondsSinceGood = try row.int64(at: 6)
      health.lastGood = try row.int64(at: 7).map { Int($0) }
      return health
    }.first
  }

  /// The server's time, in seconds since 2000-01-01 00:00 UTC.
  package func secondsSince2000() throws(LedgerError) -> Int {
    Int(
      try number("SELECT extract(epoch FROM clock_timestamp() - '2000-01-01 00:00:00+00')::bigint") ?? 0)
  }

  /// The server's time, as `2026-11-25T07:34:38Z`.
  package func timestamp() throws(LedgerError) -> String {
    try texts("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')").first ?? "?"
  }

  /// Keeps what is known of a source's view; before its first pass it is not evaluated.
  package func write(viewSignature: String, of source: String, before cause: String) throws(LedgerError) {
    try execute(
      """
      INSERT INTO freeze_audit.source_health AS h (source, state, cause, last_pass_at, view_signature, updated_at) \
      VALUES ($1, 'blind', $2, now(), $3, now()) \
      ON CONFLICT (source) DO UPDATE SET view_signature = excluded.view_signature
      """, [.text(storable(source)), .text(storable(cause)), .text(viewSignature)])
  }

  /// Writes the health of a source after a pass; what a blind pass cannot know stays as it was.
  package func write(_ health: Health, of source: String) throws(LedgerError) {
    try execute(
      """
      INSERT INTO freeze_audit.source_health AS h (source, state, cause, last_pass_at, last_good_at, records_read, \
      view_signature, findings, unjudgeable, updated_at) \
      VALUES ($1, $2, $3, now(), CASE WHEN $2 = 'evaluated' THEN now() END, $4::bigint, $5, $6::bigint, $7::bigint, now()) \
      ON CONFLICT (source) DO UPDATE SET state = excluded.state, cause = excluded.cause, \
      last_pass_at = excluded.last_pass_at, last_good_at = COALESCE(excluded.last_good_at, h.last_good_at), \
      records_read = COALESCE(excluded.records_read, h.records_read), \
      view_signature = COALESCE(excluded.view_signature, h.view_signature), \
      findings = COALESCE(excluded.findings, h.findings), \
      unjudgeable = COALESCE(excluded.unjudgeable, h.unjudgeable), updated_at = now()
      """,
      [
        .text(storable(source)), .text(health.state), .text(health.cause.map(storable)),
        .int(health.recordsRead),
        .text(health.viewSignature),
        .int(health.findings), .int(health.unjudgeable),
      ])
  }
}
