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
  /// The event that the edge counted in months hangs on; where none is, the one it opens with.
  public let anchorKind: EdgeRule.Anchor
  /// The day of that event, with its instrument.
  public let anchor: Dated<CivilDate>
  /// The determination day; `nil` for a window that hangs on an inauguration.
  public let determination: CivilDate?
  /// The end of the term with its instrument, where the rule closes on it.
  public let termEnd: Dated<TermEnd>?
  /// The moved date before rounding; `nil` where no edge is counted in months.
  public let rawEdge: RawDate?
  /// The same for the closing edge, where both edges are counted in months.
  public let rawClosingEdge: RawDate?
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
  /// When any known version of the rule is in force, this one included.
  let force: ForceSpans

  init?(
    rule: Rule, version: RuleVersion, force: ForceSpans, event: CalendarEvent, isDeclared: Bool,
    knownOn: CivilDate
  ) {
    let moving = version.opens.months == 0 && version.closes.months != 0 ? version.closes : version.opens
    guard let opening = event.day(of: version.opens.anchor),
      let closing = event.day(of: version.closes.anchor),
      case .day(let openingDay) = opening.value, let anchor = event.day(of: moving.anchor),
      case .day(let anchorDay) = anchor.value
    else { return nil }
    let closingDay: CivilDate? = if case .day(let day) = closing.value { day } else { nil }
    guard let firstDays = Self.days(openingDay, version.opens, isOpening: true),
      let lastDays = closingDay.map({ Self.days($0, version.closes, isOpening: false) })
        ?? Array(repeating: CivilDate.max, count: 8)
    else { return nil }
    // Facts from different states of knowledge can contradict each other: an end of term before the determination.
    if closingDay != nil, zip(firstDays, lastDays).allSatisfy({ $0 > $1 }) { return nil }

    // Axes that contradict each other settle nothing: the loader refuses them, and here they stay open.
    let claimed = rule.closedAxes.filter {
      $0.knownFrom <= knownOn && ($0.elections.isEmpty || $0.elections.contains(event.id))
    }
    let closed = claimed.filter { axis in !claimed.contains { $0.axis == axis.axis && $0.value != axis.value }
    }
    let open = closed.reduce(ReadingSet.all) { $0.keeping($1.axis, $1.value) }
    let members = open.members

    self.rule = rule.id
    self.election = event.id
    self.regions = event.regions
    self.isDeclared = isDeclared
    self.version = version
    self.force = force
    anchorKind = moving.anchor
    self.anchor = Dated(anchorDay, instrument: anchor.instrument, knownFrom: anchor.knownFrom)
    determination = if case .day(let day)? = event.determination?.value { day } else { nil }
    termEnd = event.termEnd
    self.firstDays = firstDays
    self.lastDays = lastDays
    closedAxes = closed
    openReadings = open
    rawEdge = moving.months == 0 ? nil : anchorDay.moved(byMonths: moving.months)
    rawClosingEdge =
      moving == version.opens && version.closes.months != 0
      ? closingDay?.moved(byMonths: version.closes.months) : nil
    let opens = members.map { firstDays[Int($0.rawValue)] }
    let ends = members.map { lastDays[Int($0.rawValue)] }
    earliest = opens.min() ?? openingDay
    latest = opens.max() ?? openingDay
    closes = closingDay == nil ? nil : ends.max()
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
  ///
  /// The forward readings need no search. With n = `-months`, `a +down n >= D <=> a >= D -up n` and
  /// `a +up n > D <=> a > D -down n`; "passes D" is "reaches the day after D". Tests compare every day of a century
  /// with the definition itself.
  /// - Returns: `nil` outside the range of ``CivilDate``.
  public static func firstDay(of anchor: CivilDate, months: Int, _ reading: Reading) -> CivilDate? {
    switch (reading.forward, reading.monthEnd) {
    case (false, let end):
      let moved = anchor.moved(byMonths: months).rounded(end)
      return reading.boundaryIncluded ? moved : moved?.adding(days: 1)
    case (true, .down):
      return (reading.boundaryIncluded ? anchor : anchor.adding(days: 1))?.moved(byMonths: months).rounded(
        .up)
    case (true, .up):
      return (reading.boundaryIncluded ? anchor.adding(days: -1) : anchor)?.moved(byMonths: months)
        .rounded(.down)?.adding(days: 1)
    }
  }

  /// The last frozen day of a window that closes `months` (positive: after) from `anchor`, on one reading: the mirror
  /// image of ``firstDay(of:months:_:)``. Here counting forward moves the anchor, counting back moves the act.
  /// - Returns: `nil` outside the range of ``CivilDate``.
  public static func lastDay(of anchor: CivilDate, months: Int, _ reading: Reading) -> CivilDate? {
    switch (reading.forward, reading.monthEnd) {
    case (true, let end):
      let moved = anchor.moved(byMonths: months).rounded(end)
      return reading.boundaryIncluded ? moved : moved?.adding(days: -1)
    case (false, .up):
      return (reading.boundaryIncluded ? anchor : anchor.adding(days: -1))?.moved(byMonths: months)
        .rounded(.down)
    case (false, .down):
      return (reading.boundaryIncluded ? anchor.adding(days: 1) : anchor)?.moved(byMonths: months)
        .rounded(.up)?.adding(days: -1)
    }
  }
}
