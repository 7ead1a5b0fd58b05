import Foundation
import Testing
import TestSupport

/// `status` and `doctor`.
@Suite struct StatusTests {
  @Test func `status follows the life of a daemon in Nagios exits`() throws {
    let bench = try Bench()
    let status = { (arguments: [String]) in
      try runProcess(
        Bench.executable, ["status", "--config", bench.configPath, "--lang", "en"] + arguments)
    }
    let before = try status([])
    #expect(before.status == 3)
    #expect(before.outputText.hasPrefix("FREEZE-AUDITOR UNKNOWN - was never examined"))

    try bench.insert(1...2)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let good = try status([])
    #expect(good.status == 0, "\(good.outputText)")
    #expect(good.outputText.split(separator: "\n").count == 1)
    #expect(good.outputText.contains("pid \(daemon.pid)"))
    let performance = try #require(good.outputText.split(separator: "|").last)
    #expect(performance.contains("last_good_pass=") && performance.contains(";7260;14460;0"))
    #expect(
      performance.contains(
        " open_alerts=2;;;0 open_reversals=0;;;0 upcoming=0;;;0 ledger_head=2c lease_held=1"))
    #expect(try status(["--warning", "0", "--critical", "9999"]).status == 1)
    #expect(try status(["--critical", "0"]).status == 2)

    daemon.stop()
    let nobody = try status([])
    #expect(nobody.status == 1)
    #expect(nobody.outputText.contains("no daemon holds the lease"))

