import AuditBase
import Foundation
import Glibc
import Postgres
import Testing
import TestSupport

/// Faults at random, and at the end: every act inside alerted, none outside, one alert each, numbers gapless, chain whole,
/// everything told. `Tests/Campaign/run.sh SECONDS SEED` runs it for longer.
@Suite(.serialized) struct CampaignTests {
  /// SplitMix64: the same seed gives the same faults on every machine.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test func `Whatever happens, what is inside is alerted and told, once`() throws {
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["FREEZE_CAMPAIGN_SECONDS"].flatMap(Double.init) ?? 12
    let seed = environment["FREEZE_CAMPAIGN_SEED"].flatMap(UInt64.init) ?? 2024
    // What was committed must be there after an immediate restart: the schema itself, for one.
    let cluster = try ThrowawayCluster.start(settings: ["synchronous_commit": "on"])
    defer { cluster.remove() }
    let campaign = try Campaign(cluster, seed: seed)
    let end = ContinuousClock.now + .milliseconds(Int(seconds * 1000))
    while ContinuousClock.now < end { try campaign.step() }
    try campaign.finish()
    FileHandle.standardError.write(
      Data("campaign: seed \(seed), \(Int(seconds)) s, \(campaign.figures)\n".utf8))
  }

  @Test func `Memory after many passes is what it was early`() throws {
    let passes = ProcessInfo.processInfo.environment["FREEZE_CAMPAIGN_PASSES"].flatMap { Int($0) } ?? 60
    let bench = try Bench()
    try bench.run(
      "INSERT INTO hr.act (id, kind, decree_date) SELECT 'r' || n, 'mutasi', '2024-05-02' FROM generate_series(1, 200) AS n"
    )
    let daemon = try bench.daemon()
    var heard = 0
    func pass(_ number: Int) throws {
      if number > 1 { daemon.send(SIGUSR1) }
      heard += try eventually("pass \(number)") {
        let new = daemon.process.output(from: heard)
        return new.range(of: Data("\"pass_completed\"".utf8)).map { $0.upperBound - new.startIndex }
      }
    }
    let few = min(100, passes / 3)
    for number in 1...few { try pass(number) }
    let early = try daemon.residentKilobytes()
    for number in (few + 1)...passes { try pass(number) }
    let late = try daemon.residentKilobytes()
    FileHandle.standardError.write(
      Data("memory: \(early) kB after \(few) passes, \(late) kB after \(passes)\n".utf8))
    #expect(late < early + Bench.memorySlack(2048))
  }
}

extension DaemonProcess {
  func residentKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line.flatMap { Int($0.split(separator: " ").dropLast().last ?? "") } ?? 0
  }
}

/// The state of one campaign. Used from one thread.
private final class Campaign {
  private let cluster: ThrowawayCluster
  private let bench: Bench
  private let clock: WallClock
  private var random: CampaignTests.Generator
  private var daemons: [DaemonProcess] = []
  private var past: [DaemonProcess] = []
  private var frozen: Set<Int> = []
  private var isRevoked = false
  private var isRenamed = false
  private var late: Connection?
  private var prepared = 0
  private var next = 0
  private var counts: [String: Int] = [:]

  init(_ cluster: ThrowawayCluster, seed: UInt64) throws {
    self.cluster = cluster
    random = CampaignTests.Generator(state: seed)
    bench = try Bench(cluster: cluster)
    clock = try WallClock(in: bench.folder)
    try bench.file(
      "config.yaml",
      """
      region: "16.05"
      source: {conninfo: "\(bench.database.socketConninfo(user: Bench.role))"}
      poll: {interval: 1, max_loss: 100}
      ledger: {lease: 6}
      """)
    // A source without a single record would be suspicious from the start.
    try bench.insert(["stays"], on: "2023-01-01")
    try bench.run("CREATE INDEX ON hr.act (id)")
    daemons = try (0..<2).map { _ in try daemon() }
    _ = try eventually("the first pass") {
      daemons.contains { !$0.log("pass_completed").isEmpty } ? true : nil
    }
  }

