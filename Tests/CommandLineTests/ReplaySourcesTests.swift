import Foundation
import TestSupport
import Testing

/// `audit --replay FROM..TO --all-sources`: one table over every source, each by its own windows and annexes.
@Suite struct ReplaySourcesTests {
  /// A region's database: told on its day, told late, and entered after the range.
  private func region(_ annex: String? = nil) throws -> ThrowawayDatabase {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run(
      """
      CREATE SCHEMA freeze_audit;
      CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM (VALUES
        ('1', 'mutasi', date '2024-05-10', '821/1', timestamptz '2024-04-01 09:00+07', '198001012006041001'),
        ('2', 'mutasi', date '2020-08-01', '821/1', timestamptz '2024-06-01 09:00+07', NULL),
        ('3', 'mutasi', date '2024-05-10', '821/2', timestamptz '2025-06-01 09:00+07', NULL))
        AS v (action_id, kind, inaugurated_on, decree_no, recorded_at, nip)
      """)
    if let annex {
      try database.run(
        """
        CREATE TABLE freeze_audit.personnel_action_approval AS SELECT '100/1' AS letter_no, date '\(annex)' AS letter_date,
          '198001012006041001' AS nip, NULL::text AS post_to, NULL::text AS region_code
        """)
    }
    return database
  }

  private func replay(_ sources: [String], _ format: String) throws -> ProcessResult {
    let place = try Workplace(["config.yaml": "sources:\n" + sources.map { "  - {\($0)}\n" }.joined()])
    return try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      [
        "audit", "--config", "config.yaml", "--all-sources", "--replay", "2024-03-01..2024-12-31", "--format",
        format, "--lang", "en",
      ], directory: place.folder, timeout: 120)
  }

  @Test func `every row names its source, and each source is judged by its own windows and annexes`() throws {
    let (one, two) = (try region(), try region("2024-04-20"))
    let sources = [
      "name: satu, region: \"16.10\", conninfo: \"\(one.socketConninfo)\"",
      "name: dua, region: \"73.71\", elections: [pilkada-2020], conninfo: \"\(two.socketConninfo)\"",
    ]
    let result = try replay(sources, "json")
    #expect(result.status == 1, "\(result.errorText)")
    let report = try object(result.outputText)
    let schema = try Schema(
      file: repositoryRoot.appendingPathComponent("Sources/AuditReports/Schema/audit.schema.json"))
    #expect(schema.problems(report, kinds: ["replay"]) == [])
    let rows = try #require(report["rows"] as? [[String: Any]])
    let told = rows.map {
      "\($0["told_on"] ?? "") \($0["source"] ?? "") \($0["action_id"] ?? "") \($0["event"] ?? "")"
    }
    // The waves of 2020 bound both; the letter that lists record 1 stands in one source alone.
    #expect(
      told == [
        "2024-04-01 dua 1 told", "2024-04-01 satu 1 told", "2024-04-20 dua 1 withdrawn",
        "2024-06-01 dua 2 told", "2024-06-01 satu 2 told",
      ], "\(told)")
    #expect(report["read"] as? Int == 6 && report["entered_later"] as? Int == 2)
    let lines = try #require(report["sources"] as? [[String: Any]])
    #expect(lines.map { $0["name"] as? String } == ["satu", "dua"])
    for format in ["table", "csv", "html", "ndjson"] {
      let text = try replay(sources, format).outputText
      for name in ["satu", "dua"] { #expect(text.contains(name), "\(format)") }
      if format == "csv" {
        let cells = text.split(separator: "\r\n")
        #expect(cells[0].hasSuffix(",not_known,source") && cells[1].hasSuffix(",dua"))
      }
    }
  }

  @Test func `a source that is down is not evaluated, the others are told`() throws {
    let down = "name: mati, region: \"33.74\", conninfo: \"host=/nirgends dbname=x\""
    let there = "name: satu, region: \"16.10\", conninfo: \"\(try region().socketConninfo)\""
    let result = try replay([down, there], "json")
    #expect(result.status == 3, "\(result.errorText)")
    let report = try object(result.outputText)
    #expect(report["complete"] as? Bool == false && (report["rows"] as? [Any])?.count == 2)
    #expect((report["sources"] as? [[String: Any]])?.map { $0["evaluated"] as? Bool } == [false, true])
    #expect(try replay([down, there], "table").outputText.contains("mati (33.74): NOT EVALUATED"))
    #expect(try replay([down], "table").status == 69)
  }
}
