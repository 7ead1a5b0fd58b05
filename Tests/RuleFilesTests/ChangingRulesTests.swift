import FreezeRules
import RuleFiles
import Testing

/// Rules, coverage and knowledge that change while a window is open.
@Suite struct ChangingRules {
  /// Shipped rules but for one rule and some coverage.
  static func rules(versions: String, coverage: String = "") throws -> Rulebook {
    try Rulebook(
      yaml: """
        backdating_days: 31
        rules:
          - id: r
            enabled: true
            versions:
        \(versions)
        coverage:
          - {post: structural, covered: "yes", from: 2016-07-01, until: open, known_from: 2016-07-01, citation: UU}
        \(coverage)
        kinds: {citation: UU, in_scope: {mutasi: mutasi}, out_of_scope: [pensiun]}
        """, file: "rules.yaml", hash: "")
  }

  static func version(
    _ from: String = "2016-07-01", _ until: String = "open",
    opens: String = "{anchor: determination, months: -6}",
    closes: String = "{anchor: determination}"
  ) -> String {
    "      - {in_force_from: \(from), in_force_until: \(until), known_from: 2016-07-01, opens: \(opens), closes: \(closes), citation: UU}"
  }

  static let calendar =
    CalendarText.head + """
      elections:
        - {id: e, regions: all, determination: [{date: 2024-09-22, instrument: PKPU, known_from: 2024-01-26}]}
      """

