/// Elections and inaugurations as data: when, where, by which instrument, and since when that was known.
public struct ElectionCalendar: Sendable {
  /// Ids are unique over elections and inaugurations.
  public var elections: [Election]
  /// Pelantikan of heads of region.
  public var inaugurations: [Inauguration]
  /// SHA-256 of the source text in lower-case hex.
  public var hash: String

  /// A calendar of these parts; no validation (the loader validates).
  public init(elections: [Election], inaugurations: [Inauguration], hash: String) {
    self.elections = elections
    self.inaugurations = inaugurations
    self.hash = hash
  }

  /// Every id, in file order.
  public var ids: [String] { elections.map(\.id) + inaugurations.map(\.id) }
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

extension Array {
  /// The fact as it was known on a day: the one that became known last, not after that day.
  func asKnown<Value>(on day: CivilDate) -> Dated<Value>? where Element == Dated<Value> {
    filter { $0.knownFrom <= day }.max { $0.knownFrom < $1.knownFrom }
  }
}

/// A day of the calendar that can be declared not to be set yet: a value of its own, never a gap.
///
/// An open determination has no window (and is said to have none); an open end of term is a window without end.
public enum CalendarDay: Sendable, Hashable {
  /// That day.
  case day(CivilDate)
  /// Not set: the schedule is suspended, the term goes on.
  case open
}

/// The end of a term.
public typealias TermEnd = CalendarDay

/// One wave of elections.
public struct Election: Sendable {
  /// Such as `pilkada-2024`.
  public var id: String
  /// Where it was held.
  public var regions: Regions
  /// Every determination ever announced, with the day it became known; `open` while a schedule is suspended; empty
  /// when none was announced yet.
  public var determinations: [Dated<CalendarDay>]
  /// The end of the term, as known over time; empty when nothing is known.
  public var termEnds: [Dated<TermEnd>]

  /// An election of these parts.
  public init(
    id: String, regions: Regions, determinations: [Dated<CalendarDay>], termEnds: [Dated<TermEnd>] = []
  ) {
    self.id = id
    self.regions = regions
    self.determinations = determinations
    self.termEnds = termEnds
  }
}

/// One pelantikan of heads of region.
public struct Inauguration: Sendable {
  /// Such as `serentak-2025`.
  public var id: String
  /// Where.
  public var regions: Regions
  /// The day, with its instrument.
  public var date: Dated<CivilDate>

  /// An inauguration of these parts.
  public init(id: String, regions: Regions, date: Dated<CivilDate>) {
    self.id = id
    self.regions = regions
    self.date = date
  }
}

/// Where an election or inauguration applies.
public struct Regions: Sendable, Hashable {
  /// The base, before exceptions.
  public enum Scope: Sendable, Hashable {
    /// Everywhere.
    case all
    /// Only where the site says that it took part; a guess would be a false alarm.
    case declared
    /// These Kemendagri codes and all below them: `16` covers `16.05`.
    case codes([String])
  }

  /// The base.
  public var scope: Scope
  /// Codes taken out, with all below them.
  public var except: [String]

  /// Regions of these parts.
  public init(_ scope: Scope, except: [String] = []) {
    self.scope = scope
    self.except = except
  }

  /// Whether a region takes part.
  /// - Parameters:
  ///   - region: Kemendagri code, or `nil` when neither the record nor the site says: then only `all` applies,
  ///     and exceptions do not take it out (an unknown region is not known to be excepted).
  ///   - declared: the site named this election as one of its own. That settles a `declared` scope and an unknown
  ///     region; it does not overrule codes and exceptions, since one database may hold several regions.
  public func include(_ region: String?, declared: Bool) -> Bool {
    if let region, except.contains(where: { Self.covers($0, region) }) { return false }
    switch scope {
    case .all: return true
    case .declared: return declared
    case .codes(let codes):
      guard let region else { return declared }
      return codes.contains { Self.covers($0, region) }
    }
  }

  /// `16` covers `16` and `16.05`, not `165`.
  static func covers(_ code: String, _ region: String) -> Bool {
    guard region.hasPrefix(code) else { return false }
    return region.utf8.count == code.utf8.count
      || region.utf8[region.utf8.index(region.utf8.startIndex, offsetBy: code.utf8.count)]
        == UInt8(ascii: ".")
  }
}
