import AuditBase
import Foundation
import Glibc
import FreezeRules
import TestSupport
import Testing

@testable import freeze_auditor

@Suite struct AuditTests {
  /// Every row of the table of real cases, one run per day of knowledge, by the shipped calendar.
  @Test func everyRealCaseComesOutAsExpected() throws {
    let cases = repositoryRoot.appendingPathComponent("Tests/RuleFilesTests/Cases/real-cases.csv")
    let rows = table(String(decoding: try Data(contentsOf: cases), as: UTF8.self))
    // The act that 2024-14r undoes is not in the table; where it is in no source, it would be an act like any other.
    let text =
      String(decoding: try Data(contentsOf: cases), as: UTF8.self)
      + "2024-14,the act undone,52.05,mutasi,2024-03-21,,2024-03-22,,,,II.b,II.b,,,,2026-11-22,,,,\n"
    let place = try Workplace([
      "cases.csv": text, "map.yaml": "action_id: case_id\n",
    ])
    #expect(rows.count == 29)
    var seen = 0
    for day in Set(rows.compactMap { $0["known_on"] }) {
      let findings = try place.findings([
        "--csv", "cases.csv", "--map", "map.yaml", "--known-on", day, "--show", "all",
      ])
      #expect(findings.count == rows.count + 1, "nothing is dropped")
      for row in rows where row["known_on"] == day {
        let id = row["case_id"] ?? ""
        let finding = try #require(findings.first { $0["action_id"] as? String == id }, "\(id)")
        let verdicts = finding["verdicts"] as? [[String: Any]] ?? []
        let verdict = verdicts.first { $0["rule"] as? String == row["expect_rule"] }
        #expect(verdict?["outcome"] as? String == row["expect_outcome"], "\(id): \(row["why"] ?? "")")
        if row["expect_boundary_day"] == "true" {
          #expect(verdict?["boundary_day"] as? Bool == true, "\(id)")
        }
        seen += 1
      }
    }
    #expect(seen == rows.count)
  }

