import Foundation
import Testing
import TestSupport

/// The ledger is watched while the daemon runs, and over its restarts.
@Suite struct LedgerWatchTests {
  /// What somebody with the owner's rights does to the ledger of four alerts.
  struct Attack: CustomTestStringConvertible, Sendable {
    let name: String
    let sql: String
    var testDescription: String { name }
  }

  private static let rewrite = """
    DO $$ DECLARE e record; last bytea := decode(repeat('00', 32), 'hex'); BEGIN
      FOR e IN SELECT * FROM freeze_audit.alert_event ORDER BY seq LOOP
        UPDATE freeze_audit.alert_event SET prev_hash = last, hash = sha256(last || convert_to(body, 'UTF8'))
        WHERE seq = e.seq RETURNING hash INTO last;
      END LOOP;
    END $$
    """

  static let attacks = [
    Attack(name: "the tail is cut", sql: "DELETE FROM freeze_audit.alert_event WHERE seq > 2"),
    Attack(name: "it is emptied", sql: "DELETE FROM freeze_audit.alert_event; DELETE FROM freeze_audit.alert_emitted"),
    Attack(
      name: "it is rewritten, as long as before",
      sql: "UPDATE freeze_audit.alert_event SET body = replace(body, 'r2', 'r9') WHERE seq = 2; \(rewrite)"),
    Attack(
      name: "it is rewritten and longer than before",
      sql: """
        UPDATE freeze_audit.alert_event SET body = replace(body, 'r2', 'r9') WHERE seq = 2;
        INSERT INTO freeze_audit.alert_event SELECT 5, now(), event, reason, alert_id, source, action_id, rule, election,
          outcome, epoch, replace(body, '"seq":1,', '"seq":5,'), prev_hash, hash FROM freeze_audit.alert_event WHERE seq = 1;
        \(rewrite)
        """),
    Attack(
      name: "a backup is restored",
      sql: """
        CREATE TEMP TABLE backup AS SELECT * FROM freeze_audit.alert_event WHERE seq <= 3;
        TRUNCATE freeze_audit.alert_event; INSERT INTO freeze_audit.alert_event SELECT * FROM backup
        """),
  ]

  private func prepare() throws -> (bench: Bench, environment: [String: String]) {
    let bench = try Bench()
    try bench.insert(1...4)
    let state = bench.folder.appendingPathComponent("state")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    return (bench, ["STATE_DIRECTORY": state.path])
  }

  private func attack(_ bench: Bench, _ sql: String) throws {
    try bench.run(
      """
      ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER ALL;
      ALTER TABLE freeze_audit.alert_emitted DISABLE TRIGGER ALL;
      \(sql);
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_append;
      """)
  }

  /// A pass of which nobody hears, since its cause was told.
  private func blindPass(_ bench: Bench, _ daemon: DaemonProcess) throws {
    let last = { try bench.database.value("SELECT last_pass_at FROM freeze_audit.source_health") }
    let before = try last()
    daemon.send(SIGUSR1)
    _ = try eventually("a pass") { try last() != before ? true : nil }
  }

  private func expectTold(_ bench: Bench, _ daemon: DaemonProcess) throws {
    let told = try daemon.wait(for: "ledger_replaced")
    #expect(told["PRIORITY"] == "2" && told["MESSAGE"].contains("alerts verify"), "\(told)")
    let blind = try daemon.wait(for: "audit_blind")
    #expect(blind["MESSAGE"].contains("alerts accept"), "\(blind)")
    let status = try eventually("status says so") {
      let status = try bench.command("status", "--lang", "en")
      return status.outputText.contains("bukan lanjutan") ? status : nil
    }
    #expect(status.status == 2, "\(status.outputText)")
    #expect(try bench.ledger("event").contains("audit_blind"))
  }

