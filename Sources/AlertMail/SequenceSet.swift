/// A set of event numbers, kept as ranges: which events were delivered, and so which are missing.
package struct SequenceSet: Sendable, Codable, Equatable {
  /// Ascending, apart from each other.
  package private(set) var ranges: [ClosedRange<Int64>] = []

  /// Nothing.
  package init() {}

  /// These ranges.
  package init(_ ranges: some Sequence<ClosedRange<Int64>>) { for range in ranges { insert(range) } }

  /// Whether a number is in the set.
  package func contains(_ number: Int64) -> Bool { ranges.contains { $0.contains(number) } }

  /// Takes a number in.
  package mutating func insert(_ number: Int64) { insert(number...number) }

  /// Takes a range in.
  package mutating func insert(_ range: ClosedRange<Int64>) {
    var merged = range
    var kept: [ClosedRange<Int64>] = []
    for other in ranges {
      // Numbers are at most 18 digits, so neither sum overflows.
      if other.upperBound + 1 < merged.lowerBound || merged.upperBound + 1 < other.lowerBound {
        kept.append(other)
      } else {
        merged = min(merged.lowerBound, other.lowerBound)...max(merged.upperBound, other.upperBound)
      }
    }
    kept.append(merged)
    ranges = kept.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The numbers of 1...`last` that are not in the set.
  package func gaps(through last: Int64) -> [ClosedRange<Int64>] {
    var gaps: [ClosedRange<Int64>] = []
    var next: Int64 = 1
    for range in ranges where range.lowerBound <= last {
      if next < range.lowerBound { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= last { gaps.append(next...last) }
    return gaps
  }

  /// How many numbers.
  package var count: Int64 { ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound + 1 } }
  /// The greatest number, 0 when empty.
  package var last: Int64 { ranges.last?.upperBound ?? 0 }

  /// `1-57, 60, 63-64`.
  package var description: String { Self.describe(ranges) }

  static func describe(_ ranges: [ClosedRange<Int64>]) -> String {
    guard !ranges.isEmpty else { return "-" }
    let shown = ranges.prefix(12).map {
      $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    return shown.joined(separator: ", ") + (ranges.count > 12 ? ", … (+\(ranges.count - 12))" : "")
  }
}
