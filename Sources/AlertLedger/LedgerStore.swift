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

  /// A text for a column as any database can keep it: one that is neither in UTF-8 nor takes every byte gets escapes.
  func storable(_ text: String) -> String {
    ["UTF8", "SQL_ASCII"].contains(connection.serverEncoding) ? text : text.asciiEscaped
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
      """, [.text(storable(source))]
    ) { $0.string(at: 0) ?? "" }
    return try fold(bodies, into: LedgerState())
  }

  /// Takes the events after `seq` into the states of their sources; sources without a state are passed over.
  public func refresh(_ states: inout [String: LedgerState], after seq: Int64) throws(LedgerError) {
    let found = try rows(
      "SELECT source, body FROM freeze_audit.alert_event WHERE seq > $1::bigint ORDER BY seq", [.int(seq)]
    ) { ($0.string(at: 0) ?? "", $0.string(at: 1) ?? "") }
    let names = Dictionary(states.keys.map { (storable($0), $0) }, uniquingKeysWith: { first, _ in first })
    for (column, body) in found {
      guard let source = names[column], let state = states[source] else { continue }
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
      var batch = AppendBatch(storable: storable)
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

  /// The last number up to `mark` of which that is sure: an event written after the mark was made took the number of one
  /// that was there then, and is gone.
  public func emittedSurely(_ mark: Int64) throws(LedgerError) -> Int64 {
    try texts(
      """
      SELECT max(e.seq)::text FROM freeze_audit.alert_event AS e WHERE e.seq <= $1::bigint AND e.recorded_at <= \
      (SELECT max(m.emitted_at) FROM freeze_audit.alert_emitted AS m WHERE m.through_seq = $1::bigint)
      """, [.int(mark)]
    ).first?[0].flatMap(Int64.init) ?? 0
  }

  /// The last number that was marked before the event that bears it now was written, `nil` where there is none: its tail was
  /// cut once, and written again.
  public func replacedMark() throws(LedgerError) -> Int64? {
    try texts(
      """
      SELECT max(m.through_seq)::text FROM freeze_audit.alert_emitted AS m \
      JOIN freeze_audit.alert_event AS e ON e.seq = m.through_seq WHERE e.recorded_at > m.emitted_at
      """, []
    ).first?[0].flatMap(Int64.init)
  }

  /// How many seconds the oldest event waits that was not handed to the log, by the server's clock; `nil` when none waits.
  public func secondsUnlogged() throws(LedgerError) -> Int64? {
    try texts(
      """
      SELECT extract(epoch FROM clock_timestamp() - min(recorded_at))::bigint::text FROM freeze_audit.alert_event \
      WHERE seq > (SELECT coalesce(max(through_seq), 0) FROM freeze_audit.alert_emitted)
      """, []
    ).first?[0].flatMap(Int64.init)
  }

  /// Marks everything up to this number as handed to the log.
  public func markEmitted(through seq: Int64) throws(LedgerError) {
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

  // MARK: Plumbing

  /// One statement in a transaction of its own, its rows as texts.
  func texts(_ sql: String, _ parameters: [Parameter]) throws(LedgerError) -> [[String?]] {
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
