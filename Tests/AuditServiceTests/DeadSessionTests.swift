import Foundation
import Glibc
import Testing
import TestSupport

/// A session that ended is made anew once; only what fails twice is blindness.
@Suite struct DeadSessionTests {
  private static let own =
    "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'freeze-auditor' AND pid <> pg_backend_pid()"

  @Test(arguments: [false, true])
  func `An idle_session_timeout below the interval blinds nobody`(_ wakes: Bool) throws {
    let bench = try Bench()
    let version = try bench.database.value("SHOW server_version_num").flatMap { Int($0) } ?? 0
    guard version >= 140000 else { return }
    try bench.run("ALTER DATABASE \(bench.database.name) SET idle_session_timeout = '1s'")
    try bench.file(
      "config.yaml",
      """
      region: "16.05"
      source: {conninfo: "\(bench.database.socketConninfo(user: Bench.role))"}
      poll: {interval: 3600, wake_on_notify: \(wakes)}
      ledger: {lease: 3600}
      """)
    try bench.insert(["a"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    for round in 1...3 {
      _ = try eventually("the end of every session") {
        try bench.database.value("SELECT count(*) \(Self.own)") == "0" ? true : nil
      }
      try bench.insert(["b\(round)"])
      try daemon.pass()
    }
    #expect(daemon.log("raised").count == 4)
    #expect(daemon.log("audit_blind").isEmpty, "\(daemon.log("audit_blind"))")
    #expect(daemon.stop().status == 0)
  }

  @Test func `A restart between two passes blinds nobody`() throws {
    let cluster = try ThrowawayCluster.start()
    defer { cluster.remove() }
    let bench = try Bench(cluster: cluster)
    try bench.write(lease: 3600)
    try bench.insert(1...3)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    for round in 1...3 {
      try cluster.restart(round == 3 ? .immediate : .fast)
      try bench.insert(["new\(round)"])
      try daemon.pass()
    }
    #expect(daemon.log("raised").count == 6)
    #expect(daemon.log("audit_blind").isEmpty && daemon.log("audit_resumed").isEmpty, "\(daemon.log)")
    #expect(try bench.ledger("event").allSatisfy { $0 == "raised" })
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `A session that ends in the middle of a pass is tried again once before anybody is told`() throws
  {
    let bench = try Bench()
    try bench.write("log: {language: en}")
    try bench.insert(1...2)
    // Every scan waits for a lock that this session holds, so that it can be ended in the middle.
    try bench.run(
      """
      ALTER VIEW freeze_audit.personnel_action RENAME TO sound;
      CREATE VIEW freeze_audit.personnel_action AS SELECT s.* FROM freeze_audit.sound AS s,
        (SELECT pg_advisory_xact_lock_shared(4711)) AS waits;
      GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    var holder = try bench.database.connect()
    try holder.execute("SELECT pg_advisory_lock(4711)")
    var ended: Set<String> = []
    func end() throws {
      ended.insert(
        try eventually("a reading that waits") {
          try bench.database.value(
            """
            SELECT min(pid)::text \(Self.own) AND wait_event = 'advisory' AND pid <> ALL ('{\(ended.joined(separator: ","))}'::int[])
            """)
        })
      try bench.run(
        "SELECT pg_terminate_backend(pid, 10000) \(Self.own) AND pid = ANY ('{\(ended.joined(separator: ","))}'::int[])"
      )
    }
    try bench.insert(["late"])
    daemon.send(SIGUSR1)
    try end()
    _ = try eventually("another reading that waits") {
      try bench.database.value("SELECT min(pid)::text \(Self.own) AND wait_event = 'advisory'")
    }
    try holder.execute("SELECT pg_advisory_unlock(4711)")
    try daemon.wait(for: "raised", count: 3)
    try daemon.wait(for: "pass_completed", count: 2)
    #expect(daemon.log("audit_blind").isEmpty, "\(daemon.log)")

    // Twice in a row is blindness.
    try holder.execute("SELECT pg_advisory_lock(4711)")
    daemon.send(SIGUSR1)
    try end()
    try end()
    let blind = try daemon.wait(for: "audit_blind")
    #expect(
      blind["MESSAGE"].contains("57P01") && blind["MESSAGE"].contains("the administrator ended the session"))
    try holder.execute("SELECT pg_advisory_unlock(4711)")
    try daemon.wait(for: "audit_resumed")
    #expect(daemon.log("audit_blind").count == 1)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `A cast error inside the view is told with the mend, and the ledger keeps what it had`() throws {
    let bench = try Bench()
    try bench.write("log: {language: en}")
    try bench.insert(1...2)
    try bench.run("ALTER TABLE hr.act ADD COLUMN tgl text DEFAULT '2024-05-02'")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.run(
      """
      CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, tgl::date AS decree_date,
        effective_date, inaugurated_on, region AS region_code, nip, employee_name, post_to, decree_no, approval_no,
        approval_date, revokes, entered AS recorded_at, source_dates FROM hr.act;
      UPDATE hr.act SET tgl = '0000-00-00' WHERE id = 'r1'
      """)
    try daemon.pass()
    let blind = try #require(daemon.log("audit_blind").first)
    #expect(blind["MESSAGE"].contains("freeze_audit.parse_date(column) in place of column::date"), "\(blind)")
    #expect(daemon.news().filter { !$0.hasPrefix("raised") && !$0.hasPrefix("audit_") }.isEmpty)
    #expect(daemon.stop().status == 0)
  }
}
