import Foundation
import Testing
import TestSupport

/// The ledger is watched while the daemon runs, and over its restarts.
@Suite struct LedgerWatchTests {
  private static let rewrite = """
    DO $$ DECLARE e record; last bytea := decode(repeat('00', 32), 'hex'); BEGIN
      FOR e IN SELECT * FROM freeze_audit.alert_event ORDER BY seq LOOP
        UPDATE freeze_audit.alert_event SET prev_hash = last, hash = sha256(last || convert_to(body, 'UTF8'))
        WHERE seq = e.seq RETURNING hash INTO last;
      END LOOP;
    END $$
    """

  static let attacks = [
    Tampering(name: "the tail is cut", sql: "DELETE FROM freeze_audit.alert_event WHERE seq > 2"),
    Tampering(
      name: "it is emptied",
      sql: "DELETE FROM freeze_audit.alert_event; DELETE FROM freeze_audit.alert_emitted"),
    Tampering(
      name: "it is rewritten, as long as before",
      sql: "UPDATE freeze_audit.alert_event SET body = replace(body, 'r2', 'r9') WHERE seq = 2; \(rewrite)"),
    Tampering(
      name: "it is rewritten and longer than before",
      sql: """
        UPDATE freeze_audit.alert_event SET body = replace(body, 'r2', 'r9') WHERE seq = 2;
        INSERT INTO freeze_audit.alert_event SELECT 5, now(), event, reason, alert_id, source, action_id, rule, election,
          outcome, epoch, replace(body, '"seq":1,', '"seq":5,'), prev_hash, hash FROM freeze_audit.alert_event WHERE seq = 1;
        \(rewrite)
        """),
    Tampering(
      name: "a backup is restored",
      sql: """
        CREATE TEMP TABLE backup AS SELECT * FROM freeze_audit.alert_event WHERE seq <= 3;
        TRUNCATE freeze_audit.alert_event; INSERT INTO freeze_audit.alert_event SELECT * FROM backup
        """),
  ]

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
    _ attack: Tampering
  ) throws {
    let (bench, environment) = try Bench.ofFour()
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

  @Test(arguments: attacks)
  func `A ledger changed while no daemon ran is told at its start, and at every start`(
    _ attack: Tampering
  ) throws {
    let (bench, environment) = try Bench.ofFour()
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

  @Test func `A second change behind the first is told as well, and accepted is only what was told last`()
    throws
  {
    let (bench, environment) = try Bench.ofFour()
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
    let (bench, environment) = try Bench.ofFour()
    let first = try bench.daemon(environment)
    try first.wait(for: "pass_completed")
    let alert = try #require(
      try bench.database.value("SELECT alert_id FROM freeze_audit.alert_event WHERE seq = 1"))
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
      bench,
      "DELETE FROM freeze_audit.alert_event; INSERT INTO freeze_audit.alert_event SELECT * FROM hr.copy")
    try second.pass()
    try second.wait(for: "pass_completed", count: 2)
    #expect(second.stop().status == 0)
  }

  @Test func `A file of the head that cannot be read is told, and made anew`() throws {
    let (bench, environment) = try Bench.ofFour()
    let path = try #require(environment["STATE_DIRECTORY"]) + "/ledger-head.json"
    for text in ["", "{}", #"{"head_seq":9223372036854775807,"head_hash":"00"}"#, "\u{0}\u{1}"] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let daemon = try bench.daemon(environment)
      try daemon.wait(for: "pass_completed")
      #expect(
        daemon.log("ledger_hole").contains { $0["MESSAGE"].contains("ledger-head.json") }, "\(daemon.log)")
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
}
