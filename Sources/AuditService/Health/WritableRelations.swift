import HRRecords
import Postgres

/// What a role could change in the database it only has to read: asked by `doctor` and once by the daemon. Advice, without which
/// nothing is lost.
enum WritableRelations {
  /// The relations behind the view that the role may change, the view included; `nil` when that cannot be found out.
  ///
  /// A superuser may change all of them. A view's own grants count as well: a simple view passes writes through.
  static func find(_ address: ViewAddress, interrupt: Interrupt? = nil) -> [String]? {
    do throws(PostgresError) {
      var connection = try Connection(
        conninfo: address.conninfo, password: address.password, interrupt: interrupt)
      return try connection.transaction(.readOnlyRepeatableRead) { connection throws(PostgresError) in
        let result = try connection.query(
          sql, [.text(try Connection.quoteQualifiedName(address.view))], binary: false,
          operation: "privileges")
        return (0..<result.count).compactMap { result.string(row: $0, column: 0) }
      }
    } catch { return nil }
  }

  /// Every table, view and sequence of the database but the ledger's own, every schema, and what the role may do besides:
  /// whoever can write to any of them is more than a reader. Asked for every role it may take on (SET ROLE).
  private static let sql = """
    WITH able AS (SELECT r.oid, r.rolname, r.rolcreaterole FROM pg_catalog.pg_roles AS r
      WHERE pg_catalog.pg_has_role(r.oid, 'MEMBER'))
    SELECT w.name FROM (
      SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, c.oid
      FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'f', 'm', 'S') AND c.relpersistence <> 't'
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'
      AND NOT (n.nspname = 'freeze_audit' AND c.relname IN ('alert_event', 'alert_emitted', 'lease', 'source_health', 'schema_version'))
      AND EXISTS (SELECT FROM able AS a WHERE c.relowner = a.oid
        OR pg_catalog.has_schema_privilege(a.oid, n.oid, 'USAGE') AND CASE WHEN c.relkind = 'S'
          THEN pg_catalog.has_sequence_privilege(a.oid, c.oid, 'UPDATE')
          ELSE pg_catalog.has_table_privilege(a.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
            OR pg_catalog.has_any_column_privilege(a.oid, c.oid, 'INSERT, UPDATE') END)
      UNION ALL
      SELECT 'CREATE ON SCHEMA ' || pg_catalog.quote_ident(n.nspname), NULL FROM pg_catalog.pg_namespace AS n
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'
      -- Up to PostgreSQL 14 everybody may make tables in public, whatever role that is.
      AND NOT (n.nspname = 'public' AND EXISTS (SELECT FROM pg_catalog.aclexplode(n.nspacl) AS x
        WHERE x.grantee = 0 AND x.privilege_type = 'CREATE'))
      AND EXISTS (SELECT FROM able AS a WHERE pg_catalog.has_schema_privilege(a.oid, n.oid, 'CREATE'))
      UNION ALL
      SELECT 'CREATE ON DATABASE', NULL WHERE EXISTS (SELECT FROM able AS a
        WHERE pg_catalog.has_database_privilege(a.oid, pg_catalog.current_database(), 'CREATE'))
      UNION ALL
      SELECT 'CREATEROLE', NULL WHERE EXISTS (SELECT FROM able AS a WHERE a.rolcreaterole)
      UNION ALL
      SELECT a.rolname, NULL FROM able AS a
      WHERE a.rolname IN ('pg_execute_server_program', 'pg_write_server_files', 'pg_write_all_data')
    ) AS w
    -- The view that is read stands first.
    ORDER BY w.oid IS DISTINCT FROM pg_catalog.to_regclass($1)::oid, 1
    """
}
