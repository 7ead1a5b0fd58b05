/// The rules as data: what is frozen, from when to when, for whom, and on whose authority.
///
/// Loaded from `rules.yaml`; every part carries a citation and the day from which it was known.
public struct Rulebook: Sendable {
  /// In the order of the file; ids are unique.
  public var rules: [Rule]
  /// Which posts are covered, by date.
  public var coverage: [CoverageRow]
  /// Which labels of a record are replacements of an official, and which are known other acts.
  public var kinds: KindLabels
  /// A record first seen inside a window whose dates all lie at most this many days before it is a possible
  /// back-dating. Days, 0...366.
  public var backdatingDays: Int
  /// SHA-256 of the source text in lower-case hex; identifies the rulebook in reports and the ledger.
  public var hash: String

  /// A rulebook of these parts; no validation (the loader validates).
  public init(
    rules: [Rule], coverage: [CoverageRow], kinds: KindLabels, backdatingDays: Int, hash: String
  ) {
    self.rules = rules
    self.coverage = coverage
    self.kinds = kinds
    self.backdatingDays = backdatingDays
    self.hash = hash
  }
}

/// One rule through time, such as `pasal-71-2`.
public struct Rule: Sendable {
  /// Such as `pasal-71-2`.
  public var id: String
  /// Switched on.
  public var enabled: Bool
  /// Ordered by date of force, without gap or overlap.
  public var versions: [RuleVersion]
  /// Axes that an instrument settled.
  public var closedAxes: [ClosedAxis]

  /// A rule of these parts.
  public init(id: String, enabled: Bool, versions: [RuleVersion], closedAxes: [ClosedAxis]) {
    self.id = id
    self.enabled = enabled
    self.versions = versions
    self.closedAxes = closedAxes
  }
}

/// The text of a rule while it was in force.
public struct RuleVersion: Sendable, Hashable {
  /// First day in force.
  public var inForceFrom: CivilDate
  /// Last day in force, `nil` while it still is.
  public var inForceUntil: CivilDate?
  /// Day from which this version could be known.
  public var knownFrom: CivilDate
  /// First frozen day.
  public var opens: EdgeRule
  /// Last frozen day.
  public var closes: EdgeRule
  /// Such as `UU 10/2016 Pasal 71 ayat (2)`.
  public var citation: String
  /// The Minister's written approval lifts the prohibition; without that clause it is flat (UU 8/2015 Pasal 162 ayat (3)).
  public var isApprovable: Bool
  /// What is permitted without an approval all the same.
  public var exceptions: [RuleException]

  /// A version of these parts.
  public init(
    inForceFrom: CivilDate, inForceUntil: CivilDate?, knownFrom: CivilDate, opens: EdgeRule, closes: EdgeRule,
    citation: String, isApprovable: Bool = true, exceptions: [RuleException] = []
  ) {
    self.isApprovable = isApprovable
    self.exceptions = exceptions
    self.inForceFrom = inForceFrom
    self.inForceUntil = inForceUntil
    self.knownFrom = knownFrom
    self.opens = opens
    self.closes = closes
    self.citation = citation
  }

  /// Whether an act of that day falls under this version.
  func isInForce(on day: CivilDate) -> Bool {
    inForceFrom <= day && (inForceUntil.map { day <= $0 } ?? true)
  }
}

/// Acts that an instrument permits although a rule forbids the others.
public struct RuleException: Sendable, Hashable {
  /// What kind of act.
  public enum Act: String, Sendable, CaseIterable {
    /// A disciplinary sanction.
    case discipline
    /// A move to or from another agency.
    case betweenAgencies = "between_agencies"
  }

  /// What is permitted.
  public var act: Act
  /// First day of acts it speaks of.
  public var from: CivilDate
  /// Last day, `nil` when open-ended.
  public var until: CivilDate?
  /// Day from which it was known.
  public var knownFrom: CivilDate
  /// The instrument.
  public var citation: String

  /// An exception of these parts.
  public init(act: Act, from: CivilDate, until: CivilDate?, knownFrom: CivilDate, citation: String) {
    self.act = act
    self.from = from
    self.until = until
    self.knownFrom = knownFrom
    self.citation = citation
  }
}

/// Where a window begins or ends, relative to an event of the calendar.
public struct EdgeRule: Sendable, Hashable {
  /// The event that the law counts from.
  public enum Anchor: String, Sendable, CaseIterable {
    /// Penetapan pasangan calon.
    case determination
    /// End of the term of the head of region.
    case termEnd = "term_end"
    /// Pelantikan of the head of region.
    case inauguration
    /// First day on which a Pj or Plt headed the region.
    case actingFrom = "acting_from"
    /// Last day on which a Pj or Plt headed the region.
    case actingUntil = "acting_until"
  }

  /// What it is counted from.
  public var anchor: Anchor
  /// Months from the anchor: negative before, positive after, 0 none. Only a move by months has readings.
  public var months: Int
  /// Days from the anchor, after the months.
  public var days: Int

  /// An edge of these parts.
  public init(anchor: Anchor, months: Int = 0, days: Int = 0) {
    self.anchor = anchor
    self.months = months
    self.days = days
  }
}

/// An axis that an instrument settled for some elections, from the day it was known.
public struct ClosedAxis: Sendable, Hashable {
  /// The axis.
  public var axis: Axis
  /// The value that holds, one of ``Axis/values``.
  public var value: String
  /// Ids of elections or inaugurations; empty means all.
  public var elections: [String]
  /// The instrument.
  public var citation: String
  /// Day from which it was known.
  public var knownFrom: CivilDate

  /// A closed axis of these parts.
  public init(axis: Axis, value: String, elections: [String], citation: String, knownFrom: CivilDate) {
    self.axis = axis
    self.value = value
    self.elections = elections
    self.citation = citation
    self.knownFrom = knownFrom
  }
}

/// Whether a class of posts is covered, for acts of some days.
public struct CoverageRow: Sendable, Hashable {
  /// What the instrument says of the class.
  public enum Answer: String, Sendable, CaseIterable {
    /// Covered.
    case yes
    /// Not covered.
    case no
    /// Not settled: covered is assumed, and the assumption said.
    case open
  }

  /// The class of post or assignment.
  public var post: PostClass
  /// Covered or not.
  public var covered: Answer
  /// First day of acts it speaks of.
  public var from: CivilDate
  /// Last day, `nil` when open-ended.
  public var until: CivilDate?
  /// Day from which it was known.
  public var knownFrom: CivilDate
  /// The instrument.
  public var citation: String

  /// A row of these parts.
  public init(
    post: PostClass, covered: Answer, from: CivilDate, until: CivilDate?, knownFrom: CivilDate,
    citation: String
  ) {
    self.post = post
    self.covered = covered
    self.from = from
    self.until = until
    self.knownFrom = knownFrom
    self.citation = citation
  }
}
