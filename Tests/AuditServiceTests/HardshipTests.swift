import AlertLedger
import Foundation
import Glibc
import Testing
import TestSupport

@testable import AuditService

/// Odd encodings, enormous values, clocks that were moved, marks that cannot be written.
@Suite struct HardshipTests {
  @Test(arguments: ["LATIN1", "WIN1252", "SQL_ASCII"])
  func `A ledger in a database of any encoding takes every alert`(_ encoding: String) throws {
    let bench = try Bench(encoding: encoding)
    try bench.run(
      """
      CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date,
        inaugurated_on, region AS region_code, nip, employee_name, post_to, decree_no, approval_no, approval_date, revokes,
        entered AS recorded_at, source_dates, 'Kepala Seksi'::text AS post_from FROM hr.act;
      SET client_encoding = 'UTF8';
      INSERT INTO hr.act (id, kind, decree_date, employee_name, post_to)
        VALUES ('é1', 'mutasi', '2024-05-02', 'Andr' || chr(233), 'Sekretaris')
      """)
    try bench.file(
      "config.yaml",
      """
      sources: [{name: "Képulauan", region: "16.05", conninfo: "\(bench.database.socketConninfo(user: Bench.role))"}]
      poll: {interval: 3600}
      ledger: {lease: 2}
      """)
    let first = try bench.daemon()
    #expect(try first.wait(for: "raised")["MESSAGE"].contains("Kepala Seksi → Sekretaris"))
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(try bench.command("status").outputText.contains("open_alerts=1;"))
    try bench.run("UPDATE hr.act SET decree_date = '2010-01-04'")
    try daemon.pass()
    try bench.run("ALTER VIEW freeze_audit.personnel_action RENAME TO lama")
    try daemon.pass()
    #expect(daemon.news().map { $0.prefix { $0 != " " } } == ["cleared", "audit_blind"])
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `Ids that differ in bytes that are no text are two records, and are found again`() throws {
    let bench = try Bench(encoding: "SQL_ASCII")
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date) SELECT convert_from(b, 'SQL_ASCII'), 'mutasi', '2024-05-02'
      FROM unnest(ARRAY['\\x41e942'::bytea, '\\x41e842', '\\x43']) AS b
      """)
    let daemon = try bench.daemon(["FREEZE_AUDITOR_POLL_MAX_LOSS": "100"])
    try daemon.wait(for: "pass_completed")
    #expect(Set(daemon.log("raised").map { $0["FREEZE_ACTION_ID"] }) == ["A\\xE9B", "A\\xE8B", "C"])
    try bench.run("UPDATE hr.act SET decree_date = '2010-01-04' WHERE id <> 'C'")
    try daemon.pass()
    #expect(daemon.log("cleared").count == 2 && daemon.log("withdrawn").isEmpty)
    #expect(daemon.stop().status == 0)
  }

  @Test func `A dozen names of 5 MB hold up nothing and fill nothing`() throws {
    let bench = try Bench()
    try bench.insert(1...10)
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date, employee_name)
      SELECT 'long' || n, 'mutasi', '2024-05-02', repeat('Budi ', 1000000) FROM generate_series(1, 12) AS n
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("raised").count == 22)
    try daemon.pass()
    #expect(daemon.log("raised").count == 22)
    let longest = try bench.database.value("SELECT max(length(body)) FROM freeze_audit.alert_event")
    #expect((longest.flatMap { Int($0) } ?? .max) < 20_000)
    let status = try String(contentsOfFile: "/proc/\(daemon.pid)/status", encoding: .utf8)
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }?.split(separator: " ")
      .compactMap { Int($0) }.first
    #expect(try #require(peak) < 120_000 + Bench.memorySlack(0))
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `While the mark cannot be written nothing is told again`() throws {
    let bench = try Bench()
    try bench.insert(1...3)
    try bench.run("REVOKE INSERT ON freeze_audit.alert_emitted FROM freeze_auditor_ledger")
    let daemon = try bench.daemon()
    try daemon.wait(for: "raised", count: 3)
    for number in 1...3 {
      daemon.send(SIGUSR1)
      try bench.insert(["more\(number)"])
    }
    try bench.run("GRANT INSERT ON freeze_audit.alert_emitted TO freeze_auditor_ledger")
    try daemon.wait(for: "raised", count: 6)
    try daemon.pass()
    #expect(
      daemon.log("raised").map(\.seq) == daemon.log("raised").map(\.seq).sorted { ($0 ?? 0) < ($1 ?? 0) })
    #expect(daemon.log("raised").count == 6)
    #expect(try bench.database.value("SELECT max(through_seq) FROM freeze_audit.alert_emitted") != nil)
    #expect(daemon.stop().status == 0)
  }

  @Test func `A server's clock set back between an event and its mark is no cut tail`() throws {
    let bench = try Bench()
    try bench.insert(1...3)
    let first = try bench.daemon(["FREEZE_FAILPOINT": "after-log"])
    #expect(first.end() == 128 + SIGKILL)
    // As if they had been written while the clock was a day ahead.
    try bench.run(
      """
      ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER USER;
      UPDATE freeze_audit.alert_event SET recorded_at = recorded_at + interval '1 day';
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_append;
      """)
    let second = try bench.daemon()
    try second.wait(for: "pass_completed")
    #expect(second.stop().status == 0)
    let third = try bench.daemon()
    try third.wait(for: "pass_completed")
    #expect(third.log("raised").isEmpty && third.log("ledger_hole").isEmpty)
    #expect(third.stop().status == 0)
    #expect(!(try bench.command("alerts", "verify", "--lang", "en").outputText.contains("handed to the log")))
  }

  @Test func `A number that was filled again is told once, not at every start`() throws {
    let bench = try Bench()
    try bench.insert(1...3)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    try bench.run(
      """
      ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER USER;
      DELETE FROM freeze_audit.alert_event WHERE seq = 3;
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_append;
      """)
    let second = try bench.daemon()
    try second.wait(for: "pass_completed")
    #expect(second.news() == ["raised r3"])
    #expect(second.stop().status == 0)
    let third = try bench.daemon()
    try third.wait(for: "pass_completed")
    #expect(third.news() == [])
    #expect(third.stop().status == 0)
  }

  @Test func `A lease by a clock that was set back since is no lease, and one of another machine is`() throws
  {
    let bench = try Bench()
    try bench.insert(["x"])
    let holder = { (time: String) in
      try bench.run(
        "UPDATE freeze_audit.lease SET holder = 'server-b//4026531836/4711/123456', epoch = epoch + 1, expires_at = now() + interval '\(time)'"
      )
    }
    // It may be somebody's: the process is of no machine we can see.
    try bench.write(lease: 30)
    try holder("50 seconds")
    let waiting = try bench.daemon()
    try waiting.wait(for: "started")
    _ = try eventually("it asked for the lease") {
      try bench.database.value(
        "SELECT count(*) FROM pg_stat_activity WHERE usename = '\(Bench.role)' AND datname = current_database() AND state = 'idle' AND query = 'COMMIT'"
      ) != "0" ? true : nil
    }
    #expect(waiting.log("lease_acquired").isEmpty)
    #expect(waiting.stop().status == 0)
    try holder("1 day")
    let daemon = try bench.daemon()
    try daemon.wait(for: "raised")
    #expect(daemon.stop().status == 0)
  }

  @Test func `What was known stays known when the clock is set back a day, also over a reload and a restart`()
    throws
  {
    let bench = try Bench()
    let clock = try WallClock(in: bench.folder)
    let today = try #require(try bench.database.value("SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date"))
    try bench.file(
      "calendar.yaml",
      """
      complete_through: [{date: 2199-12-31, instrument: "kalender uji", known_from: 2000-01-01}]
      verified_on: 2026-01-01
      elections:
        - id: pilkada-2024
          regions: [all]
          determination:
            - {date: 2024-09-22, instrument: "PKPU uji", known_from: \(today)}
      inaugurations: []
      """)
    try bench.write("calendar: calendar.yaml")
    try bench.insert(1...2)
    let first = try bench.daemon(try clock.environment)
    try first.wait(for: "pass_completed")
    #expect(first.log("raised").count == 2)
    try clock.move(-86_400)
    first.send(SIGHUP)
    try first.wait(for: "config_reloaded")
    try first.wait(for: "pass_completed", count: 2)
    #expect(first.stop().status == 0)
    let second = try bench.daemon(try clock.environment)
    try second.wait(for: "pass_completed")
    #expect(first.news() == ["raised r1", "raised r2"] && second.news() == [])
    #expect(second.stop().status == 0)
  }

  @Test func `What is accepted is what was refused, and nothing that came after`() throws {
    let bench = try Bench()
    try bench.insert(1...10)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    // A column more can bring approvals, or hide acts as well as one less.
    let view = try #require(
      try bench.database.value("SELECT pg_get_viewdef('freeze_audit.personnel_action'::regclass)"))
    let wider = view.replacing("FROM hr.act", with: ", 'PLT'::text AS assignment FROM hr.act")
    try bench.run("CREATE OR REPLACE VIEW freeze_audit.personnel_action AS \(wider)")
    try daemon.pass()
    #expect(daemon.log.last { $0.event == "audit_blind" }?["MESSAGE"].contains("assignment") == true)
    #expect(daemon.log("cleared").isEmpty)
    // Accepted, but refused for another cause now, and then for more than was accepted.
    #expect(try bench.accept().status == 0)
    try bench.run("REVOKE SELECT ON freeze_audit.personnel_action FROM freeze_auditor_read")
    daemon.send(SIGUSR1)
    _ = try eventually("the refusal is noted") {
      try bench.database.value("SELECT cause FROM freeze_audit.source_health")?.contains("42501") == true
        ? true : nil
    }
    try bench.run(
      """
      DELETE FROM hr.act WHERE id <> 'r1';
      GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read
      """)
    daemon.send(SIGUSR1)
    _ = try eventually("the change is refused again") {
      try bench.database.value("SELECT cause FROM freeze_audit.source_health")?.contains("assignment") == true
        ? true : nil
    }
    #expect(daemon.log("withdrawn").isEmpty && daemon.log("cleared").isEmpty)
    #expect(try bench.accept().status == 0)
    daemon.send(SIGUSR1)
    try daemon.wait(for: "audit_resumed")
    #expect(daemon.stop().status == 0)
  }

  /// The region of an annex is what a site may leave out.
  @Test(arguments: [", NULL::text AS region_code", ""])
  func `Annexes of the view's own decide, and are missed when they may not be read`(_ region: String) throws {
    let bench = try Bench()
    try bench.insert(["x"])
    try bench.run(
      """
      UPDATE hr.act SET nip = '198501012010011001', post_to = 'Kepala Bidang';
      INSERT INTO freeze_audit.approval (letter_no, letter_date, nip, post_to)
        VALUES ('P/9', '2024-04-01', '198501012010011009', 'Lain');
      CREATE VIEW freeze_audit.personnel_action_approval AS
        SELECT 'M/1'::text AS letter_no, date '2024-04-01' AS letter_date, '198501012010011001'::text AS nip,
          'Kepala Bidang'::text AS post_to\(region);
      GRANT SELECT ON freeze_audit.personnel_action_approval TO freeze_auditor_read
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.news() == [])
    try bench.run("REVOKE SELECT ON freeze_audit.personnel_action_approval FROM freeze_auditor_read")
    try daemon.pass()
    #expect(daemon.log("audit_blind").last?["MESSAGE"].contains("42501") == true)
    try bench.run("GRANT SELECT ON freeze_audit.personnel_action_approval TO freeze_auditor_read")
    try daemon.pass()
    try bench.run("DROP VIEW freeze_audit.personnel_action_approval")
    try daemon.pass()
    #expect(daemon.log("audit_blind").last?["MESSAGE"].contains("personnel_action_approval") == true)
    #expect(daemon.log("raised").isEmpty)
    #expect(daemon.stop().status == 0)
  }

  @Test func `A closed standard output takes nothing, and nothing counts as told`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    let daemon = try DaemonProcess(
      RunningProcess("bash", ["-c", "exec \(try Bench.executable) run --config \(bench.configPath) >&-"]))
    _ = try eventually("the alert is written") { try bench.ledger("event") == ["raised"] ? true : nil }
    #expect(daemon.stop().status == 0)
    #expect(try bench.database.value("SELECT count(*) FROM freeze_audit.alert_emitted") == "0")
    let again = try bench.daemon()
    try again.wait(for: "raised")
    #expect(again.stop().status == 0)
  }

  @Test func `Events tell when and how much was read, and of what other rules judged verify says so`() throws
  {
    let bench = try Bench()
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    let snapshot = try bench.database.value(
      "SELECT body::json ->> 'snapshot' FROM freeze_audit.alert_event")
    #expect(
      snapshot?.firstMatch(of: #/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.0-9]*\+00, records 1$/#) != nil,
      "\(snapshot ?? "")")
    try bench.file(
      "calendar.yaml",
      """
      complete_through: [{date: 2199-12-31, instrument: "kalender uji", known_from: 2000-01-01}]
      verified_on: 2026-01-01
      elections:
        - id: pilkada-2024
          regions: [all]
          determination:
            - {date: 2024-09-22, instrument: "PKPU uji", known_from: 2024-01-26}
      inaugurations: []
      """)
    try bench.write("calendar: calendar.yaml")
    #expect(try bench.command("alerts", "verify").status == 0)
    #expect(try bench.command("alerts", "verify", "--recompute").status == 3)
  }

  @Test func `A time without any pass is told when they go on`() throws {
    let bench = try Bench()
    try bench.write(interval: 60)
    try bench.insert(["x"])
    for _ in 1...2 {
      let daemon = try bench.daemon()
      try daemon.wait(for: "pass_completed")
      #expect(daemon.log("audit_resumed").isEmpty)
      #expect(daemon.stop().status == 0)
    }
    try bench.run(
      "UPDATE freeze_audit.source_health SET last_good_at = last_good_at - interval '181 seconds'")
    let later = try bench.daemon()
    #expect(try later.wait(for: "audit_resumed").seq == 2)
    try later.pass()
    #expect(later.log("audit_resumed").count == 1)
    #expect(try bench.ledger("reason").last?.hasPrefix("evaluated again after: no pass for 18") == true)
    #expect(later.stop().status == 0)
    try bench.expectSound()
  }

  @Test(arguments: [
    (600.0, nil as Int64?, "", false), (700.0, nil, "", true), (700.0, 30, "evaluated", false),
    (700.0, 700, "evaluated", true), (700.0, 700, "blind", false), (1700.0, 800, "evaluated", true),
  ])
  func `A source the holder of the lease does not read is noticed`(
    _ standby: Double, _ age: Int64?, _ state: String, _ expected: Bool
  ) {
    var health = LedgerStore.Health(state: state)
    health.secondsSinceGood = age
    #expect(
      SourceState.isNeglected(state.isEmpty ? nil : health, standbyFor: .seconds(standby), interval: 200)
        == expected)
  }
}
