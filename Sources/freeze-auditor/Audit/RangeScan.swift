import Foundation
import FreezeRules
import Synchronization

/// One range of a view, read and judged on a thread of its own while others read theirs. What it finds waits, at most
/// ``capacity`` batches of it, until the one who writes the report takes it, so that memory stays bounded and the order
/// is that of the ranges.
final class RangeScan: Sendable {
  typealias Judged = RecordJudge.Judged

  private enum Batch: Sendable {
    case found([Judged])
    case end(Result<[Outcome: Int], any Error>)
  }

  private struct Cancelled: Error {}

  private static let capacity = 64
  private static let batchSize = 128

  private let batches = Mutex<[Batch]>([])
  private let isCancelled = Atomic<Bool>(false)
  private let free = DispatchSemaphore(value: RangeScan.capacity)
  private let filled = DispatchSemaphore(value: 0)

  /// Starts it.
  /// - Parameter body: gives each judgement, and returns how many records it did not fetch, by outcome.
  init(_ body: @escaping @Sendable ((Judged) throws -> Void) throws -> [Outcome: Int]) {
    Thread.detachNewThread { [self] in
      var batch: [Judged] = []
      let end = Result {
        let rest = try body { judged in
          batch.append(judged)
          if batch.count == Self.batchSize {
            try put(.found(batch))
            batch.removeAll(keepingCapacity: true)
          }
        }
        try put(.found(batch))
        return rest
      }
      // Thrown only where nobody waits for the end any more.
      try? put(.end(end))
    }
  }

  /// Gives everything found, in order, and returns what the body returned once it is over.
  func each(_ give: (Judged) throws -> Void) throws -> [Outcome: Int] {
    while true {
      filled.wait()
      let batch = batches.withLock { $0.removeFirst() }
      free.signal()
      switch batch {
      case .found(let found): for judged in found { try give(judged) }
      case .end(let result): return try result.get()
      }
    }
  }

  /// Nothing more is wanted: it ends with its next batch.
  func cancel() {
    isCancelled.store(true, ordering: .relaxed)
    free.signal()
  }

  private func put(_ batch: Batch) throws {
    if !isCancelled.load(ordering: .relaxed) { free.wait() }
    if isCancelled.load(ordering: .relaxed) { throw Cancelled() }
    batches.withLock { $0.append(batch) }
    filled.signal()
  }
}
