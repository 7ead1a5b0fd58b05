import Foundation
import Glibc
import TestSupport
import Testing

/// One configuration with several sources: one report over all, or one of them by name.
@Suite struct ManySourcesTests {
  /// A region's database: an act inside by pilkada-2024, one by pilkada-2020, both on an SK number that others use too.
  private static func region() throws -> ThrowawayDatabase {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run(
      """
      CREATE SCHEMA freeze_audit;
      CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM (VALUES
        ('1', 'mutasi', date '2024-05-01', '821/1'), ('2', 'mutasi', date '2020-08-01', '821/1'),
        ('3', 'mutasi', date '2019-08-01', '821/2')) AS v (action_id, kind, decree_date, decree_no)
      """)
    return database
  }

  private func configuration(_ sources: [String], in folder: URL) throws -> String {
    let path = folder.appendingPathComponent("config.yaml")
    try ("sources:\n" + sources.map { "  - {\($0)}\n" }.joined()).write(
      to: path, atomically: true, encoding: .utf8)
    return path.path
  }

  private func run(_ arguments: String...) throws -> ProcessResult {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path, arguments + ["--lang", "en"], timeout: 120)
  }

  private func json(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `The national report says of every source how it came out, and of every record whose it is`()
    throws
  {
    let place = try Workplace()
    let (one, two) = (try Self.region(), try Self.region())
    let path = try configuration(
      [
        "name: ogan-ilir, region: \"16.10\", conninfo: \"\(one.socketConninfo)\"",
        "name: makassar, region: \"73.71\", elections: [pilkada-2020], conninfo: \"\(two.socketConninfo)\"",
        "name: mati, region: \"33.74\", conninfo: \"host=/nirgends dbname=x\"",
      ], in: place.folder)
    let report = { (format: String) in
      try self.run("audit", "--all-sources", "--config", path, "--format", format)
    }

    let whole = try report("json")
    #expect(whole.status == 3)
    let object = try json(whole.output)
    let sources = try #require(object["sources"] as? [[String: Any]])
    #expect(sources.compactMap { $0["name"] as? String } == ["ogan-ilir", "makassar", "mati"])
    #expect(sources.map { $0["evaluated"] as? Bool } == [true, true, false])
    #expect((sources[2]["cause"] as? String)?.isEmpty == false)
    #expect((sources[1]["counts"] as? [String: Any])?["inside"] as? Int == 2)
    let findings = try #require(object["findings"] as? [[String: Any]])
    #expect(
      findings.map { "\($0["source"] ?? "") \($0["action_id"] ?? "")" } == [
        "ogan-ilir 2", "makassar 2", "ogan-ilir 1", "makassar 1", "makassar 3",
      ])

    let lines = try report("ndjson").outputText.split(separator: "\n")
    #expect(lines.count == 5 && lines[0].hasSuffix("\"source\":\"ogan-ilir\"}"))
    let cells = try report("csv").outputText.split(separator: "\r\n")
    #expect(cells[0].hasSuffix(",source") && cells[1].hasSuffix(",ogan-ilir"))
    for format in ["table", "html"] {
      let text = try report(format).outputText
      for words in ["mati (33.74)", "NOT EVALUATED", "ogan-ilir", "makassar (73.71)"] {
        #expect(text.contains(words), "\(format): \(words)")
      }
    }
    // The same number of two regions is two decrees.
    let table = try report("table").outputText
    #expect(
      table.contains("SK 821/1 · 1 May 2024 · ogan-ilir\n")
        && table.contains("SK 821/1 · 1 May 2024 · makassar\n"))
  }

  @Test func `Where no source can be read the gravest cause is the status`() throws {
    let place = try Workplace()
    let there = try Self.region()
    let down = "name: a, region: \"33.74\", conninfo: \"host=/nirgends dbname=x\""
    let shapeless =
      "name: b, region: \"33.74\", view: freeze_audit.none, conninfo: \"\(there.socketConninfo)\""
    for (sources, status) in [([down], 69), ([down, shapeless], 78), ([shapeless], 78)] as [([String], Int32)]
    {
      let path = try configuration(sources, in: place.folder)
      #expect(try run("audit", "--all-sources", "--config", path).status == status, "\(sources)")
    }
  }

  @Test func `A source by name is judged by its own region and waves`() throws {
    let place = try Workplace()
    let database = try Self.region()
    let conninfo = "conninfo: \"\(database.socketConninfo)\""
    let path = try configuration(
      [
        "name: makassar, region: \"73.71\", elections: [pilkada-2020], \(conninfo)",
        "name: ogan-ilir, region: \"16.10\", \(conninfo)",
      ], in: place.folder)
    let first = try run("audit", "--config", path, "--format", "ndjson")
    #expect(first.outputText.split(separator: "\n").count == 3)
    #expect(first.errorText.contains("only makassar is read"))
    #expect(first.outputText.contains("\"region\":\"73.71\""))
    let second = try run("audit", "--config", path, "--format", "ndjson", "--source", "ogan-ilir")
    #expect(second.outputText.split(separator: "\n").count == 2 && second.errorText.isEmpty)
    #expect(try run("explain", "2", "--config", path).status == 1)
    #expect(try run("explain", "3", "--config", path, "--source", "ogan-ilir").status == 0)
    // A list of one is a source like any other.
    let single = try configuration(
      ["name: makassar, region: \"73.71\", elections: [pilkada-2020], \(conninfo)"], in: place.folder)
    let only = try run("audit", "--config", single, "--format", "ndjson")
    #expect(only.outputText == first.outputText && only.errorText.isEmpty)
    let annexless = try configuration(
      [
        "name: makassar, region: \"73.71\", approvals: none.csv, \(conninfo)",
        "name: ogan-ilir, region: \"16.10\", \(conninfo)",
      ], in: place.folder)
    let partial = try run("audit", "--all-sources", "--config", annexless, "--format", "ndjson")
    #expect(partial.status == 3 && partial.outputText.split(separator: "\n").count == 2)
    #expect(partial.errorText.contains("makassar (73.71): NOT EVALUATED"))
    let known = try configuration(
      ["name: makassar, region: \"73.71\", \(conninfo)", "name: ogan-ilir, region: \"16.10\", \(conninfo)"],
      in: place.folder)
    #expect(known == path)
    let unknown = try run("audit", "--config", path, "--source", "palu")
    #expect(unknown.status == 64 && unknown.errorText.contains("makassar, ogan-ilir"))
    #expect(try run("audit", "--csv", "-", "--source", "makassar").status == 64)
  }

  @Test func `check-config refuses an unknown election of any source`() throws {
    let place = try Workplace()
    let path = try configuration(
      ["name: a, elections: [pilkada-1999], conninfo: \"host=/nirgends\""], in: place.folder)
    let result = try run("check-config", "--config", path)
    #expect(result.status == 78 && result.errorText.contains("pilkada-1999"))
  }

  @Test func `A report written to a pipe or a device leaves it what it is`() throws {
    let place = try Workplace()
    let pipe = place.folder.appendingPathComponent("pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = try RunningProcess("cat", [pipe])
    let database = try Self.region()
    let written = try run(
      "audit", "--db", database.socketConninfo, "--region", "16", "--format", "ndjson", "--output", pipe)
    #expect(written.status == 1, "\(written.errorText)")
    #expect(reader.wait().outputText.split(separator: "\n").count == 1)
    var now = stat()
    #expect(stat(pipe, &now) == 0 && now.st_mode & S_IFMT == S_IFIFO)
  }
}
