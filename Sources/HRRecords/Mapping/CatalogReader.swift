import FreezeRules
import Postgres

/// Looks at the catalog of a database and at some rows of its tables; changes nothing and counts nothing whole.
package struct CatalogReader: ~Copyable {
  private var connection: Connection
  private let conninfo: String

  /// At most so many rows of a table are looked at.
  package static let sampleRows = 20_000

  /// Connects.
  package init(conninfo: String, password: String? = nil) throws(SourceError) {
    self.conninfo = conninfo
    var deadlines = Deadlines()
    // Advice is not worth a minute of somebody else's server.
    deadlines.statement = .seconds(20)
    deadlines.lock = .seconds(2)
    connection = try Self.connect(conninfo, password, deadlines)
  }

  private static func connect(_ conninfo: String, _ password: String?, _ deadlines: Deadlines)
    throws(SourceError)
    -> Connection
  {
    do throws(PostgresError) {
      return try Connection(conninfo: conninfo, password: password, deadlines: deadlines)
    } catch { throw SourceError(error, view: "pg_catalog", conninfo: conninfo) }
  }

  /// Whether `sql/install.sql` was run here.
  package mutating func isInstalled() throws(SourceError) -> Bool {
    try rows(
      """
      SELECT EXISTS (SELECT FROM pg_catalog.pg_proc AS f JOIN pg_catalog.pg_namespace AS n ON n.oid = f.pronamespace
      WHERE n.nspname = 'freeze_audit' AND f.proname = 'parse_date')
      """
    ).first?[0] == "t"
  }

  /// Every table of the site's own schemas, with its columns; partitions stand for themselves in their parent.
  package mutating func tables() throws(SourceError) -> [CatalogTable] {
    var tables: [CatalogTable] = []
    for row in try rows(Self.tableSQL) {
      tables.append(
        CatalogTable(
          oid: row[0].flatMap { Int64($0) } ?? 0, schema: row[1] ?? "", name: row[2] ?? "",
          quoted: row[3] ?? "",
          sort: Self.sort(row[4]), expectedRows: row[5].flatMap { Int64($0) }.flatMap { $0 < 0 ? nil : $0 },
          isReadable: row[6] == "t", columns: []))
    }
    let places = Dictionary(tables.enumerated().map { ($1.oid, $0) }, uniquingKeysWith: { first, _ in first })
    for row in try rows(Self.columnSQL) {
      guard let place = row[0].flatMap({ Int64($0) }).flatMap({ places[$0] }) else { continue }
      var column = CatalogColumn(
        row[1] ?? "", quoted: row[2] ?? "", type: row[3] ?? "", shape: Self.shape(row[4], category: row[5]))
      column.isKey = row[6] == "t"
      column.isPartOfKey = row[7] == "t"
      column.isUnique = row[8] == "t"
      column.references = row[9].flatMap { Int64($0) }
      tables[place].columns.append(column)
    }
    return tables
  }

  /// Some rows of a table: all of a small one, pages here and there of a large one.
  package mutating func sample(_ ranked: RankedTable, kinds: KindLabels) throws(SourceError) -> TableSample {
    let table = ranked.table
    let columns = ranked.meaning.worthALook
    var selected = columns.map(\.0)
    var person: Int?
    if let column = ranked.meaning.person {
      person = selected.firstIndex(of: column) ?? selected.count
      if person == selected.count { selected.append(column) }
    }
    let list = selected.map { "pg_catalog.left(\($0.quoted)::text, 200)" }.joined(separator: ", ")
    let size = table.expectedRows ?? 0
    let isLarge =
      size > Int64(Self.sampleRows) * 2 && [.table, .materialized, .partitioned].contains(table.sort)
    // Pages of one sort of rows stand together: many pages, and not all rows of each.
    let share = isLarge ? min(100, Double(Self.sampleRows) * 300 / Double(size)) : 100
    let pages = isLarge ? " TABLESAMPLE SYSTEM (\(share)) REPEATABLE (1)" : ""
    let cells = try rows(
      "SELECT \(list) FROM \(table.quoted)\(pages) LIMIT \(Self.sampleRows)", of: table.quoted)
    return TableSample(
      rows: cells, columns: columns, person: person, isWhole: !isLarge && cells.count < Self.sampleRows,
      kinds: kinds)
  }

  private mutating func rows(_ sql: String, of table: String = "pg_catalog") throws(SourceError)
    -> [[String?]]
  {
    do throws(PostgresError) {
      return try connection.transaction(.readOnlyRepeatableRead) { connection throws(PostgresError) in
        // Hidden rows would make a table look smaller than it is; refused is better.
        try connection.execute("SET LOCAL row_security = off", operation: "begin")
        var found: [[String?]] = []
        var count = 0
        try connection.stream(
          sql, binary: false, operation: "map", columns: { count = $0.count },
          each: { row in found.append((0..<count).map { row.string(at: $0) }) })
        return found
      }
    } catch { throw SourceError(error, view: table, conninfo: "") }
  }

  private static func sort(_ kind: String?) -> CatalogTable.Sort {
    switch kind {
    case "p": .partitioned
    case "v": .view
    case "m": .materialized
    case "f": .foreign
    default: .table
    }
  }

  private static func shape(_ oid: String?, category: String?) -> CatalogColumn.Shape {
    switch oid {
    case "1082": .date
    case "1114": .timestamp
    case "1184": .timestamptz
    case "20", "21", "23": .integer
    case "1700": .integer
    case "2950": .uuid
    case "16": .boolean
    default: category == "S" || category == "E" ? .text : .other
    }
  }

  private static let own = """
    c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND c.relpersistence <> 't' \
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'freeze_audit') AND n.nspname NOT LIKE 'pg\\_%'
    """

  private static let tableSQL = """
    SELECT c.oid, n.nspname, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind, c.reltuples::bigint,
      pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE \(own) ORDER BY 2, 3
    """

  private static let columnSQL = """
    WITH RECURSIVE base (oid, below) AS (
      SELECT t.oid, t.oid FROM pg_catalog.pg_type AS t WHERE t.typtype <> 'd'
      UNION ALL SELECT t.oid, b.below FROM pg_catalog.pg_type AS t JOIN base AS b ON t.typbasetype = b.oid WHERE t.typtype = 'd'),
    keys AS (
      SELECT i.indrelid, i.indkey[0] AS attnum, i.indisprimary, i.indnkeyatts = 1 AS is_alone, i.indkey
      FROM pg_catalog.pg_index AS i WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL)
    SELECT a.attrelid, a.attname, pg_catalog.quote_ident(a.attname), pg_catalog.format_type(a.atttypid, a.atttypmod),
      b.below, t.typcategory,
      EXISTS (SELECT FROM keys AS k WHERE k.indrelid = c.oid AND k.indisprimary AND k.is_alone AND k.attnum = a.attnum),
      EXISTS (SELECT FROM keys AS k WHERE k.indrelid = c.oid AND k.indisprimary AND NOT k.is_alone AND a.attnum = ANY (k.indkey)),
      EXISTS (SELECT FROM keys AS k WHERE k.indrelid = c.oid AND k.is_alone AND k.attnum = a.attnum),
      (SELECT min(f.confrelid::oid::bigint) FROM pg_catalog.pg_constraint AS f WHERE f.conrelid = c.oid AND f.contype = 'f'
        AND f.conkey = ARRAY[a.attnum])
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
    JOIN base AS b ON b.oid = a.atttypid JOIN pg_catalog.pg_type AS t ON t.oid = b.below
    WHERE \(own) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum
    """
}
