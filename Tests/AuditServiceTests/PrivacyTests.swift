import Foundation
import Testing
import TestSupport
import Workbook

/// With `personal_data: masked` no name and no NIP comes out, wherever it stands and however it was written before.
@Suite struct PrivacyTests {
  private static let nip = "198001012006041001"
  private static let name = "Budi Santoso, S.E."
  /// What every text field of a record holds.
  private static let both = "Budi Santoso 198001012006041001"
  /// The person that a record is corrected to.
  private static let otherNIP = "197502032001122003"
  private static let other = "Siti Aminah 197502032001122003"

  /// A view whose texts all hold the name and the NIP of their person, and the records in it:
  /// - `r1` an alert that will change its person, `r2` one that will be cleared, `r3` one that will go;
  /// - `r4` without a NIP, `r5` without either, whose id and SK number hold them all the same;
  /// - `r6` whose every text is spoilt, so that it cannot be judged; `r7` twice.
  private static let records = """
    ALTER TABLE hr.act ADD post_from text, ADD unit_from text, ADD unit_to text, ADD echelon_from text, ADD echelon_to text,
      ADD post_type_from text, ADD post_type_to text, ADD assignment text;
    CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date,
      inaugurated_on, region AS region_code, nip, employee_name, post_to, decree_no, approval_no, approval_date, revokes,
      entered AS recorded_at, source_dates, post_from, unit_from, unit_to, echelon_from, echelon_to, post_type_from,
      post_type_to, assignment FROM hr.act;
    INSERT INTO hr.act (id, kind, decree_date, nip, employee_name, post_from, post_to, unit_from, unit_to, echelon_from,
      echelon_to, decree_no, approval_no, source_dates)
    SELECT 'r' || n || CASE n WHEN 3 THEN ' \(both)' ELSE '' END, 'mutasi', '2024-05-02', '\(nip)', '\(name)', 'Camat \(both)', 'Lurah \(both)', '\(both)',
      '\(both)', 'III.a \(both)', '\(both)', 'SK ' || n || ' \(both)', CASE n WHEN 2 THEN '\(both)' END, '\(both)'
    FROM generate_series(1, 3) AS n;
    INSERT INTO hr.act (id, kind, decree_date, employee_name, decree_no) VALUES
      ('r4 \(both)', 'mutasi', '2024-05-02', '\(name)', '\(both)'),
      ('r5 \(nip)', 'mutasi', '2024-05-02', NULL, 'SK 19800101 200604 1 001');
    INSERT INTO hr.act (id, kind, decree_date, nip, employee_name, region, assignment, decree_no) VALUES
      ('r6 \(both)', '\(both)', '2024-05-02', '\(nip)', '\(name)', '\(both)', '\(both)', '\(both)'),
      ('r7 \(nip)', 'mutasi', '2019-05-02', '\(nip)', '\(name)', NULL, NULL, '\(both)'),
      ('r7 \(nip)', 'mutasi', '2019-05-02', '\(nip)', '\(name)', NULL, NULL, '\(both)');
    """

  private static let changes = """
    UPDATE hr.act SET nip = '\(otherNIP)', employee_name = 'Siti Aminah', post_from = '\(other)', post_to = 'Camat \(other)',
      unit_from = '\(other)', unit_to = '\(other)', echelon_from = '\(other)', echelon_to = '\(other)',
      decree_no = 'SK \(other)', approval_no = '\(other)', source_dates = '\(other)' WHERE id IN ('r1', 'r2');
    UPDATE hr.act SET decree_date = '2019-05-02' WHERE id = 'r2';
    DELETE FROM hr.act WHERE id LIKE 'r3%';
    UPDATE hr.act SET post_to = 'Camat \(both)' WHERE id LIKE 'r4%';
    """