  @Test func exitStatusesAreThoseOfTheContract() throws {
    let place = try Workplace([
      "free.csv": "action_id,kind,decree_date\n1,mutasi,2023-01-01\n",
      "found.csv": "action_id,kind,decree_date\n1,mutasi,2024-04-01\n",
      "part.csv": "action_id,kind,decree_date\n1,mutasi,2024-04-01\n2,mutasi,\n",
      "empty.csv": "action_id,kind,decree_date\n", "bad.csv": "foo,bar\n1,2\n", "nothing.csv": "",
      "bad.yaml": "elections: 7\n",
    ])
    #expect(try place.run("audit", "--csv", "free.csv").status == 0)
    #expect(try place.run("audit", "--csv", "found.csv", "--region", "16.05").status == 1)
    #expect(try place.run("audit", "--csv", "part.csv").status == 3)
    #expect(try place.run("audit", "--csv", "empty.csv").status == 3)
    #expect(try place.run("audit", "--csv", "nothing.csv").status == 3)
    #expect(try place.run("audit", "--csv", "bad.csv").status == 78)
    #expect(try place.run("audit", "--csv", "gone.csv").status == 69)
    #expect(try place.run("audit", "--csv", "free.csv", "--calendar", "bad.yaml").status == 78)
    #expect(try place.run("audit", "--csv", "free.csv", "--election", "pilkada-1999").status == 64)
    #expect(try place.run("audit", "--csv", "free.csv", "--known-on", "32-03-2024").status == 64)
    #expect(try place.run("audit", "--csv", "free.csv", "--db", "dbname=x").status == 64)
    #expect(
      try place.run("audit", "--csv", "free.csv", "--determination", "pilkada-9=2024-01-01").status == 64)
  }

  @Test func aMaskedReportHidesTheRawTextOfALineThatCannotBeRead() throws {
    let place = try Workplace([
      "a.csv":
        "action_id,kind,decree_date,nip,employee_name\n2,mutasi,2024-05-01,198501012010011002,Siti, S.Pd\n"
    ])
    for format in ["table", "json", "ndjson", "csv", "html"] {
      let masked = try place.run("audit", "--csv", "a.csv", "--mask", "--format", format)
      #expect(masked.status == 3 && masked.outputText.contains("line:2"))
      #expect(!masked.outputText.contains("1985") && !masked.outputText.contains("Siti"), "\(format)")
    }
    let explained = try place.run("explain", "line:2", "--csv", "a.csv", "--mask")
    #expect(!explained.outputText.contains("1985") && explained.outputText.contains("***"))
  }

  @Test func nothingWrittenAsAWordIsNothing() throws {
    let cells = ["null", "NULL", "\\N", "-", "(null)", " "]
    let rows = cells.enumerated().map {
      "\($0.offset),mutasi,2024-05-17,\($0.element),\($0.element),\($0.element)"
    }
    let place = try Workplace([
      "a.csv": "action_id,kind,decree_date,revokes,approval_no,region_code\n" + rows.joined(separator: "\n")
        + "\n",
      "b.csv": "action_id,kind,decree_date,nip,post_to\n1,mutasi,2024-05-17,198501012010011005,Camat\n",
      "letters.csv":
        "letter_no,letter_date,nip,post_to,region_code\nL/5,2024-05-10,198501012010011005,-,NULL\n",
    ])
    let found = try place.findings(["--csv", "a.csv", "--region", "33.74"])
    #expect(found.count == cells.count)
    for record in found {
      #expect(record["outcome"] as? String == "inside" && record["region"] as? String == "33.74", "\(record)")
    }
    #expect(
      try place.findings(["--csv", "b.csv", "--approvals", "letters.csv", "--region", "33.74"]).isEmpty)
  }

  @Test(arguments: [("34", "outside"), (" 34 ", "outside"), ("1902", "inside"), ("19.01 ", "inside")])
  func aRegionIsReadAsTheMinistryWritesIt(_ code: String, _ outcome: String) throws {
    let place = try Workplace([
      "a.csv": "action_id,kind,decree_date,region_code\n1,mutasi,2025-08-10,\n2,mutasi,2025-08-10,\(code)\n"
    ])
    let found = try place.findings(["--csv", "a.csv", "--region", code, "--show", "all"])
    #expect(found.map { $0["outcome"] as? String } == [outcome, outcome])
    #expect(try place.run("audit", "--csv", "a.csv", "--region", "xyz").status == 64)
  }

  @Test func errorsAreOneSentenceWithTheMend() throws {
    let place = try Workplace([
      "a.csv": "action_id,kind,decree_date\n1,mutasi,2023-01-01\n", "book.csv": "PK\u{3}\u{4}xx",
    ])
    let wrong = try place.run("audit", "--csv", "a.csv", "--knwon-on", "2024-01-01")
    #expect(wrong.status == 64 && wrong.errorText.contains("Maksud Anda '--known-on'?"))
    let book = try place.run("audit", "--csv", "book.csv", "--lang", "en")
    #expect(book.errorText.contains("without --csv") && book.errorText.split(separator: "\n").count == 1)
    let gone = try place.run("audit", "--csv", "gone.csv", "--lang", "en")
    #expect(gone.errorText.contains("gone.csv") && gone.errorText.split(separator: "\n").count == 1)
    let election = try place.run("audit", "--csv", "a.csv", "--election", "pilkada-24", "--lang", "en")
    #expect(election.errorText.contains("pilkada-2024") && election.outputText.isEmpty)
    let separator = try place.run("audit", "--csv", "a.csv", "--csv-separator", "|")
    #expect(separator.status == 64 && separator.errorText.contains("semicolon"))
  }

  @Test func aReportAppearsWholeOrNotAtAll() throws {
    let place = try Workplace([
      "a.csv": "action_id,kind,decree_date\n1,mutasi,2024-04-01\n", "bad.csv": "foo\n1\n",
      "report.json": "the one before",
    ])
    #expect(
      try place.run("audit", "--csv", "bad.csv", "--format", "json", "--output", "report.json").status == 78)
    #expect(try place.read("report.json") == "the one before")
    let result = try place.run(
      "audit", "--csv", "a.csv", "--region", "16.05", "--format", "json", "--output", "report.json")
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(try object(try place.read("report.json"))["complete"] as? Bool == true)
    let files = try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
    #expect(files == ["a.csv", "bad.csv", "report.json"], "nothing half-written is left")
    // What was laid out at the name is replaced, never followed or filled.
    let target = place.folder.path + "/target"
    symlink(target, place.folder.path + "/prepared.json")
    #expect(
      try place.run("audit", "--csv", "a.csv", "--region", "16.05", "--output", "prepared.json").status == 1)
    #expect(!FileManager.default.fileExists(atPath: target))
    try "not ours".write(toFile: target, atomically: true, encoding: .utf8)
    symlink(target, place.folder.path + "/again.json")
    #expect(
      try place.run("audit", "--csv", "a.csv", "--region", "16.05", "--output", "again.json").status == 1)
    #expect(try place.read("target") == "not ours")
    if geteuid() == 0 {
      let pipe = place.folder.path + "/pipe"
      mkfifo(pipe, 0o666)
      chown(pipe, 65_534, 65_534)
      #expect(try place.run("audit", "--csv", "a.csv", "--region", "16.05", "--output", "pipe").status == 1)
      #expect(try !place.read("pipe").isEmpty, "a file of our own took its place")
    }
    #expect(
      try !place.run("audit", "--csv", "a.csv", "--region", "16.05", "--output", "/dev/stdout").output.isEmpty
    )
    let nowhere = try place.run("audit", "--csv", "a.csv", "--output", "no/such/folder/x.txt", "--lang", "en")
    #expect(nowhere.status != 0 && nowhere.errorText.contains("no/such/folder/x.txt"))
  }

  @Test(
    arguments: [
      (0, nil, 1.0, "0 catatan · 0/detik"),
      (1_234_567, 0.25, 10.0, "[#####---------------] 25 % · 1.234.567 catatan · 123.456/detik · sisa 0:30"),
      (5, 1.7, 2.0, "[####################] 100 % · 5 catatan · 2/detik · sisa 0:00"),
    ] as [(Int, Double?, Double, String)])
  func progressIsOneLine(_ records: Int, _ fraction: Double?, _ elapsed: Double, _ expected: String) {
    let progress = freeze_auditor.Progress(records: records, fraction: fraction)
    #expect(progress.line(elapsed: elapsed, width: 100, .indonesian) == expected)
    #expect(progress.line(elapsed: elapsed, width: 20, .english).count < 20)
  }

  @Test func aLongRunOnATerminalShowsItsProgressAndTakesItAway() throws {
    let place = try Workplace()
    let acts = (1...150_000).map { "a\($0),mutasi,2011-03-\($0 % 28 + 1)" }.joined(separator: "\n")
    try place.write("acts.csv", "action_id,kind,decree_date\n" + acts + "\n")
    let program = try builtExecutable(named: "freeze-auditor").path
    // script(1) gives the program a terminal; what the program wrote to it comes out of script.
    let result = try runProcess(
      try #require(findExecutable("script")),
      ["-qec", "'\(program)' audit --csv acts.csv --output out.txt", "/dev/null"], directory: place.folder,
      timeout: 120)
    #expect(result.status == 0)
    let frames = result.outputText.components(separatedBy: "\r\u{1B}[K").filter { $0.hasPrefix("[") }
    #expect(frames.count > 1, "\(result.outputText)")
    for frame in frames {
      #expect(
        frame.contains(#/^\[#*-*\] \d+ % · [\d.]+ catatan · [\d.]+\/detik( · sisa \d+:\d\d)?$/#), "\(frame)")
    }
    #expect(Array(result.output.suffix(4)) == Array("\r\u{1B}[K".utf8), "nothing is left on the line")
    #expect(try !place.read("out.txt").contains("\u{1B}"))
  }

  @Test func standardInputIsReadAndProgressIsSilentWithoutATerminal() throws {
    let place = try Workplace()
    let text = "action_id,kind,decree_date\n" + (1...20_000).map { "\($0),mutasi,2023-01-01\n" }.joined()
    let result = try place.run("audit", "--csv", "-", input: Data(text.utf8))
    #expect(result.status == 0 && result.errorText.isEmpty)
    #expect(result.outputText.contains("Tidak ada yang perlu diklarifikasi, dari 20.000 catatan"))
  }

  @Test func aMappingFileNamesHeadersInEitherDirection() throws {
    let place = try Workplace([
      "a.csv": "urut;apa;lantik\n1;mutasi;22-03-2024\n",
      "one.yaml": "action_id: urut\nkind: apa\ninaugurated_on: lantik\n",
      "two.yaml": "columns:\n  urut: action_id\n  apa: kind\n  lantik: inaugurated_on\n",
      "bad.yaml": "urut: nomor\n",
      "twice.yaml": "urut: action_id\napa: action_id\n", "gone.yaml": "kind: jenis\n",
    ])
    for map in ["one.yaml", "two.yaml"] {
      let findings = try place.findings(["--csv", "a.csv", "--map", map, "--region", "16.05"], status: 1)
      #expect(findings.first?["inaugurated_on"] as? String == "2024-03-22")
    }
    for (map, word) in [("bad.yaml", "nomor"), ("twice.yaml", "action_id"), ("gone.yaml", "jenis")] {
      let result = try place.run("audit", "--csv", "a.csv", "--map", map, "--lang", "en")
      #expect(result.status == 78 && result.errorText.contains(word), "\(result.errorText)")
    }
    #expect(try place.run("audit", "--csv", "a.csv", "--lang", "en").errorText.contains("--map"))
    #expect(try place.run("audit", "--map", "one.yaml").status == 64)
  }

  @Test func theSampleIsReadBackInEverySeparator() throws {
    let place = try Workplace()
    for separator in [",", ";", "tab"] {
      #expect(
        try place.run("audit", "--sample", "--csv-separator", separator, "--output", "s.csv").status == 0)
      let findings = try place.findings(["--csv", "s.csv", "--show", "all"], status: 3)
      #expect(findings.count == 8)
      #expect(Set(findings.compactMap { $0["outcome"] as? String }).count == 6)
    }
    // Under the headers of an office, or the contract's names: the same acts.
    _ = try place.run("audit", "--sample", "--lang", "en", "--output", "e.csv")
    #expect(try place.read("e.csv").contains("action_id,kind,decree_no"))
    _ = try place.run("audit", "--sample", "--output", "s.csv")
    #expect(try place.read("s.csv").contains("ID,Jenis,No SK,Tgl SK,TMT,Tgl Pelantikan"))
    let both = try ["e.csv", "s.csv"].map {
      try place.run("audit", $0, "--format", "ndjson", "--show", "all")
    }
    #expect(both[0].outputText == both[1].outputText && both[0].errorText == both[1].errorText)
  }

  @Test("several sessions give the report of one, and a server without shared snapshots is read by one")
  func workersShareOneReading() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run(
      """
      CREATE TABLE public.act AS SELECT 'a' || n AS action_id, 'mutasi' AS kind, CASE WHEN n % 40 = 0 THEN '2015-01-01'::date + n % 3900 ELSE '2010-01-01' END
        AS decree_date FROM generate_series(1, 120000) AS n;
      CREATE SCHEMA freeze_audit;
      CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM public.act;
      GRANT USAGE ON SCHEMA freeze_audit TO PUBLIC;
      GRANT SELECT ON freeze_audit.personnel_action TO PUBLIC;
      """)
    func audit(_ conninfo: String, _ workers: String) throws -> (
      status: Int32, lines: [String], errors: String
    ) {
      let result = try Workplace().run(
        "audit", "--db", conninfo, "--region", "33.74", "--format", "ndjson", "--workers", workers, "--lang",
        "en")
      return (
        result.status, result.outputText.split(separator: "\n").map(String.init).sorted(), result.errorText
      )
    }
    func set(_ settings: String...) throws {
      try database.run(settings.map { "ALTER DATABASE \"\(database.name)\" SET \($0);" }.joined())
    }
    try set("max_parallel_workers_per_gather = 0")
    let one = try audit(database.socketConninfo, "1")
    // Around the oaths of 2016 and 2021, whose days no source has, nothing can be said.
    #expect(one.status == 3 && one.lines.count > 100)
    let shared = try audit(database.socketConninfo, "3")
    #expect(shared == one)
    // Several sessions would each do again what the server's own processes share.
    try set(
      "max_parallel_workers_per_gather = 2", "min_parallel_table_scan_size = 0", "parallel_setup_cost = 0",
      "parallel_tuple_cost = 0")
    let byServer = try audit(database.socketConninfo, "3")
    #expect(
      byServer.lines == one.lines && byServer.errors.contains("in parallel by itself; read by one session"))
    try set("max_parallel_workers_per_gather = 0")
    // A key whose text the server does not take back has no ranges.
    try database.run(
      """
      DROP VIEW freeze_audit.personnel_action;
      CREATE TYPE public.pair AS (a text, b int);
      CREATE VIEW freeze_audit.personnel_action AS SELECT ROW(action_id, 1)::public.pair AS action_id, kind, decree_date FROM public.act;
      GRANT SELECT ON freeze_audit.personnel_action TO PUBLIC
      """)
    let single = try audit(database.socketConninfo, "1")
    let composite = try audit(database.socketConninfo, "3")
    #expect(single.status == 3 && composite.lines == single.lines)
    try database.run(
      """
      DROP VIEW freeze_audit.personnel_action;
      CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM public.act;
      GRANT SELECT ON freeze_audit.personnel_action TO PUBLIC
      """)
    let role = "reader_\(UUID().uuidString.prefix(8).lowercased())"
    try database.run("CREATE ROLE \(role) LOGIN; REVOKE EXECUTE ON FUNCTION pg_export_snapshot() FROM PUBLIC")
    let alone = try audit(database.socketConninfo(user: role), "3")
    #expect(alone.lines == one.lines && alone.errors.contains("no shared snapshot; read by one session"))
    try database.run("DROP ROLE \(role)")
    #expect(try Workplace().run("audit", "--csv", "x.csv", "--workers", "2").status == 64)
    #expect(try Workplace().run("audit", "--workers", "0").status == 64)
  }

  @Test("what the server remarks while it is read appears nowhere, since it may quote data")
  func noticesAreNotPrinted() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run(
      """
      CREATE FUNCTION public.remark(text) RETURNS text LANGUAGE plpgsql AS
        $$ BEGIN RAISE WARNING 'Siti was here'; RETURN $1; END $$;
      CREATE SCHEMA freeze_audit;
      CREATE VIEW freeze_audit.personnel_action AS
        SELECT public.remark('a1') AS action_id, 'mutasi' AS kind, date '2024-05-01' AS decree_date
      """)
    let result = try Workplace().run(
      "audit", "--db", database.socketConninfo, "--region", "33.74", "--show", "all", "--format", "ndjson")
    #expect(result.status == 1 && result.outputText.contains("a1"), "\(result.outputText)\(result.errorText)")
    #expect(!(result.outputText + result.errorText).contains("Siti"))
  }
}

