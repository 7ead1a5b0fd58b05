/// Every window laid out by days, for acts of exact dates: what a database can look up without the engine.
///
/// Within one row all days, all of its states of knowledge and all regions of its place are alike, so that an act is answered
/// by the rows that hold its dates. A test holds the answers against ``judge(_:_:approvals:)``.
public struct DayTable: Sendable {
  /// What the days of a row are.
  public enum State: String, Sendable, CaseIterable {
    /// Frozen on some readings.
    case inside
    /// Frozen or not, depending on a day that nobody knows.
    case unknown
    /// In a window, before its rule was in force.
    case beforeForce = "before_force"
    /// The regions differ, so that nothing can be said where the region is not known.
    case disputed
    /// None of these, and within the reach of the window: an act that names another act is told by it which windows it came
    /// near.
    case near
  }

  /// Days of one window on which an act is treated alike.
  public struct Days: Sendable, Hashable {
    /// First day.
    public let first: CivilDate
    /// Last day.
    public let last: CivilDate
    /// What they are.
    public let state: State
    /// The readings on which they are frozen.
    public let on: ReadingSet
    /// What is told of the window of the version in force; `nil` where the regions differ.
    public let window: Look?
    /// What nobody knows and the days hang on.
    public let missing: [MissingFact]
    /// What is permitted on the days without an approval.
    public let permits: [RuleException.Act]
    /// Rules in the order of the rulebook, their elections in that of the calendar; one number a rule and election.
    public let order: Int

    /// The same with other days.
    fileprivate func spanning(_ first: CivilDate, _ last: CivilDate) -> Days {
      Days(
        first: first, last: last, state: state, on: on, window: window, missing: missing, permits: permits,
        order: order)
    }
  }

  /// What is told of a window.
  public struct Look: Sendable, Hashable {
    /// Id of the rule.
    public let rule: String
    /// Id of the election, inauguration or acting head.
    public let election: String
    /// The law.
    public let citation: String
    /// What tells the day it is counted from.
    public let instrument: String
    /// The first day that some open reading may freeze.
    public let earliest: CivilDate
    /// The last one, where it is known.
    public let closes: CivilDate?
    /// The readings that are open.
    public let open: ReadingSet
    /// The governor's election, which this site holds to bind its regencies.
    public let isByGovernor: Bool

    init(_ window: Window) {
      (rule, election) = (window.rule, window.election)
      (citation, instrument) = (window.version.citation, window.anchor.instrument)
      (earliest, closes, open) = (window.earliest, window.closes, window.openReadings)
      isByGovernor = window.isByGovernor
    }
  }

  /// Where and by which knowledge days are so.
  public struct Row: Sendable {
    /// 0: the region is not known.
    public let place: Int
    /// First day of the knowledge by which it holds.
    public let knownFrom: CivilDate
    /// Last day of it; `nil`: it still holds.
    public let knownThrough: CivilDate?
    /// The days.
    public let days: Days
  }

  /// Regions that are alike in every state of knowledge have one place, 1 and up, by their place in the registry.
  public private(set) var placeOfRegion: [Int] = []
  /// By place, order and day.
  public private(set) var rows: [Row] = []

  /// Lays out all that was ever known.
  /// - Parameter table: rules and calendar, as known on any day.
  public init(_ table: WindowTable) {
    let states = KnowledgeDays(table.rulebook, table.calendar).days(in: CivilDate.min...CivilDate.max)
    let tables = states.map { table.asKnown(on: $0) }
    var places: [[Int]: Int] = [:]
    var profiles: [[Int]] = [Array(repeating: -1, count: tables.count)]
    for index in table.calendar.registry.regions.indices {
      let own = tables.map { $0.profile(ofRegionAt: index) }
      if places[own] == nil {
        places[own] = profiles.count
        profiles.append(own)
      }
      placeOfRegion.append(places[own] ?? 0)
    }
    var layout = Layout(tables)
    for (place, own) in profiles.enumerated() {
      var since: [Int: CivilDate] = [:]
      for (state, day) in states.enumerated() {
        let now = layout.days(own[state], in: state)
        for (known, from) in since where !now.contains(known) {
          rows.append(
            Row(place: place, knownFrom: from, knownThrough: day.adding(days: -1), days: layout.all[known]))
          since[known] = nil
        }
        for known in now where since[known] == nil { since[known] = day }
      }
      for (known, from) in since {
        rows.append(Row(place: place, knownFrom: from, knownThrough: nil, days: layout.all[known]))
      }
    }
    rows.sort { a, b in
      (a.place, a.days.order, a.days.first, a.knownFrom, a.days.last)
        < (b.place, b.days.order, b.days.first, b.knownFrom, b.days.last)
    }
  }

