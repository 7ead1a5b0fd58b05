import Foundation
import Glibc
import Postgres
import Testing
import TestSupport

/// A long life in a short time: the real daemon on a wall clock that the test moves, five minutes a pass. `Tests/Campaign/soak.sh HOURS` makes it
/// longer.
@Suite struct SoakTests {
  private static func calendar(_ determination: String) -> String {
    """
    complete_through: [{date: 2199-12-31, instrument: "kalender uji", known_from: 2000-01-01}]
    verified_on: 2026-01-01
    elections:
      - id: pilkada-2024
        regions: [all]
        determination:
          - {date: \(determination), instrument: "PKPU uji", known_from: 2024-01-26}

    """
  }

  /// What a process of ours holds on to.
  private struct Holdings {
    let kilobytes: Int
    let files: Int
    let threads: Int

    init(_ daemon: DaemonProcess, _ bench: Bench) throws {
      // Between two passes: the session of a reading is gone, that of the ledger stays.
      _ = try eventually("one session") {
        try bench.database.value(
          """
          SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = '\(Bench.role)' HAVING count(*) = 1
          """)
      }
      kilobytes = try daemon.residentKilobytes()
      files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.pid)/fd").count
      threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.pid)/task").count
    }
  }

  @Test
  func `Hours of passes, imports of 652 people and moved schedules leave nothing behind but their events`()
    throws
  {
    let hours = ProcessInfo.processInfo.environment["FREEZE_SOAK_HOURS"].flatMap { Int($0) } ?? 8
    let bench = try Bench()
    try bench.file("calendar.yaml", Self.calendar("2024-09-22"))
    try bench.write("calendar: calendar.yaml")
    try bench.run(
      "INSERT INTO hr.act (id, kind, decree_date) SELECT 'old' || n, 'mutasi', '2019-05-02' FROM generate_series(1, 5000) AS n"
    )
    let clock = try WallClock(in: bench.folder)
    let daemon = try bench.daemon(
      try clock.environment.merging(["FREEZE_AUDITOR_POLL_MAX_LOSS": "100"]) { $1 })
    try daemon.wait(for: "pass_completed")

    let passes = hours * 12
    var number = 1
    var expected = 0
    var isInside = true
    var people = 0
    var isCorrected = false
    var early: Holdings?
    while number < passes {
      try clock.move(number * 300)
      switch number % 36 {
      case 3 where number < 36, 15 where number < 36:
        // One decree for 652 people; all are inside by the first determination, none by the other.
        try bench.run(
          """
          INSERT INTO hr.act (id, kind, decree_date, decree_no, nip, employee_name) SELECT 'i\(number)-' || n, 'mutasi',
            '2024-05-02', 'SK \(number)', lpad((\(number)::bigint * 1000 + n)::text, 18, '19850101201001'), 'Orang ' || n
          FROM generate_series(1, 652) AS n
          """)
        people += 652
        if isInside { expected += 652 }
      case 15:
        // The decree is imported again, as outside the window; next time as it was.
        isCorrected.toggle()
        try bench.run(
          "UPDATE hr.act SET decree_date = '\(isCorrected ? "2019-05-02" : "2024-05-02")' WHERE decree_no = 'SK 3'"
        )
        people += isCorrected ? -652 : 652
        expected += 652
      case 6, 9:
        isInside.toggle()
        try bench.file("calendar.yaml", Self.calendar(isInside ? "2024-09-22" : "2025-01-22"))
        daemon.send(SIGHUP)
        // All open ones are cleared, or raised again.
        expected += people
      case 23:
        // One vanishes, and another comes.
        try bench.run("UPDATE hr.act SET id = 'again \(number)' WHERE id = 'i15-\(1 + number / 36)'")
        expected += 2
      default: break
      }
      let before = try bench.database.value("SELECT last_good_at FROM freeze_audit.source_health")
      daemon.send(SIGUSR1)
      _ = try eventually("pass \(number)") {
        try bench.database.value(
          """
          SELECT 1 FROM freeze_audit.source_health WHERE last_good_at <> '\(before ?? "")'
          AND (SELECT coalesce(max(seq), 0) FROM freeze_audit.alert_event) = \(expected)
          """)
      }
      number += 1
      // By then nobody new comes; at the end as many are under alert as now.
      if number == 50 { early = try Holdings(daemon, bench) }
    }
    let late = try Holdings(daemon, bench)
    let first = try #require(early)
    // One may be open for a moment just then; what leaks stays.
    _ = try eventually("no more open files than after 4 h") {
      try Holdings(daemon, bench).files <= first.files ? true : nil
    }
    #expect(daemon.stop().status == 0)
    let events = try #require(
      try bench.database.value("SELECT count(*) || ' ' || max(seq) FROM freeze_audit.alert_event"))
    FileHandle.standardError.write(
      Data(
        """
        soak: \(passes) passes of \(hours) h; after 4 h and at the end: \(first.kilobytes) and \(late.kilobytes) kB, \
        \(first.files) and \(late.files) files, \(first.threads) and \(late.threads) threads; \
        events and last number: \(events), expected \(expected)\n
        """.utf8))
    #expect(events == "\(expected) \(expected)")
    // Beside the daemon's own, those that help with a large import linger for some seconds.
    #expect(late.threads <= first.threads + ProcessInfo.processInfo.processorCount)
    // What is kept of each record grows by doubling: over 24 h as much as over 8.
    #expect(late.kilobytes < first.kilobytes + Bench.memorySlack(8192))
    try bench.expectSound()
  }
}
