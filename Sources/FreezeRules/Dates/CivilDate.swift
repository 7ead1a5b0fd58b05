/// A day of the proleptic Gregorian calendar, without time of day or zone.
///
/// Range: 0001-01-01 ... 9999-12-31. Stored as one `Int32`,
/// `(12 * year + month - 1) * 32 + day`, so that comparing two dates is comparing two integers and moving by
/// `n` months is adding `32 * n` (the result may name a day that does not exist: see ``RawDate``).
///
/// *Not true*: the difference of two packed values is not a number of days; use ``days(until:)``.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// `(12 * year + month - 1) * 32 + day`; strictly increasing with the date, not gapless.
  public let packed: Int32

  @inline(__always) init(uncheckedPacked packed: Int32) { self.packed = packed }

  /// The date of these parts, or `nil` when there is no such day or the year is outside 1...9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(year, month)
    else { return nil }
    packed = Int32(truncatingIfNeeded: (12 * year + month - 1) * 32 + day)
  }

  /// The date written `YYYY-MM-DD` (exactly ten ASCII characters), or `nil`.
  public init?(iso text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// 1...9999.
  public var year: Int { Int(packed >> 5) / 12 }
  /// 1...12.
  public var month: Int { Int(packed >> 5) % 12 + 1 }
  /// 1...31.
  public var day: Int { Int(packed & 31) }

  /// The earlier day is less.
  @inline(__always) public static func < (a: CivilDate, b: CivilDate) -> Bool { a.packed < b.packed }

  /// The first and the last day of the range.
  public static let min = CivilDate(uncheckedPacked: 12 * 32 + 1)
  /// 9999-12-31.
  public static let max = CivilDate(uncheckedPacked: (12 * 9999 + 11) * 32 + 31)

  /// Days in a month (1...12) of any year: 28...31.
  static func length(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate {
  /// Days since 2000-01-01 (PostgreSQL's day number); negative before.
  ///
  /// The count of days follows the usual March-based era arithmetic; tests walk every day of the range.
  public var daysSince2000: Int {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 730_425
  }

  /// The date that many days after 2000-01-01, or `nil` outside 0001-01-01...9999-12-31.
  public init?(daysSince2000 days: Int) {
    guard days >= -730_119, days <= 2_921_939 else { return nil }
    let z = days + 730_425
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.init(year: year, month: month, day: day)
  }

  /// The date `days` later (earlier when negative), or `nil` outside the range of the type.
  public func adding(days: Int) -> CivilDate? { CivilDate(daysSince2000: daysSince2000 + days) }

  /// Days from this date to `other`: negative when `other` is earlier.
  public func days(until other: CivilDate) -> Int { other.daysSince2000 - daysSince2000 }
}

extension CivilDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    func padded(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: Swift.max(0, width - text.count)) + text
    }
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }
}
