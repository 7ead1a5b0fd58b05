import AuditBase
import Foundation
import Glibc
import Postgres
import Testing
import TestSupport

/// A database with ledger, a small HR table and its contract view; the real daemon runs against it.
final class Bench: Sendable {
  let database: ThrowawayDatabase
  let folder: URL

  /// The role of the daemon: what the documentation tells the DBA to make.
  static let role = "freeze_auditor"
  static let password = "rahasia sekali"

  init(cluster: ThrowawayCluster? = nil, encoding: String? = nil, installsLedger: Bool = true) throws {
    let cluster = try cluster ?? ThrowawayCluster.shared
    database = try cluster.createDatabase(prefix: "bench", encoding: encoding)
    folder = try temporaryFolder(prefix: "freeze-auditor-bench")
    if installsLedger {
      try Bench.install(database)
      try database.run(Bench.table)
    }
    try write()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Two test processes, or two tests, must not make the same role at once; inside one process this lock is enough.
  private static let lock = NSLock()

  static func install(_ database: ThrowawayDatabase) throws {
    lock.lock()
    defer { lock.unlock() }
    try database.psql(file: repositoryRoot.appendingPathComponent("sql/install.sql"))
    try database.run(
      """
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(role)') THEN
          CREATE ROLE \(role) LOGIN PASSWORD '\(password)' IN ROLE freeze_auditor_read, freeze_auditor_ledger;
        END IF;
      END $$
      """)
  }

  static let table = """
    CREATE SCHEMA hr;
    CREATE TABLE hr.act (
      id text, kind text, decree_date date, effective_date date, inaugurated_on date, nip text, employee_name text,
      post_to text, decree_no text, approval_no text, approval_date date, revokes text, region text,
      entered timestamptz DEFAULT now(), source_dates text);
    CREATE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, kind, decree_date, effective_date, inaugurated_on,
      region AS region_code, nip, employee_name, post_to, decree_no, approval_no, approval_date, revokes,
      entered AS recorded_at, source_dates FROM hr.act;
    GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;
    """

  // MARK: Configuration

  var configPath: String { folder.appendingPathComponent("config.yaml").path }

  /// Writes config.yaml.
  /// - Parameters:
  ///   - conninfo: of the source; the socket as the daemon's role by default.
  ///   - more: further lines.
  func write(conninfo: String? = nil, lease: Int = 2, interval: Int = 3600, _ more: String = "") throws {
    try file(
      "config.yaml",
      """
      region: "16.05"
      source: {conninfo: "\(conninfo ?? database.socketConninfo(user: Bench.role))"}
      poll: {interval: \(interval)}
      \(more.contains("ledger:") ? "" : "ledger: {lease: \(lease)}")
      \(more)

      """)
  }

  @discardableResult
  func file(_ name: String, _ text: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  // MARK: Records

  func run(_ sql: String) throws { try database.run(sql) }

  /// Acts of one day, ordinary in every other way.
  func insert(_ ids: [String], on day: String = "2024-05-02") throws {
    let rows = ids.map { "('\($0)', 'mutasi', '\(day)', 'SK \($0)')" }.joined(separator: ", ")
    try run("INSERT INTO hr.act (id, kind, decree_date, decree_no) VALUES \(rows)")
  }

  func insert(_ range: ClosedRange<Int>, on day: String = "2024-05-02") throws {
    try insert(range.map { "r\($0)" }, on: day)
  }

  // MARK: The program

  static var executable: String {
    get throws { try builtExecutable(named: "freeze-auditor").path }
  }

  /// Starts the daemon.
  func daemon(_ environment: [String: String] = [:], config: String? = nil) throws -> DaemonProcess {
    try DaemonProcess(
      RunningProcess(
        Bench.executable, ["run", "--config", config ?? configPath], environment: environment))
  }

  /// How many kB a process may grow by that should not grow. A sanitizer keeps what was freed, and records of its own.
  static func memorySlack(_ kilobytes: Int) -> Int {
    ProcessInfo.processInfo.environment["FREEZE_SANITIZER"] == nil ? kilobytes : 1 << 20
  }

  /// Runs a command to its end.
  func command(_ arguments: String..., environment: [String: String] = [:]) throws -> ProcessResult {
    try runProcess(
      Bench.executable, arguments + ["--config", configPath], environment: environment)
  }

  // MARK: The ledger

  /// `seq event alert-less-facts` of the ledger, one line an event.
  /// A person accepts what the last pass refused.
  @discardableResult
  func accept(_ source: String = "simpeg") throws -> ProcessResult {
    try command(
      "alerts", "accept", "--source", source, "--author", "Kabid", "--reason", "memang benar", "--lang", "en")
  }

  func ledger(_ columns: String = "event || ' ' || coalesce(action_id, '-')") throws -> [String] {
    let text = try database.value(
      "SELECT coalesce(string_agg(\(columns), E'\\n' ORDER BY seq), '') FROM freeze_audit.alert_event")
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// What must be true of every ledger, whatever happened.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try command("alerts", "verify", "--recompute", "--lang", "en")
    #expect(result.status == 0, "\(result.outputText)\(result.errorText)", sourceLocation: sourceLocation)
    let doubled = try database.value(
      """
      SELECT count(*) FROM (SELECT alert_id FROM freeze_audit.alert_event WHERE event = 'raised'
      GROUP BY alert_id HAVING count(*) > 1) AS twice
      """)
    #expect(doubled == "0", "an alert was raised twice", sourceLocation: sourceLocation)
  }
}

/// Waits until something is there. What is waited for is an event of another process (a line in a file, a row), of which
/// the kernel tells nobody; so it is looked at again after a moment, and never after a guessed time.
func eventually<T>(
  _ what: String, within seconds: Double = 60, sourceLocation: SourceLocation = #_sourceLocation,
  _ look: () throws -> T?
) throws -> T {
  let end = ContinuousClock.now + .milliseconds(Int(seconds * 1000))
  while true {
    if let found = try look() { return found }
    guard ContinuousClock.now < end else {
      throw TestSupportError("\(what) did not come within \(seconds) s (\(sourceLocation))")
    }
    _ = poll(nil, 0, 10)
  }
}

/// One entry of the log.
struct Entry: CustomStringConvertible {
  let fields: [String: String]
  subscript(field: String) -> String { fields[field] ?? "" }
  var event: String { self["FREEZE_EVENT"] }
  var seq: Int? { Int(self["FREEZE_SEQ"]) }
  var description: String { "\(event) \(self["FREEZE_ACTION_ID"]) [\(self["MESSAGE"].prefix(200))]" }
}

/// A running daemon and its log.
final class DaemonProcess: Sendable {
  let process: RunningProcess

  init(_ process: RunningProcess) { self.process = process }

  /// A test that fails half-way must not leave a daemon behind.
  deinit { process.send(SIGKILL) }

  var pid: pid_t { process.pid }
  func send(_ signal: Int32) { process.send(signal) }

  /// Every entry so far. A line that is not whole yet is left for later.
  var log: [Entry] {
    let bytes = process.outputSoFar
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    return bytes[...end].split(separator: UInt8(ascii: "\n")).map { line in
      let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return Entry(
        fields: (object ?? ["FREEZE_EVENT": "NOT JSON", "MESSAGE": "\(line)"]).mapValues { "\($0)" })
    }
  }

  func log(_ event: String) -> [Entry] { log.filter { $0.event == event } }

  /// Waits for the n-th entry of an event.
  @discardableResult
  func wait(
    for event: String, count: Int = 1, within seconds: Double = 60,
    sourceLocation: SourceLocation = #_sourceLocation, where isMeant: (Entry) -> Bool = { _ in true }
  ) throws -> Entry {
    do {
      return try eventually("\(event) #\(count)", within: seconds, sourceLocation: sourceLocation) {
        let found = log(event).filter(isMeant)
        return found.count >= count ? found[count - 1] : nil
      }
    } catch {
      throw TestSupportError("\(error)\nlog: \(log)\n\(String(decoding: process.errorsSoFar, as: UTF8.self))")
    }
  }

  /// Asks for a pass and waits for its end, evaluated or not.
  func pass(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let before = ends
    send(SIGUSR1)
    _ = try eventually("a pass", sourceLocation: sourceLocation) { ends > before ? true : nil }
  }

  private var ends: Int { log.count { $0.event == "pass_completed" || $0.event == "audit_blind" } }

  /// The alert events since some entry, as `event action_id`.
  func news(since: Int = 0) -> [String] {
    log.dropFirst(since).filter { $0.seq != nil }.map { "\($0.event) \($0["FREEZE_ACTION_ID"])" }
  }

  /// SIGTERM; how it ended and how long that took.
  @discardableResult
  func stop() -> (status: Int32, seconds: Double) {
    let began = ContinuousClock.now
    send(SIGTERM)
    let status = process.wait(timeout: 30).status
    return (status, (ContinuousClock.now - began) / .seconds(1))
  }

  /// Waits for its end by another hand.
  func end() -> Int32 { process.wait(timeout: 60).status }

  func kill() {
    send(SIGKILL)
    _ = process.wait(timeout: 30)
  }
}
