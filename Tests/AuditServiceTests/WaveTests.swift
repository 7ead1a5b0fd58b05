import Testing
import TestSupport

/// A wave of alerts is raised while its records are still read; what closes alerts waits for the last record.
@Suite struct WaveTests {
  /// Whoever waits for a debug build to judge them waits some seconds; the first piece goes out after a fraction of one.
  private static let size = 2000

  private static func expectWhole(_ bench: Bench) throws {
    #expect(
      try bench.database.value(
        """
        SELECT count(*) || ' ' || count(DISTINCT alert_id) || ' ' || count(DISTINCT action_id)
        FROM freeze_audit.alert_event WHERE event = 'raised'
        """) == "\(size) \(size) \(size)")
    try bench.expectSound()
  }

  @Test func `The first alert does not wait for the last record, and pass_completed follows the last alert`()
    throws
  {
    let bench = try Bench()
    try bench.insert(1...Self.size)
    let daemon = try bench.daemon()
    let end = try daemon.wait(for: "pass_completed", within: 240)
    let log = daemon.log
    #expect(log.count { $0.event == "raised" } == Self.size)
    #expect(
      log.last { $0.event == "raised" || $0.event == "pass_completed" }?.event == "pass_completed", "\(end)")
    // How many records the pass had read when an event was written stands in its body.
    let read = try bench.database.value(
      """
      SELECT string_agg(DISTINCT split_part(body::json ->> 'snapshot', 'records ', 2), ' ')
      FROM freeze_audit.alert_event WHERE seq <= 100
      """)
    #expect(
      read.flatMap { Int($0) }.map { $0 < Self.size } == true, "\(read ?? "-") records read before the first")
    try daemon.pass()
    #expect(daemon.log.count { $0.event == "raised" } == Self.size, "told once")
    #expect(daemon.stop().status == 0)
    try Self.expectWhole(bench)
  }

  @Test func `Killed in the middle of a wave it goes on where it was`() throws {
    let bench = try Bench()
    try bench.insert(1...Self.size)
    let daemon = try bench.daemon()
    try daemon.wait(for: "raised")
    daemon.kill()
    let next = try bench.daemon()
    try next.wait(for: "pass_completed", within: 240)
    #expect(next.stop().status == 0)
    try Self.expectWhole(bench)
  }

  @Test func `While the view looks changed nothing is raised, however many there are`() throws {
    let bench = try Bench()
    try bench.insert(1...3)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed", within: 240)
    try bench.insert(10...Self.size)
    try bench.run(
      "CREATE OR REPLACE VIEW freeze_audit.personnel_action AS "
        + (try #require(
          try bench.database.value("SELECT pg_get_viewdef('freeze_audit.personnel_action'::regclass)")
        ).replacing(";", with: "")) + " WHERE id <> 'r1'")
    try daemon.pass()
    #expect(daemon.log.count { $0.event == "raised" } == 3)
    #expect(daemon.log("audit_blind").count == 1)
    #expect(daemon.stop().status == 0)
  }
}
