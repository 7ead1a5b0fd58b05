import FreezeRules
import Postgres

/// How much of the view is read.
public enum Scan: String, Sendable, CaseIterable {
  /// Only rows that the coarse predicate lets through; all others are provably outside.
  case window
  /// Every row; those outside the coarse predicate are counted, not fetched.
  case all
}

/// One reading of the contract view: a REPEATABLE READ READ ONLY transaction in which everything is seen at one moment.
///
/// Where the coarse predicate holds the whole record comes over the wire, as `text[]`; the rest is counted by the label of
/// its kind. Plain SELECTs only: a hot standby, a partitioned or a foreign table serve as well as a primary.
public struct ContractView: ~Copyable {
  var connection: Connection
  let view: String
  let name: String
  private let columns: [ContractColumn]
  private let region: String?
  private let zone: Zone
  private let kept: KeptSession?

  /// A view as it was found.
  public struct Opened: Sendable {
    /// The columns and their types, for noticing a changed view.
    public let signature: String
    /// When the reading began, by the server's clock in UTC.
    public let readAt: String?
  }

  /// The view as it was found.
  public let opened: Opened
  /// The relation with the annexes, once they were asked for.
  public private(set) var annexes: String?

  /// Connects, begins the transaction and looks the columns up.
  /// - Parameters:
  ///   - view: `schema.view`.
  ///   - region: the site's code for records without one.
  ///   - zone: for instants of records whose region does not tell.
  ///   - snapshot: of another reading that is still open, to see exactly what it sees.
  ///   - kept: a session to go on with where there is one, and where to leave it at the end.
  public init(
    conninfo: String, password: String? = nil, view: String, region: String?, zone: Zone,
    snapshot: String? = nil, kept: KeptSession? = nil, deadlines: Deadlines = Deadlines(),
    interrupt: Interrupt? = nil
  ) throws(SourceError) {
    let quoted = try Self.quoted(view, conninfo)
    var session = try Self.begun(kept, conninfo, password, view, deadlines, interrupt)
    let found = try Self.describe(&session, quoted, view, conninfo, snapshot)
    let columns = try Self.contract(found.columns, view: view)
    self.kept = kept
    connection = session
    name = view
    self.view = quoted
    self.columns = columns
    self.region = region
    self.zone = zone
    opened = Opened(
      signature: found.columns.filter { ContractColumn(rawValue: $0.name) != nil }
        .map { "\($0.name):\($0.typeOID)" }.sorted().joined(separator: ","), readAt: found.readAt)
  }

  private static func quoted(_ view: String, _ conninfo: String) throws(SourceError) -> String {
    do throws(PostgresError) { return try Connection.quoteQualifiedName(view) } catch {
      throw SourceError(error, view: view, conninfo: conninfo)
    }
  }

  private static func begun(
    _ kept: KeptSession?, _ conninfo: String, _ password: String?, _ view: String, _ deadlines: Deadlines,
    _ interrupt: Interrupt?
  ) throws(SourceError) -> Connection {
    // What was kept may have died since, which is no failure of the source.
    if var old = kept?.take(), begins(&old) { return old }
    do throws(PostgresError) {
      var session = try Connection(
        conninfo: conninfo, password: password, deadlines: deadlines, interrupt: interrupt)
      try session.begin(.readOnlyRepeatableRead)
      return session
    } catch { throw SourceError(error, view: view, conninfo: conninfo) }
  }

  private static func begins(_ session: inout Connection) -> Bool {
    do throws(PostgresError) {
      try session.begin(.readOnlyRepeatableRead)
      return true
    } catch { return false }
  }

  private static func describe(
    _ session: inout Connection, _ quoted: String, _ view: String, _ conninfo: String, _ snapshot: String?
  ) throws(SourceError) -> (columns: [Column], readAt: String?) {
    do throws(PostgresError) {
      if let snapshot {
        let literal = snapshot.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        try session.execute("SET TRANSACTION SNAPSHOT '\(literal)'", operation: "begin")
      }
      // Row security would hide records without a word; with this the server refuses instead.
      try session.execute("SET LOCAL row_security = off", operation: "begin")
      let columns = try session.query("SELECT * FROM \(quoted) WHERE false", operation: "describe").columns
      let now = try session.query("SELECT transaction_timestamp()::text", binary: false, operation: "begin")
      return (columns, now.string(row: 0, column: 0))
    } catch { throw SourceError(error, view: view, conninfo: conninfo) }
  }

