import FreezeRules
import Postgres

/// The ledger's tables: append-only events, the mark of what was handed to the log, the lease, the health of sources.
///
/// Used from one thread. Every unit of work is one transaction, so that a pooler in transaction mode serves as well.
public final class LedgerStore {
  private var connection: Connection

  /// Connects.
  public init(
    conninfo: String, password: String?, deadlines: Deadlines = Deadlines(), interrupt: Interrupt? = nil
  ) throws(LedgerError) {
    connection = try Self.connect(conninfo, password, deadlines, interrupt)
  }

  private static func connect(
    _ conninfo: String, _ password: String?, _ deadlines: Deadlines, _ interrupt: Interrupt?
  ) throws(LedgerError) -> Connection {
    do throws(PostgresError) {
      return try Connection(
        conninfo: conninfo, password: password, deadlines: deadlines, interrupt: interrupt)
    } catch { throw LedgerError(error) }
  }

  /// False once the session was lost: make a new store.
  public var isOpen: Bool { connection.isOpen }

  // MARK: Lease

  /// Takes the lease when it is free, has run out, or its holder is known to be dead; keeps it when it is ours.
  /// - Parameter seconds: how long it lasts without renewal, by the server's clock.
  /// - Returns: `nil` while another holds it.
  public func acquire(_ current: Lease?, seconds: Int) throws(LedgerError) -> Lease? {
    let own = Holder.own
    if let current {
      let renewed = try texts(
        """
        UPDATE freeze_audit.lease SET expires_at = clock_timestamp() + $3::int * interval '1 second' \
        WHERE name = 'daemon' AND holder = $1 AND epoch = $2::bigint RETURNING epoch::text
        """, [.text(current.holder), .int(current.epoch), .int(Int64(seconds))])
      if !renewed.isEmpty { return current }
    }
    let held = try texts("SELECT holder FROM freeze_audit.lease WHERE name = 'daemon'", [])
    guard let holder = held.first?[0] else {
      throw LedgerError(
        .notInstalled, id: "baris sewa \"daemon\" tidak ada; jalankan sql/install.sql",
        en: "the lease row \"daemon\" is missing; run sql/install.sql")
    }
    let dead = Holder.isDead(holder) || holder == own ? holder : ""
    let taken = try texts(
      """
      UPDATE freeze_audit.lease SET holder = $1, epoch = epoch + 1, acquired_at = clock_timestamp(), \
      expires_at = clock_timestamp() + $2::int * interval '1 second' \
      WHERE name = 'daemon' AND (expires_at <= clock_timestamp() OR holder = $3) RETURNING epoch::text
      """, [.text(own), .int(Int64(seconds)), .text(dead)])
    guard let epoch = taken.first?[0].flatMap(Int64.init) else { return nil }
    return Lease(holder: own, epoch: epoch)
  }

  /// Gives the lease back, so that another need not wait.
  public func release(_ lease: Lease) throws(LedgerError) {
    _ = try texts(
      "UPDATE freeze_audit.lease SET expires_at = clock_timestamp() WHERE name = 'daemon' AND holder = $1 AND epoch = $2::bigint",
      [.text(lease.holder), .int(lease.epoch)])
  }

  /// Who holds the lease, and whether it still runs.
  public func leaseHolder() throws(LedgerError) -> (holder: String, isCurrent: Bool, epoch: Int64)? {
    let rows = try texts(
      "SELECT holder, (expires_at > clock_timestamp())::text, epoch::text FROM freeze_audit.lease WHERE name = 'daemon'",
      [])
    return rows.first.map { ($0[0] ?? "", $0[1] == "true", $0[2].flatMap(Int64.init) ?? 0) }
  }

  // MARK: Reading

  /// The last event's number and hash; 0 and zeros for an empty ledger.
  public func head() throws(LedgerError) -> (seq: Int64, hash: [UInt8]) {
    let rows = try rows(
      "SELECT e.seq::text, e.hash FROM freeze_audit.alert_event AS e ORDER BY e.seq DESC LIMIT 1", []
    ) { row in
      (Int64(row.string(at: 0) ?? "") ?? 0, row.byteArray(at: 1) ?? [])
    }
    return rows.first ?? (0, EventBody.genesis)
  }

