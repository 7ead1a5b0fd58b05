import Foundation
import FreezeRules
import Postgres
import Synchronization
import SystemLog

/// Runs readings on threads of their own and keeps their results until the main thread takes them.
final class PassBoard: Sendable {
  /// One reading that is over.
  struct Finished: Sendable {
    let source: String
    /// Only records the source had named were read.
    let isGlance: Bool
    /// Of the state it was compared with.
    let generation: Int
    let result: Result<PassResult, any Error>
    let began: Duration
  }

  private struct Board {
    var finished: [Finished] = []
    /// When each running reading last moved.
    var running: [String: Duration] = [:]
    /// What ends the readings of a source: one for all of them, since a session kept between two goes on watching it.
    var interrupts: [String: Interrupt] = [:]

    mutating func begin(_ source: String, now: Duration) throws(PostgresError) -> Interrupt {
      let interrupt = if let known = interrupts[source] { known } else { try Interrupt() }
      interrupt.reset()
      interrupts[source] = interrupt
      running[source] = now
      return interrupt
    }
  }

  private let board = Mutex(Board())
  private let wake: Interrupt

  /// - Parameter wake: triggered when a reading is over.
  init(wake: Interrupt) { self.wake = wake }

  /// Readings under way.
  var count: Int { board.withLock { $0.running.count } }

  /// Whether a reading has not moved for longer than its deadlines allow: then the watchdog must not be fed.
  func isStuck(now: Duration) -> Bool {
    let limit = Deadlines().answer + .seconds(20)
    return board.withLock { $0.running.values.contains { now - $0 > limit } }
  }

  /// Starts a reading.
  func start(_ job: PassJob, generation: Int) {
    let name = job.source.name
    let isGlance = job.named != nil
    let began = MachineClock.sinceBoot
    let interrupt: Interrupt
    do throws(PostgresError) {
      interrupt = try board.withLock { board throws(PostgresError) in try board.begin(name, now: began) }
    } catch {
      return finish(
        Finished(
          source: name, isGlance: isGlance, generation: generation, result: .failure(error), began: began))
    }
    Thread.detachNewThread { [self] in
      let result = Result {
        try job.run(interrupt: interrupt) {
          self.board.withLock { $0.running[name] = MachineClock.sinceBoot }
        }
      }
      finish(
        Finished(
          source: name, isGlance: isGlance, generation: generation, result: result, began: began))
    }
  }

  private func finish(_ finished: Finished) {
    board.withLock {
      $0.running[finished.source] = nil
      $0.finished.append(finished)
    }
    wake.trigger()
  }

  /// Ends the reading of a source.
  func interrupt(_ source: String) { board.withLock { $0.interrupts[source]?.trigger() } }

  /// Ends every reading.
  func interruptAll() {
    board.withLock { board in
      for interrupt in board.interrupts.values { interrupt.trigger() }
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
