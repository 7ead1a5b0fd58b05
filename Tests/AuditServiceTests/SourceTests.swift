import Foundation
import Glibc
import Postgres
import Testing
import TestSupport

/// The ways a site connects: password and TLS, a standby, a pooler, a ledger elsewhere.
@Suite struct SourceTests {
  /// A folder of credentials as systemd makes it.
  private func credentials(_ files: [String: String]) throws -> String {
    let folder = try temporaryFolder(prefix: "freeze-auditor-credentials")
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    return folder.path
  }

  private func write(_ bench: Bench, source: String, ledger: String? = nil) throws {
    try bench.file(
      "config.yaml",
      """
      region: "16.05"
      source: {conninfo: "\(source)"}
      ledger: {lease: 2\(ledger.map { ", conninfo: \"\($0)\"" } ?? "")}
      poll: {interval: 3600}
      log: {language: en}
      """)
  }

  @Test func `A password comes from the systemd credential, and is never seen`() throws {
    let cluster = try ThrowawayCluster.shared
    let bench = try Bench()
    try write(bench, source: cluster.conninfo(database: bench.database.name, user: Bench.role, password: nil))
    try bench.insert(["x"])
    let folder = try credentials(["source-password": "\(Bench.password)\n", "ledger-password": "\n"])
    let daemon = try bench.daemon(["CREDENTIALS_DIRECTORY": folder])
    try daemon.wait(for: "raised")
    try daemon.wait(for: "pass_completed")
    let command = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(daemon.pid)/cmdline"))
    let variables = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(daemon.pid)/environ"))
    let ledger = try bench.ledger("body").joined()
    #expect(daemon.stop().status == 0)

    // Wrong, missing: blind, and said without the word.
    var seen = [
      command, variables, daemon.process.outputSoFar, daemon.process.errorsSoFar, Data(ledger.utf8),
    ]
    for files in [["source-password": "salah dan \(Bench.password)"], ["source-password": "\n"], [:]] {
      let wrong = try bench.daemon(["CREDENTIALS_DIRECTORY": try credentials(files)])
      let blind = try wrong.wait(for: "audit_blind")
      #expect(blind["MESSAGE"].contains("28P01"), "\(blind)")
      #expect(wrong.stop().status == 0)
      seen += [wrong.process.outputSoFar, wrong.process.errorsSoFar]
      let doctor = try bench.command(
        "doctor", "--lang", "en", environment: ["CREDENTIALS_DIRECTORY": try credentials(files)])
      #expect(doctor.status == 77)
      seen += [doctor.output, doctor.errors]
    }
    for data in seen { #expect(data.range(of: Data(Bench.password.utf8)) == nil) }
  }

  @Test func `TLS with verify-full and SCRAM work, and a certificate of nobody is refused`() throws {
    guard findExecutable("openssl") != nil else {
      FileHandle.standardError.write(Data("SKIPPED: TLS (openssl is not installed)\n".utf8))
      return
    }
    let cluster = try ThrowawayCluster.start()
    defer { cluster.remove() }
    try runProcess(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
        "subjectAltName=DNS:localhost", "-keyout", "\(cluster.dataFolder)/server.key", "-out",
        "\(cluster.dataFolder)/server.crt",
      ])
    // What the server reads must be the server's.
    try cluster.postgresDatabase.run("ALTER SYSTEM SET ssl = on")
    if getuid() == 0 {
      try runProcess(
        "chown", ["postgres:", "\(cluster.dataFolder)/server.key", "\(cluster.dataFolder)/server.crt"])
    }
    try runProcess("chmod", ["600", "\(cluster.dataFolder)/server.key"])
    try cluster.restart()
    let bench = try Bench(cluster: cluster)
    try bench.insert(["x"])
    let authority = try bench.file(
      "ca.pem", try String(contentsOfFile: "\(cluster.dataFolder)/server.crt", encoding: .utf8))
    let conninfo = { (host: String) in
      "host=\(host) hostaddr=127.0.0.1 port=\(cluster.port) dbname=\(bench.database.name) user=\(Bench.role) sslmode=verify-full sslrootcert=\(authority)"
    }
    let environment = ["CREDENTIALS_DIRECTORY": try credentials(["source-password": Bench.password])]
    try write(bench, source: conninfo("localhost"))
    let daemon = try bench.daemon(environment)
    try daemon.wait(for: "raised")
    #expect(daemon.stop().status == 0)
    #expect(
      try bench.command("doctor", "--lang", "en", environment: environment).outputText.contains(
        "encrypted (TLS)"))
    try write(bench, source: conninfo("simpeg.example.go.id"))
    let refused = try bench.daemon(environment)
    let blind = try refused.wait(for: "audit_blind")
    #expect(blind["MESSAGE"].contains("does not match host name"), "\(blind)")
  }

  @Test func `The ledger in another database than the source`() throws {
    let bench = try Bench()
    let other = try Bench()
    try write(
      bench, source: bench.database.socketConninfo(user: Bench.role),
      ledger: other.database.socketConninfo(user: Bench.role))
    try bench.insert(1...3)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(try bench.ledger() == [])
    #expect(try other.ledger() == ["raised r1", "raised r2", "raised r3"])
    // The source goes away, the ledger stays: blind stands in the ledger.
    try bench.run("ALTER VIEW freeze_audit.personnel_action RENAME TO lama")
    try daemon.pass()
    #expect(try other.ledger("event").last == "audit_blind")
    try bench.run("ALTER VIEW freeze_audit.lama RENAME TO personnel_action")
    try daemon.wait(for: "audit_resumed")
    #expect(daemon.stop().status == 0)
    #expect(try bench.command("alerts", "verify", "--recompute").status == 0)
  }

  @Test func `A hot standby as the source, the ledger on the primary; recovery conflict and promotion`()
    throws
  {
    let primary = try ThrowawayCluster.start(settings: ["wal_level": "replica", "max_wal_senders": "4"])
    defer { primary.remove() }
    let bench = try Bench(cluster: primary)
    try bench.insert(1...3)
    let standby = try Standby(of: primary)
    defer { standby.remove() }
    try write(
      bench, source: standby.conninfo(bench.database.name),
      ledger: bench.database.socketConninfo(user: Bench.role))
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("raised").count == 3)
    #expect(try bench.command("doctor", "--lang", "en").outputText.contains("good    view:"))

    // What happens on the primary arrives by replay.
    try bench.insert(["later"])
    try standby.waitForReplay(of: primary)
    try daemon.pass()
    #expect(daemon.log("raised").last?["FREEZE_ACTION_ID"] == "later")

    // A recovery conflict: the standby must replay an exclusive lock while a pass reads.
    try primary.postgresDatabase.run("SELECT 1")
    for round in 1...3 {
      daemon.send(SIGUSR1)
      try bench.run(
        "BEGIN; LOCK TABLE hr.act IN ACCESS EXCLUSIVE MODE; ALTER TABLE hr.act ADD extra\(round) int; COMMIT")
      try standby.waitForReplay(of: primary)
    }
    try daemon.pass()
    #expect(try bench.ledger("event").filter { $0 != "raised" && !$0.hasPrefix("audit_") } == [])

    // The primary's own role is gone; the standby becomes a primary in mid-life.
    try standby.promote()
    try bench.insert(["unseen"])
    try daemon.pass()
    #expect(daemon.log("raised").count == 4, "it reads the promoted server, which does not have that act")
    #expect(daemon.stop().status == 0)
    #expect(try bench.command("alerts", "verify").status == 0)
  }

  @Test func `Through PgBouncer in transaction mode`() throws {
    guard findExecutable("pgbouncer") != nil else {
      FileHandle.standardError.write(Data("SKIPPED: PgBouncer (apt-get install pgbouncer)\n".utf8))
      return
    }
    let bench = try Bench()
    try bench.insert(1...3)
    let port = try freePort()
    let folder = try temporaryFolder(prefix: "freeze-auditor-pgbouncer")
    defer { try? FileManager.default.removeItem(at: folder) }
    let settings = """
      [databases]
      \(bench.database.name) = host=\(bench.database.cluster.socketFolder) port=\(bench.database.cluster.port)
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = \(port)
      unix_socket_dir =
      auth_type = any
      pool_mode = transaction
      default_pool_size = 2
      server_reset_query_always = 0
      logfile = \(folder.path)/log
      pidfile = \(folder.path)/pid
      """
    let any = settings.replacing(
      "port=\(bench.database.cluster.port)", with: "port=\(bench.database.cluster.port) user=\(Bench.role)")
    let file = folder.appendingPathComponent("pgbouncer.ini")
    try Data(any.utf8).write(to: file)
    // It refuses to be root.
    if getuid() == 0 { try runProcess("chown", ["-R", "postgres:", folder.path]) }
    func start() throws -> RunningProcess {
      try getuid() == 0
        ? RunningProcess("runuser", ["-u", "postgres", "--", "pgbouncer", file.path])
        : RunningProcess("pgbouncer", [file.path])
    }
    /// Ends it as a restart does: sessions are cut.
    func stop() {
      guard let text = try? String(contentsOf: folder.appendingPathComponent("pid"), encoding: .utf8),
        let pid = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
      else { return }
      kill(pid, SIGTERM)
    }
    var pooler = try start()
    defer { withExtendedLifetime(pooler) { stop() } }
    let conninfo = "host=127.0.0.1 port=\(port) dbname=\(bench.database.name) user=\(Bench.role)"
    _ = try eventually("the pooler") { try? Connection(conninfo: conninfo).backendPID }
    try write(bench, source: conninfo)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("raised").count == 3)
    for round in 1...5 {
      try bench.insert(["new\(round)"])
      try daemon.pass()
    }
    #expect(daemon.log("raised").count == 8)
    // A restart of the pooler between two passes is a session to be made anew, not blindness.
    stop()
    _ = try eventually("the end of the pooler") { (try? Connection(conninfo: conninfo)) == nil ? true : nil }
    pooler = try start()
    _ = try eventually("the pooler again") { try? Connection(conninfo: conninfo).backendPID }
    try bench.insert(["afterwards"])
    try daemon.pass()
    #expect(daemon.log("raised").count == 9 && daemon.log("audit_blind").isEmpty)
    // Nothing of ours is left in the pooled session.
    var other = try Connection(conninfo: conninfo)
    for (name, value) in [
      ("search_path", "\"$user\", public"), ("row_security", "on"), ("statement_timeout", "0"),
    ] {
      let now = try other.query("SHOW \(name)", binary: false)
      #expect(now.string(row: 0, column: 0) == value)
    }
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }
}

