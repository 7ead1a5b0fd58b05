/// One rule applied to one election or inauguration, as known on a day: when officials are frozen, on each reading.
///
/// A class only so that verdicts can point at it instead of copying it; immutable.
public final class Window: Sendable {
  /// Such as `pasal-71-2`.
  public let rule: String
  /// Id of the election or inauguration.
  public let election: String
  /// Where it applies.
  public let regions: Regions
  /// The site named this election as its own.
  public let isDeclared: Bool
  /// The version of the rule.
  public let version: RuleVersion
  /// The day it is counted from, with its instrument.
  public let anchor: Dated<CivilDate>
  /// The determination day; `nil` for a window that hangs on an inauguration.
  public let determination: CivilDate?
  /// The end of the term with its instrument, where the rule closes on it.
  public let termEnd: Dated<TermEnd>?
  /// The moved date before rounding; `nil` where no edge is counted in months.
  public let rawEdge: RawDate?
  /// First frozen day on each of the eight readings, in the order of ``Reading/allCases``.
  public let firstDays: [CivilDate]
  /// Last frozen day on each reading; ``CivilDate/max`` while open.
  public let lastDays: [CivilDate]
  /// Axes closed as known on the day, with their citations.
  public let closedAxes: [ClosedAxis]
  /// The readings not closed; never empty.
  public let openReadings: ReadingSet

  /// The first frozen day on any open reading.
  public let earliest: CivilDate
  /// The first day frozen on every open reading.
  public let latest: CivilDate
  /// The last day frozen on any open reading, `nil` while the end is open.
  public let closes: CivilDate?
  /// Days on which an act is a boundary case: the first or last day of the window.
  let boundaryDays: [CivilDate]
  /// The law, and what closed an axis.
  public let citations: [String]

  init?(
    rule: Rule, version: RuleVersion, election: String, regions: Regions, isDeclared: Bool,
    knownOn: CivilDate,
    determination: Dated<CivilDate>?, termEnd: Dated<TermEnd>?, inauguration: Dated<CivilDate>?
  ) {
    func anchorDate(_ edge: EdgeRule) -> (day: CivilDate, isOpen: Bool)? {
      switch edge.anchor {
      case .determination: return determination.map { ($0.value, false) }
      case .inauguration: return inauguration.map { ($0.value, false) }
      case .termEnd:
        switch termEnd?.value {
        case .day(let day): return (day, false)
        case .open: return (.max, true)
        case nil: return nil
        }
      }
    }
    guard let opening = anchorDate(version.opens), let closing = anchorDate(version.closes),
      let anchor = determination ?? inauguration ?? termEnd.flatMap({ Self.day(of: $0) }), !opening.isOpen
    else { return nil }
    guard let firstDays = Self.days(opening.day, version.opens, isOpening: true),
      let lastDays = closing.isOpen
        ? Array(repeating: CivilDate.max, count: 8) : Self.days(closing.day, version.closes, isOpening: false)
    else { return nil }

    let closed = rule.closedAxes.filter {
      $0.knownFrom <= knownOn && ($0.elections.isEmpty || $0.elections.contains(election))
    }
    let open = closed.reduce(ReadingSet.all) { $0.keeping($1.axis, $1.value) }
    let members = open.members
    guard let someReading = members.first else { return nil }

    self.rule = rule.id
    self.election = election
    self.regions = regions
    self.isDeclared = isDeclared
    self.version = version
    self.anchor = anchor
    self.determination = determination?.value
    self.termEnd = termEnd
    self.firstDays = firstDays
    self.lastDays = lastDays
    closedAxes = closed
    openReadings = open
    rawEdge =
      version.opens.months != 0
      ? opening.day.moved(byMonths: version.opens.months)
      : version.closes.months != 0 ? closing.day.moved(byMonths: version.closes.months) : nil
    let opens = members.map { firstDays[Int($0.rawValue)] }
    let ends = members.map { lastDays[Int($0.rawValue)] }
    earliest = opens.min() ?? firstDays[Int(someReading.rawValue)]
    latest = opens.max() ?? firstDays[Int(someReading.rawValue)]
    closes = closing.isOpen ? nil : ends.max()
    // Where the boundary is still open, the day in dispute is the one frozen only if the boundary is included.
    let inclusive = members.filter(\.boundaryIncluded)
    boundaryDays = Array(
      Set(
        (inclusive.isEmpty ? members : inclusive).flatMap {
          [firstDays[Int($0.rawValue)], lastDays[Int($0.rawValue)]]
        })
    )
    citations = [version.citation] + closed.map(\.citation).filter { $0 != version.citation }
  }

  /// First frozen day on a reading.
  public func firstDay(_ reading: Reading) -> CivilDate { firstDays[Int(reading.rawValue)] }
  /// Last frozen day on a reading.
  public func lastDay(_ reading: Reading) -> CivilDate { lastDays[Int(reading.rawValue)] }

  private static func day(of termEnd: Dated<TermEnd>) -> Dated<CivilDate>? {
    guard case .day(let day) = termEnd.value else { return nil }
    return Dated(day, instrument: termEnd.instrument, knownFrom: termEnd.knownFrom)
  }

  private static func days(_ anchor: CivilDate, _ edge: EdgeRule, isOpening: Bool) -> [CivilDate]? {
    var days: [CivilDate] = []
    for reading in Reading.allCases {
      let moved =
        edge.months == 0
        ? anchor
        : isOpening
          ? firstDay(of: anchor, months: edge.months, reading)
          : lastDay(of: anchor, months: edge.months, reading)
      guard let day = edge.days == 0 ? moved : moved?.adding(days: edge.days) else { return nil }
      days.append(day)
    }
    return days
  }

