import AuditBase
import Foundation
import FreezeRules
import Testing

@testable import RuleFiles

/// A file that is wrong is refused with its name, the line, the key, and what is allowed; in both languages.
@Suite struct BadFiles {
  /// One change to a good file and what must be said of it.
  struct Bad: Sendable, CustomTestStringConvertible {
    let what: String
    /// Replaced once in the good text.
    let old: String
    let new: String
    let line: Int
    let key: String
    /// Part of the English message.
    let says: String

    init(_ what: String, _ old: String, _ new: String, _ line: Int, _ key: String, _ says: String) {
      (self.what, self.old, self.new, self.line, self.key, self.says) = (what, old, new, line, key, says)
    }

    var testDescription: String { what }
  }

  static let goodRules = """
    backdating_days: 31
    rules:
      - id: a
        versions:
          - in_force_from: 2015-01-01
            in_force_until: 2016-06-30
            known_from: 2015-01-01
            opens: {anchor: determination, months: -3}
            closes: {anchor: determination}
            citation: "UU 8/2015"
          - in_force_from: 2016-07-01
            in_force_until: open
            known_from: 2016-07-01
            opens: {anchor: determination, months: -6}
            closes: {anchor: determination}
            citation: "UU 10/2016"
        closed_axes:
          - {axis: boundary, value: included, elections: [e], citation: SE, known_from: 2024-03-29}
          - {axis: direction, value: back, citation: SE, known_from: 2024-03-29}
      - id: b
        enabled: false
        versions:
          - {in_force_from: 2016-07-01, in_force_until: open, known_from: 2016-07-01, opens: {anchor: inauguration}, closes: {anchor: inauguration, months: 6}, citation: x}
    coverage:
      - {post: structural, covered: "yes", from: 2016-07-01, until: open, known_from: 2016-07-01, citation: x}
      - {post: functional, covered: "no", from: 2016-07-01, until: 2019-12-31, known_from: 2016-07-01, citation: x}
    kinds:
      citation: x
      in_scope: {mutasi: mutasi, MJ: any}
      out_of_scope: [pensiun]
    """

  @Test func `the good files are read`() throws {
    let rules = try Rulebook(yaml: Self.goodRules, file: "rules.yaml", hash: "")
    #expect(rules.rules.map(\.versions.count) == [2, 1])
    #expect(rules.rules.map(\.enabled) == [true, false])
  }

