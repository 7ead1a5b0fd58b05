import FreezeRules

/// Rule tests as data: facts, the day whose knowledge judges them, and what must come out.
///
/// The clock of a test is its `known_on`, nothing else; the machine's date has no part in it.
package struct RuleTests: Sendable {
  /// One case.
  package struct Case: Sendable {
    /// What the case teaches.
    package var name: String
    /// 1-based line in the file.
    package var line: Int
    /// Cells by contract column, as a CSV would have them.
    package var facts: [String: String]
    /// The day whose knowledge judges.
    package var knownOn: CivilDate
    /// Used where the facts have no `region_code`.
    package var region: String?
    /// Partial waves that the site took part in.
    package var elections: [String]
    /// Lines of the annexes by column; `nil`: no approvals source.
    package var approvals: [[String: String]]?
    /// What else the source holds, by `action_id`, `decree_no` and `nip`: where an act that is revoked can be found.
    package var acts: [[String: String]]
    /// What must come out.
    package var expectation: Expectation
  }

  /// What must come out of a case; everything given must hold.
  package struct Expectation: Sendable {
    /// The outcome of the record.
    package var outcome: Outcome?
    /// By `rule` (its strongest verdict) or `rule/election`; `nil`: no window may apply.
    package var byRule: [(key: String, outcome: Outcome?)] = []
    /// No alert may be raised by any rule.
    package var mustNotAlert = false
    /// Of the verdict that the case is about: the first one named, else the strongest.
    package var isBoundaryDay: Bool?
    /// Of the same verdict.
    package var dependsOn: [Axis]?
    /// Notes that must be there.
    package var notes: [Note] = []
    /// Notes that must not.
    package var absentNotes: [Note] = []
  }

  /// In file order.
  package var cases: [Case]
  /// The rules and calendar of the file itself, where it has its own.
  package var rulebook: Rulebook?
  /// The same for the calendar.
  package var calendar: ElectionCalendar?

  private static let caseKeys = [
    "name", "facts", "known_on", "region", "elections", "approvals", "acts", "expect", "must_not_alert",
    "boundary_day", "depends_on", "notes", "absent_notes",
  ]

  /// Reads a file of rule tests.
  /// - Parameters:
  ///   - columns: the names that `facts` may use.
  ///   - approvalColumns: the names that a line of `approvals` may use.
  /// - Throws: ``FileError`` with file, line, key and what is allowed.
  package init(yaml text: String, file: String, columns: [String], approvalColumns: [String])
    throws(FileError)
  {
    let root = try YAMLValue(parsing: text, file: file)
      .mapping(allowed: [
        "known_on", "region", "elections", "rules", "calendar", "calendar_additions", "tests",
      ])
    rulebook = try root["rules"].map { value throws(FileError) in
      try Rulebook(value, hash: RuleSet.hash(text))
    }
    if let additions = root["calendar_additions"] {
      let own: YAMLValue
      if let value = root["calendar"] {
        own = value
      } else {
        own = try YAMLValue(parsing: Shipped.calendarText, file: "calendar.yaml")
      }
      calendar = try ElectionCalendar(own, additions: additions, hash: RuleSet.hash(text))
    } else {
      calendar = try root["calendar"].map { value throws(FileError) in
        try ElectionCalendar(value, hash: RuleSet.hash(text))
      }
    }
    let knownOn = try root["known_on"]?.date()
    let region = try root["region"]?.text()
    let elections = try root["elections"]?.texts() ?? []
    cases = []
    for item in try root.required("tests").list() {
      let map = try item.mapping(allowed: Self.caseKeys)
      var approvals: [[String: String]]?
      if let lines = map["approvals"] {
        approvals = []
        for line in try lines.list() { approvals?.append(try line.cells(allowed: approvalColumns)) }
      }
      var acts: [[String: String]] = []
      for line in try map["acts"]?.list() ?? [] {
        acts.append(try line.cells(allowed: ["action_id", "decree_no", "nip"]))
      }
      guard let day = try map["known_on"]?.date() ?? knownOn else {
        throw map.error(
          id: "known_on wajib ada, di sini atau di awal berkas: hari penilaian",
          en: "known_on is required, here or at the head of the file: the day whose knowledge judges")
      }
      cases.append(
        Case(
          name: try map.required("name").text(), line: item.line,
          facts: try map.required("facts").cells(allowed: columns), knownOn: day,
          region: try map["region"]?.text() ?? region, elections: try map["elections"]?.texts() ?? elections,
          approvals: approvals, acts: acts, expectation: try Self.expectation(map)))
    }
    guard !cases.isEmpty else {
      throw try root.required("tests").error(id: "tidak ada satu uji pun", en: "there is not a single test")
    }
  }

  private static func expectation(_ map: YAMLMapping) throws(FileError) -> Expectation {
    var expectation = Expectation()
    expectation.mustNotAlert = try map["must_not_alert"]?.flag() ?? false
    if let value = map["expect"] {
      if value.isMapping {
        let words = ["none"] + Outcome.allCases.map(\.rawValue)
        for (key, value) in try value.pairs() {
          expectation.byRule.append((key, Outcome(rawValue: try value.word(of: words))))
        }
      } else {
        expectation.outcome = try value.choice()
      }
    }
    guard expectation.outcome != nil || !expectation.byRule.isEmpty || expectation.mustNotAlert else {
      throw map.error(
        id:
          "tulis expect (\(Outcome.allCases.map(\.rawValue).joined(separator: ", "))) atau must_not_alert: true",
        en:
          "write expect (\(Outcome.allCases.map(\.rawValue).joined(separator: ", "))) or must_not_alert: true"
      )
    }
    expectation.isBoundaryDay = try map["boundary_day"]?.flag()
    expectation.dependsOn = try map["depends_on"]?.choices()
    expectation.notes = try map["notes"]?.choices() ?? []
    expectation.absentNotes = try map["absent_notes"]?.choices() ?? []
    return expectation
  }
}

extension YAMLValue {
  /// Whether this is a mapping.
  package var isMapping: Bool { node.mapping != nil }

  /// A list of texts.
  func texts() throws(FileError) -> [String] {
    var texts: [String] = []
    for item in try list() { texts.append(try item.text()) }
    return texts
  }

  /// A list of cases of one enumeration.
  func choices<T: CaseIterable & RawRepresentable>() throws(FileError) -> [T] where T.RawValue == String {
    var choices: [T] = []
    for item in try list() { choices.append(try item.choice()) }
    return choices
  }

  /// A mapping of columns to cells; a cell may be blank.
  func cells(allowed: [String]) throws(FileError) -> [String: String] {
    var cells: [String: String] = [:]
    for (name, value) in try mapping(allowed: allowed).fields {
      guard let cell = value.node.scalar else {
        throw value.error(id: "harus berupa teks", en: "must be text")
      }
      cells[name] = cell.string
    }
    return cells
  }
}
