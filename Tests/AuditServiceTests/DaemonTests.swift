import Foundation
import Glibc
import Testing
import TestSupport

/// The daemon as a whole: records in a real PostgreSQL, entries on standard output.
@Suite struct DaemonTests {
  /// One change of a record, and what the next pass must say of it.
  struct Situation: CustomTestStringConvertible, Sendable {
    let name: String
    let change: String
    let event: String
    let reason: String
    var priority = "5"
    var testDescription: String { name }
  }

  static let situations: [Situation] = [
    Situation(
      name: "another date inside amends",
      change: "UPDATE hr.act SET decree_date = '2024-06-01' WHERE id = 'x'",
      event: "amended", reason: "record changed: decree_date 2024-05-02 -> 2024-06-01", priority: "2"),
    Situation(
      name: "another name amends, and the name is not told",
      change: "UPDATE hr.act SET employee_name = 'Budi' WHERE id = 'x'", event: "amended",
      reason: "record changed: employee_name", priority: "2"),
    Situation(
      name: "a date outside clears", change: "UPDATE hr.act SET decree_date = '2024-01-02' WHERE id = 'x'",
      event: "cleared", reason: "record changed: now outside: decree_date 2024-05-02 -> 2024-01-02"),
    Situation(
      name: "an approval in time clears",
      change: "UPDATE hr.act SET approval_no = '1', approval_date = '2024-05-01' WHERE id = 'x'",
      event: "cleared", reason: "approved: 1, 2024-05-01; not known when the alert was raised"),
    Situation(
      name: "an approval after the act amends",
      change: "UPDATE hr.act SET approval_no = '1', approval_date = '2024-05-09' WHERE id = 'x'",
      event: "amended", reason: "record changed: approval_no - -> 1, approval_date - -> 2024-05-09",
      priority: "4"),
    Situation(
      name: "a reversal becomes a notice",
      change: """
        INSERT INTO hr.act (id, kind, decree_date) VALUES ('9', 'mutasi', '2023-01-02');
        UPDATE hr.act SET revokes = '9' WHERE id = 'x'
        """, event: "amended", reason: "record changed: revokes - -> 9"),
    Situation(
      name: "what it revokes is not there: an alert like any other",
      change: "UPDATE hr.act SET revokes = '10' WHERE id = 'x'", event: "amended",
      reason: "record changed: revokes - -> 10", priority: "2"),
    Situation(
      name: "a kind out of scope clears", change: "UPDATE hr.act SET kind = 'pensiun' WHERE id = 'x'",
      event: "cleared", reason: "record changed: now not-covered: kind mutasi -> pensiun"),
    Situation(
      name: "a record without dates clears, and is said to be unjudgeable",
      change: "UPDATE hr.act SET decree_date = NULL WHERE id = 'x'", event: "cleared",
      reason: "record changed: now unjudgeable: decree_date 2024-05-02 -> -"),
    Situation(
      name: "a deleted record is withdrawn", change: "DELETE FROM hr.act WHERE id = 'x'", event: "withdrawn",
      reason: "record vanished from the source"),
    Situation(
      name: "an annex that lists the person clears",
      change: """
        UPDATE hr.act SET nip = '198001012006041001', post_to = 'Camat' WHERE id = 'x';
        INSERT INTO freeze_audit.approval (letter_no, letter_date, nip, post_to)
        VALUES ('100/2', '2024-04-30', '198001012006041001', 'Camat')
        """, event: "cleared", reason: "approved: 100/2, 2024-04-30; not known when the alert was raised"),
  ]

