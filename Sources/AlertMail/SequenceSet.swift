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
      if Self.isApart(other, before: merged) || Self.isApart(merged, before: other) {
        kept.append(other)
      } else {
        merged = min(merged.lowerBound, other.lowerBound)...max(merged.upperBound, other.upperBound)
      }
    }
    kept.append(merged)
    ranges = kept.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// A file of the state folder may hold any number: none of the sums may overflow.
  private static func isApart(_ first: ClosedRange<Int64>, before second: ClosedRange<Int64>) -> Bool {
    first.upperBound < second.lowerBound && first.upperBound + 1 < second.lowerBound
  }

  /// The numbers of 1...`last` that are not in the set.
  package func gaps(through last: Int64) -> [ClosedRange<Int64>] {
    var gaps: [ClosedRange<Int64>] = []
    var next: Int64 = 1
    for range in ranges where range.lowerBound <= last {
      if next < range.lowerBound { gaps.append(next...range.lowerBound - 1) }
      guard range.upperBound < last else { return gaps }
      next = max(next, range.upperBound + 1)
    }
    if next <= last { gaps.append(next...last) }
    return gaps
  }

  /// How many numbers.
  package var count: Int64 { ranges.reduce(0) { Self.sum($0, $1) } }
  private static func sum(_ count: Int64, _ range: ClosedRange<Int64>) -> Int64 {
    let width = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    let sum = count.addingReportingOverflow(width.partialValue)
    return width.overflow || sum.overflow || sum.partialValue == .max ? .max : sum.partialValue + 1
  }
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
