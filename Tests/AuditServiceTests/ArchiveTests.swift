import Foundation
import TestSupport
import Testing

/// Old events sealed in a file: it verifies by itself and beside the ledger, and what is taken away leaves the chain whole.
@Suite struct ArchiveTests {
  /// Thirty alerts, of which two are settled; the daemon is gone.
  private func written() throws -> Bench {
    let bench = try Bench()
    try bench.insert(1...30)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.run("DELETE FROM hr.act WHERE id IN ('r1', 'r2')")
    try daemon.pass()
    #expect(daemon.stop().status == 0)
    return bench
  }

  private func archive(
    _ bench: Bench, _ name: String, _ more: [String] = [], before: String = "2099-01-01"
  ) throws -> (status: Int32, text: String, path: String) {
    let path = bench.folder.appendingPathComponent(name).path
    let result = try runProcess(
      Bench.executable,
      [
        "alerts", "archive", "--before", before, "--output", path, "--config", bench.configPath, "--lang",
        "en",
      ] + more)
    return (result.status, result.outputText + result.errorText, path)
  }

  private func owner(_ bench: Bench) -> [String] { ["--remove", "--ledger", bench.database.socketConninfo] }

  private func verify(_ bench: Bench, _ arguments: String...) throws -> (status: Int32, text: String) {
    let result = try runProcess(
      Bench.executable,
      ["alerts", "verify", "--config", bench.configPath, "--lang", "en"] + arguments)
    return (result.status, result.outputText + result.errorText)
  }

  @Test func `The daemon's role seals and may not remove; the owner's SQL does, and everything goes on`()
    throws
  {
    let bench = try written()
    let key = try runProcess(
      Bench.executable,
      ["alerts", "keygen", "--output", bench.folder.path + "/signing-key", "--name", "office"]
    ).outputText.trimmingCharacters(in: .newlines)
    let note = try bench.file("kept.note", try bench.command("alerts", "checkpoint").outputText)
    let gone = try #require(
      try bench.database.value("SELECT alert_id FROM freeze_audit.alert_event WHERE action_id = 'r1' LIMIT 1")
    )
    let full = try #require(try bench.database.value("SELECT max(seq)::text FROM freeze_audit.alert_event"))

    let sealed = try archive(bench, "a.ndjson", ["--remove"])
    #expect(sealed.status == 77, "\(sealed.text)")
    let sql = "SELECT freeze_audit.remove_sealed(\(full));"
    #expect(sealed.text.contains("Its owner runs: \(sql)"), "\(sealed.text)")
    var file = stat()
    #expect(stat(sealed.path, &file) == 0 && file.st_mode & 0o777 == 0o600)
    var told = try verify(bench)
    #expect(told.status == 0 && told.text.contains("Sealed up to seq \(full), file SHA-256 "), "\(told)")
    #expect(throws: (any Error).self) { try bench.run("SET ROLE \(Bench.role); \(sql)") }

