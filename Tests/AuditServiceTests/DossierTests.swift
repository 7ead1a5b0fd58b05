import Foundation
import TestSupport
import Testing

/// What an examiner takes away: checked as the page in the folder says, by public tools alone.
@Suite struct DossierTests {
  private static let name = "Budi Santoso"
  private static let nip = "198001012006041001"

  /// Two people on one SK, one on another after it; a daemon has told them, and there is a key.
  private func written() throws -> Bench {
    let bench = try Bench()
    try bench.insert(["r1", "r2", "r3"])
    try bench.run(
      """
      UPDATE hr.act SET decree_no = '821.2/1/BKD/2024', inaugurated_on = '2024-05-03', post_to = 'Camat' WHERE id <> 'r3';
      UPDATE hr.act SET nip = '\(Self.nip)', employee_name = '\(Self.name)' WHERE id = 'r1';
      UPDATE hr.act SET nip = '197501012000031002', employee_name = '<b>Siti</b> Aminah' WHERE id = 'r2';
      UPDATE hr.act SET employee_name = 'Orang Lain' WHERE id = 'r3'
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    let made = try runProcess(
      Bench.executable,
      [
        "alerts", "keygen", "--output", bench.folder.path + "/signing-key", "--name",
        "bkpsdm.example.go.id",
      ])
    try bench.file("examiner.pub", made.outputText)
    return bench
  }

  private func dossier(
    _ bench: Bench, _ name: String, _ arguments: [String], exit: Int32 = 1, lang: String = "en"
  )
    throws -> String
  {
    let folder = bench.folder.path + "/" + name
    let result = try runProcess(
      Bench.executable,
      ["dossier", "--output", folder, "--config", bench.configPath, "--lang", lang] + arguments)
    #expect(result.status == exit, "\(result.outputText)\(result.errorText)")
    return folder
  }

  /// The commands of the page, run in the folder.
  private func check(_ folder: String) throws -> ProcessResult {
    let page = try String(contentsOfFile: folder + "/VERIFY.txt", encoding: .utf8)
    let commands = page.split(separator: "\n").filter { $0.hasPrefix("    ") }.map {
      $0.dropFirst(4)
    }
    let script = "set -eu; cd \"$1\"\n" + commands.joined(separator: "\n")
    return try runProcess("/bin/sh", ["-c", script, "sh", folder])
  }

  private func text(_ folder: String, _ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  @Test func `A masked dossier holds one SK, checks out by its own page, and shows nobody`() throws {
    let bench = try written()
    // In another spelling.
    let folder = try dossier(bench, "masked", ["--decree", "sk 821.2/1/bkd/2024"])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(
      names == [
        "SHA256SUMS", "VERIFY.txt", "calendar.yaml", "chain.ndjson", "checkpoint.note",
        "events.ndjson",
        "records.json", "rules.yaml", "sheet.html", "sheet.xlsx",
      ])
    let checked = try check(folder)
    #expect(checked.status == 0, "\(checked.outputText)\(checked.errorText)")
    #expect(checked.outputText.contains("Signature Verified Successfully"))

    for name in names where name != "sheet.xlsx" {
      let text = try text(folder, name)
      for secret in [Self.name, Self.nip, "Siti", "197501012000031002", "Orang Lain"] {
        #expect(!text.contains(secret), "\(name) \(secret)")
      }
    }
    let sheet = try text(folder, "sheet.html")
    for said in [
      "821.2/1/BKD/2024", "NIP and names are masked", "B*** S***", "inauguration date",
      "3 May 2024", "→ Camat",
      "no written approval", "2 inside the frozen period", "checkpoint.note",
    ] {
      #expect(sheet.contains(said), "\(said) in\n\(sheet)")
    }
    let json =
      try JSONSerialization.jsonObject(with: Data(text(folder, "records.json").utf8))
      as? [String: Any]
    let records = try #require(json?["records"] as? [[String: Any]])
    #expect(records.count == 2 && json?["personal_data"] as? String == "masked")
    for record in records {
      #expect((record["derivation"] as? [String])?.contains { $0.contains("Pasal 71") } == true)
      #expect((record["became_known"] as? String)?.hasPrefix("20") == true)
    }
    #expect(try text(folder, "events.ndjson").split(separator: "\n").count == 2)
  }

  @Test
  func `A full dossier with its chain is computed again from the first event to the signed head`()
    throws
  {
    let bench = try written()
    let folder = try dossier(bench, "full", ["--decree", "821.2/1/BKD/2024", "--full", "--chain"])
    let checked = try check(folder)
    #expect(checked.status == 0, "\(checked.outputText)\(checked.errorText)")
    let sheet = try text(folder, "sheet.html")
    #expect(
      sheet.contains(Self.name) && sheet.contains("in FULL") && sheet.contains("&lt;b&gt;Siti"))
    #expect(try text(folder, "chain.ndjson").contains("Orang Lain"))

    // A changed byte of any file is found, by its sum.
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name != "SHA256SUMS" {
      let url = URL(fileURLWithPath: folder + "/" + name)
      let kept = try Data(contentsOf: url)
      var changed = kept
      changed[changed.count / 2] ^= 1
      try changed.write(to: url)
      #expect(try check(folder).status != 0, "\(name)")
      try kept.write(to: url)
    }
    #expect(try check(folder).status == 0)

    // Whoever makes the sums fit again is found by the event's own hash, by the links, or by the signature.
    for (name, old, new) in [
      ("events.ndjson", "2024-05-03", "2024-01-03"), ("chain.ndjson", "2024-05-03", "2024-01-03"),
      ("chain.ndjson", "\"seq\":2", "\"seq\":5"), ("checkpoint.note", "\n3\n", "\n4\n"),
    ] {
      let url = URL(fileURLWithPath: folder + "/" + name)
      let kept = try Data(contentsOf: url)
      let changed = String(decoding: kept, as: UTF8.self).replacingOccurrences(of: old, with: new)
      #expect(Data(changed.utf8) != kept)
      try Data(changed.utf8).write(to: url)
      let sums =
        "cd \"$1\" && find . -type f ! -name SHA256SUMS -printf '%P\\n' | xargs sha256sum > ../sums && mv ../sums SHA256SUMS"
      #expect(try runProcess("/bin/sh", ["-c", sums, "sh", folder]).status == 0)
      let result = try check(folder)
      #expect(result.status != 0, "\(name) \(old)\n\(result.outputText)")
      try kept.write(to: url)
    }
  }

  @Test func `One record, without a key, without the ledger, from a file`() throws {
    let bench = try written()
    try FileManager.default.removeItem(atPath: bench.folder.path + "/signing-key")
    var folder = try dossier(bench, "one", ["--action", "r3"])
    #expect(try text(folder, "sheet.html").contains("NOT signed"))
    #expect(try check(folder).status == 0)
    #expect(try text(folder, "records.json").contains("\"action_id\":\"r3\""))

    folder = try dossier(bench, "bare", ["--action", "r3", "--without-ledger"])
    #expect(try text(folder, "VERIFY.txt").contains("made without the ledger"))
    #expect(try check(folder).status == 0)
    let csv = try bench.file(
      "acts.csv",
      "action_id,kind,decree_no,decree_date\na,mutasi,5,2024-05-02\nb,mutasi,5,2023-01-02\n")
    folder = try dossier(
      bench, "file", [csv, "--decree", "5", "--decree-date", "2024-05-02", "--without-ledger"])
    #expect(try check(folder).status == 0)
  }

  @Test func `What cannot be made is said, and leaves nothing behind`() throws {
    let bench = try written()
    let csv = try bench.file(
      "acts.csv",
      "action_id,kind,decree_no,decree_date\na,mutasi,5,2024-05-02\nb,mutasi,5,2023-01-02\n")
    for (arguments, said) in [
      (["--decree", "999"], "no record on the decree \"999\""),
      (["--action", "nobody"], "no record with the action_id"),
      (
        [csv, "--decree", "5", "--without-ledger"],
        "2023-01-02, 2024-05-02; choose with --decree-date"
      ),
      (["--decree", "5", "--action", "r1"], "name one of them"), ([], "name one of them"),
      (["--action", "r1", "--chain"], "give --full"),
      (["--action", "r1", "--full", "--mask"], "exclude each other"),
    ] {
      let folder = bench.folder.path + "/none"
      let result = try runProcess(
        Bench.executable,
        ["dossier", "--output", folder, "--config", bench.configPath, "--lang", "en"] + arguments)
      #expect(
        result.status == 64 && result.errorText.contains(said), "\(arguments) \(result.errorText)")
      #expect(!FileManager.default.fileExists(atPath: folder))
    }
    let folder = try dossier(bench, "twice", ["--action", "r1"])
    let before = try text(folder, "SHA256SUMS")
    _ = try dossier(bench, "twice", ["--action", "r1"], exit: 64)
    #expect(try text(folder, "SHA256SUMS") == before)
    // The ledger is away: nothing half made.
    let away = bench.folder.path + "/away"
    let result = try runProcess(
      Bench.executable,
      ["dossier", "--action", "r1", "--output", away, "--config", bench.configPath],
      environment: ["FREEZE_AUDITOR_LEDGER_CONNINFO": "host=/nirgends dbname=x"])
    #expect(
      result.status == 74 && !FileManager.default.fileExists(atPath: away), "\(result.errorText)")
  }

  @Test
  func
    `The papers for outsiders name the source and the office's day, and nothing of the database`()
    throws
  {
    let bench = try written()
    let decree = ["--decree", "821.2/1/BKD/2024", "--forms"]
    let folder = try dossier(bench, "papers", decree, lang: "id")
    for name in [
      "sheet.html", "temuan.html", "form-a.html", "laporan-menteri.html", "records.json",
    ] {
      let page = try text(folder, name)
      #expect(page.contains("simpeg (freeze_audit.personnel_action)"), "\(name): \(page)")
      for secret in ["host=", "port=", "user=", "dbname="] {
        #expect(!page.contains(secret), "\(name): \(secret)")
      }
      #expect(!page.lowercased().contains("menurut yang diketahui"), "\(name)")
    }
    for name in ["sheet.html", "temuan.html"] {
      let page = try text(folder, name)
      #expect(
        page.contains(" WIB") && page.firstMatch(of: #/\d{4}-\d\d-\d\dT\d\d/#) == nil, "\(page)")
    }
    let sheet = try text(folder, "sheet.html")
    #expect(sheet.contains("Berdasarkan jadwal dan ketentuan per"))
    // What holds no date of the decree stands apart, or not at all.
    let windows = try #require(sheet.components(separatedBy: "<dt>Masa larangan</dt>").last)
    #expect(
      windows.prefix { $0 != "\n" }.components(separatedBy: "dihitung dari").count == 2,
      "\(windows)")
    #expect(try text(folder, "VERIFY.txt").contains("3. Peristiwa SK ini"))
    // Without a key there is one step less.
    try FileManager.default.removeItem(atPath: bench.folder.path + "/signing-key")
    let unsigned = try text(
      try dossier(bench, "unsigned", decree + ["--full"], lang: "id"), "VERIFY.txt")
    let numbers = unsigned.matches(of: #/(?m)^(\d)\. /#).map { String($0.1) }
    #expect(
      numbers == ["1", "2", "3"] && unsigned.contains("kepala dalam head.json"), "\(unsigned)")
  }

  @Test
  func `Forms are filled from the facts, in the sums of the folder, and a site may bring its own`()
    throws
  {
    let bench = try written()
    let decree = ["--decree", "821.2/1/BKD/2024"]
    let folder = try dossier(bench, "forms", decree + ["--forms", "--full"])
    for name in ["form-a", "temuan", "laporan-menteri"] {
      let page = try text(folder, name + ".html")
      #expect(page.contains("821.2/1/BKD/2024") && page.contains(Self.name), "\(page)")
      #expect(page.contains("&lt;b&gt;Siti&lt;/b&gt;") && !page.contains("<b>"))
      #expect(page.contains("(diisi oleh"))
      #expect(try text(folder, "SHA256SUMS").contains("  \(name).docx\n"))
    }
    // The day it became known to the supervisor is theirs to say; the ledger's is told beside it.
    let finding = try text(folder, "temuan.html")
    #expect(
      finding.contains(
        "Hari diketahui pengawas (7 hari berjalan dari hari ini)</th><td><span class=\"blank\">"))
    #expect(try text(folder, "laporan-menteri.html").contains("14 Mei 2024"))
    #expect(try check(folder).status == 0)
    let masked = try dossier(bench, "masked-forms", decree + ["--forms"])
    for name in ["form-a", "temuan", "laporan-menteri"] {
      #expect(!(try text(masked, name + ".html").contains(Self.name)))
    }

    let own = bench.folder.path + "/own"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    func template(_ name: String, _ text: String) throws { try bench.file("own/" + name, text) }
    try template("undangan.txt", "# Undangan klarifikasi\n{{nomor_sk}} {{isian / Inspektorat}}\n")
    let more = try dossier(bench, "own-forms", decree + ["--templates", own])
    #expect(try text(more, "undangan.html").contains("diisi oleh Inspektorat"))
    #expect(FileManager.default.fileExists(atPath: more + "/form-a.docx"))
    // The folder of the configuration, where nobody names another.
    let plain = try String(contentsOfFile: bench.configPath, encoding: .utf8)
    func configured(_ folder: String) throws {
      try bench.file("config.yaml", plain + "report: {templates: \(folder)}\n")
    }
    try configured("own")
    let theirs = try dossier(bench, "configured-forms", decree + ["--forms"])
    #expect(try text(theirs, "undangan.html").contains("diisi oleh Inspektorat"))
    #expect(
      !FileManager.default.fileExists(
        atPath: try dossier(bench, "no-forms", decree) + "/undangan.html"))
    try FileManager.default.createDirectory(
      atPath: bench.folder.path + "/empty", withIntermediateDirectories: true)
    func checked(_ arguments: String...) throws -> ProcessResult {
      try runProcess(
        Bench.executable,
        ["check-config", "--config", bench.configPath, "--lang", "en"] + arguments)
    }
    let printed = try checked("--print")
    #expect(
      printed.status == 0 && printed.outputText.contains("report.templates: own  # "),
      "\(printed.outputText)"
    )
    for missing in ["empty", "nowhere"] {
      try configured(missing)
      let result = try checked()
      #expect(
        result.status == 78
          && result.errorText.contains("/\(missing): report.templates: no folder"),
        "\(result.errorText)")
      // A folder that a person names goes before it.
      _ = try dossier(bench, "over-\(missing)", decree + ["--templates", own])
    }
    try bench.file("config.yaml", plain)
    func refused(_ name: String, _ status: Int32) throws -> String {
      let result = try runProcess(
        Bench.executable,
        [
          "dossier", "--output", bench.folder.path + "/" + name, "--config", bench.configPath,
          "--lang", "en",
        ]
          + decree + ["--templates", own])
      #expect(result.status == status, "\(result.errorText)")
      #expect(!FileManager.default.fileExists(atPath: bench.folder.path + "/" + name))
      return result.errorText
    }
    try template("temuan.txt", "# Temuan\n{{peristiwa}}\n")
    #expect(try refused("bad", 78).contains("own/temuan.txt: does not hold {{hari_peristiwa}}"))
    try template("temuan.txt", "{{peristiwaa}}\n")
    #expect(try refused("bad", 78).contains("own/temuan.txt:1: unknown field {{peristiwaa}}"))
    try FileManager.default.removeItem(atPath: own + "/temuan.txt")
    try template("sheet.txt", "x")
    #expect(try refused("bad", 64).contains("another file's of the dossier"))
    try FileManager.default.removeItem(atPath: own)
    #expect(try refused("bad", 64).contains("no folder, or no file *.txt"))
  }
}