  @Test(arguments: [
    Bad(
      "unknown key at the top", "backdating_days: 31", "backdatingdays: 31", 1, "backdatingdays",
      "allowed: rules, coverage, kinds, backdating_days"),
    Bad(
      "unknown key in a version", "citation: \"UU 8/2015\"", "cite: x", 10, "rules[0].versions[0].cite",
      "allowed: in_force_from, in_force_until, known_from, opens, closes, citation"),
    Bad(
      "unknown key in an edge", "months: -3", "month: -3", 8, "rules[0].versions[0].opens.month",
      "allowed: anchor, months, days"),
    Bad(
      "missing citation", "        citation: \"UU 8/2015\"\n", "", 5, "rules[0].versions[0]",
      "\"citation\" is required"),
    Bad(
      "a citation of YAML's nothing", "citation: \"UU 8/2015\"", "citation: ~", 5, "rules[0].versions[0]",
      "\"citation\" is required"),
    Bad(
      "a citation of nothing in words", "citation: \"UU 8/2015\"", "citation: null", 5,
      "rules[0].versions[0]",
      "\"citation\" is required"),
    Bad(
      "a citation that is a dash", "\"UU 8/2015\"", "\"-\"", 10, "rules[0].versions[0].citation",
      "names no instrument"),
    Bad(
      "an escape of a terminal in a citation", "\"UU 8/2015\"", "\"UU \\e[31m\"", 10,
      "rules[0].versions[0].citation", "control character"),
    Bad("blank citation", "\"UU 8/2015\"", "\" \"", 10, "rules[0].versions[0].citation", "not blank"),
    Bad(
      "null citation", "citation: \"UU 8/2015\"", "citation:", 5, "rules[0].versions[0]",
      "\"citation\" is required"),
    Bad(
      "missing known_from of an axis", "direction, value: back, citation: SE, known_from: 2024-03-29",
      "direction, value: back, citation: SE", 19, "rules[0].closed_axes[1]", "\"known_from\" is required"),
    Bad(
      "missing citation of coverage", "until: open, known_from: 2016-07-01, citation: x}",
      "until: open, known_from: 2016-07-01}", 25, "", "\"citation\" is required"),
    Bad(
      "missing citation of kinds", "  citation: x\n  in_scope", "  in_scope", 28, "kinds",
      "\"citation\" is required"),
    Bad(
      "impossible date", "2016-06-30", "2016-06-31", 6, "rules[0].versions[0].in_force_until", "YYYY-MM-DD"),
    Bad(
      "date in another spelling", "in_force_from: 2015-01-01", "in_force_from: 01-01-2015", 5,
      "rules[0].versions[0].in_force_from", "YYYY-MM-DD"),
    Bad(
      "senseless year", "in_force_from: 2015-01-01", "in_force_from: 0215-01-01", 5,
      "rules[0].versions[0].in_force_from", "1945 to 2199"),
    Bad(
      "ends before it begins", "2016-06-30", "2014-06-30", 6, "rules[0].versions[0].in_force_until",
      "before in_force_from"),
    Bad(
      "gap between versions", "2016-06-30", "2016-05-31", 5, "rules[0].versions",
      "gap between 2016-05-31 and 2016-07-01"),
    Bad(
      "overlap of versions", "2016-06-30", "2016-07-31", 5, "rules[0].versions",
      "overlaps the one from 2016-07-01"),
    Bad("overlap with an open version", "2016-06-30", "open", 5, "rules[0].versions", "overlaps"),
    Bad(
      "the same stretch twice",
      "in_force_from: 2016-07-01\n        in_force_until: open\n        known_from: 2016-07-01",
      "in_force_from: 2015-01-01\n        in_force_until: open\n        known_from: 2015-01-01", 5,
      "rules[0].versions", "overlaps are not allowed"),
    Bad(
      "no version",
      "    versions:\n      - {in_force_from: 2016-07-01, in_force_until: open, known_from: 2016-07-01, opens: {anchor: inauguration}, closes: {anchor: inauguration, months: 6}, citation: x}",
      "    versions: []", 22, "rules[1].versions", "at least one version"),
    Bad("duplicated id", "id: b", "id: a", 20, "rules[1]", "\"a\" is taken"),
    Bad(
      "axis clash", "{axis: direction, value: back", "{axis: boundary, value: excluded", 19,
      "rules[0].closed_axes[1]", "closed twice"),
    Bad(
      "unknown axis", "axis: direction", "axis: weekday", 19, "rules[0].closed_axes[1].axis",
      "allowed: boundary, direction, month_end"),
    Bad(
      "value of another axis", "value: back", "value: up", 19, "rules[0].closed_axes[1].value",
      "allowed: back, forward"),
    Bad(
      "empty list of elections", "elections: [e]", "elections: []", 18, "rules[0].closed_axes[0].elections",
      "leave the key out"),
    Bad(
      "unknown anchor", "opens: {anchor: determination, months: -3}", "opens: {anchor: election, months: -3}",
      8, "rules[0].versions[0].opens.anchor", "allowed: determination, term_end, inauguration"),
    Bad(
      "months out of range", "months: -3", "months: -121", 8, "rules[0].versions[0].opens.months",
      "-120 to 120"),
    Bad(
      "months that are no number", "months: -3", "months: three", 8, "rules[0].versions[0].opens.months",
      "whole number"),
    Bad("opens after the anchor", "months: -3", "months: 3", 5, "rules[0].versions[0]", "0 or negative"),
    Bad(
      "opens after it closes", "opens: {anchor: determination, months: -3}",
      "opens: {anchor: determination, days: 3}", 5, "rules[0].versions[0]", "opens after it closes"),
    Bad(
      "opens after it closes by its days", "opens: {anchor: determination, months: -6}",
      "opens: {anchor: determination, months: -6, days: 300}", 11, "rules[0].versions[1]",
      "opens after it closes"),
    Bad(
      "anchors that never meet", "closes: {anchor: inauguration, months: 6}",
      "closes: {anchor: term_end, months: 6}", 23, "rules[1].versions[0]",
      "inauguration, acting_from/acting_until, or determination/term_end"),
    Bad(
      "everything switched off", "  - id: a\n", "  - id: a\n    enabled: false\n", 3, "rules", "at least one"),
    Bad(
      "a flag that is none", "enabled: false", "enabled: no", 21, "rules[1].enabled", "allowed: true, false"),
    Bad(
      "unknown post class", "post: functional", "post: teacher", 26, "coverage[1].post",
      "allowed: structural, school_head"),
    Bad(
      "a rule for unknown posts", "post: functional", "post: unknown", 26, "coverage[1]",
      "coverage is assumed"),
    Bad(
      "covered: maybe", "covered: \"no\"", "covered: maybe", 26, "coverage[1].covered",
      "allowed: yes, no, open"),
    Bad(
      "coverage ends before it begins", "until: 2019-12-31", "until: 2015-12-31", 26, "coverage[1]",
      "before from"),
    Bad(
      "coverage overlaps", "post: functional", "post: structural", 26, "coverage[1]",
      "overlaps the row structural"),
    Bad(
      "unknown kind", "mutasi: mutasi", "mutasi: geser", 29, "kinds.in_scope.mutasi",
      "allowed: any, mutasi, promosi, demosi"),
    Bad(
      "label twice", "out_of_scope: [pensiun]", "out_of_scope: [pensiun, Mj.]", 30, "kinds.out_of_scope[1]",
      "is there already"),
    Bad(
      "back-dating days out of range", "backdating_days: 31", "backdating_days: 367", 1, "backdating_days",
      "0 to 366"),
    Bad("rules that are no list", "rules:\n", "rules: yes\nother:\n", 3, "other", "unknown key"),
  ])
  func `a wrong rule file is refused`(bad: Bad) throws {
    try expect(bad, Self.goodRules) { text throws(FileError) in
      _ = try Rulebook(yaml: text, file: "rules.yaml", hash: "")
    }
  }