  /// Words and numbers that must not come out.
  private func expectNobody(_ text: String, _ what: String, sourceLocation: SourceLocation = #_sourceLocation)
  {
    let lower = text.lowercased()
    for word in ["budi", "santoso", "siti", "aminah"] {
      if let range = lower.range(of: word) {
        let around = lower[
          lower.index(range.lowerBound, offsetBy: -100, limitedBy: lower.startIndex).map {
            $0..<range.upperBound
          } ?? lower.startIndex..<range.upperBound]
        Issue.record("\(word) in \(what): …\(around)", sourceLocation: sourceLocation)
      }
    }
    let digits = lower.filter { !" .-".contains($0) }
    for nip in [Self.nip, Self.otherNIP] {
      #expect(!digits.contains(nip) as Bool, "a NIP in \(what)", sourceLocation: sourceLocation)
    }
  }

  private func write(_ bench: Bench, _ personalData: String, ledger: String = "") throws {
    try bench.write(
      """
      log: {personal_data: \(personalData)}
      mail: {from: "a@example.go.id", to: ["b@example.go.id"], sendmail: "\(bench.folder.path)/sendmail"}
      \(ledger)
      """)
  }

  /// A ledger of which the first half was written in `first`, the other half masked; and what the daemons logged.
  private func written(first: String) throws -> (bench: Bench, full: String, masked: String) {
    let bench = try Bench()
    try bench.run(Self.records)
    try write(bench, first)
    // Two of five alerts end in one pass.
    let isAllowed = ["FREEZE_AUDITOR_POLL_MAX_LOSS": "100"]
    let before = try bench.daemon(isAllowed)
    try before.wait(for: "pass_completed")
    try bench.run(Self.changes)
    try before.pass()
    try #require(before.stop().status == 0)
    try write(bench, "masked")
    let after = try bench.daemon(isAllowed)
    try after.wait(for: "pass_completed")
    try bench.run(
      "UPDATE hr.act SET post_to = 'Lurah \(Self.other)', unit_to = 'x \(Self.other)' WHERE id = 'r1'")
    try bench.run("UPDATE hr.act SET post_to = 'Lurah \(Self.both)' WHERE id LIKE 'r4%'")
    try bench.run("UPDATE hr.act SET decree_date = '2024-05-02' WHERE id = 'r2'")
    try after.pass()
    try #require(after.stop().status == 0)
    return (
      bench, String(decoding: before.process.outputSoFar, as: UTF8.self),
      String(decoding: after.process.outputSoFar, as: UTF8.self)
    )
  }

  @Test("log, alerts list, show, replay and status tell of nobody", arguments: ["full", "masked"])
  func everyOutput(first: String) throws {
    let (bench, before, after) = try written(first: first)
    #expect(before.contains("Budi") == (first == "full"), "\(before)")
    if first == "masked" { expectNobody(before, "the log") }
    expectNobody(after, "the log")
    for kind in ["raised", "amended", "cleared", "withdrawn", "reraised", "data_quality"] {
      #expect(try bench.ledger("event").contains(kind), "\(kind) is not part of this test")
    }
    for arguments in [
      ["alerts", "list", "--all"], ["alerts", "list", "--all", "--format", "json"],
      ["alerts", "replay", "--from", "1"],
      ["status"],
    ] {
      let result = try runProcess(Bench.executable, arguments + ["--config", bench.configPath])
      #expect(!result.outputText.isEmpty, "\(arguments): \(result.errorText)")
      expectNobody(result.outputText + result.errorText, arguments.joined(separator: " "))
    }
    let ids = Set(try bench.ledger("coalesce(alert_id, '')")).filter { !$0.isEmpty }
    #expect(ids.count == 5)
    for id in ids {
      let table = try bench.command("alerts", "show", id)
      let json = try bench.command("alerts", "show", id, "--format", "json")
      expectNobody(table.outputText + json.outputText, "alerts show")
    }
    // Nothing is lost: it stands in the ledger, and whoever may see it says so.
    let full = ["FREEZE_AUDITOR_LOG_PERSONAL_DATA": "full"]
    #expect(try bench.command("alerts", "list", environment: full).outputText.contains("Budi"))
    try bench.expectSound()
  }

  @Test(
    "the digest tells of nobody, with the ledger and without it", arguments: ["full", "masked"],
    [true, false])
  func digest(first: String, hasLedger: Bool) throws {
    let (bench, before, after) = try written(first: first)
    if !hasLedger { try write(bench, "masked", ledger: "ledger: {conninfo: \"host=/nonexistent\"}") }
    let keep = "#!/bin/sh\ncat > \(bench.folder.path)/mail\n"
    let sendmail = try bench.file("sendmail", keep)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sendmail)
    // More rows than fit on a page, so that without a ledger to ask all go along as a workbook: each entry once more under
    // another number. The ledger does not know those numbers, and says so.
    let again = before.split(separator: "\n").enumerated().filter { $0.element.contains("FREEZE_SEQ") }
      .flatMap { index, line in
        (1...8).map { copy in
          String(line).replacing(/"FREEZE_SEQ":"\d+"/, with: "\"FREEZE_SEQ\":\"\(1000 + index * 10 + copy)\"")
        }
      }.joined(separator: "\n")
    let state = bench.folder.path + "/mail-state"
    let result = try runProcess(
      Bench.executable, ["mail", "--config", bench.configPath, "--state", state],
      environment: ["JOURNAL_STREAM": ""], input: Data((before + after + again).utf8))
    #expect(result.status == 0 || !hasLedger, "\(result.errorText)")
    expectNobody(result.outputText + result.errorText, "mail")
    let mail = try String(contentsOfFile: bench.folder.path + "/mail", encoding: .utf8)
    let parts = try decoded(mail)
    #expect(parts.count == (hasLedger ? 2 : 3) && parts[0].contains("perlu klarifikasi"), "\(parts)")
    for part in parts { expectNobody(part, "the digest") }
  }

  /// Every cell of a workbook's first sheet.
  private func cells(_ bytes: [UInt8]) throws -> String {
    let book = try WorkbookReader(ByteFile(bytes))
    var sheet = try book.open(try book.sheet("1"))
    var row = WorkbookRow()
    var texts: [String] = []
    while try sheet.next(&row) { texts += row.cells.indices.map { row.text($0) } }
    #expect(texts.count > 100, "\(texts)")
    return texts.joined(separator: "\n")
  }

  /// The parts of a mail as their reader sees them.
  private func decoded(_ mail: String) throws -> [String] {
    try mail.components(separatedBy: "\n--").compactMap { part -> String? in
      guard let end = part.range(of: "\n\n") else { return nil }
      let body = part[end.upperBound...]
      switch part[..<end.lowerBound] {
      case let head where head.contains("base64"):
        let bytes = Data(base64Encoded: String(body.replacing("\n", with: "")))
        return try bytes.map { try cells(Array($0)) }
      case let head where head.contains("quoted-printable"):
        return body.replacing("=\n", with: "").replacing("%", with: "%25").replacing("=", with: "%")
          .removingPercentEncoding
      default: return nil
      }
    }
  }
}
