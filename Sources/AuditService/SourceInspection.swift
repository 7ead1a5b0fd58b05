import HRRecords
import Postgres

/// What `doctor`, the start of the daemon and a progress bar ask about the source besides its records: advice, without which
/// nothing is lost.
public enum SourceInspection {
  /// The relations behind the view that the role may change, the view included; `nil` when that cannot be found out.
  ///
  /// A superuser may change all of them. A view's own grants count as well: a simple view passes writes through.
  public static func writable(
    conninfo: String, password: String?, view: String, interrupt: Interrupt? = nil
  ) -> [String]? {
    do throws(PostgresError) {
      var connection = try Connection(conninfo: conninfo, password: password, interrupt: interrupt)
      return try connection.transaction(.readOnlyRepeatableRead) { connection throws(PostgresError) in
        let result = try connection.query(
          sql, [.text(try Connection.quoteQualifiedName(view))], binary: false, operation: "privileges")
        return (0..<result.count).compactMap { result.string(row: $0, column: 0) }
      }
    } catch { return nil }
  }

  /// How many records the server's planner expects the view to hold.
  public static func expectedRecords(conninfo: String, password: String?, view: String) -> Int? {
    do throws(PostgresError) {
      var connection = try Connection(conninfo: conninfo, password: password)
      return try connection.transaction(.readOnlyRepeatableRead) { connection throws(PostgresError) in
        let name = try Connection.quoteQualifiedName(view)
        let plan = try connection.query("EXPLAIN SELECT 1 FROM \(name)", binary: false, operation: "estimate")
        guard let top = plan.string(row: 0, column: 0), let rows = top.firstRange(of: "rows=") else {
          return nil
        }
        return Int(top[rows.upperBound...].prefix { $0.isASCII && $0.isNumber })
      }
    } catch { return nil }
  }

  /// Every table and view of the database but the ledger's own: whoever can write to any of them is more than a reader.
  private static let sql = """
    SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    AND NOT (n.nspname = 'freeze_audit' AND c.relname IN ('alert_event', 'alert_emitted', 'lease', 'source_health'))
    AND c.relpersistence <> 't' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND (
      pg_catalog.has_table_privilege(c.oid, 'INSERT') OR pg_catalog.has_table_privilege(c.oid, 'UPDATE')
      OR pg_catalog.has_table_privilege(c.oid, 'DELETE') OR pg_catalog.has_table_privilege(c.oid, 'TRUNCATE')
      OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
    -- The view that is read stands first.
    ORDER BY c.oid <> coalesce(pg_catalog.to_regclass($1)::oid, 0), 1
    """
}
