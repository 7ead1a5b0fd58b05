import Foundation
import Postgres
import TestSupport
import Testing

/// `map` over the shapes of public SIMPEG schemas: the right table is found, its SQL runs as printed, and the audit over
/// the view it makes finds the right acts.
@Suite struct MapTests {
  private static let lock = NSLock()

  /// A database whose owner is no superuser: the DBA of the site.
  private func site(_ sql: String) throws -> ThrowawayDatabase {
    let database = try ThrowawayCluster.shared.createDatabase(prefix: "map")
    try Self.lock.withLock {
      try database.run(
        """
        DO $$ BEGIN CREATE ROLE map_dba LOGIN CREATEROLE; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        ALTER DATABASE \(database.name) OWNER TO map_dba;
        GRANT ALL ON SCHEMA public TO map_dba
        """)
      try database.psql(
        file: repositoryRoot.appendingPathComponent("sql/install.sql"), user: "map_dba")
    }
    try database.psql(sql, user: "map_dba")
    return database
  }

  private func map(
    _ database: ThrowawayDatabase, _ arguments: [String], user: String = "map_dba", status: Int32 = 0
  ) throws -> ProcessResult {
    let place = try Workplace()
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["map", "--db", database.socketConninfo(user: user), "--region", "16.05"] + arguments,
      directory: place.folder, timeout: 120)
    #expect(result.status == status, "\(result.errorText)\(result.outputText.prefix(2000))")
    return result
  }

  @Test(arguments: MapShape.all)
  func `The history is found, its SQL runs as printed, and the audit finds the right acts`(_ shape: MapShape)
    throws
  {
    let database = try site(shape.sql)
    let report = try object(try map(database, ["--format", "json", "--lang", "en"]).outputText)
    #expect(report["table"] as? String == shape.table, "\(report["tables"] ?? "")")
    let columns = try #require(report["columns"] as? [[String: Any]])
    for (column, sources) in shape.from {
      let found = columns.first { $0["column"] as? String == column }?["from"] as? [String]
      #expect(found == sources, "\(column)")
    }
    #expect(columns.allSatisfy { !($0["reason"] as? String ?? "").isEmpty })

    let sql = try #require(report["sql"] as? String)
    for round in 1...2 {
      do { try database.psql(sql, user: "map_dba") } catch {
        Issue.record("round \(round): \(error)\n\(sql)")
      }
    }
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      [
        "audit", "--db", database.socketConninfo, "--region", "16.05", "--known-on", "2026-11-22", "--show",
        "all",
        "--format", "ndjson",
      ], timeout: 120)
    var outcomes: [String: String] = [:]
    for line in result.outputText.split(separator: "\n") {
      let record = try object(String(line))
      if let id = record["action_id"] as? String { outcomes[id] = record["outcome"] as? String }
    }
    for (id, outcome) in shape.outcomes {
      #expect(outcomes[id] == outcome, "\(id): \(outcomes)\n\(result.errorText)\n\(sql)")
    }
    // A row that was deleted is none.
    let texts = try database.value("SELECT string_agg(post_to, ',') FROM freeze_audit.personnel_action") ?? ""
    #expect(!texts.contains("Salah") && !texts.contains("Hapus"), "\(texts)")
    let inside = try #require(shape.outcomes.first { $0.value == "inside" }?.key)
    #expect(
      try database.value("SELECT post_from FROM freeze_audit.personnel_action WHERE action_id = '\(inside)'")
        == shape.postBefore)
  }

  @Test(arguments: [MapShape.hostile, .siasnStrings])
  func `What is printed for people holds no raw control characters, and the same SQL`(_ shape: MapShape)
    throws
  {
    let database = try site(shape.sql)
    for language in ["id", "en"] {
      let text = try map(database, ["--lang", language]).outputText
      let sql = try map(database, ["--lang", language, "--format", "sql"]).outputText
      #expect(text.hasSuffix(sql))
      let head = text.dropLast(sql.count)
      #expect(!head.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
      #expect(!text.contains("\u{1b}"))
      try database.psql(sql, user: "map_dba")
    }
  }

  @Test func `Counts and examples tell what each column would give, a person's only by its shape`() throws {
    let database = try site(
      """
      CREATE TABLE public.riwayat_jabatan (id int PRIMARY KEY, nip text, nama_jabatan text, eselon text, tmt_jabatan text, no_sk text, tanggal_sk text);
      INSERT INTO public.riwayat_jabatan SELECT n, '1985010120100110' || lpad(n::text, 2, '0'), 'Kabid', 'III.b',
        CASE WHEN n <= 3 THEN '31/02/2024' WHEN n = 4 THEN '0000-00-00' WHEN n = 5 THEN NULL ELSE '22-03-2024' END, 'SK', '21-03-2024'
        FROM generate_series(1, 20) AS n;
      UPDATE public.riwayat_jabatan SET nip = 'P2000123' WHERE id = 7
      """)
    let report = try object(try map(database, ["--format", "json"]).outputText)
    let columns = try #require(report["columns"] as? [[String: Any]])
    func column(_ name: String) throws -> [String: Any] {
      try #require(columns.first { $0["column"] as? String == name })
    }
    let tmt = try column("effective_date")
    #expect(tmt["filled"] as? Int == 18 && tmt["readable"] as? Int == 15 && tmt["unreadable"] as? Int == 3)
    #expect(tmt["fillers"] as? Int == 1 && tmt["examples"] as? [String] == ["31/02/2024"])
    let nip = try column("nip")
    #expect(nip["unreadable"] as? Int == 1 && nip["examples"] as? [String] == ["x9999999"])
    let text = try map(database, ["--lang", "en"]).outputText
    #expect(text.contains("filled 18, readable 15, unreadable 3, fillers 1, such as \"31/02/2024\""))
    #expect(!text.contains("P2000123") && !text.contains("198501012010011001"))
  }

  @Test
  func
    `Partial, unreadable and month-first dates have their place in the career, and are judged as what they are`()
    throws
  {
    let database = try site(
      """
      CREATE TABLE public.riwayat_jabatan (id int PRIMARY KEY, nip text, nama_jabatan text, eselon text, tmt_jabatan text, no_sk text, tanggal_sk text);
      INSERT INTO public.riwayat_jabatan VALUES
        (1, '198501012010011001', 'Kasi Satu', 'IV.a', '2013', '1', NULL), (2, '198501012010011001', 'Kabid Dua', 'III.b', 'Maret 2019', '2', NULL),
        (3, '198501012010011001', 'Kabid Tiga', 'III.b', '22-03-2024', '3', '2024-03-21T17:00:00Z'), (4, '198501012010011001', 'Kabid Empat', 'III.b', 'entah', '4', NULL),
        (5, '198501012010011001', 'Kabid Lima', 'III.b', '2026-01-05', '5', NULL);
      CREATE TABLE public.mutasi_jabatan (id int PRIMARY KEY, nip text, jabatan text, eselon text, tmt text, no_sk text);
      INSERT INTO public.mutasi_jabatan VALUES (1, '198501012010011001', 'Kabid Satu', 'III.b', '05/03/2024', '1'), (2, '198501012010011001', 'Kabid Dua', 'III.b', '08/25/2024', '2')
      """)
    try database.psql(try map(database, ["--format", "sql"]).outputText, user: "map_dba")
    let before =
      "SELECT string_agg(action_id || '=' || coalesce(post_from, '-'), ' ' ORDER BY action_id) FROM freeze_audit.personnel_action"
    #expect(try database.value(before) == "1=- 2=Kasi Satu 3=Kabid Dua 4=Kabid Lima 5=Kabid Tiga")
    #expect(
      try database.value("SELECT decree_date::text FROM freeze_audit.personnel_action WHERE action_id = '3'")
        == "2024-03-22")
    let other = try map(database, ["--table", "mutasi_jabatan", "--format", "sql", "--lang", "en"]).outputText
    #expect(other.contains("parse_date(r.tmt::text, 'MDY')") && other.contains("can only be month-day-year"))
    try database.psql(other, user: "map_dba")
    #expect(
      try database.value(
        "SELECT string_agg(effective_date::text, ' ' ORDER BY action_id) FROM freeze_audit.personnel_action")
        == "2024-05-03 2024-08-25")
  }

  @Test func `A table that may not be read is still named, and nothing but reading is needed`() throws {
    let database = try site(MapShape.kepegawaian.sql)
    try database.run(
      """
      DO $$ BEGIN CREATE ROLE map_stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
      ALTER DATABASE \(database.name) SET default_transaction_read_only = on
      """)
    let text = try map(database, ["--lang", "en"], user: "map_stranger").outputText
    #expect(
      text.contains("kepegawaian.riwayat_jabatan") && text.contains("run map as the owner of the table"))
    let whole = try map(database, ["--lang", "en"]).outputText
    #expect(whole.contains("5 rows looked at, all rows"))
    #expect(
      try database.value("SELECT to_regclass('freeze_audit.personnel_action')::text") == nil,
      "nothing was made")
  }

  @Test func `Another table can be chosen, in any spelling; one that is not there, or has no date, is told`()
    throws
  {
    let database = try site(MapShape.oracleStyle.sql)
    for name in ["SIMPEG.PANGKAT_RIWAYAT", "\"SIMPEG\".\"PANGKAT_RIWAYAT\"", "pangkat_riwayat"] {
      let report = try object(try map(database, ["--format", "json", "--table", name]).outputText)
      #expect(report["table"] as? String == "\"SIMPEG\".\"PANGKAT_RIWAYAT\"")
    }
    for (name, words) in [
      ("tidak_ada", "there is no table"), ("PEGAWAI", "has no column that looks like the date"),
    ] {
      let result = try map(database, ["--table", name, "--lang", "en"], status: 78)
      #expect(result.errorText.contains(words) && result.outputText.isEmpty)
    }
  }

  @Test func `A database without a history says so, and a file is not left half done`() throws {
    let database = try site(
      "CREATE TABLE public.pegawai (id int PRIMARY KEY, nip text, nama text, tanggal_lahir date)")
    let place = try Workplace()
    let output = place.folder.appendingPathComponent("view.sql").path
    let result = try map(database, ["--output", output, "--lang", "en"], status: 3)
    #expect(result.errorText.contains("Is this the SIMPEG's database?"))
    #expect(!FileManager.default.fileExists(atPath: output))
    try database.psql(MapShape.kepegawaian.sql, user: "map_dba")
    #expect(try map(database, ["--output", output]).outputText.isEmpty)
    try database.psql(file: URL(fileURLWithPath: output), user: "map_dba")
    let taken = try map(database, ["--db", "host=127.0.0.1 port=1 dbname=x"], status: 69)
    #expect(taken.outputText.isEmpty)
  }

  @Test func `A view that cannot be read, a table of many rows and a locked one hold up nothing`() throws {
    let database = try site(
      MapShape.kepegawaian.sql + """
        CREATE VIEW kepegawaian.v_riwayat_jabatan AS SELECT *, (nama_jabatan || 'x')::date AS tmt_mutasi FROM kepegawaian.riwayat_jabatan;
        CREATE TABLE public.mutasi_besar (id int PRIMARY KEY, nip text, jabatan text, tmt date, no_sk text, tgl_sk date);
        INSERT INTO public.mutasi_besar SELECT n, '198501012010011001', 'Kabid', '2020-01-01'::date + n % 1000, 'SK', NULL FROM generate_series(1, 300000) AS n;
        ANALYZE public.mutasi_besar;
        """)
    var other = try database.connect()
    try other.begin(.readWrite)
    try other.execute("LOCK TABLE kepegawaian.riwayat_jabatan_bak IN ACCESS EXCLUSIVE MODE")
    let text = try map(database, ["--lang", "en"]).outputText
    #expect(text.contains("its rows could not be looked at: "))
    #expect(text.contains("Columns from kepegawaian.riwayat_jabatan"))
    other.rollback()
    let big = try object(try map(database, ["--table", "mutasi_besar", "--format", "json"]).outputText)
    #expect(big["is_whole"] as? Bool == false)
    #expect((big["rows_looked_at"] as? Int ?? 0) == 20_000)
  }
}
