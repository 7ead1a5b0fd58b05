import AuditBase
import FreezeRules
import Postgres

/// How much of the view is read.
package enum Scan: String, Sendable, CaseIterable {
  /// Only rows that the coarse predicate lets through; all others are provably outside.
  case window
  /// Every row; those outside the coarse predicate are counted, not fetched.
  case all
}

/// Which records of a view are fetched, and in which order.
package struct RecordQuery: Sendable {
  /// How much is read.
  package var scan: Scan
  /// The days of which an act may be anything but outside.
  package var near: NearDays
  /// For counting rows that are not fetched.
  package var kinds: KindLabels
  /// Only the records of this range of keys.
  package var range = KeyRange.all
  /// Fetch every record of a scan of all, also those that provably lie outside.
  package var everything = false
  /// In the order of their decrees, unless they are one range of several.
  package var isByDecree = false

  /// What may be anything but outside by this table; the rest is counted.
  /// - Parameters:
  ///   - others: other tables that must find everything as well.
  ///   - region: of records that name none, and of most that do.
  package init(_ scan: Scan, _ table: WindowTable, others: [WindowTable] = [], region: String? = nil) {
    self.scan = scan
    near = NearDays(table, others, region: region)
    kinds = table.rulebook.kinds
  }
}

extension ContractView {
  /// Hands over the records of a query, one by one.
  /// - Parameters:
  ///   - progress: called now and then with the number of rows read so far.
  ///   - each: called for every record that is fetched.
  /// - Returns: how many records were not fetched, by the outcome they provably have.
  package mutating func read(
    _ query: RecordQuery, progress: ((Int) -> Void)? = nil, each: (borrowing RawRecord) throws -> Void
  ) throws -> [Outcome: Int] {
    try proveOrders()
    let isWhole = query.everything && query.scan == .all
    var statement = Statement(
      near: isWhole ? "true" : coarsePredicate(query.near), range: query.range,
      isByDecree: query.isByDecree && query.range == .all)
    guard query.scan == .all, !query.everything else {
      try fetch(sql(statement), statement.parameters, progress: progress, each: each)
      return [:]
    }
    // All are counted by kind, and those fetched taken away: no row is tested twice, and no test is negated, so that
    // indexes on the dates serve.
    let all = try count(query.range, query.kinds)
    if all.unknownCount > 0 {
      statement.knownKinds = all.knownLabels
      statement.isIndexed = try isIndexed(statement)
    }
    var fetched = KindCounter(query.kinds)
    let counted = all.total / 2
    progress?(counted)
    let watched = progress.map { tell in { (read: Int) in tell(min(all.total, counted + read)) } }
    try fetch(sql(statement), statement.parameters, progress: watched) {
      fetched.count($0.cell(.kind))
      try each($0)
    }
    progress?(all.total)
    let rest = (inScope: all.inScope - fetched.inScope, outOfScope: all.outOfScope - fetched.outOfScope)
    return rest == (0, 0) ? [:] : [.outside: rest.inScope, .notCovered: rest.outOfScope]
  }

  /// Which rows are fetched.
  private struct Statement {
    /// A condition.
    let near: String
    let range: KeyRange
    let isByDecree: Bool
    /// Rows whose label is none of these are fetched as well, wherever they lie: they are shown as found.
    var knownKinds: [String]?
    /// The server finds the rows near a window by indexes.
    var isIndexed = false

    var parameters: [Parameter] { range.bounds + (knownKinds.map { [.texts($0)] } ?? []) }
    var condition: String { range.condition(from: 1) }
    /// True where nobody knows the label, however its bytes are spelled.
    var isUnknown: String {
      "(v.kind IS NULL OR \(ContractView.kind) <> ALL ($\(range.bounds.count + 1)::text[]))"
    }
  }

  private func sql(_ statement: Statement) -> String {
    let (near, condition) = (statement.near, statement.condition)
    let order = statement.isByDecree ? decreeOrder : ""
    guard statement.knownKinds != nil else {
      return "SELECT \(wholeRecord) FROM \(view) AS v WHERE (\(near)) AND \(condition)\(order)"
    }
    let unknown = statement.isUnknown
    guard statement.isIndexed else {
      return "SELECT \(wholeRecord) FROM \(view) AS v WHERE (\(near) OR \(unknown)) AND \(condition)\(order)"
    }
    // Joined by OR the labels would keep the indexes on the dates from serving.
    let names = shape.columns.map { "v.\($0.rawValue)" }.joined(separator: ", ")
    return """
      SELECT \(wholeRecord) FROM (SELECT \(names) FROM \(view) AS v WHERE (\(near)) AND \(condition) UNION ALL \
      SELECT \(names) FROM \(view) AS v WHERE \(unknown) AND NOT COALESCE(\(near), false) AND \(condition)) AS v\(order)
      """
  }