  static func table(_ rules: Rulebook, _ calendar: String = calendar, knownOn: String = "2026-11-22") throws
    -> WindowTable
  {
    WindowTable(
      rules, try ElectionCalendar(yaml: calendar, file: "calendar.yaml", hash: ""), declared: [],
      knownOn: try #require(CivilDate(iso: knownOn)))
  }

  static func act(_ decree: String?, _ oath: String? = nil, post: String = "Kepala SDN 1") throws
    -> PersonnelAction
  {
    var act = PersonnelAction(actionID: "1", kind: "mutasi")
    act.postFrom = post
    act.postTo = post
    func date(_ text: String?) throws -> RecordedDate {
      guard let text else { return .absent(original: nil) }
      if text.utf8.count == 10 {
        return .known(DateSpan(try #require(CivilDate(iso: text))), original: text)
      }
      let parts = text.split(separator: "-").compactMap { Int($0) }
      let span = parts.count == 1 ? DateSpan(year: parts[0]) : DateSpan(year: parts[0], month: parts[1])
      return .known(try #require(span), original: text)
    }
    act.decreeDate = try date(decree)
    act.inauguratedOn = try date(oath)
    return act
  }

  /// A school head is out of scope up to 31 May 2024, and covered from 1 June.
  @Test(
    "every date is judged by the coverage of its own day",
    arguments: [
      ("2024-05-31", nil, Outcome.notCovered, ["decree_date"]),
      ("2024-05-31", "2024-06-03", .inside, ["inaugurated_on"]),
      ("2024-06-03", "2024-05-31", .inside, ["decree_date"]),
      (nil, "2024-06-03", .inside, ["inaugurated_on"]),
      ("2024-05", nil, .notCovered, ["decree_date"]),
      ("2024-06", nil, .inside, ["decree_date"]),
      ("2024", nil, .depends, ["decree_date"]),
    ] as [(String?, String?, Outcome, [String])])
  func coverage(decree: String?, oath: String?, outcome: Outcome, dates: [String]) throws {
    let rules = try Self.rules(
      versions: Self.version(),
      coverage: """
          - {post: school_head, covered: "no", from: 2016-07-01, until: 2024-05-31, known_from: 2016-07-01, citation: A}
          - {post: school_head, covered: "yes", from: 2024-06-01, until: open, known_from: 2016-07-01, citation: B}
        """)
    let judgement = judge(try Self.act(decree, oath), try Self.table(rules), approvals: nil)
    #expect(judgement.outcome == outcome)
    #expect(judgement.verdicts.first?.insideDates.map(\.rawValue) == dates)
    // A letter counts from the first day that is covered.
    if decree == "2024-05-31", oath != nil {
      #expect(judgement.verdicts.first?.firstInside?.description == "2024-06-03")
      #expect(judgement.verdicts.first?.citations.contains("B") == true)
    }
  }

  /// Two versions with the same edges are one window.
  @Test(
    "a version that follows another in the middle of a month changes nothing by itself",
    arguments: [
      ("2024-05", nil, Outcome.inside, ["decree_date"]),
      ("2024-05-14", "2024-05-15", .inside, ["decree_date", "inaugurated_on"]),
      ("2024-03", nil, .depends, ["decree_date"]), ("2024-05-15", nil, .inside, ["decree_date"]),
      ("2024-01-05", nil, .outside, []),
    ] as [(String, String?, Outcome, [String])])
  func versions(decree: String, oath: String?, outcome: Outcome, dates: [String]) throws {
    let rules = try Self.rules(
      versions: [Self.version("2016-07-01", "2024-05-14"), Self.version("2024-05-15")].joined(separator: "\n")
    )
    let judgement = judge(try Self.act(decree, oath, post: "Camat"), try Self.table(rules), approvals: nil)
    #expect(judgement.outcome == outcome)
    #expect(judgement.verdicts.count == 1)
    #expect(judgement.verdicts.first?.insideDates.map(\.rawValue) == dates)
  }

  /// The rule of 2015 counted back from the end of the term.
  @Test(
    "an end of term that is open or not entered is not freedom, where a rule opens on it",
    arguments: ["", ", term_end: {date: open, instrument: K, known_from: 2024-01-01}"])
  func openTermEnd(termEnd: String) throws {
    let rules = try Self.rules(
      versions: Self.version(opens: "{anchor: term_end, months: -6}", closes: "{anchor: term_end}"))
    let calendar =
      CalendarText.head + """
        elections:
          - {id: e, regions: all, determination: [{date: 2024-09-22, instrument: PKPU, known_from: 2024-01-26}]\(termEnd)}
        """
    let table = try Self.table(rules, calendar)
    #expect(table.windows.map(\.isCertain) == [false])
    let day = try #require(CivilDate(iso: "2024-09-23"))
    #expect(PlannedDay(day, region: "16.05", table).answer == .notEvaluated)
  }

  @Test func `an end of term before the determination is none, and it is said`() throws {
    let calendar =
      CalendarText.head + """
        elections:
          - id: e
            regions: all
            determination:
              - {date: 2020-07-08, instrument: A, known_from: 2019-08-09}
              - {date: 2020-09-23, instrument: B, known_from: 2020-06-12}
            term_end:
              - {date: 2020-09-01, instrument: C, known_from: 2019-01-01}
              - {date: 2021-02-17, instrument: D, known_from: 2020-12-01}
        """
    let then = try Self.table(try RuleSet().rulebook, calendar, knownOn: "2020-07-01")
    #expect(then.windows.map(\.rule) == ["pasal-71-2", "pasal-71-2-tail"])
    let after = try #require(CivilDate(iso: "2020-09-25"))
    #expect(PlannedDay(after, region: nil, then).answer == .notEvaluated)
    let now = try Self.table(try RuleSet().rulebook, calendar, knownOn: "2020-12-01")
    #expect(PlannedDay(after, region: nil, now).answer == .frozen)
  }

  @Test func `free again is only said of a day that is free`() throws {
    let frozen = try #require(CivilDate(iso: "2024-05-01"))
    let open = try Self.table(
      try Self.rules(versions: Self.version()),
      Self.calendar
        + "\n  - {id: f, regions: all, determination: [{date: {after: 2024-10-01}, instrument: K, known_from: 2024-01-26}]}"
    )
    let planned = PlannedDay(frozen, region: nil, open)
    #expect(planned.answer == .frozen && planned.freeFrom == nil)
    #expect(planned.frozenThrough?.description == "2024-09-22")
    #expect(planned.missing.map(\.election) == ["f"])

    let ended = try Self.table(try Self.rules(versions: Self.version("2016-07-01", "2024-06-30")))
    let last = PlannedDay(frozen, region: nil, ended)
    #expect(last.answer == .frozen && last.freeFrom == nil)

    let free = PlannedDay(frozen, region: nil, try Self.table(try Self.rules(versions: Self.version())))
    #expect(free.freeFrom?.description == "2024-09-23")
  }

  @Test func `a reversal looks for the letter as well, and stays a reversal`() throws {
    var act = try Self.act("2024-05-17", post: "Camat")
    act.revokes = "9"
    act.revokedAct = RevokedAct(nips: [nil])
    act.approvalNo = "L/1"
    act.approvalDate = .known(DateSpan(try #require(CivilDate(iso: "2024-05-01"))), original: "2024-05-01")
    let table = try Self.table(try Self.rules(versions: Self.version()))
    let verdict = try #require(judge(act, table, approvals: nil).verdicts.first)
    #expect(verdict.outcome == .reversal)
    #expect(verdict.approval?.standing == .before)
  }

  @Test func `an edge that closes by months has its raw date as well`() throws {
    let rules = try Self.rules(versions: Self.version(closes: "{anchor: determination, months: 1}"))
    let calendar =
      CalendarText.head
      + "elections: [{id: e, regions: all, determination: [{date: 2023-01-31, instrument: K, known_from: 2022-01-01}]}]"
    let window = try #require(try Self.table(rules, calendar).windows.first)
    #expect(window.rawEdge?.description == "2022-07-31")
    #expect(window.rawClosingEdge?.description == "2023-02-31")
    #expect(window.rawClosingEdge?.exists == false)
  }

  @Test func `what decided is among what is shown`() throws {
    var act = try Self.act("2024-05-17", post: "Guru")
    act.regionCode = "19.01"
    act.effectiveDate = .unreadable(original: "99-99-2024")
    let set = try RuleSet()
    let judgement = judge(
      act, set.windows(declared: [], knownOn: try #require(CivilDate(iso: "2026-11-22"))), approvals: nil)
    #expect(judgement.relevantVerdicts.first?.outcome == judgement.outcome)
  }
}