  var figures: String {
    counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  private func daemon(_ environment: [String: String] = [:]) throws -> DaemonProcess {
    try bench.daemon(try clock.environment.merging(environment) { $1 })
  }

  private func chance(_ text: String) { counts[text, default: 0] += 1 }

  /// A day inside, outside, on the edge, or none.
  private func anyDay() -> String {
    [
      "'2024-05-02'", "'2024-03-22'", "'2024-03-21'", "'2024-09-22'", "'2015-06-01'", "'2023-01-05'", "NULL",
      "'infinity'",
    ]
    .randomElement(using: &random) ?? "NULL"
  }

  /// Runs SQL on a server that may be on its way down or up.
  private func run(_ sql: String) {
    do { try bench.run(sql) } catch { chance("statements lost in a restart") }
  }

  func step() throws {
    let id = "r\(Int.random(in: 0...max(1, next), using: &random))"
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<30:
      next += 1
      run("INSERT INTO hr.act (id, kind, decree_date) VALUES ('r\(next)', 'mutasi', \(anyDay()))")
      chance("inserts")
    case 30..<45:
      run("UPDATE hr.act SET decree_date = \(anyDay()) WHERE id = '\(id)'")
      chance("edits")
    case 45..<52:
      run("DELETE FROM hr.act WHERE id = '\(id)'")
      chance("deletes")
    case 52..<57: lateCommit()
    case 57..<60:
      prepared += 1
      next += 1
      run(
        "BEGIN; INSERT INTO hr.act (id, kind, decree_date) VALUES ('r\(next)', 'mutasi', '2024-06-06'); PREPARE TRANSACTION 'p\(prepared)'"
      )
      chance("prepared transactions")
    case 60..<75: try kill()
    case 75..<80: freezeOrThaw()
    case 80..<85:
      run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '\(Bench.role)' AND pid <> pg_backend_pid()"
      )
      chance("sessions terminated")
    case 85..<89:
      isRevoked.toggle()
      run(
        isRevoked
          ? "REVOKE SELECT ON freeze_audit.personnel_action FROM freeze_auditor_read"
          : "GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read")
      chance("privileges switched")
    case 89..<92:
      isRenamed.toggle()
      run(
        "ALTER VIEW freeze_audit.personnel_action RENAME COLUMN \(isRenamed ? "decree_date TO tgl" : "tgl TO decree_date")"
      )
      chance("columns renamed")
    case 92..<94:
      late = nil
      try cluster.restart([.immediate, .fast].randomElement(using: &random) ?? .fast)
      chance("server restarts")
    case 94..<96:
      try clock.move(Int.random(in: -86_400...86_400, using: &random))
      chance("jumps of the wall clock")
    default:
      daemons.randomElement(using: &random)?.send(SIGUSR1)
      chance("passes asked for")
    }
    // Not waiting for anything to happen: the pace of the faults.
    _ = poll(nil, 0, Int32.random(in: 0...60, using: &random))
  }

  /// A writer that holds its transaction open over passes, then commits what they could not see.
  private func lateCommit() {
    do {
      if var writer = late.take() {
        try writer.commit()
        chance("late commits")
      } else {
        var writer = try bench.database.connect()
        try writer.begin(.readWrite)
        next += 1
        try writer.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        try writer.execute(
          "INSERT INTO hr.act (id, kind, decree_date) VALUES ('r\(next)', 'mutasi', '2024-07-07')")
        late = consume writer
      }
    } catch { chance("statements lost in a restart") }
  }

  /// kill -9 at a random moment, and a new daemon in its place; some of those kill themselves at a named point.
  private func kill() throws {
    let index = Int.random(in: 0..<2, using: &random)
    daemons[index].kill()
    past.append(daemons[index])
    frozen.remove(index)
    chance("kills")
    let points = ["after-read", "after-append", "after-log", "after-mark"]
    if Bool.random(using: &random), let point = points.randomElement(using: &random) {
      let doomed = try daemon(["FREEZE_FAILPOINT": point])
      past.append(doomed)
      doomed.send(SIGUSR1)
      _ = poll(nil, 0, 300)
      doomed.kill()
      chance("kills at \(point)")
    }
    daemons[index] = try daemon()
  }

  private func freezeOrThaw() {
    let index = Int.random(in: 0..<2, using: &random)
    if frozen.remove(index) != nil {
      daemons[index].send(SIGCONT)
    } else {
      frozen.insert(index)
      daemons[index].send(SIGSTOP)
      chance("freezes")
    }
  }

  /// Mends everything, waits for the last word, and examines what was left behind.
  func finish() throws {
    for daemon in daemons { daemon.send(SIGCONT) }
    if var writer = late.take() { try? writer.commit() }
    for number in 1...max(1, prepared) { try? bench.run("COMMIT PREPARED 'p\(number)'") }
    try? bench.run("ALTER VIEW freeze_audit.personnel_action RENAME COLUMN tgl TO decree_date")
    try bench.run(
      "GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read; CREATE TABLE hr.mended AS SELECT now() AS at"
    )
    _ = try eventually("a good pass after the mending", within: 120) {
      try bench.database.value(
        "SELECT 1 FROM freeze_audit.source_health, hr.mended WHERE state = 'evaluated' AND last_good_at > at + interval '3 seconds'"
      )
    }
    for daemon in daemons {
      #expect(daemon.stop().status == 0)
      past.append(daemon)
    }
    try bench.expectSound()

    let inside = try bench.database.value(
      "SELECT coalesce(string_agg(DISTINCT id, ' ' ORDER BY id), '') FROM hr.act WHERE decree_date BETWEEN '2024-03-22' AND '2024-09-22'"
    )
    let open = try bench.database.value(
      """
      SELECT coalesce(string_agg(action_id, ' ' ORDER BY action_id), '') FROM (
        SELECT DISTINCT ON (alert_id) action_id, event FROM freeze_audit.alert_event
        WHERE event IN ('raised', 'amended', 'reraised', 'cleared', 'withdrawn') ORDER BY alert_id, seq DESC) AS last
      WHERE event NOT IN ('cleared', 'withdrawn')
      """)
    let history = try bench.ledger(
      "seq || ' ' || event || ' ' || coalesce(action_id, '') || ' ' || left(reason, 60)")
    #expect(open == inside, "\(history.joined(separator: "\n"))")

    // Every event of the ledger was told at least once, always in the same words.
    var told: [Int: Set<String>] = [:]
    for daemon in past {
      for entry in daemon.log {
        guard let seq = entry.seq else { continue }
        told[seq, default: []].insert("\(entry.event) \(entry["FREEZE_ALERT_ID"])")
      }
    }
    let written = try bench.ledger("event || ' ' || coalesce(alert_id, '')")
    #expect(told.keys.sorted() == Array(1...max(1, written.count)))
    for (index, event) in written.enumerated() {
      #expect(told[index + 1] == [event], "seq \(index + 1)")
    }
    #expect(past.allSatisfy { $0.log("NOT JSON").isEmpty })
    counts["events"] = written.count
    counts["alerts"] = Int(
      try bench.database.value("SELECT count(DISTINCT alert_id) FROM freeze_audit.alert_event") ?? "")
  }
}
