import FreezeRules
import Postgres

/// Counting the rows of a view by what the label of their kind means.
extension ContractView {
  /// Compared and grouped byte by byte, whatever the column's collation takes for equal.
  static let kind = "\(bounded("v.kind")) COLLATE \"C\""

  /// Counts the rows of a range by their label.
  ///
  /// A label is looked up in a list for half of what it costs to group by it, so the labels of the first rows are counted as two
  /// lists, and only what has another one is grouped.
  mutating func count(_ range: KeyRange, _ kinds: KindLabels) throws(SourceError) -> KindCounter {
    var counter = KindCounter(kinds)
    do throws(PostgresError) {
      let labels = try firstLabels(range, kinds)
      guard !labels.isEmpty else {
        try group(range, into: &counter)
        return counter
      }
      let columns = labels.enumerated().map {
        "count(*) FILTER (WHERE \(Self.isOne(of: range.bounds.count + 1 + $0.offset)))"
      }
      let counts = try connection.query(
        "SELECT \((columns + ["count(*)"]).joined(separator: ", ")) FROM \(view) AS v WHERE \(range.condition(from: 1))",
        range.bounds + labels.map { .texts($0) }, operation: "count")
      var rest = Int(try counts.int64(row: 0, column: labels.count) ?? 0)
      for (index, list) in labels.enumerated() {
        let times = Int(try counts.int64(row: 0, column: index) ?? 0)
        counter.count(list, times: times)
        rest -= times
      }
      if rest > 0 { try group(range, besides: labels.flatMap(\.self), into: &counter) }
    } catch { throw SourceError(error, view: name, conninfo: "") }
    return counter
  }

  /// The labels of known meaning among the first rows, those in scope and those of other acts in lists of their own; none
  /// where the server would have to read the whole view for the first of its rows.
  private mutating func firstLabels(
    _ range: KeyRange, _ kinds: KindLabels
  ) throws(PostgresError) -> [[String]] {
    let first = "SELECT v.kind FROM \(view) AS v WHERE \(range.condition(from: 1)) LIMIT 1000"
    let plan = try connection.query(
      "EXPLAIN \(first)", range.bounds, binary: false, operation: "estimate")
    let costs = (0..<min(2, plan.count)).map { PlanLine.cost(plan.string(row: $0, column: 0) ?? "") }
    guard let few = costs.first ?? nil, let all = costs.last ?? nil, few * 10 < all else { return [] }
    var lists: [[String]] = [[], []]
    let labels = try connection.query(
      "SELECT DISTINCT \(Self.kind) FROM (\(first)) AS v", range.bounds, operation: "count")
    for row in 0..<labels.count {
      guard let label = labels.string(row: row, column: 0) else { continue }
      switch kinds.scope(of: label) {
      case .inScope, .leaving: lists[0].append(label)
      case .outOfScope: lists[1].append(label)
      case .unknown: break
      }
    }
    return lists.filter { !$0.isEmpty }
  }

  private static func isOne(of parameter: Int) -> String {
    "v.kind::text COLLATE \"C\" = ANY ($\(parameter)::text[])"
  }

  private mutating func group(
    _ range: KeyRange, besides known: [String] = [], into counter: inout KindCounter
  ) throws(PostgresError) {
    let isRest = known.isEmpty ? "" : " AND (\(Self.isOne(of: range.bounds.count + 1))) IS NOT TRUE"
    try connection.stream(
      "SELECT \(Self.kind), count(*) FROM \(view) AS v WHERE \(range.condition(from: 1))\(isRest) GROUP BY 1",
      range.bounds + (known.isEmpty ? [] : [.texts(known)]), operation: "count"
    ) { row throws(PostgresError) in
      counter.count(row.isNull(at: 0) ? nil : row.bytes(at: 0), times: Int(try row.int64(at: 1) ?? 0))
    }
  }
}

/// A line of what EXPLAIN says.
enum PlanLine {
  /// The cost of all its rows; `nil` where it tells none.
  static func cost(_ line: String) -> Double? {
    guard let start = line.firstRange(of: "(cost="), let dots = line[start.upperBound...].firstRange(of: "..")
    else { return nil }
    return Double(line[dots.upperBound...].prefix { $0.isNumber || $0 == "." })
  }
}
