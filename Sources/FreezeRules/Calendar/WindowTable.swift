/// The stretches of days on which some version of a rule is in force.
struct ForceSpans: Sendable {
  let spans: [(from: CivilDate, until: CivilDate)]

  init(_ versions: some Sequence<RuleVersion>) {
    spans = versions.map { ($0.inForceFrom, $0.inForceUntil ?? .max) }
  }

  /// Whether a version is in force on some day of `first ... last`.
  func touch(_ first: CivilDate, _ last: CivilDate) -> Bool {
    for span in spans where span.from <= last && first <= span.until { return true }
    return false
  }
}

/// What a window is made of.
struct WindowPlan {
  let rule: Rule
  let version: RuleVersion
  let force: ForceSpans
  let event: CalendarEvent
  let regions: RegionSet
  let isByGovernor: Bool
  let knownOn: CivilDate

  /// Axes that contradict each other settle nothing: the loader refuses them, and here they stay open.
  var closedAxes: ([ClosedAxis], open: ReadingSet) {
    let claimed = rule.closedAxes.filter {
      $0.knownFrom <= knownOn && ($0.elections.isEmpty || $0.elections.contains(event.id))
    }
    let closed = claimed.filter { axis in !claimed.contains { $0.axis == axis.axis && $0.value != axis.value }
    }
    return (closed, closed.reduce(ReadingSet.all) { $0.keeping($1.axis, $1.value) })
  }
}

/// The windows of one rule over one election in one region: one for each version of the rule.
struct WindowGroup: Sendable {
  let versions: [Window]
  /// The days that some of them may freeze, with the force of their versions.
  let first: CivilDate
  let last: CivilDate

  init(_ versions: [Window]) {
    self.versions = versions
    first = versions.map(\.reach.first).min() ?? .max
    last = versions.map(\.reach.last).max() ?? .min
  }

  var head: Window { versions[0] }
}

/// What applies in the regions that share it.
struct RegionWindows: Sendable {
  /// In the order of the rulebook, then of the calendar.
  let groups: [WindowGroup]
  /// Days on which the regions differ, so that a record without a region cannot be judged; empty for a region.
  let disputed: [ClosedRange<CivilDate>]
}

/// Every window of a rulebook and a calendar, as known on one day, for every region.
public struct WindowTable: Sendable {
  /// The day whose knowledge it holds.
  public private(set) var knownOn: CivilDate
  /// Each window once, in the order of the rulebook, then of the calendar.
  public let windows: [Window]
  /// The rulebook it was made from.
  public let rulebook: Rulebook
  /// The calendar it was made from.
  public let calendar: ElectionCalendar
  /// Ids of elections that the site says are its own, whatever the registry says.
  public let declared: Set<String>
  /// The site holds its regencies bound by the governor's election.
  public let governorBinds: Bool
  /// The last day up to which the calendar is complete, as known on ``knownOn``.
  public let completeThrough: Dated<CivilDate>?
  /// When every rule that a calendar can fill was in force.
  let force: [ForceSpans]
  /// From this day on every rule is in force for good: almost all acts are later.
  private let inForceFrom: CivilDate
  /// The last day of ``completeThrough``; before all days where none was known.
  let lastKnownDay: CivilDate
  /// By the place of the region in the registry.
  private let placeOfRegion: [Int]
  private let profiles: [RegionWindows]
  private let unknownRegion: RegionWindows