  /// Each profile of each state is laid out once, however many places share it, and equal days have one number.
  private struct Layout {
    private let tables: [WindowTable]
    private(set) var all: [Days] = []
    private var numbers: [Days: Int] = [:]
    private var laidOut: [[Int: Set<Int>]]

    init(_ tables: [WindowTable]) {
      self.tables = tables
      laidOut = Array(repeating: [:], count: tables.count)
    }

    mutating func days(_ profile: Int, in state: Int) -> Set<Int> {
      if let known = laidOut[state][profile] { return known }
      let applying = tables[state].windows(ofProfile: profile)
      let order = Order(tables[state])
      let days =
        applying.groups.flatMap { $0.days(order.of($0.head), knownOn: tables[state].knownOn) }
        + applying.disputed.map { range in
          Days(
            first: range.lowerBound, last: range.upperBound, state: .disputed, on: .none, window: nil,
            missing: [],
            permits: [], order: Int(Int16.max))
        }
      let made = Set(days.map { number(of: $0) })
      laidOut[state][profile] = made
      return made
    }

    private mutating func number(of days: Days) -> Int {
      if let known = numbers[days] { return known }
      numbers[days] = all.count
      all.append(days)
      return all.count - 1
    }
  }
}

/// The order in which a verdict stands before another of the same outcome.
private struct Order {
  private let rules: [String: Int]
  private let events: [String: Int]

  init(_ table: WindowTable) {
    func places(_ ids: [String]) -> [String: Int] {
      Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    rules = places(table.rulebook.rules.map(\.id))
    events = places(table.calendar.ids + table.calendar.actingHeads.map(\.id))
  }

  func of(_ window: Window) -> Int {
    (rules[window.rule] ?? 0) * (events.count + 1) + (events[window.election] ?? 0)
  }
}

extension WindowGroup {
  /// Stretches of days that are alike, ascending, from the first day of its reach through the last.
  fileprivate func days(_ order: Int, knownOn: CivilDate) -> [DayTable.Days] {
    var edges: Set<CivilDate> = [first]
    func add(_ from: CivilDate, _ through: CivilDate?) {
      edges.insert(from)
      if let next = (through ?? .max).adding(days: 1) { edges.insert(next) }
    }
    for window in versions {
      for reading in window.openReadings.members { add(window.firstDay(reading), window.lastDay(reading)) }
      add(window.reach.first, window.reach.last)
      for span in window.force.spans { add(span.from, span.until) }
      for exception in window.version.exceptions { add(exception.from, exception.until) }
    }
    let starts = edges.filter { first <= $0 && $0 <= last }.sorted()
    var days: [DayTable.Days] = []
    for (place, start) in starts.enumerated() {
      let end = place + 1 < starts.count ? starts[place + 1].adding(days: -1) ?? last : last
      let next = self.days(start, end, order, knownOn)
      if let previous = days.last, previous == next.spanning(previous.first, previous.last) {
        days[days.count - 1] = next.spanning(previous.first, end)
      } else {
        days.append(next)
      }
    }
    return days
  }

  /// What one exact day is, as ``Case`` places it.
  private func days(_ day: CivilDate, _ end: CivilDate, _ order: Int, _ knownOn: CivilDate) -> DayTable.Days {
    var on = ReadingSet.none
    var isBeforeForce = false
    var decisive = head
    for window in versions {
      for reading in window.openReadings.members
      where window.firstDay(reading) <= day && day <= window.lastDay(reading) {
        if window.version.isInForce(on: day) {
          on.insert(reading)
          decisive = window
        } else if !window.force.touch(day, day) {
          isBeforeForce = true
        }
      }
    }
    let doubtful = on == .none ? versions.filter { $0.isInDoubt(on: day) } : []
    if let first = doubtful.first { decisive = first }
    var missing: [MissingFact] = []
    for fact in doubtful.flatMap(\.uncertain) where !missing.contains(fact) { missing.append(fact) }
    let permits = decisive.version.exceptions.filter {
      $0.knownFrom <= knownOn && $0.from <= day && day <= $0.until ?? .max
    }
    return DayTable.Days(
      first: day, last: end,
      state: on != .none ? .inside : !doubtful.isEmpty ? .unknown : isBeforeForce ? .beforeForce : .near,
      on: on, window: DayTable.Look(decisive), missing: missing, permits: permits.map(\.act), order: order)
  }
}

extension Window {
  /// Whether a day that no reading certainly freezes may be frozen, depending on a day that nobody knows.
  fileprivate func isInDoubt(on day: CivilDate) -> Bool {
    !isCertain && reach.first <= day && day <= reach.last && version.isInForce(on: day)
  }
}
