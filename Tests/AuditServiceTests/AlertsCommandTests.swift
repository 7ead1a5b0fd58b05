import Foundation
import Testing
import TestSupport

/// `alerts …` on a ledger that the daemon wrote, whole and tampered with.
@Suite struct AlertsCommandTests {
  /// A ledger of six events: three raised, one amended, one withdrawn, one raised; and the head last logged.
  private func written() throws -> (bench: Bench, head: String, log: String) {
    let bench = try Bench()
    try bench.insert(1...3)
    try bench.run(
      "UPDATE hr.act SET nip = '198001012006041001', employee_name = 'Budi Santoso' WHERE id = 'r1'")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.run(
      "UPDATE hr.act SET decree_date = '2024-06-01' WHERE id = 'r1'; DELETE FROM hr.act WHERE id = 'r3'")
    try bench.insert(["r4"])
    try daemon.pass()
    #expect(daemon.stop().status == 0)
    let last = try #require(daemon.log("pass_completed").last)
    #expect(last["FREEZE_HEAD_SEQ"] == "6")
    let log = try bench.file("log.jsonl", String(decoding: daemon.process.outputSoFar, as: UTF8.self))
    return (bench, "6:\(last["FREEZE_HEAD_HASH"])", log)
  }

  private func json(_ result: ProcessResult) throws -> Any {
    try JSONSerialization.jsonObject(with: result.output)
  }

  @Test func `list, show, export and replay tell the same story`() throws {
    let (bench, _, _) = try written()
    let list = try bench.command("alerts", "list", "--format", "json")
    #expect(list.status == 1)
    let open = try #require(try json(list) as? [[String: Any]])
    #expect(open.compactMap { $0["action_id"] as? String } == ["r2", "r1", "r4"])
    #expect(open.allSatisfy { $0["state"] as? String == "open" && $0["outcome"] as? String == "inside" })
    let amended = try #require(open.first { $0["action_id"] as? String == "r1" })
    #expect(amended["decree_date"] as? String == "2024-06-01")
    #expect(amended["name"] as? String == "B*** S***")
    let full = ["FREEZE_AUDITOR_LOG_PERSONAL_DATA": "full"]
    #expect(try bench.command("alerts", "list", environment: full).outputText.contains("Budi Santoso"))
    let masked = try bench.command("alerts", "list", "--mask", environment: full).outputText
    #expect(!masked.contains("Budi Santoso") && masked.contains("B*** S***"))
    let all = try json(bench.command("alerts", "list", "--all", "--format", "json")) as? [[String: Any]]
    #expect(all?.compactMap { $0["state"] as? String }.sorted() == ["closed", "open", "open", "open"])

    let id = try #require(amended["alert_id"] as? String)
    let show = try bench.command("alerts", "show", id, "--lang", "en")
    #expect(show.status == 0)
    #expect(
      show.outputText.contains("New alert (new)")
        && show.outputText.contains("decree date 2 May 2024 to 1 June 2024"))
    let short = try json(bench.command("alerts", "show", String(id.prefix(10)), "--format", "json"))
    #expect((short as? [[String: Any]])?.compactMap { $0["event"] as? String } == ["raised", "amended"])
    #expect(try bench.command("alerts", "show", "ffffffff").status == 64)
    #expect(try bench.command("alerts", "show", "bukan-id").status == 64)

    let export = try bench.command("alerts", "export")
    #expect(export.outputText.split(separator: "\n").count == 6)

    // A reader that is gone is no failure of the ledger, and worth no word.
    for command in ["replay --from 1", "export"] {
      let unread = try runProcess(
        "bash",
        [
          "-c",
          "coproc true; exec 5>&${COPROC[1]}; wait; \(try Bench.executable) alerts \(command) --config \(bench.configPath) >&5; echo $?",
        ])
      #expect(unread.outputText == "141\n" && unread.errorText == "")
    }

