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

  /// All days from one to another; `nil` when the last comes before the first.
  public init?(first: CivilDate, last: CivilDate) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
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
  /// `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or `YYYY-MM-DD..YYYY-MM-DD` where it is no whole month or year.
  public var description: String {
    if isExact { return first.description }
    if self == DateSpan(year: first.year, month: first.month) { return String(first.description.prefix(7)) }
    if self == DateSpan(year: first.year) { return String(first.description.prefix(4)) }
    return "\(first)..\(last)"
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

  /// The day whose number a spreadsheet wrote in its stead, where the text can be one: `45373` is 22 March 2024. A hint for
  /// people, never a date: the number of an SK looks the same.
  public var serialDay: CivilDate? {
    guard case .unreadable(let original) = self else { return nil }
    let parts = original.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard (1...2).contains(parts.count), parts[0].utf8.count == 5,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let number = Int(parts[0]), number >= 16_438,
      // Day 1 is 1900-01-01, and there was a 29 February 1900: from March 1900 on it is as though day 0 were 1899-12-30.
      let day = CivilDate(daysSince2000: number - 36_526), Self.plausibleYears.contains(day.year)
    else { return nil }
    return day
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