/// A hot standby of a throwaway cluster, gone with it.
final class Standby: Sendable {
  private let primary: ThrowawayCluster
  private let folder: String
  let port: Int

  init(of primary: ThrowawayCluster) throws {
    self.primary = primary
    port = try freePort()
    // Inside the primary's folder, so that whatever removes that removes this too.
    folder = "\(primary.folder.path)/standby"
    try primary.run(
      "pg_basebackup",
      [
        "-h", primary.socketFolder, "-p", "\(primary.port)", "-U", "postgres", "-D", folder, "-R", "-c",
        "fast",
      ])
    let settings = "port = \(port)\nmax_standby_streaming_delay = 0\nhot_standby_feedback = off\n"
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/postgresql.auto.conf"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(settings.utf8))
    try handle.close()
    try primary.run(
      "pg_ctl", ["-D", folder, "-w", "-s", "-l", "\(primary.folder.path)/standby.log", "start"])
  }

  func conninfo(_ database: String) -> String {
    "host=\(primary.socketFolder) port=\(port) dbname=\(database) user=\(Bench.role)"
  }

  func promote() throws { try primary.run("pg_ctl", ["-D", folder, "-w", "-s", "promote"]) }
  func remove() { _ = try? primary.run("pg_ctl", ["-D", folder, "-m", "immediate", "-w", "-s", "stop"]) }

  /// Waits until the standby has replayed what the primary has written.
  func waitForReplay(of primary: ThrowawayCluster) throws {
    let position = try primary.postgresDatabase.value("SELECT pg_current_wal_insert_lsn()") ?? "0/0"
    try primary.postgresDatabase.run("SELECT pg_switch_wal()")
    _ = try eventually("the replay") {
      var connection = try Connection(
        conninfo: "host=\(primary.socketFolder) port=\(port) dbname=postgres user=postgres")
      let result = try connection.query(
        "SELECT pg_last_wal_replay_lsn() >= '\(position)'", binary: false)
      return result.string(row: 0, column: 0) == "t" ? true : nil
    }
  }
}
