import Foundation
import Glibc
import Testing
import TestSupport

/// Somebody who wants an act to go unseen, with every role there is but the auditor's own: the owner of the HR database, a clerk,
/// a role that may only connect, whoever sets the machine's clock. Between two passes he does what he likes; at the end of each,
/// every act inside has an open alert, or the source is said to be blind.
@Suite(.serialized) struct AdversaryTests {
  @Test func `Whoever hides an act blinds the audit, and never empties it`() throws {
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["FREEZE_ADVERSARY_SECONDS"].flatMap(Double.init) ?? 60
    let seed = environment["FREEZE_CAMPAIGN_SEED"].flatMap(UInt64.init) ?? 71
    let attack = try Attack(seed: seed)
    let end = ContinuousClock.now + .milliseconds(Int(seconds * 1000))
    while ContinuousClock.now < end { try attack.step() }
    try attack.finish()
    FileHandle.standardError.write(
      Data("adversary: seed \(seed), \(Int(seconds)) s, \(attack.figures)\n".utf8))
  }
}

/// One attack. Used from one thread.
private final class Attack {
  private let bench: Bench
  private let clock: WallClock
  private var random: CampaignTests.Generator
  private var daemon: DaemonProcess
  private var past: [DaemonProcess] = []
  private var next = 0
  /// What the source hides or changes just now; empty: the view shows all that is true.
  private var hidden: Set<String> = []
  private var clockIsWrong = false
  private var counts: [String: Int] = [:]

