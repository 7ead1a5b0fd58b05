import AuditBase
import FreezeRules
import Postgres

/// One scan of the contract view: a REPEATABLE READ READ ONLY transaction in which everything is seen at one moment.
///
/// Where the coarse predicate holds the whole record comes over the wire, as `text[]`; the rest is counted by the label of
/// its kind. Plain SELECTs only: a hot standby, a partitioned or a foreign table serve as well as a primary.
package struct ContractView: ~Copyable {
  var connection: Connection
  let view: String
  let name: String
  let columns: [PersonnelAction.Field]
  var shape: RecordShape
  /// How its dates come about.
  package let nature: ViewNature
  /// What a reader should know of the view as a whole.
  package var remarks = FileRemarks()
  var isOrderProved = false
  let kept: KeptSession?

  /// A view as it was found.
  package struct Opened: Sendable {
    /// The columns and their types, for noticing a changed view.
    package let signature: String
    /// When the scan began, by the server's clock in UTC.
    package let readAt: String?
    /// The same in seconds since 2000-01-01 00:00 UTC.
    package let seconds: Int
  }

  /// The view as it was found.
  package let opened: Opened
  /// The relation with the annexes, once they were asked for.
  package internal(set) var annexes: String?

  /// Connects, begins the transaction and looks the columns up.
  /// - Parameters:
  ///   - snapshot: of another scan that is still open, to see exactly what it sees.
  ///   - kept: a session to go on with where there is one, and where to leave it at the end.
  package init(
    _ address: ViewAddress, snapshot: String? = nil, kept: KeptSession? = nil,
    deadlines: Deadlines = Deadlines(),
    interrupt: Interrupt? = nil
  ) throws(SourceError) {
    let quoted = try Self.quoted(address)
    var session = try Self.begun(address, kept, deadlines, interrupt)
    let found = try Self.describe(&session, quoted, address, snapshot)
    let columns = try Self.contract(found.columns, view: address.view)
    self.kept = kept
    connection = session
    name = address.view
    view = quoted
    self.columns = columns
    nature = found.nature
    var reading = CellReading(zone: address.zone, region: address.region)
    reading.sessionZone = nature.sessionZone
    shape = RecordShape(columns: columns, reading: reading)
    remarks.unusedColumns = found.columns.map(\.name).filter { ContractColumn(rawValue: $0) == nil }
    opened = Opened(
      signature: found.columns.filter { ContractColumn(rawValue: $0.name) != nil }
        .map { "\($0.name):\($0.typeOID)" }.sorted().joined(separator: ","), readAt: found.readAt,
      seconds: found.seconds)
  }

  private static func quoted(_ address: ViewAddress) throws(SourceError) -> String {
    do throws(PostgresError) { return try Connection.quoteQualifiedName(address.view) } catch {
      throw SourceError(error, view: address.view, conninfo: address.conninfo)
    }
  }

  private static func begun(
    _ address: ViewAddress, _ kept: KeptSession?, _ deadlines: Deadlines, _ interrupt: Interrupt?
  ) throws(SourceError) -> Connection {
    // What was kept may have died since, which is no failure of the source.
    if var old = kept?.take(), begins(&old) { return old }
    do throws(PostgresError) {
      var session = try Connection(
        conninfo: address.conninfo, password: address.password, deadlines: deadlines, interrupt: interrupt)
      try session.begin(.readOnlyRepeatableRead)
      return session
    } catch { throw SourceError(error, view: address.view, conninfo: address.conninfo) }
  }

  private static func begins(_ session: inout Connection) -> Bool {
    do throws(PostgresError) {
      try session.begin(.readOnlyRepeatableRead)
      return true
    } catch { return false }
  }

  private static func describe(
    _ session: inout Connection, _ quoted: String, _ address: ViewAddress, _ snapshot: String?
  ) throws(SourceError) -> (columns: [Column], readAt: String?, seconds: Int, nature: ViewNature) {
    let nature: ViewNature
    let columns: [Column]
    let readAt: String?
    let seconds: Int
    do throws(PostgresError) {
      if let snapshot {
        let literal = snapshot.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        try session.execute("SET TRANSACTION SNAPSHOT '\(literal)'", operation: "begin")
      }
      // Row security would hide records without a word; with this the server refuses instead.
      // A view that makes days of instants makes those of the source's zone, whatever the server's or the role's settings say.
      // Compiling what a scan evaluates costs each process of the server more than it saves: 50 ms, of which a plain count has few.
      try session.execute(
        "SET LOCAL row_security = off; SET LOCAL TimeZone = '\(address.zone.databaseName)'; SET LOCAL jit = off",
        operation: "begin")
      columns = try session.query("SELECT * FROM \(quoted) WHERE false", operation: "describe").columns
      let began = try session.query(
        """
        SELECT (transaction_timestamp() AT TIME ZONE 'UTC')::text || '+00', \
        extract(epoch FROM transaction_timestamp() - '2000-01-01 00:00:00+00')::bigint::text
        """, binary: false, operation: "begin")
      readAt = began.string(row: 0, column: 0)
      seconds = began.string(row: 0, column: 1).flatMap { Int($0) } ?? 0
      nature = try ViewNature.of(quoted, &session)
    } catch { throw SourceError(error, view: address.view, conninfo: address.conninfo) }
    if let refusal = nature.refusal(address.view) { throw refusal }
    return (columns, readAt, seconds, nature)
  }

  /// Ends the transaction.
  package consuming func close() throws(SourceError) {
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
        Text(
          "\(view): kolom wajib tidak ada: \(what)\(missing.isEmpty ? " (paling sedikit satu)" : ""). Lengkapi view itu; contohnya sql/mapping-riwayat-jabatan.sql",
          "\(view): a required column is missing: \(what)\(missing.isEmpty ? " (at least one)" : ""). Complete the view; sql/mapping-riwayat-jabatan.sql is an example"
        ))
    }
    for (column, oid) in wanted {
      guard let type = types[column.rawValue], type != oid else { continue }
      let wantedType = oid == dateOID ? "date" : "timestamptz"
      let mend =
        oid == dateOID
        ? Text(
          "untuk teks pakai freeze_audit.parse_date(kolom), untuk waktu pakai (kolom AT TIME ZONE 'Asia/Jakarta')::date",
          "for text use freeze_audit.parse_date(column), for an instant (column AT TIME ZONE 'Asia/Jakarta')::date"
        )
        : Text(
          "untuk waktu tanpa zona pakai kolom AT TIME ZONE 'Asia/Jakarta'",
          "for a time without a zone use column AT TIME ZONE 'Asia/Jakarta'")
      throw SourceError(
        .shape,
        Text(
          "\(view): kolom \(column.rawValue) harus bertipe \(wantedType), tetapi bertipe lain (OID \(type)). Ubah view itu: \(mend.indonesian)",
          "\(view): the column \(column.rawValue) must be of type \(wantedType), but is of another (OID \(type)). Change the view: \(mend.english)"
        ))
    }
    return ContractColumn.allCases.filter { types[$0.rawValue] != nil }
  }

  private static let dateOID: UInt32 = 1082
  private static let wanted: [(ContractColumn, UInt32)] = [
    (.decreeDate, dateOID), (.effectiveDate, dateOID), (.inauguratedOn, dateOID), (.approvalDate, dateOID),
    (.recordedAt, 1184), (.changedAt, 1184), (.pertekDate, dateOID),
  ]
}

extension Zone {
  /// As PostgreSQL knows it.
  var databaseName: String {
    switch self {
    case .wib: "Asia/Jakarta"
    case .wita: "Asia/Makassar"
    case .wit: "Asia/Jayapura"
    }
  }
}
