import AuditBase
import FreezeRules
import Postgres

/// The ledger's tables: append-only events, the mark of what was handed to the log, the lease, the health of sources.
///
/// Used from one thread. Every unit of work is one transaction, so that a pooler in transaction mode serves as well.
package final class LedgerStore {
  var connection: Connection

  /// Connects.
  package init(
    conninfo: String, password: String?, deadlines: Deadlines = Deadlines(), interrupt: Interrupt? = nil
  ) throws(LedgerError) {
    connection = try onLedger { () throws(PostgresError) in
      try Connection(conninfo: conninfo, password: password, deadlines: deadlines, interrupt: interrupt)
    }
    try checkSchema()
  }

  /// False once the session was lost: make a new store.
  package var isOpen: Bool { connection.isOpen }

  /// A text for a column as any database can keep it: one that is neither in UTF-8 nor takes every byte gets escapes.
  func storable(_ text: String) -> String { connection.keepsAnyText ? text : text.asciiEscaped }

  // MARK: Events

  /// What the ledger says of a source.
  package func state(of source: String) throws(LedgerError) -> LedgerState {
    // The last word on each alert, then the acknowledgements and what was said of the auditor itself; in order.
    var state = LedgerState()
    try stream(
      """
      SELECT body FROM (
        SELECT seq, body FROM (SELECT DISTINCT ON (alert_id) seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event IN ('raised', 'amended', 'reraised', 'cleared', 'withdrawn')
          ORDER BY alert_id, seq DESC) AS alerts
        UNION ALL
        SELECT seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event IN
            ('acknowledged', 'noted', 'acknowledgement_expiring', 'acknowledgement_expired')
        UNION ALL
        (SELECT seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event IN ('audit_blind', 'audit_resumed') ORDER BY seq DESC LIMIT 1)
        UNION ALL
        (SELECT seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event = 'accepted' ORDER BY seq DESC LIMIT 1)
        UNION ALL
        (SELECT seq, body FROM freeze_audit.alert_event
          WHERE source = $1 AND event = 'data_quality' ORDER BY seq DESC LIMIT 1)
        UNION ALL
        SELECT seq, body FROM freeze_audit.alert_event WHERE source = $1 AND event = 'fact_missing'
      ) AS events ORDER BY seq
      """, source, into: &state)
    return state
  }

  /// Takes the events after `seq` into the states of their sources; sources without a state are passed over.
  package func refresh(_ states: inout [String: LedgerState], after seq: Int64) throws(LedgerError) {
    // A start knows no source yet, and has nothing to take in.
    guard !states.isEmpty else { return }
    let names = Dictionary(states.keys.map { (storable($0), $0) }, uniquingKeysWith: { first, _ in first })
    var folded = states
    var unreadable: Set<String> = []
    _ = try rows(
      """
      SELECT source, body FROM freeze_audit.alert_event WHERE seq > $1::bigint AND source = ANY ($2::text[]) ORDER BY seq
      """, [.int(seq), .texts(names.keys.map { $0 })]
    ) { row in
      guard let name = row.string(at: 0).flatMap({ names[$0] }) else { return }
      guard let event = StoredEvent(body: row.string(at: 1) ?? "") else {
        unreadable.insert(name)
        return
      }
      folded[name]?.apply(event)
    }
    states = folded
    // An event that nobody can read blinds its own source, which is read anew, and no other.
    for name in unreadable { states[name] = nil }
  }

  func fold(_ bodies: [String], into state: LedgerState) throws(LedgerError) -> LedgerState {
    var state = state
    for body in bodies {
      if let event = StoredEvent(body: body) { state.apply(event) } else { try passOver(body, in: &state) }
    }
    return state
  }

  /// The bodies of some events, by number.
  package func bodies(of seqs: [Int64]) throws(LedgerError) -> [Int64: String] {
    guard !seqs.isEmpty else { return [:] }
    let found = try rows(
      "SELECT seq, body FROM freeze_audit.alert_event WHERE seq = ANY ($1::bigint[])",
      [.ints(seqs.map { $0 })]
    ) { row throws(PostgresError) in (try row.number(at: 0), row.string(at: 1) ?? "") }
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  /// Events from `seq` on, in order, at most `limit`.
  package func events(from seq: Int64, limit: Int) throws(LedgerError) -> [StoredRow] {
    try rows(
      "\(StoredRow.selection) WHERE e.seq >= $1::bigint ORDER BY e.seq LIMIT $2::bigint",
      [.int(seq), .int(Int64(limit))]
    ) { row throws(PostgresError) in try StoredRow(row) }
  }

  /// Every event of one alert, in order.
  package func events(of alertID: AlertID) throws(LedgerError) -> [StoredRow] {
    try rows(
      "\(StoredRow.selection) WHERE e.alert_id = $1 ORDER BY e.seq", [.text(alertID.description)]
    ) { row throws(PostgresError) in try StoredRow(row) }
  }

  /// The alerts whose id begins with a text, at most two: enough to know whether it names one.
  package func alertIDs(beginning prefix: String) throws(LedgerError) -> [AlertID] {
    try rows(
      """
      SELECT DISTINCT alert_id FROM freeze_audit.alert_event \
      WHERE starts_with(alert_id, $1) ORDER BY alert_id LIMIT 2
      """, [.text(prefix)]
    ) { AlertID(stored: $0.string(at: 0) ?? "") }
  }

  /// The alerts that the events of some numbers are about.
  package func alertIDs(from first: Int64, to last: Int64) throws(LedgerError) -> Set<AlertID> {
    Set(
      try texts(
        """
        SELECT DISTINCT alert_id FROM freeze_audit.alert_event \
        WHERE seq BETWEEN $1::bigint AND $2::bigint AND alert_id IS NOT NULL
        """, [.int(first), .int(last)]
      ).map { AlertID(stored: $0) })
  }

  // MARK: Plumbing

  /// One statement in a transaction of its own, a value a row.
  func rows<R>(
    _ sql: String, _ parameters: [Parameter] = [], _ read: (borrowing Row) throws(PostgresError) -> R
  ) throws(LedgerError) -> [R] {
    try onLedger { () throws(PostgresError) in
      try connection.transaction(.readWrite) { connection throws(PostgresError) in
        var found: [R] = []
        try connection.stream(sql, parameters, operation: "ledger") { row throws(PostgresError) in
          found.append(try read(row))
        }
        return found
      }
    }
  }

  /// The texts of the first column.
  func texts(_ sql: String, _ parameters: [Parameter] = []) throws(LedgerError) -> [String] {
    try rows(sql, parameters) { $0.string(at: 0) ?? "" }
  }

  /// The number in the first column of the first row, `nil` where that is NULL.
  func number(_ sql: String, _ parameters: [Parameter] = []) throws(LedgerError) -> Int64? {
    try rows(sql, parameters) { row throws(PostgresError) in try row.int64(at: 0) }.first ?? nil
  }

  /// One statement in a transaction of its own.
  func execute(_ sql: String, _ parameters: [Parameter]) throws(LedgerError) {
    _ = try rows(sql, parameters) { _ in () }
  }

  /// A commit that the server confirmed must outlive its crash, also where the site switched that off: what is told in the
  /// log must never be missing in the ledger.
  static let durably = """
    SELECT pg_catalog.set_config('synchronous_commit', 'on', true) \
    WHERE pg_catalog.current_setting('synchronous_commit') IN ('off', 'local')
    """
}

extension Connection {
  /// The database keeps every character, or every byte.
  var keepsAnyText: Bool { ["UTF8", "SQL_ASCII"].contains(serverEncoding) }
}

extension Row {
  /// A number that is always there.
  func number(at column: Int) throws(PostgresError) -> Int64 {
    guard let number = try int64(at: column) else {
      throw PostgresError(
        .decoding(column: "#\(column)"), operation: "ledger", message: "column \(column) holds no number")
    }
    return number
  }
}
