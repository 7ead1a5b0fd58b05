import Dispatch
import Foundation
import Synchronization

/// The results of `body` for every item, in their order, worked out on all cores; a short list is worked out here and now.
package func parallelMap<Item: Sendable, Made: Sendable>(
  _ items: [Item], _ body: @Sendable (Item) -> Made
) -> [Made] {
  let cores = min(ProcessInfo.processInfo.activeProcessorCount, items.count / 64)
  guard cores > 1 else { return items.map(body) }
  let parts = Mutex([[Made]](repeating: [], count: cores))
  DispatchQueue.concurrentPerform(iterations: cores) { part in
    let made = items[(items.count * part / cores)..<(items.count * (part + 1) / cores)].map(body)
    parts.withLock { $0[part] = made }
  }
  return parts.withLock { Array($0.joined()) }
}
