import AuditBase
import Foundation
import FreezeRules
import HRRecords
import RuleFiles
import Testing

/// Every case file, and the shipped rule tests, through the library.
@Suite struct CaseFiles {
  @Test(arguments: [
    "outcomes", "kinds", "coverage", "knowledge", "approvals", "regions", "backdating", "versions", "scope",
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

/// What every calendar has to say of itself, for those of the tests.
enum CalendarText {
  static let head = """
    complete_through: {date: 2030-11-18, instrument: MK 135/PUU-XXII/2024, known_from: 2015-01-01}
    verified_on: 2026-01-20

    """
}

/// The tables of real acts, one a line.
enum RealCases {
  static func rows(_ file: String = "real-cases.csv") throws -> [[String: String]] {
    let lines = try CaseFiles.text(file).split(separator: "\n").map(cells)
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  static func all() throws -> [[String: String]] { try rows() + rows("real-cases-2.csv") }

  /// A row as an act; what it revokes is looked up among the other rows, as in a source that holds them all.
  static func act(_ row: [String: String]) throws -> PersonnelAction {
    var act = CaseFiles.record(row, region: nil)
    guard let revoked = act.revokes else { return act }
    // The first act of Dompu was published as well, but is in no table.
    let ids = try all().compactMap { $0["case_id"] } + ["2024-14"]
    if ids.contains(revoked) { act.revokedAct = RevokedAct(nips: [nil]) }
    return act
  }

  /// Commas inside double quotes do not separate; the tables have no other quoting.
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

/// The region's code is enough: the shipped calendar, nothing declared.
@Suite struct RealCaseTests {
  @Test func `there are 29 and 39 of them`() throws {
    #expect(try RealCases.rows().count == 29)
    #expect(try RealCases.rows("real-cases-2.csv").count == 39)
  }

  @Test(arguments: try RealCases.all())
  func `a real act comes out as expected`(row: [String: String]) throws {
    let knownOn = try #require(CivilDate(iso: row["known_on"] ?? ""))
    // Of Kep. Sula in 2015 only the site knows that a Pj headed it.
    let rules = row["case_id"] == "2015-01" ? try SiteFacts.rules(SiteFacts.actingHeadOfSula) : try RuleSet()
    let judgement = judge(
      try RealCases.act(row), rules.windows(declared: [], knownOn: knownOn), approvals: nil)
    let verdict = try #require(judgement.verdicts.first { $0.window.rule == row["expect_rule"] })
    #expect(verdict.outcome.rawValue == row["expect_outcome"])
    #expect("\(verdict.isBoundaryDay)" == row["expect_boundary_day"])
    #expect(verdict.window.isByGovernor == false)
  }

  /// `audit` shows the strongest of all rules: it is the outcome expected wherever no other rule has a say.
  @Test func `and so does the record as a whole, but where another rule freezes it as well`() throws {
    var others: [String] = []
    for row in try RealCases.all() where row["case_id"] != "2015-01" {
      let knownOn = try #require(CivilDate(iso: row["known_on"] ?? ""))
      let judgement = judge(
        try RealCases.act(row), try RuleSet().windows(declared: [], knownOn: knownOn), approvals: nil)
      if judgement.outcome.rawValue != row["expect_outcome"] { others.append(row["case_id"] ?? "") }
    }
    #expect(others == [])
  }
}
