import AlertLedger
import Foundation
import FreezeRules
import Glibc
import HRRecords
import Postgres
import RuleFiles
import SystemLog
import Testing
import TestSupport

@testable import AuditService

/// Scans on threads of their own.
@Suite struct ScanPoolTests {
  @Test(arguments: [
    (patience: Duration.zero, longest: Duration.seconds(900), words: "did not move"),
    (.seconds(900), .zero, "had not ended"),
  ])
  func `A scan that stands still counts as failed, holds no place, and is not begun again before its end`(
    _ limit: (patience: Duration, longest: Duration, words: String)
  ) throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    // A list of annexes on a share that does not answer: nothing ends the wait for it.
    let pipe = folder.appendingPathComponent("approvals.csv").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let config = folder.appendingPathComponent("config.yaml")
    try "source: {name: still, conninfo: \"host=/nirgends\"}\napprovals: approvals.csv\n".write(
      to: config, atomically: true, encoding: .utf8)
    let configuration = try Configuration(path: config.path, environment: [:])
    let today = try #require(CivilDate(iso: "2026-03-02"))
    let pass = Pass(
      source: configuration.sources[0],
      order: SourceState.Order(knownOn: today, today: today, named: nil, checksPrivileges: false),
      table: try RuleSet(rulesPath: nil, calendarPath: nil).windows(declared: [], knownOn: today),
      ledger: Pass.Ledger(state: LedgerState(), lastShape: nil, lastExtent: nil, clocks: (0, 0)),
      limits: Pass.Limits(alertSince: nil, maximumLoss: 20, remembered: 0, longest: limit.longest),
      sessions: Pass.Sessions(password: nil, listener: nil, kept: nil), memory: KeptMemory())
    let pool = ScanPool(wake: try Interrupt(), patience: limit.patience)
    let id = try pool.start(pass, generation: 1)
    let finished = try eventually("it is given up") {
      pool.giveUpStuck(now: MachineClock.sinceBoot + .seconds(1))
      return pool.take().first
    }
    #expect(finished.id == id && finished.source == "still" && finished.isStuck)
    guard case .failure(let failure) = finished.result else { return #expect(Bool(false), "evaluated") }
    #expect(failure.message.english.contains(limit.words), "\(failure.message)")
    #expect(pool.threads == 1 && pool.sessions == 0 && pool.isScanning("still"))
    pool.giveUpStuck(now: MachineClock.sinceBoot + .seconds(100))
    #expect(pool.take().isEmpty, "said once")
    // The share answers: nobody waits for what it says any more.
    let writer = open(pipe, O_WRONLY)
    close(writer)
    _ = try eventually("its thread ends") { pool.isScanning("still") ? nil : true }
    #expect(pool.threads == 0 && pool.take().isEmpty)
  }
}
