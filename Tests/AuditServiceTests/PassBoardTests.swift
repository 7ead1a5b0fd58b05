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

/// Readings on threads of their own.
@Suite struct PassBoardTests {
  @Test
  func `A reading that stands still counts as failed, holds no place, and is not begun again before its end`()
    throws
  {
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
    let job = Pass(
      source: configuration.sources[0], password: nil,
      table: try RuleSet(rulesPath: nil, calendarPath: nil).windows(declared: [], knownOn: today),
      state: LedgerState(), alertSince: nil, maximumLoss: 20, lastShape: nil, acceptsChange: false,
      checksPrivileges: false, memory: nil, memoryCapacity: 0, listener: nil, kept: nil, named: nil)
    let board = PassBoard(wake: try Interrupt(), patience: .zero)
    let id = try board.start(job, generation: 1)
    let finished = try eventually("it is given up") {
      board.giveUpStuck(now: MachineClock.sinceBoot + .seconds(1))
      return board.take().first
    }
    #expect(finished.id == id && finished.source == "still" && finished.isStuck)
    #expect(throws: SourceError.self) { try finished.result.get() }
    #expect(board.threads == 1 && board.sessions == 0 && board.isReading("still"))
    board.giveUpStuck(now: MachineClock.sinceBoot + .seconds(100))
    #expect(board.take().isEmpty, "said once")
    // The share answers: nobody waits for what it says any more.
    let writer = open(pipe, O_WRONLY)
    close(writer)
    _ = try eventually("its thread ends") { board.isReading("still") ? nil : true }
    #expect(board.threads == 0 && board.take().isEmpty)
  }
}