  /// Whether the server would find the rows near a window without looking at each.
  private mutating func isIndexed(_ statement: Statement) throws(SourceError) -> Bool {
    do throws(PostgresError) {
      let plan = try connection.query(
        "EXPLAIN SELECT 1 FROM \(view) AS v WHERE (\(statement.near)) AND \(statement.condition)",
        statement.range.bounds, binary: false, operation: "estimate")
      let lines = (0..<plan.count).compactMap { plan.string(row: $0, column: 0) }
      return lines.contains { $0.contains("Index") } && !lines.contains { $0.contains("Seq Scan") }
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }

  /// No cell is longer than this in bytes; what is, must not come over the wire.
  static let longest = 8192

  /// A column as text of a length that a record can have; one that is longer is told cut by whoever reads it.
  static func bounded(_ column: String) -> String {
    "CASE WHEN octet_length(\(column)::text) > \(longest) THEN left(\(column)::text, \(longest + 1)) ELSE \(column)::text END"
  }

  /// Two ids that begin alike stay two.
  private static let boundedID = """
    CASE WHEN octet_length(v.action_id::text) > \(longest) \
    THEN left(v.action_id::text, 2000) || '...' || md5(v.action_id::text) ELSE v.action_id::text END
    """

  /// The records with these ids; more than one where an id is not unique.
  /// - Parameter isSpelledAsFound: the ids are as the server spells them, not as we tell them.
  package mutating func find(
    _ actionIDs: [String], isSpelledAsFound: Bool = false, each: (PersonnelAction) throws -> Void
  ) throws {
    try recallOrders()
    let asked = Parameter.texts(actionIDs.map { $0 })
    try fetch("SELECT \(wholeRecord) FROM \(view) AS v WHERE v.action_id::text = ANY ($1::text[])", [asked]) {
      try each($0.action())
    }
    if isSpelledAsFound { return }
    // Ids are told without padding, quotes, marks and bytes that are no text: those that begin or end with anything but a
    // letter or digit, or are not in ASCII, are looked through here, since no server knows what we leave out.
    // By their bytes: a letter with its accent in one character or two are two ids.
    let wanted = Set(actionIDs.map { Array($0.utf8) })
    try fetch(
      """
      SELECT \(wholeRecord) FROM \(view) AS v WHERE v.action_id IS NULL \
      OR (v.action_id::text ~ '^[^A-Za-z0-9]|[^A-Za-z0-9]$|[^ -~]' \
      OR octet_length(v.action_id::text) > \(Self.longest)) AND v.action_id::text <> ALL ($1::text[])
      """, [asked]
    ) { record in
      let action = record.action()
      if wanted.contains(Array(action.actionID.utf8)) { try each(action) }
    }
  }

  /// Whether the view holds nothing at all.
  package mutating func isEmpty() throws(SourceError) -> Bool {
    do throws(PostgresError) {
      return try connection.query("SELECT 1 FROM \(view) AS v LIMIT 1", operation: "probe").isEmpty
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }

  /// Makes sure that the view holds anything at all: an empty source is suspicious, never fine.
  package mutating func refuseEmpty() throws(SourceError) {
    guard try isEmpty() else { return }
    throw SourceError(
      .notEvaluated,
      Text(
        "\(name): view kosong. Sumber tanpa satu catatan pun mencurigakan; periksa view dan hak baca (row security)",
        "\(name): the view is empty. A source without a single record is suspicious; check the view and the right to read (row security)"
      ))
  }

  /// How many records the server's planner expects the view to hold.
  package mutating func expectedCount() throws(SourceError) -> Int? {
    do throws(PostgresError) {
      let plan = try connection.query("EXPLAIN SELECT 1 FROM \(view)", binary: false, operation: "estimate")
      guard let top = plan.string(row: 0, column: 0), let rows = top.firstRange(of: "rows=") else {
        return nil
      }
      return Int(top[rows.upperBound...].prefix { $0.isASCII && $0.isNumber })
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }

  /// The record as one `text[]`, in the order of ``columns``.
  private var wholeRecord: String {
    "ARRAY[" + shape.columns.map(Self.text).joined(separator: ", ") + "]"
  }

  /// A column as text; an instant in UTC, whatever the session's zone is set to.
  private static func text(_ column: ContractColumn) -> String {
    let name = "v.\(column.rawValue)"
    if column == .actionID { return boundedID }
    if ContractColumn.days.contains(column) { return "\(name)::text" }
    guard column == .recordedAt || column == .changedAt else { return bounded(name) }
    return
      "CASE WHEN isfinite(\(name)) THEN (\(name) AT TIME ZONE 'UTC')::text || '+00' ELSE \(name)::text END"
  }

  /// Hands over the records of a statement.
  // Swift 6.3's optimiser aborts where it inlines this into its callers.
  @inline(never)
  private mutating func fetch(
    _ sql: String, _ parameters: [Parameter] = [], progress: ((Int) -> Void)? = nil,
    each: (borrowing RawRecord) throws -> Void
  ) throws {
    var failure: (any Error)?
    var count = 0
    let shape = self.shape
    do throws(PostgresError) {
      try connection.streamWhile(sql, parameters, operation: "read") { row throws(PostgresError) in
        count &+= 1
        if count & 0xFFF == 0 { progress?(count) }
        do {
          try each(RawRecord(bytes: row.bytes(at: 0), shape: shape))
          return true
        } catch {
          failure = error
          return false
        }
      }
    } catch { throw SourceError(error, view: name, conninfo: "") }
    if let failure { throw failure }
    progress?(count)
  }
}
