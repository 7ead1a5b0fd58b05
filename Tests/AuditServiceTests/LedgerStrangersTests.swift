import Foundation
import Testing
import TestSupport

/// What somebody with the owner's rights does to the ledger of four alerts.
struct Tampering: CustomTestStringConvertible, Sendable {
  let name: String
  let sql: String
  var testDescription: String { name }
}

extension Bench {
  /// Four acts with alerts to be, and an environment with a state folder.
  static func ofFour() throws -> (bench: Bench, environment: [String: String]) {
    let bench = try Bench()
    try bench.insert(1...4)
    let state = bench.folder.appendingPathComponent("state")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    return (bench, ["STATE_DIRECTORY": state.path])
  }
}

/// What somebody puts on the ledger's tables, and into them.
@Suite struct LedgerStrangersTests {
  // MARK: What is written must stand there

  /// Things on the ledger's table that `sql/install.sql` did not make.
  static let strangers = [
    Tampering(
      name: "one row is left out",
      sql: """
        CREATE FUNCTION hr.swallow() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN IF NEW.action_id = ''r2'' THEN RETURN NULL; END IF; RETURN NEW; END';
        CREATE TRIGGER audit_copy BEFORE INSERT ON freeze_audit.alert_event FOR EACH ROW EXECUTE FUNCTION hr.swallow()
        """),
    Tampering(
      name: "every row is left out",
      sql: """
        CREATE FUNCTION hr.swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER audit_copy BEFORE INSERT ON freeze_audit.alert_event FOR EACH ROW EXECUTE FUNCTION hr.swallow()
        """),
    Tampering(
      name: "a column is changed",
      sql: """
        CREATE FUNCTION hr.swallow() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN IF NEW.action_id = ''r2'' THEN NEW.source := ''lain''; END IF; RETURN NEW; END';
        CREATE TRIGGER audit_copy BEFORE INSERT ON freeze_audit.alert_event FOR EACH ROW EXECUTE FUNCTION hr.swallow()
        """),
    Tampering(
      name: "a rule does something else",
      sql: "CREATE RULE audit_copy AS ON INSERT TO freeze_audit.alert_event DO INSTEAD NOTHING"),
    Tampering(
      name: "a rule leaves some out",
      sql:
        "CREATE RULE audit_copy AS ON INSERT TO freeze_audit.alert_event WHERE NEW.action_id = 'r2' DO INSTEAD NOTHING"
    ),
  ]

  @Test(arguments: strangers) func `What the table does not keep is never told as raised`(
    _ stranger: Tampering
  )
    throws
  {
    let (bench, environment) = try Bench.ofFour()
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
        ? "DROP RULE audit_copy ON freeze_audit.alert_event"
        : "DROP TRIGGER audit_copy ON freeze_audit.alert_event")
    try daemon.pass()
    try daemon.wait(for: "raised", count: 4)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  /// What doctor finds on the ledger, and how it names it.
  static let ills: [(sql: String, words: String)] = [
    (
      "CREATE OR REPLACE FUNCTION freeze_audit.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS 'BEGIN RETURN NEW; END'",
      "freeze_audit.refuse_change()"
    ),
    (
      "CREATE OR REPLACE FUNCTION freeze_audit.check_append() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
      "freeze_audit.check_append()"
    ),
    (
      "ALTER FUNCTION freeze_audit.check_append() SET search_path = hr, pg_catalog",
      "freeze_audit.check_append()"
    ),
    (
      """
      CREATE FUNCTION hr.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      DROP TRIGGER alert_event_no_change ON freeze_audit.alert_event;
      CREATE TRIGGER alert_event_no_change BEFORE UPDATE OR DELETE ON freeze_audit.alert_event
      FOR EACH ROW EXECUTE FUNCTION hr.nothing();
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_no_change
      """, "TRIGGER alert_event_no_change ON freeze_audit.alert_event (hr.nothing())"
    ),
    (
      """
      DROP TRIGGER alert_event_no_change ON freeze_audit.alert_event;
      CREATE TRIGGER alert_event_no_change BEFORE UPDATE OR DELETE ON freeze_audit.alert_event
      FOR EACH ROW WHEN (OLD.seq < 0) EXECUTE FUNCTION freeze_audit.refuse_change();
      ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_no_change
      """, "alert_event_no_change"
    ),
    (
      "CREATE RULE quiet AS ON UPDATE TO freeze_audit.alert_emitted DO ALSO NOTHING",
      "RULE quiet ON freeze_audit.alert_emitted"
    ),
    (
      "ALTER TABLE freeze_audit.alert_event ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON freeze_audit.alert_event USING (true) WITH CHECK (true)",
      "ROW LEVEL SECURITY ON freeze_audit.alert_event"
    ),
    ("CREATE TABLE hr.child () INHERITS (freeze_audit.alert_event)", "hr.child INHERITS"),
  ]

  @Test(arguments: ills) func `doctor names what was made of the guards`(_ ill: (sql: String, words: String))
    throws
  {
    let bench = try Bench()
    try bench.insert(["x"])
    try bench.run(ill.sql)
    let result = try bench.command("doctor", "--lang", "en")
    #expect(result.status == 74 && result.outputText.contains(ill.words), "\(result.outputText)")
    try Bench.install(bench.database)
    let after = try bench.command("doctor", "--lang", "en")
    // The mend of a guard is the file itself; what it did not make, it does not touch.
    #expect(
      after.outputText.contains("did not make")
        == ["RULE", "ROW", "child"].contains { ill.words.contains($0) },
      "\(after.outputText)")
    #expect(!after.outputText.contains("guarding functions"), "\(after.outputText)")
  }

  // MARK: Marks and lease

  @Test(arguments: ["infinity", "2099-01-01"])
  func `A mark dated ahead hides no event`(_ date: String) throws {
    let (bench, environment) = try Bench.ofFour()
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
    #expect(
      verified.status == 74 && verified.outputText.contains("seq 5: the mark"), "\(verified.outputText)")
    let third = try bench.daemon(environment)
    try third.wait(for: "pass_completed")
    // That the daemon before died while it read is said as well.
    #expect(third.news().first == "raised late")
    #expect(third.log("ledger_hole").contains { $0["PRIORITY"] == "2" })
    #expect(third.stop().status == 0)
  }

  @Test func `A stranger's hold of the lease is said, and an epoch without room for another blinds nobody`()
    throws
  {
    let bench = try Bench()
    try bench.insert(1...2)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    try bench.run(
      "UPDATE freeze_audit.lease SET holder = 'x', epoch = 9223372036854775807, expires_at = now() + interval '50 minutes'"
    )
    let status = try bench.command("status", "--lang", "en")
    #expect(
      status.status == 1 && status.outputText.contains("\"x\", which is no daemon"), "\(status.outputText)")
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
