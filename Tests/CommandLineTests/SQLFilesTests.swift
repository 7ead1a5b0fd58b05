import Foundation
import Postgres
import TestSupport
import Testing

/// The files in sql/, run as a DBA would run them.
@Suite("sql/ does what its headers say") struct SQLFilesTests {
  /// One database with the sample for the tests that only read.
  private static let sample = Result {
    let database = try ThrowawayCluster.shared.createDatabase()
    for name in ["install", "sample", "mapping-riwayat-jabatan", "sample-approvals"] {
      try database.psql(file: repositoryRoot.appendingPathComponent("sql/\(name).sql"))
    }
    return database
  }

  private func file(_ name: String) -> URL { repositoryRoot.appendingPathComponent("sql/\(name).sql") }

  /// What psql said when it refused, `nil` when it did not.
  private func refusal(_ work: () throws -> ProcessResult) -> String? {
    do {
      _ = try work()
      return nil
    } catch { return "\(error)" }
  }

  private func load(_ names: [String], into database: ThrowawayDatabase, variables: [String: String] = [:])
    throws
  {
    for name in names { try database.psql(file: file(name), variables: variables) }
  }

  @Test("every file runs twice without harm, and the second run changes nothing")
  func twice() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    let files = ["install", "sample", "mapping-riwayat-jabatan", "sample-approvals", "notify"]
    try load(files, into: database)
    let counts =
      "SELECT (SELECT count(*) FROM freeze_audit.personnel_action) || ' ' || (SELECT count(*) FROM freeze_audit.approval)"
    let first = try database.value(counts)
    try load(files, into: database)
    #expect(try database.value(counts) == first)
  }

  @Test(
    "a history without a kind: the row before is the post left, and only a clerk's first row is an appointment"
  )
  func withoutKind() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    let files = ["install", "sample-tanpa-jenis", "mapping-tanpa-jenis"]
    try load(files + files, into: database)
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      [
        "audit", "--db", database.socketConninfo, "--region", "16.05", "--format", "ndjson", "--show", "all",
        "--known-on",
        "2026-11-22",
      ],
      timeout: 120)
    var told: [String: String] = [:]
    for line in result.outputText.split(separator: "\n") {
      let record = try object(String(line))
      told[record["action_id"] as? String ?? "-"] =
        "\(record["outcome"] ?? "") \(record["derived_kind"] as? String ?? "-")"
    }
    let expected = [
      "12": "inside mutasi", "13": "outside promosi", "21": "inside demosi", "30": "not-covered -",
      "41": "not-covered -",
      "42": "inside mutasi", "50": "inside -", "60": "inside -",
    ]
    for (id, words) in expected {
      let outcome = words.prefix { $0 != " " }
      #expect(told[id]?.hasPrefix(outcome) == true, "\(id): \(told[id] ?? "nothing") \(result.errorText)")
      if !words.hasSuffix("-") { #expect(told[id] == words, "\(id)") }
    }
    #expect(told["43"] == nil, "hidden by the program")
    let before = try database.value(
      "SELECT string_agg(action_id || '=' || coalesce(post_from, '-'), ' ' ORDER BY action_id) FROM freeze_audit.personnel_action WHERE action_id IN ('12', '14', '42', '41', '50', '60')"
    )
    #expect(
      before
        == "12=Kepala Bidang Aset 14=Pengadministrasi Umum 41=- 42=Sekretaris Dinas 50=- 60=-")
    // What the catalog proposes over the same tables says the same of every act.
    let acts =
      "SELECT string_agg(v::text, E'\n' ORDER BY action_id) FROM (SELECT action_id, kind, decree_date, effective_date, inaugurated_on, nip, employee_name, post_from, post_to, echelon_from, echelon_to, post_type_from, assignment, decree_no, recorded_at FROM freeze_audit.personnel_action) AS v"
    let byHand = try database.value(acts)
    let proposed = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["map", "--db", database.socketConninfo, "--format", "sql"], timeout: 60)
    try database.psql(proposed.outputText)
    #expect(try database.value(acts) == byHand)
  }

  @Test(
    "notify.sql names a few changed records, and says of many, of none and of deletions only that there were some"
  )
  func notifications() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try load(["install", "sample", "mapping-riwayat-jabatan", "notify"], into: database)
    var listener = try Connection(conninfo: database.socketConninfo)
    try listener.listen("freeze_audit_changed")
    let insert = "INSERT INTO simpeg.riwayat_jabatan (id, nip, jenis_mutasi) SELECT"
    let cases = [
      ("\(insert) 'n1', NULL, 'mutasi'", #"["n1"]"#),
      (#"\#(insert) 'a"''\b', NULL, 'mutasi'"#, #"["a\"'\\b"]"#),
      ("UPDATE simpeg.riwayat_jabatan SET jenis_mutasi = 'promosi' WHERE id IN ('n1')", #"["n1"]"#),
      ("UPDATE simpeg.riwayat_jabatan SET jenis_mutasi = 'promosi' WHERE id = 'none'", ""),
      ("\(insert) 'm' || g, NULL, 'mutasi' FROM generate_series(1, 101) AS g", ""),
      ("\(insert) repeat('x', 8000), NULL, 'mutasi'", ""),
      ("DELETE FROM simpeg.riwayat_jabatan WHERE id = 'n1'", ""),
      ("TRUNCATE simpeg.riwayat_jabatan CASCADE", ""),
    ]
    for (sql, payload) in cases {
      try database.run(sql)
      let heard = try listener.nextNotifications().map(\.payload)
      #expect(heard == [payload], "\(sql)")
    }
  }

  @Test("every object and column of the schema has a comment")
  func comments() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try load(["install", "sample", "mapping-riwayat-jabatan"], into: database)
    let bare = try database.value(
      """
      SELECT string_agg(what, ', ') FROM (
        SELECT c.relname || coalesce('.' || a.attname, '') AS what
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE n.nspname = 'freeze_audit' AND c.relkind IN ('r', 'v')
          AND pg_catalog.col_description(c.oid, coalesce(a.attnum, 0)) IS NULL
        UNION ALL
        SELECT p.proname FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'freeze_audit' AND pg_catalog.obj_description(p.oid, 'pg_proc') IS NULL
      ) AS missing
      """)
    #expect(bare == nil, "without a comment: \(bare ?? "")")
  }

  @Test(
    "parse_date reads the dirt and never raises",
    arguments: [
      ("2024-03-22", "2024-03-22"), ("22-03-2024", "2024-03-22"), ("22/03/2024", "2024-03-22"),
      ("02-Feb-2022", "2022-02-02"), ("2 Agustus 2020", "2020-08-02"),
      ("2024-03-22 00:00:00+07", "2024-03-22"),
      ("", nil), ("-", nil), ("0000-00-00", nil), ("0001-01-01", nil), ("01-01-0001", nil),
      ("1970-01-01", nil),
      ("infinity", nil), ("-infinity", nil), ("2024-03", "2024-03-01 BC"), ("2024", "2024-01-02 BC"),
      ("31/02/2024", "4713-01-01 BC"), ("10000-01-01", "4713-01-01 BC"),
      ("'; DROP TABLE x; --", "4713-01-01 BC"),
    ] as [(String, String?)])
  func parseDate(spelling: String, expected: String?) throws {
    let database = try Self.sample.get()
    var connection = try database.connect()
    let result = try connection.query("SELECT freeze_audit.parse_date($1)::text", [.text(spelling)])
    #expect(result.string(row: 0, column: 0) == expected)
  }

  @Test(
    "roles get the least they need",
    arguments: [
      ("freeze_auditor_read", "SELECT count(*) FROM freeze_audit.personnel_action", true),
      ("freeze_auditor_read", "SELECT count(*) FROM freeze_audit.approval", true),
      ("freeze_auditor_read", "INSERT INTO freeze_audit.approval (letter_no) VALUES ('x')", false),
      ("freeze_auditor_read", "SELECT count(*) FROM freeze_audit.alert_event", false),
      ("freeze_auditor_read", "SELECT count(*) FROM simpeg.pegawai", false),
      ("freeze_auditor_ledger", "SELECT count(*) FROM freeze_audit.alert_event", true),
      ("freeze_auditor_ledger", "DELETE FROM freeze_audit.alert_event", false),
      ("freeze_auditor_ledger", "UPDATE freeze_audit.alert_event SET reason = 'x'", false),
      ("freeze_auditor_ledger", "TRUNCATE freeze_audit.alert_event", false),
      ("freeze_auditor_ledger", "DELETE FROM freeze_audit.lease", false),
      ("freeze_auditor_ledger", "SELECT count(*) FROM simpeg.pegawai", false),
    ])
  func privileges(role: String, statement: String, isAllowed: Bool) throws {
    let database = try Self.sample.get()
    let refusal = refusal { try database.psql("SET ROLE \(role); \(statement);") }
    #expect((refusal == nil) == isAllowed, "\(role): \(statement): \(refusal ?? "")")
    if !isAllowed { #expect(refusal?.contains("permission denied") == true) }
  }

  @Test("uninstall keeps a ledger that holds events unless told otherwise, and runs twice")
  func uninstall() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try load(["install", "uninstall", "uninstall", "install"], into: database)
    try database.run(
      """
      INSERT INTO freeze_audit.alert_event (seq, recorded_at, event, reason, source, epoch, body, prev_hash, hash)
      VALUES (1, now(), 'audit_blind', 'test', 's', 1, '{}', decode(repeat('00', 32), 'hex'),
        sha256(decode(repeat('00', 32), 'hex') || convert_to('{}', 'UTF8')))
      """)
    #expect(refusal { try database.psql(file: file("uninstall")) }?.contains("drop_ledger") == true)
    #expect(try database.value("SELECT count(*)::text FROM freeze_audit.alert_event") == "1")
    try load(["uninstall", "uninstall"], into: database, variables: ["drop_ledger": "yes"])
    #expect(try database.value("SELECT to_regnamespace('freeze_audit')::text") == nil)
  }

  @Test("the sample holds the real acts, and the audit finds them")
  func sampleAudit() throws {
    let database = try Self.sample.get()
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      [
        "audit", "--db", database.socketConninfo, "--format", "ndjson", "--show", "all", "--known-on",
        "2026-11-22",
      ],
      timeout: 120)
    var outcomes: [String: String] = [:]
    for line in result.outputText.split(separator: "\n") {
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let id = record?["action_id"] as? String { outcomes[id] = record?["outcome"] as? String }
    }
    #expect(result.status == 3, "the dirt in the sample cannot be judged: \(result.errorText)")
    let expected = [
      "kasus-2024-01": "inside", "kasus-2024-04": "inside", "kasus-2024-05": "inside",
      "kasus-2024-12": "inside",
      "kasus-2024-14r": "reversal", "kasus-2024-21": "inside", "kasus-2024-32": "not-covered",
      "blok-01": "inside", "kotor-tanggal-nol": nil,
    ]
    for (id, outcome) in expected where outcome != nil { #expect(outcomes[id] == outcome, "\(id)") }
    #expect(outcomes["kasus-2024-23"] == nil || outcomes["kasus-2024-23"] == "outside")
  }

  @Test(
    "the view read from the database and from an export says the same of every act",
    arguments: [
      ["--known-on", "2026-11-22"], ["--known-on", "2024-04-01", "--compare-known-on", "2024-03-25"],
    ])
  func databaseAndExport(arguments: [String]) throws {
    let database = try Self.sample.get()
    let place = try Workplace()
    for (name, relation) in [("acts", "personnel_action"), ("approvals", "approval")] {
      let path = place.folder.appendingPathComponent("\(name).csv").path
      try database.psql("\\copy (SELECT * FROM freeze_audit.\(relation)) TO '\(path)' (FORMAT csv, HEADER)")
    }
    let program = try builtExecutable(named: "freeze-auditor").path
    func findings(_ source: [String]) throws -> [String: String] {
      let result = try runProcess(
        program, ["audit", "--format", "ndjson"] + source + arguments, directory: place.folder, timeout: 300)
      #expect(result.status == 3 || result.status == 1, "\(result.errorText)")
      var said: [String: String] = [:]
      for line in result.outputText.split(separator: "\n") {
        let record = try object(String(line))
        let id = record["action_id"] as? String ?? "-"
        let compared = (record["compared"] as? [String: Any])?["outcome"] as? String ?? ""
        // Ids that come twice: all that is said of them.
        said[id, default: ""] += " \(record["outcome"] ?? "") \(compared)"
      }
      return said.mapValues { $0.split(separator: " ").sorted().joined(separator: " ") }
    }
    let read = try findings(["--db", database.socketConninfo])
    let exported = try findings(["--csv", "acts.csv", "--approvals", "approvals.csv"])
    #expect(!read.isEmpty)
    for id in Set(read.keys).union(exported.keys) where read[id] != exported[id] {
      Issue.record("\(id): database \(read[id] ?? "nothing"), export \(exported[id] ?? "nothing")")
    }
  }
}
