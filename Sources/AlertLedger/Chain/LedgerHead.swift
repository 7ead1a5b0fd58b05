import FreezeRules
import Postgres

/// The last event of the ledger.
package struct LedgerHead: Sendable, Equatable {
  /// Its number; 0 for an empty ledger.
  package let seq: Int64
  /// Its hash.
  package let hash: [UInt8]

  /// Of an empty ledger.
  package static let empty = LedgerHead(seq: 0, hash: EventBody.genesis)

  /// With these.
  package init(seq: Int64, hash: [UInt8]) {
    self.seq = seq
    self.hash = hash
  }
}

extension LedgerStore {
  /// The last event's number and hash.
  package func head() throws(LedgerError) -> LedgerHead {
    try rows(Self.headSelection) { row throws(PostgresError) in try LedgerHead(row) }.first ?? .empty
  }

  static let headSelection =
    "SELECT e.seq, e.hash FROM freeze_audit.alert_event AS e ORDER BY e.seq DESC LIMIT 1"
}

extension LedgerHead {
  /// From ``LedgerStore/headSelection``. A head that cannot be read must not look like an empty ledger.
  init(_ row: borrowing Row) throws(PostgresError) {
    seq = try row.number(at: 0)
    hash = row.byteArray(at: 1) ?? []
    guard hash.count == EventBody.genesis.count else {
      throw PostgresError(.decoding(column: "hash"), operation: "head", message: "the hash is not one")
    }
  }
}