  @Test(arguments: situations)
  func `A change of the record is one event with its reason`(_ situation: Situation) throws {
    let bench = try Bench()
    try bench.insert(["x", "stays"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let raised = daemon.log("raised")
    #expect(raised.map { $0["FREEZE_ACTION_ID"] }.sorted() == ["stays", "x"])
    let alert = try #require(raised.first { $0["FREEZE_ACTION_ID"] == "x" })
    #expect(alert["PRIORITY"] == "2")

    try bench.run(situation.change)
    try daemon.pass()
    let news = daemon.log.filter { ($0.seq ?? 0) > 2 && $0["FREEZE_ALERT_ID"] != "" }
    #expect(news.map(\.event) == [situation.event], "\(daemon.log)")
    let entry = try #require(news.first)
    #expect(entry["FREEZE_ALERT_ID"] == alert["FREEZE_ALERT_ID"])
    #expect(entry["PRIORITY"] == situation.priority)
    #expect(
      try bench.database.value(
        "SELECT reason FROM freeze_audit.alert_event WHERE seq = \(entry.seq ?? 0)") == situation.reason)

    // Nothing changes any more: the level was told once.
    let before = daemon.news().count
    try daemon.pass()
    #expect(daemon.news().count == before)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `An alert that comes back is re-raised under its old id`() throws {
    let bench = try Bench()
    try bench.insert(["x", "y"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.run("DELETE FROM hr.act WHERE id = 'x'")
    try daemon.pass()
    try bench.insert(["x"])
    try daemon.pass()
    let events = daemon.log.filter { $0["FREEZE_ACTION_ID"] == "x" }
    #expect(events.map(\.event) == ["raised", "withdrawn", "reraised"])
    #expect(Set(events.map { $0["FREEZE_ALERT_ID"] }).count == 1)
    #expect(events.last?["PRIORITY"] == "2")
    try bench.expectSound()
  }

  @Test func `A reversal is a notice, told once`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    try bench.insert(["earlier"], on: "2023-01-02")
    try bench.run("UPDATE hr.act SET revokes = 'earlier' WHERE id = 'x'")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let entry = try #require(daemon.log("raised").first)
    #expect(entry["FREEZE_OUTCOME"] == "reversal")
    #expect(entry["PRIORITY"] == "5")
    #expect(entry["MESSAGE_ID"] == "8456a0359ef54b98aca1206175aa0b0b")
  }

  @Test func `Records that cannot be judged are one event for each change of the set`() throws {
    let bench = try Bench()
    try bench.insert(["good"])
    try bench.run(
      "INSERT INTO hr.act (id, kind) SELECT 'bad' || n, 'mutasi' FROM generate_series(1, 40) AS n")
    let daemon = try bench.daemon(["FREEZE_AUDITOR_POLL_MAX_LOSS": "100"])
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("data_quality").count == 1)
    #expect(daemon.log("data_quality").first?["MESSAGE"].contains("40 tidak dapat dinilai") == true)
    try daemon.pass()
    #expect(daemon.log("data_quality").count == 1)
    try bench.run("UPDATE hr.act SET kind = 'entah' WHERE id = 'bad1'")
    try daemon.pass()
    #expect(daemon.log("data_quality").count == 2)
    try bench.run("DELETE FROM hr.act WHERE id LIKE 'bad%'")
    try daemon.pass()
    #expect(daemon.log("data_quality").last?["MESSAGE"].contains("0 tidak dapat dinilai") == true)
    try daemon.pass()
    #expect(daemon.log("data_quality").count == 3)
  }

  @Test func `Two acts under one id are said once as data quality, and each has its alert`() throws {
    let bench = try Bench()
    try bench.insert(["x", "x"])
    try bench.run("UPDATE hr.act SET decree_date = '2024-06-06' WHERE ctid = (SELECT max(ctid) FROM hr.act)")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(Set(daemon.log("raised").map { $0["FREEZE_ALERT_ID"] }).count == 2)
    #expect(
      daemon.log("data_quality").first?["MESSAGE"].contains("1 ID dipakai lebih dari satu catatan") == true)
    try daemon.pass()
    #expect(daemon.news().count == 3)
    // One of the two goes: its alert ends, the other's stays.
    try bench.run("DELETE FROM hr.act WHERE decree_date = '2024-06-06'")
    try daemon.pass()
    #expect(daemon.log("withdrawn").count == 1)
    #expect(try bench.command("status").outputText.contains("1 peringatan terbuka"))
  }

  @Test func `A moved determination re-judges everything after SIGHUP`() throws {
    let bench = try Bench()
    let calendar = { (day: String) in
      """
      complete_through: [{date: 2199-12-31, instrument: "kalender uji", known_from: 2000-01-01}]
      verified_on: 2026-01-01
      elections:
        - id: pilkada-2024
          regions: [all]
          determination:
            - {date: \(day), instrument: "PKPU uji", known_from: 2024-01-26}
      inaugurations: []
      """
    }
    try bench.file("calendar.yaml", calendar("2024-09-22"))
    try bench.write("calendar: calendar.yaml")
    try bench.insert(["march"], on: "2024-03-25")
    try bench.insert(["august"], on: "2024-08-01")
    try bench.insert(["october"], on: "2024-10-10")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("raised").map { $0["FREEZE_ACTION_ID"] }.sorted() == ["august", "march"])

