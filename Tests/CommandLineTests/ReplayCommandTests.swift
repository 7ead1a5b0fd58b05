import Foundation
import TestSupport
import Testing

/// `audit --replay FROM..TO`: what would have been told, and how many days before the oath.
@Suite struct ReplayCommandTests {
  private let header = "action_id,kind,decree_no,inaugurated_on,recorded_at,nip,employee_name,post_to\n"

  private var records: String {
    header
      + "early,mutasi,800/1,2024-05-10,2024-04-01 09:00,198001012006041001,Budi Pratama,Camat A\n"
      + "same,mutasi,800/1,2024-05-10,2024-05-10 16:00,198001012006041002,Siti,Camat B\n"
      + "late,promosi,800/1,2024-05-10,2024-06-01,198001012006041003,Ani,Camat C\n"
      + "moved,mutasi,800/2,2024-03-22,2024-03-25,,,\n"
      + "free,mutasi,800/3,2023-05-10,2023-05-10,,,\n"
      + "after,mutasi,800/3,2024-05-10,2025-05-10,,,\n"
  }
  private var undated: String { records + "undated,mutasi,800/4,2024-05-10,,,,\n" }

  private func run(_ place: Workplace, _ arguments: [String]) throws -> ProcessResult {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["audit"] + arguments + ["--region", "16.05", "--lang", "en"], directory: place.folder, timeout: 120)
  }

  private let range = ["--replay", "2024-03-01..2024-12-31"]

  @Test func `Each record has the day on which it would have been told, and the days to its oath`() throws {
    let place = try Workplace(["a.csv": records])
    let result = try run(place, ["a.csv", "--format", "json"] + range)
    #expect(result.status == 1, "\(result.errorText)")
    let report = try object(result.outputText)
    let rows = try #require(report["rows"] as? [[String: Any]])
    let told = rows.map {
      "\($0["told_on"] ?? "") \($0["action_id"] ?? "") \($0["event"] ?? "") \($0["outcome"] ?? "") \($0["days_before_oath"] ?? "")"
    }
    #expect(
      told == [
        "2024-03-25 moved told depends -3", "2024-03-29 moved changed inside -7",
        "2024-04-01 early told inside 39", "2024-05-10 same told inside 0", "2024-06-01 late told inside -22",
      ])
    let alerted = try #require(report["alerted"] as? [String: Int])
    #expect(alerted == ["records": 4, "before": 1, "on_the_day": 1, "after": 2, "unknown": 0])
    #expect(report["read"] as? Int == 6 && report["entered_later"] as? Int == 1)
    #expect(rows[1]["because"] as? String == "SE Mendagri 100.2.1.3/1575/SJ")
  }

  @Test func `Without the day of entry no day is guessed`() throws {
    let place = try Workplace(["a.csv": undated])
    let result = try run(place, ["a.csv", "--format", "json"] + range)
    #expect(result.status == 3)
    let report = try object(result.outputText)
    let row = try #require((report["rows"] as? [[String: Any]])?.last)
    #expect(row["action_id"] as? String == "undated" && row["told_on"] is NSNull)
    #expect(row["days_before_oath"] is NSNull && row["timing"] as? String == "unknown")
    #expect((row["not_known"] as? String)?.contains("recorded_at") == true)
    #expect(report["undated"] as? Int == 1 && report["complete"] as? Bool == false)
    let text = try run(place, ["a.csv"] + range)
    let words = text.outputText.split { $0.isWhitespace }.joined(separator: " ")
    #expect(text.status == 3 && words.contains("the day cannot be told: the record has no recorded_at"))
    #expect(words.contains("1 before the oath, 1 on its day, 2 after it, 1 cannot be told"))
  }

  @Test(arguments: ["table", "json", "ndjson", "csv", "html", "xlsx"])
  func `every format holds every row and keeps hostile text harmless`(_ format: String) throws {
    let evil = "\u{1B}[31m<script>alert(1)</script>"
    let place = try Workplace([
      "a.csv": records + "x,mutasi,=1+1,2024-05-10,2024-04-01,198001012006041009,\(evil),@SUM(A1)\n"
    ])
    let result = try run(place, ["a.csv", "--format", format, "--output", "out"] + range)
    #expect(result.status == 1, "\(result.errorText)")
    guard format != "xlsx" else {
      let back = try run(place, ["out", "--format", "csv"])
      #expect(!back.errorText.contains("damaged"), "\(back.errorText)")
      return
    }
    let text = try place.read("out")
    for id in ["early", "same", "late", "moved"] { #expect(text.contains(id)) }
    #expect(!text.contains("after,") || format == "csv")
    #expect(!text.contains("\u{1B}"))
    switch format {
    case "html": #expect(!text.contains("<script>alert") && text.contains("1 on its day"))
    case "csv":
      let rows = table(text, keepsApostrophes: true)
      #expect(rows.count == 6 && rows.allSatisfy { $0["told_on"]?.isEmpty == false })
      #expect(rows.contains { $0["decree_no"] == "'=1+1" && $0["post_to"] == "'@SUM(A1)" })
      #expect(rows.contains { $0["nip"] == "'198001012006041001" })
      #expect(result.errorText.contains("2 before the oath"))
    case "ndjson": #expect(text.split(separator: "\n").count == 6)
    default: break
    }
  }

  @Test func `Names and NIPs are hidden where that is asked for`() throws {
    let place = try Workplace(["a.csv": records])
    for format in ["table", "json", "csv", "html"] {
      let text = try run(place, ["a.csv", "--mask", "--format", format] + range).outputText
      #expect(!text.contains("Pratama") && !text.contains("198001012006041001"), "\(format)")
      #expect(text.contains("B*** P***"))
    }
  }

  @Test(arguments: [
    (["--replay", "2024-05-01..2024-04-01"], "is after the last"),
    (["--replay", "2024-05-01..2199-01-01"], "is to come"),
    (["--replay", "2024-05-01"], "replay"), (["--replay", "kapan..2024-05-01"], "replay"),
    (["--replay", "2024-05-01..besok"], "replay"),
    (["--replay", "2024-01-01..2024-05-01", "--known-on", "2024-05-01"], "leave out --known-on"),
    (["--replay", "2024-01-01..2024-05-01", "--letters"], "leave out"),
    (["--replay", "2024-01-01..2024-05-01", "--all-sources"], "leave out --db"),
    (["--replay", "2024-01-01..2024-05-01", "--since", "2024-05-01"], "leave out"),
  ])
  func `what cannot be replayed is refused`(_ arguments: [String], _ complaint: String) throws {
    let place = try Workplace(["a.csv": records])
    let result = try run(place, ["a.csv"] + arguments)
    #expect(result.status == 64 && result.errorText.contains(complaint), "\(result.errorText)")
  }

  @Test func `Nothing told is exit 0, and an open range ends today`() throws {
    let place = try Workplace([
      "a.csv": header + "free,mutasi,800/3,2023-05-10,2023-05-10,,,\n", "empty.csv": header,
    ])
    let result = try run(place, ["a.csv", "--replay", "1 Januari 2023.."])
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.outputText.contains("Of 1 records 0 would have raised an alert"))
    #expect(try run(place, ["empty.csv", "--replay", "2023-01-01.."]).status == 3)
  }

  @Test func `On the day it is told an audit finds it, and the day before it does not`() throws {
    let place = try Workplace(["a.csv": records])
    let rows = try run(place, ["a.csv", "--format", "ndjson"] + range).outputText.split(separator: "\n")
      .map { try object(String($0)) }
    #expect(rows.count == 5)
    for row in rows {
      let day = try #require(row["told_on"] as? String)
      let id = try #require(row["action_id"] as? String)
      let lines = records.split(separator: "\n").dropFirst().filter {
        String($0.split(separator: ",", omittingEmptySubsequences: false)[4].prefix(10)) <= day
      }
      try place.write("then.csv", header + lines.joined(separator: "\n") + "\n")
      let found = try place.findings(["then.csv", "--region", "16.05", "--known-on", day])
      #expect(
        found.first { $0["action_id"] as? String == id }?["outcome"] as? String == row["outcome"] as? String)
    }
  }

  @Test(arguments: [[], ["--workers", "3"], ["--scan", "window"]])
  func `a database is replayed like a file`(_ more: [String]) throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run(
      """
      CREATE SCHEMA freeze_audit;
      CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM (VALUES
        ('1', 'mutasi', date '2020-02-01', timestamptz '2020-01-15 23:30+07', NULL),
        ('2', 'mutasi', date '2020-04-01', timestamptz '2020-03-01 09:00+07', '198001012006041001'),
        ('3', 'mutasi', date '2019-08-01', timestamptz '2020-01-15 09:00+07', NULL),
        ('4', 'mutasi', date '2020-05-01', NULL, NULL)) AS v (action_id, kind, inaugurated_on, recorded_at, nip);
      CREATE TABLE freeze_audit.personnel_action_approval AS SELECT '100/1' AS letter_no, date '2020-03-10' AS letter_date,
        '198001012006041001' AS nip, NULL::text AS post_to, NULL::text AS region_code
      """)
    let place = try Workplace()
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["audit", "--db", database.socketConninfo, "--region", "33.74", "--replay", "2019-12-01..2020-08-01"]
        + ["--format", "json", "--lang", "en"] + more, directory: place.folder, timeout: 120)
    #expect(result.status == 3, "\(result.errorText)")
    let rows = try #require(try object(result.outputText)["rows"] as? [[String: Any]])
    let told = rows.map { "\($0["told_on"] as? String ?? "-") \($0["action_id"] ?? "") \($0["event"] ?? "")" }
    // The window of the schedule that stands now does not hold record 1: it is fetched for what was known then.
    #expect(
      told == [
        "2020-01-15 1 told", "2020-03-01 2 told", "2020-03-10 2 withdrawn", "2020-06-12 1 withdrawn",
        "- 4 told",
      ])
  }
}
