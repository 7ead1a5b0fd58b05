import AlertLedger
import Dispatch
import Postgres
import Synchronization
import SystemLog

/// Alerts of a scan that is still under way: the main thread writes them while the scan goes on, so that the first alert of a
/// wave does not wait for its last record, nor all of them lie in memory.
final class Piece: Sendable {
  /// The scan.
  let scan: Int
  /// Its source.
  let source: String
  /// Of the state it was compared with.
  let generation: Int
  /// What the scan found so far; its events are new alerts only.
  let result: PassResult

  private let failure = Mutex<SourceState.Failure?>(nil)
  private let isOver = DispatchSemaphore(value: 0)

  init(scan: Int, source: String, generation: Int, _ result: PassResult) {
    (self.scan, self.source, self.generation, self.result) = (scan, source, generation, result)
  }

  /// They were written, or not.
  func end(_ failure: SourceState.Failure?) {
    self.failure.withLock { $0 = failure }
    isOver.signal()
  }

  /// Waits until they are written; what kept them from being so ends the scan.
  /// - Parameter progress: called each second.
  fileprivate func wait(_ interrupt: Interrupt, progress: () -> Void) throws {
    while isOver.wait(timeout: .now() + 1) == .timedOut {
      progress()
      if interrupt.isTriggered { throw SourceState.Failure.over }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}

/// The pieces of one scan on their way, one at a time: a scan that is faster than the ledger waits for it.
final class Handing: Sendable {
  private let last = Mutex<Piece?>(nil)
  private let interrupt: Interrupt
  private let progress: @Sendable () -> Void

  init(_ interrupt: Interrupt, progress: @escaping @Sendable () -> Void) {
    self.interrupt = interrupt
    self.progress = progress
  }

  /// The next piece, once the one before is written.
  func next(_ piece: Piece) throws {
    try settle()
    last.withLock { $0 = piece }
  }

  /// Waits for what is on its way.
  func settle() throws { try last.withLock { $0.take() }?.wait(interrupt, progress: progress) }
}

extension Daemon {
  /// Writes alerts of a scan under way, as long as the ledger is the one it was compared with.
  func raise(_ piece: Piece) -> SourceState.Failure? {
    let index = sources.firstIndex { $0.settings.name == piece.source }
    guard let index, sources[index].state.isScanning(piece.scan) else { return .over }
    do throws(LedgerError) {
      guard try writer.open(now: MachineClock.sinceBoot) == .writing, writer.generation == piece.generation
      else { return .over }
      try writer.append(piece.result.events, context(index, piece.result), meanwhile: voice.watchdog)
      try writer.emit()
      return nil
    } catch {
      writer.close()
      return SourceState.Failure(error)
    }
  }
}