  /// The windows of these rules over this calendar.
  /// - Parameters:
  ///   - rulebook: every rule in each of its versions.
  ///   - calendar: every election with the facts known of it.
  ///   - declared: ids of elections held to be the site's own, whatever the registry says.
  ///   - governorBinds: regencies and cities are bound by the governor's election too; such acts are `depends`.
  ///   - knownOn: facts that became known later are left out.
  public init(
    _ rulebook: Rulebook, _ calendar: ElectionCalendar, declared: Set<String> = [],
    governorBinds: Bool = false,
    knownOn: CivilDate
  ) {
    self.knownOn = knownOn
    self.rulebook = rulebook
    self.calendar = calendar
    self.declared = declared
    self.governorBinds = governorBinds
    completeThrough = calendar.completeThrough(knownOn: knownOn)
    lastKnownDay = completeThrough?.value ?? .min
    let facts = KnownFacts(calendar, declared: declared, knownOn: knownOn)
    let made = Self.windows(rulebook, facts, calendar.registry, governorBinds, knownOn)
    windows = made
    // An acting head is told by the calendar alone: no rule about one is in force where it tells of none.
    force = rulebook.rules.filter { $0.enabled }.map { $0.versions(on: knownOn) }
      .filter { !$0.contains { $0.opens.anchor == .actingFrom } }.map { ForceSpans($0) }
    inForceFrom =
      force.map { $0.spans.filter { $0.until == .max }.map(\.from).min() ?? .max }.max() ?? .min
    let regions = calendar.registry.regions
    var places = [Int](repeating: 0, count: regions.count)
    var profiles: [RegionWindows] = []
    var placeOfProfile: [[Int]: Int] = [:]
    var counts: [Int: Int] = [:]
    for region in regions where region.level != .administrative {
      let mine = made.indices.filter { made[$0].regions.contains(region.index) }
      for index in mine { counts[index, default: 0] += 1 }
      if let place = placeOfProfile[mine] {
        places[region.index] = place
      } else {
        placeOfProfile[mine] = profiles.count
        places[region.index] = profiles.count
        profiles.append(RegionWindows(groups: Self.groups(mine.map { made[$0] }), disputed: []))
      }
    }
    for region in regions where region.level == .administrative {
      places[region.index] = places[calendar.registry.deciding(region).index]
    }
    placeOfRegion = places
    self.profiles = profiles
    let all = regions.count { $0.level != .administrative }
    let shared = made.indices.filter { counts[$0] == all }.map { made[$0] }
    unknownRegion = RegionWindows(
      groups: Self.groups(shared),
      disputed: Self.merged(
        made.indices.filter { counts[$0] != all }.map { made[$0].reach.first...made[$0].reach.last }))
  }

  /// One window for each rule, version, event and set of facts; those with an uncertain end after those that may follow them.
  private static func windows(
    _ rulebook: Rulebook, _ facts: KnownFacts, _ registry: RegionRegistry, _ governorBinds: Bool,
    _ knownOn: CivilDate
  ) -> [Window] {
    var plans: [WindowPlan] = []
    for rule in rulebook.rules where rule.enabled {
      let versions = rule.versions(on: knownOn)
      let force = ForceSpans(versions)
      for version in versions {
        plans += facts.locals.map {
          WindowPlan(
            rule: rule, version: version, force: force, event: $0.event, regions: $0.regions,
            isByGovernor: false,
            knownOn: knownOn)
        }
      }
    }
    if governorBinds { plans += governors(plans, facts, registry) }
    // A version that was in force on no day of the window says nothing.
    let plain = plans.map { plan in Window(plan, continuation: nil).flatMap { $0.isIdle ? nil : $0 } }
    return plans.indices.compactMap { index in
      guard let window = plain[index], window.isEndUncertain else { return plain[index] }
      let next = plain.lazy.compactMap { $0 }.first { window.isFollowed(by: $0) }
      return next.flatMap { Window(plans[index], continuation: $0) } ?? window
    }
  }

  /// The same over the regencies and cities of a province, of elections that they did not take part in.
  private static func governors(_ plans: [WindowPlan], _ facts: KnownFacts, _ registry: RegionRegistry)
    -> [WindowPlan]
  {
    plans.compactMap { plan in
      var regions = RegionSet()
      for province in registry.regions
      where province.level == .province && plan.regions.contains(province.index) {
        regions.add(.within(province.code), registry)
      }
      for local in facts.locals where local.event.id == plan.event.id { regions.subtract(local.regions) }
      guard !regions.isEmpty else { return nil }
      return WindowPlan(
        rule: plan.rule, version: plan.version, force: plan.force, event: plan.event, regions: regions,
        isByGovernor: true, knownOn: plan.knownOn)
    }
  }

