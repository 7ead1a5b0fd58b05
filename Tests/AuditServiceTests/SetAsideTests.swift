import Foundation
import Testing
import TestSupport

/// Events that nobody can read: the chain fits, the body does not.
@Suite struct SetAsideTests {
  /// A ledger of two sources with an alert each.
  private func prepare() throws -> (bench: Bench, config: String) {
    let bench = try Bench()
    try bench.insert(["r1"])
    try bench.run(
      """
      CREATE VIEW freeze_audit.second AS SELECT * FROM freeze_audit.personnel_action;
      GRANT SELECT ON freeze_audit.second TO freeze_auditor_read
      """)
    let conninfo = bench.database.socketConninfo(user: Bench.role)
    let config = try bench.file(
      "config.yaml",
      """
      sources:
        - {name: satu, region: "16.05", conninfo: "\(conninfo)", view: freeze_audit.personnel_action}
        - {name: dua, region: "16.05", conninfo: "\(conninfo)", view: freeze_audit.second}
      ledger: {conninfo: "\(conninfo)", lease: 2}
      poll: {interval: 3600}

      """)
    return (bench, config)
  }

  /// As a role that may append writes it.
  private func append(_ bench: Bench, _ body: String, event: String, of alert: String? = nil) throws {
    try bench.run(
      """
      INSERT INTO freeze_audit.alert_event (seq, recorded_at, event, reason, alert_id, source, epoch, body, prev_hash, hash)
      SELECT seq + 1, now(), '\(event)', '', \(alert.map { "'\($0)'" } ?? "NULL"), 'satu', epoch, '\(body)', hash,
        sha256(hash || convert_to('\(body)', 'UTF8'))
      FROM freeze_audit.alert_event ORDER BY seq DESC LIMIT 1
      """)
  }

  private func setAside(_ bench: Bench, _ seq: Int, author: String = "Inspektur") throws -> ProcessResult {
    try bench.command(
      "alerts", "set-aside", "--seq", String(seq), "--author", author, "--reason", "ditulis pihak lain",
      "--lang", "en")
  }

  static let bodies = [
    "rusak", "", "{}", "[1]", #"{"v":1,"seq":3,"event":"besok"}"#, #"{"v":1,"seq":"x","event":"raised"}"#,
  ]

  @Test(arguments: bodies)
  func `An event that cannot be read blinds its source alone, until a person sets it aside`(
    _ body: String
  ) throws {
    let (bench, _) = try prepare()
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed", count: 2)
    let alert = try #require(
      try bench.database.value("SELECT alert_id FROM freeze_audit.alert_event WHERE source = 'satu'"))
    try append(bench, body, event: "cleared", of: alert)
    daemon.send(SIGUSR1)
    let blind = try daemon.wait(for: "audit_blind")
    #expect(blind["FREEZE_SOURCE"] == "satu" && blind["MESSAGE"].contains("set-aside --seq 3"), "\(blind)")
    try daemon.wait(for: "pass_completed", count: 3) {
      $0["FREEZE_SOURCE"] == "dua" || $0["FREEZE_SOURCE"] == "satu"
    }
    #expect(daemon.log("pass_completed").last?["FREEZE_SOURCE"] == "dua")
    let status = try bench.command("status", "--lang", "en")
    #expect(
      status.status == 2 && status.outputText.contains("event 3 cannot be read"), "\(status.outputText)")
    let verified = try bench.command("alerts", "verify", "--lang", "en")
    #expect(
      verified.status == 74 && verified.outputText.contains("seq 3: the body"), "\(verified.outputText)")

    let aside = try setAside(bench, 3)
    #expect(aside.status == 0, "\(aside.errorText)")
    daemon.send(SIGUSR1)
    try daemon.wait(for: "audit_resumed") { $0["FREEZE_SOURCE"] == "satu" }
    let told = try daemon.wait(for: "set_aside")
    #expect(told["MESSAGE"].contains("Inspektur") && told["PRIORITY"] == "4", "\(told)")
    // The alert is what its other events say: neither closed nor raised again.
    let raised = daemon.log("raised").filter { !$0["FREEZE_ALERT_ID"].isEmpty }
    #expect(raised.count == 2 && daemon.log("reraised").isEmpty)
    #expect(daemon.stop().status == 0)
    let after = try bench.command("alerts", "verify", "--recompute", "--lang", "en")
    #expect(after.status == 0, "\(after.outputText)")
    #expect(after.outputText.contains("seq 3: cannot be read, set aside by Inspektur"), "\(after.outputText)")
    let hash = try #require(
      try bench.database.value("SELECT encode(hash, 'hex') FROM freeze_audit.alert_event WHERE seq = 3"))
    #expect(try bench.ledger("body").contains { $0.contains(hash) && $0.contains("set_aside") })
    let again = try bench.daemon()
    try again.wait(for: "pass_completed", count: 2)
    #expect(again.log("raised").isEmpty && again.log("audit_blind").isEmpty)
    #expect(again.stop().status == 0)
    #expect(try bench.command("status").status == 1)
  }

  @Test func `Only what cannot be read, is there and was not set aside yet can be set aside`() throws {
    let (bench, _) = try prepare()
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed", count: 2)
    #expect(daemon.stop().status == 0)
    try append(bench, "rusak", event: "raised")
    let readable = try setAside(bench, 1)
    #expect(readable.status == 64 && readable.errorText.contains("can be read"), "\(readable.errorText)")
    #expect(try setAside(bench, 99).status == 64)
    #expect(try setAside(bench, 3, author: " ").status == 64)
    #expect(try setAside(bench, 3).status == 0)
    let twice = try setAside(bench, 3)
    #expect(twice.status == 64 && twice.errorText.contains("by Inspektur"), "\(twice.errorText)")
    // Another one with the same body is another event.
    try append(bench, "rusak", event: "raised")
    #expect(try bench.command("alerts", "verify", "--lang", "en").outputText.contains("seq 5: the body"))
    let blind = try bench.daemon()
    #expect(try blind.wait(for: "audit_blind")["MESSAGE"].contains("--seq 5"))
    #expect(blind.stop().status == 0)
  }

  @Test func `What was set aside and edited since is a problem again`() throws {
    let (bench, _) = try prepare()
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed", count: 2)
    #expect(daemon.stop().status == 0)
    try append(bench, "rusak", event: "raised")
    #expect(try setAside(bench, 3).status == 0)
    #expect(try bench.command("alerts", "verify").status == 0)
    try bench.run(
      """
      ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER ALL;
      UPDATE freeze_audit.alert_event SET body = 'lain' WHERE seq = 3
      """)
    let result = try bench.command("alerts", "verify", "--lang", "en")
    #expect(result.status == 74 && result.outputText.contains("edited"), "\(result.outputText)")
  }
}