  /// The first frozen day of a window that opens `months` (negative: before) from `anchor`, on one reading.
  ///
  /// Counting back, a day is frozen from the moved anchor on; counting forward, from the first day whose own move
  /// by `-months` reaches the anchor. With the boundary excluded, "reaches" becomes "passes".
  /// - Returns: `nil` outside the range of ``CivilDate``.
  public static func firstDay(of anchor: CivilDate, months: Int, _ reading: Reading) -> CivilDate? {
    if !reading.forward {
      let moved = anchor.moved(byMonths: months).rounded(reading.monthEnd)
      return reading.boundaryIncluded ? moved : moved?.adding(days: 1)
    }
    // Moves are weakly monotone, so the frozen days are all days from the first that fulfils the condition; it lies
    // within a month end of the moved anchor.
    var day = anchor.moved(byMonths: months).rounded(.down)?.adding(days: -4)
    while let candidate = day, let end = candidate.moved(byMonths: -months).rounded(reading.monthEnd) {
      if reading.boundaryIncluded ? end >= anchor : end > anchor { return candidate }
      day = candidate.adding(days: 1)
    }
    return nil
  }

  /// The last frozen day of a window that closes `months` (positive: after) from `anchor`, on one reading: the mirror
  /// image of ``firstDay(of:months:_:)``. Here counting forward moves the anchor, counting back moves the act.
  public static func lastDay(of anchor: CivilDate, months: Int, _ reading: Reading) -> CivilDate? {
    if reading.forward {
      let moved = anchor.moved(byMonths: months).rounded(reading.monthEnd)
      return reading.boundaryIncluded ? moved : moved?.adding(days: -1)
    }
    var day = anchor.moved(byMonths: months).rounded(.up)?.adding(days: 4)
    while let candidate = day, let start = candidate.moved(byMonths: -months).rounded(reading.monthEnd) {
      if reading.boundaryIncluded ? start <= anchor : start < anchor { return candidate }
      day = candidate.adding(days: -1)
    }
    return nil
  }
}

/// Every window of a rulebook and a calendar, as known on one day.
public struct WindowTable: Sendable {
  /// The day whose knowledge it holds.
  public let knownOn: CivilDate
  /// In the order of the rulebook, then of the calendar.
  public let windows: [Window]
  /// Elections without a window because no determination was known on that day.
  public let undetermined: [String]
  /// The rulebook it was made from.
  public let rulebook: Rulebook
  /// The calendar it was made from.
  public let calendar: ElectionCalendar

  /// The windows of these rules over this calendar.
  /// - Parameters:
  ///   - declared: ids of the partial waves that the site took part in.
  ///   - knownOn: facts that became known later are left out.
  public init(_ rulebook: Rulebook, _ calendar: ElectionCalendar, declared: Set<String>, knownOn: CivilDate) {
    var windows: [Window] = []
    for rule in rulebook.rules where rule.enabled {
      for version in Self.known(rule.versions, on: knownOn) {
        func add(
          _ id: String, _ regions: Regions, determination: Dated<CivilDate>? = nil,
          termEnd: Dated<TermEnd>? = nil,
          inauguration: Dated<CivilDate>? = nil
        ) {
          let isDeclared = declared.contains(id)
          if regions.scope == .declared && !isDeclared { return }
          if let window = Window(
            rule: rule, version: version, election: id, regions: regions, isDeclared: isDeclared,
            knownOn: knownOn,
            determination: determination, termEnd: termEnd, inauguration: inauguration)
          {
            windows.append(window)
          }
        }
        for election in calendar.elections {
          add(
            election.id, election.regions, determination: election.determinations.asKnown(on: knownOn),
            termEnd: election.termEnds.asKnown(on: knownOn))
        }
        for inauguration in calendar.inaugurations where inauguration.date.knownFrom <= knownOn {
          add(inauguration.id, inauguration.regions, inauguration: inauguration.date)
        }
      }
    }
    self.windows = windows
    self.knownOn = knownOn
    self.rulebook = rulebook
    self.calendar = calendar
    undetermined = calendar.elections.filter { election in
      (election.regions.scope != .declared || declared.contains(election.id))
        && election.determinations.asKnown(on: knownOn) == nil
    }.map(\.id)
  }

  /// For each stretch of force, the version that became known last.
  private static func known(_ versions: [RuleVersion], on day: CivilDate) -> [RuleVersion] {
    let known = versions.filter { $0.knownFrom <= day }
    return known.filter { version in
      !known.contains { $0.inForceFrom == version.inForceFrom && $0.knownFrom > version.knownFrom }
    }
  }

  /// The windows that apply to a region (`nil`: not known).
  public func windows(in region: String?) -> [Window] {
    windows.filter { $0.regions.include(region, declared: $0.isDeclared) }
  }

  /// A span of days outside of which no act can be anything but `outside`: the union of all windows on all eight
  /// readings, whatever the region, widened by the back-dating days. `nil` when there is no window at all.
  public var coarseSpan: (first: CivilDate, last: CivilDate)? {
    guard let first = windows.flatMap(\.firstDays).min(), let last = windows.flatMap(\.lastDays).max() else {
      return nil
    }
    return (first.adding(days: -rulebook.backdatingDays - 1) ?? .min, last)
  }
}