  private static func groups(_ windows: [Window]) -> [WindowGroup] {
    var groups: [[Window]] = []
    for window in windows {
      if let index = groups.firstIndex(where: {
        $0[0].rule == window.rule && $0[0].election == window.election
      }) {
        groups[index].append(window)
      } else {
        groups.append([window])
      }
    }
    return groups.map(WindowGroup.init)
  }

  /// Ranges that touch or overlap as one, ascending.
  public static func merged(_ ranges: [ClosedRange<CivilDate>]) -> [ClosedRange<CivilDate>] {
    var merged: [ClosedRange<CivilDate>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound.adding(days: 1) ?? .max {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// The same on a later day on which nothing more was known of rules and calendar (``KnowledgeDays``): letters of approval may
  /// have come meanwhile.
  public func unchanged(until day: CivilDate) -> WindowTable {
    var later = self
    later.knownOn = day
    return later
  }

  /// Regions of one profile share all windows.
  func profile(ofRegionAt index: Int) -> Int { placeOfRegion[index] }

  /// What applies in the regions of a profile; below 0: in a region that is not known.
  func windows(ofProfile profile: Int) -> RegionWindows { profile < 0 ? unknownRegion : profiles[profile] }

  /// The region that a text of a record names, and what applies there.
  func applying(_ text: String?) -> (region: Region?, windows: RegionWindows) {
    guard let text, let region = calendar.registry.named(text) else { return (nil, unknownRegion) }
    return (region, profiles[placeOfRegion[region.index]])
  }

  /// The windows that apply to a region given by code or name (`nil`, or none there is: those that all regions share).
  public func windows(in region: String?) -> [Window] { applying(region).windows.groups.flatMap(\.versions) }

  /// Whether every rule was in force on a day. Before the first versions the answer is "no rule", never "free".
  public func isRuleInForce(on day: CivilDate) -> Bool { isRuleInForce(day, day) }

  /// Whether every rule was in force on some day of `first ... last`.
  func isRuleInForce(_ first: CivilDate, _ last: CivilDate) -> Bool {
    last >= inForceFrom || force.allSatisfy { $0.touch(first, last) }
  }

  /// Days of which some act of a region may be anything but `outside`: every window on all readings, widened by the
  /// back-dating days before it, and all days beyond the calendar. Ascending, without overlap.
  /// - Parameter region: code or name; `nil`: any region, or one that a record does not name.
  public func coarseRanges(in region: String?) -> [ClosedRange<CivilDate>] {
    let known = region.flatMap { calendar.registry.named($0) } != nil
    var ranges = (known ? windows(in: region) : windows).map { window in
      (window.reach.first.adding(days: -rulebook.backdatingDays - 1) ?? .min)...window.reach.last
    }
    let end = completeThrough?.value
    if let beyond = end == nil ? .min : end?.adding(days: 1) { ranges.append(beyond...CivilDate.max) }
    return Self.merged(ranges)
  }
}

extension Window {
  /// Its version of the rule is in force on none of its days.
  fileprivate var isIdle: Bool {
    version.inForceFrom > reach.last || reach.first > version.inForceUntil ?? .max
  }

  /// Whether another rule freezes from the day on which this one ends, whichever day that was.
  fileprivate func isFollowed(by next: Window) -> Bool {
    guard rule != next.rule || next.election != election, next.isByGovernor == isByGovernor,
      next.version.opens.months == 0, next.version.opens.days <= 1, next.version.opens.days >= 0,
      version.closes.months == 0, version.closes.days == 0,
      next.version.inForceUntil == nil
    else { return false }
    // The oath of the new head is the end of the term of the old one.
    return closing == next.opening && regions.isSubset(of: next.regions)
  }
}

extension Rule {
  /// For each stretch of force, the version that became known last, not after `day`.
  func versions(on day: CivilDate) -> [RuleVersion] {
    let known = versions.filter { $0.knownFrom <= day }
    return known.filter { version in
      !known.contains { $0.inForceFrom == version.inForceFrom && $0.knownFrom > version.knownFrom }
    }
  }
}