  /// Ends the transaction.
  public consuming func close() throws(SourceError) {
    do throws(PostgresError) { try connection.commit() } catch {
      throw SourceError(error, view: name, conninfo: "")
    }
    kept?.keep(connection)
  }

  /// The columns of the contract among those found.
  /// - Throws: ``SourceError`` when a required column is missing or a date column is no date.
  private static func contract(_ found: [Column], view: String) throws(SourceError) -> [ContractColumn] {
    let types = Dictionary(found.map { ($0.name, $0.typeOID) }, uniquingKeysWith: { first, _ in first })
    let missing = ContractColumn.required.filter { types[$0.rawValue] == nil }.map(\.rawValue)
    if !missing.isEmpty || ContractColumn.dates.allSatisfy({ types[$0.rawValue] == nil }) {
      let dates = ContractColumn.dates.map(\.rawValue).joined(separator: ", ")
      let what = missing.isEmpty ? dates : missing.joined(separator: ", ")
      throw SourceError(
        .shape,
        Bilingual(
          id:
            "\(view): kolom wajib tidak ada: \(what)\(missing.isEmpty ? " (paling sedikit satu)" : ""). Lengkapi view itu; contohnya sql/mapping-riwayat-jabatan.sql",
          en:
            "\(view): a required column is missing: \(what)\(missing.isEmpty ? " (at least one)" : ""). Complete the view; sql/mapping-riwayat-jabatan.sql is an example"
        ))
    }
    for (column, oid) in wanted {
      guard let type = types[column.rawValue], type != oid else { continue }
      let wantedType = oid == dateOID ? "date" : "timestamptz"
      let mend =
        oid == dateOID
        ? Bilingual(
          id:
            "untuk teks pakai freeze_audit.parse_date(kolom), untuk waktu pakai (kolom AT TIME ZONE 'Asia/Jakarta')::date",
          en:
            "for text use freeze_audit.parse_date(column), for an instant (column AT TIME ZONE 'Asia/Jakarta')::date"
        )
        : Bilingual(
          id: "untuk waktu tanpa zona pakai kolom AT TIME ZONE 'Asia/Jakarta'",
          en: "for a time without a zone use column AT TIME ZONE 'Asia/Jakarta'")
      throw SourceError(
        .shape,
        Bilingual(
          id:
            "\(view): kolom \(column.rawValue) harus bertipe \(wantedType), tetapi bertipe lain (OID \(type)). Ubah view itu: \(mend.indonesian)",
          en:
            "\(view): the column \(column.rawValue) must be of type \(wantedType), but is of another (OID \(type)). Change the view: \(mend.english)"
        ))
    }
    return ContractColumn.allCases.filter { types[$0.rawValue] != nil }
  }

  private static let dateOID: UInt32 = 1082
  private static let wanted: [(ContractColumn, UInt32)] = [
    (.decreeDate, dateOID), (.effectiveDate, dateOID), (.inauguratedOn, dateOID), (.approvalDate, dateOID),
    (.recordedAt, 1184), (.changedAt, 1184),
  ]

  /// The annexes: the relation named like the view with `_approval` behind it, else `freeze_audit.approval`. `nil` where the
  /// server has none, it is empty, or the role may not read `freeze_audit.approval`: then a record's own approval counts, marked
  /// so. One of the view's own must be readable.
  public mutating func approvals() throws(SourceError) -> Approvals? {
    do throws(PostgresError) {
      let found = try connection.query(
        """
        SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) \
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
        WHERE (n.nspname = 'freeze_audit' AND c.relname = 'approval' OR c.oid = pg_catalog.to_regclass($1)) \
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (c.relname <> 'approval' \
        OR pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')) \
        ORDER BY c.relname = 'approval' LIMIT 1
        """, [.text(try Connection.quoteQualifiedName(name + "_approval"))], binary: false,
        operation: "approvals")
      guard !found.isEmpty, let relation = found.string(row: 0, column: 0) else { return nil }
      annexes = relation
      var lines: [ApprovalLine] = []
      try connection.stream(
        "SELECT letter_no::text, letter_date::text, nip::text, post_to::text, region_code::text FROM \(relation)",
        operation: "approvals"
      ) { row in
        lines.append(
          Self.approvalLine((0..<5).map { row.string(at: $0) }))
      }
      return lines.isEmpty ? nil : Approvals(lines)
    } catch { throw SourceError(error, view: annexes ?? "freeze_audit.approval", conninfo: "") }
  }

