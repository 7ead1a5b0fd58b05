/// Elections, inaugurations and acting heads as data: when, where, by which instrument, and since when that was known.
public struct ElectionCalendar: Sendable {
  /// Ids are unique over elections and inaugurations.
  public var elections: [Election]
  /// Pelantikan of heads of region.
  public var inaugurations: [Inauguration]
  /// When a Pj or Plt headed a region: a site's own knowledge.
  public var actingHeads: [ActingHead]
  /// The last day up to which no window is unknown to this calendar, as known over time. Days after it are not known.
  public var completeThrough: [Dated<CivilDate>]
  /// The day on which the facts were last checked against their sources.
  public var verifiedOn: CivilDate
  /// The regions it speaks of.
  public var registry: RegionRegistry
  /// SHA-256 of the source text in lower-case hex.
  public var hash: String

  /// A calendar of these parts; no validation (the loader validates).
  public init(
    elections: [Election], inaugurations: [Inauguration], actingHeads: [ActingHead] = [],
    completeThrough: [Dated<CivilDate>], verifiedOn: CivilDate, registry: RegionRegistry = .shipped,
    hash: String
  ) {
    self.elections = elections
    self.inaugurations = inaugurations
    self.actingHeads = actingHeads
    self.completeThrough = completeThrough
    self.verifiedOn = verifiedOn
    self.registry = registry
    self.hash = hash
  }

  /// Every id of an election or inauguration, in file order.
  public var ids: [String] { elections.map(\.id) + inaugurations.map(\.id) }

  /// The last day that was known, on `day`, to be complete; `nil`: none was.
  public func completeThrough(knownOn day: CivilDate) -> Dated<CivilDate>? {
    completeThrough.filter { $0.knownFrom <= day }.max { $0.knownFrom < $1.knownFrom }
  }
}

/// A fact with the instrument that set it and the day from which it was known.
public struct Dated<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The fact.
  public var value: Value
  /// Such as `PKPU 5/2020`.
  public var instrument: String
  /// Day from which it was known.
  public var knownFrom: CivilDate

  /// A fact of these parts.
  public init(_ value: Value, instrument: String, knownFrom: CivilDate) {
    self.value = value
    self.instrument = instrument
    self.knownFrom = knownFrom
  }
}

/// A day of the calendar as far as it is known: never a gap, never a guess.
public enum CalendarDay: Sendable, Hashable {
  /// That day.
  case day(CivilDate)
  /// Some day of these, both included; `first < last`.
  case between(CivilDate, CivilDate)
  /// That day or a later one, nobody knows which.
  case after(CivilDate)
  /// Not set: the schedule is suspended, the term goes on.
  case open

  /// The earliest day it can be, `nil` where nothing says so.
  public var earliest: CivilDate? {
    switch self {
    case .day(let day), .between(let day, _), .after(let day): day
    case .open: nil
    }
  }

  /// The latest day it can be, `nil` where nothing says so.
  public var latest: CivilDate? {
    switch self {
    case .day(let day), .between(_, let day): day
    case .after, .open: nil
    }
  }

  /// The day, where it is known.
  public var exact: CivilDate? { if case .day(let day) = self { day } else { nil } }

  /// Whether every day that `other` can be is one that this can be.
  func contains(_ other: CalendarDay) -> Bool {
    guard let first = other.earliest else { return self == other }
    guard let earliest, earliest <= first else { return false }
    guard let latest else { return true }
    return other.latest.map { $0 <= latest } ?? false
  }
}

extension CalendarDay: CustomStringConvertible {
  /// `2024-09-22`, `2025-05-26..2025-06-02`, `2025-05-26..` or `open`: it stands in the ledger, and never changes.
  public var description: String {
    switch self {
    case .day(let day): "\(day)"
    case .between(let first, let last): "\(first)..\(last)"
    case .after(let day): "\(day).."
    case .open: "open"
    }
  }
}

/// A dated fact of an election or inauguration: in all its regions, or in some of them.
public struct CalendarFact: Sendable, Hashable {
  /// The day, as far as known, with its instrument.
  public var day: Dated<CalendarDay>
  /// Where; `nil`: wherever the election or inauguration applies. A fact that names its regions is stronger than one that
  /// does not.
  public var regions: [Regions.Term]?
  /// Where not.
  public var except: [Regions.Term]

  /// A fact of these parts.
  public init(
    _ day: CalendarDay, regions: [Regions.Term]? = nil, except: [Regions.Term] = [], instrument: String,
    knownFrom: CivilDate
  ) {
    self.day = Dated(day, instrument: instrument, knownFrom: knownFrom)
    self.regions = regions
    self.except = except
  }

  /// The regions it speaks of.
  public func members(_ registry: RegionRegistry) -> RegionSet {
    Regions(regions ?? [.all], except: except).members(registry)
  }
}

/// One wave of elections.
public struct Election: Sendable {
  /// Such as `pilkada-2024`.
  public var id: String
  /// Where it was held.
  public var regions: Regions
  /// Every determination ever announced, with the day it became known; `open` while a schedule is suspended; empty
  /// when none was announced yet.
  public var determinations: [CalendarFact]
  /// The end of the term of the head in office, as known over time.
  public var termEnds: [CalendarFact]
  /// Ids of the inaugurations of those elected: where one is known, its day is the end of that term.
  public var succeededBy: [String]
  /// The days of the vote: no rule hangs on them.
  public var votes: [CalendarFact]

  /// An election of these parts.
  public init(
    id: String, regions: Regions, determinations: [CalendarFact], termEnds: [CalendarFact] = [],
    succeededBy: [String] = [], votes: [CalendarFact] = []
  ) {
    self.id = id
    self.regions = regions
    self.determinations = determinations
    self.termEnds = termEnds
    self.succeededBy = succeededBy
    self.votes = votes
  }
}

/// One pelantikan of heads of region, of each region on its own day.
public struct Inauguration: Sendable {
  /// Such as `serentak-2025`.
  public var id: String
  /// Where.
  public var regions: Regions
  /// The days, with their instruments.
  public var dates: [CalendarFact]
  /// The end of the term that began with it: no rule hangs on it.
  public var termEnds: [CalendarFact]

  /// An inauguration of these parts.
  public init(id: String, regions: Regions, dates: [CalendarFact], termEnds: [CalendarFact] = []) {
    self.id = id
    self.regions = regions
    self.dates = dates
    self.termEnds = termEnds
  }
}

/// A stretch of time in which a Pj or Plt headed a region (PP 49/2008 Pasal 132A).
public struct ActingHead: Sendable, Hashable {
  /// Which of the two.
  public enum Kind: String, Sendable, CaseIterable {
    /// Penjabat.
    case pj
    /// Pelaksana tugas.
    case plt
  }

  /// Kemendagri code.
  public var region: String
  /// Pj or Plt.
  public var kind: Kind
  /// First day.
  public var from: CivilDate
  /// Last day; `open` while it lasts.
  public var until: CalendarDay
  /// The instrument and since when it was known.
  public var instrument: String
  /// Day from which it was known.
  public var knownFrom: CivilDate

  /// Such as `pj-82.05-2015-09-01`: what a verdict names in place of an election.
  public var id: String { "\(kind.rawValue)-\(region)-\(from)" }

  /// A stretch of these parts.
  public init(
    region: String, kind: Kind, from: CivilDate, until: CalendarDay, instrument: String, knownFrom: CivilDate
  ) {
    self.region = region
    self.kind = kind
    self.from = from
    self.until = until
    self.instrument = instrument
    self.knownFrom = knownFrom
  }
}
