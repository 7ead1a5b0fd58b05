import Foundation
import Postgres

/// One database of a ``ThrowawayCluster``.
package struct ThrowawayDatabase: Sendable {
  /// Where it is.
  package let cluster: ThrowawayCluster
  /// Its name.
  package let name: String

  /// As superuser over TCP, with the password.
  package var conninfo: String { cluster.conninfo(database: name) }
  /// As superuser over the Unix socket, without a password.
  package var socketConninfo: String { cluster.socketConninfo(database: name) }

  /// As another role, over TCP.
  package func conninfo(user: String, password: String?) -> String {
    cluster.conninfo(database: name, user: user, password: password)
  }

  /// As another role, over the Unix socket, where all are trusted.
  package func socketConninfo(user: String) -> String {
    cluster.socketConninfo(database: name, user: user)
  }

  /// A session as superuser.
  package func connect(
    deadlines: Deadlines = Deadlines(), interrupt: Interrupt? = nil
  ) throws(PostgresError) -> Connection {
    try Connection(conninfo: socketConninfo, deadlines: deadlines, interrupt: interrupt)
  }

  /// Runs statements as superuser.
  package func run(_ sql: String) throws {
    var connection = try connect()
    try connection.execute(sql)
  }

  /// The first value of the first row, as text.
  package func value(_ sql: String) throws -> String? {
    var connection = try connect()
    return try connection.query(sql, binary: false).string(row: 0, column: 0)
  }

  /// Feeds SQL to the real psql, stopping at the first error; fails with its words.
  @discardableResult
  package func psql(
    _ sql: String, user: String = ThrowawayCluster.superuser, variables: [String: String] = [:]
  ) throws -> ProcessResult {
    try psql(arguments: [], input: Data(sql.utf8), user: user, variables: variables)
  }

  /// Runs a file with the real psql, stopping at the first error; fails with its words.
  @discardableResult
  package func psql(
    file: URL, user: String = ThrowawayCluster.superuser, variables: [String: String] = [:]
  ) throws -> ProcessResult {
    try psql(arguments: ["-f", file.path], input: nil, user: user, variables: variables)
  }

  private func psql(
    arguments: [String], input: Data?, user: String, variables: [String: String]
  ) throws -> ProcessResult {
    let settings = variables.sorted { $0.key < $1.key }.flatMap { ["-v", "\($0.key)=\($0.value)"] }
    let result = try runProcess(
      cluster.program("psql"),
      ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", socketConninfo(user: user)] + settings
        + arguments,
      environment: ["PGCLIENTENCODING": "UTF8", "LC_ALL": "C.UTF-8"], input: input)
    if result.status != 0 { throw TestSupportError("psql failed (\(result.status)): \(result.errorText)") }
    return result
  }
}
