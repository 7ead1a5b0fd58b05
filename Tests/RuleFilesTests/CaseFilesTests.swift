import AuditBase
import Foundation
import FreezeRules
import HRRecords
import RuleFiles
import Testing

/// Every case file, and the shipped rule tests, through the library.
@Suite struct CaseFiles {
  @Test(arguments: [
    "outcomes", "kinds", "coverage", "knowledge", "approvals", "regions", "backdating", "versions",
  ])
  func `every case of the file comes out as it says`(name: String) throws {
    let run = try Self.run(try Self.text("\(name).yaml"), name)
    for result in run.results where !result.passed {
      Issue.record("\(name).yaml:\(result.line) \(result.name): \(result.failures.map(\.english))")
    }
    #expect(run.results.count > 9)
  }

  @Test func `the shipped rule tests pass and reach every rule and outcome`() throws {
    let run = try Self.run(Shipped.ruleTestsText, "rule-tests.yaml")
    for result in run.results where !result.passed {
      Issue.record("rule-tests.yaml:\(result.line) \(result.name): \(result.failures.map(\.english))")
    }
    #expect(run.unreachedRules == [])
    #expect(run.unreachedOutcomes == [])
  }

  @Test func `the shipped rule tests hold every real case with its known_on and expectation`() throws {
    let tests = try RuleTests(
      yaml: Shipped.ruleTestsText, file: "rule-tests.yaml", columns: ContractColumn.allCases.map(\.rawValue),
      approvalColumns: ApprovalLine.columns)
    for row in try RealCases.rows() {
      let id = try #require(row["case_id"])
      let test = try #require(tests.cases.first { $0.name.hasPrefix(id + " ") }, "\(id)")
      #expect(test.knownOn.description == row["known_on"], "\(id)")
      #expect(test.expectation.byRule.first?.outcome?.rawValue == row["expect_outcome"], "\(id)")
      #expect(test.expectation.byRule.first?.key == row["expect_rule"], "\(id)")
      #expect(test.expectation.isBoundaryDay.map { "\($0)" } == row["expect_boundary_day"], "\(id)")
      for column in ContractColumn.allCases where row[column.rawValue]?.isEmpty == false {
        #expect(test.facts[column.rawValue] == row[column.rawValue], "\(id)")
      }
    }
  }

  static func text(_ file: String) throws -> String {
    let url = try #require(Bundle.module.url(forResource: "Cases/\(file)", withExtension: nil))
    return try String(contentsOf: url, encoding: .utf8)
  }

  static func run(_ text: String, _ file: String) throws -> RuleTestRun {
    let tests = try RuleTests(
      yaml: text, file: file, columns: ContractColumn.allCases.map(\.rawValue),
      approvalColumns: ApprovalLine.columns)
    return RuleTestRun(
      tests, try RuleSet(), action: record(_:region:),
      approvals: { Approvals($0.map(ApprovalLine.init(cells:))) })
  }

  static func record(_ facts: [String: String], region: String?) -> PersonnelAction {
    PersonnelAction(cells: { facts[$0.rawValue] }, place: "test", region: region, zone: .wib)
  }
}

/// The table of real acts, one a line.
enum RealCases {
  static func rows() throws -> [[String: String]] {
    let lines = try CaseFiles.text("real-cases.csv").split(separator: "\n").map(cells)
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// Commas inside double quotes do not separate; the table has no other quoting.
  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}

@Suite struct RealCaseTests {
  static let waves: [String] = ["pilkada-2017", "pilkada-2018", "pilkada-2020", "serentak-2021"]

  /// With a calendar in which every wave applies to every region.
  static func everywhere() throws -> RuleSet {
    var rules = try RuleSet()
    for index in rules.calendar.elections.indices { rules.calendar.elections[index].regions = .all }
    for index in rules.calendar.inaugurations.indices {
      rules.calendar.inaugurations[index].regions = .all
    }
    return rules
  }

  @Test func `there are 29 of them`() throws { #expect(try RealCases.rows().count == 29) }

  @Test(arguments: try RealCases.rows())
  func `a real act comes out as expected`(row: [String: String]) throws {
    let knownOn = try #require(CivilDate(iso: row["known_on"] ?? ""))
    let action = CaseFiles.record(row, region: nil)
    // Both ways to make the partial waves apply: in the calendar, and named by the site.
    let tables = [
      try Self.everywhere().windows(declared: [], knownOn: knownOn),
      try RuleSet().windows(declared: Self.waves, knownOn: knownOn),
    ]
    for table in tables {
      let judgement = judge(action, table, approvals: nil)
      let verdict = try #require(judgement.verdicts.first { $0.window.rule == row["expect_rule"] })
      #expect(verdict.outcome.rawValue == row["expect_outcome"])
      #expect("\(verdict.isBoundaryDay)" == row["expect_boundary_day"])
    }
  }
}
