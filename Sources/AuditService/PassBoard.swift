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
    /// Of the state it was compared with.
    let generation: Int
    let result: Result<PassResult, any Error>
    let began: Duration
  }

  private struct Board {
    var finished: [Finished] = []
    /// When each running reading last moved.
    var running: [String: Duration] = [:]
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
    let began = MachineClock.sinceBoot
    board.withLock { $0.running[name] = began }
    Thread.detachNewThread { [self] in
      let result = Result {
        try job.run { self.board.withLock { $0.running[name] = MachineClock.sinceBoot } }
      }
      board.withLock {
        $0.running[name] = nil
        $0.finished.append(Finished(source: name, generation: generation, result: result, began: began))
      }
      wake.trigger()
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
