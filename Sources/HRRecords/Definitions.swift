import AuditBase
import Postgres

/// What a view rests on, as far as the catalog shows.
extension ContractView {
  /// One relation or function below the view, the view included.
  package struct Definition: Sendable, Equatable {
    /// `schema.name`, quoted where it must be; of a function with its arguments.
    package let name: String
    /// MD5 of its definition: of a view its query, of a function its text, of a foreign table where it reads.
    package let digest: String
  }

  /// The definitions that decide what the view shows, with the server's major version, which may spell them otherwise.
  ///
  /// Seen are views, materialized and foreign ones, the functions they call, one below the other, and the parts of tables. What a function
  /// written as a text reads is not in the catalog; that text itself is.
  package mutating func definitions() throws(SourceError) -> (server: Int, found: [Definition]) {
    do throws(PostgresError) {
      let result = try connection.query(
        Self.definitionsQuery, [.text(view)], binary: false, operation: "definitions")
      let server = try connection.query(
        "SELECT (pg_catalog.current_setting('server_version_num')::int / 10000)::text", binary: false,
        operation: "definitions")
      let found = (0..<result.count).compactMap { row in
        result.string(row: row, column: 0).map {
          Definition(name: $0, digest: result.string(row: row, column: 1) ?? "")
        }
      }
      return (server.string(row: 0, column: 0).flatMap { Int($0) } ?? 0, found)
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }

  /// How many records the view holds.
  package mutating func count() throws(SourceError) -> Int {
    do throws(PostgresError) {
      let result = try connection.query("SELECT count(*) FROM \(view) AS v", operation: "count all")
      return Int(try result.int64(row: 0, column: 0) ?? 0)
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }

  /// Between a partition, or a table that inherits, and the one whose records it holds.
  package static let partOf = " < "

  private static let definitionsQuery = """
    WITH RECURSIVE parts (id, parent) AS (
      SELECT i.inhrelid, i.inhparent FROM below AS b JOIN pg_catalog.pg_inherits AS i ON i.inhparent = b.id
      WHERE b.class = 'pg_catalog.pg_class'::pg_catalog.regclass
      UNION
      SELECT i.inhrelid, i.inhparent FROM parts AS p JOIN pg_catalog.pg_inherits AS i ON i.inhparent = p.id
    ), below (class, id) AS (
      SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid, pg_catalog.to_regclass($1)::oid
      UNION
      SELECT d.refclassid, d.refobjid FROM below AS b CROSS JOIN LATERAL (
        SELECT f.refclassid, f.refobjid FROM pg_catalog.pg_depend AS f
        WHERE b.class = 'pg_catalog.pg_proc'::pg_catalog.regclass AND f.classid = b.class AND f.objid = b.id
        UNION ALL
        SELECT v.refclassid, v.refobjid FROM pg_catalog.pg_rewrite AS r JOIN pg_catalog.pg_depend AS v
          ON v.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND v.objid = r.oid
        WHERE b.class = 'pg_catalog.pg_class'::pg_catalog.regclass AND r.ev_class = b.id
      ) AS d WHERE d.refobjid >= 16384
        AND d.refclassid IN ('pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_proc'::pg_catalog.regclass)
    )
    SELECT s.name, pg_catalog.md5(s.text) FROM (
      SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
        pg_catalog.concat_ws(' ', pg_catalog.pg_get_viewdef(c.oid), c.reloptions::text) AS text
      FROM below AS b JOIN pg_catalog.pg_class AS c ON b.class = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = b.id
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm')
      UNION ALL
      SELECT pg_catalog.format('%I.%I', n.nspname, c.relname),
        pg_catalog.concat_ws(' ', w.srvname, w.srvoptions::text, t.ftoptions::text)
      FROM below AS b JOIN pg_catalog.pg_foreign_table AS t ON b.class = 'pg_catalog.pg_class'::pg_catalog.regclass AND t.ftrelid = b.id
      JOIN pg_catalog.pg_class AS c ON c.oid = t.ftrelid JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_foreign_server AS w ON w.oid = t.ftserver
      UNION ALL
      SELECT p.oid::pg_catalog.regprocedure::text, pg_catalog.pg_get_functiondef(p.oid)
      FROM below AS b JOIN pg_catalog.pg_proc AS p ON b.class = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = b.id
      WHERE p.prokind IN ('f', 'p', 'w')
      UNION ALL
      SELECT pg_catalog.format('%I.%I\(partOf)%I.%I', n.nspname, c.relname, m.nspname, t.relname), 'part'
      FROM parts AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.id
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_class AS t ON t.oid = i.parent JOIN pg_catalog.pg_namespace AS m ON m.oid = t.relnamespace
    ) AS s ORDER BY 1, 2
    """
}
