import FreezeRules

/// What came of a file of rule tests.
public struct RuleTestRun: Sendable {
  /// What came of one case.
  public struct Result: Sendable {
    /// The case.
    public let name: String
    /// Its line.
    public let line: Int
    /// Why it failed; empty when it passed.
    public let failures: [Bilingual]

    /// Nothing failed.
    public var passed: Bool { failures.isEmpty }
  }

  /// In file order.
  public private(set) var results: [Result] = []
  /// Rules switched on under which no case was inside or may have been.
  public private(set) var unreachedRules: [String]
  /// Outcomes that no case came to, under any rule.
  public private(set) var unreachedOutcomes: [Outcome]

  /// Every case passed.
  public var passed: Bool { results.allSatisfy(\.passed) }

  /// Runs the cases.
  /// - Parameters:
  ///   - rules: judged by, where the file has none of its own.
  ///   - action: makes a record of cells: `(facts, region)`.
  ///   - approvals: makes approvals of annex lines.
  public init(
    _ tests: RuleTests, _ rules: RuleSet, action: ([String: String], String?) -> PersonnelAction,
    approvals: ([[String: String]]) -> Approvals
  ) {
    let rules = RuleSet(
      rulebook: tests.rulebook ?? rules.rulebook, calendar: tests.calendar ?? rules.calendar)
    unreachedRules = rules.rulebook.rules.filter(\.enabled).map(\.id)
    unreachedOutcomes = Outcome.allCases
    for test in tests.cases {
      if let unknown = rules.unknownElection(in: test.elections) {
        results.append(Result(name: test.name, line: test.line, failures: [unknown.message]))
        continue
      }
      let table = rules.windows(declared: test.elections, knownOn: test.knownOn)
      let judgement = judge(action(test.facts, test.region), table, approvals: test.approvals.map(approvals))
      let reached = judgement.verdicts.map(\.outcome) + [judgement.outcome]
      unreachedOutcomes.removeAll { reached.contains($0) }
      unreachedRules.removeAll { rule in
        judgement.verdicts.contains { $0.window.rule == rule && !$0.insideDates.isEmpty }
      }
      results.append(
        Result(name: test.name, line: test.line, failures: test.expectation.failures(judgement, rules)))
    }
  }
}

extension RuleTests.Expectation {
  /// What does not hold of a judgement.
  func failures(_ judgement: Judgement, _ rules: RuleSet) -> [Bilingual] {
    var failures: [Bilingual] = []
    func fail(_ what: Bilingual, _ expected: String, _ found: String) {
      failures.append(
        Bilingual(
          id: "\(what.indonesian): diharapkan \(expected), ternyata \(found)",
          en: "\(what.english): expected \(expected), got \(found)"))
    }
    if let outcome, outcome != judgement.outcome {
      fail(Bilingual(id: "catatan", en: "record"), outcome.rawValue, judgement.outcome.rawValue)
    }
    for (key, outcome) in byRule {
      let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
      let isKnown =
        rules.rulebook.rules.contains { $0.id == parts[0] }
        && (parts.count == 1 || rules.calendar.ids.contains(parts[1]))
      guard isKnown else {
        let rules = rules.rulebook.rules.map(\.id).joined(separator: ", ")
        failures.append(
          Bilingual(
            id: "\"\(key)\" tidak dikenal; aturan yang ada: \(rules)",
            en: "\"\(key)\" is not known; the rules are: \(rules)"))
        continue
      }
      let found = verdict(judgement, parts)?.outcome
      if found != outcome {
        fail(Bilingual(id: key, en: key), outcome?.rawValue ?? "none", found?.rawValue ?? "none")
      }
    }
    if mustNotAlert {
      for verdict in judgement.verdicts where verdict.outcome.level == .alert {
        fail(
          Bilingual(
            id: "\(verdict.window.rule)/\(verdict.window.election)",
            en: "\(verdict.window.rule)/\(verdict.window.election)"),
          "must_not_alert", verdict.outcome.rawValue)
      }
    }
    let about =
      byRule.first.flatMap { verdict(judgement, $0.key.split(separator: "/", maxSplits: 1).map(String.init)) }
      ?? judgement.verdicts.first
    if let isBoundaryDay, isBoundaryDay != about?.isBoundaryDay ?? false {
      fail(Bilingual(id: "boundary_day", en: "boundary_day"), "\(isBoundaryDay)", "\(!isBoundaryDay)")
    }
    if let dependsOn, dependsOn != about?.dependsOn ?? [] {
      let names = { (axes: [Axis]) in "[" + axes.map(\.rawValue).joined(separator: ", ") + "]" }
      fail(Bilingual(id: "depends_on", en: "depends_on"), names(dependsOn), names(about?.dependsOn ?? []))
    }
    let found = "[" + judgement.notes.map(\.rawValue).joined(separator: ", ") + "]"
    for note in notes where !judgement.notes.contains(note) {
      fail(Bilingual(id: "notes", en: "notes"), note.rawValue, found)
    }
    for note in absentNotes where judgement.notes.contains(note) {
      fail(Bilingual(id: "absent_notes", en: "absent_notes"), "≠ " + note.rawValue, found)
    }
    return failures
  }

  /// The strongest verdict of a rule, or the one of a rule and election.
  private func verdict(_ judgement: Judgement, _ parts: [String]) -> Verdict? {
    judgement.verdicts.first {
      $0.window.rule == parts.first && (parts.count == 1 || $0.window.election == parts.last)
    }
  }
}
