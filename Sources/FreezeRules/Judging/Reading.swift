/// A question that "six months before" leaves open (DOMAIN: the boundary was disputed in 2020 and 2024).
public enum Axis: String, Sendable, CaseIterable {
  /// Whether the boundary day itself is frozen.
  case boundary
  /// Counting back from the later date or forward from the earlier one.
  case direction
  /// What a day that does not exist becomes.
  case monthEnd = "month_end"

  /// The two values of the axis, in the order the reading names use.
  public var values: [String] {
    switch self {
    case .boundary: ["included", "excluded"]
    case .direction: ["back", "forward"]
    case .monthEnd: ["down", "up"]
    }
  }

  /// The bit of ``Reading/rawValue`` that this axis sets.
  var bit: UInt8 {
    switch self {
    case .boundary: 4
    case .direction: 2
    case .monthEnd: 1
    }
  }
}

/// One value on each axis: one of the eight ways to read a period counted in months.
public struct Reading: Hashable, Sendable, CaseIterable {
  /// 0...7: 4 = boundary excluded, 2 = direction forward, 1 = month end up.
  public let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue & 7 }

  /// The reading with these values.
  public init(boundaryIncluded: Bool, forward: Bool, monthEnd: MonthEnd) {
    rawValue = (boundaryIncluded ? 0 : 4) | (forward ? 2 : 0) | (monthEnd == .up ? 1 : 0)
  }

  /// In the order `in-back-down in-back-up in-forward-down in-forward-up out-back-down … out-forward-up`.
  public static let allCases: [Reading] = (0..<8).map { Reading(rawValue: $0) }

  /// The boundary day itself is frozen.
  public var boundaryIncluded: Bool { rawValue & 4 == 0 }
  /// Counted forward from the earlier date instead of back from the later one.
  public var forward: Bool { rawValue & 2 != 0 }
  /// Where a missing month end goes.
  public var monthEnd: MonthEnd { rawValue & 1 == 0 ? .down : .up }

  /// Such as `in-back-down`.
  public var name: String {
    (boundaryIncluded ? "in" : "out") + (forward ? "-forward" : "-back")
      + (monthEnd == .down ? "-down" : "-up")
  }

  /// The value on `axis`, as in ``Axis/values``.
  public func value(on axis: Axis) -> String { axis.values[rawValue & axis.bit == 0 ? 0 : 1] }

  /// The reading that differs from this one on `axis` alone.
  func flipped(_ axis: Axis) -> Reading { Reading(rawValue: rawValue ^ axis.bit) }
}

/// A set of readings, such as those still open.
public struct ReadingSet: Hashable, Sendable {
  /// Bit `r.rawValue` is set for every member `r`.
  public private(set) var bits: UInt8

  /// All eight.
  public static let all = ReadingSet(bits: 0xFF)
  /// None.
  public static let none = ReadingSet(bits: 0)

  init(bits: UInt8) { self.bits = bits }

  /// Whether `reading` is a member.
  public func contains(_ reading: Reading) -> Bool { bits & (1 << reading.rawValue) != 0 }

  mutating func insert(_ reading: Reading) { bits |= 1 << reading.rawValue }

  /// The members that have `value` on `axis`; empty when `value` is not a value of the axis.
  public func keeping(_ axis: Axis, _ value: String) -> ReadingSet {
    var kept = ReadingSet.none
    for reading in members where reading.value(on: axis) == value { kept.insert(reading) }
    return kept
  }

  func union(_ other: ReadingSet) -> ReadingSet { ReadingSet(bits: bits | other.bits) }

  func intersection(_ other: ReadingSet) -> ReadingSet { ReadingSet(bits: bits & other.bits) }

  /// The members, in the order of ``Reading/allCases``.
  public var members: [Reading] { Reading.allCases.filter { contains($0) } }
}
