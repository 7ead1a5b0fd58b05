import AlertLedger
import SystemLog

/// When a pass hands over what it found so far.
struct Wave {
  /// So long a finding waits for others: most passes are over by then, and their alerts come as one.
  private static let patience: Duration = .milliseconds(150)
  /// So many are not kept waiting.
  private static let most = 4000

  private let raise: (PassResult) throws -> Void
  private var since: Duration?

  init(_ raise: @escaping (PassResult) throws -> Void) { self.raise = raise }

  /// Called after each record.
  mutating func offer(_ found: inout Reconciliation, _ soFar: (inout PassResult) -> Void) throws {
    guard found.freshCount > 0 else { return }
    let now = MachineClock.sinceBoot
    guard let since else { return self.since = now }
    guard now - since >= Self.patience || found.freshCount >= Self.most else { return }
    var result = PassResult()
    soFar(&result)
    result.events = found.drawFresh()
    self.since = nil
    if !result.events.isEmpty { try raise(result) }
  }
}