@Suite struct WhatIfTests {
  static let acts =
    "action_id,kind,decree_date,region_code\n1,mutasi,2024-04-01,16.05\n2,mutasi,2024-10-01,16.05\n"

  @Test func aMovedDeterminationJudgesAgainAndSaysSo() throws {
    let place = try Workplace(["a.csv": Self.acts])
    #expect(try place.findings(["--csv", "a.csv"]).compactMap { $0["action_id"] as? String } == ["1", "2"])
    let moved = ["--csv", "a.csv", "--determination", "pilkada-2024=2024-11-22"]
    let findings = try place.findings(moved)
    #expect(findings.compactMap { $0["action_id"] as? String } == ["2"])
    let verdict = (findings[0]["verdicts"] as? [[String: Any]])?.first
    #expect(
      verdict?["determination"] as? String == "2024-11-22" && verdict?["opens"] as? String == "2024-05-22")
    let text = try place.run(
      "audit", "--csv", "a.csv", "--determination", "pilkada-2024=2024-11-22", "--lang", "en")
    #expect(
      text.outputText.contains("WHAT IF: the determination of pilkada-2024 is taken to be 22 November 2024"))
    let json = try object(
      try place.run(
        "audit", "--csv", "a.csv", "--format", "json", "--determination", "pilkada-2024=2024-11-22"
      ).outputText)
    #expect((json["assumed"] as? [[String: Any]])?.first?["determination"] as? String == "2024-11-22")
  }

  /// The schedule of 2020 moved on 2020-06-12: an act of 1 February became free, one of 10 September frozen.
  @Test func twoStatesOfKnowledgeAreCompared() throws {
    let place = try Workplace([
      "a.csv":
        "action_id,kind,decree_date\n1,mutasi,2020-02-01\n2,mutasi,2020-09-10\n3,mutasi,2020-05-01\n4,pensiun,2020-02-01\n"
    ])
    let base = ["--csv", "a.csv", "--region", "33.74"]
    for days in [("2020-06-12", "2020-06-11"), ("2020-06-11", "2020-06-12")] {
      let findings = try place.findings(
        base + ["--known-on", days.0, "--compare-known-on", days.1], status: 1)
      let changes = findings.map {
        "\($0["action_id"] ?? "") \(($0["compared"] as? [String: Any])?["change"] ?? "")"
      }
      // The second act was frozen before as well: after the first schedule's determination.
      #expect(changes == ["1 became_free"])
    }
    let all = try place.findings(
      base + ["--known-on", "2020-06-12", "--compare-known-on", "2020-06-11", "--show", "all"])
    #expect(all.count == 4)
    let text = try place.run(
      "audit", "--csv", "a.csv", "--region", "33.74", "--known-on", "2020-06-12",
      "--compare-known-on",
      "2020-06-11", "--lang", "en", environment: ["COLUMNS": "200"])
    #expect(text.outputText.contains("0 became frozen, 1 became free, 0 changed otherwise"))
    #expect(
      try place.findings(base + ["--known-on", "2021-01-01", "--compare-known-on", "2020-12-01"], status: 0)
        .isEmpty)
  }
}

