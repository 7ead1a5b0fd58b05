import AuditBase
import Foundation
import Testing
import TestSupport
import Workbook

/// `alerts ack`, `note` and `import`: one command an SK, states that HR works with, and an answers file that may be anything.
@Suite struct AnswerTests {
  /// Three acts on SK 800/1, two on SK 800/2 of two dates, one without a number; raised by the daemon.
  private func written(_ more: String = "") throws -> Bench {
    let bench = try Bench()
    try bench.write(more)
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date, decree_no, nip, employee_name) VALUES
      ('a1', 'mutasi', '2024-05-02', '800/1', '198001012006041001', 'Budi Santoso'),
      ('a2', 'mutasi', '2024-05-02', '800 / 1', NULL, NULL), ('a3', 'promosi', '2024-05-02', 'SK 800/1', NULL, NULL),
      ('b1', 'mutasi', '2024-05-03', '800/2', NULL, NULL), ('b2', 'mutasi', '2024-06-03', '800/2', NULL, NULL),
      ('c1', 'mutasi', '2024-05-04', NULL, NULL, NULL)
      """)
    try pass(bench)
    return bench
  }

  /// One pass of the daemon, from start to stop.
  private func pass(_ bench: Bench) throws {
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
  }

  private func run(_ bench: Bench, _ arguments: [String]) throws -> ProcessResult {
    try runProcess(Bench.executable, arguments + ["--config", bench.configPath, "--lang", "en"])
  }

  /// Open alerts by action id.
  private func open(_ bench: Bench) throws -> [String: [String: Any]] {
    let result = try bench.command("alerts", "list", "--format", "json")
    let list = try #require(try JSONSerialization.jsonObject(with: result.output) as? [[String: Any]])
    return Dictionary(list.map { ($0["action_id"] as? String ?? "", $0) }, uniquingKeysWith: { $1 })
  }

  private func state(_ alert: [String: Any]?) -> String? {
    (alert?["answer"] as? [String: Any])?["state"] as? String
  }

  @Test func `One command answers a whole SK, however its number is written`() throws {
    let bench = try written()
    let dry = try run(
      bench,
      [
        "alerts", "note", "--decree", "800/1", "--state", "letter-requested", "--author", "Kabid Mutasi",
        "--reason",
        "surat 12/X", "--dry-run",
      ])
    #expect(dry.status == 0 && dry.errorText.contains("3 alerts"), "\(dry.errorText)")
    #expect(try bench.ledger().count == 6)
    let done = try run(
      bench,
      [
        "alerts", "note", "--decree", "sk 800/1", "--state", "letter-requested", "--author", "Kabid Mutasi",
        "--reason", "surat\n12/X", "--date", "2024-06-01",
      ])
    #expect(done.status == 0 && done.errorText.contains("events 7-9"), "\(done.errorText)")
    #expect(try bench.ledger().suffix(3) == ["noted a1", "noted a2", "noted a3"])
    let alerts = try open(bench)
    let answer = try #require(alerts["a1"]?["answer"] as? [String: Any])
    #expect(answer["state"] as? String == "letter-requested")
    #expect(answer["author"] as? String == "Kabid Mutasi")
    #expect(answer["reason"] as? String == "surat 12/X")
    #expect(answer["date"] as? String == "2024-06-01")
    #expect(alerts["b1"]?["answer"] is NSNull && alerts["a1"]?["state"] as? String == "open")
    let id = try #require(alerts["a1"]?["alert_id"] as? String)
    let show = try bench.command("alerts", "show", id, "--lang", "en")
    #expect(show.outputText.contains("State: letter requested") && show.outputText.contains("Kabid Mutasi"))
    // The daemon tells of it once, and the next pass does not take it back.
    let daemon = try bench.daemon()
    try daemon.wait(for: "noted", count: 3)
    try daemon.wait(for: "pass_completed")
    let told = try #require(daemon.log("noted").first)
    #expect(told["FREEZE_ANSWER"] == "letter-requested" && told["MESSAGE"].contains("Kabid Mutasi"))
    #expect(daemon.stop().status == 0)
    #expect(state(try open(bench)["a1"]) == "letter-requested")
    // A changed record says something that nobody answered yet.
    try bench.run("UPDATE hr.act SET decree_date = '2024-05-20' WHERE id = 'a1'")
    try pass(bench)
    let after = try open(bench)
    #expect(state(after["a1"]) == nil && state(after["a2"]) == "letter-requested")
    try bench.expectSound()
  }

  @Test(arguments: [
    "clarified", "letter-requested", "letter-issued", "cancelled", "reported", "surat diminta",
  ])
  func `states`(_ name: String) throws {
    let bench = try Bench()
    try bench.insert(["x"])
    try pass(bench)
    let note = try run(
      bench, ["alerts", "note", "--action", "x", "--state", name, "--author", "A", "--reason", "r"])
    #expect(note.status == 0, "\(note.errorText)")
    #expect(state(try open(bench)["x"]) == (name.contains(" ") ? "letter-requested" : name))
  }

  @Test func `Ids, actions and an acknowledgement of many with a state`() throws {
    let bench = try written()
    let alerts = try open(bench)
    let ids = ["b1", "c1"].compactMap { (alerts[$0]?["alert_id"] as? String)?.prefix(12) }.map(String.init)
    let today = try bench.database.value("SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date") ?? ""
    let ack = try run(
      bench,
      ["alerts", "ack"] + ids + [
        "--action", "a2", "--state", "cancelled", "--author", "Inspektur", "--reason", "r", "--until", today,
      ])
    #expect(ack.status == 0 && ack.errorText.contains("3 alerts acknowledged"), "\(ack.errorText)")
    let after = try open(bench)
    for id in ["a2", "b1", "c1"] {
      #expect((after[id]?["acknowledgement"] as? [String: Any])?["author"] as? String == "Inspektur")
    }
    #expect(after["a1"]?["acknowledgement"] is NSNull)
    // A remark answers nothing, and takes nothing back.
    #expect(
      try run(bench, ["alerts", "note", "--action", "a1", "--author", "A", "--reason", "ditelepon"]).status
        == 0)
    let remark = try #require(try open(bench)["a1"]?["answer"] as? [String: Any])
    #expect(remark["state"] is NSNull && remark["reason"] as? String == "ditelepon")
  }

  @Test(arguments: [
    (["--decree", "800/2"], "2024-05-03, 2024-06-03"), (["--decree", "900"], "no alert is open"),
    (["--decree", "800/2", "--decree-date", "2024-07-01"], "2024-05-03"),
    (["--action", "zz"], "no alert is open"),
    (["ffffffff"], "there is no alert"), ([], "name the alerts"),
    (["--decree-date", "2024-07-01", "--action", "a1"], "belongs to --decree"),
    (["--action", "a1", "--source", "lain"], "has no source"),
  ])
  func `nothing is recorded where it is not plain what is meant`(_ selection: [String], _ complaint: String)
    throws
  {
    let bench = try written()
    let result = try run(
      bench, ["alerts", "note"] + selection + ["--state", "reported", "--author", "A", "--reason", "r"])
    #expect(result.status == 64 && result.errorText.contains(complaint), "\(result.errorText)")
    #expect(try bench.ledger().count == 6)
  }

  @Test func `300 people on an SK with a number of 10,000 characters are answered at once`() throws {
    let bench = try Bench()
    let number = String(repeating: "9", count: 10_000)
    try bench.run(
      "INSERT INTO hr.act (id, kind, decree_date, decree_no) SELECT 'p' || n, 'mutasi', '2024-05-02', '\(number)' FROM generate_series(1, 300) AS n"
    )
    try pass(bench)
    let result = try run(
      bench,
      ["alerts", "note", "--decree", number, "--state", "reported", "--author", "A", "--reason", "r"])
    #expect(result.status == 0 && result.errorText.contains("300 alerts"), "\(result.errorText.prefix(300))")
    let missing = try run(
      bench,
      ["alerts", "note", "--decree", "8" + number, "--state", "reported", "--author", "A", "--reason", "r"])
    #expect(missing.status == 64 && missing.errorText.utf8.count < 1000)
    #expect(try bench.ledger("event").count { $0 == "noted" } == 300)
    try bench.expectSound()
  }

  // MARK: The answers file

  /// The workbook of an audit with answers written into it: by action id, and by SK in the summary.
  private func workbook(
    _ bench: Bench, persons: [String: String] = [:], decrees: [String: String] = [:], formula: String? = nil
  ) throws -> (path: String, before: [String]) {
    let path = bench.folder.path + "/hasil.xlsx"
    let audit = try bench.command("audit", "--format", "xlsx", "--output", path)
    #expect(audit.status == 1, "\(audit.errorText)")
    let reader = try WorkbookReader(try ByteFile(path: path))
    var layouts: [SheetLayout] = []
    var sheets: [[[OutputCell]]] = []
    var before: [String] = []
    for sheet in reader.sheets {
      var rows: [[OutputCell]] = []
      var cells = try reader.open(sheet)
      var row = WorkbookRow()
      var answer: Int?
      while try cells.next(&row) {
        var texts = row.cells.indices.map { row.text($0) }
        if let answer {
          while texts.count <= answer { texts.append("") }
          before.append(texts[answer])
          texts[answer] = persons[texts[0]] ?? decrees[texts[0]] ?? texts[answer]
        } else {
          answer = texts.lastIndex(of: "Tanggapan")
        }
        rows.append(texts.map { $0.isEmpty ? .empty : .text($0, .text) })
      }
      layouts.append(SheetLayout(name: sheet.name))
      sheets.append(rows)
    }
    var bytes: [UInt8] = []
    var writer = try WorkbookWriter(sheets: layouts, locale: 0x0421) { bytes += $0 }
    for (index, rows) in sheets.enumerated() {
      if index > 0 { try writer.nextSheet() }
      for row in rows { try writer.add(row) }
    }
    try writer.finish()
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return (path, before)
  }

  private func importing(_ bench: Bench, _ path: String, _ more: String...) throws -> ProcessResult {
    try run(bench, ["alerts", "import", path, "--author", "Kabid Mutasi"] + more)
  }

  @Test func `A workbook that came back is imported in one command, rehearsed first, and only once`() throws {
    let bench = try written()
    let (path, _) = try workbook(
      bench,
      persons: [
        "a1": "surat diminta: nomor 12", "b1": "keliru ketik tanggal", "c1": "belum ada jawaban", "b2": "-",
      ],
      decrees: ["800/1": "dibatalkan"])
    let dry = try importing(bench, path, "--dry-run")
    #expect(dry.status == 0 && dry.errorText.contains("nothing is recorded"), "\(dry.errorText)")
    #expect(try bench.ledger().count == 6)
    let done = try importing(bench, path)
    #expect(done.status == 0, "\(done.outputText)\(done.errorText)")
    let alerts = try open(bench)
    // Beside the person it is stronger than beside the SK.
    #expect(state(alerts["a1"]) == "letter-requested")
    #expect((alerts["a1"]?["answer"] as? [String: Any])?["reason"] as? String == "nomor 12")
    #expect(state(alerts["b1"]) == "clarified")
    #expect(state(alerts["c1"]) == nil, "what is still missing is no answer")
    #expect((alerts["c1"]?["answer"] as? [String: Any])?["reason"] as? String == "belum ada jawaban")
    #expect(alerts["b2"]?["answer"] is NSNull)
    let count = try bench.ledger().count
    let again = try importing(bench, path)
    #expect(again.status == 0, "\(again.errorText)")
    #expect(try bench.ledger().count == count)
    // The next workbook gives the answers back, and importing it unchanged records nothing.
    let (second, before) = try workbook(bench)
    #expect(before.contains { $0.contains("surat persetujuan diminta: nomor 12 (Kabid Mutasi") }, "\(before)")
    let unchanged = try importing(bench, second)
    #expect(
      unchanged.status == 0 && unchanged.errorText.contains("0 answers recorded"), "\(unchanged.errorText)")
    #expect(try bench.ledger().count == count)
    try bench.expectSound()
  }

  @Test func `Unknown ids, formulas, closed alerts and nonsense are named, and hurt nothing`() throws {
    let bench = try written()
    let alerts = try open(bench)
    func id(_ action: String) -> String { alerts[action]?["alert_id"] as? String ?? "" }
    try bench.run("DELETE FROM hr.act WHERE id = 'c1'")
    try pass(bench)
    let long = String(repeating: "x", count: 40_000)
    let path = try bench.file(
      "answers.csv",
      """
      judul
      ID peringatan;Tanggapan
      \(String(repeating: "f", count: 32));sudah
      bukan-id;sudah
      \(id("a1"));=HYPERLINK("http://jahat.example")
      \(id("a2"));"@SUM(1+1)*cmd|' /C calc'!A0"
      \(id("c1"));sudah
      ;sudah
      \(id("b1"));\(long)
      \(id("b2"));\u{1B}[31mmerah\u{202E}
      \(id("b2"));lain
      '; DROP TABLE freeze_audit.alert_event; --;sudah
      """)
    let result = try importing(bench, path)
    #expect(result.status == 3)
    for expected in [
      "row 3: there is no alert ffff", "row 4: \"bukan-id\"", "row 5: the answer is a formula",
      "row 6: the answer is a formula", "row 7: the alert \(id("c1")) is closed",
      "row 8: this row bears no alert id",
      "row 9: the answer of 40000 characters was cut",
      "row 11: the alert \(id("b2")) has another answer in row 10",
      "row 12",
    ] { #expect(result.errorText.contains(expected), "\(expected) not in \(result.errorText)") }
    #expect(!result.errorText.contains("\u{1B}") && !result.outputText.contains("\u{1B}"))
    let after = try open(bench)
    #expect(state(after["a1"]) == nil && state(after["a2"]) == nil)
    #expect(((after["b1"]?["answer"] as? [String: Any])?["reason"] as? String)?.count == 1000)
    #expect((after["b2"]?["answer"] as? [String: Any])?["reason"] as? String == "\u{FFFD}[31mmerah\u{FFFD}")
    try bench.expectSound()
  }

  @Test func `A file without a column of answers is refused with the way to one`() throws {
    let bench = try written()
    let path = try bench.file("lain.csv", "action_id,kind\na1,mutasi\n")
    let result = try importing(bench, path)
    #expect(result.status == 64 && result.errorText.contains("audit --format xlsx"), "\(result.errorText)")
    #expect(try importing(bench, bench.folder.path + "/tidak-ada.xlsx").status == 69)
  }

  @Test func `Reports show what was answered`() throws {
    let bench = try written()
    _ = try run(
      bench,
      [
        "alerts", "note", "--action", "a1", "--state", "letter-issued", "--author", "Kabid", "--reason",
        "<b>surat</b> Budi Santoso",
      ])
    let json = try bench.command("audit", "--format", "ndjson")
    #expect(json.outputText.contains("\"answers\":[{\"state\":\"letter-issued\",\"author\":\"Kabid\""))
    #expect(try bench.command("audit").outputText.contains("surat persetujuan terbit"))
    let html = try bench.command("audit", "--format", "html").outputText
    #expect(html.contains("surat persetujuan terbit: &lt;b&gt;surat&lt;/b&gt;"))
    #expect(!(try bench.command("audit", "--mask", "--format", "html").outputText.contains("Santoso")))
    #expect(!(try bench.command("alerts", "list", "--mask").outputText.contains("Santoso")))
  }
}
