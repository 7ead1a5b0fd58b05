/// One rule applied to one election, inauguration or acting head, as known on a day: when officials are frozen, on each
/// reading, in the regions that share these facts.
///
/// Where a day it hangs on is known only as a span, ``firstDays`` and ``lastDays`` hold what is frozen whichever day it was,
/// and ``reach`` what may be. A class only so that verdicts can point at it instead of copying it; immutable.
public final class Window: Sendable {
  /// Such as `pasal-71-2`.
  public let rule: String
  /// Id of the election, inauguration or acting head.
  public let election: String
  /// Where it applies, by the places of the registry.
  public let regions: RegionSet
  /// It is the governor's election, which this site holds to bind the regencies as well.
  public let isByGovernor: Bool
  /// The version of the rule.
  public let version: RuleVersion
  /// The event that the edge counted in months hangs on; where none is, the one it opens with.
  public let anchorKind: EdgeRule.Anchor
  /// The day of that event as far as known, with its instrument.
  public let anchor: Dated<CalendarDay>
  /// The determination day; `nil` where it is not known to the day, and for a window that does not hang on one.
  public let determination: CivilDate?
  /// The end of the term with its instrument, where the rule closes on it.
  public let termEnd: Dated<CalendarDay>?
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
  /// The day it opens with, as far as known.
  let opening: Dated<CalendarDay>
  /// The day it closes with, as far as known.
  let closing: Dated<CalendarDay>
  /// The days it hangs on that are known as a span only.
  public let uncertain: [MissingFact]
  /// The first and the last day that some open reading may freeze, whatever the days it hangs on.
  public let reach: (first: CivilDate, last: CivilDate)
  /// Until when it is frozen whichever day the uncertain end was: from that day on the next rule freezes. `nil` where the
  /// end is known or nothing follows.
  public let joinedThrough: CivilDate?

  /// The first day that some open reading may freeze.
  public var earliest: CivilDate { reach.first }
  /// The first day frozen on every open reading.
  public let latest: CivilDate
  /// The last day frozen on any open reading, `nil` while the end is open or not known.
  public let closes: CivilDate?
  /// Days on which an act is a boundary case: the first or last day of the window.
  let boundaryDays: [CivilDate]
  /// The law, and what closed an axis.
  public let citations: [String]
  /// When any known version of the rule is in force, this one included.
  let force: ForceSpans

  /// - Parameter continuation: the window of another rule that opens where this one closes, whose day is uncertain.
  init?(_ plan: WindowPlan, continuation: Window?) {
    let (rule, version, event) = (plan.rule, plan.version, plan.event)
    let moving = version.opens.months == 0 && version.closes.months != 0 ? version.closes : version.opens
    guard let opening = event.day(of: version.opens.anchor),
      let closing = event.day(of: version.closes.anchor),
      let anchor = event.day(of: moving.anchor),
      let opens = Edge(opening, version.opens, isOpening: true),
      let closes = Edge(closing, version.closes, isOpening: false)
    else { return nil }
    let (closed, open) = plan.closedAxes
    let members = open.members
    let places = members.map { Int($0.rawValue) }
    reach = (
      places.map { opens.earliest[$0] }.min() ?? .max, places.map { closes.latest[$0] }.max() ?? .min
    )
    // Facts from different states of knowledge can contradict each other: an end of term before the determination.
    guard reach.first <= reach.last else { return nil }

    self.rule = rule.id
    self.opening = opening
    self.closing = closing
    election = event.id
    regions = plan.regions
    isByGovernor = plan.isByGovernor
    self.version = version
    force = plan.force
    anchorKind = moving.anchor
    self.anchor = anchor
    determination =
      version.opens.anchor == .determination || version.closes.anchor == .determination
      ? event.day(of: .determination)?.value.exact : nil
    termEnd = version.closes.anchor == .termEnd ? closing : nil
    firstDays = opens.latest
    // The head took the oath on some day of a span: before it one rule freezes, from it on the next.
    let joined = continuation.map { next in
      (0..<8).map { max(closes.earliest[$0], min(closes.latest[$0], next.lastDays[$0])) }
    }
    lastDays = joined ?? closes.earliest
    joinedThrough = joined.map { days in places.map { days[$0] }.max() ?? .min }
    closedAxes = closed
    openReadings = open
    uncertain = Self.uncertain(event, [(version.opens, opening, true), (version.closes, closing, false)])
    rawEdge = moving.months == 0 ? nil : anchor.value.exact?.moved(byMonths: moving.months)
    rawClosingEdge =
      moving == version.opens && version.closes.months != 0
      ? closing.value.exact?.moved(byMonths: version.closes.months) : nil
    latest = places.map { opens.latest[$0] }.max() ?? .max
    self.closes = closing.value.exact == nil ? nil : reach.last
    // Where the boundary is still open, the day in dispute is the one frozen only if the boundary is included.
    let inclusive = members.filter(\.boundaryIncluded)
    let (first, last) = (opens.latest, closes.earliest)
    boundaryDays = Array(
      Set(
        (inclusive.isEmpty ? members : inclusive).flatMap {
          [first[Int($0.rawValue)], last[Int($0.rawValue)]]
        }))
    citations = [version.citation] + closed.map(\.citation).filter { $0 != version.citation }
  }

