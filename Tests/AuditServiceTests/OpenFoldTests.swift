import Foundation
import TestSupport
import Testing

/// What a start reads instead of the whole ledger: the open alerts as the ledger's own trigger folds them.
@Suite struct OpenFoldTests {
  /// What `alert_open` must hold, from the events alone.
  private static let expected = """
    SELECT coalesce(string_agg(s.alert_id || ' ' || s.source || ' ' || s.seq || ' ' || coalesce((SELECT
      string_agg(l.seq::text, ',' ORDER BY l.seq) FROM freeze_audit.alert_event AS l
      WHERE l.alert_id = s.alert_id AND l.seq > s.seq), ''), E'\\n' ORDER BY s.alert_id), '') FROM (
      SELECT DISTINCT ON (alert_id) alert_id, source, seq, event FROM freeze_audit.alert_event
      WHERE event IN ('raised', 'amended', 'reraised', 'cleared', 'withdrawn') ORDER BY alert_id, seq DESC) AS s
    WHERE s.event NOT IN ('cleared', 'withdrawn')
    """
  private static let folded = """
    SELECT coalesce(string_agg(alert_id || ' ' || source || ' ' || seq || ' ' || array_to_string(later, ','),
      E'\\n' ORDER BY alert_id), '') FROM freeze_audit.alert_open
    """
  private static let isWhole = """
    SELECT (through_seq = (SELECT coalesce(max(seq), 0) FROM freeze_audit.alert_event))::text FROM freeze_audit.alert_fold
    """

  private func checkFold(_ bench: Bench) throws {
    #expect(try bench.database.value(Self.isWhole) == "true")
    #expect(try bench.database.value(Self.folded) == bench.database.value(Self.expected))
  }

  @discardableResult
  private func acknowledge(_ bench: Bench, _ action: String) throws -> ProcessResult {
    let id = try #require(
      try bench.database.value(
        "SELECT min(alert_id) FROM freeze_audit.alert_event WHERE action_id = '\(action)'"))
    return try bench.command(
      "alerts", "ack", id, "--author", "Kabid", "--reason", "ditelaah", "--legal-basis", "UU 10/2016",
      "--until",
      "2099-01-01")
  }

  @Test func `The fold follows every event, and a start from it decides as if it had read them all`() throws {
    let bench = try Bench()
    try bench.insert(1...30)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    try checkFold(bench)
    // Amended, closed, acknowledged.
    try bench.run("UPDATE hr.act SET decree_date = '2024-05-03' WHERE id IN ('r1', 'r2')")
    try bench.run("DELETE FROM hr.act WHERE id = 'r3'")
    try first.pass()
    #expect(try acknowledge(bench, "r4").status == 0)
    #expect(try acknowledge(bench, "r5").status == 0)
    try bench.run("UPDATE hr.act SET decree_date = '2024-05-04' WHERE id = 'r5'")
    try first.pass()
    first.stop()
    try checkFold(bench)
    let told = try bench.ledger().count
    // A start that knows only what is open: nothing is said twice, what was closed comes back as such.
    let second = try bench.daemon()
    try second.wait(for: "pass_completed")
    #expect(try bench.ledger().count == told)
    try bench.insert(["r3"])
    try second.pass()
    second.stop()
    #expect(try bench.ledger().contains("reraised r3"))
    let reason = "SELECT reason FROM freeze_audit.alert_event WHERE event = 'reraised'"
    #expect(try bench.database.value(reason)?.hasPrefix("alert again: ") == true)
    try checkFold(bench)
    #expect(
      try bench.command("alerts", "list", "--format", "json").outputText.contains("2099-01-01"),
      "an acknowledgement is still known")
  }

  @Test func `A fold that does not reach the last event is not used, and install.sql mends it`() throws {
    let bench = try Bench()
    try bench.insert(1...5)
    let first = try bench.daemon()
    try first.wait(for: "pass_completed")
    try bench.run("ALTER TABLE freeze_audit.alert_event DISABLE TRIGGER alert_event_fold")
    try bench.insert(6...8)
    try first.pass()
    try bench.run("ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_fold")
    // One that it does not follow leaves it where it was.
    try bench.insert(9...9)
    try first.pass()
    first.stop()
    #expect(try bench.database.value(Self.isWhole) == "false")
    let told = try bench.ledger().count
    let second = try bench.daemon()
    try second.wait(for: "pass_completed")
    second.stop()
    #expect(try bench.ledger().count == told)
    try bench.database.psql(file: repositoryRoot.appendingPathComponent("sql/install.sql"))
    try checkFold(bench)
  }

  @Test func `Whoever may append may not write the fold`() throws {
    let bench = try Bench()
    for statement in [
      "UPDATE freeze_audit.alert_fold SET through_seq = 5", "DELETE FROM freeze_audit.alert_open",
      "INSERT INTO freeze_audit.alert_open (alert_id, source, seq) VALUES ('x', 'simpeg', 1)",
    ] {
      #expect(throws: (any Error).self) { try bench.run("SET ROLE \(Bench.role); \(statement)") }
    }
  }

  @Test func `A fold that somebody wrote by hand is told, and install.sql makes it anew`() throws {
    let bench = try Bench()
    try bench.insert(1...5)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    daemon.stop()
    #expect(try bench.command("alerts", "verify").status == 0)
    for forgery in [
      "DELETE FROM freeze_audit.alert_open WHERE seq = 2",
      "UPDATE freeze_audit.alert_open SET source = 'lain' WHERE seq = 3",
      "UPDATE freeze_audit.alert_open SET later = '{1}' WHERE seq = 4",
    ] {
      try bench.run(forgery)
      let verified = try bench.command("alerts", "verify", "--lang", "en")
      #expect(
        verified.status == 74 && verified.outputText.contains("alert_open tells 1 alerts otherwise"),
        "\(forgery)")
      try bench.database.psql(file: repositoryRoot.appendingPathComponent("sql/install.sql"))
      #expect(try bench.command("alerts", "verify").status == 0)
    }
  }

  @Test func `A wave is in the log piece by piece, and pass_completed follows its last alert`() throws {
    let bench = try Bench()
    try bench.run(
      "INSERT INTO hr.act (id, kind, decree_date) SELECT 'w' || n, 'mutasi', '2024-05-02' FROM generate_series(1, 700) AS n"
    )
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    daemon.stop()
    let marks = try bench.database.value(
      "SELECT string_agg(through_seq::text, ' ' ORDER BY through_seq) FROM freeze_audit.alert_emitted")
    let last = try bench.database.value("SELECT max(seq)::text FROM freeze_audit.alert_event")
    let numbers = (marks ?? "").split(separator: " ")
    #expect(
      numbers.first.flatMap { Int($0) }.map { $0 <= 200 } == true && numbers.last.map(String.init) == last,
      "\(marks ?? "-")")
    let events = daemon.log.map(\.event)
    #expect(events.firstIndex(of: "pass_completed") == events.lastIndex(of: "raised").map { $0 + 1 })
  }
}
