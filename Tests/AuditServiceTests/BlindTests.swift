import Foundation
import Glibc
import Testing
import TestSupport

/// Nothing that can be true of the source makes an open alert disappear without an event.
@Suite struct BlindTests {
  /// A fault of the source, and what mends it.
  struct Fault: CustomTestStringConvertible, Sendable {
    let name: String
    let fault: String
    let mend: String
    let cause: String
    var testDescription: String { name }
  }

  static let faults: [Fault] = [
    Fault(
      name: "an empty table",
      fault: "CREATE TABLE hr.kept AS SELECT * FROM hr.act; DELETE FROM hr.act",
      mend: "INSERT INTO hr.act SELECT * FROM hr.kept", cause: "empty"),
    Fault(
      name: "the privilege is gone",
      fault: "REVOKE SELECT ON freeze_audit.personnel_action FROM freeze_auditor_read",
      mend: "GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read", cause: "no right to read"),
    Fault(
      name: "a date column was renamed",
      fault: "ALTER VIEW freeze_audit.personnel_action RENAME COLUMN decree_date TO tgl_sk",
      mend: "ALTER VIEW freeze_audit.personnel_action RENAME COLUMN tgl_sk TO decree_date",
      cause: "decree_date"),
    Fault(
      name: "an optional column was renamed",
      fault: "ALTER VIEW freeze_audit.personnel_action RENAME COLUMN approval_no TO no_persetujuan",
      mend: "ALTER VIEW freeze_audit.personnel_action RENAME COLUMN no_persetujuan TO approval_no",
      cause: "approval_no"),
    Fault(
      name: "the key was renamed",
      fault: "ALTER VIEW freeze_audit.personnel_action RENAME COLUMN action_id TO id",
      mend: "ALTER VIEW freeze_audit.personnel_action RENAME COLUMN id TO action_id", cause: "action_id"),
    Fault(
      name: "the view is gone", fault: "ALTER VIEW freeze_audit.personnel_action RENAME TO lama",
      mend: "ALTER VIEW freeze_audit.lama RENAME TO personnel_action", cause: "no such view"),
    Fault(
      name: "row security hides some rows",
      fault: """
        ALTER VIEW freeze_audit.personnel_action SET (security_invoker = true);
        GRANT USAGE ON SCHEMA hr TO freeze_auditor_read; GRANT SELECT ON hr.act TO freeze_auditor_read;
        ALTER TABLE hr.act ENABLE ROW LEVEL SECURITY; CREATE POLICY partly ON hr.act USING (id <> 'r1')
        """,
      mend:
        "ALTER TABLE hr.act DISABLE ROW LEVEL SECURITY; ALTER VIEW freeze_audit.personnel_action RESET (security_invoker)",
      cause: "row security"),
    Fault(
      name: "a third of the alerted records is gone",
      fault: "CREATE TABLE hr.kept AS SELECT * FROM hr.act; DELETE FROM hr.act WHERE id IN ('r1', 'r2')",
      mend: "INSERT INTO hr.act SELECT * FROM hr.kept WHERE id IN ('r1', 'r2')", cause: "2 records"),
    Fault(
      name: "every date became NULL",
      fault: "CREATE TABLE hr.kept AS SELECT * FROM hr.act; UPDATE hr.act SET decree_date = NULL",
      mend: "DELETE FROM hr.act; INSERT INTO hr.act SELECT * FROM hr.kept", cause: "6 records"),
    // Without its lines every record's own letter would count, and close alerts as approved.
    Fault(
      name: "the annexes were emptied", fault: "TRUNCATE freeze_audit.approval",
      mend:
        "INSERT INTO freeze_audit.approval (letter_no, letter_date, nip) VALUES ('1', '2024-01-01', '198501012010011001')",
      cause: "freeze_audit.approval"),
    Fault(
      name: "the annexes may not be read",
      fault: "REVOKE SELECT ON freeze_audit.approval FROM freeze_auditor_read, freeze_auditor_ledger",
      mend: "GRANT SELECT ON freeze_audit.approval TO freeze_auditor_read, freeze_auditor_ledger",
      cause: "freeze_audit.approval"),
    Fault(
      name: "half of the alerts relabelled",
      fault: "UPDATE hr.act SET kind = 'kenaikan pangkat' WHERE id < 'r4'",
      mend: "UPDATE hr.act SET kind = 'mutasi'", cause: "3 records"),
    Fault(
      name: "half of the alerts marked as appointed for the time being",
      fault: "UPDATE hr.act SET post_to = 'Plt. Guru' WHERE id < 'r4'",
      mend: "UPDATE hr.act SET post_to = 'Camat'", cause: "3 records"),
    Fault(
      name: "half of the alerts moved to 2019",
      fault: "UPDATE hr.act SET decree_date = '2019-01-02' WHERE id < 'r4'",
      mend: "UPDATE hr.act SET decree_date = '2024-05-02'", cause: "3 records"),
    Fault(
      name: "half of the alerts approved by an annex of the view's own",
      fault: """
        CREATE VIEW freeze_audit.personnel_action_approval AS SELECT '1'::text AS letter_no, date '2024-01-01' AS letter_date,
        '198501012010011002'::text AS nip, NULL::text AS post_to, NULL::text AS region_code;
        GRANT SELECT ON freeze_audit.personnel_action_approval TO freeze_auditor_read
        """,
      mend: "DROP VIEW freeze_audit.personnel_action_approval", cause: "personnel_action_approval"),
    Fault(
      name: "the view leaves records out",
      fault: """
        CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date,
        inaugurated_on, region AS region_code, nip, employee_name, post_to, decree_no, approval_no, approval_date, revokes,
        entered AS recorded_at, source_dates FROM hr.act WHERE decree_date < '2024-06-01'
        """,
      mend: """
        CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date,
        inaugurated_on, region AS region_code, nip, employee_name, post_to, decree_no, approval_no, approval_date, revokes,
        entered AS recorded_at, source_dates FROM hr.act
        """, cause: "definitions that decide what the view shows"),
    Fault(
      name: "a statement that fails in the middle",
      fault: """
        CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date,
        inaugurated_on, region AS region_code, nip, employee_name, (post_to || (1 / (length(id) - 2))::text) AS post_to,
        decree_no, approval_no, approval_date, revokes, entered AS recorded_at, source_dates FROM hr.act
        """,
      mend: """
        CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date,
        inaugurated_on, region AS region_code, nip, employee_name, post_to,
        decree_no, approval_no, approval_date, revokes, entered AS recorded_at, source_dates FROM hr.act
        """, cause: "reading failed"),
    Fault(
      name: "a part of the table is taken away", fault: "ALTER TABLE hr.act_old NO INHERIT hr.act",
      mend: "ALTER TABLE hr.act_old INHERIT hr.act", cause: "hr.act_old < hr.act"),
  ]

