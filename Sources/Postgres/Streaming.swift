import CLibPQ
import Glibc

/// libpq 17's chunked rows, looked up at run time since we link against 15.
public enum ChunkedRows {
  /// Whether the libpq running with this program hands rows over in chunks; where it does not, they come one by one.
  public static var isAvailable: Bool { ChunkedRows.set != nil }

  typealias SetMode = @convention(c) (OpaquePointer?, Int32) -> Int32
  /// PGRES_TUPLES_CHUNK of libpq 17, which older headers lack.
  static let status: UInt32 = 12

  static let set: SetMode? = dlsym(nil, "PQsetChunkedRowsMode").map { unsafeBitCast($0, to: SetMode.self) }
}

extension Connection {
  /// Runs a statement and hands over its rows as they arrive, without keeping them.
  ///
  /// All or nothing is the caller's to keep: an error may come after any number of rows.
  ///
  /// - Parameters:
  ///   - sql: trusted text with `$1`, `$2`, … for values.
  ///   - parameters: the values.
  ///   - binary: whether rows come in binary form (the default) or as text.
  ///   - operation: a short name for errors.
  ///   - columns: called once, before the first row and also when there is none.
  ///   - each: called for each row; an error thrown here ends the statement and is passed on.
  /// - Returns: how many rows were handed over.
  /// - Throws: as `query`. The time limit (`deadline("answer")`) is for each silence of the server, not for
  ///   the whole.
  @inlinable
  @discardableResult
  public mutating func stream(
    _ sql: String, _ parameters: [Parameter] = [], binary: Bool = true,
    operation: String = "stream", columns: ([Column]) throws(PostgresError) -> Void = { _ in },
    each: (borrowing Row) throws(PostgresError) -> Void
  ) throws(PostgresError) -> Int {
    try streamWhile(
      sql, parameters, binary: binary, operation: operation, columns: columns
    ) { row throws(PostgresError) in
      try each(row)
      return true
    }
  }

  /// As `stream`, for as long as `each` returns true; after false the statement is cancelled on the server and
  /// the connection stays usable (inside a transaction: after a rollback).
  ///
  /// - Returns: how many rows were handed over.
  @inlinable
  @discardableResult
  public mutating func streamWhile(
    _ sql: String, _ parameters: [Parameter] = [], binary: Bool = true,
    operation: String = "stream", columns: ([Column]) throws(PostgresError) -> Void = { _ in },
    each: (borrowing Row) throws(PostgresError) -> Bool
  ) throws(PostgresError) -> Int {
    var batch = RowBatch()
    try startStream(sql, parameters, binary: binary, operation)
    var total = 0
    do throws(PostgresError) {
      while try nextBatch(&batch, operation) {
        guard let result = batch.result else { continue }
        if !batch.described {
          batch.described = true
          try columns(batch.columns)
        }
        var index: Int32 = 0
        while index < batch.count {
          total += 1
          if try !each(Row(result: result, index: index, isBinary: binary)) {
            batch.clear()
            abandonStream()
            return total
          }
          index += 1
        }
      }
    } catch {
      let isOver = batch.isOver
      batch.clear()
      abandonStream(isOver: isOver)
      throw error
    }
    return total
  }

  @usableFromInline
  mutating func startStream(
    _ sql: String, _ parameters: [Parameter], binary: Bool, _ operation: String
  ) throws(PostgresError) {
    try send(sql, parameters, binary: binary, operation)
    let handle = try opened(operation)
    if let set = ChunkedRows.set, set(handle, 256) == 1 { return }
    _ = PQsetSingleRowMode(handle)
  }

  /// Replaces the batch by the next one; false at the end.
  @usableFromInline
  mutating func nextBatch(_ batch: inout RowBatch, _ operation: String) throws(PostgresError) -> Bool {
    batch.clear()
    while true {
      let handle = try opened(operation)
      // Most rows are in libpq's buffer already: no clock, no poll for those.
      let result: OpaquePointer?
      if batch.described && PQisBusy(handle) == 0 {
        result = PQgetResult(handle)
      } else {
        result = try nextResult(until: Deadline("answer", after: deadlines.answer), operation)
      }
      guard let result else {
        if PQstatus(handle) == CONNECTION_BAD { throw lost(operation) }
        return false
      }
      let status = PQresultStatus(result)
      switch status {
      case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK, PGRES_COMMAND_OK:
        batch.take(result)
        return true
      case _ where status.rawValue == ChunkedRows.status:
        batch.take(result)
        return true
      case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
        PQclear(result)
        close()
        throw PostgresError(.unsupported, operation: operation, message: "COPY is not supported here")
      case PGRES_EMPTY_QUERY:
        PQclear(result)
      default:
        let failure = PostgresError(result: result, connection: handle, operation: operation)
        PQclear(result)
        batch.isOver = true
        throw failure
      }
    }
  }

  /// Ends the running statement and reads what is left of it, or closes the connection if that takes too long.
  /// - Parameter isOver: the server ended it by itself; a request to cancel would cost a connection for nothing.
  @usableFromInline
  mutating func abandonStream(isOver: Bool = false) {
    guard let handle else { return }
    if PQstatus(handle) == CONNECTION_BAD { return close() }
    if !isOver { cancelRunning() }
    let deadline = Deadline("cancel", after: deadlines.cancel)
    do throws(PostgresError) {
      while let result = try nextResult(until: deadline, "cancel") {
        PQclear(result)
        if deadline.isPast { return close() }
      }
      if PQstatus(handle) == CONNECTION_BAD { close() }
    } catch {
      close()
    }
  }
}

/// The rows libpq handed over last; freed by `clear()`, which its user calls on every way out.
///
/// Not `~Copyable` with a `deinit`: the 6.3 optimizer crashes on that in an `@inlinable` function.
@usableFromInline
struct RowBatch {
  @usableFromInline var result: OpaquePointer?
  @usableFromInline var count: Int32 = 0
  /// Whether the columns were announced.
  @usableFromInline var described = false
  /// Whether the server ended the statement with an error.
  @usableFromInline var isOver = false

  @usableFromInline init() {}

  @usableFromInline var columns: [Column] { result.map { Postgres.columns(of: $0) } ?? [] }

  mutating func take(_ result: OpaquePointer) {
    self.result = result
    count = PQntuples(result)
  }

  @usableFromInline
  mutating func clear() {
    PQclear(result)
    result = nil
    count = 0
  }
}
