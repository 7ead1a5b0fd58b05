import Foundation
import TestSupport
import Testing

/// `mail` with routes, the next desk and the hook, by the program itself; and `check-config`, `audit --since` against the ledger.
@Suite struct MailDesksTests {
  private func written(_ more: String = "", hook: Bool = true) throws -> Bench {
    let bench = try Bench()
    try script(bench, "sendmail", "n=$(mktemp \(bench.folder.path)/mail.XXXXXX); cat > $n\n")
    try script(bench, "hook", "cat >> \(bench.folder.path)/items\n")
    try bench.write(
      """
      mail:
        from: freeze@example.go.id
        to: [all@example.go.id]
        sendmail: \(bench.folder.path)/sendmail
        head: Yth. Kepala BKPSDM
        routes:
          - {name: Ogan, to: [a@example.go.id, b@example.go.id], regions: ["16.05"]}
          - {name: Province, to: [p@example.go.id], regions: ["16"], head: Kepada provinsi}
          - {name: English, to: [en@example.go.id], outcomes: [inside], language: en, personal_data: full}
        escalate:
          - {working_days: 60, to: [governor@example.go.id]}
          - {working_days: 1, to: [boss@example.go.id], foot: Segera}
      \(hook ? "notify: {exec: \(bench.folder.path)/hook}" : "")
      \(more)
      """)
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date, decree_no, region, nip, employee_name) VALUES
      ('ogan', 'mutasi', '2024-05-02', '800/1', '16.05', '198001012006041001', 'Budi Santoso'),
      ('other', 'mutasi', '2024-05-02', '800/2', '16.10', '198001012006041002', 'Siti Aminah')
      """)
    return bench
  }

  private func script(_ bench: Bench, _ name: String, _ text: String) throws {
    let path = bench.folder.path + "/" + name
    try Data(("#!/bin/sh\n" + text).utf8).write(to: URL(fileURLWithPath: path + ".txt"))
    #expect(try runProcess("install", ["-m", "755", path + ".txt", path]).status == 0)
  }

  /// One pass; what it said in the log.
  private func pass(_ bench: Bench) throws -> Data {
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    return Data(daemon.process.outputSoFar)
  }

  private func mail(_ bench: Bench, _ log: Data, _ more: String...) throws -> ProcessResult {
    try runProcess(
      Bench.executable,
      ["mail", "--config", bench.configPath, "--state", bench.folder.path + "/state", "--unit", ""] + more,
      environment: ["JOURNAL_STREAM": ""], input: log)
  }

  /// The mails so far by their one recipient, as text.
  private func mails(_ bench: Bench) throws -> [String: [String]] {
    let files = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).filter {
      $0.hasPrefix("mail.")
    }
    var mails: [String: [String]] = [:]
    for file in files {
      let text = String(
        decoding: try Data(contentsOf: bench.folder.appendingPathComponent(file)), as: UTF8.self
      ).replacing("=\n", with: "")
      let to = text.split(separator: "\n").first { $0.hasPrefix("To: ") }.map { String($0.dropFirst(4)) }
      mails[to ?? "-", default: []].append(text)
    }
    return mails
  }

  @Test func `Everybody gets their own mail of their own alerts, once`() throws {
    let bench = try written()
    let log = try pass(bench)
    let first = try mail(bench, log)
    #expect(first.status == 0, "\(first.errorText)")
    let all = try mails(bench)
    #expect(
      Set(all.keys) == [
        "all@example.go.id", "a@example.go.id", "b@example.go.id", "p@example.go.id", "en@example.go.id",
      ])
    #expect(all.values.allSatisfy { $0.count == 1 })
    for (to, texts) in all {
      let text = texts[0]
      // Nobody sees another's address.
      // (A random id may end with the letters of one.)
      let shown = text.split { $0.isWhitespace || "<>,;:\"".contains($0) }.map(String.init)
      for other in all.keys where other != to { #expect(!shown.contains(other), "\(to) sees \(other)") }
      let has = { (id: String) in text.contains("ID \(id)") }
      #expect(has("ogan") == (to != "p@example.go.id"), "\(to): \(text)")
      #expect(has("other") == ["all@example.go.id", "en@example.go.id"].contains(to), "\(to)")
    }
    #expect(try #require(all["a@example.go.id"]?.first).contains("Yth. Kepala BKPSDM"))
    #expect(try #require(all["p@example.go.id"]?.first).contains("Kepada provinsi"))
    let english = try #require(all["en@example.go.id"]?.first)
    #expect(english.contains("New alerts") && english.contains("198001012006041001"))
    #expect(!english.contains("Langkah") && english.contains("needs clarification"))
    let ogan = try #require(all["a@example.go.id"]?.first)
    #expect(!ogan.contains("198001012006041001") && ogan.contains("Langkah"))
    #expect(ogan.contains("alerts note --decree '800/1' --decree-date 2024-05-02"))
    // The hook got each item, masked.
    let items = try String(contentsOfFile: bench.folder.path + "/items", encoding: .utf8)
    #expect(items.split(separator: "\n").count == 2 && !items.contains("198001012006041001"))

    let again = try mail(bench, log)
    #expect(again.status == 0)
    #expect(try mails(bench).values.allSatisfy { $0.count == 1 }, "\(again.errorText)")
    #expect(try String(contentsOfFile: bench.folder.path + "/items", encoding: .utf8) == items)
  }

  @Test func `A desk that reads another language gets the same facts, with the name where it may see it`()
    throws
  {
    let bench = try written(hook: false)
    func english() throws -> String {
      let texts = try #require(try mails(bench)["en@example.go.id"])
      // The HTML part says the same once more.
      return texts.map { $0.components(separatedBy: "<html").first ?? $0 }.joined(separator: "\n")
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(try mail(bench, try pass(bench)).status == 0)
    let raised = try english()
    for said in [
      "mutasi of Budi Santoso (SK 800/1): decree date 2 May 2024 falls inside the frozen period",
      "UU 10/2016 Pasal 71 ayat (2), 22 March 2024 to 22 September 2024",
      "no written approval of the Minister was found", "Region: ", "(16.05)",
      "Frozen period: 22 March 2024 to 22 September 2024, counted from the determination",
      "Approval: looked for in the record itself", "Next: look for a letter of the Minister",
      "What would change this: a written approval of the Minister dated 2 May 2024 or before",
    ] { #expect(raised.contains(said), "\(said) in\n\(raised)") }
    for own in ["jatuh di dalam", "Langkah:", "Wilayah:", "B***"] { #expect(!raised.contains(own), "\(own)") }
    let masked = try #require(try mails(bench)["all@example.go.id"]?.first)
    #expect(masked.contains("B*** S***") && !masked.contains("Budi"))

    // What changed, what was answered and what is over is told in it, too.
    try bench.run("UPDATE hr.act SET decree_date = '2024-05-03' WHERE id = 'ogan'")
    var log = try pass(bench)
    let note = try bench.command(
      "alerts", "note", "--action", "ogan", "--state", "reported", "--author", "Kabid", "--reason", "surat 9")
    #expect(note.status == 0, "\(note.errorText)")
    try bench.run("UPDATE hr.act SET decree_date = '2019-05-03' WHERE id = 'other'")
    log += try pass(bench)
    #expect(try mail(bench, log).status == 0)
    let changed = try english()
    for said in [
      "Why: the record changed: decree date 2 May 2024 to 3 May 2024", "reported", "(Kabid, ",
      "other (mutasi of Siti Aminah, SK 800/2)", "Before: inside the frozen period (",
    ] { #expect(changed.contains(said), "\(said) in\n\(changed)") }
    #expect(!changed.contains("data riwayatnya berubah") && !changed.contains("Sebelumnya"))
    try bench.expectSound()
  }

  @Test func `What nobody answered goes to the next desk, what was answered does not`() throws {
    let bench = try written(hook: false)
    let log = try pass(bench)
    #expect(try mail(bench, log).status == 0)
    let note = try bench.command(
      "alerts", "note", "--decree", "800/2", "--state", "reported", "--author", "Kabid", "--reason", "surat 9"
    )
    #expect(note.status == 0, "\(note.errorText)")
    // Long enough after, on a working day.
    let later = try bench.database.value(
      "SELECT to_char(d, 'YYYY-MM-DD') FROM generate_series(now() + interval '14 days', now() + interval '20 days', interval '1 day') AS d WHERE extract(isodow FROM d) = 2"
    )
    let now = try #require(later) + "T09:00"
    #expect(try mail(bench, Data(), "--now", now).status == 0)
    let boss = try #require(try mails(bench)["boss@example.go.id"])
    #expect(boss.count == 1 && boss[0].contains("ogan") && !boss[0].contains("catatan other"))
    #expect(boss[0].contains("Diteruskan kepada Anda") && boss[0].contains("Segera"))
    let digest = try #require(try mails(bench)["all@example.go.id"]).joined()
    #expect(digest.contains("diteruskan ke tingkat berikutnya"))
    #expect(digest.contains("sudah dilaporkan"))
    #expect(try mail(bench, Data(), "--now", now).status == 0)
    #expect(try mails(bench)["boss@example.go.id"]?.count == 1)
    // The next level hears of it when its own days are over, and only then.
    #expect(try mails(bench)["governor@example.go.id"] == nil)
    let latest = try bench.database.value(
      "SELECT to_char(d, 'YYYY-MM-DD') FROM generate_series(now() + interval '120 days', now() + interval '126 days', interval '1 day') AS d WHERE extract(isodow FROM d) = 2"
    )
    #expect(try mail(bench, Data(), "--now", try #require(latest) + "T09:00").status == 0)
    let governor = try #require(try mails(bench)["governor@example.go.id"])
    #expect(governor.count == 1 && governor[0].contains("ogan") && governor[0].contains("60 hari kerja"))
    #expect(try mails(bench)["boss@example.go.id"]?.count == 1)
  }

  @Test func `A desk that cannot be reached holds up no other, and gets the same mail later`() throws {
    let bench = try written(hook: false)
    let log = try pass(bench)
    try script(
      bench, "sendmail",
      "n=$(mktemp \(bench.folder.path)/held.XXXXXX); cat > $n; grep -q '^To: b@' $n && [ ! -e \(bench.folder.path)/up ] && exit 75; mv $n \(bench.folder.path)/mail.${n##*.}\n"
    )
    #expect(try mail(bench, log).status == 75)
    #expect(try mails(bench).count == 4)
    try bench.file("up", "")
    #expect(try mail(bench, log).status == 0)
    #expect(try mails(bench)["b@example.go.id"]?.count == 1)
    #expect(try mails(bench).values.allSatisfy { $0.count == 1 })
  }

  @Test func `check-config shows who would get what, and what nobody would`() throws {
    let bench = try written()
    _ = try pass(bench)
    let result = try bench.command("check-config", "--lang", "en")
    #expect(result.status == 0, "\(result.errorText)")
    for expected in [
      "mail.to (all@example.go.id): 2 alerts",
      "Ogan (a@example.go.id, b@example.go.id): 1 alert: SK 800/1 (1)",
      "Province (p@example.go.id): 0 alerts", "escalate 2 (boss@example.go.id): 0 alerts",
      "escalate (governor@example.go.id): 0 alerts",
    ] { #expect(result.errorText.contains(expected), "\(expected): \(result.errorText)") }
    let printed = try bench.command("check-config", "--print")
    #expect(printed.outputText.contains("mail.routes[0].name: Ogan"))
    try bench.write(
      """
      mail: {from: f@example.go.id, routes: [{to: [p@example.go.id], regions: ["16"]}]}
      """)
    let narrow = try bench.command("check-config", "--lang", "en")
    #expect(
      narrow.errorText.contains("NOBODY gets 2 alerts: SK 800/1 (1), SK 800/2 (1)"), "\(narrow.errorText)")
  }

  @Test(arguments: [
    ("mail: {routes: [{regions: [\"16.05\"]}]}", "to"), ("mail: {routes: [{to: []}]}", "address"),
    ("mail: {routes: [{to: [\"x\\nBcc: y@z\"]}]}", "control character"),
    ("mail: {routes: [{to: [a@b.id], regions: [\"99.99\"]}]}", "99.99"),
    ("mail: {routes: [{to: [a@b.id], outcomes: [bad]}]}", "inside"),
    ("mail: {routes: [{to: [a@b.id], urgency: soon}]}", "upcoming"),
    ("mail: {routes: [{to: [a@b.id]}, {to: [a@b.id]}]}", "name"),
    ("mail: {escalate: {working_days: 0, to: [a@b.id]}}", "working_days"),
    ("mail: {escalate: [{to: [a@b.id]}, {to: [c@d.id]}]}", "of its own"),
    ("mail: {routes: [{to: [a@b.id], colour: red}]}", "colour"), ("notify: {exec: hook.sh}", "absolute"),
  ]) func `a configuration that cannot be meant is refused with its place`(
    _ text: String, _ complaint: String
  ) throws {
    let bench = try Bench(installsLedger: false)
    try bench.write(text)
    let result = try bench.command("check-config", "--lang", "en")
    #expect(result.status == 78 && result.errorText.contains(complaint), "\(result.errorText)")
    #expect(result.errorText.contains("config.yaml:"))
  }

  @Test func `audit --since a day of the ledger`() throws {
    let bench = try written(hook: false)
    _ = try pass(bench)
    let today = try bench.database.value("SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date") ?? ""
    let audit = { (since: String) in
      try bench.command("audit", "--since", since, "--lang", "en", "--format", "json")
    }
    let same = try audit(today)
    #expect(same.status == 0, "\(same.errorText)")
    #expect(same.outputText.contains("\"new\":0,\"settled\":0,\"changed\":0,\"same\":2"))
    try bench.run(
      """
      UPDATE hr.act SET decree_date = '2024-06-02' WHERE id = 'ogan'; DELETE FROM hr.act WHERE id = 'other';
      INSERT INTO hr.act (id, kind, decree_date, decree_no) VALUES ('third', 'mutasi', '2024-05-02', '800/3')
      """)
    let news = try audit(today)
    #expect(news.status == 1)
    #expect(
      news.outputText.contains("\"new\":1,\"settled\":1,\"changed\":1,\"same\":0"), "\(news.outputText)")
    let before = try audit("2020-01-01")
    #expect(before.status == 1 && before.errorText.contains("held nothing yet"))
    #expect(try audit("2999-01-01").status == 64)
  }
}
