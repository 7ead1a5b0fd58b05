import AlertLedger
import Foundation
import Testing
import TestSupport

/// Every schema that was ever landed is brought up to date by install.sql, and keeps what it holds.
@Suite struct SchemaVersionTests {
  private static let folder = repositoryRoot.appendingPathComponent("Tests/AuditServiceTests/Schemas")
  private static let install = repositoryRoot.appendingPathComponent("sql/install.sql")

  static var landed: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
      $0.hasSuffix(".sql")
    }.sorted()
  }

  @Test func `There are schemas to upgrade, and the newest is what install.sql makes`() throws {
    #expect(Self.landed.count >= 4)
    let bench = try Bench()
    #expect(
      try bench.database.value("SELECT max(version)::text FROM freeze_audit.schema_version")
        == "\(LedgerSchema.current)")
    #expect(LedgerSchema.oldest <= LedgerSchema.current)
  }

  @Test(arguments: landed)
  func `An older schema is upgraded in place, and its events, approvals and lease stay`(_ name: String) throws
  {
    let bench = try Bench(installsLedger: false)
    // The roles first, as everywhere.
    try Bench.install(bench.database)
    try bench.run("DROP SCHEMA freeze_audit CASCADE")
    try bench.database.psql(file: Self.folder.appendingPathComponent(name))
    try bench.run(Bench.table)
    try bench.insert(1...3)
    try bench.run(
      "INSERT INTO freeze_audit.approval (letter_no, letter_date, nip) VALUES ('1', '2024-01-01', '198501012010011001')"
    )
    // The program works with it as it is, and doctor says what to do.
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    #expect(first.stop().status == 0)
    #expect(
      try bench.command("doctor", "--lang", "en").outputText.contains(
        "run the sql/install.sql of this package"))
    let before = try bench.database.value(
      "SELECT string_agg(encode(hash, 'hex'), ' ' ORDER BY seq) FROM freeze_audit.alert_event")
    for _ in 1...2 { try bench.database.psql(file: Self.install) }
    #expect(
      try bench.database.value(
        "SELECT string_agg(encode(hash, 'hex'), ' ' ORDER BY seq) FROM freeze_audit.alert_event") == before)
    #expect(try bench.database.value("SELECT count(*)::text FROM freeze_audit.approval") == "1")
    #expect(
      try bench.database.value("SELECT max(version)::text FROM freeze_audit.schema_version")
        == "\(LedgerSchema.current)")
    // Now as a fresh one: the same columns, everywhere.
    #expect(try Self.shape(bench.database) == Self.shape(try Bench().database))
    #expect(!(try bench.command("doctor", "--lang", "en").outputText.contains("its schema is of version")))
    let second = try bench.daemon()
    try second.wait(for: "pass_completed")
    #expect(second.log("raised").isEmpty)
    #expect(second.stop().status == 0)
    try bench.expectSound()
  }

  private static func shape(_ database: ThrowawayDatabase) throws -> String? {
    try database.value(
      """
      SELECT string_agg(c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull, E'\\n'
        ORDER BY c.relname, a.attname)
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'freeze_audit'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      """)
  }

  @Test func `A column that an older table lacks is added`() throws {
    let bench = try Bench()
    try bench.run(
      "ALTER TABLE freeze_audit.source_health DROP COLUMN unjudgeable_digest, DROP COLUMN findings; ALTER TABLE freeze_audit.approval DROP COLUMN region_code"
    )
    try bench.database.psql(file: Self.install)
    #expect(try Self.shape(bench.database) == Self.shape(try Bench().database))
  }

  @Test func `A schema of a later program is left alone, and every command says which package to install`()
    throws
  {
    let bench = try Bench()
    try bench.write("log: {language: en}")
    try bench.insert(["x"])
    try bench.run("INSERT INTO freeze_audit.schema_version (version) VALUES (\(LedgerSchema.current + 1))")
    let words = "is of version \(LedgerSchema.current + 1), made by a later freeze-auditor"
    for command in [["status"], ["doctor"], ["alerts", "list"]] {
      let result = try runProcess(Bench.executable, command + ["--config", bench.configPath, "--lang", "en"])
      #expect(
        result.status != 0 && (result.outputText + result.errorText).contains(words),
        "\(command): \(result.outputText)\(result.errorText)")
    }
    let daemon = try bench.daemon()
    #expect(try daemon.wait(for: "audit_blind")["MESSAGE"].contains(words))
    #expect(daemon.stop().status == 0)
    do {
      try bench.database.psql(file: Self.install)
      Issue.record("install.sql ran over a later schema")
    } catch {
      #expect(
        "\(error)".contains("made by a later freeze-auditor") && "\(error)".contains("Nothing was changed"))
    }
  }
}
