import Foundation
import Testing
import TestSupport

/// Who a record is, on a real server: nothing hides one behind another, and no clock makes one outside.
@Suite struct IdentityTests {
  @Test
  func `Ids that the server spells differently are records of their own, alerted and closed each for itself`()
    throws
  {
    let bench = try Bench()
    let ids = ["7", " 7", "7 ", "''7", "caf\u{E9}", "cafe\u{301}", "-", "", " "]
    try bench.insert(ids)
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date, decree_no) VALUES (NULL, 'mutasi', '2024-05-02', 'a'),
        (NULL, 'mutasi', '2024-05-03', 'b'), ('7', 'mutasi', '2024-05-04', 'c')
      """)
    let daemon = try bench.daemon(["FREEZE_AUDITOR_POLL_MAX_LOSS": "100"])
    try daemon.wait(for: "pass_completed")
    #expect(Set(daemon.log("raised").map { $0["FREEZE_ALERT_ID"] }).count == ids.count + 3)
    try daemon.pass()
    #expect(daemon.log.allSatisfy { !["amended", "withdrawn", "cleared"].contains($0.event) })
    // Outside now: exactly those, and they stay closed.
    try bench.run("UPDATE hr.act SET decree_date = '2010-01-04' WHERE id IN (' 7', 'cafe\u{301}')")
    try daemon.pass()
    #expect(daemon.log("cleared").count == 2 && daemon.log("withdrawn").isEmpty)
    try bench.run("DELETE FROM hr.act WHERE id IN ('caf\u{E9}', '''7') OR decree_no = 'c'")
    try daemon.pass()
    try daemon.pass()
    #expect(
      daemon.log("withdrawn").count == 3 && daemon.log("cleared").count == 2, "\(daemon.news(since: 14))")
    #expect(daemon.log("reraised").isEmpty)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test(arguments: [-400, 400])
  func `Where the machine's clock and the servers' disagree the audit is blind, and clears nothing`(
    _ days: Int
  ) throws {
    let bench = try Bench()
    let clock = try WallClock(in: bench.folder)
    try bench.write("log: {language: en}")
    try bench.insert(1...3)
    let first = try bench.daemon(try clock.environment)
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    try clock.move(days * 86_400)
    let second = try bench.daemon(try clock.environment)
    let blind = try second.wait(for: "audit_blind")
    #expect(
      blind["MESSAGE"].contains("clocks disagree") && blind["MESSAGE"].contains("this machine"), "\(blind)")
    try clock.move(0)
    second.send(SIGUSR1)
    try second.wait(for: "pass_completed")
    #expect(second.log("cleared").isEmpty && second.log("withdrawn").isEmpty)
    #expect(second.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `One fat cell costs neither memory nor the alert`() throws {
    let bench = try Bench()
    try bench.insert(1...2)
    try bench.run(
      """
      UPDATE hr.act SET post_to = repeat('x', 150000000), kind = 'mutasi' WHERE id = 'r1';
      INSERT INTO hr.act (id, kind, decree_date) VALUES ('fat', repeat('entah ', 30000000), '2010-01-04');
      INSERT INTO hr.act (id, kind, decree_date) VALUES (repeat('y', 50000000) || '1', 'mutasi', '2024-05-02'),
        (repeat('y', 50000000) || '2', 'mutasi', '2024-05-02')
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(Set(daemon.log("raised").map { $0["FREEZE_ALERT_ID"] }).count == 4)
    let status = try String(contentsOfFile: "/proc/\(daemon.pid)/status", encoding: .utf8)
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }?.split(separator: " ")
      .compactMap { Int($0) }.first
    #expect(try #require(peak) < 256_000 + Bench.memorySlack(0))
    #expect(daemon.stop().status == 0)
    let audit = try bench.command("audit", "--show", "all", "--format", "json")
    #expect(audit.status < 64, "\(audit.errorText)")
    try bench.expectSound()
  }
}