    try bench.write(conninfo: "host=/nirgends dbname=x")
    #expect(try status([]).status == 3)
    try bench.file("config.yaml", "salah: 1\n")
    #expect(try status([]).status == 3)
  }

  @Test func `status is critical when alerts do not reach the log`() throws {
    let bench = try Bench()
    try bench.insert(1...2)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let status = { try bench.command("status", "--lang", "en") }
    #expect(try status().status == 0)
    // As the ledger stands where the log took nothing for two minutes: the superuser makes it so.
    try bench.run(
      """
      ALTER TABLE freeze_audit.alert_emitted DISABLE TRIGGER USER;
      ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER USER;
      DELETE FROM freeze_audit.alert_emitted;
      UPDATE freeze_audit.alert_event SET recorded_at = recorded_at - interval '2 minutes' WHERE seq = 1
      """)
    let late = try status()
    #expect(late.status == 2 && late.outputText.contains("2 events have not reached the log"))
    #expect(late.outputText.contains(" unlogged=2;;;0"))
    try bench.run(
      "UPDATE freeze_audit.alert_event SET recorded_at = now()")
    #expect(try status().status == 0, "a moment is nothing to cry about")
  }

  @Test func `doctor is content with what the documentation tells the DBA to do`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    let result = try bench.command("doctor", "--lang", "en")
    let failed = result.outputText.split(separator: "\n").filter { $0.hasPrefix("FAILED") }
    // Clock and journal are the machine's own affair.
    #expect(
      failed.filter { !$0.contains("clock:") && !$0.contains("journal:") } == [], "\(result.outputText)")
    #expect(
      result.outputText.contains("good    privileges: the role can only read the source"),
      "\(result.outputText)")
    #expect(result.outputText.contains("optional columns that are missing: post_from"))
  }

  /// What a site does wrong, the exit, and what doctor says of it.
  struct Ill: CustomTestStringConvertible, Sendable {
    let name: String
    let sql: String
    let exit: Int32
    let words: String
    var user: String? = Bench.role
    /// For what lies outside the database.
    var undo: String?
    var testDescription: String { name }
  }

  static let ills: [Ill] = [
    Ill(
      name: "the role may write to the table behind the view",
      sql: "GRANT USAGE ON SCHEMA hr TO PUBLIC; GRANT UPDATE (kind) ON hr.act TO PUBLIC",
      exit: 77, words: "can write to hr.act"),
    Ill(
      name: "the role may write to a table that the view does not read",
      sql:
        "CREATE TABLE hr.other (a int); GRANT USAGE ON SCHEMA hr TO PUBLIC; GRANT INSERT ON hr.other TO PUBLIC",
      exit: 77, words: "can write to hr.other"),
    Ill(
      name: "the role may write through the view",
      sql: "GRANT DELETE ON freeze_audit.personnel_action TO PUBLIC", exit: 77,
      words: "can write to freeze_audit.personnel_action"),
    Ill(
      name: "the role may take on one that writes",
      sql: """
        CREATE ROLE hr_writer; GRANT USAGE ON SCHEMA hr TO hr_writer; GRANT DELETE ON hr.act TO hr_writer;
        CREATE ROLE hr_middle NOINHERIT IN ROLE hr_writer; GRANT hr_middle TO \(Bench.role)
        """, exit: 77, words: "can write to hr.act",
      undo: "DROP OWNED BY hr_writer; DROP ROLE hr_middle, hr_writer"),
    Ill(
      name: "the role owns a table and gave its rights away",
      sql: """
        CREATE TABLE hr.owned (a int); ALTER TABLE hr.owned OWNER TO \(Bench.role);
        REVOKE ALL ON hr.owned FROM \(Bench.role)
        """, exit: 77, words: "can write to hr.owned"),
    Ill(
      name: "the role may move a sequence",
      sql:
        "CREATE SEQUENCE hr.number; GRANT USAGE ON SCHEMA hr TO PUBLIC; GRANT UPDATE ON hr.number TO PUBLIC",
      exit: 77,
      words: "can write to hr.number"),
    Ill(
      name: "the role may make tables", sql: "GRANT CREATE ON SCHEMA hr TO PUBLIC", exit: 77,
      words: "can write to CREATE ON SCHEMA hr"),
    Ill(
      name: "the role may change the ledger",
      sql: "GRANT UPDATE, TRUNCATE ON freeze_audit.alert_event TO freeze_auditor_read", exit: 77,
      words: "may change the ledger: UPDATE ON freeze_audit.alert_event, TRUNCATE ON"),
    Ill(
      name: "the role is a superuser", sql: "SELECT 1", exit: 77, words: "switch its guards off", user: nil),
    Ill(
      name: "the view lacks its key",
      sql: "ALTER VIEW freeze_audit.personnel_action RENAME COLUMN action_id TO id", exit: 78,
      words: "required column is missing: action_id"),
    Ill(
      name: "a date column is text",
      sql: """
        DROP VIEW freeze_audit.personnel_action; CREATE VIEW freeze_audit.personnel_action AS
        SELECT id AS action_id, kind, decree_date::text FROM hr.act;
        GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read
        """, exit: 78, words: "decree_date must be of type date"),
    Ill(name: "the view is empty", sql: "DELETE FROM hr.act", exit: 69, words: "the view is empty"),
    Ill(
      name: "no right to read",
      sql: "REVOKE SELECT ON freeze_audit.personnel_action FROM freeze_auditor_read",
      exit: 77, words: "no right to read"),
    Ill(
      name: "a trigger of the ledger is off",
      sql: "ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER alert_event_no_change", exit: 74,
      words: "alert_event_no_change"),
    Ill(
      name: "the ledger is not installed", sql: "DROP TABLE freeze_audit.alert_event CASCADE", exit: 74,
      words: "the ledger is not installed"),
    Ill(
      name: "the ledger may not be written",
      sql: "REVOKE INSERT ON freeze_audit.alert_event FROM freeze_auditor_ledger",
      exit: 77, words: "INSERT ON freeze_audit.alert_event"),
  ]

  @Test func `doctor does not blame the role for what everybody may in public`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    try bench.run("GRANT CREATE ON SCHEMA public TO PUBLIC")
    #expect(try bench.command("doctor", "--lang", "en").outputText.contains("good    privileges:"))
    try bench.run(
      "REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT CREATE ON SCHEMA public TO freeze_auditor_read")
    #expect(try bench.command("doctor", "--lang", "en").status == 77)
  }

  @Test(arguments: ills)
  func `doctor finds`(_ ill: Ill) throws {
    let bench = try Bench()
    try bench.insert(["x"])
    try bench.run(ill.sql)
    defer { if let undo = ill.undo { try? bench.run(undo) } }
    if ill.user == nil { try bench.write(conninfo: bench.database.socketConninfo) }
    let result = try bench.command("doctor", "--lang", "en")
    #expect(result.status == ill.exit, "\(result.outputText)")
    #expect(result.outputText.contains(ill.words), "\(result.outputText)")
    #expect(try bench.command("doctor").outputText.contains("GAGAL"))
  }

  @Test func `run warns once that its role can write, and works`() throws {
    let bench = try Bench()
    try bench.write(conninfo: bench.database.socketConninfo)
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "source_writable")
    try daemon.pass()
    try daemon.pass()
    #expect(daemon.log("source_writable").count == 1)
    #expect(daemon.log("source_writable").first?["PRIORITY"] == "4")
    #expect(daemon.log("raised").count == 1)
  }
}
