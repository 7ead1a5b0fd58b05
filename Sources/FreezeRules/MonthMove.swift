/// What to do when moving by months lands on a day that does not exist, such as 31 February.
public enum MonthEnd: UInt8, Sendable, CaseIterable {
  /// The last day of that month: 31 February becomes 28 or 29 February.
  case down
  /// The first day of the next month: 31 February becomes 1 March.
  case up
}

/// The result of moving a date by months before any rounding: its day may not exist ("2023-02-31").
///
/// Moving and rounding are separate steps, with no default rounding, so that a derivation can show the raw date.
/// A raw date also orders against real dates: 2023-02-31 lies after 2023-02-28 and before 2023-03-01.
public struct RawDate: Hashable, Sendable {
  /// Same packing as ``CivilDate/packed``; the day may exceed the month's length.
  public let packed: Int32

  /// Year, possibly outside 1...9999.
  public var year: Int { Int((packed >> 5).floorDivided(by: 12)) }
  /// 1...12.
  public var month: Int { Int((packed >> 5) - 12 * (packed >> 5).floorDivided(by: 12)) + 1 }
  /// 1...31.
  public var day: Int { Int(packed & 31) }

  /// Whether the day exists, so that both roundings agree.
  public var exists: Bool { day <= CivilDate.length(year, month) }

  /// The real date on this side, or `nil` outside 0001-01-01...9999-12-31.
  ///
  /// *Properties*: `rounded(.down) <= rounded(.up)`; equal if and only if ``exists``.
  @inline(__always) public func rounded(_ monthEnd: MonthEnd) -> CivilDate? {
    guard packed >= CivilDate.min.packed, packed <= CivilDate.max.packed else { return nil }
    // Every month has 28 days, and a day that exists is packed as it stands.
    return day <= 28 || exists ? CivilDate(uncheckedPacked: packed) : pastMonthEnd(monthEnd)
  }

  private func pastMonthEnd(_ monthEnd: MonthEnd) -> CivilDate? {
    let (year, month) = (year, month)
    switch monthEnd {
    case .down: return CivilDate(year: year, month: month, day: CivilDate.length(year, month))
    case .up:
      return CivilDate(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
    }
  }
}

extension RawDate: CustomStringConvertible {
  /// `YYYY-MM-DD`, also where that day does not exist.
  public var description: String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let digits = String(abs(year))
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return (year < 0 ? "-" : "") + padded + "-" + two(month) + "-" + two(day)
  }
}

extension CivilDate {
  /// The same day of the month, `months` later (earlier when negative), before rounding.
  ///
  /// *Properties*: weakly monotone in the date after either rounding; `moved(byMonths: 12)` names the same month
  /// and day one year on.
  /// *Not true*: moving there and back returns to the start (31 March - 1 month + 1 month rounds to 28 March);
  /// moving by a and then by b equals moving by a + b once rounded.
  @inline(__always) public func moved(byMonths months: Int) -> RawDate {
    RawDate(packed: packed &+ Int32(truncatingIfNeeded: months &* 32))
  }
}

extension Int32 {
  fileprivate func floorDivided(by divisor: Int32) -> Int32 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
