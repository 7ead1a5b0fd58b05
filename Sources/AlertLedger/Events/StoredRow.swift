import Postgres

/// One stored event with its columns, as the table has it.
package struct StoredRow: Sendable {
  /// The columns.
  package let seq: Int64
  /// Event, reason, alert_id, source, action_id, rule, election, outcome, epoch, recorded_at, by column name.
  package let columns: [String: String?]
  /// Canonical bytes.
  package let body: String
  /// The hash before.
  package let previousHash: [UInt8]
  /// The hash of this event.
  package let hash: [UInt8]

  /// What ``init(_:)`` reads, in its order.
  static let selection = """
    SELECT e.seq, event, reason, alert_id, source, action_id, rule, election, outcome, epoch::text, body, \
    prev_hash, hash, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') \
    FROM freeze_audit.alert_event AS e
    """

  /// A row of these parts.
  package init(
    seq: Int64, columns: [String: String?], body: String, previousHash: [UInt8], hash: [UInt8]
  ) {
    self.seq = seq
    self.columns = columns
    self.body = body
    self.previousHash = previousHash
    self.hash = hash
  }

  init(_ row: borrowing Row) throws(PostgresError) {
    seq = try row.number(at: 0)
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