  func expect(_ bad: Bad, _ good: String, _ read: (String) throws(FileError) -> Void) throws {
    let range = try #require(good.range(of: bad.old), "\(bad.what): \(bad.old) is not in the good file")
    let text = good.replacingCharacters(in: range, with: bad.new)
    let error = try #require(throws: FileError.self, "\(bad.what)") { try read(text) }
    #expect(error.file.hasSuffix(".yaml"))
    if bad.line > 0 { #expect(error.line == bad.line, "\(bad.what): \(error.message.english)") }
    if !bad.key.isEmpty { #expect(error.key == bad.key) }
    #expect(error.problem.english.contains(bad.says), "\(error.message.english)")
    #expect(!error.problem.indonesian.isEmpty && error.problem.indonesian != error.problem.english)
    #expect(
      error.message.english.hasPrefix(error.line > 0 ? "\(error.file):\(error.line): " : "\(error.file): "))
  }
}

/// Open facts are values, not gaps.
@Suite struct OpenFacts {
  func table(_ calendar: String, knownOn: String) throws -> WindowTable {
    let day = try #require(CivilDate(iso: knownOn))
    let calendar = try ElectionCalendar(yaml: calendar, file: "calendar.yaml", hash: "")
    return WindowTable(try RuleSet().rulebook, calendar, declared: [], knownOn: day)
  }

