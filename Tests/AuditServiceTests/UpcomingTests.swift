import Foundation
import Testing
import TestSupport

/// What can still be put off, as `status` says it, with the ledger and without.
@Suite struct UpcomingTests {
  /// Some acts around today: two people to be sworn in in six days, one later, one long done, and a reversal.
  private func bench() throws -> Bench {
    let bench = try Bench()
    let day = { (days: Int) in
      try bench.database.value("SELECT ((now() AT TIME ZONE 'Asia/Jakarta')::date + \(days))::text") ?? ""
    }
    try bench.file(
      "calendar.yaml",
      """
      complete_through: [{date: 2199-12-31, instrument: "kalender uji", known_from: 2000-01-01}]
      verified_on: \(try day(0))
      elections:
        - id: uji
          regions: [all]
          determination:
            - {date: \(try day(100)), instrument: "PKPU uji", known_from: 2024-01-26}

      """)
    try bench.write("calendar: calendar.yaml\nmetrics: {textfile: freeze.prom}")
    let rows = try [("a", 6, "1"), ("b", 6, "1"), ("c", 20, "2"), ("done", -20, "3")].map {
      "('\($0)', 'mutasi', '\(try day(-30))', '\(try day($1))', 'SK \($2)', NULL)"
    }
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date, inaugurated_on, decree_no, revokes) VALUES
      \(rows.joined(separator: ", ")), ('back', 'mutasi', '\(try day(2))', NULL, 'SK 4', 'done')
      """)
    return bench
  }

  @Test func `status says who can still be put off, until when, and counts reversals apart`() throws {
    let bench = try bench()
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    let heartbeat = try #require(daemon.log("pass_completed").first)
    #expect(heartbeat["FREEZE_OPEN_ALERTS"] == "4")
    #expect(heartbeat["MESSAGE"].contains("4 peringatan terbuka, 1 pembatalan"))

    let status = try bench.command("status")
    #expect(status.outputText.split(separator: "\n").count == 1)
    for words in [
      "2 orang dilantik ", ", 6 hari lagi (+1 orang sesudahnya)", "batas surat Menteri sudah lewat",
      "4 peringatan terbuka, 1 pembatalan", " open_alerts=4;;;0 open_reversals=1;;;0 upcoming=3;;;0 ",
      " days_left=6",
    ] { #expect(status.outputText.contains(words), "\(words): \(status.outputText)") }
    let english = try bench.command("status", "--lang", "en").outputText
    #expect(english.contains("2 people to be sworn in ") && english.contains("4 alerts open, 1 reversal"))

    let file = bench.folder.appendingPathComponent("freeze.prom").path
    _ = try eventually("the file") { FileManager.default.fileExists(atPath: file) ? true : nil }
    let plain = try runProcess(Bench.executable, ["status", "--textfile", file])
    for words in [
      "3 tindakan masih dapat ditunda, yang pertama 6 hari lagi (batas surat Menteri sudah lewat, ",
      ": tunda atau batalkan); 4 peringatan terbuka, 1 pembatalan |",
      " upcoming=3;;;0 ", " days_left=6",
    ] { #expect(plain.outputText.contains(words), "\(words): \(plain.outputText)") }

    // Nothing is to come any more: nothing is said of it.
    try bench.run("UPDATE hr.act SET inaugurated_on = decree_date WHERE id IN ('a', 'b', 'c')")
    try daemon.pass()
    let done = try bench.command("status").outputText
    #expect(!done.contains("hari lagi") && !done.contains("days_left") && done.contains(" upcoming=0;;;0 "))
  }

  @Test func `log, mail, alerts and doctor say it without code words`() throws {
    let bench = try bench()
    let daemon = try bench.daemon(["FREEZE_AUDITOR_POLL_MAX_LOSS": "100"])
    try daemon.wait(for: "pass_completed")
    try bench.run(
      """
      UPDATE hr.act SET inaugurated_on = inaugurated_on + 1, post_to = 'Camat B' WHERE id = 'c';
      UPDATE hr.act SET decree_date = '2020-01-01', inaugurated_on = NULL WHERE id = 'done';
      DELETE FROM hr.act WHERE id = 'b'; INSERT INTO hr.act (id, kind) VALUES ('leer', 'mutasi')
      """)
    try daemon.pass()
    for (verb, more) in [("ack", ["--until", "2098-01-01"]), ("note", ["--state", "letter-requested"])] {
      let done = try runProcess(
        Bench.executable,
        [
          "alerts", verb, "--action", "a", "--author", "Kabid", "--reason", "surat 1", "--config",
          bench.configPath,
        ]
          + more)
      #expect(done.status == 0, "\(done.errorText)")
    }
    try daemon.wait(for: "noted")
    #expect(daemon.stop().status == 0)
    var texts = daemon.log.map { $0["MESSAGE"] }
    for event in ["raised", "amended", "cleared", "withdrawn", "acknowledged", "noted", "data_quality"] {
      #expect(daemon.log(event).count > 0, "\(event) is not part of this test")
    }
    texts.append(try bench.command("alerts", "list", "--all").outputText)
    texts.append(try bench.command("doctor").outputText)
    for id in Set(try bench.ledger("coalesce(alert_id, '')")) where !id.isEmpty {
      texts.append(try bench.command("alerts", "show", id).outputText)
    }
    let sendmail = try bench.file("sendmail", "#!/bin/sh\ncat > \(bench.folder.path)/mail\n")
    #expect(try runProcess("chmod", ["755", sendmail]).status == 0)
    try bench.write("calendar: calendar.yaml\nmail: {from: f@a.id, to: [t@a.id], sendmail: \(sendmail)}")
    let mail = try runProcess(
      Bench.executable,
      ["mail", "--config", bench.configPath, "--state", bench.folder.path + "/state", "--unit", ""],
      environment: ["JOURNAL_STREAM": ""], input: Data(daemon.process.outputSoFar))
    #expect(mail.status == 0, "\(mail.errorText)")
    let sent = try String(contentsOfFile: bench.folder.path + "/mail", encoding: .utf8)
    let parts = sent.components(separatedBy: "Content-Type: text/")
    texts += parts.filter { $0.hasPrefix("plain") || $0.hasPrefix("html") }.map {
      $0.replacing(#/<style[\s\S]*?<\/style>/#, with: "").replacing(#/<[^>]*>/#, with: " ")
        .replacing(#/freeze-auditor alerts note[^\n]*/#, with: "")
    }
    #expect(parts.count > 2)
    for text in texts { #expect(PlainIndonesian.faults(in: text) == []) }
  }
}