    #expect(try bench.database.value(sql) == "4")
    // The guard is on again.
    #expect(throws: (any Error).self) { try bench.run("UPDATE freeze_audit.alert_event SET body = ''") }
    let doctor = try bench.command("doctor", "--lang", "en").outputText
    #expect(!doctor.contains("guarding") && !doctor.contains("did not make"), "\(doctor)")
    for checkpoint in [[], ["--checkpoint", note, "--public-key", key]] {
      let result = try runProcess(
        Bench.executable,
        [
          "alerts", "verify", "--recompute", "--archive", sealed.path, "--config", bench.configPath, "--lang",
          "en",
        ]
          + checkpoint)
      #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
      #expect(
        result.outputText.contains("the archive is whole, events 1–\(full)")
          && result.outputText.contains("the bodies of 4 events are in archives only"))
    }
    // The file alone, and by public tools.
    let alone = try runProcess(
      Bench.executable, ["alerts", "verify", "--archive", sealed.path, "--alone", "--format", "json"])
    #expect(alone.status == 0 && alone.outputText.contains("\"events\":null"), "\(alone.outputText)")
    let sum = try runProcess("/usr/bin/sha256sum", [sealed.path]).outputText.prefix(64)
    #expect(told.text.contains(sum) && alone.outputText.contains(sum))
    #expect(try String(contentsOfFile: sealed.path, encoding: .utf8).contains("r1"))

    // What was taken away is said where somebody asks for it.
    #expect(
      try bench.command("alerts", "show", gone, "--lang", "en").errorText.contains("in an archive only"))
    #expect(
      try bench.command("alerts", "replay", "--from", "1", "--lang", "en").errorText.contains("4 events are"))
    #expect(try bench.command("alerts", "export").outputText.contains("\"body\":null,\"removed\":true"))
    #expect(try bench.ledger("event || coalesce(alert_id, '') || body").filter { $0 == "removed" }.count == 4)

    // The daemon goes on: nothing twice, new ones, and one that comes back.
    let before = try bench.ledger().count
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.log("raised").isEmpty)
    try bench.insert(["r1", "r31"])
    try daemon.pass()
    #expect(daemon.stop().status == 0)
    #expect(try bench.ledger().suffix(2).sorted() == ["raised r1", "raised r31"])
    #expect(try bench.ledger().count == before + 2)
    try bench.database.psql(file: repositoryRoot.appendingPathComponent("sql/install.sql"))
    try bench.expectSound()

    // The next archive begins where this one ends, and takes what was settled since.
    let second = try archive(bench, "b.ndjson", owner(bench))
    #expect(second.status == 0 && second.text.contains("0 bodies of events"), "\(second.text)")
    told = try verify(bench, "--archive", sealed.path, "--archive", second.path)
    #expect(told.status == 0 && told.text.contains("events \((Int(full) ?? 0) + 1)–"), "\(told)")
    #expect(try archive(bench, "c.ndjson", before: "2020-01-01").text.contains("No event before 2020-01-01"))
  }

  @Test func `A mail whose state folder is lost tells what is left, and misses nothing`() throws {
    let bench = try written()
    let sealed = try archive(bench, "a.ndjson", owner(bench))
    #expect(sealed.status == 0 && sealed.text.contains("4 bodies of events"), "\(sealed.text)")
    try bench.write("mail: {from: a@example.go.id, to: [b@example.go.id], sendmail: /bin/true}")
    let result = try runProcess(
      "/bin/sh",
      [
        "-c", "\"$1\" mail --dry-run --state \"$2\" --config \"$3\" --lang en --unit '' </dev/null", "sh",
        try Bench.executable, bench.folder.appendingPathComponent("mail").path, bench.configPath,
      ])
    #expect(result.status == 0, "\(result.errorText)")
    #expect(
      !result.outputText.contains("missing") && result.outputText.contains("28"), "\(result.outputText)")
  }

  /// What happened to a file.
  struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let said: String
    var status: Int32 = 74
    let change: @Sendable (String) -> String

    var testDescription: String { name }
  }

  private static func lines(_ text: String, _ change: (inout [Substring]) -> Void) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    change(&lines)
    return lines.joined(separator: "\n")
  }

  static let damages: [Damage] = [
    Damage(name: "the last line is gone", said: "cut short") { text in lines(text) { $0.removeLast(2) } },
    Damage(name: "half of it is gone", said: "cut short: it should hold events 1–") {
      String($0.prefix($0.count / 2))
    },
    Damage(name: "a byte is gone at the end", said: "cut short") { String($0.dropLast(9)) },
    Damage(name: "cut in the first line", said: "first line of this archive is cut short") {
      String($0.prefix(60))
    },
    Damage(name: "only the first line", said: "cut short") { text in
      lines(text) { $0.removeLast($0.count - 1) } + "\n"
    },
    Damage(name: "a byte of a body", said: "seq 2: body or hash was edited") {
      $0.replacingOccurrences(of: "SK r2", with: "SK r3")
    },
    Damage(name: "a byte of the first line", said: "a byte was changed: the file's SHA-256") {
      $0.replacingOccurrences(of: "\"before\":\"2099", with: "\"before\":\"2098")
    },
    Damage(name: "a byte that is no JSON any more", said: "its line cannot be read: a byte was changed") {
      $0.replacingOccurrences(of: "{\"seq\":7,", with: "{\"seq\";7,")
    },
    Damage(name: "an event left out", said: "event 3 is missing before it") { text in
      lines(text) { $0.remove(at: 3) }
    },
    Damage(name: "two events swapped", said: "is missing before it") { text in lines(text) { $0.swapAt(3, 4) }
    },
    Damage(name: "a line too many", said: "lines after the last one") { $0 + "{}\n" },
    Damage(name: "numbers beyond any ledger", said: "event") {
      $0.replacingOccurrences(of: "{\"seq\":7,", with: "{\"seq\":9223372036854775807,")
    },
    Damage(name: "no archive", said: "is no archive of alerts archive", status: 64) { _ in "a;b;c\n1;2;3\n" },
    Damage(name: "empty", said: "is no archive of alerts archive", status: 64) { _ in "" },
  ]

  private static let shared = Result { try ArchiveTests().written() }

  @Test(arguments: damages)
  func `What happened to an archive is said plainly, without the ledger`(_ damage: Damage) throws {
    let bench = try Self.shared.get()
    let name = "\(damage.name.replacingOccurrences(of: " ", with: "-"))"
    let sealed = try archive(bench, name + ".ndjson")
    #expect(sealed.status == 0, "\(sealed.text)")
    let text = try String(contentsOfFile: sealed.path, encoding: .utf8)
    let changed = damage.change(text)
    #expect(changed != text)
    let path = try bench.file(name + ".changed", changed)
    let result = try runProcess(
      Bench.executable, ["alerts", "verify", "--alone", "--archive", path, "--lang", "en"])
    let said = result.outputText + result.errorText
    #expect(result.status == damage.status && said.contains(damage.said), "\(said)")
  }

  @Test func `An archive of another ledger, and one written anew, are each said`() throws {
    let (bench, other) = (try written(), try Bench())
    let sealed = try archive(bench, "a.ndjson")
    try other.insert(["x", "y"])
    let daemon = try other.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    var told = try verify(other, "--archive", sealed.path)
    #expect(told.status == 74 && told.text.contains("an archive of another ledger"), "\(told)")
    // The same events in a file that is not the one of the seal.
    var text = try String(contentsOfFile: sealed.path, encoding: .utf8)
      .replacingOccurrences(of: "\"before\":\"2099-01-01\"", with: "\"before\":\"2098-01-01\"")
    text = String(text[..<(try #require(text.range(of: "{\"sha256\"")).lowerBound)])
    let body = try bench.file("body", text)
    let sum = try runProcess("/usr/bin/sha256sum", [body]).outputText.prefix(64)
    let remade = try bench.file("remade.ndjson", text + "{\"sha256\":\"\(sum)\"}\n")
    told = try verify(bench, "--archive", remade)
    #expect(told.status == 74 && told.text.contains("not the file that was sealed"), "\(told)")
    // Not written over.
    let again = try archive(bench, "a.ndjson")
    #expect(again.status == 64 && again.text.contains("an archive is not overwritten"), "\(again.text)")
  }

  /// What somebody with the rights of the owner did after the removal.
  static let forgeries: [(sql: String, said: String)] = [
    (
      "UPDATE freeze_audit.alert_event SET hash = sha256('x') WHERE seq = 1",
      "does not continue from the hash"
    ),
    (
      """
      UPDATE freeze_audit.alert_event SET hash = sha256('x') WHERE seq = 1;
      UPDATE freeze_audit.alert_event SET prev_hash = sha256('x') WHERE seq = 2
      """, "are not those that were sealed"
    ),
    (
      "UPDATE freeze_audit.alert_event SET body = replace(body, 'SK r5', 'SK r6') WHERE seq = 5",
      "seq 5: body or hash was edited"
    ),
    (
      """
      UPDATE freeze_audit.alert_event SET event = 'removed', body = '', alert_id = NULL, source = ''
      WHERE seq = (SELECT max(seq) FROM freeze_audit.alert_event)
      """, "no seal covers it"
    ),
    ("UPDATE freeze_audit.alert_event SET event = 'removed' WHERE seq = 9", "columns disagree with the body"),
  ]

  @Test(arguments: forgeries.indices)
  func `What was done to a sealed ledger is found`(_ index: Int) throws {
    let forgery = Self.forgeries[index]
    let bench = try written()
    #expect(try archive(bench, "a.ndjson", owner(bench)).status == 0)
    try bench.run("ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER ALL; \(forgery.sql)")
    let told = try verify(bench)
    #expect(told.status == 74 && told.text.contains(forgery.said), "\(forgery.sql)\n\(told)")
  }

  @Test func `Nothing is removed that no seal names, that is open, or while the fold is behind`() throws {
    let bench = try written()
    #expect(throws: (any Error).self) { try bench.run("SELECT freeze_audit.remove_sealed(5)") }
    #expect(try archive(bench, "a.ndjson").status == 0)
    let last = try #require(
      try bench.database.value("SELECT (max(seq) - 1)::text FROM freeze_audit.alert_event"))
    try bench.run("UPDATE freeze_audit.alert_fold SET through_seq = 1")
    #expect(throws: (any Error).self) { try bench.run("SELECT freeze_audit.remove_sealed(\(last))") }
    try bench.database.psql(file: repositoryRoot.appendingPathComponent("sql/install.sql"))
    #expect(try bench.database.value("SELECT freeze_audit.remove_sealed(\(last))") == "4")
    #expect(try bench.database.value("SELECT count(*)::text FROM freeze_audit.alert_open") == "28")
    // Settled later, and its end is not in the archive: whole until the next one.
    try bench.run("DELETE FROM hr.act WHERE id = 'r3'")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(daemon.stop().status == 0)
    #expect(try bench.database.value("SELECT freeze_audit.remove_sealed(\(last))") == "0")
    let next = try archive(bench, "b.ndjson", owner(bench))
    #expect(next.status == 0 && next.text.contains("2 bodies of events"), "\(next.text)")
    try bench.expectSound()
  }
}