    let replay = try bench.command("alerts", "replay", "--from", "3")
    let told = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: bench.folder.path + "/log.jsonl")), as: UTF8.self
    )
    .split(separator: "\n").filter { $0.contains("\"FREEZE_SEQ\"") }
    #expect(replay.outputText.split(separator: "\n") == Array(told.dropFirst(2)))
    let one = try bench.command("alerts", "replay", "--from", "4", "--to", "4")
    #expect(one.outputText.split(separator: "\n") == [told[3]])
  }

  @Test func `verify is content with an untouched ledger and the head last logged`() throws {
    let (bench, head, log) = try written()
    for arguments in [
      [], ["--head", head], ["--head", String(head.dropFirst(2))], ["--state", log], ["--recompute"],
    ] {
      let result = try runProcess(
        Bench.executable, ["alerts", "verify", "--config", bench.configPath, "--lang", "en"] + arguments)
      #expect(result.status == 0, "\(arguments): \(result.outputText)\(result.errorText)")
    }
    let result = try bench.command("alerts", "verify", "--recompute", "--format", "json")
    let report = try #require(try json(result) as? [String: Any])
    #expect(report["ok"] as? Bool == true)
    #expect(report["events"] as? Int == 6)
    #expect(report["recomputed"] as? Int == 5)
    #expect(report["not_recomputed"] as? Int == 0)
    #expect(try bench.command("alerts", "verify", "--head", "6:abc").status == 64)
  }

  /// What a superuser with the triggers switched off does to the table, and where verify sees it.
  struct Tampering: CustomTestStringConvertible, Sendable {
    let name: String
    let sql: String
    let problem: String
    var needsHead = false
    var testDescription: String { name }
  }

  static let tamperings: [Tampering] = [
    Tampering(
      name: "an edited byte",
      sql:
        "UPDATE freeze_audit.alert_event SET body = replace(body, '2024-05-02', '2024-05-03') WHERE seq = 2",
      problem: "seq 2: body or hash was edited"),
    Tampering(
      name: "an edited byte with its hash made to fit",
      sql: """
        UPDATE freeze_audit.alert_event SET body = replace(body, '2024-05-02', '2024-05-03') WHERE seq = 2;
        UPDATE freeze_audit.alert_event SET hash = sha256(prev_hash || convert_to(body, 'UTF8')) WHERE seq = 2
        """, problem: "seq 3: does not continue"),
    Tampering(
      name: "a deleted row", sql: "DELETE FROM freeze_audit.alert_event WHERE seq = 4",
      problem: "seq 5: event 4 is missing"),
    Tampering(
      name: "the first row deleted", sql: "DELETE FROM freeze_audit.alert_event WHERE seq = 1",
      problem: "seq 2: event 1 is missing"),
    Tampering(
      name: "a deleted row with the numbers closed up",
      sql: """
        DELETE FROM freeze_audit.alert_event WHERE seq = 4;
        UPDATE freeze_audit.alert_event SET seq = seq - 1 WHERE seq > 4
        """, problem: "seq 4: does not continue"),
    Tampering(
      name: "a swapped pair",
      sql: """
        UPDATE freeze_audit.alert_event SET seq = -3 WHERE seq = 3;
        UPDATE freeze_audit.alert_event SET seq = 3 WHERE seq = 4;
        UPDATE freeze_audit.alert_event SET seq = 4 WHERE seq = -3
        """, problem: "seq 3: does not continue"),
    Tampering(
      name: "a column that says something else",
      sql: "UPDATE freeze_audit.alert_event SET outcome = 'outside', action_id = 'r9' WHERE seq = 1",
      problem: "seq 1: columns disagree with the body: action_id, outcome"),
    Tampering(
      name: "a time that says something else",
      sql: "UPDATE freeze_audit.alert_event SET recorded_at = recorded_at - interval '1 day' WHERE seq = 1",
      problem: "seq 1: columns disagree with the body: recorded_at"),
    Tampering(
      name: "a cut tail", sql: "DELETE FROM freeze_audit.alert_event WHERE seq > 4",
      problem: "ledger: the tail was cut: the ledger ends at 4"),
    Tampering(
      name: "an emptied ledger", sql: "DELETE FROM freeze_audit.alert_event", problem: "tail was cut"),
    Tampering(
      name: "a tail rewritten with a chain that fits",
      sql: """
        UPDATE freeze_audit.alert_event SET body = replace(body, '"r3"', '"r5"'), action_id = 'r5' WHERE seq = 6;
        UPDATE freeze_audit.alert_event SET hash = sha256(prev_hash || convert_to(body, 'UTF8')) WHERE seq = 6
        """, problem: "seq 6: does not hold", needsHead: true),
  ]

  @Test(arguments: tamperings)
  func `verify finds`(_ tampering: Tampering) throws {
    let (bench, head, log) = try written()
    try bench.run(
      "ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER ALL; \(tampering.sql)"
    )
    let blind = try bench.command("alerts", "verify", "--lang", "en")
    #expect(blind.status == (tampering.needsHead ? 0 : 74), "\(blind.outputText)")
    let withHead = try bench.command("alerts", "verify", "--lang", "en", "--head", head)
    #expect(withHead.status == 74)
    #expect(withHead.outputText.contains(tampering.problem), "\(withHead.outputText)")
    let withLog = try bench.command("alerts", "verify", "--lang", "en", "--state", log)
    #expect(withLog.status == 74)
  }

  @Test func `recompute finds a verdict that does not follow from its facts, although the chain fits`() throws
  {
    let (bench, _, _) = try written()
    // Somebody with the right tools writes the whole chain anew over facts that are outside.
    try bench.run(
      """
      ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER ALL;
      UPDATE freeze_audit.alert_event SET body = replace(body, '"decree_date":"2024-05-02"', '"decree_date":"2024-01-02"') WHERE seq = 2;
      DO $$ DECLARE e record; last bytea := decode(repeat('00', 32), 'hex'); BEGIN
        FOR e IN SELECT * FROM freeze_audit.alert_event ORDER BY seq LOOP
          UPDATE freeze_audit.alert_event SET prev_hash = last, hash = sha256(last || convert_to(body, 'UTF8'))
          WHERE seq = e.seq RETURNING hash INTO last;
        END LOOP;
      END $$
      """)
    #expect(try bench.command("alerts", "verify").status == 0)
    let result = try bench.command("alerts", "verify", "--recompute", "--lang", "en")
    #expect(result.status == 74)
    #expect(
      result.outputText.contains("seq 2: judged again: written inside, should be outside"),
      "\(result.outputText)")
  }

  @Test func `recompute says what it cannot judge, and an annex that has changed since does not matter`()
    throws
  {
    let bench = try Bench()
    try bench.insert(["x", "y"])
    try bench.run(
      """
      UPDATE hr.act SET nip = '198001012006041001', post_to = 'Camat', approval_no = '9';
      INSERT INTO freeze_audit.approval VALUES ('100/2', '2024-06-30', '19800101 200604 1 001', 'Camat', NULL)
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("raised").map { $0["FREEZE_OUTCOME"] } == ["approved-late", "approved-late"])
    #expect(daemon.stop().status == 0)
    try bench.run("DELETE FROM freeze_audit.approval")
    let same = try bench.command("alerts", "verify", "--recompute", "--lang", "en")
    #expect(same.status == 0)
    #expect(same.outputText.contains("Judged again: 2."))
    try bench.file(
      "calendar.yaml",
      """
      complete_through: [{date: 2199-12-31, instrument: "kalender uji", known_from: 2000-01-01}]
      verified_on: 2026-01-01
      elections:
        - id: pilkada-2024
          regions: [all]
          determination: [{date: 2024-09-22, instrument: "PKPU uji", known_from: 2024-01-26}]
      inaugurations: []
      """)
    try bench.write("calendar: calendar.yaml")
    let other = try bench.command("alerts", "verify", "--recompute", "--lang", "en")
    #expect(other.status == 3, "nothing could be judged again")
    #expect(other.outputText.contains("2 could not be judged again"), "\(other.outputText)")
  }

  @Test func `An acknowledgement is an event, its end is announced, and it ends`() throws {
    let bench = try Bench()
    try bench.insert(["x", "y"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let id = try #require(daemon.log("raised").first)["FREEZE_ALERT_ID"]
    let today = try bench.database.value("SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date") ?? ""
    let ack = { (until: String, author: String) in
      try bench.command(
        "alerts", "ack", id, "--author", author, "--reason", "surat\nmasuk", "--legal-basis", "SE 1575",
        "--until", until,
        "--lang", "en")
    }
    #expect(try ack("2020-01-01", "Inspektur").status == 64)
    #expect(try ack("2020-02-31", "Inspektur").status == 64)
    #expect(try ack(today, "  ").status == 64)
    let done = try ack(today, "Inspektur")
    #expect(done.status == 0, "\(done.errorText)")
    #expect(done.errorText.contains("event 3"))
    // The daemon hands it to the log by itself, without a pass.
    let told = try daemon.wait(for: "acknowledged")
    #expect(told.seq == 3)
    #expect(told["FREEZE_ALERT_ID"] == id)
    #expect(told["PRIORITY"] == "5")
    #expect(told["MESSAGE"].contains("Inspektur"))
    let list = try bench.command("alerts", "list", "--lang", "en")
    #expect(list.status == 1)
    let day = today.suffix(2).drop { $0 == "0" }
    #expect(list.outputText.contains("acknowledged by Inspektur until \(day) "), "\(list.outputText)")
    // It ends today: announced by the next pass, once.
    try daemon.pass()
    try daemon.pass()
    #expect(daemon.log("acknowledgement_expiring").count == 1)
    #expect(daemon.log("acknowledgement_expiring").first?["PRIORITY"] == "4")
    // What was acknowledged is no longer what the alert says: the acknowledgement ends with the change.
    try bench.run("UPDATE hr.act SET decree_date = '2024-06-06'")
    try daemon.pass()
    let after = try bench.command("alerts", "list", "--lang", "en").outputText
    #expect(!after.contains("acknowledged by"))
    try bench.run("DELETE FROM hr.act WHERE id = 'x'")
    try daemon.pass()
    #expect(
      try ack(today, "Inspektur").status == (daemon.log("withdrawn").first?["FREEZE_ALERT_ID"] == id ? 64 : 0)
    )
    try bench.expectSound()
  }

  @Test func `A ledger that is away or not installed is exit 74`() throws {
    let bench = try Bench(installsLedger: false)
    for command in [["list"], ["verify"], ["export"], ["replay", "--from", "1"], ["show", "abcdef01"]] {
      let result = try runProcess(
        Bench.executable, ["alerts"] + command + ["--config", bench.configPath, "--lang", "en"])
      #expect(result.status == 74, "\(command) \(result.errorText)")
    }
    try bench.write(conninfo: "host=/nirgends dbname=x")
    #expect(try bench.command("alerts", "list").status == 74)
  }
}
