import AlertLedger
import FreezeRules
import Glibc
import HRRecords

/// What the last pass made of each record it fetched, by the record's very bytes: judging is a function of these and of
/// ``Context``, so a pass over mostly unchanged records need not judge them again. Every record is still read.
struct PassMemory: Sendable {
  /// All that a judgement depends on besides the record.
  struct Context: Sendable, Equatable {
    let knownOn: CivilDate
    let rulebookHash: String
    let calendarHash: String
    let source: SourceSettings
    /// What the source looks like.
    let shape: SourceShape
    /// Which of day and month comes first, column by column.
    let orders: DateOrders
    let approvals: [ApprovalLine]?
  }

  /// A judgement and what the ledger compares of it; a class, so that passing it on is cheap.
  final class Known: Sendable {
    let judgement: Judgement
    let findings: [Finding]

    init(_ judgement: Judgement, _ findings: [Finding]) {
      self.judgement = judgement
      self.findings = findings
    }
  }

  /// A record as it came, hashed once.
  struct Record: Sendable, Hashable {
    private let bytes: [UInt8]
    private let digest: Int

    init(_ bytes: UnsafeRawBufferPointer) {
      self.bytes = Array(bytes)
      var hasher = Hasher()
      hasher.combine(bytes: bytes)
      digest = hasher.finalize()
    }

    var count: Int { bytes.count }

    static func == (a: Record, b: Record) -> Bool {
      a.digest == b.digest && a.bytes.count == b.bytes.count
        && memcmp(a.bytes, b.bytes, a.bytes.count) == 0
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
  }

  /// Some 3 kB each; records beyond, and very long ones, are judged anew each time.
  /// Of all sources together.
  static let capacity = 20_000
  private static let longest = 16_384

  private let context: Context
  private let capacity: Int
  private var known: [Record: Known] = [:]

  /// - Parameter last: of the pass before, which was of about the same size.
  init(_ context: Context, after last: PassMemory?, capacity: Int) {
    self.context = context
    self.capacity = capacity
    known.reserveCapacity(last?.known.count ?? 0)
  }

  func holds(_ context: Context) -> Bool { self.context == context }

  subscript(record: Record) -> Known? { known[record] }

  mutating func keep(_ record: Record, _ made: Known) {
    if known.count < capacity, record.count <= Self.longest { known[record] = made }
  }
}