  /// What the ledger says of a source.
  public func state(of source: String) throws(LedgerError) -> LedgerState {
    // The last word on each alert, then the acknowledgements and what was said of the auditor itself; in order.
    let bodies = try rows(
      """
      SELECT body FROM (
        SELECT seq, body FROM (SELECT DISTINCT ON (alert_id) seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event IN ('raised', 'amended', 'reraised', 'cleared', 'withdrawn')
          ORDER BY alert_id, seq DESC) AS alerts
        UNION ALL
        SELECT seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event IN ('acknowledged', 'acknowledgement_expiring', 'acknowledgement_expired')
        UNION ALL
        (SELECT seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event IN ('audit_blind', 'audit_resumed') ORDER BY seq DESC LIMIT 1)
        UNION ALL
        (SELECT seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event = 'data_quality' ORDER BY seq DESC LIMIT 1)
      ) AS events ORDER BY seq
      """, [.text(source)]
    ) { $0.string(at: 0) ?? "" }
    return try fold(bodies, into: LedgerState())
  }

  /// Takes the events after `seq` into the states of their sources; sources without a state are passed over.
  public func refresh(_ states: inout [String: LedgerState], after seq: Int64) throws(LedgerError) {
    let found = try rows(
      "SELECT source, body FROM freeze_audit.alert_event WHERE seq > $1::bigint ORDER BY seq", [.int(seq)]
    ) { ($0.string(at: 0) ?? "", $0.string(at: 1) ?? "") }
    for (source, body) in found {
      guard let state = states[source] else { continue }
      states[source] = try fold([body], into: state)
    }
  }

  private func fold(_ bodies: [String], into state: LedgerState) throws(LedgerError) -> LedgerState {
    var state = state
    for body in bodies {
      guard let event = StoredEvent(body: body) else {
        throw LedgerError(
          .corrupt, id: "isi sebuah peristiwa tidak terbaca; jalankan freeze-auditor alerts verify",
          en: "the body of an event cannot be read; run freeze-auditor alerts verify")
      }
      state.apply(event)
    }
    return state
  }

