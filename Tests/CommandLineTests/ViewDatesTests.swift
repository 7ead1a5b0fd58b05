import Foundation
import TestSupport
import Testing

/// Dates behind a view: what `parse_date` cannot read, instants, the order of day and month, and views of earlier times.
@Suite("no date of a view is lost") struct ViewDatesTests {
  /// An empty database with install.sql, and a table `s.act (id, d, e, r)`.
  private func database(_ types: String, _ rows: String) throws -> ThrowawayDatabase {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.psql(file: repositoryRoot.appendingPathComponent("sql/install.sql"))
    try database.run(
      "CREATE SCHEMA s; CREATE TABLE s.act (id text, \(types)); INSERT INTO s.act VALUES \(rows);")
    return database
  }

  private func audit(_ database: ThrowawayDatabase, _ more: String...) throws -> ProcessResult {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      [
        "audit", "--db", database.socketConninfo, "--region", "16.05", "--lang", "en", "--known-on",
        "2026-01-01",
      ]
        + more, timeout: 60)
  }

  private func outcomes(_ database: ThrowawayDatabase, _ more: [String] = []) throws -> [String: String] {
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      [
        "audit", "--db", database.socketConninfo, "--region", "16.05", "--known-on", "2026-01-01", "--format",
        "ndjson", "--show", "all",
      ] + more, timeout: 60)
    var outcomes: [String: String] = [:]
    for line in result.outputText.split(separator: "\n") {
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let id = record?["action_id"] as? String { outcomes[id] = record?["outcome"] as? String }
    }
    return outcomes
  }

  private func makeView(_ database: ThrowawayDatabase, _ columns: String, from: String = "s.act") throws {
    try database.run(
      "CREATE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, 'mutasi'::text AS kind, \(columns) FROM \(from);"
    )
  }

  @Test("the shortest recipe loses nothing, also where another date is far away")
  func shortestRecipe() throws {
    let database = try database(
      "d text, e text",
      """
      ('clock', '22/03/2024 00.00', NULL), ('friday', 'Jum''at, 22 Maret 2024', '2023-01-01'), ('word', 'besok', '2023-01-01'),
      ('serial', '45373', '2023-01-01'), ('month', '2024-03', '2023-01-01'), ('year', '2023', '2023-01-01'),
      ('filler', '30/12/1899', '2023-01-01'), ('impossible', '31/02/2024', '2023-01-01'), ('free', '21-Mar-24', NULL)
      """)
    try makeView(
      database, "freeze_audit.parse_date(d) AS decree_date, freeze_audit.parse_date(e) AS inaugurated_on")
    let expected = [
      "clock": "inside", "friday": "inside", "word": "unjudgeable", "serial": "unjudgeable",
      "month": "depends",
      "year": "outside", "filler": "outside", "impossible": "unjudgeable", "free": "outside",
    ]
    #expect(try outcomes(database) == expected)
    // What the daemon fetches holds them all as well.
    let near = try outcomes(database, ["--scan", "window"])
    for id in ["clock", "friday", "word", "serial", "month", "impossible"] {
      #expect(near[id] == expected[id])
    }
    #expect(try audit(database).status == 3)
  }

  @Test(
    "an instant is a day of the region, whatever the server's zone",
    arguments: ["UTC", "America/New_York", "Asia/Jayapura"])
  func instants(zone: String) throws {
    let database = try database(
      "t timestamptz, d text, r text",
      """
      ('cast', '2024-03-21T17:00:00Z', '', '16.05'), ('before', '2024-03-21T16:59:59Z', '', '16.05'),
      ('east', '2024-03-21T15:00:00Z', '', '94.04'), ('far', '2024-03-19T15:00:00Z', '', '94.04')
      """)
    try database.run(
      "ALTER DATABASE \(try database.value("SELECT current_database()") ?? "") SET timezone = '\(zone)'")
    try makeView(database, "t::date AS decree_date, r AS region_code")
    let found = try outcomes(database)
    #expect(found["cast"] == "inside" && found["before"] == "outside" && found["far"] == "outside")
    #expect(found["east"] != "outside")
    // As texts each is read by its own region.
    try database.run(
      "DROP VIEW freeze_audit.personnel_action; UPDATE s.act SET d = to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    )
    try makeView(database, "freeze_audit.parse_date(d) AS decree_date, r AS region_code")
    #expect(
      try outcomes(database) == ["cast": "inside", "before": "outside", "east": "inside", "far": "outside"])
    // Kept in a materialised view nobody knows by which zone.
    try database.run(
      "DROP VIEW freeze_audit.personnel_action; CREATE MATERIALIZED VIEW s.kept AS SELECT id, t::date AS d FROM s.act WHERE id = 'cast'"
    )
    try makeView(database, "d AS decree_date", from: "s.kept")
    #expect(try outcomes(database)["cast"] != "outside")
    #expect(try doctor(database).contains("FAILED  dates"))
  }

  @Test("a column that is month-first is not read day-first, with and without the texts")
  func order() throws {
    let database = try database(
      "d text",
      "('proof', '03/25/2024'), ('either', '04/03/2024'), ('far', '05/03/2023'), ('iso', '2024-03-25')")
    try makeView(database, "freeze_audit.parse_date(d) AS decree_date")
    #expect(
      try outcomes(database) == [
        "proof": "inside", "either": "unjudgeable", "far": "unjudgeable", "iso": "inside",
      ])
    #expect(try outcomes(database, ["--scan", "window"])["either"] == "unjudgeable")
    let said = try audit(database).outputText.replacing("\n", with: " ")
    #expect(said.contains("record proof \"3/25/2024\" can only be month-day-year"), "\(said)")
    #expect(try doctor(database).contains("'MDY'"))
    // Told so, or with the texts beside, the column is read.
    let read = ["proof": "inside", "either": "inside", "far": "outside", "iso": "inside"]
    for columns in [
      "freeze_audit.parse_date(d, 'MDY') AS decree_date",
      "freeze_audit.parse_date(d) AS decree_date, ' decree_date = ' || d AS source_dates",
      "CASE WHEN d ~ '^2' THEN d::date END AS decree_date, 'decree_date=' || d AS source_dates",
    ] {
      try database.run("DROP VIEW freeze_audit.personnel_action")
      try makeView(database, columns)
      #expect(try outcomes(database) == read, "\(columns)")
    }
    // A table of letters tells its own order.
    try database.run(
      """
      INSERT INTO freeze_audit.approval VALUES ('X/1', freeze_audit.parse_date('03/05/2024'), '198501012010011001', 'Camat'),
        ('X/2', freeze_audit.parse_date('03/25/2024'), '198501012010011002', 'Camat');
      DROP VIEW freeze_audit.personnel_action;
      """)
    try makeView(
      database,
      "date '2024-03-25' AS decree_date, '198501012010011001'::text AS nip, 'Camat'::text AS post_to",
      from: "(SELECT 'a'::text AS id) AS x")
    #expect(try outcomes(database) == ["a": "inside"])
    #expect(!(try audit(database).outputText.contains("came only on")))
  }

  @Test(
    "a view over an earlier parse_date is refused until install.sql has run again, also through another view")
  func earlierFunction() throws {
    let database = try database("d text, e text", "('1', '22/03/2024 00.00', '2023-01-01')")
    try database.run(
      "CREATE OR REPLACE FUNCTION freeze_audit.parse_date(spelling text) RETURNS date LANGUAGE sql IMMUTABLE AS 'SELECT NULL::date'; CREATE VIEW s.inner AS SELECT id, freeze_audit.parse_date(d) AS d, e FROM s.act;"
    )
    try makeView(database, "d AS decree_date, e::date AS inaugurated_on", from: "s.inner")
    let refused = try audit(database)
    #expect(refused.status == 78 && refused.errorText.contains("sql/install.sql"), "\(refused.errorText)")
    #expect(try doctor(database).contains("earlier freeze_audit.parse_date"))
    try database.psql(file: repositoryRoot.appendingPathComponent("sql/install.sql"))
    #expect(try outcomes(database) == ["1": "inside"])
    #expect(try doctor(database).contains("turns texts into dates itself"))
  }

  private func doctor(_ database: ThrowawayDatabase) throws -> String {
    let place = try Workplace([
      "c.yaml": "region: \"16.05\"\nsource: {conninfo: \"\(database.socketConninfo)\"}\n"
    ])
    return try place.run("doctor", "--config", "c.yaml", "--lang", "en").outputText
  }
}
