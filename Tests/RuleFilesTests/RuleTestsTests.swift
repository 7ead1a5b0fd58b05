import AuditBase
import FreezeRules
import RuleFiles
import Testing

/// `freeze-auditor test` itself: it must be able to fail.
@Suite struct RuleTestsTests {
  func run(_ test: String) throws -> RuleTestRun {
    try CaseFiles.run("known_on: 2026-11-22\nregion: \"33.74\"\ntests:\n  - {name: t, \(test)}\n", "t.yaml")
  }

  static let inside = "facts: {kind: mutasi, inaugurated_on: 2024-05-17, post_from: Camat}"

  @Test(arguments: [
    "expect: inside", "expect: {pasal-71-2: inside}", "expect: {pasal-71-2/pilkada-2024: inside}",
    "expect: {pasal-71-2/pilkada-2018: none}", "expect: inside, boundary_day: false, depends_on: []",
    "expect: inside, absent_notes: [kind_differs]",
  ])
  func `what holds passes`(expectation: String) throws {
    #expect(try run("\(Self.inside), \(expectation)").passed)
  }

  @Test(arguments: [
    "expect: outside", "expect: {pasal-71-2: outside}", "expect: {pasal-71-2: none}",
    "expect: {pasal-71-2/pilkada-2018: inside}", "must_not_alert: true", "expect: inside, boundary_day: true",
    "expect: inside, depends_on: [boundary]", "expect: inside, notes: [kind_differs]",
    "expect: inside, absent_notes: [nip_damaged, coverage_assumed], facts: {kind: mutasi, inaugurated_on: 2024-05-17}",
    "expect: {pasal-71-9: inside}", "expect: {pasal-71-2/pilkada-1999: none}",
    "expect: inside, elections: [x]",
  ])
  func `what does not hold fails`(expectation: String) throws {
    let facts = expectation.contains("facts:") ? "" : Self.inside + ", "
    let run = try run(facts + expectation)
    #expect(!run.passed)
    #expect(run.results[0].failures.allSatisfy { !$0.indonesian.isEmpty && !$0.english.isEmpty })
  }

  @Test func `what no test reached is known`() throws {
    let run = try run("\(Self.inside), expect: inside")
    #expect(run.unreachedRules == ["pasal-71-2-tail", "pasal-162-3", "pp-49-2008-132a"])
    #expect(!run.unreachedOutcomes.contains(.inside))
    #expect(!run.unreachedOutcomes.contains(.outside))
    #expect(run.unreachedOutcomes.contains(.reversal))
  }

  @Test(arguments: [
    ("expect: inside", "t.yaml:4: tests[0]: the key \"facts\" is required"),
    ("facts: {kind: mutasi}", "t.yaml:4: tests[0]: write expect"),
    ("facts: {kind: mutasi}, expect: {}", "t.yaml:4: tests[0]: write expect"),
    (
      "facts: {kind: mutasi}, expect: guilty",
      "t.yaml:4: tests[0].expect: \"guilty\" is not known; allowed: inside"
    ),
    ("facts: {knd: mutasi}, expect: inside", "t.yaml:4: tests[0].facts.knd: unknown key; allowed: action_id"),
    (
      "facts: {kind: mutasi}, expect: inside, known_on: 2024-02-30",
      "t.yaml:4: tests[0].known_on: \"2024-02-30\""
    ),
    (
      "facts: {kind: mutasi}, expect: inside, approvals: [{no: 1}]",
      "t.yaml:4: tests[0].approvals[0].no: unknown key"
    ),
    (
      "facts: {kind: mutasi}, expect: inside, acts: [{kind: mutasi}]",
      "t.yaml:4: tests[0].acts[0].kind: unknown key; allowed: action_id, decree_no, nip"
    ),
    (
      "facts: {kind: mutasi}, expect: inside, notes: [odd]",
      "t.yaml:4: tests[0].notes[0]: \"odd\" is not known"
    ),
    ("facts: {kind: mutasi}, expect: inside, clock: now", "t.yaml:4: tests[0].clock: unknown key"),
  ])
  func `a wrong test file is refused`(test: String, message: String) throws {
    let error = try #require(throws: FileError.self) { _ = try run(test) }
    #expect(error.message.english.hasPrefix(message), "\(error.message.english)")
  }

  @Test func `a test without a known_on has no clock and is refused`() {
    let text = "tests: [{name: t, facts: {kind: mutasi}, expect: inside}]"
    #expect(throws: FileError.self) { _ = try CaseFiles.run(text, "t.yaml") }
  }
}
