/// The days on which something of the rules or the calendar became known: between two of them no answer changes because of
/// what is known.
public struct KnowledgeDays: Sendable {
  /// Day to the instruments that became known on it.
  private let instruments: [CivilDate: [String]]
  /// An election of which nothing was announced yet: whatever comes can only come after the present day, so that there each day
  /// is another state of knowledge.
  public let movesWithTheDay: Bool

  /// Of these rules and this calendar.
  public init(_ rulebook: Rulebook, _ calendar: ElectionCalendar) {
    var found: [CivilDate: [String]] = [:]
    func add(_ day: CivilDate, _ instrument: String) {
      if found[day]?.contains(instrument) != true { found[day, default: []].append(instrument) }
    }
    func add(_ facts: [CalendarFact]) { for fact in facts { add(fact.day.knownFrom, fact.day.instrument) } }
    for rule in rulebook.rules where rule.enabled {
      for version in rule.versions {
        add(version.knownFrom, version.citation)
        for exception in version.exceptions { add(exception.knownFrom, exception.citation) }
      }
      for axis in rule.closedAxes { add(axis.knownFrom, axis.citation) }
    }
    for row in rulebook.coverage { add(row.knownFrom, row.citation) }
    for end in calendar.completeThrough { add(end.knownFrom, end.instrument) }
    for election in calendar.elections { add(election.determinations + election.termEnds) }
    for inauguration in calendar.inaugurations { add(inauguration.dates) }
    for head in calendar.actingHeads { add(head.knownFrom, head.instrument) }
    instruments = found
    movesWithTheDay = calendar.elections.contains { $0.determinations.isEmpty }
  }

  /// The days after the first and up to the last of a range, ascending.
  public func days(in range: ClosedRange<CivilDate>) -> [CivilDate] {
    instruments.keys.filter { range.lowerBound < $0 && $0 <= range.upperBound }.sorted()
  }

  /// What became known on a day, in the order of the rulebook, then of the calendar.
  public func instruments(on day: CivilDate) -> [String] { instruments[day] ?? [] }
}

extension WindowTable {
  /// The same rules and calendar, as known on another day.
  public func asKnown(on day: CivilDate) -> WindowTable {
    WindowTable(rulebook, calendar, declared: declared, governorBinds: governorBinds, knownOn: day)
  }
}
