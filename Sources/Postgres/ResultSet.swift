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

  /// Rows an INSERT, UPDATE, DELETE touched or a SELECT returned; 0 for other commands.
  public var affectedRows: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

  /// The server's name of what it did, for example `COMMIT` or `INSERT 0 1`.
  public var commandTag: String { String(cString: PQcmdStatus(result)) }

  /// Where the column of this name is.
  public func columnIndex(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// Looks at each row in turn.
  public func forEach(_ body: (borrowing Row) throws(PostgresError) -> Void) throws(PostgresError) {
    for index in 0..<PQntuples(result) {
      try body(Row(result: result, index: index, isBinary: isBinary))
    }
  }

  /// One value a row.
  public func map<T>(_ body: (borrowing Row) throws(PostgresError) -> T) throws(PostgresError) -> [T] {
    var values: [T] = []
    values.reserveCapacity(count)
    for index in 0..<PQntuples(result) {
      values.append(try body(Row(result: result, index: index, isBinary: isBinary)))
    }
    return values
  }

  /// Looks at one row; one that does not exist has only NULLs.
  public func withRow<T>(
    _ row: Int, _ body: (borrowing Row) throws(PostgresError) -> T
  ) throws(PostgresError) -> T {
    try body(Row(result: result, index: Int32(clamping: row), isBinary: isBinary))
  }

  /// Whether a value is NULL or not there.
  public func isNull(row: Int, column: Int) -> Bool { at(row).isNull(at: column) }

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