  private static func approvalLine(_ cells: [String?]) -> ApprovalLine {
    ApprovalLine(
      letterNo: Cell.text(cells[0]) ?? "-", letterDate: DirtyDate.read(cells[1]), nip: Cell.text(cells[2]),
      postTo: Cell.text(cells[3]), regionCode: Cell.text(cells[4]))
  }

  /// Reads the records.
  /// - Parameters:
  ///   - span: ``WindowTable/coarseSpan``; `nil`: nothing can be inside.
  ///   - kinds: for counting rows that are not fetched.
  ///   - range: only the records of this range of keys.
  ///   - everything: fetch every record of a scan of all, also those that provably lie outside.
  ///   - forReport: the records come in the order of their decrees, unless they are one range of several, and one whose id
  ///     came before is marked so.
  ///   - progress: called now and then with the number of rows read so far. `nil`: nobody watches, and rows that are not
  ///     fetched are counted by the server, which is several times faster than counting them as they come.
  ///   - recall: shown each record as it came, before it is read; true: it needs no reading.
  ///   - each: called for every record that needs judging.
  /// - Returns: how many records were not fetched, by the outcome they provably have.
  public mutating func read(
    _ scan: Scan, span: (first: CivilDate, last: CivilDate)?, kinds: KindLabels, range: KeyRange = .all,
    everything: Bool = false, forReport: Bool = false, progress: ((Int) -> Void)? = nil,
    recall: (UnsafeRawBufferPointer) -> Bool = { _ in false }, each: (PersonnelAction) throws -> Void
  ) throws -> [Outcome: Int] {
    var predicate = everything && scan == .all ? "true" : coarsePredicate(span)
    var parameters = range.bounds
    var counter = KindCounter(kinds)
    if scan == .all, !everything {
      counter = try count("NOT COALESCE(\(predicate), false)", range, counter, progress: progress)
      if counter.unknownCount > 0 {
        // Labels that nobody knows, on rows outside every window: shown as found. They are the rest, however their bytes
        // are spelled.
        parameters.append(.texts(counter.knownLabels))
        predicate += " OR v.kind IS NULL OR \(Self.kind) <> ALL ($\(parameters.count)::text[])"
      }
    }
    let counted = counter.inScope + counter.outOfScope
    let order = forReport && range == .all ? decreeOrder : ""
    try fetch(
      "SELECT \(wholeRecord) FROM \(view) AS v WHERE (\(predicate)) AND \(range.condition(from: 1))\(order)",
      parameters, marksDuplicates: forReport,
      progress: progress.map { progress in { progress(counted + $0) } }, recall: recall, each: each)
    return counted == 0 ? [:] : [.outside: counter.inScope, .notCovered: counter.outOfScope]
  }

  /// Compared and grouped byte by byte, whatever the column's collation takes for equal.
  static let kind = "v.kind::text COLLATE \"C\""

  /// The records with these ids; more than one where an id is not unique.
  /// - Parameter isSpelledAsFound: the ids are as the server spells them, not as we tell them.
  public mutating func find(
    _ actionIDs: [String], isSpelledAsFound: Bool = false, each: (PersonnelAction) throws -> Void
  ) throws {
    var missing = Set(actionIDs)
    try fetch(
      "SELECT \(wholeRecord) FROM \(view) AS v WHERE v.action_id::text = ANY ($1::text[])",
      [.texts(actionIDs.map { $0 })]
    ) { action in
      missing.remove(action.actionID)
      try each(action)
    }
    if missing.isEmpty || isSpelledAsFound { return }
    // Ids are told without padding, quotes, marks and bytes that are no text: those that begin or end with anything but a
    // letter or digit, or are not in ASCII, are looked through here, since no server knows what we leave out.
    try fetch(
      """
      SELECT \(wholeRecord) FROM \(view) AS v WHERE v.action_id IS NULL \
      OR v.action_id::text ~ '^[^A-Za-z0-9]|[^A-Za-z0-9]$|[^ -~]'
      """
    ) { action in
      if missing.contains(action.actionID) { try each(action) }
    }
  }

