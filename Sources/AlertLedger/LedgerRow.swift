import Postgres

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
