import AuditBase
import Foundation
import FreezeRules
import HRRecords
import Postgres
import Synchronization
import SystemLog

/// Runs scans on threads of their own and keeps their results until the main thread takes them.
final class ScanPool: Sendable {
  /// One scan that is over.
  struct Finished: Sendable {
    let id: Int
    let source: String
    /// Only records the source had named were read.
    let isPartial: Bool
    /// Of the state it was compared with.
    let generation: Int
    let result: Result<PassResult, SourceState.Failure>
    let began: Duration
    /// It stood still and was given up.
    var isStuck = false

    /// What it gave, where it was evaluated.
    var pass: PassResult? { if case .success(let pass) = result { pass } else { nil } }

    /// As far as the source's state needs to know.
    var scanned: SourceState.Scanned {
      SourceState.Scanned(
        id: id, isPartial: isPartial, generation: generation, isStuck: isStuck,
        result: result.map(\.counts.read))
    }
  }

  private struct Running {
    let pass: Pass
    let generation: Int
    let began: Duration
    /// When it last moved.
    var moved: Duration
    let interrupt: Interrupt
    /// Nobody waits for its end any more, though its thread still holds its place.
    var isGivenUp = false
  }

  private struct State {
    var nextID = 1
    var finished: [Finished] = []
    var pieces: [Piece] = []
    var running: [Int: Running] = [:]
    /// What ends the scans of a source: one for all of them, since a session kept between two goes on watching it.
    var interrupts: [String: Interrupt] = [:]

    mutating func begin(_ pass: Pass, _ generation: Int, now: Duration) throws(PostgresError) -> (
      Int, Interrupt
    ) {
      let interrupt = if let known = interrupts[pass.source.name] { known } else { try Interrupt() }
      interrupt.reset()
      interrupts[pass.source.name] = interrupt
      defer { nextID += 1 }
      running[nextID] = Running(
        pass: pass, generation: generation, began: now, moved: now, interrupt: interrupt)
      return (nextID, interrupt)
    }

    mutating func finish(_ id: Int, _ result: Result<PassResult, any Error>, isStuck: Bool = false) {
      guard let scan = running[id], !scan.isGivenUp else { return }
      finished.append(
        Finished(
          id: id, source: scan.pass.source.name, isPartial: scan.pass.order.named != nil,
          generation: scan.generation,
          result: result.mapError(SourceState.Failure.init), began: scan.began, isStuck: isStuck))
    }
  }

  private let state = Mutex(State())
  private let wake: Interrupt
  private let patience: Duration

  /// - Parameters:
  ///   - wake: triggered when a scan is over.
  ///   - patience: how long a scan may stand still: longer than any deadline of its own.
  init(wake: Interrupt, patience: Duration = Deadlines().answer + .seconds(20)) {
    self.wake = wake
    self.patience = patience
  }

  /// Threads that read, those given up among them.
  var threads: Int { state.withLock { $0.running.count } }

  /// Scans that may hold a session. One that was given up holds none: whatever waits for a server is ended by that.
  var sessions: Int { state.withLock { $0.running.values.count { !$0.isGivenUp } } }

  /// Whether a thread still reads a source, given up or not.
  func isScanning(_ source: String) -> Bool {
    state.withLock { $0.running.values.contains { $0.pass.source.name == source } }
  }

  /// Starts a scan.
  /// - Returns: what its end will be known by.
  func start(_ pass: Pass, generation: Int) throws(PostgresError) -> Int {
    let (id, interrupt) = try state.withLock { state throws(PostgresError) in
      try state.begin(pass, generation, now: MachineClock.sinceBoot)
    }
    Thread.detachNewThread { [self] in
      let move: @Sendable () -> Void = {
        self.state.withLock { $0.running[id]?.moved = MachineClock.sinceBoot }
      }
      let handing = Handing(interrupt, progress: move)
      let result = Result {
        let result = try pass.run(interrupt: interrupt, progress: move) {
          let piece = Piece(scan: id, source: pass.source.name, generation: generation, $0)
          try handing.next(piece)
          self.state.withLock { $0.pieces.append(piece) }
          self.wake.trigger()
        }
        try handing.settle()
        return result
      }
      state.withLock {
        $0.finish(id, result)
        $0.running[id] = nil
      }
      wake.trigger()
    }
    return id
  }

  /// Gives up the scans that have not moved for longer than any deadline allows (a file on a dead network share, a
  /// `connect_timeout` of an hour), and those that never end: they count as failed, and go on alone.
  func giveUpStuck(now: Duration) {
    state.withLock { state in
      for (id, scan) in state.running where !scan.isGivenUp {
        guard let why = why(scan, now) else { continue }
        scan.interrupt.trigger()
        let name = scan.pass.source.name
        state.finish(
          id,
          .failure(
            SourceError(.notEvaluated, Text("\(name): \(why.indonesian)", "\(name): \(why.english)"))),
          isStuck: true)
        state.running[id]?.isGivenUp = true
      }
    }
  }

  private func why(_ scan: Running, _ now: Duration) -> Text? {
    let (still, longest) = (Int(patience / .seconds(1)), Int(scan.pass.limits.longest / .seconds(1)))
    if now - scan.moved > patience {
      return Text(
        "pembacaan tidak bergerak selama \(still) s dan ditinggalkan",
        "the reading did not move for \(still) s and was given up")
    }
    if now - scan.began > scan.pass.limits.longest {
      return Text(
        "pembacaan belum selesai sesudah \(longest) s dan ditinggalkan; periksa view itu (apakah barisnya tidak ada habisnya?)",
        "the reading had not ended after \(longest) s and was given up; look at the view (are its rows without end?)"
      )
    }
    return nil
  }

  /// Ends the scan of a source.
  func interrupt(_ source: String) { state.withLock { $0.interrupts[source]?.trigger() } }

  /// Ends the scans of sources that are no longer there.
  func keep(only sources: [String]) {
    state.withLock { state in
      for (name, interrupt) in state.interrupts where !sources.contains(name) {
        interrupt.trigger()
        state.interrupts[name] = nil
      }
    }
  }

  /// Ends every scan.
  func interruptAll() {
    state.withLock { state in
      for scan in state.running.values { scan.interrupt.trigger() }
    }
  }

  /// What scans under way found since the last call.
  func takePieces() -> [Piece] {
    state.withLock { state in
      defer { state.pieces.removeAll() }
      return state.pieces
    }
  }

  /// The scans over since the last call.
  func take() -> [Finished] {
    state.withLock { state in
      defer { state.finished.removeAll() }
      return state.finished
    }
  }
}