  /// The facts on which the edges hang and that nobody knows as a day.
  private static func uncertain(_ event: CalendarEvent, _ edges: [(EdgeRule, Dated<CalendarDay>, Bool)])
    -> [MissingFact]
  {
    var uncertain: [MissingFact] = []
    for (edge, fact, isOpening) in edges {
      // The end of a term that hangs on an oath is that oath.
      let missing =
        edge.anchor == .termEnd && event.oath != nil
        ? MissingFact(event.oath ?? "", .inauguration, fact, region: nil)
        : MissingFact(event.id, edge.anchor, fact, region: nil)
      guard edge.anchor.isUnknown(fact.value, isOpening: isOpening), !uncertain.contains(missing) else {
        continue
      }
      uncertain.append(missing)
    }
    return uncertain
  }

  /// Whether every day it hangs on is known, or declared open.
  public var isCertain: Bool { uncertain.isEmpty }
  /// Whether the day it closes with is not known.
  var isEndUncertain: Bool { version.closes.anchor.isUnknown(closing.value, isOpening: false) }

  /// First frozen day on a reading.
  public func firstDay(_ reading: Reading) -> CivilDate { firstDays[Int(reading.rawValue)] }
  /// Last frozen day on a reading.
  public func lastDay(_ reading: Reading) -> CivilDate { lastDays[Int(reading.rawValue)] }

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

/// One edge of a window on each reading, for the earliest and the latest day its event can be.
private struct Edge {
  let earliest: [CivilDate]
  let latest: [CivilDate]

  init?(_ fact: Dated<CalendarDay>, _ edge: EdgeRule, isOpening: Bool) {
    let first: CivilDate
    let last: CivilDate
    switch fact.value {
    case .day(let day): (first, last) = (day, day)
    case .between(let from, let until): (first, last) = (from, until)
    case .after(let day): (first, last) = (day, .max)
    // A term that goes on has no end; a schedule that is suspended will be set after the day it was suspended.
    case .open:
      (first, last) = (edge.anchor.isUnknown(.open, isOpening: isOpening) ? fact.knownFrom : .max, .max)
    }
    guard let earliest = Self.days(first, edge, isOpening), let latest = Self.days(last, edge, isOpening)
    else {
      return nil
    }
    self.earliest = earliest
    self.latest = latest
  }

  private static func days(_ anchor: CivilDate, _ edge: EdgeRule, _ isOpening: Bool) -> [CivilDate]? {
    if anchor == .max { return Array(repeating: .max, count: 8) }
    var days: [CivilDate] = []
    for reading in Reading.allCases {
      let moved =
        edge.months == 0
        ? anchor
        : isOpening
          ? Window.firstDay(of: anchor, months: edge.months, reading)
          : Window.lastDay(of: anchor, months: edge.months, reading)
      guard let day = edge.days == 0 ? moved : moved?.adding(days: edge.days) else { return nil }
      days.append(day)
    }
    return days
  }
}

extension EdgeRule.Anchor {
  /// `open` means that there is no end yet, which is known; of another event it means that its day is not.
  var isOpenEnd: Bool { self == .termEnd || self == .actingUntil }

  /// Whether an edge that hangs on this event hangs on a day nobody knows.
  func isUnknown(_ day: CalendarDay, isOpening: Bool) -> Bool {
    switch day {
    case .day: false
    case .open: isOpening || !isOpenEnd
    case .between, .after: true
    }
  }
}
