import Foundation
import Postgres
import Synchronization

/// A real PostgreSQL of our own, made for tests, gone with the process.
///
/// Runs as user `postgres` when we are root, which the server refuses to be. On 127.0.0.1 the password is asked
/// for (unless started with `.trust`); on the Unix socket everybody is trusted.
package final class ThrowawayCluster: Sendable {
  /// How clients on TCP prove who they are.
  package enum Authentication: String, Sendable {
    /// By password, SCRAM.
    case scram = "scram-sha-256"
    /// Not at all.
    case trust
  }

  /// How the server is stopped.
  package enum StopMode: String, Sendable {
    /// Waits for clients to leave.
    case smart
    /// Ends sessions, writes a checkpoint.
    case fast
    /// As a crash.
    case immediate
  }

  /// The superuser's name.
  package static let superuser = "postgres"
  /// The superuser's password, for TCP.
  package static let superuserPassword = "throwaway-superuser"

  /// TCP port on 127.0.0.1, and part of the socket's name.
  package let port: Int
  /// Holds everything; removed at the end.
  package let folder: URL
  /// Folder of the Unix socket.
  package var socketFolder: String { folder.path }
  /// The data directory.
  package var dataFolder: String { "\(folder.path)/data" }
  /// The server's log.
  package var logFile: String { "\(folder.path)/log" }

  private let binaries: String
  private let watcher: Watcher
  private static let count = Atomic<Int>(0)

  private static let sharedResult = Mutex<Result<ThrowawayCluster, any Error>?>(nil)

  /// The one most tests share, started at first use. Do not stop it; make databases in it.
  package static var shared: ThrowawayCluster {
    get throws {
      try sharedResult.withLock { result in
        if let result { return try result.get() }
        let made = Result { try ThrowawayCluster.start() }
        result = made
        return try made.get()
      }
    }
  }

  /// A cluster of one's own, to be stopped, broken and restarted at will.
  ///
  /// - Parameters:
  ///   - settings: for postgresql.conf, over our own.
  ///   - initdb: further arguments of initdb.
  package static func start(
    authentication: Authentication = .scram, settings: [String: String] = [:], initdb: [String] = []
  ) throws -> ThrowawayCluster {
    let cluster = try ThrowawayCluster(authentication, settings: settings, initdb: initdb)
    try cluster.start()
    return cluster
  }

  private init(_ authentication: Authentication, settings: [String: String], initdb: [String]) throws {
    binaries = try ThrowawayCluster.serverBinaries()
    port = try freePort()
    folder = try temporaryFolder(prefix: "freeze-auditor-pg")
    let data = "\(folder.path)/data"
    // The watcher first: whatever fails from here on, nothing stays.
    watcher = try Watcher(
      atEnd: """
        \(ThrowawayCluster.asServerUser(["\(binaries)/pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
        .joined(separator: " ")); rm -rf '\(folder.path)'
        """)
    try ThrowawayCluster.giveToServerUser(folder.path)
    let passwordFile = "\(folder.path)/password"
    try Data(ThrowawayCluster.superuserPassword.utf8).write(to: URL(fileURLWithPath: passwordFile))
    try ThrowawayCluster.giveToServerUser(passwordFile)
    try run(
      "initdb",
      [
        "-D", data, "-U", ThrowawayCluster.superuser, "--no-sync", "--no-instructions", "-E", "UTF8",
        "--locale=C", "--auth-local=trust", "--auth-host=\(authentication.rawValue)",
        "--pwfile=\(passwordFile)",
      ] + initdb)
    var all = [
      "listen_addresses": "127.0.0.1", "port": "\(port)", "unix_socket_directories": folder.path,
      "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100",
      "max_prepared_transactions": "10", "shared_buffers": "32MB", "timezone": "Asia/Jakarta",
    ]
    all.merge(settings) { $1 }
    let lines = all.sorted { $0.key < $1.key }.map { key, value in
      "\(key) = '\(value.replacing("'", with: "''"))'\n"
    }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(data)/postgresql.conf"))
    try file.seekToEnd()
    try file.write(contentsOf: Data(lines.joined().utf8))
    try file.close()
  }

  /// Starts the server, and returns once it answers.
  package func start() throws {
    try run("pg_ctl", ["-D", dataFolder, "-w", "-t", "60", "-s", "-l", logFile, "start"])
  }

  /// Stops the server, and returns once it is gone.
  package func stop(_ mode: StopMode = .fast) throws {
    try run("pg_ctl", ["-D", dataFolder, "-w", "-t", "60", "-s", "-m", mode.rawValue, "stop"])
  }

  /// Stops and starts the server.
  package func restart(_ mode: StopMode = .fast) throws {
    try stop(mode)
    try start()
  }

  /// Makes the server read its configuration again.
  package func reload() throws {
    try run("pg_ctl", ["-D", dataFolder, "-s", "reload"])
  }

  /// Makes the server a primary.
  package func promote() throws {
    try run("pg_ctl", ["-D", dataFolder, "-w", "-s", "promote"])
  }

  /// Process id of the postmaster, for signals.
  package func postmasterPID() throws -> pid_t {
    let text = try String(contentsOfFile: "\(dataFolder)/postmaster.pid", encoding: .utf8)
    guard let line = text.split(separator: "\n").first, let pid = pid_t(line) else {
      throw TestSupportError("no postmaster.pid")
    }
    return pid
  }

  /// Stops the server and removes its files now rather than at the process's end.
  package func remove() { watcher.finish() }

  /// A conninfo over TCP. `password: nil` leaves it out.
  package func conninfo(
    database: String = "postgres", user: String = ThrowawayCluster.superuser,
    password: String? = ThrowawayCluster.superuserPassword
  ) -> String {
    let secret = password.map { " password='\($0)'" } ?? ""
    return "host=127.0.0.1 port=\(port) dbname=\(database) user=\(user)\(secret)"
  }

  /// A conninfo over the Unix socket, where no password is needed.
  package func socketConninfo(database: String = "postgres", user: String = ThrowawayCluster.superuser)
    -> String
  {
    "host=\(socketFolder) port=\(port) dbname=\(database) user=\(user)"
  }

  /// A fresh database of a unique name.
  ///
  /// - Parameters:
  ///   - template: the database to copy, which nobody may be connected to.
  ///   - encoding: another encoding, which needs `template0`.
  package func createDatabase(
    prefix: String = "t", template: String = "template1", encoding: String? = nil
  ) throws -> ThrowawayDatabase {
    let name = "\(prefix)_\(ThrowawayCluster.count.add(1, ordering: .relaxed).newValue)"
    var sql = "CREATE DATABASE \(name) TEMPLATE \(encoding == nil ? template : "template0")"
    if let encoding { sql += " ENCODING '\(encoding)' LOCALE 'C'" }
    var admin = try Connection(conninfo: socketConninfo())
    try admin.execute(sql)
    return ThrowawayDatabase(cluster: self, name: name)
  }

  /// The database every cluster has.
  package var postgresDatabase: ThrowawayDatabase { ThrowawayDatabase(cluster: self, name: "postgres") }

  /// Runs one of the server's programs as the user the server runs as.
  @discardableResult
  package func run(_ program: String, _ arguments: [String], timeout: Double = 90) throws -> ProcessResult {
    let command = ThrowawayCluster.asServerUser(["\(binaries)/\(program)"] + arguments)
    let result = try runProcess(
      command[0], Array(command.dropFirst()), directory: URL(fileURLWithPath: "/"), timeout: timeout)
    if result.status != 0 {
      let log = (try? String(contentsOfFile: logFile, encoding: .utf8))?.suffix(2000) ?? ""
      throw TestSupportError(
        "\(program) failed (\(result.status)): \(result.errorText)\(result.outputText)\(log)")
    }
    return result
  }

  /// The path of one of the server's programs.
  package func program(_ name: String) -> String { "\(binaries)/\(name)" }
}
