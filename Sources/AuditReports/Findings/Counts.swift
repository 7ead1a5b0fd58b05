import FreezeRules
import AuditBase

/// How many records came out how; the outcomes add up to ``read``.
package struct Counts: Sendable, Equatable {
  /// Records read.
  package private(set) var read = 0
  private var byRank = [Int](repeating: 0, count: Outcome.allCases.count)

  /// Nothing read yet.
  package init() {}

  /// Counts `number` records of one outcome.
  @inline(__always) package mutating func add(_ outcome: Outcome, _ number: Int = 1) {
    read += number
    byRank[outcome.rank] += number
  }

  /// Adds the counts of another part.
  package mutating func add(_ other: Counts) {
    for outcome in Outcome.allCases { add(outcome, other[outcome]) }
  }

  /// Records of one outcome.
  package subscript(outcome: Outcome) -> Int { byRank[outcome.rank] }

  /// Records that raise an alert.
  package var alerts: Int { Outcome.allCases.filter { $0.level == .alert }.reduce(0) { $0 + self[$1] } }

  /// `{read, <outcome>…}` with every outcome, strongest first.
  package var json: JSON {
    .object(
      [JSON.Pair("read", .integer(read))]
        + Outcome.allCases.map { JSON.Pair($0.rawValue, .integer(self[$0])) })
  }
}
