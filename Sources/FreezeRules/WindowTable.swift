/// An election or inauguration as known on one day: what a rule can be anchored on.
struct CalendarEvent {
  let id: String
  let regions: Regions
  var determination: Dated<CalendarDay>?
  var termEnd: Dated<CalendarDay>?
  var inauguration: Dated<CalendarDay>?

  func day(of anchor: EdgeRule.Anchor) -> Dated<CalendarDay>? {
    switch anchor {
    case .determination: determination
    case .termEnd: termEnd
    case .inauguration: inauguration
    }
  }
}

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

/// A day on which the windows of an election hang, and that nobody knew.
public struct MissingDay: Sendable, Hashable {
  /// Id of the election.
  public let election: String
  /// Which day of it.
  public let anchor: EdgeRule.Anchor

  init(_ election: String, _ anchor: EdgeRule.Anchor) {
    self.election = election
    self.anchor = anchor
  }
}

/// Every window of a rulebook and a calendar, as known on one day.
public struct WindowTable: Sendable {
  /// The day whose knowledge it holds.
  public let knownOn: CivilDate
  /// In the order of the rulebook, then of the calendar.
  public let windows: [Window]
  /// The same, those of one rule over one election together: one for each version of the rule.
  let versions: [[Window]]
  /// Elections without a window because a day that a rule opens on was not known on that day.
  public let undetermined: [MissingDay]
  /// Elections that apply, whose end of term nobody has entered: a rule that closes on it has no window there.
  public let withoutTermEnd: [String]
  /// The rulebook it was made from.
  public let rulebook: Rulebook
  /// The calendar it was made from.
  public let calendar: ElectionCalendar
  /// Ids of the partial waves that the site took part in.
  public let declared: Set<String>
  /// When any known rule that is switched on was in force.
  let force: ForceSpans

  /// The windows of these rules over this calendar.
  /// - Parameters:
  ///   - rulebook: every rule in each of its versions.
  ///   - calendar: every election with the determinations known of it.
  ///   - declared: ids of the partial waves that the site took part in.
  ///   - knownOn: facts that became known later are left out.
  public init(_ rulebook: Rulebook, _ calendar: ElectionCalendar, declared: Set<String>, knownOn: CivilDate) {
    self.knownOn = knownOn
    self.rulebook = rulebook
    self.calendar = calendar
    self.declared = declared
    let events = calendar.events(on: knownOn).filter {
      $0.regions.scope != .declared || declared.contains($0.id)
    }
    var windows: [Window] = []
    var force: [RuleVersion] = []
    for rule in rulebook.rules where rule.enabled {
      let versions = rule.versions(on: knownOn)
      force += versions
      let ruleForce = ForceSpans(versions)
      for version in versions {
        windows += events.compactMap {
          Window(
            rule: rule, version: version, force: ruleForce, event: $0, isDeclared: declared.contains($0.id),
            knownOn: knownOn)
        }
      }
    }
    self.windows = windows
    var versions: [[Window]] = []
    for window in windows {
      if let index = versions.firstIndex(where: {
        $0[0].rule == window.rule && $0[0].election == window.election
      }) {
        versions[index].append(window)
      } else {
        versions.append([window])
      }
    }
    self.versions = versions
    self.force = ForceSpans(force)
    let applying = calendar.elections.filter { $0.regions.scope != .declared || declared.contains($0.id) }
    undetermined = applying.compactMap { election in
      if !election.isDetermined(on: knownOn) { return MissingDay(election.id, .determination) }
      let lacksWindow = rulebook.rules.contains { rule in
        rule.enabled && rule.versions(on: knownOn).contains { $0.opens.anchor == .termEnd }
          && !windows.contains { $0.rule == rule.id && $0.election == election.id }
      }
      let contradicts = election.termEnds.asKnown(on: knownOn).map { end in
        if case .day(let day) = end.value,
          case .day(let determination)? = election.determinations.asKnown(
            on: knownOn)?.value
        {
          day <= determination
        } else {
          false
        }
      }
      return lacksWindow || contradicts == true ? MissingDay(election.id, .termEnd) : nil
    }
    withoutTermEnd = applying.filter {
      $0.isDetermined(on: knownOn) && $0.termEnds.asKnown(on: knownOn) == nil
    }
    .map(\.id)
  }

  /// The windows that apply to a region (`nil`: not known).
  public func windows(in region: String?) -> [Window] {
    windows.filter { $0.regions.include(region, declared: $0.isDeclared) }
  }

  /// Whether a known rule was in force on a day. Before the first version the answer is "no rule", never "free".
  public func isRuleInForce(on day: CivilDate) -> Bool { force.touch(day, day) }

  /// A span of days outside of which no act can be anything but `outside`: the union of all windows on all eight
  /// readings, whatever the region, widened by the back-dating days. `nil` when there is no window at all.
  public var coarseSpan: (first: CivilDate, last: CivilDate)? {
    guard let first = windows.flatMap(\.firstDays).min(), let last = windows.flatMap(\.lastDays).max() else {
      return nil
    }
    return (first.adding(days: -rulebook.backdatingDays - 1) ?? .min, last)
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

extension ElectionCalendar {
  /// Everything a rule can be anchored on, in file order.
  func events(on day: CivilDate) -> [CalendarEvent] {
    elections.map {
      CalendarEvent(
        id: $0.id, regions: $0.regions, determination: $0.determinations.asKnown(on: day),
        termEnd: $0.termEnds.asKnown(on: day))
    }
      + inaugurations.filter { $0.date.knownFrom <= day }.map {
        CalendarEvent(
          id: $0.id, regions: $0.regions,
          inauguration: Dated(
            .day($0.date.value), instrument: $0.date.instrument, knownFrom: $0.date.knownFrom))
      }
  }
}

extension Election {
  /// Whether a determination day was known on `day`.
  func isDetermined(on day: CivilDate) -> Bool {
    if case .day? = determinations.asKnown(on: day)?.value { true } else { false }
  }
}
