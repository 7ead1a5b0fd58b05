import Foundation
import TestSupport
import Testing

/// Files as offices have them, after public reports: what was read wrongly once, what was always right, and their like.
@Suite("files as people have them") struct InputFilesTests {
  private static let inputs = repositoryRoot.appendingPathComponent("Tests/HRRecordsTests/Cases/inputs")

  struct Expected: Sendable {
    let file: String
    let status: Int32
    /// Ids with their outcomes, in any order.
    var outcomes: [String: String] = [:]
    /// What must be said somewhere.
    var says: [String] = []
    var more: [String] = []
  }

  private static func inside(_ ids: String...) -> [String: String] {
    Dictionary(uniqueKeysWithValues: ids.map { ($0, "inside") })
  }

  static let cases: [Expected] = [
    Expected(file: "broken/D01-audit-unknown-oath-column.csv", status: 1, outcomes: inside("1")),
    Expected(file: "broken/D03-indonesian-clock.csv", status: 1, outcomes: inside("1", "2", "3", "4")),
    Expected(
      file: "broken/D04-weekday-and-month-names.csv", status: 1,
      outcomes: inside("1", "2", "3", "4", "5", "6", "7", "8")),
    Expected(
      file: "broken/D05-title-rows.csv", status: 1, outcomes: inside("1"), says: ["header stands in line 4"]),
    Expected(file: "broken/D06-sep-line.csv", status: 1, outcomes: inside("1")),
    Expected(
      file: "broken/D07-commas-in-header.csv", status: 1, outcomes: inside("1"),
      says: ["Columns not used: Nama (gelar, depan"]),
    Expected(file: "broken/D08-blank-rows.csv", status: 1, outcomes: inside("1")),
    Expected(
      file: "broken/D10-no-kind-column.csv", status: 78,
      says: ["--kind mutasi", "kind: =mutasi", "--suggest-map"]),
    Expected(
      file: "broken/D10-no-kind-column.csv", status: 1, outcomes: inside("12"),
      more: ["--map", "broken/D10-map.yaml", "--kind", "mutasi"]),
    Expected(
      file: "broken/D11-duplicate-header.csv", status: 78,
      says: ["effective_date: TMT#1", "effective_date: TMT#2"],
      more: ["--map", "broken/D11-map.yaml"]),
    Expected(
      file: "broken/D12-json-by-mistake.csv", status: 78, says: ["this is JSON"]),
    Expected(
      file: "broken/D12-header-with-stray-quote.csv", status: 3,
      says: ["its header, cannot be read", "quotes"]),
    Expected(
      file: "broken/D13-utf16-without-bom.csv", status: 1, outcomes: inside("1"), says: ["UTF-16"]),
    Expected(
      file: "broken/D14-short-rows-excel.csv", status: 3, outcomes: ["1": "inside", "line:3": "unjudgeable"],
      says: ["shorter than the header", "Excel"]),
    Expected(
      file: "broken/D15-siasn-null-mutasi.csv", status: 3,
      outcomes: ["a1": "inside", "a2": "unjudgeable", "a3": "inside"],
      says: ["\"jenisMutasiId\" (kind) is empty in 1 of 3"]),
    Expected(
      file: "broken/D16-serials-two-digit-years.csv", status: 3,
      outcomes: ["1": "unjudgeable", "2": "unjudgeable", "3": "outside", "4": "inside", "5": "unjudgeable"],
      says: ["looks like an Excel serial of 22 March 2024: format the column as a date"]),
    Expected(
      file: "broken/acts-for-approvals.csv", status: 1, outcomes: inside("1"),
      says: ["cannot be read (20/03/2024 besok)"], more: ["--approvals", "unreadable-letter.csv"]),
    Expected(
      file: "broken/acts-for-approvals.csv", status: 0, outcomes: ["1": "approved"],
      more: ["--approvals", "broken/D02-approval-unreadable-date.csv"]),
    Expected(
      file: "broken/acts-for-approvals.csv", status: 0, outcomes: ["1": "approved"],
      more: ["--approvals", "broken/D09-approvals-blank-row.csv"]),
    Expected(file: "held/newline-in-header.csv", status: 1, outcomes: inside("1")),
    Expected(file: "held/cr-only.csv", status: 1, outcomes: inside("1")),
    Expected(file: "held/tabs.csv", status: 1, outcomes: inside("1")),
    Expected(file: "held/double-bom.csv", status: 1, outcomes: inside("1")),
    Expected(file: "held/nip-dots.csv", status: 1, outcomes: inside("1")),
    Expected(file: "held/trailing-empty-columns.csv", status: 1, outcomes: inside("1")),
    Expected(file: "held/phpmyadmin-null.csv", status: 0, outcomes: ["1": "outside", "2": "outside"]),
    Expected(
      file: "held/newline-in-cell-and-open-quote.csv", status: 3,
      outcomes: ["1": "inside", "line:4": "unjudgeable", "3": "inside"]),
    Expected(
      file: "held/libreoffice-id-id.csv", status: 3,
      outcomes: ["1": "inside", "2": "inside", "3": "unjudgeable"]),
    Expected(
      file: "broken/acts-for-approvals.csv", status: 1, outcomes: inside("1"),
      says: ["1 approval lines have a damaged NIP"],
      more: ["--approvals", "held/approvals-scientific-nip.csv"]),
  ]

