import CLibPQ
import Glibc

/// One session with a PostgreSQL server, owned by exactly one place; closed when that place lets go.
///
/// Synchronous: each operation blocks the calling thread in poll(2), watching the socket, the
/// ``Interrupt`` and a monotonic deadline (``Deadlines``) together. Statements are unnamed, session state is
/// only set inside transactions, so that it works through PgBouncer in transaction mode.
///
/// Errors of kind `server` leave the session usable. `connectionLost`, `interrupted` and `deadline` close
/// it: make a new one.
public struct Connection: ~Copyable {
  /// Nil once closed.
  @usableFromInline var handle: OpaquePointer?
  /// The limits of this connection.
  public let deadlines: Deadlines
  let interrupt: Interrupt?
  /// Set while COMMIT is under way: an interrupt then shortens the wait instead of ending it.
  var committing = false

  /// Connects.
  ///
  /// - Parameters:
  ///   - conninfo: keywords or URI as libpq takes them; empty means libpq's environment.
  ///   - password: used instead of any other password source; never part of a string or an error.
  ///   - deadlines: the limits; network settings in `conninfo` win over them.
  ///   - interrupt: ends every wait when triggered.
  ///   - applicationName: shown in `pg_stat_activity`, unless conninfo or environment name another.
  /// - Throws: `conninfo`, `connection` (with the SQLSTATE if a server answered), `deadline("connect")`,
  ///   `interrupted`.
  ///
  /// Several hosts (`host=a,b`) are tried in turn, each with the whole time limit.
  public init(
    conninfo: String = "", password: String? = nil, deadlines: Deadlines = Deadlines(),
    interrupt: Interrupt? = nil, applicationName: String = "freeze-auditor"
  ) throws(PostgresError) {
    self.deadlines = deadlines
    self.interrupt = interrupt
    handle = try Startup(
      conninfo: conninfo, password: password, deadlines: deadlines, interrupt: interrupt,
      applicationName: applicationName
    ).connect()
    // From a SQL_ASCII database a client in UTF8 gets error 22021 for the first byte that is not; as a
    // client in SQL_ASCII it gets the bytes, and `Row` repairs that one value.
    if serverEncoding == "SQL_ASCII" {
      try execute("SET client_encoding = 'SQL_ASCII'", operation: Deadlines.connectName)
    }
  }

  deinit {
    if let handle { PQfinish(handle) }
  }

  /// Ends the session. Nothing happens the second time.
  public mutating func close() {
    if let handle { PQfinish(handle) }
    handle = nil
  }

  /// False after `close()` and after any error that ended the session.
  public var isOpen: Bool { handle.map { PQstatus($0) == CONNECTION_OK } ?? false }

  /// The socket, for the caller's own poll; -1 when closed. May change only by reconnecting.
  public var socket: Int32 { handle.map { PQsocket($0) } ?? -1 }

  /// Process id of the server's backend; 0 when closed. Through PgBouncer it is not a server's.
  public var backendPID: Int32 { handle.map { PQbackendPID($0) } ?? 0 }

  /// The encoding of the database, as the server names it.
  public var serverEncoding: String {
    handle.flatMap { PQparameterStatus($0, "server_encoding") }.map { String(cString: $0) } ?? ""
  }

  /// Whether the session is encrypted.
  public var isEncrypted: Bool { handle.map { PQsslInUse($0) == 1 } ?? false }

  /// Version of the libpq running with this program, for example 150020.
  public static var libraryVersion: Int { Int(PQlibVersion()) }

  /// Whether the server is a standby now.
  public mutating func isInRecovery() throws(PostgresError) -> Bool {
    let result = try query("SELECT pg_catalog.pg_is_in_recovery()", operation: "is in recovery")
    return try result.bool(row: 0, column: 0) ?? false
  }
}

// Proof: the handle has one owner (~Copyable), everything that changes it is `mutating` and so
// exclusive, what is not only reads fields of PGconn; libpq allows use of a PGconn by any thread,
// one at a time. Deadlines and Interrupt are Sendable.
extension Connection: @unchecked Sendable {}

extension Connection {
  /// The handle, or the error of a closed connection.
  func opened(_ operation: String) throws(PostgresError) -> OpaquePointer {
    guard let handle else {
      throw PostgresError(.connectionLost, operation: operation, message: "the connection is closed")
    }
    return handle
  }

  /// Closes after the session's end and gives the error to throw.
  mutating func lost(_ operation: String) -> PostgresError {
    guard let handle else {
      return PostgresError(.connectionLost, operation: operation, message: "the connection is closed")
    }
    let text = String(cString: PQerrorMessage(handle))
    close()
    return PostgresError(
      .connectionLost, operation: operation, message: text.isEmpty ? "the connection was lost" : text)
  }

  /// Waits for the socket; after an interrupt or the deadline the running statement is cancelled and the
  /// session closed.
  mutating func wait(_ events: Int32, until deadline: Deadline, _ operation: String) throws(PostgresError) {
    var limit = deadline
    var watched = interrupt
    while true {
      switch waitForSocket(socket, events, interrupt: watched, until: limit) {
      case .ready:
        return
      case .interrupted where committing:
        watched = nil
        let short = Deadline("commitAfterInterrupt", after: deadlines.commitAfterInterrupt)
        if short.at < limit.at { limit = short }
      case .interrupted:
        cancelRunning()
        close()
        throw PostgresError(.interrupted, operation: operation, message: "interrupted")
      case .deadline:
        cancelRunning()
        close()
        throw PostgresError(
          .deadline(limit.name), operation: operation,
          message: "no answer from the server in time (\(limit.name))")
      }
    }
  }
}