  @Test(arguments: attacks) func `A ledger changed under a running daemon is told within one pass`(
    _ attack: Attack
  ) throws {
    let (bench, environment) = try prepare()
    let daemon = try bench.daemon(environment)
    try daemon.wait(for: "pass_completed")
    try self.attack(bench, attack.sql)
    try daemon.pass()
    try expectTold(bench, daemon)
    // Once is enough, and nothing is evaluated before a person said so.
    try blindPass(bench, daemon)
    #expect(daemon.log("ledger_replaced").count == 1 && daemon.log("pass_completed").count == 1)
    try bench.insert(["new"])
    #expect(try bench.accept().status == 0)
    try daemon.pass()
    try daemon.wait(for: "audit_resumed")
    try daemon.wait(for: "raised") { $0["FREEZE_ACTION_ID"] == "new" }
    #expect(daemon.stop().status == 0)
    let again = try bench.daemon(environment)
    try again.wait(for: "pass_completed")
    #expect(again.log("ledger_replaced").isEmpty)
    #expect(again.stop().status == 0)
  }

  @Test(arguments: attacks) func `A ledger changed while no daemon ran is told at its start, and at every start`(
    _ attack: Attack
  ) throws {
    let (bench, environment) = try prepare()
    let first = try bench.daemon(environment)
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    try self.attack(bench, attack.sql)
    for _ in 1...2 {
      let daemon = try bench.daemon(environment)
      try expectTold(bench, daemon)
      #expect(daemon.log("pass_completed").isEmpty)
      #expect(daemon.stop().status == 0)
    }
    #expect(try bench.ledger("event").filter { $0 == "audit_blind" }.count == 1)
    #expect(try bench.accept().status == 0)
    let daemon = try bench.daemon(environment)
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("ledger_replaced").isEmpty)
    #expect(daemon.stop().status == 0)
  }

  @Test func `A second change behind the first is told as well, and accepted is only what was told last`() throws {
    let (bench, environment) = try prepare()
    let daemon = try bench.daemon(environment)
    try daemon.wait(for: "pass_completed")
    try attack(bench, "DELETE FROM freeze_audit.alert_event WHERE seq > 2")
    try daemon.pass()
    try daemon.wait(for: "ledger_replaced")
    try attack(bench, "DELETE FROM freeze_audit.alert_event WHERE seq > 1")
    daemon.send(SIGUSR1)
    try daemon.wait(for: "ledger_replaced", count: 2)
    try blindPass(bench, daemon)
    #expect(daemon.log("pass_completed").count == 1)
    let accepted = try bench.accept()
    #expect(accepted.status == 0 && accepted.errorText.contains("berakhir pada 1:"), "\(accepted.errorText)")
    try daemon.pass()
    try daemon.wait(for: "audit_resumed")
    #expect(daemon.stop().status == 0)
  }

  @Test func `What people append, what another daemon wrote and a ledger put back are no change`() throws {
    let (bench, environment) = try prepare()
    let first = try bench.daemon(environment)
    try first.wait(for: "pass_completed")
    let alert = try #require(try bench.database.value("SELECT alert_id FROM freeze_audit.alert_event WHERE seq = 1"))
    let ack = try bench.command(
      "alerts", "ack", alert, "--author", "A", "--reason", "b", "--legal-basis", "c", "--until", "2099-01-01")
    #expect(ack.status == 0, "\(ack.errorText)")
    try first.pass()
    #expect(first.stop().status == 0)
    let other = try bench.daemon()
    try bench.insert(["other"])
    try other.wait(for: "raised") { $0["FREEZE_ACTION_ID"] == "other" }
    #expect(other.stop().status == 0)
    try bench.run("CREATE TABLE hr.copy AS SELECT * FROM freeze_audit.alert_event")
    let second = try bench.daemon(environment)
    try second.wait(for: "pass_completed")
    try attack(bench, "DELETE FROM freeze_audit.alert_event WHERE seq > 3")
    try second.pass()
    try second.wait(for: "ledger_replaced")
    try attack(
      bench, "DELETE FROM freeze_audit.alert_event; INSERT INTO freeze_audit.alert_event SELECT * FROM hr.copy")
    try second.pass()
    try second.wait(for: "pass_completed", count: 2)
    #expect(second.stop().status == 0)
  }

  @Test func `A file of the head that cannot be read is told, and made anew`() throws {
    let (bench, environment) = try prepare()
    let path = try #require(environment["STATE_DIRECTORY"]) + "/ledger-head.json"
    for text in ["", "{}", #"{"head_seq":9223372036854775807,"head_hash":"00"}"#, "\u{0}\u{1}"] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let daemon = try bench.daemon(environment)
      try daemon.wait(for: "pass_completed")
      #expect(daemon.log("ledger_hole").contains { $0["MESSAGE"].contains("ledger-head.json") }, "\(daemon.log)")
      #expect(daemon.stop().status == 0)
    }
    let verified = try bench.command("alerts", "verify", "--state", path, "--lang", "en")
    #expect(verified.status == 0, "\(verified.outputText)\(verified.errorText)")
    let doctor = try runProcess(
      Bench.executable, ["doctor", "--config", bench.configPath, "--lang", "en"], environment: environment)
    #expect(doctor.outputText.contains("the head is kept in \(path)"), "\(doctor.outputText)")
    try attack(bench, "DELETE FROM freeze_audit.alert_event WHERE seq > 2")
    let ill = try runProcess(
      Bench.executable, ["doctor", "--config", bench.configPath, "--lang", "en"], environment: environment)
    #expect(ill.status == 74 && ill.outputText.contains("no continuation"), "\(ill.outputText)")
    #expect(try bench.command("doctor", "--lang", "en").outputText.contains("no state folder"))
  }

  // MARK: What is written must stand there

  /// Things on the ledger's table that `sql/install.sql` did not make.
  static let strangers = [
    Attack(
      name: "one row is left out",
      sql: """
        CREATE FUNCTION hr.swallow() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN IF NEW.action_id = ''r2'' THEN RETURN NULL; END IF; RETURN NEW; END';
        CREATE TRIGGER audit_copy BEFORE INSERT ON freeze_audit.alert_event FOR EACH ROW EXECUTE FUNCTION hr.swallow()
        """),
    Attack(
      name: "every row is left out",
      sql: """
        CREATE FUNCTION hr.swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER audit_copy BEFORE INSERT ON freeze_audit.alert_event FOR EACH ROW EXECUTE FUNCTION hr.swallow()
        """),
    Attack(
      name: "a column is changed",
      sql: """
        CREATE FUNCTION hr.swallow() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN IF NEW.action_id = ''r2'' THEN NEW.source := ''lain''; END IF; RETURN NEW; END';
        CREATE TRIGGER audit_copy BEFORE INSERT ON freeze_audit.alert_event FOR EACH ROW EXECUTE FUNCTION hr.swallow()
        """),
    Attack(
      name: "a rule does something else",
      sql: "CREATE RULE audit_copy AS ON INSERT TO freeze_audit.alert_event DO INSTEAD NOTHING"),
    Attack(
      name: "a rule leaves some out",
      sql:
        "CREATE RULE audit_copy AS ON INSERT TO freeze_audit.alert_event WHERE NEW.action_id = 'r2' DO INSTEAD NOTHING"
    ),
  ]

  @Test(arguments: strangers) func `What the table does not keep is never told as raised`(_ stranger: Attack) throws {
    let (bench, environment) = try prepare()
    try bench.run(stranger.sql)
    let daemon = try bench.daemon(environment)
    let blind = try daemon.wait(for: "audit_blind")
    #expect(blind["MESSAGE"].contains("doctor"), "\(blind)")
    #expect(daemon.log("raised").isEmpty && daemon.log("pass_completed").isEmpty)
    #expect(try bench.ledger().filter { $0.hasPrefix("raised") }.isEmpty)
    let status = try bench.command("status", "--lang", "en")
    #expect(status.status == 2 && status.outputText.contains("BLIND"), "\(status.outputText)")
    let doctor = try bench.command("doctor", "--lang", "en")
    // That the daemon is blind weighs more.
    #expect(doctor.status == 69 && doctor.outputText.contains("audit_copy"), "\(doctor.outputText)")
    try bench.run(
      stranger.sql.contains("RULE")
        ? "DROP RULE audit_copy ON freeze_audit.alert_event" : "DROP TRIGGER audit_copy ON freeze_audit.alert_event")
    try daemon.pass()
    try daemon.wait(for: "raised", count: 4)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  /// What doctor finds on the ledger, and how it names it.
  static let ills: [(sql: String, words: String)] = [
    ("CREATE OR REPLACE FUNCTION freeze_audit.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS 'BEGIN RETURN NEW; END'",
      "freeze_audit.refuse_change()"),
    ("CREATE OR REPLACE FUNCTION freeze_audit.check_append() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
      "freeze_audit.check_append()"),
    ("ALTER FUNCTION freeze_audit.check_append() SET search_path = hr, pg_catalog", "freeze_audit.check_append()"),
    ("""
      CREATE FUNCTION hr.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      DROP TRIGGER alert_event_no_change ON freeze_audit.alert_event;
      CREATE TRIGGER alert_event_no_change BEFORE UPDATE OR DELETE ON freeze_audit.alert_event
      FOR EACH ROW EXECUTE FUNCTION hr.nothing();
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_no_change
      """, "TRIGGER alert_event_no_change ON freeze_audit.alert_event (hr.nothing())"),
    ("""
      DROP TRIGGER alert_event_no_change ON freeze_audit.alert_event;
      CREATE TRIGGER alert_event_no_change BEFORE UPDATE OR DELETE ON freeze_audit.alert_event
      FOR EACH ROW WHEN (OLD.seq < 0) EXECUTE FUNCTION freeze_audit.refuse_change();
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_no_change
      """, "alert_event_no_change"),
    ("CREATE RULE quiet AS ON UPDATE TO freeze_audit.alert_emitted DO ALSO NOTHING", "RULE quiet ON freeze_audit.alert_emitted"),
    ("ALTER TABLE freeze_audit.alert_event ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON freeze_audit.alert_event USING (true) WITH CHECK (true)",
      "ROW LEVEL SECURITY ON freeze_audit.alert_event"),
    ("CREATE TABLE hr.child () INHERITS (freeze_audit.alert_event)", "hr.child INHERITS"),
  ]

  @Test(arguments: ills) func `doctor names what was made of the guards`(_ ill: (sql: String, words: String)) throws {
    let bench = try Bench()
    try bench.insert(["x"])
    try bench.run(ill.sql)
    let result = try bench.command("doctor", "--lang", "en")
    #expect(result.status == 74 && result.outputText.contains(ill.words), "\(result.outputText)")
    try Bench.install(bench.database)
    let after = try bench.command("doctor", "--lang", "en")
    // The mend of a guard is the file itself; what it did not make, it does not touch.
    #expect(
      after.outputText.contains("did not make") == ["RULE", "ROW", "child"].contains { ill.words.contains($0) },
      "\(after.outputText)")
    #expect(!after.outputText.contains("guarding functions"), "\(after.outputText)")
  }

  // MARK: Marks and lease

  @Test(arguments: ["infinity", "2099-01-01"])
  func `A mark dated ahead hides no event`(_ date: String) throws {
    let (bench, environment) = try prepare()
    let first = try bench.daemon(environment)
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    try bench.run("INSERT INTO freeze_audit.alert_emitted VALUES (5, '\(date)')")
    try bench.insert(["late"])
    let second = try bench.daemon(environment.merging(["FREEZE_FAILPOINT": "after-append"]) { $1 })
    #expect(second.end() == 128 + SIGKILL)
    let status = try bench.command("status", "--lang", "en")
    #expect(status.status == 2 && status.outputText.contains("ahead of now"), "\(status.outputText)")
    let verified = try bench.command("alerts", "verify", "--lang", "en")
    #expect(verified.status == 74 && verified.outputText.contains("seq 5: the mark"), "\(verified.outputText)")
    let third = try bench.daemon(environment)
    try third.wait(for: "pass_completed")
    #expect(third.news() == ["raised late"])
    #expect(third.log("ledger_hole").contains { $0["PRIORITY"] == "2" })
    #expect(third.stop().status == 0)
  }

  @Test func `A stranger's hold of the lease is said, and an epoch without room for another blinds nobody`() throws {
    let bench = try Bench()
    try bench.insert(1...2)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    try bench.run(
      "UPDATE freeze_audit.lease SET holder = 'x', epoch = 9223372036854775807, expires_at = now() + interval '50 minutes'")
    let status = try bench.command("status", "--lang", "en")
    #expect(status.status == 1 && status.outputText.contains("\"x\", which is no daemon"), "\(status.outputText)")
    #expect(try bench.command("doctor", "--lang", "en").outputText.contains("FAILED  lease"))
    try bench.run("UPDATE freeze_audit.lease SET expires_at = now()")
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "raised")
    #expect(daemon.stop().status == 0)
    #expect(try bench.database.value("SELECT epoch < 100 FROM freeze_audit.lease") == "t")
    try bench.expectSound()
  }
}
