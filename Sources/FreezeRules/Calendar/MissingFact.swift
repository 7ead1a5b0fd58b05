/// Something nobody knows on which an answer hangs: named, so that somebody can supply it.
public struct MissingFact: Sendable, Hashable {
  /// What it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// The day lies beyond the end of the calendar.
    case calendarEnds = "calendar_ends"
    /// The day of an event is known as a span, or not at all.
    case factUnknown = "fact_unknown"
    /// Neither the record nor the site names a region that there is, and the regions differ.
    case regionUnknown = "region_unknown"
  }

  /// What it is.
  public let kind: Kind
  /// Id of the election, inauguration or acting head whose day is missing.
  public let election: String?
  /// Which of its days.
  public let anchor: EdgeRule.Anchor?
  /// What is known of that day, or the last day of the calendar, with its instrument.
  public let known: Dated<CalendarDay>?
  /// Code of the region it is missing for, where it is one; as found where it is none.
  public internal(set) var region: String?

  /// The day of an event.
  init(_ election: String, _ anchor: EdgeRule.Anchor, _ known: Dated<CalendarDay>, region: String?) {
    kind = .factUnknown
    self.election = election
    self.anchor = anchor
    self.known = known
    self.region = region
  }

  /// The end of the calendar, `nil`: no end was known.
  init(calendarEnds end: Dated<CivilDate>?) {
    kind = .calendarEnds
    election = nil
    anchor = nil
    known = end.map { Dated(.day($0.value), instrument: $0.instrument, knownFrom: $0.knownFrom) }
    region = nil
  }

  /// The region of a record, as found.
  init(regionUnknown text: String?) {
    kind = .regionUnknown
    election = nil
    anchor = nil
    known = nil
    region = text
  }

  /// The same without what a record says, which may be anybody's name: for what is told of many records at once.
  public var withoutRecordText: MissingFact {
    kind == .regionUnknown ? MissingFact(regionUnknown: nil) : self
  }

  /// The same fact of one region.
  func of(_ region: String) -> MissingFact {
    guard kind == .factUnknown, let election, let anchor, let known else { return self }
    return MissingFact(election, anchor, known, region: region)
  }
}
