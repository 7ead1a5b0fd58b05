/// A set of event numbers, kept as ranges: which events were delivered, and so which are missing.
package struct SequenceSet: Sendable, Equatable {
  /// Ascending, apart from each other.
  package private(set) var ranges: [ClosedRange<Int64>] = []

  /// Numbers are at most 18 digits, so that no sum of them overflows.
  static let greatest: Int64 = 999_999_999_999_999_999

  /// Nothing.
  package init() {}

  /// These ranges.
  package init(_ ranges: some Sequence<ClosedRange<Int64>>) { for range in ranges { insert(range) } }

  /// Whether a number is in the set.
  package func contains(_ number: Int64) -> Bool { ranges.contains { $0.contains(number) } }

  /// Whether it holds nothing.
  package var isEmpty: Bool { ranges.isEmpty }

  /// Leaves the numbers up to one, and gives those that were above.
  @discardableResult
  package mutating func cut(through last: Int64) -> SequenceSet {
    var above = SequenceSet()
    for range in ranges where range.upperBound > last {
      above.insert(max(range.lowerBound, last + 1)...range.upperBound)
    }
    ranges = ranges.filter { $0.lowerBound <= last }.map { $0.lowerBound...min($0.upperBound, last) }
    return above
  }

  /// Takes a number in.
  package mutating func insert(_ number: Int64) { insert(number...number) }

  /// Takes a range in.
  package mutating func insert(_ range: ClosedRange<Int64>) {
    // Numbers come in order, as a rule.
    guard let last = ranges.last else {
      ranges = [range]
      return
    }
    if range.lowerBound > last.upperBound + 1 {
      ranges.append(range)
      return
    }
    if range.lowerBound >= last.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      return
    }
    var merged = range
    var kept: [ClosedRange<Int64>] = []
    for other in ranges {
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
  /// The least number, 0 when empty.
  package var first: Int64 { ranges.first?.lowerBound ?? 0 }

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

/// As `{"ranges": [[first, last], …]}`. What no run of ours can have written is refused, not believed.
extension SequenceSet: Codable {
  private enum Key: String, CodingKey { case ranges }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for pair in try container.decode([[Int64]].self, forKey: .ranges) {
      guard pair.count == 2, pair[0] >= 1, pair[0] <= pair[1], pair[1] <= Self.greatest else {
        throw DecodingError.dataCorruptedError(
          forKey: .ranges, in: container, debugDescription: "no range of event numbers")
      }
      insert(pair[0]...pair[1])
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(ranges.map { [$0.lowerBound, $0.upperBound] }, forKey: .ranges)
  }
}
