import CLibPQ
import Glibc

extension Connection {
  /// Runs one or several statements without parameters, dropping any rows.
  ///
  /// - Parameters:
  ///   - sql: trusted text; several statements separated by `;` run in one round trip.
  ///   - operation: a short name for errors.
  /// - Throws: the first error; later statements of the same text have then not run.
  public mutating func execute(_ sql: String, operation: String = "execute") throws(PostgresError) {
    _ = try run(sql, operation)
  }

  /// As `execute`; the command tag of the last statement, for example `COMMIT`.
  mutating func run(_ sql: String, _ operation: String) throws(PostgresError) -> String {
    let handle = try opened(operation)
    let deadline = Deadline("answer", after: deadlines.answer)
    if PQsendQuery(handle, sql) != 1 { throw refused(operation) }
    let result = try lastResult(until: deadline, operation)
    defer { PQclear(result) }
    return result.map { String(cString: PQcmdStatus($0)) } ?? ""
  }

  /// Runs one statement and keeps all its rows in memory.
  ///
  /// - Parameters:
  ///   - sql: trusted text with `$1`, `$2`, … for values.
  ///   - parameters: the values.
  ///   - binary: whether rows come in binary form (the default) or as text.
  ///   - operation: a short name for errors.
  /// - Throws: `server` for what the server refuses, `unsupported` for parameters that cannot be sent, and
  ///   `connectionLost`, `interrupted`, `deadline("answer")`, which close the connection.
  public mutating func query(
    _ sql: String, _ parameters: [Parameter] = [], binary: Bool = true, operation: String = "query"
  ) throws(PostgresError) -> ResultSet {
    let deadline = Deadline("answer", after: deadlines.answer)
    try send(sql, parameters, binary: binary, operation)
    guard let result = try lastResult(until: deadline, operation) else {
      throw PostgresError(.unsupported, operation: operation, message: "the statement is empty")
    }
    return ResultSet(owning: result, isBinary: binary)
  }

  /// Sends a statement with no or few rows, and returns while the server works on it. ``finish(operation:)`` must follow
  /// before anything else.
  public mutating func start(
    _ sql: String, _ parameters: [Parameter] = [], operation: String
  ) throws(PostgresError) {
    let deadline = Deadline("answer", after: deadlines.answer)
    try send(sql, parameters, binary: true, operation)
    while let handle, PQflush(handle) == 1 {
      try wait(POLLIN | POLLOUT, until: deadline, operation)
      // What goes wrong here is told by the results.
      if PQconsumeInput(handle) == 0 { return }
    }
  }

  /// Waits for the end of the statement that ``start(_:_:operation:)`` sent.
  public mutating func finish(operation: String) throws(PostgresError) {
    PQclear(try lastResult(until: Deadline("answer", after: deadlines.answer), operation))
  }

  /// As ``finish(operation:)``, with the rows of the statement, in binary form.
  public mutating func finishRows(operation: String) throws(PostgresError) -> ResultSet {
    guard let result = try lastResult(until: Deadline("answer", after: deadlines.answer), operation) else {
      throw PostgresError(.unsupported, operation: operation, message: "the statement is empty")
    }
    return ResultSet(owning: result, isBinary: true)
  }

  /// Sends a statement as unnamed, parsed and executed at once.
  mutating func send(
    _ sql: String, _ parameters: [Parameter], binary: Bool, _ operation: String
  ) throws(PostgresError) {
    let handle = try opened(operation)
    let encoded = try EncodedParameters(parameters, operation: operation)
    if !encoded.send(sql, to: handle, binaryResult: binary) { throw refused(operation) }
  }

  /// libpq did not take the statement: the session is gone, or it was used wrongly.
  mutating func refused(_ operation: String) -> PostgresError {
    guard let handle, PQstatus(handle) == CONNECTION_OK else { return lost(operation) }
    return PostgresError(.unsupported, operation: operation, message: String(cString: PQerrorMessage(handle)))
  }

  /// The next result of the running statement, nil at its end. The caller clears it.
  mutating func nextResult(until deadline: Deadline, _ operation: String) throws(PostgresError)
    -> OpaquePointer?
  {
    let handle = try opened(operation)
    while true {
      // Sending is not over before the last byte is out; and while it is not, the server may already
      // have an answer for us that it needs to get rid of first.
      let unsent = PQflush(handle)
      if unsent < 0 && PQstatus(handle) == CONNECTION_BAD { return PQgetResult(handle) }
      if unsent <= 0 && PQisBusy(handle) == 0 { return PQgetResult(handle) }
      try wait(unsent > 0 ? POLLIN | POLLOUT : POLLIN, until: deadline, operation)
      // A failure is no end: what the server said before it hung up is still to be read from PQgetResult.
      if PQconsumeInput(handle) == 0 { return PQgetResult(handle) }
    }
  }

  /// Reads until the statement's end; the last result, or the first error.
  mutating func lastResult(until deadline: Deadline, _ operation: String) throws(PostgresError)
    -> OpaquePointer?
  {
    var last: OpaquePointer?
    var failure: PostgresError?
    do throws(PostgresError) {
      while let result = try nextResult(until: deadline, operation) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
          PQclear(last)
          last = result
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
          PQclear(result)
          close()
          throw PostgresError(.unsupported, operation: operation, message: "COPY is not supported here")
        default:
          if failure == nil, let handle {
            failure = PostgresError(result: result, connection: handle, operation: operation)
          }
          PQclear(result)
        }
      }
    } catch {
      PQclear(last)
      throw error
    }
    if let failure {
      PQclear(last)
      if failure.kind == .connectionLost { close() }
      throw failure
    }
    if let handle, PQstatus(handle) == CONNECTION_BAD {
      PQclear(last)
      throw lost(operation)
    }
    return last
  }
}
