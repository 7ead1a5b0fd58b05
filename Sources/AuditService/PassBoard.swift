import AuditBase
import Foundation
import FreezeRules
import HRRecords
import Postgres
import Synchronization
import SystemLog

/// Runs readings on threads of their own and keeps their results until the main thread takes them.
final class PassBoard: Sendable {
  /// One reading that is over.
  struct Finished: Sendable {
    let id: Int
    let source: String
    /// Only records the source had named were read.
    let isGlance: Bool
    /// Of the state it was compared with.
    let generation: Int
    let result: Result<PassResult, any Error>
    let began: Duration
    /// It stood still and was given up.
    var isStuck = false
  }

  private struct Reading {
    let job: Pass
    let generation: Int
    let began: Duration
    /// When it last moved.
    var moved: Duration
    let interrupt: Interrupt
    /// Nobody waits for its end any more, though its thread still holds its place.
    var isGivenUp = false
  }

  private struct Board {
    var nextID = 1
    var finished: [Finished] = []
    var running: [Int: Reading] = [:]
    /// What ends the readings of a source: one for all of them, since a session kept between two goes on watching it.
    var interrupts: [String: Interrupt] = [:]

    mutating func begin(_ job: Pass, _ generation: Int, now: Duration) throws(PostgresError) -> (
      Int, Interrupt
    ) {
      let interrupt = if let known = interrupts[job.source.name] { known } else { try Interrupt() }
      interrupt.reset()
      interrupts[job.source.name] = interrupt
      defer { nextID += 1 }
      running[nextID] = Reading(
        job: job, generation: generation, began: now, moved: now, interrupt: interrupt)
      return (nextID, interrupt)
    }

    mutating func finish(_ id: Int, _ result: Result<PassResult, any Error>, isStuck: Bool = false) {
      guard let reading = running[id], !reading.isGivenUp else { return }
      finished.append(
        Finished(
          id: id, source: reading.job.source.name, isGlance: reading.job.named != nil,
          generation: reading.generation,
          result: result, began: reading.began, isStuck: isStuck))
    }
  }

  private let board = Mutex(Board())
  private let wake: Interrupt
  private let patience: Duration

  /// - Parameters:
  ///   - wake: triggered when a reading is over.
  ///   - patience: how long a reading may stand still: longer than any deadline of its own.
  init(wake: Interrupt, patience: Duration = Deadlines().answer + .seconds(20)) {
    self.wake = wake
    self.patience = patience
  }

  /// Threads that read, those given up among them.
  var threads: Int { board.withLock { $0.running.count } }

  /// Readings that may hold a session. One that was given up holds none: whatever waits for a server is ended by that.
  var sessions: Int { board.withLock { $0.running.values.count { !$0.isGivenUp } } }

  /// Whether a thread still reads a source, given up or not.
  func isReading(_ source: String) -> Bool {
    board.withLock { $0.running.values.contains { $0.job.source.name == source } }
  }

  /// Starts a reading.
  /// - Returns: what its end will be known by.
  func start(_ job: Pass, generation: Int) throws(PostgresError) -> Int {
    let (id, interrupt) = try board.withLock { board throws(PostgresError) in
      try board.begin(job, generation, now: MachineClock.sinceBoot)
    }
    Thread.detachNewThread { [self] in
      let result = Result {
        try job.run(interrupt: interrupt) {
          self.board.withLock { $0.running[id]?.moved = MachineClock.sinceBoot }
        }
      }
      board.withLock {
        $0.finish(id, result)
        $0.running[id] = nil
      }
      wake.trigger()
    }
    return id
  }

  /// Gives up the readings that have not moved for longer than any deadline allows (a file on a dead network share, a
  /// `connect_timeout` of an hour): they count as failed, and go on alone.
  func giveUpStuck(now: Duration) {
    let seconds = Int(patience / .seconds(1))
    board.withLock { board in
      for (id, reading) in board.running where !reading.isGivenUp && now - reading.moved > patience {
        reading.interrupt.trigger()
        board.finish(
          id,
          .failure(
            SourceError(
              .notEvaluated,
              Text(
                "\(reading.job.source.name): pembacaan tidak bergerak selama \(seconds) s dan ditinggalkan",
                "\(reading.job.source.name): the reading did not move for \(seconds) s and was given up"))
          ), isStuck: true)
        board.running[id]?.isGivenUp = true
      }
    }
  }

  /// Ends the reading of a source.
  func interrupt(_ source: String) { board.withLock { $0.interrupts[source]?.trigger() } }

  /// Ends the readings of sources that are no longer there.
  func keep(only sources: [String]) {
    board.withLock { board in
      for (name, interrupt) in board.interrupts where !sources.contains(name) {
        interrupt.trigger()
        board.interrupts[name] = nil
      }
    }
  }

  /// Ends every reading.
  func interruptAll() {
    board.withLock { board in
      for reading in board.running.values { reading.interrupt.trigger() }
    }
  }

  /// The readings over since the last call.
  func take() -> [Finished] {
    board.withLock { board in
      defer { board.finished.removeAll() }
      return board.finished
    }
  }
}