  @Test(arguments: faults)
  func `A source that cannot be trusted closes nothing, is told once, and heals`(_ fault: Fault) throws {
    let bench = try Bench()
    try bench.write("log: {language: en}")
    try bench.insert(1...6)
    try bench.run(
      """
      CREATE TABLE hr.act_old () INHERITS (hr.act);
      UPDATE hr.act SET post_to = 'Camat', nip = '198501012010011002', approval_no = '1', approval_date = '2024-01-01';
      INSERT INTO freeze_audit.approval (letter_no, letter_date, nip) VALUES ('1', '2024-01-01', '198501012010011001')
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(
      daemon.log("raised").map { $0["FREEZE_OUTCOME"] } == Array(repeating: "approval-mismatch", count: 6))

    try bench.run(fault.fault)
    try daemon.pass()
    let blind = try #require(daemon.log("audit_blind").first, "\(daemon.log)")
    #expect(blind["MESSAGE"].contains(fault.cause), "\(blind)")
    #expect(blind["PRIORITY"] == "3")
    #expect(blind["FREEZE_SOURCE"] == daemon.log("raised").first?["FREEZE_SOURCE"])
    #expect(blind.seq == 7)
    let status = try bench.command("status", "--lang", "en")
    #expect(status.status == 2, "\(status.outputText)")
    #expect(status.outputText.contains("CRITICAL - BLIND") && status.outputText.contains("open_alerts=6;"))
    // It tries again by itself (the back-off begins at a second), and says nothing more.
    _ = try eventually("another try") {
      try bench.database.value(
        "SELECT 1 FROM freeze_audit.source_health WHERE state = 'blind' AND last_pass_at > now() - interval '1 hour'"
      )
    }

    try bench.run(fault.mend)
    let resumed = try daemon.wait(for: "audit_resumed")
    #expect(resumed.seq == 8)
    try daemon.wait(for: "pass_completed", count: 2)
    #expect(daemon.log("audit_blind").count == 1)
    #expect(
      try bench.ledger("event") == Array(repeating: "raised", count: 6) + ["audit_blind", "audit_resumed"])
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `One record in five may go in one pass, and a person accepts a loss that is right`() throws {
    let bench = try Bench()
    try bench.insert(1...10)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(try bench.accept().status == 64, "there is nothing to accept")
    try bench.run("DELETE FROM hr.act WHERE id IN ('r1', 'r2')")
    try daemon.pass()
    #expect(daemon.log("withdrawn").count == 2)
    try bench.run("DELETE FROM hr.act WHERE id IN ('r3', 'r4', 'r5')")
    try daemon.pass()
    try daemon.wait(for: "audit_blind")
    // A reload accepts nothing.
    let passed = try bench.database.value("SELECT last_pass_at FROM freeze_audit.source_health")
    daemon.send(SIGHUP)
    try daemon.wait(for: "config_reloaded")
    _ = try eventually("a pass after the reload") {
      try bench.database.value("SELECT last_pass_at FROM freeze_audit.source_health") == passed ? nil : true
    }
    #expect(daemon.log("withdrawn").count == 2)
    let accepted = try bench.accept()
    #expect(accepted.status == 0, "\(accepted.errorText)")
    try daemon.pass()
    try daemon.wait(for: "withdrawn", count: 5)
    try daemon.wait(for: "audit_resumed")
    let entry = try #require(daemon.log("accepted").first)
    #expect(entry["MESSAGE"].contains("Kabid") && entry["MESSAGE"].contains("memang benar"), "\(entry)")
    // Whoever reads that it was accepted need not restore or accept it any more.
    for text in [entry["MESSAGE"], accepted.outputText + accepted.errorText] {
      #expect(text.contains("poll.max_loss") && !text.contains("alerts accept"), "\(text)")
    }
    // Held for that pass alone.
    try bench.run("DELETE FROM hr.act WHERE id IN ('r6', 'r7')")
    try daemon.pass()
    try daemon.wait(for: "audit_blind", count: 2)
    #expect(daemon.log("withdrawn").count == 5)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  /// Accepted is what was refused and said, not what comes after it.
  @Test func `What vanishes after an acceptance is refused again, also after a restart`() throws {
    let bench = try Bench()
    try bench.write("log: {language: en}")
    try bench.insert(1...10)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    // While nobody looked.
    try bench.run("DELETE FROM hr.act WHERE id IN ('r1', 'r2', 'r3')")
    let daemon = try bench.daemon()
    try daemon.wait(for: "audit_blind")
    try bench.run("DELETE FROM hr.act WHERE id = 'r4'")
    #expect(try bench.accept().status == 0)
    daemon.send(SIGUSR1)
    _ = try eventually("the larger loss is refused") {
      try bench.database.value(
        "SELECT 1 FROM freeze_audit.source_health WHERE state = 'blind' AND cause LIKE '%from 10 to 6%'")
    }
    #expect(daemon.log("withdrawn").isEmpty)
    #expect(try bench.accept().status == 0)
    try daemon.pass()
    try daemon.wait(for: "withdrawn", count: 4)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  /// The ledger holds it as one blindness; the log of each start says it.
  @Test func `A daemon that starts blind says so, though the ledger knows it already`() throws {
    let bench = try Bench()
    try bench.insert(1...10)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    try bench.run("DELETE FROM hr.act WHERE id IN ('r1', 'r2', 'r3')")
    try first.pass()
    try first.wait(for: "audit_blind")
    #expect(first.stop().status == 0)
    let second = try bench.daemon()
    let blind = try second.wait(for: "audit_blind")
    #expect(blind.seq == nil && blind["FREEZE_SOURCE"] == "simpeg" && blind["PRIORITY"] == "3", "\(blind)")
    let passed = try bench.database.value("SELECT last_pass_at FROM freeze_audit.source_health")
    second.send(SIGUSR1)
    _ = try eventually("a second pass") {
      try bench.database.value("SELECT last_pass_at FROM freeze_audit.source_health") == passed ? nil : true
    }
    #expect(second.log("audit_blind").count == 1)
    #expect(second.stop().status == 0)
    #expect(try bench.ledger("event").filter { $0 == "audit_blind" }.count == 1)
    try bench.expectSound()
  }

  /// An act that was never alerted leaves no alert behind: the view that hides it is what is seen.
  @Test(arguments: [
    ("CREATE OR REPLACE VIEW hr.base AS SELECT * FROM hr.act WHERE id <> 'old9'", "hr.base"),
    (
      "CREATE OR REPLACE FUNCTION hr.keeps(id text) RETURNS boolean LANGUAGE sql AS $$ SELECT id <> 'old9' $$",
      "hr.keeps(text)"
    ),
  ])
  func `A view or a function below that shows less is refused`(_ change: String, _ name: String) throws {
    let bench = try Bench()
    try bench.write("log: {language: en}")
    try bench.insert(["x"])
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date) SELECT 'old' || n, 'mutasi', '2010-01-04' FROM generate_series(1, 300) AS n;
      CREATE FUNCTION hr.keeps(id text) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
      CREATE VIEW hr.base AS SELECT * FROM hr.act;
      GRANT USAGE ON SCHEMA hr TO freeze_auditor_read;
      CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date,
        inaugurated_on, region AS region_code, nip, employee_name, post_to, decree_no, approval_no, approval_date, revokes,
        entered AS recorded_at, source_dates FROM hr.base WHERE hr.keeps(id)
      """)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    try bench.run(change)
    let daemon = try bench.daemon()
    let blind = try daemon.wait(for: "audit_blind")
    #expect(blind["MESSAGE"].contains(name) && blind["MESSAGE"].contains("alerts accept"), "\(blind)")
    #expect(try bench.accept().status == 0)
    try daemon.pass()
    try daemon.wait(for: "audit_resumed")
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  /// What was written after the tail was cut bears numbers that the log had before.
  @Test func `A ledger whose tail was cut swallows no alert, and everybody says so`() throws {
    let bench = try Bench()
    try bench.insert(1...4)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    try bench.run(
      """
      ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER ALL;
      DELETE FROM freeze_audit.alert_event WHERE seq > 2;
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_append;
      DELETE FROM hr.act WHERE id IN ('r3', 'r4')
      """)
    #expect(try bench.command("status", "--lang", "en").outputText.contains("its tail is gone"))
    #expect(try bench.command("alerts", "verify", "--lang", "en").outputText.contains("the tail is gone"))
    try bench.insert(["a", "b"])
    let second = try bench.daemon()
    try second.wait(for: "pass_completed")
    #expect(Set(second.log("raised").map { $0["FREEZE_ACTION_ID"] }).isSuperset(of: ["a", "b"]))
    #expect(second.stop().status == 0)
    // Told once is enough; that the numbers have caught up with the mark hides nothing.
    let third = try bench.daemon()
    try third.wait(for: "pass_completed")
    #expect(third.log("raised").isEmpty)
    #expect(third.stop().status == 0)
    let verified = try bench.command("alerts", "verify", "--lang", "en")
    #expect(verified.status == 74 && verified.outputText.contains("the event that was here is gone"))
  }

  @Test func `Of sources that take longer than the interval none waits for ever`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    // The view's slowness is what is tested; nothing here waits for time to pass.
    try bench.run(
      """
      CREATE VIEW freeze_audit.slow AS SELECT a.* FROM freeze_audit.personnel_action AS a, pg_sleep(0.7);
      GRANT SELECT ON freeze_audit.slow TO freeze_auditor_read
      """)
    let names = ["s1", "s2", "s3", "s4"]
    let sources = names.map {
      "  - {name: \($0), region: \"16.05\", conninfo: \"\(bench.database.socketConninfo(user: Bench.role))\", view: freeze_audit.slow}"
    }
    let path = try bench.file(
      "many.yaml",
      """
      sources:
      \(sources.joined(separator: "\n"))
      poll: {interval: 1, connections: 1}
      ledger: {lease: 5, conninfo: "\(bench.database.socketConninfo(user: Bench.role))"}

      """)
    let daemon = try bench.daemon(config: path)
    for name in names { try daemon.wait(for: "pass_completed", count: 2) { $0["FREEZE_SOURCE"] == name } }
    #expect(daemon.stop().status == 0)
  }

