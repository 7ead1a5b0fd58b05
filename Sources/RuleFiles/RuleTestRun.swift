import AuditBase
import FreezeRules

/// What came of a file of rule tests.
package struct RuleTestRun: Sendable {
  /// What came of one case.
  package struct Result: Sendable {
    /// The case.
    package let name: String
    /// Its line.
    package let line: Int
    /// Why it failed; empty when it passed.
    package let failures: [Text]

    /// Nothing failed.
    package var passed: Bool { failures.isEmpty }
  }

  /// In file order.
  package private(set) var results: [Result] = []
  /// Rules switched on under which no case was inside or may have been.
  package private(set) var unreachedRules: [String]
  /// Outcomes that no case came to, under any rule.
  package private(set) var unreachedOutcomes: [Outcome]

  /// Every case passed.
  package var passed: Bool { results.allSatisfy(\.passed) }

  /// Runs the cases.
  /// - Parameters:
  ///   - rules: judged by, where the file has none of its own.
  ///   - action: makes a record of cells: `(facts, region)`.
  ///   - approvals: makes approvals of annex lines.
  package init(
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
      var act = action(test.facts, test.region)
      // A case says which region it is about, not whose database it stands in.
      act.siteRegion = nil
      act.revokedAct = test.revoked(by: act)
      let judgement = judge(act, table, approvals: test.approvals.map(approvals))
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

extension RuleTests.Case {
  /// What the other acts of the case hold under the id or SK number that an act says it revokes, as a source is searched.
  fileprivate func revoked(by act: PersonnelAction) -> RevokedAct {
    func key(_ text: String?) -> String? { text.map { $0.lowercased().filter { !$0.isWhitespace } } }
    guard let revoked = key(act.revokes) else { return .notFound }
    let found = acts.filter { other in
      [key(other["action_id"]), key(other["decree_no"])].contains(revoked)
        && (act.decreeNo == nil || key(other["decree_no"]) != key(act.decreeNo))
    }
    return RevokedAct(nips: found.map { $0["nip"] })
  }
}

extension RuleTests.Expectation {
  /// What does not hold of a judgement.
  func failures(_ judgement: Judgement, _ rules: RuleSet) -> [Text] {
    var failures: [Text] = []
    func fail(_ what: Text, _ expected: String, _ found: String) {
      failures.append(
        Text(
          "\(what.indonesian): diharapkan \(expected), ternyata \(found)",
          "\(what.english): expected \(expected), got \(found)"))
    }
    if let outcome, outcome != judgement.outcome {
      fail(Text("catatan", "record"), outcome.rawValue, judgement.outcome.rawValue)
    }
    for (key, outcome) in byRule {
      let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
      let isKnown =
        rules.rulebook.rules.contains { $0.id == parts[0] }
        && (parts.count == 1 || rules.calendar.ids.contains(parts[1]))
      guard isKnown else {
        let rules = rules.rulebook.rules.map(\.id).joined(separator: ", ")
        failures.append(
          Text(
            "\"\(key)\" tidak dikenal; aturan yang ada: \(rules)",
            "\"\(key)\" is not known; the rules are: \(rules)"))
        continue
      }
      let found = verdict(judgement, parts)?.outcome
      if found != outcome {
        fail(Text(key, key), outcome?.rawValue ?? "none", found?.rawValue ?? "none")
      }
    }
    if mustNotAlert {
      for verdict in judgement.verdicts where verdict.outcome.level == .alert {
        fail(
          Text(
            "\(verdict.window.rule)/\(verdict.window.election)",
            "\(verdict.window.rule)/\(verdict.window.election)"),
          "must_not_alert", verdict.outcome.rawValue)
      }
    }
    let about =
      byRule.first.flatMap { verdict(judgement, $0.key.split(separator: "/", maxSplits: 1).map(String.init)) }
      ?? judgement.verdicts.first
    if let isBoundaryDay, isBoundaryDay != about?.isBoundaryDay ?? false {
      fail(Text("boundary_day", "boundary_day"), "\(isBoundaryDay)", "\(!isBoundaryDay)")
    }
    if let dependsOn, dependsOn != about?.dependsOn ?? [] {
      let names = { (axes: [Axis]) in "[" + axes.map(\.rawValue).joined(separator: ", ") + "]" }
      fail(Text("depends_on", "depends_on"), names(dependsOn), names(about?.dependsOn ?? []))
    }
    let found = "[" + judgement.notes.map(\.rawValue).joined(separator: ", ") + "]"
    for note in notes where !judgement.notes.contains(note) {
      fail(Text("notes", "notes"), note.rawValue, found)
    }
    for note in absentNotes where judgement.notes.contains(note) {
      fail(Text("absent_notes", "absent_notes"), "≠ " + note.rawValue, found)
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
