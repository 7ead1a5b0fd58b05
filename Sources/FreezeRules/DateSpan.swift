/// A date as far as it is known: a day, or all days of a month or a year.
///
/// `first <= last`; a day has `first == last`.
public struct DateSpan: Hashable, Sendable {
  /// The earliest day it can be.
  public let first: CivilDate
  /// The latest day it can be.
  public let last: CivilDate

  /// One known day.
  public init(_ day: CivilDate) {
    first = day
    last = day
  }

  /// A month known to the month only; `nil` when there is no such month.
  public init?(year: Int, month: Int) {
    guard let first = CivilDate(year: year, month: month, day: 1),
      let last = CivilDate(year: year, month: month, day: CivilDate.length(year, month))
    else { return nil }
    self.first = first
    self.last = last
  }

  /// A year known to the year only; `nil` outside 1...9999.
  public init?(year: Int) {
    guard let first = CivilDate(year: year, month: 1, day: 1),
      let last = CivilDate(year: year, month: 12, day: 31)
    else { return nil }
    self.first = first
    self.last = last
  }

  /// Known to the day.
  public var isExact: Bool { first == last }
}

extension DateSpan: CustomStringConvertible {
  /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
  public var description: String {
    if isExact { return first.description }
    return String(first.description.prefix(first.month == last.month ? 7 : 4))
  }
}

/// What a record says where a date belongs.
public enum RecordedDate: Hashable, Sendable {
  /// Nothing: null, blank, `-`, or a sentinel such as `0000-00-00`, 1970-01-01 or infinity.
  case absent(original: String?)
  /// A day, month or year.
  case known(DateSpan, original: String)
  /// Something that is not nothing and not a date: it could be any day, so it can never make a record `outside`.
  case unreadable(original: String)

  /// The span when it is known.
  public var span: DateSpan? {
    if case .known(let span, _) = self { span } else { nil }
  }

  /// The text as found, `nil` for null.
  public var original: String? {
    switch self {
    case .absent(let original): original
    case .known(_, let original), .unreadable(let original): original
    }
  }

  /// Years in which an act of an Indonesian government can lie. A date outside is a slip of the pen (`0204`,
  /// `9999`): it is unreadable rather than a reason to call the record `outside`.
  public static let plausibleYears = 1945...2199
}

/// The three dates an act can carry. No ruling says which one counts, so each does (DOMAIN 4).
public enum DateField: String, Sendable, CaseIterable {
  /// Tanggal SK.
  case decreeDate = "decree_date"
  /// TMT.
  case effectiveDate = "effective_date"
  /// Tanggal pelantikan.
  case inauguratedOn = "inaugurated_on"
}
