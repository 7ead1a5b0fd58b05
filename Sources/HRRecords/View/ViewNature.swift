import AuditBase
import Postgres

/// How the dates of a view come about, as far as the catalog tells: through the view and all views below it.
package struct ViewNature: Sendable, Equatable {
  /// Which `freeze_audit.parse_date` the view calls.
  package enum ParseDate: Sendable, Equatable {
    /// None.
    case none
    /// The one that gives a reserved date for what it cannot read.
    case current
    /// One that gives nothing for what it cannot read, which is then no date at all.
    case old
  }

  /// Where the view turns instants into days by a session's zone.
  package enum SessionZone: Sendable, Equatable {
    /// Nowhere.
    case unused
    /// When it is read: the zone is that of the source.
    case whenRead
    /// In a materialised view, when that was refreshed: nobody knows by which zone.
    case whenRefreshed
  }

  package var parseDate = ParseDate.none
  package var sessionZone = SessionZone.unused
  /// It casts texts to dates itself, or uses to_date().
  package var castsText = false

  /// Functions whose result hangs on the session's zone: date(timestamptz), timestamp(timestamptz), to_char(timestamptz),
  /// date_trunc(text, timestamptz), date_part and extract.
  private static let zoned = [1178, 2027, 1770, 1217, 1171, 6203]

  /// Asks the catalog. Plain reads of what every role may read; a view on another server shows only what stands here.
  static func of(_ view: String, _ session: inout Connection) throws(PostgresError) -> ViewNature {
    let zoned = zoned.map { "r.ev_action::text LIKE '%:funcid \($0) %'" }.joined(separator: " OR ")
    let result = try session.query(
      """
      WITH RECURSIVE below (oid) AS (
        SELECT pg_catalog.to_regclass($1)::oid
        UNION
        SELECT d.refobjid FROM below AS b JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = b.oid
        JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      ), reader AS (
        SELECT p.oid, p.prosrc NOT LIKE '%4713-01-01 BC%' AS is_old FROM pg_catalog.pg_proc AS p
        JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
        WHERE n.nspname = 'freeze_audit' AND p.proname = 'parse_date'
      ), rule AS (
        SELECT r.oid, c.relkind, (\(zoned)) AS is_zoned,
          (r.ev_action::text LIKE '%:resulttype 1082 :resultcollid%' OR r.ev_action::text LIKE '%:funcid 1780 %') AS casts
        FROM below AS b JOIN pg_catalog.pg_class AS c ON c.oid = b.oid
        JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = b.oid AND r.rulename = '_RETURN'
      ), called AS (
        SELECT f.is_old FROM rule AS r JOIN pg_catalog.pg_depend AS d
          ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
          AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass JOIN reader AS f ON f.oid = d.refobjid
      )
      SELECT (SELECT max(is_old::int) FROM called)::text, (SELECT bool_or(is_zoned AND relkind <> 'm') FROM rule)::text,
        (SELECT bool_or(is_zoned AND relkind = 'm') FROM rule)::text, (SELECT bool_or(casts) FROM rule)::text
      """, [.text(view)], binary: false, operation: "describe")
    guard !result.isEmpty else { return ViewNature() }
    func says(_ column: Int) -> Bool { result.string(row: 0, column: column) == "true" }
    var nature = ViewNature()
    if let old = result.string(row: 0, column: 0) { nature.parseDate = old == "0" ? .current : .old }
    nature.sessionZone = says(2) ? .whenRefreshed : says(1) ? .whenRead : .unused
    nature.castsText = says(3)
    return nature
  }

  /// What makes acts free that nobody could read: refused before anything is judged.
  func refusal(_ view: String) -> SourceError? {
    guard parseDate == .old else { return nil }
    return SourceError(
      .shape,
      Text(
        "\(view): view ini memakai freeze_audit.parse_date versi lama, yang menganggap tanggal yang tidak terbaca sebagai tidak ada. Jalankan lagi sql/install.sql di basis data itu; view tidak perlu diubah",
        "\(view): the view calls an earlier freeze_audit.parse_date, which takes a date that it cannot read for no date. Run sql/install.sql again in that database; the view need not be changed"
      ))
  }
}
