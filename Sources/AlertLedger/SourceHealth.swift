import FreezeRules
import Postgres

extension LedgerStore {
  /// The state of a source after a pass.
  public struct Health: Sendable, Equatable {
    /// `evaluated` or `blind`.
    public var state: String
    /// Why it is blind.
    public var cause: String?
    /// Records read by the last good pass.
    public var recordsRead: Int64?
    /// Columns and types of the view then.
    public var viewSignature: String?
    /// Findings of the last good pass.
    public var findings: Int64?
    /// Unjudgeable records of the last good pass.
    public var unjudgeable: Int64?
    /// ISO instants, as text.
    public var lastPassAt: String?
    /// ISO instant of the last good pass.
    public var lastGoodAt: String?
    /// The same in seconds since 2000-01-01 00:00 UTC.
    public var lastGood: Int?
    /// Seconds since the last good pass, by the server's clock.
    public var secondsSinceGood: Int64?

    /// A state without anything known.
    public init(state: String, cause: String? = nil) {
      self.state = state
      self.cause = cause
    }
  }

  /// The health of a source, `nil` before its first pass.
  public func health(of source: String) throws(LedgerError) -> Health? {
    let rows = try texts(
      """
      SELECT state, cause, records_read::text, view_signature, findings::text, unjudgeable::text, last_pass_at::text, \
      last_good_at::text, extract(epoch FROM clock_timestamp() - last_good_at)::bigint::text, \
      extract(epoch FROM last_good_at - '2000-01-01 00:00:00+00')::bigint::text \
      FROM freeze_audit.source_health WHERE source = $1
      """, [.text(storable(source))])
    guard let row = rows.first else { return nil }
    var health = Health(state: row[0] ?? "", cause: row[1])
    health.recordsRead = row[2].flatMap(Int64.init)
    health.viewSignature = row[3]
    health.findings = row[4].flatMap(Int64.init)
    health.unjudgeable = row[5].flatMap(Int64.init)
    health.lastPassAt = row[6]
    health.lastGoodAt = row[7]
    health.secondsSinceGood = row[8].flatMap(Int64.init)
    health.lastGood = row[9].flatMap { Int($0) }
    return health
  }

  /// Writes the health of a source after a pass; what a blind pass cannot know stays as it was.
  public func write(_ health: Health, of source: String) throws(LedgerError) {
    _ = try texts(
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