  /// Whether the view holds anything at all.
  public mutating func isEmpty() throws(SourceError) -> Bool {
    do throws(PostgresError) {
      return try connection.query("SELECT 1 FROM \(view) AS v LIMIT 1", operation: "probe").isEmpty
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }

  /// The record as one `text[]`, in the order of ``columns``.
  private var wholeRecord: String {
    "ARRAY[" + columns.map { "v.\($0.rawValue)::text" }.joined(separator: ", ") + "]"
  }

  /// True for every row that can be anything but `outside` or `not-covered`: a date in the span, a date that is no
  /// plausible day, or no date at all. May be NULL, which means no. Tested to be wider than the law. Plain comparisons
  /// joined by OR, so that indexes on the dates can serve.
  func coarsePredicate(_ span: (first: CivilDate, last: CivilDate)?) -> String {
    let dates = ContractColumn.dates.filter(columns.contains).map { "v.\($0.rawValue)" }
    let plausible = RecordedDate.plausibleYears
    var alternatives: [String] = []
    for date in dates {
      if let span { alternatives.append("\(date) BETWEEN '\(span.first)' AND '\(span.last)'") }
      alternatives.append("\(date) < '\(plausible.lowerBound)-01-01'")
      alternatives.append("\(date) > '\(plausible.upperBound)-12-31'")
    }
    alternatives.append(
      "(" + dates.map { "(\($0) IS NULL OR \($0) = '1970-01-01')" }.joined(separator: " AND ") + ")")
    if columns.contains(.sourceDates) {
      // A date that the mapping could not read may be a month or a year: its text decides.
      let isMissing = dates.map { "\($0) IS NULL OR \($0) = '1970-01-01'" }.joined(separator: " OR ")
      alternatives.append("(v.source_dates IS NOT NULL AND (\(isMissing)))")
    }
    return alternatives.joined(separator: " OR ")
  }

  /// Acts of one decree together, decrees by date. A report that shows them so need not hold them.
  private var decreeOrder: String {
    var keys: [String] = []
    if columns.contains(.decreeDate) { keys.append("v.decree_date") }
    if columns.contains(.decreeNo) {
      keys.append("replace(lower(v.decree_no::text COLLATE \"C\"), ' ', '')")
    }
    // Where the date is a month or a year, its text tells the decrees apart.
    if columns.contains(.sourceDates) { keys.append("v.source_dates::text COLLATE \"C\"") }
    return " ORDER BY " + (keys + ["v.action_id::text COLLATE \"C\""]).joined(separator: ", ")
  }

  /// Hands over the records of a statement.
  private mutating func fetch(
    _ sql: String, _ parameters: [Parameter] = [], marksDuplicates: Bool = false,
    progress: ((Int) -> Void)? = nil,
    recall: (UnsafeRawBufferPointer) -> Bool = { _ in false }, each: (PersonnelAction) throws -> Void
  ) throws {
    var seen: Set<Int> = []
    var failure: (any Error)?
    var count = 0
    let columns = self.columns
    let region = self.region
    let zone = self.zone
    do throws(PostgresError) {
      try connection.streamWhile(sql, parameters, operation: "read") { row throws(PostgresError) in
        count &+= 1
        if count & 0xFFF == 0 { progress?(count) }
        let record = row.bytes(at: 0)
        if recall(record) { return true }
        do {
          var action = PersonnelAction(record: record, columns: columns, region: region, zone: zone)
          if marksDuplicates, !seen.insert(action.actionID.hashValue).inserted {
            action.readerNotes.append(.duplicateActionID)
          }
          try each(action)
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

  /// Counts rows by the label of their kind.
  /// - Parameters:
  ///   - condition: which rows.
  ///   - progress: as in `read`.
  private mutating func count(
    _ condition: String, _ range: KeyRange, _ start: KindCounter, progress: ((Int) -> Void)?
  ) throws(SourceError) -> KindCounter {
    var counter = start
    let selection = "FROM \(view) AS v WHERE \(condition) AND \(range.condition(from: 1))"
    do throws(PostgresError) {
      if let progress {
        var count = 0
        try connection.stream("SELECT v.kind::text \(selection)", range.bounds, operation: "count") { row in
          counter.count(row.isNull(at: 0) ? nil : row.bytes(at: 0))
          count &+= 1
          if count & 0xFFFF == 0 { progress(count) }
        }
        progress(count)
      } else {
        try connection.stream(
          "SELECT \(Self.kind), count(*) \(selection) GROUP BY 1", range.bounds, operation: "count"
        ) { row throws(PostgresError) in
          counter.count(row.isNull(at: 0) ? nil : row.bytes(at: 0), times: Int(try row.int64(at: 1) ?? 0))
        }
      }
    } catch { throw SourceError(error, view: name, conninfo: "") }
    return counter
  }
}
