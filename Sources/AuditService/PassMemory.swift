import AlertLedger
import FreezeRules

/// What the last pass made of each record it fetched, by the record's very bytes: judging is a function of these and of
/// ``Context``, so a pass over mostly unchanged records need not judge them again. Every record is still read.
struct PassMemory: Sendable {
  /// All that a judgement depends on besides the record.
  struct Context: Sendable, Equatable {
    let knownOn: CivilDate
    let rulebookHash: String
    let calendarHash: String
    let source: SourceSettings
    /// Columns and types of the view.
    let signature: String
    let approvals: [ApprovalLine]?
  }

  /// A judgement and what the ledger compares of it.
  struct Known: Sendable {
    let judgement: Judgement
    let findings: [Finding]
  }

  /// Some 3 kB each; records beyond are judged anew each time.
  private static let capacity = 20_000

  private let context: Context
  private var known: [[UInt8]: Known] = [:]

  init(_ context: Context) { self.context = context }

  func holds(_ context: Context) -> Bool { self.context == context }

  subscript(record: [UInt8]) -> Known? { known[record] }

  mutating func keep(_ record: [UInt8], _ made: Known) {
    if known.count < Self.capacity { known[record] = made }
  }
}