  @Test func `no determination yet is no window, and it is said`() throws {
    let calendar = CalendarText.head + "elections: [{id: e, regions: all, determination: []}]"
    let table = try table(calendar, knownOn: "2026-11-22")
    #expect(
      PlannedDay(try #require(CivilDate(iso: "2026-11-22")), region: nil, table).answer == .notEvaluated)
  }

  @Test func `a suspended schedule has no window until the next one is known`() throws {
    let calendar =
      CalendarText.head + """
        elections:
          - id: e
            regions: all
            determination:
              - {date: 2020-07-08, instrument: A, known_from: 2019-08-09}
              - {date: open, instrument: B, known_from: 2020-03-21}
              - {date: 2020-09-23, instrument: C, known_from: 2020-06-12}
        """
    #expect(try table(calendar, knownOn: "2020-03-20").windows.first?.earliest.description == "2020-01-08")
    #expect(try table(calendar, knownOn: "2020-03-21").windows.first?.isCertain == false)
    #expect(try table(calendar, knownOn: "2020-06-12").windows.first?.earliest.description == "2020-03-23")
  }

  @Test func `an open end of term is a window without end, an unknown one is none`() throws {
    let open =
      CalendarText.head + """
        elections:
          - {id: e, regions: all, determination: [{date: 2024-09-22, instrument: A, known_from: 2024-01-01}], term_end: {date: open, instrument: A, known_from: 2024-01-01}}
          - {id: f, regions: all, determination: [{date: 2024-09-22, instrument: A, known_from: 2024-01-01}]}
        """
    let table = try table(open, knownOn: "2024-12-01")
    let tails = table.windows.filter { $0.rule == "pasal-71-2-tail" }
    #expect(tails.map(\.election) == ["e", "f"])
    #expect(tails.map(\.isCertain) == [true, false])
    #expect(tails.first?.closes == nil)
    let late = try #require(CivilDate(iso: "2199-01-01"))
    #expect(PlannedDay(late, region: nil, table).answer == .frozen)
    #expect(PlannedDay(late, region: nil, table).freeFrom == nil)
  }
}

/// Files that mean harm: an error, never a crash, a hang, or half of a file.
@Suite struct HostileFiles {
  static let files: [(String, String)] = [
    ("empty", ""), ("blanks", "   \n\n"), ("a comment", "# nothing"), ("a scalar", "rules"),
    ("a list", "- a\n- b"),
    ("brackets", String(repeating: "[", count: 200_000)),
    ("braces", String(repeating: "{a: ", count: 100_000)),
    ("dashes on a line", String(repeating: "- ", count: 200_000) + "a"),
    ("question marks", String(repeating: "? ", count: 200_000) + "a"),
    ("deep indentation", (0..<600).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
    ("laughs", "a: &a [x, x]\nb: &b [*a, *a]\nrules: [*b, *b]\n"),
    ("an anchor on itself", "rules: &a [*a]"),
    ("a merge", "rules:\n  <<: *a\n"),
    ("a NUL in the middle", "elections: []\n\u{0}\nrules: []\n"), ("an escape", "rules: \u{1B}[31m"),
    ("a tab as indentation", "rules:\n\t- id: a\n"), ("an open quote", "rules: \"abc\n"),
    ("two documents", "rules: []\n---\nrules: []\n"), ("a directive", "%YAML 9.9\n---\na: b\n"),
    ("10 MB", String(repeating: "# padding\n", count: 1_000_000)),
    ("10 MB on a line", "rules: " + String(repeating: "x", count: 10_000_000)),
    ("a key that is a list", "? [a, b]\n: c\n"), ("a tag", "rules: !!binary gibberish=\n"),
    ("an odd byte order mark", "\u{FEFF}\u{FEFF}rules: []\n"),
    ("a number too big", "rules: []\nbackdating_days: 99999999999999999999999\ncoverage: []\nkinds: {}\n"),
  ]

  @Test(arguments: files.map(\.0))
  func `it is refused`(name: String) throws {
    let text = try #require(Self.files.first { $0.0 == name }).1
    #expect(throws: FileError.self) { _ = try Rulebook(yaml: text, file: "x.yaml", hash: "") }
    #expect(throws: FileError.self) { _ = try ElectionCalendar(yaml: text, file: "x.yaml", hash: "") }
    #expect(throws: FileError.self) {
      _ = try RuleTests(yaml: text, file: "x.yaml", columns: ["kind"], approvalColumns: [])
    }
  }

  @Test func `a directory, a device and a missing file are refused`() {
    for path in ["/", "/dev/zero", "/nonexistent/rules.yaml"] {
      #expect(throws: FileError.self) { _ = try RuleSet(rulesPath: path) }
    }
  }

  @Test func `ampersands and asterisks inside text are text`() throws {
    let calendar =
      CalendarText.head + """
        elections:  # R&D *not* an alias
          - {id: "*e", regions: all, determination: [{date: 2024-09-22, instrument: "&A & B*", known_from: 2024-01-01}]}
          - {id: R&D*, regions: all, determination: [{date: 2024-09-22, instrument: it's 'fine', known_from: 2024-01-01}]}
          - {id: q, regions: all, determination: [{date: 2024-09-22, instrument: 'Ma''ruf &Co', known_from: 2024-01-01}]}
        """
    #expect(try ElectionCalendar(yaml: calendar, file: "c.yaml", hash: "").ids == ["*e", "R&D*", "q"])
  }
}