  @Test func `As many sources that hang as there are places do not hold up the others`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    // They hang for longer than the test; the server would end them after two minutes.
    try bench.run(
      """
      CREATE VIEW freeze_audit.hangs AS SELECT a.* FROM freeze_audit.personnel_action AS a, pg_sleep(1000);
      GRANT SELECT ON freeze_audit.hangs TO freeze_auditor_read
      """)
    let conninfo = bench.database.socketConninfo(user: Bench.role)
    let views = ["h1": "hangs", "h2": "hangs", "h3": "hangs", "sound": "personnel_action"]
    let sources = views.sorted { $0.key < $1.key }.map {
      "  - {name: \($0.key), region: \"16.05\", conninfo: \"\(conninfo)\", view: freeze_audit.\($0.value)}"
    }
    let path = try bench.file(
      "many.yaml",
      """
      sources:
      \(sources.joined(separator: "\n"))
      poll: {interval: 1, connections: 2}
      ledger: {lease: 5, conninfo: "\(conninfo)"}

      """)
    let daemon = try bench.daemon(config: path)
    try daemon.wait(for: "pass_completed", count: 3) { $0["FREEZE_SOURCE"] == "sound" }
    #expect(daemon.log("audit_blind").isEmpty, "nothing is wrong with a source that was not waited for")
    let sessions = try bench.database.value(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
    )
    #expect(sessions == "1", "one of two places is for those who are slow")
    #expect(daemon.stop().status == 0)
  }

  @Test func `poll.max_loss sets how much may go`() throws {
    let bench = try Bench()
    try bench.file(
      "config.yaml",
      """
      region: "16.05"
      source: {conninfo: "\(bench.database.socketConninfo(user: Bench.role))"}
      poll: {interval: 3600, max_loss: 100}
      """)
    try bench.insert(1...4)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.run("DELETE FROM hr.act WHERE id <> 'r1'")
    try daemon.pass()
    #expect(daemon.log("withdrawn").count == 3)
  }

  @Test func `The database is away at start and comes later`() throws {
    let cluster = try ThrowawayCluster.start()
    defer { cluster.remove() }
    let bench = try Bench(cluster: cluster)
    try bench.insert(["x"])
    try cluster.stop()
    let daemon = try bench.daemon()
    let blind = try daemon.wait(for: "audit_blind")
    #expect(blind.seq == nil)
    try cluster.start()
    try daemon.wait(for: "raised")
    // The ledger was away as well: it tells of that afterwards.
    let resumed = try daemon.wait(for: "audit_resumed")
    #expect(resumed.seq == 1)
    #expect(try bench.ledger("event || ' ' || reason").first?.contains("[log]") == true)
    #expect(daemon.log("audit_blind").count == 1)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `The server crashes and restarts, and every alert stays open`() throws {
    let cluster = try ThrowawayCluster.start()
    defer { cluster.remove() }
    let bench = try Bench(cluster: cluster)
    try bench.insert(1...3)
    // This server answers COMMIT before the disk has it; the ledger's own commits must not rest on that.
    try bench.run("CHECKPOINT")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try cluster.stop(.immediate)
    daemon.send(SIGUSR1)
    try daemon.wait(for: "audit_blind")
    try cluster.start()
    try daemon.wait(for: "audit_resumed")
    try daemon.wait(for: "pass_completed", count: 2)
    #expect(daemon.log("audit_blind").count == 1)
    #expect(daemon.log("audit_resumed").count == 1)
    #expect(try bench.ledger("event").filter { $0 != "raised" && !$0.hasPrefix("audit_") } == [])
    try bench.insert(["later"])
    try daemon.pass()
    #expect(daemon.log("raised").count == 4)
    try bench.expectSound()
  }

  @Test func `A session ended by the administrator is made anew`() throws {
    let bench = try Bench()
    try bench.insert(1...3)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    for round in 1...5 {
      try bench.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'freeze-auditor' AND datname = current_database() AND pid <> pg_backend_pid()"
      )
      try bench.insert(["new\(round)"])
      daemon.send(SIGUSR1)
      try daemon.wait(for: "raised", count: 3 + round)
    }
    #expect(try bench.ledger("event").filter { $0 != "raised" && !$0.hasPrefix("audit_") } == [])
    try bench.expectSound()
  }

  @Test func `The ledger is not installed: blind, and it begins once it is`() throws {
    let bench = try Bench(installsLedger: false)
    try bench.write("log: {language: en}")
    try Bench.install(bench.database)
    try bench.run("ALTER SCHEMA freeze_audit RENAME TO later")
    let daemon = try bench.daemon()
    let blind = try daemon.wait(for: "audit_blind")
    #expect(blind["MESSAGE"].contains("sql/install.sql"))
    try bench.run("ALTER SCHEMA later RENAME TO freeze_audit")
    try bench.run(Bench.table)
    try bench.insert(["x"])
    try daemon.wait(for: "raised")
    try daemon.wait(for: "audit_resumed")
    #expect(daemon.log("audit_blind").count == 1)
  }

  @Test func `A full ledger: nothing is told that is not written, and nothing is lost`() throws {
    let bench = try Bench()
    try bench.insert(1...3)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    // As a full disk: every insert into the ledger fails with 53100.
    try bench.run(
      """
      CREATE FUNCTION hr.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON freeze_audit.alert_event EXECUTE FUNCTION hr.refuse();
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER refuse
      """)
    try bench.insert(["later"])
    try daemon.pass()
    #expect(daemon.log("audit_blind").count == 1)
    #expect(daemon.log("raised").count == 3)
    try bench.run("DROP TRIGGER refuse ON freeze_audit.alert_event")
    try daemon.wait(for: "raised", count: 4)
    try daemon.wait(for: "audit_resumed")
    try bench.expectSound()
  }
}
