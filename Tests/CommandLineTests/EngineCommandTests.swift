import Foundation
import TestSupport
import Testing

/// `explain`, `windows`, `check` and `test`: what the engine says at the outside of the product.
@Suite struct EngineCommands {
  static let acts = """
    action_id,kind,region_code,decree_date,effective_date,inaugurated_on,post_from,post_to,echelon_from,echelon_to,approval_no,approval_date,revokes
    oath,mutasi,16.05,2024-03-21,,2024-03-22,,,III.a,III.a,,,
    before,mutasi,64,2024-03-21,,,,,III.a,III.a,,,
    after,mutasi,64,2025-08-22,,,,,III.a,III.a,,,
    guru,mutasi,64,2024-05-21,,,Guru,Guru,,,,,
    rounded,mutasi,16.05,,,2023-02-28,,,III.a,III.a,,,
    late,mutasi,71.06,,,2024-03-22,,,III.a,III.a,X/OTDA,2024-05-10,
    back,mutasi,52.05,2024-04-01,,,,,II.b,II.b,,,late
    pension,pensiun,64,2024-05-21,,,,,,,,,
    nodate,mutasi,64,0000-00-00,,,,,III.a,III.a,,,
    month,mutasi,64,2024-03,,,,,III.a,III.a,,,
    letter,mutasi,64,2024-06-12,,,,,III.a,III.a,X/OTDA,2024-06,

    """

  static let august = """
    complete_through: {date: 2199-12-31, instrument: "kalender uji", known_from: 2000-01-01}
    verified_on: 2026-01-01
    elections:
      - {id: august, regions: all, determination: [{date: 2023-08-31, instrument: "KPU 1", known_from: 2023-01-01}], term_end: {date: 2024-02-01, instrument: "KPU 1", known_from: 2023-01-01}}

    """

  @Test(
    arguments: [
      (
        "oath", "en",
        [
          "in force 1 July 2016 to now, known from 1 July 2016",
          "Determination 22 September 2024: PKPU 2/2024, known from 26 January 2024",
          "22 September 2024 − 6 months = 22 March 2024 (before rounding; the day exists)",
          "included (SE Mendagri 100.2.1.3/1575/SJ, known from 29 March 2024)",
          "Decree date 21 March 2024: outside on every reading, 1 day before the window opens",
          "Inauguration date 22 March 2024: inside on every reading",
          "Coverage on 22 March 2024 (structural → structural): covered",
          "Approval of the Minister, looked for in the record itself: no written approval",
          "Verdict: inside the frozen period",
          "What would change this", "a written approval of the Minister dated 22 March 2024 or before",
          "a schedule that moves the determination",
        ]
      ),
      (
        "oath", "id",
        [
          "Penetapan 22 September 2024: PKPU 2/2024, diketahui sejak 26 Januari 2024", "sebelum pembulatan",
          "1 hari sebelum masa larangan mulai", "Cakupan pada 22 Maret 2024 (struktural → struktural)",
          "Persetujuan Menteri",
          "apakah hari batas ikut dihitung: ikut dihitung (SE Mendagri", "Kesimpulan: di dalam masa larangan",
          "perlu klarifikasi",
          "Yang akan mengubah kesimpulan ini",
        ]
      ),
      (
        "before", "en",
        ["Why there is no alert: every date of the act lies outside", "1 day before the window opens"]
      ),
      ("before", "id", ["Mengapa tidak ada peringatan", "1 hari sebelum masa larangan mulai"]),
      ("after", "en", ["2 days after the window closed", "Why there is no alert"]),
      (
        "guru", "en",
        ["out of scope on that date", "UU 10/2016 Pasal 71 ayat (2)", "a post left or taken that turns out"]
      ),
      ("guru", "id", ["di luar cakupan pada tanggal itu"]),
      (
        "late", "en",
        ["the approval X/OTDA came only on 10 May 2024", "Verdict: approved only after the act"]
      ),
      ("back", "en", ["Revokes late", "Verdict: a reversal"]),
      ("pension", "en", ["no replacement of an official", "another act, not frozen"]),
      (
        "month", "en",
        [
          "UU 10/2016 Pasal 71 ayat (2) · pilkada-2024: DEPENDS ON THE EXACT DAY",
          "inside or outside, by its day of the month",
          "the exact day of the decree date, of which only month or year is recorded",
          "depending on the exact day (a date is known to the month or year only)",
        ]
      ),
      ("month", "id", ["TERGANTUNG HARI PASTINYA", "Kesimpulan: tergantung hari pastinya"]),
      (
        "letter", "en",
        [
          "DEPENDS ON THE EXACT DAY", "the exact day of the approval letter",
          "depending on the exact day (a date is known to the month or year only)",
        ]
      ),
      ("letter", "id", ["hari pasti dari surat persetujuan"]),
      (
        "nodate", "en",
        [
          "0000-00-00", "Verdict: cannot be judged",
          "a decree, effective or inauguration date that can be read",
        ]
      ),
    ] as [(String, String, [String])])
  func `explain says each step`(id: String, language: String, says: [String]) throws {
    let place = try Workplace(["acts.csv": Self.acts])
    let result = try place.run(
      "explain", id, "--csv", "acts.csv", "--lang", language, "--known-on", "2026-11-22")
    for text in says { #expect(result.outputText.contains(text), "\(text) in \(result.outputText)") }
  }

  @Test func `explain shows the raw date that does not exist, and the readings that change the verdict`()
    throws
  {
    let place = try Workplace(["acts.csv": Self.acts, "august.yaml": Self.august])
    let result = try place.run(
      "explain", "rounded", "--csv", "acts.csv", "--calendar", "august.yaml", "--lang", "en", "--known-on",
      "2026-11-22")
    let text = result.outputText
    #expect(
      text.contains("31 August 2023 − 6 months = 31 February 2023 (before rounding; there is no such day)"))
    #expect(text.contains("28 February 2023 (boundary day in, back, month end down); 1 March 2023 ("))
    #expect(text.contains("Verdict: depends on how it is counted"))
    #expect(!text.contains("exact day"))
    #expect(text.contains("whether the boundary day counts ("))
    #expect(text.contains("how a missing month end is rounded ("))
    #expect(text.contains("counted back from the determination or forward from the act ("))
    #expect(result.status == 1)
  }