    try bench.file("calendar.yaml", calendar("2024-11-22"))
    daemon.send(SIGHUP)
    try daemon.wait(for: "pass_completed", count: 2)
    let news = daemon.log.filter { ($0.seq ?? 0) > 2 && $0.event != "fact_missing" }.map {
      "\($0.event) \($0["FREEZE_ACTION_ID"])"
    }
    .sorted()
    #expect(news == ["amended august", "cleared march", "raised october"])
    let reasons = try bench.database.value(
      "SELECT string_agg(reason, '; ' ORDER BY action_id) FROM freeze_audit.alert_event WHERE seq > 2 AND event NOT IN ('raised', 'fact_missing')"
    )
    let move = "schedule changed: 2024-09-22 (PKPU uji) -> 2024-11-22 (PKPU uji)"
    #expect(reasons == "\(move); \(move)")
  }

  @Test func `A bad file at SIGHUP keeps the old ones and says so`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.file("config.yaml", "region: \"16.05\"\npol: 1\n")
    daemon.send(SIGHUP)
    let entry = try daemon.wait(for: "config_rejected")
    #expect(entry["MESSAGE"].contains("config.yaml:2: pol"), "\(entry)")
    try daemon.wait(for: "pass_completed", count: 2)
    #expect(daemon.log("raised").count == 1)
    // A list of annexes that is not there would make a daemon blind that sees.
    try bench.write("log: {language: en}\napprovals: none.csv")
    #expect(try bench.command("check-config").status == 78)
    daemon.send(SIGHUP)
    let refused = try daemon.wait(for: "config_rejected", count: 2)
    #expect(refused["MESSAGE"].contains("none.csv"))
    try bench.write("log: {language: en}")
    daemon.send(SIGHUP)
    try daemon.wait(for: "config_reloaded")
    #expect(daemon.stop().status == 0)
  }

  @Test func `A notification from the source wakes it, also after one that came during a pass`() throws {
    let bench = try Bench()
    try bench.run(
      """
      CREATE FUNCTION hr.tell() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NOTIFY freeze_audit_changed; RETURN NULL; END$$;
      CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON hr.act FOR EACH STATEMENT EXECUTE FUNCTION hr.tell()
      """)
    try bench.insert(["outside"], on: "2010-01-04")
    try bench.write("")
    let text = try String(contentsOfFile: bench.configPath, encoding: .utf8)
    try bench.file(
      "config.yaml",
      text.replacing("poll: {interval: 3600}", with: "poll: {interval: 3600, wake_on_notify: true}"))
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    for number in 1...20 {
      try bench.insert(number...number)
      if number % 5 == 0 { try daemon.wait(for: "raised", count: number) }
    }
    daemon.stop()
    #expect(try bench.ledger("event").filter { $0 == "raised" }.count == 20)
    #expect(daemon.log("audit_blind").isEmpty)
    try bench.expectSound()
  }

  @Test func `A record the source names is told before the pass over all, which says the rest`() throws {
    let bench = try Bench()
    try bench.insert(["gone", "outside"])
    try bench.run("UPDATE hr.act SET decree_date = '2010-01-04' WHERE id = 'outside'")
    try bench.write("")
    let text = try String(contentsOfFile: bench.configPath, encoding: .utf8)
    try bench.file(
      "config.yaml",
      text.replacing(
        "poll: {interval: 3600}", with: "poll: {interval: 3600, wake_on_notify: true, max_loss: 100}"))
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    // One named, one not, one that went away: named alone is no reason to close anything.
    try bench.run(
      """
      BEGIN;
      INSERT INTO hr.act (id, kind, decree_date, decree_no)
        VALUES ('named', 'mutasi', '2024-05-02', 'a'), ('unnamed', 'mutasi', '2024-05-02', 'a');
      DELETE FROM hr.act WHERE id = 'gone';
      NOTIFY freeze_audit_changed, '["named", "gone", "never"]';
      COMMIT
      """)
    try daemon.wait(for: "pass_completed", count: 2)
    #expect(
      daemon.log.filter { $0.seq != nil || $0.event == "pass_completed" }.map {
        "\($0.event) \($0["FREEZE_ACTION_ID"])"
      } == [
        "raised gone", "pass_completed ", "raised named", "raised unnamed",
        "withdrawn gone",
        "pass_completed ",
      ])
    // Whoever may connect can name records: what they say closes nothing before the pass over all.
    try bench.run(
      """
      BEGIN;
      UPDATE hr.act SET decree_date = '2010-01-04' WHERE id = 'named';
      UPDATE hr.act SET decree_date = NULL WHERE id = 'unnamed';
      NOTIFY freeze_audit_changed, '["named", "unnamed"]';
      COMMIT
      """)
    try daemon.wait(for: "cleared")
    try daemon.wait(for: "pass_completed", count: 3)
    #expect(Set(daemon.log("cleared").map { $0["FREEZE_ACTION_ID"] }) == ["named", "unnamed"])
    // Not there, or nothing that can be understood: all is read at once.
    for (number, payload) in ["[\"never\"]", "[]", "[\"named\", 5]", "\u{1b}]0;x", "{}"].enumerated() {
      try bench.run("NOTIFY freeze_audit_changed, '\(payload)'")
      try daemon.wait(for: "pass_completed", count: 4 + number)
    }
    // A view that lost a column is no place for a partial pass: the full one says so.
    try bench.run(
      """
      BEGIN;
      DROP VIEW freeze_audit.personnel_action;
      CREATE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date FROM hr.act;
      GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;
      NOTIFY freeze_audit_changed, '["named"]';
      COMMIT
      """)
    try daemon.wait(for: "audit_blind")
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `A restart raises nothing again`() throws {
    let bench = try Bench()
    try bench.insert(1...5)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    let second = try bench.daemon()
    try second.wait(for: "pass_completed")
    #expect(second.news() == [])
    try bench.expectSound()
  }

  @Test(arguments: ["after-read", "after-append", "after-log", "after-mark"])
  func `Killed at any point, nothing is lost and numbers stay`(_ point: String) throws {
    let bench = try Bench()
    try bench.insert(1...7)
    let first = try bench.daemon(["FREEZE_FAILPOINT": point])
    #expect(first.end() == 128 + SIGKILL)
    let second = try bench.daemon()
    try second.wait(for: "pass_completed")
    #expect(second.stop().status == 0)

    // Every alert was logged at least once, always under the same number and id.
    var told: [String: Set<String>] = [:]
    for entry in first.log("raised") + second.log("raised") {
      told[entry["FREEZE_ACTION_ID"], default: []].insert(
        "\(entry["FREEZE_SEQ"]) \(entry["FREEZE_ALERT_ID"])")
    }
    #expect(told.keys.sorted() == (1...7).map { "r\($0)" })
    #expect(told.values.allSatisfy { $0.count == 1 })
    // Whoever finds the mark of a reading that nobody ended says so, and that it is read again.
    let events = try bench.ledger("event")
    #expect(events.filter { $0 == "raised" }.count == 7)
    #expect(events.filter { $0 != "raised" } == ["audit_blind", "audit_resumed"], "\(events)")
    #expect(second.log("audit_blind").first?["MESSAGE"].contains("mati saat membaca") == true)
    let again = try bench.daemon()
    try again.wait(for: "pass_completed")
    #expect(again.news() == [])
    try bench.expectSound()
  }

  @Test func `Acts before alert_since are no alerts, an act that reaches over it is`() throws {
    let bench = try Bench()
    try bench.write("alert_since: 2024-05-10")
    try bench.insert(["before"], on: "2024-05-09")
    try bench.insert(["on"], on: "2024-05-10")
    try bench.insert(["over"], on: "2024-05-09")
    try bench.run("UPDATE hr.act SET inaugurated_on = '2024-05-11' WHERE id = 'over'")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("raised").map { $0["FREEZE_ACTION_ID"] }.sorted() == ["on", "over"])
  }

  @Test func `The region of the configuration counts where a record has none`() throws {
    let bench = try Bench()
    // The re-run of 2025 was held in Kabupaten Bangka (19.01) and Pangkalpinang only.
    try bench.insert(["here", "elsewhere"], on: "2025-02-02")
    try bench.run("UPDATE hr.act SET region = '32.04' WHERE id = 'elsewhere'")
    try bench.write()
    try bench.file(
      "config.yaml",
      try String(contentsOfFile: bench.configPath, encoding: .utf8).replacing("16.05", with: "19.01"))
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let ulang = daemon.log("raised").filter { $0["FREEZE_ELECTION"] == "pilkada-ulang-2025" }
    // What names another region is judged by both, and is in doubt.
    let outcomes = Dictionary(
      uniqueKeysWithValues: ulang.map { ($0["FREEZE_ACTION_ID"], $0["FREEZE_OUTCOME"]) })
    #expect(outcomes == ["here": "inside", "elsewhere": "depends"])
    #expect(ulang.first { $0["FREEZE_ACTION_ID"] == "here" }?["FREEZE_REGION"] == "19.01")
  }

  @Test func `An act dated ahead alerts at once`() throws {
    let bench = try Bench()
    try bench.file(
      "calendar.yaml",
      """
      complete_through: [{date: 2199-12-31, instrument: "kalender uji", known_from: 2000-01-01}]
      verified_on: 2026-01-01
      elections:
        - id: pilkada-depan
          regions: [all]
          determination:
            - {date: 2190-09-22, instrument: "PKPU uji", known_from: 2024-01-26}
      inaugurations: []
      """)
    try bench.write("calendar: calendar.yaml")
    try bench.insert(["ahead"], on: "2190-05-05")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("raised").map { $0["FREEZE_ACTION_ID"] } == ["ahead"])
  }

  @Test func `A bad configuration ends with 78, naming file, line, key and what is allowed`() throws {
    let bench = try Bench()
    let cases: [(text: String, words: [String])] = [
      ("pol: {interval: 5}\n", ["config.yaml:1", "pol", "poll, alert_since"]),
      ("poll:\n  intervall: 5\n", ["config.yaml:2", "poll.intervall", "interval, wake_on_notify, max_loss"]),
      ("poll: {interval: soon}\n", ["config.yaml:1", "poll.interval", "1", "86400"]),
      ("timezone: WIX\n", ["config.yaml:1", "timezone", "WIB, WITA, WIT"]),
      ("alert_since: 2024-02-30\n", ["config.yaml:1", "alert_since", "YYYY-MM-DD"]),
      ("elections: [pilkada-1999]\n", ["elections", "pilkada-1999", "pilkada-2024"]),
      (
        "source: {conninfo: \"host=a password=x\"}\n",
        ["config.yaml:1", "source.conninfo", "source-password"]
      ),
      ("log: [a]\n", ["config.yaml:1", "log", "language, personal_data"]),
      ("region: [\n", ["config.yaml:2"]),
      ("calendar: tidak-ada.yaml\n", ["tidak-ada.yaml"]),
    ]
    for (text, words) in cases {
      try bench.file("config.yaml", text)
      for command in ["run", "check-config"] {
        let result = try bench.command(command, "--lang", "en")
        #expect(result.status == 78, "\(text) \(result.errorText)")
        for word in words { #expect(result.errorText.contains(word), "\(text): \(result.errorText)") }
      }
    }
    let result = try bench.command("run", environment: ["FREEZE_AUDITOR_PULL_INTERVAL": "3"])
    #expect(result.status == 78)
    let holidays = try bench.file("libur.txt", "2026-13-01 bukan tanggal\n")
    try bench.file("config.yaml", "mail: {holidays: \(holidays)}\n")
    let refused = try bench.command("check-config", "--lang", "en")
    #expect(refused.status == 78 && refused.errorText.contains("libur.txt:1"), "\(refused.errorText)")
  }

  @Test func `SIGTERM ends it with 0, and gives the lease back`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let end = daemon.stop()
    #expect(end.status == 0)
    #expect(end.seconds < 5)
    #expect(daemon.log("stopping").count == 1)
    #expect(
      try bench.database.value("SELECT expires_at <= clock_timestamp() FROM freeze_audit.lease") == "t")
  }

  /// Exit handlers of OpenSSL freed what a reading that still logged in was using.
  @Test func `SIGTERM at any moment of a login ends it with 0`() throws {
    let bench = try Bench()
    for _ in 1...20 {
      let daemon = try bench.daemon()
      try daemon.wait(for: "started")
      #expect(daemon.stop().status == 0)
    }
    try bench.expectSound()
  }

  @Test func `SIGTERM ends it within five seconds while a pass waits for a lock`() throws {
    let bench = try Bench()
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    var other = try bench.database.connect()
    try other.begin(.readWrite)
    try other.execute("LOCK TABLE hr.act IN ACCESS EXCLUSIVE MODE")
    daemon.send(SIGUSR1)
    _ = try eventually("the pass to wait") {
      try bench.database.value("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1")
    }
    let end = daemon.stop()
    #expect(end.status == 0)
    #expect(end.seconds < 5)
    other.rollback()
  }

  /// Each line waits for the reader, and there are hundreds of them.
  @Test func `SIGTERM ends it while its log is read slowly, and what was not read is not marked`() throws {
    let bench = try Bench()
    try bench.insert(1...400)
    let fifo = bench.folder.appendingPathComponent("log").path
    #expect(mkfifo(fifo, 0o600) == 0)
    let daemon = try RunningProcess(
      "/bin/sh",
      ["-c", "exec \"$0\" run --config \"$1\" > \"$2\"", try Bench.executable, bench.configPath, fifo])
    let log = open(fifo, O_RDONLY)
    Thread.detachNewThread {
      var bytes = [UInt8](repeating: 0, count: 2048)
      // The slowness of the reader is the fault.
      while read(log, &bytes, bytes.count) > 0 { _ = poll(nil, 0, 50) }
      close(log)
    }
    func value(_ sql: String) throws -> String? { try bench.database.value(sql) }
    _ = try eventually("400 events") {
      try value("SELECT 1 WHERE (SELECT count(*) FROM freeze_audit.alert_event) = 400")
    }
    let began = ContinuousClock.now
    daemon.send(SIGTERM)
    #expect(daemon.wait(timeout: 60).status == 0)
    #expect(ContinuousClock.now - began < .seconds(10))
    #expect(try value("SELECT coalesce(max(through_seq), 0) < 400 FROM freeze_audit.alert_emitted") == "t")
    // The next one tells the rest.
    let next = try bench.daemon()
    try next.wait(for: "raised") { $0.seq == 400 }
    #expect(next.stop().status == 0)
    try bench.expectSound()
  }

  @Test func `SIGTERM ends it within five seconds while the server is frozen`() throws {
    let cluster = try ThrowawayCluster.start()
    defer { cluster.remove() }
    let bench = try Bench(cluster: cluster)
    try bench.insert(["x"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let postmaster = try cluster.postmasterPID()
    kill(postmaster, SIGSTOP)
    defer { kill(postmaster, SIGCONT) }
    let descriptors = { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.pid)/fd").count }
    let before = try descriptors()
    daemon.send(SIGUSR1)
    // It has taken the signal and waits for a server that takes connections but does not answer.
    _ = try eventually("the pass to wait") { try descriptors() > before ? true : nil }
    let end = daemon.stop()
    #expect(end.status == 0)
    #expect(end.seconds < 5)
  }

  @Test func `The metrics file is whole, readable and tells of passes and failures`() throws {
    let bench = try Bench()
    try bench.write("metrics: {textfile: freeze.prom}")
    try bench.insert(["x", "y"])
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let path = bench.folder.appendingPathComponent("freeze.prom").path
    let text = { try String(contentsOfFile: path, encoding: .utf8) }
    _ = try eventually("the file") { FileManager.default.fileExists(atPath: path) ? true : nil }
    #expect(try text().contains("freeze_auditor_open_alerts{source=\"simpeg\",outcome=\"inside\"} 2\n"))
    #expect(try text().contains("freeze_auditor_passes_total{source=\"simpeg\"} 1\n"))
    #expect(try text().contains("freeze_auditor_records{source=\"simpeg\"} 2\n"))
    #expect(try text().contains("freeze_auditor_ledger_head 2\n"))
    #expect(try text().hasSuffix("\n"))
    try bench.run("REVOKE SELECT ON freeze_audit.personnel_action FROM freeze_auditor_read")
    try daemon.pass()
    _ = try eventually("the failure") {
      try text().contains("freeze_auditor_pass_failures_total{source=\"simpeg\"} 1\n") ? true : nil
    }
    // The last good figures stay.
    #expect(try text().contains("freeze_auditor_open_alerts{source=\"simpeg\",outcome=\"inside\"} 2\n"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).filter { $0.contains(".tmp") }
        == [])
  }
}
