import FreezeRules
import Postgres

/// Reading one view by several sessions at once.
extension ContractView {
  /// Why one session reads the view better than several.
  package enum Undivided: Sendable {
    /// The server puts several of its own processes to counting what is not fetched: several sessions would do that work
    /// again each, and be slower than one.
    case countedInParallel
    /// Rows come from other servers, each session's in a snapshot of its own: records that move between them would be missed.
    case foreign
  }

  /// Whether several sessions should not share the scan, by the server's plan.
  /// - Parameter isCounting: what is not fetched is counted.
  package mutating func undivided(isCounting: Bool) throws(SourceError) -> Undivided? {
    do throws(PostgresError) {
      let plan = try connection.query(
        "EXPLAIN SELECT \(Self.kind), count(*) FROM \(view) AS v GROUP BY 1", binary: false,
        operation: "estimate")
      let lines = (0..<plan.count).compactMap { plan.string(row: $0, column: 0) }
      if lines.contains(where: { $0.contains("Foreign Scan") }) { return .foreign }
      return isCounting && lines.contains(where: { $0.contains("Gather") }) ? .countedInParallel : nil
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }

  /// Cuts the view into ranges of `action_id` of about the same size, and exports the snapshot of this scan so that others
  /// can read theirs in it. The bounds come from a sample of one row in a hundred.
  /// - Returns: no range but all where the view is too small to be worth it.
  /// - Throws: ``SourceError`` where the server has no such snapshots or the key has no order; the scan is over then.
  package mutating func partition(into count: Int) throws(SourceError) -> Partition {
    do throws(PostgresError) {
      let snapshot = try connection.query(
        "SELECT pg_catalog.pg_export_snapshot()", binary: false, operation: "snapshot"
      ).string(row: 0, column: 0)
      let cuts = (1..<max(2, count)).map { "\(Double($0) / Double(count))" }.joined(separator: ",")
      let bounds = try connection.query(
        """
        SELECT b.key::text FROM (SELECT percentile_disc('{\(cuts)}'::float8[]) WITHIN GROUP (ORDER BY v.action_id) AS keys, \
        count(*) AS sampled FROM (SELECT v.action_id FROM \(view) AS v WHERE random() < 0.01) AS v) AS s, \
        unnest(s.keys) WITH ORDINALITY AS b (key, place) WHERE s.sampled >= 1000 ORDER BY b.place
        """, binary: false, operation: "partition")
      var keys: [String] = []
      for row in 0..<bounds.count {
        if let key = bounds.string(row: row, column: 0), keys.last != key { keys.append(key) }
      }
      let ranges = KeyRange.between(keys)
      // A key whose text the server does not take back, such as a composite one, has no ranges.
      for range in ranges {
        _ = try connection.query(
          "SELECT 1 FROM \(view) AS v WHERE false AND \(range.condition(from: 1))", range.bounds,
          operation: "partition")
      }
      return Partition(snapshot: snapshot ?? "", ranges: ranges)
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }
}
