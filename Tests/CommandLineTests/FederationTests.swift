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
      CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM (VALUES
        ('in', 'mutasi', date '2024-05-01', '33.74'), ('out', 'mutasi', date '2023-05-01', '33.74')
      ) AS v (action_id, kind, decree_date, region_code)
      """)
    for _ in 1...2 { try load("federation/region", into: database, ["name": name]) }
    return cluster
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
    let whole = try audit(["--db", hub.socketConninfo])
    #expect(whole.status == 1, "\(whole.errorText)")
    let ids = whole.outputText.split(separator: "\n").count
    #expect(ids == 3)
    for name in names { #expect(whole.outputText.contains("\"\(name):in\"")) }

    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let config = folder.appendingPathComponent("config.yaml")
    let sources = names.map {
      "  - {name: \($0), region: \"33.74\", conninfo: \"\(hub.socketConninfo)\", view: freeze_audit.region_\($0)}"
    }
    try ("sources:\n" + sources.joined(separator: "\n") + "\n").write(
      to: config, atomically: true, encoding: .utf8)
    try regions[1].stop(.immediate)
    let partial = try audit(["--all-sources", "--config", config.path])
    #expect(partial.status == 3)
    #expect(partial.outputText.split(separator: "\n").count == 2)
    #expect(partial.errorText.contains("dua (33.74): NOT EVALUATED"))
    #expect(partial.errorText.contains("satu (33.74): 2 records, 1 need clarification"))
    #expect(partial.errorText.contains("tiga (33.74): 2 records, 1 need clarification"))
  }
}