@Suite struct PlannedListTests {
  @Test func aPlanIsAnsweredActByAct() throws {
    let place = try Workplace([
      "plan.csv": """
      nama;nip;jabatan_baru;tgl_pelantikan
      Satu;198501012010011001;Camat;22-03-2024
      Dua;198702022011012002;Lurah;21-03-2024
      Tiga;197903032005011003;Kabid;2024-05-17
      Empat;198004042006042004;Kasi;besok
      Lima;197505052000031005;Kabag;2024-05-09
      Enam;197505052000031006;Kasubbag;2025-08-21

      """,
      "letters.csv": """
      letter_no,letter_date,nip,post_to
      X/1,2024-05-10,197903032005011003,Kabid
      X/1,2024-05-10,197505052000031005,Kabag

      """,
    ])
    let result = try place.run(
      "check", "--csv", "plan.csv", "--approvals", "letters.csv", "--region", "16.05", "--format", "json",
      "--known-on", "2026-01-01")
    #expect(result.status == 3, "\(result.errorText)")
    let report = try object(result.outputText)
    let plan = try #require(report["plan"] as? [[String: Any]])
    #expect(
      plan.compactMap { $0["advice"] as? String } == [
        "letter_or_wait", "go", "go_with_letter", "incomplete", "letter_or_wait", "go",
      ])
    #expect(
      plan[0]["letter_by"] as? String == "2024-03-22" && plan[0]["free_from"] as? String == "2025-08-21")
    #expect(plan[4]["covered_from"] as? String == "2024-05-10")
    #expect((report["counts"] as? [String: Int])?["read"] == 6)
    let text = try place.run("check", "--csv", "plan.csv", "--region", "16.05", "--lang", "en").outputText
    #expect(text.contains("dated 22 March 2024 or before; free without it from 21 August 2025"))
    #expect(text.contains("6 planned acts"))
    #expect(try place.run("check", "--lang", "en").status == 64)
  }
}

