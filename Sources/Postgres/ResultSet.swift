import CLibPQ

/// All rows of a statement, in memory.
public struct ResultSet: ~Copyable {
  let result: OpaquePointer
  /// Columns, also of an empty result.
  public let columns: [Column]
  private let isBinary: Bool

  /// Takes the result over.
  init(owning result: OpaquePointer, isBinary: Bool) {
    self.result = result
    self.isBinary = isBinary
    columns = Postgres.columns(of: result)
  }

  deinit { PQclear(result) }

  /// How many rows came back.
  public var count: Int { Int(PQntuples(result)) }

  /// True without any row.
  public var isEmpty: Bool { count == 0 }

  /// As ``Row/string(at:)``.
  public func string(row: Int, column: Int) -> String? { at(row).string(at: column) }

  /// As ``Row/int64(at:)``.
  public func int64(row: Int, column: Int) throws(PostgresError) -> Int64? { try at(row).int64(at: column) }

  /// As ``Row/bool(at:)``.
  public func bool(row: Int, column: Int) throws(PostgresError) -> Bool? { try at(row).bool(at: column) }

  /// As ``Row/byteArray(at:)``.
  public func byteArray(row: Int, column: Int) -> [UInt8]? { at(row).byteArray(at: column) }

  private func at(_ row: Int) -> Row { Row(result: result, index: Int32(clamping: row), isBinary: isBinary) }
}