  @Test func `an election without a determination is said in the report itself`() throws {
    let place = try Workplace([
      "acts.csv": Self.acts, "open.yaml": Self.august + "  - {id: later, regions: all, determination: []}\n",
    ])
    let result = try place.run(
      "audit", "--csv", "acts.csv", "--calendar", "open.yaml", "--lang", "en", "--known-on", "2024-01-01",
      environment: ["COLUMNS": "400"])
    #expect(result.status == 3)
    #expect(result.outputText.contains("The day of the determination Kab. Musi Rawas (16.05) is not known"))
  }

  @Test func `windows gives the eight readings of any determination`() throws {
    let place = try Workplace(["august.yaml": Self.august])
    let result = try place.run(
      "windows", "--calendar", "august.yaml", "--format", "json", "--known-on", "2026-11-22")
    let list = try #require(try JSONSerialization.jsonObject(with: result.output) as? [[String: Any]])
    let window = try #require(list.first { $0["rule"] as? String == "pasal-71-2" })
    #expect(
      window["readings"] as? [String: String] == [
        "in-back-down": "2023-02-28", "in-back-up": "2023-03-01", "in-forward-down": "2023-03-01",
        "in-forward-up": "2023-03-01", "out-back-down": "2023-03-01", "out-back-up": "2023-03-02",
        "out-forward-down": "2023-03-01", "out-forward-up": "2023-03-01",
      ])
    #expect(window["earliest"] as? String == "2023-02-28")
    #expect(window["latest"] as? String == "2023-03-02")
    #expect(window["opens"] as? String == window["earliest"] as? String)
  }

  @Test(
    arguments: [
      (["--date", "2024-03-21"], 0, "not frozen on that day"),
      (["--date", "22 March 2024"], 1, "Free again from 21 August 2025"),
      (["--date", "2024-03-22", "--known-on", "2024-03-25"], 1, "IN DISPUTE"),
      (["--date", "2024-05-17", "--post", "Guru"], 0, "out of scope (UU 10/2016"),
      (["--date", "2024-05-17", "--post", "Plt Camat"], 0, "out of scope (UU 10/2016, penjelasan"),
      (["--date", "2024-05-17", "--post", "Camat"], 1, "covered (UU 10/2016"),
      (
        ["--date", "2017-11-17", "--post", "Kepala Sekolah", "--election", "pilkada-2018"], 0, "820/3636/OTDA"
      ),
      (
        ["--date", "2020-11-17", "--post", "Kepala Sekolah"], 1,
        "The day of the inauguration of the head Kota Semarang (33.74) is not known for certain"
      ),
      (["--date", "2015-01-01"], 3, "no rule was in force"),
      (["--date", "2016-05-01", "--election", "pilkada-2017"], 3, "no rule was in force"),
      (
        ["--date", "2024-04-01", "--known-on", "2024-01-10"], 3,
        "The day of the determination Kota Semarang (33.74) is not known for certain: between 19 June 2024 and 30 November 2024"
      ),
      (["--date", "1 June 2031"], 3, "The calendar is complete through 18 November 2030 only"),
      (["--date", "2024-12-01", "--known-on", "2024-12-01"], 1, "Its end is not known yet"),
    ] as [([String], Int32, String)])
  func `check answers for a day`(arguments: [String], status: Int32, says: String) throws {
    let knownOn = arguments.contains("--known-on") ? [] : ["--known-on", "2026-11-22"]
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["check", "--region", "33.74", "--lang", "en"] + arguments + knownOn)
    #expect(result.status == status)
    #expect(result.outputText.contains(says), "\(result.outputText)")
  }

  @Test(
    arguments: [
      ("2024-05-01", ["--known-on", "2024-01-10"], 3, "The day of the determination Kota Semarang (33.74)"),
      ("2015-05-01", [], 3, "no rule was in force on that day"),
      ("2020-11-17", [], 1, "the end of the freeze is not known"),
      ("1 June 2031", [], 3, "The calendar is complete through 18 November 2030 only"),
      ("2023-05-01", [], 0, "MAY GO AHEAD ON ITS DAY"),
      ("2024-05-17", [], 1, "NEEDS THE MINISTER'S LETTER FIRST"),
    ] as [(String, [String], Int32, String)])
  func `a planned list says what check says of its day`(
    day: String, options: [String], status: Int32, says: String
  )
    throws
  {
    let place = try Workplace(["plan.csv": "inaugurated_on,post_from,post_to,kind\n\(day),Camat,Camat,\n"])
    let knownOn = options.contains("--known-on") ? [] : ["--known-on", "2026-11-22"]
    let program = try builtExecutable(named: "freeze-auditor").path
    for question in [["--csv", "plan.csv"], ["--date", day]] {
      let result = try runProcess(
        program, ["check", "--region", "33.74", "--lang", "en"] + question + options + knownOn,
        directory: place.folder)
      #expect(result.status == status, "\(question): \(result.outputText)")
      if question[0] == "--csv" { #expect(result.outputText.contains(says), "\(result.outputText)") }
    }
  }

  @Test(arguments: [
    ["--date", "2024-03-22", "--csv", "plan.csv"], ["--date", "2024-03-22", "--format", "json"],
    ["--date", "2024-03-22", "--map", "m.yaml"], ["--post", "Camat", "--csv", "plan.csv"],
  ])
  func `no option of check is passed over in silence`(arguments: [String]) throws {
    let result = try runProcess(try builtExecutable(named: "freeze-auditor").path, ["check"] + arguments)
    #expect(result.status == 64 && result.errorText.contains("--csv"), "\(result.errorText)")
  }

  @Test func `test runs the shipped tests, in both languages`() throws {
    let place = try Workplace()
    let english = try place.run("test", "--lang", "en")
    #expect(english.status == 0)
    #expect(english.outputText.contains(" 0 failed."))
    #expect(english.outputText.contains("Rules that no test reached: none"))
    #expect(english.outputText.contains("Outcomes that no test reached: none"))
    let indonesian = try place.run("test")
    #expect(indonesian.outputText.contains(" 0 gagal."))
  }

  @Test func `a failing test is 1 and says what came instead, a wrong file is 78 and says where`() throws {
    let place = try Workplace([
      "bad.yaml":
        "known_on: 2026-11-22\ntests:\n  - {name: n, facts: {kind: mutasi, inaugurated_on: 2024-03-22, region_code: \"16.05\"}, expect: outside}\n",
      "wrong.yaml": "known_on: 2026-11-22\ntests:\n  - {name: n, facts: {kind: mutasi}, expected: outside}\n",
      "rules.yaml": "rules: [{id: a}]\n",
    ])
    let failing = try place.run("test", "bad.yaml", "--lang", "en")
    #expect(failing.status == 1)
    #expect(failing.outputText.contains("bad.yaml:3: record: expected outside, got inside"))
    let wrong = try place.run("test", "wrong.yaml", "--lang", "en")
    #expect(wrong.status == 78)
    #expect(wrong.errorText.contains("wrong.yaml:3: tests[0].expected: unknown key; allowed: name, facts"))
    let rules = try place.run("test", "--rules", "rules.yaml")
    #expect(rules.status == 78)
    #expect(rules.errorText.contains("rules.yaml:1: rules[0]: kunci \"versions\" wajib ada"))
    #expect(try place.run("test", "missing.yaml").status == 78)
  }

  @Test(arguments: [
    ["TZ": "UTC"], ["TZ": "Asia/Jayapura"], ["TZ": "Pacific/Kiritimati"], ["TZ": "America/Los_Angeles"],
    ["LC_ALL": "tr_TR.UTF-8"], ["LC_ALL": "ar_EG.UTF-8"], ["LANG": "th_TH.UTF-8", "TZ": "nonsense"],
  ])
  func `the machine's zone and locale change nothing`(environment: [String: String]) throws {
    let place = try Workplace(["acts.csv": Self.acts])
    let arguments = [
      "audit", "--csv", "acts.csv", "--show", "all", "--format", "ndjson", "--known-on", "2026-11-22",
    ]
    let program = try builtExecutable(named: "freeze-auditor").path
    let here = try runProcess(program, arguments, directory: place.folder)
    let there = try runProcess(program, arguments, environment: environment, directory: place.folder)
    #expect(here.outputText.split(separator: "\n").count == 11)
    #expect(here.output == there.output)
  }
}