  @Test("a file gives what it must", arguments: cases)
  func file(_ expected: Expected) throws {
    let place = try Self.place()
    try #require(
      try place.run("audit", expected.file, more: expected.more, format: "table").status == expected.status)
    let said = try place.run("audit", expected.file, more: expected.more, format: "table")
    for words in expected.says {
      #expect(Self.line(said).contains(words), "\(words): \(Self.line(said))")
    }
    guard !expected.outcomes.isEmpty else { return }
    #expect(try place.outcomes(expected.file, expected.more) == expected.outcomes)
  }

  /// Written for this program: siblings of the reported ones.
  static let made: [(text: String, status: Int32, outcomes: [String: String], says: [String])] = [
    // Order of day and month by the column.
    (
      "id;jenis;tgl sk\n1;mutasi;03/25/2024\n2;mutasi;04/03/2024\n3;mutasi;2024-03-22\n", 1,
      ["1": "inside", "2": "inside", "3": "inside"], ["line 2 \"03/25/2024\" can only be month-day-year"]
    ),
    (
      "id;jenis;tgl sk\n1;mutasi;04/03/2024\n2;mutasi;3/25/2024 12:00:00 AM\n3;mutasi;22/03/2024\n", 3,
      ["1": "unjudgeable", "2": "inside", "3": "inside"],
      ["line 3", "line 4", "could be either are not read"]
    ),
    // Of one column only.
    (
      "id;jenis;tgl sk;tmt\n1;mutasi;03/25/2023;04/03/2024\n", 0, ["1": "outside"], ["\"tgl sk\": line 2"]
    ),
    // Columns that are not used.
    (
      "id;jenis;tgl sk;janji jabatan\n1;mutasi;21/03/2024;22/03/2024\n", 3, ["1": "outside"],
      ["Columns not used: janji jabatan", "holds dates (line 2: 22/03/2024)", "ignore: janji jabatan"]
    ),
    (
      "id;jenis;tgl sk;tanggal lahir;umur\n1;mutasi;21/03/2024;22/03/1985;39\n", 0, ["1": "outside"],
      ["Columns not used: tanggal lahir, umur"]
    ),
    ("id;jenis;tgl sk;tgl kumpul\n1;mutasi;21/03/2024;45373\n", 3, ["1": "outside"], ["tgl kumpul"]),
    (
      "id;jenis;tgl sk;rencana dilantik\n1;mutasi;21/03/2024;Jum'at, 22 Maret 2024\n", 1, ["1": "inside"], []
    ),
    ("id;jenis;nosk;tgsk;tmt baru\n1;mutasi;8;21-03-2024;22.03.2024\n", 1, ["1": "inside"], []),
    // The header.
    (
      "No;Nama;NIP;SK;;Jabatan;\n;;;Nomor;Tanggal;Lama;Baru\n1;2;3;4;5;6;7\n1;A;1;800;22/03/2024;Camat X;Camat Y\n",
      1,
      ["line:4": "inside"], ["derived from posts"]
    ),
    (
      "LAPORAN, TAHUN 2024\nPemkab Contoh, BKPSDM\n\nid;jenis;tgl sk\n1;mutasi;22/03/2024\nid;jenis;tgl sk\n2;mutasi;22/03/2024\n",
      1, ["1": "inside", "2": "inside"], ["line 4"]
    ),
    ("id|jenis|tgl sk\n1|mutasi|22/03/2024\n", 1, ["1": "inside"], []),
    ("\"sep=,\"\r\nid,jenis,tgl sk\r\n1,mutasi,22/03/2024\r\n", 1, ["1": "inside"], []),
    ("jenis,tgl sk\nmutasi,22/03/2024\n", 1, ["line:2": "inside"], ["no id column"]),
    (
      "nip,tgl sk,eselon lama,eselon baru\n1,22/03/2024,III.a,IV.a\n", 1, ["line:2": "inside"],
      ["kind is derived"]
    ),
    // Cells.
    (
      "id,jenis,tgl sk,nip\n1,mutasi,\"=\"\"22/03/2024\"\"\",=\"198501012010011001\"\n", 1, ["1": "inside"],
      []
    ),
    (
      "id,jenis,tgl sk\n1,mutasi,#N/A\n2,mutasi,belum ada\n", 3, ["1": "unjudgeable", "2": "unjudgeable"], []
    ),
    ("<table><tr><td>id</td></tr></table>", 78, [:], ["HTML"]),
    ("[{\"id\": 1}]", 78, [:], ["JSON"]),
    ("%PDF-1.4 x", 78, [:], ["PDF"]),
  ]

  @Test("a sibling of a reported file", arguments: made.indices)
  func sibling(_ index: Int) throws {
    let made = Self.made[index]
    let place = try Workplace(["a.csv": made.text])
    let said = try place.run(
      "audit", "a.csv", "--region", "16.05", "--lang", "en", "--known-on", "2026-01-01")
    #expect(said.status == made.status, "\(made.text): \(said.outputText)\(said.errorText)")
    let all = Self.line(said)
    for words in made.says { #expect(all.contains(words), "\(made.text): \(all)") }
    guard !made.outcomes.isEmpty else { return }
    #expect(try place.outcomes("a.csv") == made.outcomes, "\(made.text)")
  }

  @Test("every format tells of a column that is not used and holds dates, and check gives no green light")
  func everywhere() throws {
    let place = try Workplace(["a.csv": "id;jenis;tgl sk;janji\n1;mutasi;21/03/2024;22/03/2024\n"])
    for format in ["table", "json", "ndjson", "csv", "html"] {
      let said = try place.run("audit", "a.csv", "--region", "16.05", "--format", format)
      #expect(said.status == 3)
      #expect((said.outputText + said.errorText).contains("janji"), "\(format)")
    }
    let plan = try place.run("check", "--list", "a.csv", "--region", "16.05", "--lang", "en")
    #expect(
      plan.status == 3 && !plan.outputText.contains("MAY GO AHEAD") && plan.outputText.contains("janji"))
    let ignored = try Workplace([
      "a.csv": "id;jenis;tgl sk;janji\n1;mutasi;21/03/2024;22/03/2024\n", "map.yaml": "ignore: janji\n",
    ])
    #expect(
      try ignored.run("check", "--list", "a.csv", "--map", "map.yaml", "--region", "16.05").status == 0)
  }

  @Test("a map that the program suggests is one that it takes")
  func suggestedMap() throws {
    // What a person has to choose stays unchosen: nothing is called free by a guess.
    let twice =
      "No,NIP,Nama,TMT,No SK,Tgl SK,TMT,Ket\n1,198501012010011001,Budi,2020-01-01,800/1,21/03/2024,22/03/2024,mutasi\n"
    let place = try Workplace(["a.csv": twice])
    #expect(try place.run("audit", "a.csv", "--suggest-map", "-o", "map.yaml").status == 0)
    #expect(try place.run("audit", "a.csv", "--map", "map.yaml", "--region", "16.05").status == 78)
    let map = try place.read("map.yaml").replacing("# effective_date: TMT#2", with: "effective_date: TMT#2")
    try place.write("map.yaml", map)
    #expect(try place.run("audit", "a.csv", "--map", "map.yaml", "--region", "16.05").status == 1)
    for (text, status) in [
      ("urut;apa;kapan dilantik nanti;tgl: kumpul\n1;x;22/03/2024;1/2/2024\n", Int32(3)),
      ("Id;Jenis;\"Tgl \"\"SK\"\"\";#\n1;mutasi;22/03/2024;x\n", 1),
    ] {
      let place = try Workplace(["a.csv": text])
      #expect(try place.run("audit", "a.csv", "--suggest-map", "-o", "map.yaml").status == 0)
      let audit = try place.run("audit", "a.csv", "--map", "map.yaml", "--region", "16.05", "--lang", "en")
      #expect(audit.status == status, "\(text): \(audit.outputText)\(audit.errorText)")
      #expect(audit.outputText.contains("1 of 1 records"))
      let all = try place.read("map.yaml").replacing("# ignore", with: "ignore")
      try place.write("map.yaml", all)
      #expect(try place.run("audit", "a.csv", "--map", "map.yaml", "--region", "16.05").status == 1)
    }
  }

  @Test("a pipe is read like a file, and a line without end fills no memory")
  func pipes() throws {
    let place = try Workplace(["a.csv": "id;jenis;tgl sk\n1;mutasi;03/25/2024\n2;mutasi;04/03/2024\n"])
    let program = try builtExecutable(named: "freeze-auditor").path
    let piped = try runProcess(
      "/bin/sh", ["-c", "cat a.csv | \(program) audit - --region 16.05 --lang en"], directory: place.folder)
    #expect(piped.status == 1 && piped.outputText.contains("2 of 2 records"))
    let endless = try runProcess(
      "/bin/sh",
      [
        "-c",
        "(cat a.csv; head -c 60000000 /dev/zero | tr '\\0' x; echo; echo '3;mutasi;03/26/2024') > b.csv; \(program) audit b.csv --region 16.05 --lang en",
      ], directory: place.folder, timeout: 300)
    #expect(endless.status == 3 && endless.outputText.contains("3 of 4 records"), "\(endless.errorText)")
  }

  /// All that was said, in one line.
  private static func line(_ said: ProcessResult) -> String {
    (said.outputText + said.errorText).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func place() throws -> Workplace {
    let place = try Workplace([
      "unreadable-letter.csv":
        "letter_no;letter_date;nip;post_to\n100.2/9/OTDA;20/03/2024 besok;198501012010011001;Kabid Anggaran\n"
    ])
    for folder in ["broken", "held"] {
      try FileManager.default.copyItem(
        at: inputs.appendingPathComponent(folder), to: place.folder.appendingPathComponent(folder))
    }
    return place
  }
}

extension Workplace {
  fileprivate func run(_ command: String, _ file: String, more: [String], format: String) throws
    -> ProcessResult
  {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      [command, file, "--region", "16.05", "--lang", "en", "--known-on", "2026-01-01", "--format", format]
        + more,
      directory: folder, timeout: 60)
  }

  /// Every record of a file with its outcome.
  fileprivate func outcomes(_ file: String, _ more: [String] = []) throws -> [String: String] {
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["audit", file, "--region", "16.05", "--known-on", "2026-01-01", "--format", "ndjson", "--show", "all"]
        + more,
      directory: folder, timeout: 60)
    var outcomes: [String: String] = [:]
    for line in result.outputText.split(separator: "\n") {
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let id = record?["action_id"] as? String { outcomes[id] = record?["outcome"] as? String }
    }
    return outcomes
  }
}
