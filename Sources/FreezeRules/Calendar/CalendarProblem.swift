/// Facts of a calendar that cannot hold together, found when it is loaded.
public struct CalendarProblem: Sendable, Hashable {
  /// Which list of an election or inauguration.
  public enum List: Sendable, Hashable {
    /// Of the election of this place.
    case determination(Int), termEnd(Int)
    /// Of the inauguration of this place.
    case oath(Int)
  }

  /// What is wrong.
  public enum Kind: Sendable, Hashable {
    /// Two facts of equal strength became known on one day.
    case sameDay
    /// A second oath in a region, after the first had been taken.
    case secondOath(first: CivilDate)
    /// A fact about a region that takes no part.
    case noPart
    /// The term ends before the candidates for the next one are determined.
    case endsBeforeDetermination(end: CivilDate, determination: CivilDate)
    /// Another inauguration of the same wave has the region.
    case otherInauguration(String)
  }

  /// Where.
  public let list: List
  /// The place of the fact in it.
  public let fact: Int
  /// What.
  public let kind: Kind
  /// A region it concerns.
  public let region: String
}

extension ElectionCalendar {
  /// The first contradiction there is, `nil`: none.
  public func problem() -> CalendarProblem? {
    // By what is known at last.
    let known = KnownFacts(self, declared: [], knownOn: .max, isDoubting: false)
    for (place, election) in elections.enumerated() {
      let regions = election.regions.members(registry)
      if let found = problem(election.determinations, in: regions, .determination(place)) { return found }
      if let found = problem(election.termEnds, in: regions, .termEnd(place)) { return found }
      if let found = order(election, place, known) { return found }
    }
    for (place, inauguration) in inaugurations.enumerated() {
      let regions = inauguration.regions.members(registry)
      if let found = problem(inauguration.dates, in: regions, .oath(place)) { return found }
      if let found = sharedWave(inauguration, place) { return found }
    }
    return nil
  }

  private func name(_ regions: RegionSet) -> String {
    registry.regions.first { regions.contains($0.index) }?.label ?? "-"
  }

  private func problem(_ facts: [CalendarFact], in regions: RegionSet, _ list: CalendarProblem.List)
    -> CalendarProblem?
  {
    let members = facts.map { $0.members(registry) }
    for index in facts.indices {
      func found(_ kind: CalendarProblem.Kind, _ regions: RegionSet) -> CalendarProblem {
        CalendarProblem(list: list, fact: index, kind: kind, region: name(regions))
      }
      var outside = members[index]
      outside.subtract(regions)
      if facts[index].regions != nil, !outside.isEmpty { return found(.noPart, outside) }
      for earlier in facts[..<index].indices {
        let (a, b) = (facts[earlier], facts[index])
        let both = members[earlier].intersection(members[index]).intersection(regions)
        guard (a.regions == nil) == (b.regions == nil), !both.isEmpty else { continue }
        if a.day.knownFrom == b.day.knownFrom {
          // A day within a span says more than it; anything else on the same day contradicts.
          let refines =
            a.day.value != b.day.value
            && (a.day.value.contains(b.day.value) || b.day.value.contains(a.day.value))
          if !refines { return found(.sameDay, both) }
        }
        guard case .oath = list, let first = a.day.value.exact, let second = b.day.value.exact,
          first != second
        else { continue }
        let (old, new) = a.day.knownFrom <= b.day.knownFrom ? (a, b) : (b, a)
        // An announced day can move until it comes; one that was seen cannot.
        if let day = old.day.value.exact, old.day.knownFrom >= day || new.day.knownFrom > day {
          return found(.secondOath(first: first), both)
        }
      }
    }
    return nil
  }

  /// A term cannot end before the candidates for the next one are determined, by what is known of both at last.
  private func order(_ election: Election, _ place: Int, _ known: KnownFacts) -> CalendarProblem? {
    for local in known.locals where local.event.id == election.id {
      guard let determination = local.event.day(of: .determination)?.value.exact,
        let end = local.event.day(of: .termEnd), let day = end.value.exact, day <= determination
      else { continue }
      let kind = CalendarProblem.Kind.endsBeforeDetermination(end: day, determination: determination)
      if let fact = election.termEnds.firstIndex(where: { $0.day == end }) {
        return CalendarProblem(list: .termEnd(place), fact: fact, kind: kind, region: name(local.regions))
      }
      for (oath, inauguration) in inaugurations.enumerated()
      where election.succeededBy.contains(inauguration.id) {
        if let fact = inauguration.dates.firstIndex(where: { $0.day == end }) {
          return CalendarProblem(list: .oath(oath), fact: fact, kind: kind, region: name(local.regions))
        }
      }
    }
    return nil
  }

  /// One wave inaugurates a region's head once.
  private func sharedWave(_ inauguration: Inauguration, _ place: Int) -> CalendarProblem? {
    let mine = inauguration.regions.members(registry)
    for other in inaugurations[..<place] {
      let isOneWave =
        elections.contains { $0.succeededBy.contains(other.id) && $0.succeededBy.contains(inauguration.id) }
        || inauguration.regions.terms.contains {
          if case .wave = $0 { other.regions.terms.contains($0) } else { false }
        }
      let both = mine.intersection(other.regions.members(registry))
      guard isOneWave, !both.isEmpty else { continue }
      return CalendarProblem(
        list: .oath(place), fact: 0, kind: .otherInauguration(other.id), region: name(both))
    }
    return nil
  }
}