@Suite struct HelpTests {
  /// Runs a command line of the documentation with the built program in front of PATH.
  private func shell(_ script: String, in place: Workplace) throws -> ProcessResult {
    let folder = try builtExecutable(named: "freeze-auditor").deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try runProcess(
      "bash", ["-c", script], environment: ["PATH": folder + ":" + path], directory: place.folder)
  }

  @Test(arguments: ["audit", "explain", "windows", "check"])
  func theExamplesOfTheHelpRunAsPrinted(_ command: String) throws {
    let place = try Workplace()
    _ = try place.run("audit", "--sample", "--output", "acts.csv")
    let help = try place.run("help", command)
    #expect(help.status == 0)
    let joined = help.outputText.replacingOccurrences(of: "\\\n", with: " ")
    let lines = joined.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix("freeze-auditor \(command)") }
    #expect(lines.count >= 1)
    for line in lines {
      let result = try shell(line, in: place)
      #expect([0, 1, 3].contains(result.status), "\(line): \(result.errorText)")
    }
  }

  @Test(
    arguments: [
      (
        ["audt"], "tidak ada perintah 'audt'. Maksud Anda 'audit'? Lihat: freeze-auditor help",
        "there is no command 'audt'. Did you mean 'audit'? See: freeze-auditor help"
      ),
      (
        ["alerts", "lst"], "tidak ada perintah 'lst'. Maksud Anda 'list'? Lihat: freeze-auditor help alerts",
        "there is no command 'lst'. Did you mean 'list'? See: freeze-auditor help alerts"
      ),
      (
        ["audit", "--formt", "json"],
        "opsi '--formt' tidak dikenal. Maksud Anda '--format'? Lihat: freeze-auditor help audit",
        "Unknown option '--formt'. Did you mean '--format'? See: freeze-auditor help audit"
      ),
      (
        ["audit", "--known-on", "30-02-2024"],
        "'30-02-2024' bukan hari yang ada: tulis 22 Maret 2024, 22-03-2024 atau 2024-03-22. Lihat: freeze-auditor help audit",
        "'30-02-2024' is no day that there is: write 22 Maret 2024, 22-03-2024 or 2024-03-22. See: freeze-auditor help audit"
      ),
      (
        ["audit", "--format", "jsn"],
        "nilai 'jsn' tidak sah untuk '--format <format>'; yang boleh: 'table', 'json', 'ndjson', 'csv', 'html' atau 'xlsx'. Lihat:",
        "The value 'jsn' is invalid for '--format <format>'; allowed: 'table', 'json', 'ndjson', 'csv', 'html' or 'xlsx'. See:"
      ),
      (
        ["audit", "--lang", "fr"],
        "nilai 'fr' tidak sah untuk '--lang <lang>'; yang boleh: 'id' atau 'en'. Lihat:",
        "The value 'fr' is invalid for '--lang <lang>'; allowed: 'id' or 'en'. See:"
      ),
      (
        ["audit", "a.csv", "extra"],
        "argumen 'extra' tidak diharapkan di sini. Lihat: freeze-auditor help audit",
        "Unexpected argument 'extra'. See: freeze-auditor help audit"
      ),
      (
        ["explain"], "argumen '<id>' wajib diberikan. Lihat: freeze-auditor help explain",
        "Missing expected argument '<id>'. See: freeze-auditor help explain"
      ),
      (
        ["audit", "--csv"], "nilai untuk '--csv <file>' belum diberikan. Lihat: freeze-auditor help audit",
        "Missing value for '--csv <file>'. See: freeze-auditor help audit"
      ),
      (
        ["audit", "--workers", "0"],
        "--workers adalah bilangan 1 sampai 64. Lihat: freeze-auditor help audit",
        "--workers is a number from 1 to 64. See: freeze-auditor help audit"
      ),
      (
        ["zzzzzzzz"], "tidak ada perintah 'zzzzzzzz': audit, explain,",
        "there is no command 'zzzzzzzz': audit, explain,"
      ),
    ] as [([String], String, String)])
  func aMistakeIsOneSentenceWithItsMend(_ arguments: [String], _ indonesian: String, _ english: String) throws
  {
    let program = try builtExecutable(named: "freeze-auditor").path
    for (language, sentence) in [([], indonesian), (["--lang=en"], english)] {
      let result = try runProcess(program, Array(arguments.prefix(1)) + language + arguments.dropFirst())
      #expect(result.status == 64 && result.outputText.isEmpty)
      #expect(result.errorText.hasPrefix("freeze-auditor: " + sentence), "\(result.errorText)")
      #expect(result.errorText.split(separator: "\n").count == 1)
    }
  }

  @Test(arguments: [
    "audit", "explain", "check", "run", "mail", "doctor", "status", "test", "windows", "check-config", "map",
  ])
  func helpIsInTheLanguageAskedFor(_ command: String) throws {
    let place = try Workplace()
    let indonesian = try place.run("help", command).outputText
    let english = try place.run(command, "--lang", "en", "--help").outputText
    #expect(indonesian.contains("PEMAKAIAN: freeze-auditor \(command)") && indonesian.contains("OPSI:"))
    #expect(english.contains("USAGE: freeze-auditor \(command)") && english.contains("OPTIONS:"))
    for words in [["help", command, "--lang", "en"], ["help", "--lang=en", command]] {
      let result = try runProcess(try builtExecutable(named: "freeze-auditor").path, words)
      #expect(result.status == 0 && result.outputText == english, "\(result.errorText)")
    }
    for word in [" the ", " of ", " and ", " is ", " with "] {
      #expect(!indonesian.contains(word), "\(word)")
    }
  }

  @Test(arguments: ["id", "en"])
  func theManualPagesAreWholeInBothLanguages(_ language: String) throws {
    let place = try Workplace()
    let program = try place.run("manual", "8", "--lang", language).outputText
    let file = try place.run("manual", "5", "--lang", language).outputText
    let headings =
      language == "id"
      ? [
        "NAMA", "PERINTAH", "STATUS KELUAR", "UNIT", "SINYAL", "BIDANG LOG", "MESSAGE_ID", "METRIK", "BERKAS",
        "LINGKUNGAN",
      ]
      : [
        "NAME", "COMMANDS", "EXIT STATUS", "UNITS", "SIGNALS", "LOG FIELDS", "MESSAGE_ID", "METRICS", "FILES",
        "ENVIRONMENT",
      ]
    for heading in headings { #expect(program.contains(".SH \(heading)\n"), "\(heading)") }
    for word in [
      "FREEZE_SEQ", "audit_blind", "freeze_auditor_blind", "SIGUSR1", "/usr/share/freeze\\-auditor",
    ] {
      #expect(program.contains(word), "\(word)")
    }
    #expect(!program.contains("\n-\n"), "a field without a meaning")
    #expect(
      file.contains("metrics.textfile") && file.contains(language == "id" ? "Bawaan: 300" : "Default: 300"))
    for page in [program, file] {
      let lint = try runProcess(
        "/usr/bin/env", ["mandoc", "-Tlint", "-W", "warning"], input: Data(page.utf8))
      if lint.status != 127 {
        #expect(lint.status == 0 || !lint.outputText.contains("ERROR"), "\(lint.outputText)")
      }
    }
  }

  @Test func everyCommandOfTheTutorialRuns() throws {
    let file = repositoryRoot.appendingPathComponent("README.md")
    let readme = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let tutorial = readme.components(separatedBy: "\n## ").first { $0.hasPrefix("Ten minutes") }
    let text = try #require(tutorial)
    let place = try Workplace()
    var count = 0
    for block in text.components(separatedBy: "```sh\n").dropFirst() {
      let script = block.components(separatedBy: "```")[0]
      for part in commands(script) {
        let result = try shell(part, in: place)
        #expect([0, 1, 3].contains(result.status), "\(part): \(result.errorText)")
        #expect(!result.errorText.contains("Error"), "\(part)")
        count += 1
      }
    }
    #expect(count >= 15)
    // What the text promises.
    #expect(
      try shell("freeze-auditor audit --csv acts.csv --lang en", in: place).outputText.contains(
        "4 of 8 records"))
    let approved = "freeze-auditor audit --csv export.csv --approvals letters.csv --region 16.05"
    #expect(try shell(approved, in: place).status == 0)
    #expect(
      try shell("freeze-auditor audit --csv strange.csv --map map.yaml --region 16.05", in: place).status == 1
    )
  }

  /// One command each, here-documents with their command.
  private func commands(_ script: String) -> [String] {
    var commands: [String] = []
    var isInside = false
    for line in script.split(separator: "\n").map(String.init) {
      if isInside {
        commands[commands.count - 1] += "\n" + line
        isInside = line != "END"
      } else {
        commands.append(line)
        isInside = line.contains("<<'END'")
      }
    }
    return commands
  }
}
