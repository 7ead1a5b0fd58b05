import Foundation
import Glibc
import Testing
import TestSupport

/// Two daemons on one ledger: one writes, the other stands by and takes over.
@Suite struct TwoDaemonsTests {
  /// The lease in these tests, in seconds; takeover is promised within two.
  static let lease = 2

  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    let began = ContinuousClock.now
    try body()
    return (ContinuousClock.now - began) / .seconds(1)
  }

  /// A holder and a standby, on records 1 to 3.
  private func pair(_ bench: Bench, holderConfig: String? = nil) throws -> (DaemonProcess, DaemonProcess) {
    try bench.insert(1...3)
    let holder = try bench.daemon(config: holderConfig)
    try holder.wait(for: "pass_completed")
    let standby = try bench.daemon()
    try standby.wait(for: "started")
    return (holder, standby)
  }

  @Test func `The standby writes nothing, and takes over at once from a holder that stopped`() throws {
    let bench = try Bench()
    let (holder, standby) = try pair(bench)
    try bench.insert(["x"])
    standby.send(SIGUSR1)
    try holder.pass()
    try standby.wait(for: "started") { $0["MESSAGE"].contains("siaga") }
    #expect(standby.news() == [])
    #expect(holder.log("raised").count == 4)
    holder.stop()
    let taken = try seconds { try standby.wait(for: "pass_completed") }
    #expect(taken < Double(2 * Self.lease))
    #expect(standby.news() == [])
    try bench.insert(["y"])
    try standby.pass()
    #expect(standby.news() == ["raised y"])
    try bench.expectSound()
  }

  @Test func `Kill -9 of the holder: taken over within two lease times, although the interval is an hour`()
    throws
  {
    let bench = try Bench()
    let (holder, standby) = try pair(bench)
    try bench.insert(["x"])
    holder.kill()
    let taken = try seconds { try standby.wait(for: "raised") }
    #expect(taken < Double(2 * Self.lease), "\(taken)")
    #expect(standby.news() == ["raised x"])
    try bench.expectSound()
  }

  @Test func `A frozen holder loses the lease, and cannot append when it wakes`() throws {
    let bench = try Bench()
    let (holder, standby) = try pair(bench)
    holder.send(SIGSTOP)
    try bench.insert(["x"])
    let taken = try seconds { try standby.wait(for: "raised") }
    #expect(taken < Double(2 * Self.lease), "\(taken)")
    holder.send(SIGUSR1)
    holder.send(SIGCONT)
    try holder.wait(for: "lease_lost")
    try bench.insert(["y"])
    try standby.pass()
    #expect(try bench.ledger() == ["raised r1", "raised r2", "raised r3", "raised x", "raised y"])
    // And back: the old holder is a standby like any other.
    standby.kill()
    try holder.wait(for: "pass_completed", count: 2)
    #expect(holder.news() == ["raised r1", "raised r2", "raised r3"])
    try bench.expectSound()
  }

  @Test func `A holder frozen between appending and telling: the other tells it`() throws {
    let bench = try Bench()
    try bench.insert(1...3)
    let holder = try bench.daemon(["FREEZE_FAILPOINT": "stop-after-append"])
    _ = try eventually("the append") { try bench.ledger().count == 3 ? true : nil }
    let standby = try bench.daemon()
    try standby.wait(for: "raised", count: 3, within: Double(2 * Self.lease) + 2)
    holder.send(SIGCONT)
    // It may tell them as well, under the same numbers; that is what "at least once" means.
    try holder.wait(for: "lease_lost")
    let told = (holder.log("raised") + standby.log("raised")).map {
      "\($0["FREEZE_SEQ"]) \($0["FREEZE_ALERT_ID"])"
    }
    #expect(Set(told).count == 3)
    try bench.expectSound()
  }

  @Test func `A holder cut off from the network loses the lease, and nothing is doubled`() throws {
    let cluster = try ThrowawayCluster.shared
    let bench = try Bench(cluster: cluster)
    let proxy = try TCPProxy(to: cluster.port)
    defer { proxy.close() }
    let credentials = try temporaryFolder(prefix: "freeze-auditor-credentials")
    defer { try? FileManager.default.removeItem(at: credentials) }
    try Data("\(Bench.password)\n".utf8).write(to: credentials.appendingPathComponent("source-password"))
    let cut = try bench.file(
      "cut.yaml",
      """
      region: "16.05"
      source: {conninfo: "host=127.0.0.1 port=\(proxy.port) dbname=\(bench.database.name) user=\(Bench.role)"}
      poll: {interval: 3600}
      ledger: {lease: \(Self.lease)}
      """)
    try bench.insert(1...3)
    let holder = try bench.daemon(["CREDENTIALS_DIRECTORY": credentials.path], config: cut)
    try holder.wait(for: "pass_completed")
    let standby = try bench.daemon()
    try standby.wait(for: "started")
    proxy.cut()
    holder.send(SIGUSR1)
    try bench.insert(["x"])
    let taken = try seconds { try standby.wait(for: "raised") }
    #expect(taken < Double(2 * Self.lease), "\(taken)")
    proxy.mend()
    try standby.pass()
    #expect(try bench.ledger() == ["raised r1", "raised r2", "raised r3", "raised x"])
    #expect(holder.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `A holder frozen in the middle of a reading cannot append what it read, however it wakes`()
    throws
  {
    let bench = try Bench()
    try bench.insert(1...3)
    let holder = try bench.daemon()
    try holder.wait(for: "pass_completed")
    let standby = try bench.daemon()
    try standby.wait(for: "started")
    // The reading of the holder waits for a lock; then the whole process freezes and loses the lease.
    try bench.insert(["x"])
    var writer = try bench.database.connect()
    try writer.begin(.readWrite)
    try writer.execute("LOCK TABLE hr.act IN ACCESS EXCLUSIVE MODE")
    holder.send(SIGUSR1)
    _ = try eventually("the reading to wait") {
      try bench.database.value(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"
      )
    }
    holder.send(SIGSTOP)
    try standby.wait(for: "lease_acquired")
    writer.rollback()
    try standby.wait(for: "raised")
    holder.send(SIGCONT)
    try holder.wait(for: "lease_lost")
    try standby.pass()
    // The reading of the holder had not ended as far as anybody can see.
    #expect(
      try bench.ledger().filter { !$0.hasPrefix("audit_") } == [
        "raised r1", "raised r2", "raised r3", "raised x",
      ])
    try bench.expectSound()
  }

  @Test func `Numbers stay gapless while people acknowledge and the daemon appends`() throws {
    let bench = try Bench()
    try bench.insert(1...8)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let ids = daemon.log("raised").map { $0["FREEZE_ALERT_ID"] }
    let people = try ids.map { id in
      try RunningProcess(
        Bench.executable,
        [
          "alerts", "ack", id, "--author", "Inspektur", "--reason", "surat masuk", "--legal-basis", "SE 1575",
          "--until", "2199-01-01", "--config", bench.configPath,
        ])
    }
    for round in 1...5 {
      try bench.insert(["new\(round)"])
      try daemon.pass()
    }
    for person in people { #expect(person.wait().status == 0) }
    try daemon.pass()
    try daemon.wait(for: "acknowledged", count: 8)
    let told = daemon.log.compactMap(\.seq)
    #expect(told == Array(1...21))
    #expect(try bench.ledger("seq::text").count == 21)
    try bench.expectSound()
  }
}