  init(seed: UInt64) throws {
    random = CampaignTests.Generator(state: seed)
    bench = try Bench()
    clock = try WallClock(in: bench.folder)
    try bench.file(
      "config.yaml",
      """
      region: "16.05"
      source: {conninfo: "\(bench.database.socketConninfo(user: Bench.role))"}
      poll: {interval: 3600, wake_on_notify: true, connections: 8}
      ledger: {lease: 6}
      log: {language: en}
      """)
    try bench.run(
      """
      ALTER TABLE hr.act ALTER nip SET DEFAULT '198501012010011001';
      ALTER TABLE hr.act ADD n int GENERATED ALWAYS AS IDENTITY, ADD assignment text;
      CREATE TABLE hr.label (kind text PRIMARY KEY, told text);
      INSERT INTO hr.label SELECT k, k FROM unnest(ARRAY['mutasi', 'promosi', 'demosi', 'kenaikan pangkat', 'pensiun']) AS k;
      CREATE FUNCTION hr.keeps(n int) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT true $$;
      CREATE VIEW hr.base AS SELECT a.*, l.told FROM hr.act AS a LEFT JOIN hr.label AS l USING (kind) WHERE hr.keeps(n);
      GRANT USAGE ON SCHEMA hr TO freeze_auditor_read;
      DROP VIEW freeze_audit.personnel_action;
      \(Self.view(""));
      GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;
      """)
    next = 25
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date, decree_no)
      SELECT 'r' || g, 'mutasi', CASE g % 3 WHEN 0 THEN '2019-05-02' ELSE '2024-05-02' END::date, 'SK ' || g FROM generate_series(1, 25) AS g
      """)
    daemon = try bench.daemon(try clock.environment)
    try daemon.wait(for: "pass_completed")
  }

  private static func view(
    _ condition: String, kind: String = "COALESCE(told, kind)", date: String = "decree_date"
  )
    -> String
  {
    """
    CREATE OR REPLACE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, \(kind) AS kind, \(date) AS decree_date,
      effective_date, inaugurated_on, region AS region_code, nip, employee_name, post_to, 'SK ' || n AS decree_no, approval_no,
      approval_date, revokes, entered AS recorded_at, source_dates, assignment FROM hr.base \(condition)
    """
  }

  var figures: String {
    counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
  private func did(_ text: String) { counts[text, default: 0] += 1 }
  private func any<T>(_ list: [T], _ fallback: T) -> T { list.randomElement(using: &random) ?? fallback }
  /// Some act that is or was there.
  private var someone: Int { Int.random(in: 1...max(1, next), using: &random) }

  func step() throws {
    let before = try openAlerts().count
    let head = try bench.ledger("seq::text").count
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<4: try clerk()
      case 4..<7: try owner()
      case 7: try stranger()
      case 8: try machine()
      case 9: try restart()
      case 10: try acknowledge()
      default: try mend()
      }
    }
    try twoPasses()
    try examine(before, head)
  }

  // MARK: Who does what

  private func clerk() throws {
    switch Int.random(in: 0..<7, using: &random) {
    case 0..<2:
      next += 1
      // Ids that look alike, stand twice or are none.
      let id = any(
        ["'r\(next)'", "'r1'", "' r1'", "'''r1'", "'R1 '", "NULL", "''", "'caf\u{E9}'", "'cafe\u{301}'"],
        "'r1'")
      let day = any(["2024-05-02", "2024-09-22", "2019-05-02"], "2024-05-02")
      try bench.run("INSERT INTO hr.act (id, kind, decree_date) VALUES (\(id), 'mutasi', '\(day)')")
      did("inserts")
    case 2:
      try bench.run(
        "UPDATE hr.act SET decree_date = '\(any(["2019-01-02", "2024-06-06"], "2019-01-02"))' WHERE n = \(someone)"
      )
      did("dates moved")
    case 3:
      try bench.run(
        "UPDATE hr.act SET kind = '\(any(["kenaikan pangkat", "mutasi"], "mutasi"))' WHERE n = \(someone)")
      did("relabelled")
    case 4:
      try bench.run(
        "UPDATE hr.act SET id = '\(any(["r1", " r1", "x\(someone)"], "r1"))' WHERE n = \(someone)")
      did("renamed")
    case 5:
      try bench.run("DELETE FROM hr.act WHERE n = \(someone)")
      did("deleted")
    default:
      try bench.run("UPDATE hr.act SET revokes = '\(any(["r1", "SK 1", "x"], "x"))' WHERE n = \(someone)")
      did("revoked")
    }
  }

  /// What the owner of the HR database changes at a stroke.
  private func owner() throws {
    let everything: [(name: String, sql: String)] = [
      ("view hides one", Self.view("WHERE n <> \(someone)")),
      ("view hides half", Self.view("WHERE n % 2 = 0")),
      ("view moves dates", Self.view("", date: "decree_date - 3000")),
      ("view relabels", Self.view("", kind: "'kenaikan pangkat'::text")),
      (
        "function hides one",
        "CREATE OR REPLACE FUNCTION hr.keeps(n int) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT n <> \(someone) $$"
      ),
      (
        "view below hides",
        "CREATE OR REPLACE VIEW hr.base AS SELECT a.*, l.told FROM hr.act AS a LEFT JOIN hr.label AS l "
          + "USING (kind) WHERE hr.keeps(n) AND n > \(someone)"
      ),
      ("labels relabelled", "UPDATE hr.label SET told = 'kenaikan pangkat' WHERE kind = 'mutasi'"),
      (
        "row security",
        "ALTER TABLE hr.act ENABLE ROW LEVEL SECURITY; ALTER TABLE hr.act FORCE ROW LEVEL SECURITY"
      ),
      ("right taken", "REVOKE SELECT ON freeze_audit.personnel_action FROM freeze_auditor_read"),
      (
        "annexes for all",
        "INSERT INTO freeze_audit.approval (letter_no, letter_date, nip) VALUES ('9', '2024-01-02', '198501012010011001')"
      ),
    ]
    let change = any(everything, everything[0])
    try bench.run(change.sql)
    hidden.insert(change.name)
    did(change.name)
  }

  /// A role that may connect and nothing else.
  private func stranger() throws {
    let payload = any(["", "[\"r\(someone)\", \" r1\"]", "[]", "x", "[\"nowhere\"]"], "")
    try bench.run("NOTIFY freeze_audit_changed, '\(payload)'")
    did("notified")
  }

  private func machine() throws {
    let days = any([0, 1, -1, 2, -2, 400, -20_000], 0)
    try clock.move(days * 86_400 / 2)
    clockIsWrong = abs(days) > 2
    did("clock moved")
  }

  private func restart() throws {
    if Bool.random(using: &random) {
      #expect(daemon.stop().status == 0)
      did("restarts")
    } else {
      daemon.kill()
      did("kills")
    }
    past.append(daemon)
    daemon = try bench.daemon(try clock.environment)
    try daemon.wait(for: "lease_acquired")
  }

  private func acknowledge() throws {
    guard let id = try openAlerts().keys.sorted().randomElement(using: &random) else { return }
    _ = try bench.command(
      "alerts", "ack", id, "--author", "x", "--reason", "y", "--until", "2036-01-01", "--legal-basis", "z")
    did("acknowledged")
  }

  /// The source shows all again, and a person accepts what is refused: only then is that right.
  private func mend() throws {
    try bench.run(
      """
      CREATE OR REPLACE FUNCTION hr.keeps(n int) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT true $$;
      CREATE OR REPLACE VIEW hr.base AS SELECT a.*, l.told FROM hr.act AS a LEFT JOIN hr.label AS l USING (kind) WHERE hr.keeps(n);
      \(Self.view(""));
      UPDATE hr.label SET told = kind;
      ALTER TABLE hr.act NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE hr.act DISABLE ROW LEVEL SECURITY;
      GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;
      DELETE FROM freeze_audit.approval;
      """)
    try clock.move(0)
    (hidden, clockIsWrong) = ([], false)
    try twoPasses()
    if try health() == "blind" {
      #expect([0, 64].contains(try bench.accept().status))
      did("accepted")
    }
    did("mended")
  }

  // MARK: The oracle

  private func health() throws -> String? {
    try bench.database.value("SELECT state FROM freeze_audit.source_health")
  }

  /// Two, so that the second began after whatever was done.
  private func twoPasses() throws {
    for _ in 0..<2 {
      let passed = try lastPass()
      daemon.send(SIGUSR1)
      _ = try eventually("a pass (\(figures))") { try lastPass() == passed ? nil : true }
    }
  }

  private func lastPass() throws -> String? {
    try bench.database.value(
      "SELECT max(last_pass_at) FROM freeze_audit.source_health WHERE source = 'simpeg'")
  }

  /// The open alerts of the ledger and the decree of each, read with SQL alone.
  private func openAlerts() throws -> [String: String] {
    let text = try bench.database.value(
      """
      SELECT string_agg(alert_id || ' ' || decree, E'\\n') FROM (
        SELECT DISTINCT ON (alert_id) alert_id, event,
          (SELECT f.body::json -> 'facts' ->> 'decree_no' FROM freeze_audit.alert_event AS f WHERE f.alert_id = e.alert_id
            AND f.event IN ('raised', 'amended', 'reraised') ORDER BY f.seq DESC LIMIT 1) AS decree
        FROM freeze_audit.alert_event AS e WHERE event IN ('raised', 'amended', 'reraised', 'cleared', 'withdrawn')
        ORDER BY alert_id, seq DESC) AS last WHERE event IN ('raised', 'amended', 'reraised')
      """)
    var open: [String: String] = [:]
    for line in (text ?? "").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      if parts.count == 2 { open[parts[0]] = parts[1] }
    }
    return open
  }

  /// What the table itself says is inside, whatever the views show.
  private func inside() throws -> Set<String> {
    let text = try bench.database.value(
      """
      SELECT string_agg('SK ' || n, ',') FROM hr.act
      WHERE kind IN ('mutasi', 'promosi', 'demosi') AND decree_date BETWEEN '2024-03-22' AND '2024-09-22'
      """)
    return Set((text ?? "").split(separator: ",").map(String.init))
  }

  private func examine(_ before: Int, _ head: Int) throws {
    let isBlind = try health() == "blind"
    if !isBlind {
      let open = Set(try openAlerts().values)
      let missing = try inside().subtracting(open)
      #expect(
        missing.isEmpty,
        "inside, without an alert, and nobody is blind: \(missing.sorted()); \(hidden); \(figures)")
    }
    // A wrong clock may also be the one of nobody: a day and a half is never more than the tolerance by itself.
    did(isBlind ? "blind ends" : "good ends")
    if clockIsWrong { #expect(isBlind, "a wrong clock judges") }
    let closed = try bench.ledger("event").dropFirst(head).filter { ["cleared", "withdrawn"].contains($0) }
      .count
    // Two passes, each of which may close a fifth, or one.
    #expect(
      closed <= max(2, before * 2 / 5 + 1) || before == 0, "\(closed) of \(before) closed at once: \(hidden)")
  }

  func finish() throws {
    try mend()
    try twoPasses()
    try twoPasses()
    #expect(try health() == "evaluated")
    try examine(try openAlerts().count, try bench.ledger("seq::text").count)
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }
}
