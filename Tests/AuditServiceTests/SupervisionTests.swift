import Foundation
import Glibc
import Testing
import TestSupport

@testable import SystemLog

/// What the daemon tells systemd, while all is well and while a server hangs.
@Suite struct SupervisionTests {
  /// Takes what a service tells its manager.
  private final class Manager {
    let address: String
    private let number: Int32
    private var heard: [String] = []

    init(_ bench: Bench) throws {
      address = "@\(bench.database.name)"
      number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard try UnixAddress(address).withSocketAddress({ bind(number, $0, $1) }) == 0 else {
        throw TestSupportError("\(address) cannot be bound")
      }
    }

    deinit { close(number) }

    var environment: [String: String] { ["NOTIFY_SOCKET": address] }

    /// Every message so far.
    var messages: [String] {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = recv(number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count < 0 { return heard }
        heard.append(String(decoding: buffer[..<count], as: UTF8.self))
      }
    }

    /// Waits until messages that hold these texts have come in this order.
    func expect(_ wanted: [String]) throws {
      _ = try eventually("\(wanted) in \(messages)") {
        var rest = messages[...]
        for text in wanted {
          guard let found = rest.firstIndex(where: { $0.contains(text) }) else { return nil as Bool? }
          rest = rest[(found + 1)...]
        }
        return true
      }
    }
  }

  @Test func `Every reload ends with READY, and a rejected configuration stays in STATUS until a good one`()
    throws
  {
    let bench = try Bench()
    try bench.write("log: {language: en}")
    try bench.insert(["x"])
    let manager = try Manager(bench)
    let daemon = try bench.daemon(manager.environment)
    try manager.expect(["READY=1", "STATUS=Pass completed"])
    try bench.file("config.yaml", "salah: 1\n")
    daemon.send(SIGHUP)
    // Also after the pass that follows.
    try manager.expect([
      "RELOADING=1\nMONOTONIC_USEC=", "READY=1\nSTATUS=new configuration rejected", "rejected: ",
    ])
    try daemon.wait(for: "pass_completed", count: 2)
    try manager.expect(["RELOADING=1", "READY=1", "Pass completed"])
    let last = try #require(manager.messages.last { $0.contains("Pass completed") })
    #expect(last.hasPrefix("STATUS=new configuration rejected: ") && last.contains("salah"))
    try bench.write("log: {language: en}")
    daemon.send(SIGHUP)
    try manager.expect(["RELOADING=1", "READY=1", "RELOADING=1", "READY=1", "STATUS=Pass completed"])
    #expect(daemon.stop().status == 0)
    try manager.expect(["STOPPING=1"])
  }

  @Test
  func `A ledger that does not answer is asked by one source for all, and the watchdog is fed meanwhile`()
    throws
  {
    let bench = try Bench()
    let cluster = bench.database.cluster
    let proxy = try TCPProxy(to: cluster.port)
    defer { proxy.close() }
    proxy.cut()
    let source = bench.database.socketConninfo(user: Bench.role)
    let names = (1...8).map { "s\($0)" }
    let sources = names.map { "  - {name: \($0), region: \"16.05\", conninfo: \"\(source)\"}" }
    try bench.file(
      "config.yaml",
      """
      sources:
      \(sources.joined(separator: "\n"))
      poll: {interval: 3600}
      ledger: {lease: 3, conninfo: "host=127.0.0.1 port=\(proxy.port) dbname=\(bench.database.name) user=\(Bench.role) connect_timeout=2"}

      """)
    try bench.insert(["x"])
    let manager = try Manager(bench)
    let daemon = try bench.daemon(
      manager.environment.merging(["PGPASSWORD": Bench.password]) { $1 })
    for name in names { try daemon.wait(for: "audit_blind") { $0["FREEZE_SOURCE"] == name } }
    #expect(
      proxy.connections <= 3,
      "asked once for each source, the loop stands still for \(names.count) times as long")
    #expect(manager.messages.contains("WATCHDOG=1"))
    proxy.mend()
    for name in names { try daemon.wait(for: "audit_resumed") { $0["FREEZE_SOURCE"] == name } }
    #expect(daemon.stop().status == 0)
  }

  @Test func `Sessions that listen count in the budget`() throws {
    let bench = try Bench()
    let ledger = try Bench()
    let source = bench.database.socketConninfo(user: Bench.role)
    try bench.file(
      "config.yaml",
      """
      sources:
        - {name: a, region: "16.05", conninfo: "\(source)"}
        - {name: b, region: "16.05", conninfo: "\(source)"}
      poll: {interval: 1, connections: 3, wake_on_notify: true}
      ledger: {lease: 5, conninfo: "\(ledger.database.socketConninfo(user: Bench.role))"}

      """)
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    let sessions =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = '\(Bench.role)'"
    let listening = "\(sessions) AND query LIKE 'LISTEN%'"
    _ = try eventually("both listen") { try bench.database.value(listening) == "2" ? true : nil }
    for number in 1...20 {
      try bench.insert(["new\(number)"])
      try bench.run("NOTIFY freeze_audit_changed")
      let open = try bench.database.value(sessions).flatMap { Int($0) } ?? 99
      #expect(open <= 3)
    }
    try daemon.wait(for: "raised", count: 42)
    #expect(daemon.stop().status == 0)
  }
}
