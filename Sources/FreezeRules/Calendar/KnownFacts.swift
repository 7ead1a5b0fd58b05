/// What was known on one day of an election or inauguration in some regions: what a rule can be anchored on.
struct CalendarEvent {
  let id: String
  var days: [EdgeRule.Anchor: Dated<CalendarDay>] = [:]
  /// Id of the inauguration whose day is the end of the term, where it is.
  var oath: String?

  func day(of anchor: EdgeRule.Anchor) -> Dated<CalendarDay>? { days[anchor] }

  /// The term ends after the determination, on a day that is not known.
  mutating func setEndUnknown() {
    guard let determination = days[.determination], let day = determination.value.earliest else { return }
    days[.termEnd] = Dated(
      .after(day), instrument: determination.instrument, knownFrom: determination.knownFrom)
    oath = nil
  }

  /// Facts of different days of knowledge can contradict each other: an end of term before the determination is none.
  mutating func doubtEnd() {
    guard let end = days[.termEnd]?.value.latest, let determination = days[.determination]?.value.earliest,
      end <= determination
    else { return }
    setEndUnknown()
  }
}

/// The facts of a calendar as known on one day, laid out by region.
struct KnownFacts {
  /// One event with the regions in which just these facts hold of it.
  struct Local {
    let event: CalendarEvent
    let regions: RegionSet
  }

  /// In file order: elections, inaugurations, acting heads; an event once for each set of facts.
  private(set) var locals: [Local] = []
  private let registry: RegionRegistry
  private let day: CivilDate

  /// - Parameters:
  ///   - declared: ids that the site says are its own: they apply in every region, and so do the oaths of those elected.
  ///   - isDoubting: an end of term that comes before the determination is no end: the day is not known.
  init(
    _ calendar: ElectionCalendar, declared: Set<String>, knownOn day: CivilDate, isDoubting: Bool = true
  ) {
    registry = calendar.registry
    self.day = day
    let successors = calendar.elections.filter { declared.contains($0.id) }.flatMap(\.succeededBy)
    let declared = declared.union(successors)
    let everywhere = Regions.all.members(registry)
    func members(_ id: String, _ regions: Regions) -> RegionSet {
      declared.contains(id) ? everywhere : regions.members(registry)
    }
    let oaths = calendar.inaugurations.map { strongest($0.dates, in: members($0.id, $0.regions)) }
    for election in calendar.elections {
      let regions = members(election.id, election.regions)
      // Nothing announced yet: whatever comes can only come after today.
      let determinations =
        election.determinations.isEmpty
        ? [CalendarFact(.after(day), instrument: election.id, knownFrom: day)] : election.determinations
      let determined = strongest(determinations, in: regions)
      let ended = strongest(election.termEnds, in: regions)
      let successors = calendar.inaugurations.indices.filter {
        election.succeededBy.contains(calendar.inaugurations[$0].id)
      }
      add(in: regions) { index in
        let successor = successors.first { oaths[$0][index] >= 0 }
        return Key(determined[index], ended[index], successor ?? -1, successor.map { oaths[$0][index] } ?? -1)
      } event: { key in
        var event = CalendarEvent(id: election.id)
        event.days[.determination] = key.first < 0 ? nil : determinations[key.first].day
        let end = key.second < 0 ? nil : election.termEnds[key.second].day
        event.days[.termEnd] = end
        if key.third >= 0 {
          let inauguration = calendar.inaugurations[key.third]
          let oath = inauguration.dates[key.fourth].day
          event.days[.termEnd] = Self.end(end, oath)
          if event.days[.termEnd] == oath { event.oath = inauguration.id }
        } else if end == nil {
          // Nobody entered an end.
          event.setEndUnknown()
        }
        if isDoubting { event.doubtEnd() }
        return event
      }
    }
    for (place, inauguration) in calendar.inaugurations.enumerated() {
      add(in: members(inauguration.id, inauguration.regions)) {
        Key(oaths[place][$0], -1, -1, -1)
      } event: { key in
        CalendarEvent(id: inauguration.id, days: [.inauguration: inauguration.dates[key.first].day])
      }
    }
    for head in calendar.actingHeads where head.knownFrom <= day { add(head) }
  }

  private mutating func add(_ head: ActingHead) {
    guard let region = registry.deciding(head.region) else { return }
    func fact(_ value: CalendarDay) -> Dated<CalendarDay> {
      Dated(value, instrument: head.instrument, knownFrom: head.knownFrom)
    }
    var regions = RegionSet()
    regions.insert(region.index)
    let days: [EdgeRule.Anchor: Dated<CalendarDay>] = [
      .actingFrom: fact(.day(head.from)), .actingUntil: fact(head.until),
    ]
    locals.append(Local(event: CalendarEvent(id: head.id, days: days), regions: regions))
  }

  /// The oath of those elected ends the term of those before them; an end of term entered by itself holds where the oath is
  /// less well known.
  private static func end(_ entered: Dated<CalendarDay>?, _ oath: Dated<CalendarDay>) -> Dated<CalendarDay> {
    guard let entered, entered.value != .open else { return oath }
    if oath.value.contains(entered.value) { return entered }
    if entered.value.contains(oath.value) { return oath }
    return entered.knownFrom > oath.knownFrom ? entered : oath
  }

  /// For each region, by its place in the registry, the place of the fact that holds there; -1: none.
  private func strongest(_ facts: [CalendarFact], in regions: RegionSet) -> [Int] {
    var best = [Int](repeating: -1, count: registry.regions.count)
    for (place, fact) in facts.enumerated() where fact.day.knownFrom <= day {
      let members = fact.members(registry).intersection(regions)
      for index in best.indices where members.contains(index) {
        if best[index] >= 0, !Self.supersedes(fact, facts[best[index]]) { continue }
        best[index] = place
      }
    }
    return best
  }

  /// Whether a fact holds in place of one that stands before it in the file.
  ///
  /// One that names its regions is stronger than one that does not; of equals the one that became known later holds. But a
  /// span says less than a day in it: that a source of June knows only the week does not take away the day seen in May.
  static func supersedes(_ fact: CalendarFact, _ held: CalendarFact) -> Bool {
    if (fact.regions != nil) != (held.regions != nil) { return fact.regions != nil }
    let (new, old) = (fact.day, held.day)
    if new.value != old.value {
      if old.value.contains(new.value) { return true }
      if new.value.contains(old.value) { return false }
    }
    return new.knownFrom >= old.knownFrom
  }

  /// Which facts hold in a region: their places, -1 for none.
  private struct Key: Hashable {
    let first, second, third, fourth: Int
    init(_ first: Int, _ second: Int, _ third: Int, _ fourth: Int) {
      (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
    }
  }

  /// One event for each set of facts that occurs.
  private mutating func add(
    in regions: RegionSet, key: (Int) -> Key,
    event: (Key) -> CalendarEvent
  ) {
    var members: [Key: RegionSet] = [:]
    var order: [Key] = []
    for index in registry.regions.indices where regions.contains(index) {
      let key = key(index)
      guard key.first >= 0 || key.second >= 0 || key.third >= 0 else { continue }
      if members[key] == nil { order.append(key) }
      members[key, default: RegionSet()].insert(index)
    }
    for key in order {
      locals.append(Local(event: event(key), regions: members[key] ?? RegionSet()))
    }
  }
}
