import Foundation
import TestSupport
import Testing

/// sql/federation on real servers: three regions, one hub, one region down.
@Suite("a national hub over regional servers") struct FederationTests {
  private func load(_ file: String, into database: ThrowawayDatabase, _ variables: [String: String] = [:])
    throws
  {
    try database.psql(file: repositoryRoot.appendingPathComponent("sql/\(file).sql"), variables: variables)
  }

  /// A server with one act inside the window and one outside.
  private func region(_ name: String) throws -> ThrowawayCluster {
    let cluster = try ThrowawayCluster.start(authentication: .trust)
    let database = cluster.postgresDatabase
    try load("install", into: database)
    try database.run(
      """
      CREATE TABLE public.act (action_id text, kind text DEFAULT 'mutasi', decree_date date, region_code text,
        post_from text DEFAULT 'Kepala Seksi', post_to text DEFAULT 'Kepala Bidang', post_type_from text, post_type_to text,
        source_dates text, nip text, decree_no text, approval_no text, approval_date date,
        pertek_no text DEFAULT 'PK-\(name)', pertek_date date DEFAULT '2024-02-01');
      INSERT INTO public.act (action_id, decree_date, region_code, post_type_from, post_type_to, source_dates, nip, approval_no,
        approval_date) VALUES
        ('in', '2024-05-01', '33.74', NULL, NULL, NULL, NULL, NULL, NULL),
        ('out', '2023-05-01', '33.74', NULL, NULL, NULL, NULL, NULL, NULL),
        ('functional', '2024-05-01', '33.74', '2', '2', NULL, NULL, NULL, NULL),
        ('month', NULL, '33.74', NULL, NULL, 'decree_date=2024-05', NULL, NULL, NULL),
        ('early month', NULL, '33.74', NULL, NULL, 'decree_date=2023-01', NULL, NULL, NULL),
        ('listed', '2024-05-01', '33.74', NULL, NULL, NULL, '198501012010011001', NULL, NULL),
        ('cites', '2024-05-01', '33.74', NULL, NULL, NULL, '198501012010011002', 'M/1', '2024-04-01');
      CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM public.act;
      GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;
      """)
    // One region has annexes, the others judge by what the record itself says.
    if name == "satu" {
      try database.run(
        "INSERT INTO freeze_audit.approval (letter_no, letter_date, nip, post_to) VALUES ('M/1', '2024-04-01', '198501012010011001', 'Kepala Bidang')"
      )
    }
    for _ in 1...2 { try load("federation/region", into: database, ["name": name]) }
    return cluster
  }

  /// What is said of each act.
  private func outcomes(_ arguments: [String], view: String? = nil) throws -> [String: String] {
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["audit", "--format", "ndjson", "--known-on", "2026-11-22", "--show", "all"] + arguments,
      environment: view.map { ["FREEZE_AUDITOR_SOURCE_VIEW": $0] } ?? [:], timeout: 120)
    var found: [String: String] = [:]
    for line in result.outputText.split(separator: "\n") {
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let id = record?["action_id"] as? String { found[id] = record?["outcome"] as? String }
    }
    return found
  }

  private func audit(_ arguments: [String]) throws -> ProcessResult {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["audit", "--format", "ndjson", "--lang", "en", "--known-on", "2026-11-22"] + arguments, timeout: 120)
  }

  @Test("every region is read where it is; one that is down is not evaluated, the rest is")
  func hub() throws {
    let names = ["satu", "dua", "tiga"]
    let regions = try names.map(region)
    defer { for region in regions { region.remove() } }
    let hub = try ThrowawayCluster.shared.createDatabase()
    try load("install", into: hub)
    for _ in 1...2 {
      try load("federation/hub", into: hub)
      for (name, region) in zip(names, regions) {
        try load(
          "federation/add-region", into: hub,
          [
            "name": name, "code": "33.74", "host": "127.0.0.1", "port": String(region.port),
            "dbname": "postgres",
            "user": "postgres",
          ])
      }
    }
    // As the documented role, which has no user mapping of its own.
    let reader = "freeze_auditor_\(hub.name)"
    try hub.run("CREATE ROLE \(reader) LOGIN IN ROLE freeze_auditor_read")
    defer { try? hub.run("DROP ROLE \(reader)") }
    let conninfo = hub.socketConninfo(user: reader)
    let whole = try audit(["--db", conninfo])
    #expect(whole.status == 1, "\(whole.errorText)")
    for name in names {
      #expect(whole.outputText.contains("\"\(name):in\""))
      #expect(whole.outputText.contains("\"pertek_no\":\"PK-\(name)\",\"pertek_date\":\"2024-02-01\""))
    }
    // Judged at the hub as at home.
    for (name, region) in zip(names, regions) {
      let home = try outcomes(["--db", region.socketConninfo(user: "postgres"), "--region", "33.74"])
      let there = try outcomes(["--db", conninfo, "--region", "33.74"], view: "freeze_audit.region_\(name)")
      #expect(home == there, "\(name)")
      #expect(home["cites"] == (name == "satu" ? "approval-mismatch" : "approved"))
    }
    let shared = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      [
        "audit", "--db", conninfo, "--workers", "2", "--lang", "en", "--format", "ndjson", "--known-on",
        "2026-11-22",
      ],
      timeout: 120)
    #expect(shared.errorText.contains("reads other servers") && shared.output == whole.output)

    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = folder.appendingPathComponent("config.yaml")
    let sources = names.map {
      "  - {name: \($0), region: \"33.74\", conninfo: \"\(conninfo)\", view: freeze_audit.region_\($0)}"
    }
    try ("sources:\n" + sources.joined(separator: "\n") + "\n").write(
      to: config, atomically: true, encoding: .utf8)
    try regions[1].stop(.immediate)
    let partial = try audit(["--all-sources", "--config", config.path])
    #expect(partial.status == 3)
    #expect(partial.errorText.contains("dua (33.74): NOT EVALUATED"))
    #expect(partial.errorText.contains("satu (33.74): 7 records, 4 need clarification"))
    #expect(partial.errorText.contains("tiga (33.74): 7 records, 4 need clarification"))
  }
}
