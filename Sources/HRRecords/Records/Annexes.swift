import FreezeRules
import Postgres

/// The letters of approval that stand beside the records.
extension ContractView {
  private static let annexColumns = ["letter_no", "letter_date", "nip", "post_to"].map(bounded).joined(
    separator: ", ")

  /// The annexes: the relation named like the view with `_approval` behind it, else `freeze_audit.approval`. `nil` where the
  /// server has none, it is empty, or the role may not read `freeze_audit.approval`: then a record's own approval counts, marked
  /// so. One of the view's own must be readable.
  package mutating func approvals() throws(SourceError) -> Approvals? {
    do throws(PostgresError) {
      let found = try connection.query(
        """
        SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), EXISTS (SELECT FROM pg_catalog.pg_attribute AS a \
        WHERE a.attrelid = c.oid AND a.attname = 'region_code' AND NOT a.attisdropped)::text \
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
        WHERE (n.nspname = 'freeze_audit' AND c.relname = 'approval' OR c.oid = pg_catalog.to_regclass($1)) \
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (c.relname <> 'approval' \
        OR pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')) \
        ORDER BY c.relname = 'approval' LIMIT 1
        """, [.text(try Connection.quoteQualifiedName(name + "_approval"))], binary: false,
        operation: "approvals")
      guard !found.isEmpty, let relation = found.string(row: 0, column: 0) else { return nil }
      annexes = relation
      // The region is what a site may leave out: then person and post decide.
      let region = found.string(row: 0, column: 1) == "true" ? Self.bounded("region_code") : "NULL::text"
      var lines: [AnnexCells] = []
      try connection.stream(
        "SELECT \(Self.annexColumns), \(region) FROM \(relation)",
        operation: "approvals"
      ) { row in
        lines.append(
          AnnexCells(
            letterNo: row.string(at: 0), letterDate: row.string(at: 1), nip: row.string(at: 2),
            postTo: row.string(at: 3), regionCode: row.string(at: 4)))
      }
      return lines.isEmpty ? nil : Approvals(AnnexCells.lines(lines))
    } catch { throw SourceError(error, view: annexes ?? "freeze_audit.approval", conninfo: "") }
  }
}