  /// The bodies of some events, by number.
  public func bodies(of seqs: [Int64]) throws(LedgerError) -> [Int64: String] {
    guard !seqs.isEmpty else { return [:] }
    let found = try rows(
      "SELECT seq::text, body FROM freeze_audit.alert_event WHERE seq = ANY ($1::bigint[])",
      [.ints(seqs.map { $0 })]
    ) { (Int64($0.string(at: 0) ?? "") ?? 0, $0.string(at: 1) ?? "") }
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  /// Events from `seq` on, in order, at most `limit`.
  public func events(from seq: Int64, limit: Int) throws(LedgerError) -> [LedgerRow] {
    try rows(
      "\(Self.rowColumns) WHERE e.seq >= $1::bigint ORDER BY e.seq LIMIT $2::bigint",
      [.int(seq), .int(Int64(limit))]
    ) { LedgerRow($0) }
  }

  /// Every event of one alert, in order.
  public func events(of alertID: AlertID) throws(LedgerError) -> [LedgerRow] {
    try rows(
      "\(Self.rowColumns) WHERE e.alert_id = $1 ORDER BY e.seq", [.text(alertID.description)]
    ) { LedgerRow($0) }
  }

  /// The alerts whose id begins with a text, at most two: enough to know whether it names one.
  public func alertIDs(beginning prefix: String) throws(LedgerError) -> [AlertID] {
    try rows(
      """
      SELECT DISTINCT alert_id FROM freeze_audit.alert_event \
      WHERE starts_with(alert_id, $1) ORDER BY alert_id LIMIT 2
      """, [.text(prefix)]
    ) { AlertID(stored: $0.string(at: 0) ?? "") }
  }

  private static let rowColumns = """
    SELECT e.seq::text, event, reason, alert_id, source, action_id, rule, election, outcome, epoch::text, body, \
    prev_hash, hash, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') \
    FROM freeze_audit.alert_event AS e
    """

  // MARK: Appending

  /// What one append wrote.
  public struct Appended: Sendable {
    /// The events, in order.
    public var events: [StoredEvent] = []
    /// Their rows, as far as the log needs them.
    public var bodies: [(seq: Int64, body: String)] = []
    /// The hash of the last one.
    public var hash: [UInt8] = []
  }

  /// Writes events in one transaction, in order, each with the next number and the hash chained to the one before.
  /// - Parameters:
  ///   - lease: appends only while it is ours; `nil` for a person's command, which waits for its turn instead.
  ///   - message: the text for people, from the draft and the body of the event before on the same alert.
  /// - Returns: what was written; empty without drafts.
  public func append(
    _ drafts: [EventDraft], _ context: EventBody.Context, lease: Lease?,
    message: @Sendable (EventDraft, EventBody.Parsed?) -> String
  ) throws(LedgerError) -> Appended {
    guard !drafts.isEmpty else { return Appended() }
    let previous = try bodies(of: drafts.compactMap { $0.previous?.seq })
    var appended = Appended()
    do throws(PostgresError) {
      try connection.begin(.readWrite)
      do throws(PostgresError) {
        try connection.execute(Self.durably, operation: "append")
        appended = try append(drafts, context, lease: lease, previous: previous, message: message)
        try connection.commit()
      } catch {
        connection.rollback()
        throw error
      }
    } catch {
      if error.sqlstate == Self.leaseLost {
        throw LedgerError(
          .leaseLost, id: "sewa buku besar dipegang proses lain",
          en: "another process holds the lease of the ledger")
      }
      throw LedgerError(error)
    }
    return appended
  }

  private static let leaseLost = "FZ090"

  /// A commit that the server confirmed must outlive its crash, also where the site switched that off: what is told in the
  /// log must never be missing in the ledger.
  private static let durably = """
    SELECT pg_catalog.set_config('synchronous_commit', 'on', true) \
    WHERE pg_catalog.current_setting('synchronous_commit') IN ('off', 'local')
    """

  private func append(
    _ drafts: [EventDraft], _ context: EventBody.Context, lease: Lease?, previous: [Int64: String],
    message: @Sendable (EventDraft, EventBody.Parsed?) -> String
  ) throws(PostgresError) -> Appended {
    // Whoever appends locks this row first: numbers stay gapless under any number of writers.
    let held = try connection.query(
      """
      SELECT holder, epoch::text, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') \
      FROM freeze_audit.lease WHERE name = 'daemon' FOR UPDATE
      """, operation: "lock lease")
    let holder = held.isEmpty ? nil : held.string(row: 0, column: 0)
    let epoch = held.isEmpty ? 0 : Int64(held.string(row: 0, column: 1) ?? "") ?? 0
    let now = held.isEmpty ? "" : held.string(row: 0, column: 2) ?? ""
    if held.isEmpty || lease.map({ $0.holder != holder || $0.epoch != epoch }) ?? false {
      throw PostgresError(.server, operation: "append", sqlstate: Self.leaseLost, message: "lease lost")
    }
    let head = try connection.query(
      "SELECT e.seq::text, e.hash FROM freeze_audit.alert_event AS e ORDER BY e.seq DESC LIMIT 1",
      operation: "head")
    var seq = head.isEmpty ? 0 : Int64(head.string(row: 0, column: 0) ?? "") ?? 0
    var appended = Appended()
    appended.hash = head.isEmpty ? EventBody.genesis : head.byteArray(row: 0, column: 1) ?? []
    var isUnderWay = false
    for start in stride(from: 0, to: drafts.count, by: AppendBatch.size) {
      let numbered = zip(drafts[start...].prefix(AppendBatch.size), (seq + 1)...).map { ($0, $1) }
      let made = parallelMap(numbered) { draft, seq in
        let old = draft.previous.flatMap { previous[$0.seq] }.flatMap(EventBody.Parsed.init)
        let draft = EventBody.withChangedFields(draft, previous: old)
        let event = EventBody.event(draft, seq: seq)
        let body = EventBody.encode(
          draft, event, recordedAt: now, epoch: epoch, context, previous: old, message: message(draft, old))
        return (event, body)
      }
      var batch = AppendBatch()
      for (event, body) in made {
        let chained = EventBody.hash(previous: appended.hash, body: body)
        batch.add(
          event, source: context.source, now: now, epoch: epoch, body: body, previous: appended.hash,
          hash: chained)
        appended.hash = chained
        appended.events.append(event)
        appended.bodies.append((event.seq, body))
      }
      seq += Int64(made.count)
      // The server writes one batch while the next is made.
      if isUnderWay { try connection.finish(operation: "append") }
      try connection.start(AppendBatch.sql, batch.parameters, operation: "append")
      isUnderWay = true
    }
    if isUnderWay { try connection.finish(operation: "append") }
    return appended
  }

  // MARK: Emission

  /// Everything up to this number was handed to the log.
  public func emittedThrough() throws(LedgerError) -> Int64 {
    try texts("SELECT max(through_seq)::text FROM freeze_audit.alert_emitted", []).first?[0].flatMap(
      Int64.init) ?? 0
  }

  /// Marks everything up to this number as handed to the log.
  public func markEmitted(through seq: Int64) throws(LedgerError) {
    try onLedger { () throws(PostgresError) in
      try connection.transaction(.readWrite) { connection throws(PostgresError) in
        try connection.execute(Self.durably, operation: "mark")
        _ = try connection.query(
          "INSERT INTO freeze_audit.alert_emitted (through_seq) VALUES ($1::bigint) ON CONFLICT DO NOTHING",
          [.int(seq)], operation: "mark")
      }
    }
  }

  // MARK: Health

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
      last_good_at::text, extract(epoch FROM clock_timestamp() - last_good_at)::bigint::text \
      FROM freeze_audit.source_health WHERE source = $1
      """, [.text(source)])
    guard let row = rows.first else { return nil }
    var health = Health(state: row[0] ?? "", cause: row[1])
    health.recordsRead = row[2].flatMap(Int64.init)
    health.viewSignature = row[3]
    health.findings = row[4].flatMap(Int64.init)
    health.unjudgeable = row[5].flatMap(Int64.init)
    health.lastPassAt = row[6]
    health.lastGoodAt = row[7]
    health.secondsSinceGood = row[8].flatMap(Int64.init)
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
        .text(source), .text(health.state), .text(health.cause), .int(health.recordsRead),
        .text(health.viewSignature),
        .int(health.findings), .int(health.unjudgeable),
      ])
  }

  // MARK: Protection

  /// What keeps the ledger from being changed, as the catalog says.
  public struct Protection: Sendable {
    /// Triggers that are not there or do not always fire.
    public var missingTriggers: [String] = []
    /// What the role lacks.
    public var missingPrivileges: [String] = []
    /// The role could switch the triggers off.
    public var mayAlter = false
  }

  /// Looks at triggers and privileges.
  public func protection() throws(LedgerError) -> Protection {
    var found = Protection()
    let triggers = [
      "alert_event_append", "alert_event_no_change", "alert_event_no_truncate", "alert_emitted_no_change",
      "alert_emitted_no_truncate",
    ]
    let active = try texts(
      """
      SELECT t.tgname::text FROM pg_catalog.pg_trigger AS t WHERE t.tgenabled = 'A' AND t.tgrelid IN \
      ('freeze_audit.alert_event'::regclass, 'freeze_audit.alert_emitted'::regclass)
      """, []
    ).compactMap { $0[0] }
    found.missingTriggers = triggers.filter { !active.contains($0) }
    found.missingPrivileges = try texts(
      """
      SELECT p.privilege || ' ON ' || p.name FROM (VALUES ('SELECT', 'freeze_audit.alert_event'), \
      ('INSERT', 'freeze_audit.alert_event'), ('SELECT', 'freeze_audit.alert_emitted'), \
      ('INSERT', 'freeze_audit.alert_emitted'), ('SELECT', 'freeze_audit.lease'), ('UPDATE', 'freeze_audit.lease'), \
      ('SELECT', 'freeze_audit.source_health'), ('INSERT', 'freeze_audit.source_health'), \
      ('UPDATE', 'freeze_audit.source_health')) AS p (privilege, name) \
      WHERE NOT pg_catalog.has_table_privilege(p.name, p.privilege)
      """, []
    ).compactMap { $0[0] }
    found.mayAlter =
      try texts(
        """
        SELECT (r.rolsuper OR pg_catalog.pg_has_role(c.relowner, 'MEMBER'))::text \
        FROM pg_catalog.pg_class AS c, pg_catalog.pg_roles AS r \
        WHERE c.oid = 'freeze_audit.alert_event'::regclass AND r.rolname = current_user
        """, []
      ).first?[0] == "true"
    return found
  }

  // MARK: Plumbing

  /// One statement in a transaction of its own, its rows as texts.
  private func texts(_ sql: String, _ parameters: [Parameter]) throws(LedgerError) -> [[String?]] {
    do throws(PostgresError) {
      return try connection.transaction(.readWrite) { connection throws(PostgresError) in
        let result = try connection.query(sql, parameters, binary: false, operation: "ledger")
        return (0..<result.count).map { row in
          result.columns.indices.map { result.string(row: row, column: $0) }
        }
      }
    } catch { throw LedgerError(error) }
  }

  private func rows<R>(
    _ sql: String, _ parameters: [Parameter], _ read: (borrowing Row) -> R
  ) throws(LedgerError) -> [R] {
    do throws(PostgresError) {
      return try connection.transaction(.readWrite) { connection throws(PostgresError) in
        var found: [R] = []
        try connection.stream(sql, parameters, operation: "ledger") { row in found.append(read(row)) }
        return found
      }
    } catch { throw LedgerError(error) }
  }
}

/// One event with its columns, as the table has it.
public struct LedgerRow: Sendable {
  /// The columns.
  public let seq: Int64
  /// Event, reason, alert_id, source, action_id, rule, election, outcome, epoch, recorded_at, by column name.
  public let columns: [String: String?]
  /// Canonical bytes.
  public let body: String
  /// The hash before.
  public let previousHash: [UInt8]
  /// The hash of this event.
  public let hash: [UInt8]

  init(_ row: borrowing Row) {
    seq = Int64(row.string(at: 0) ?? "") ?? 0
    var columns: [String: String?] = [:]
    let names = [
      "event", "reason", "alert_id", "source", "action_id", "rule", "election", "outcome", "epoch",
    ]
    for (index, name) in names.enumerated() { columns[name] = .some(row.string(at: index + 1)) }
    columns["recorded_at"] = .some(row.string(at: 13))
    self.columns = columns
    body = row.string(at: 10) ?? ""
    previousHash = row.byteArray(at: 11) ?? []
    hash = row.byteArray(at: 12) ?? []
  }
}

/// Events on their way into the table, column by column.
private struct AppendBatch {
  static let size = 500
  static let sql = """
    INSERT INTO freeze_audit.alert_event (seq, recorded_at, event, reason, alert_id, source, action_id, rule, election, \
    outcome, epoch, body, prev_hash, hash) \
    SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], \
    $8::text[], $9::text[], $10::text[], $11::bigint[], $12::text[], $13::bytea[], $14::bytea[])
    """

  private var seqs: [Int64?] = []
  private var texts: [[String?]] = Array(repeating: [], count: 10)
  private var epochs: [Int64?] = []
  private var previousHashes: [[UInt8]?] = []
  private var hashes: [[UInt8]?] = []

  var count: Int { seqs.count }

  mutating func add(
    _ event: StoredEvent, source: String, now: String, epoch: Int64, body: String, previous: [UInt8],
    hash: [UInt8]
  ) {
    seqs.append(event.seq)
    epochs.append(epoch)
    previousHashes.append(previous)
    hashes.append(hash)
    // The columns repeat the body for queries; `alerts verify` checks that they agree.
    let values: [String?] = [
      now, event.kind.rawValue, event.reason, event.alertID?.description, source, event.actionID.nonEmpty,
      event.rule.nonEmpty, event.election.nonEmpty, event.outcome.nonEmpty, body,
    ]
    for (index, value) in values.enumerated() { texts[index].append(value) }
  }

  var parameters: [Parameter] {
    [
      .ints(seqs), .texts(texts[0]), .textArray(texts[1]), .textArray(texts[2]), .textArray(texts[3]),
      .textArray(texts[4]), .textArray(texts[5]), .textArray(texts[6]), .textArray(texts[7]),
      .textArray(texts[8]), .ints(epochs), .textArray(texts[9]),
      .byteArrays(previousHashes), .byteArrays(hashes),
    ]
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
