import AlertLedger
import AuditReports
import FreezeRules
import HRRecords
import Synchronization

/// What the passes before made of each record they fetched, by a hash of the record's very bytes: judging is a function of these
/// and of ``Context``, so a pass over mostly unchanged records neither parses nor judges them again. Every record is still
/// read. Flat arrays, some 90 bytes for a record with an alert: this is what grows with a source.
struct PassMemory: Sendable {
  /// All that a judgement, and what follows from it, depends on besides the record and the ledger.
  struct Context: Sendable, Equatable {
    let knownOn: CivilDate
    let today: CivilDate
    let rulebookHash: String
    let calendarHash: String
    let alertSince: CivilDate?
    let source: SourceSettings
    /// What the source looks like.
    let shape: SourceShape
    /// Which of day and month comes first, column by column.
    let orders: DateOrders
    let approvals: [ApprovalLine]?
  }

  /// A record as it came, in 128 bits. The key is this process's own and nobody else's, so that no two records can be made that
  /// are taken for one.
  struct Record: Sendable {
    fileprivate let high: UInt64
    fileprivate let low: UInt64

    fileprivate init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    init(_ bytes: UnsafeRawBufferPointer) {
      high = Self.hash(bytes, 1)
      low = Self.hash(bytes, 2)
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer, _ half: UInt64) -> UInt64 {
      var hasher = Hasher()
      hasher.combine(half)
      hasher.combine(bytes: bytes)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
  }

  /// What a judgement gives a pass.
  struct Known: Sendable, Equatable {
    let outcome: Outcome
    /// Where the act can still be put off.
    let ahead: AheadAct?
    let trace: Trace
  }

  /// Of all sources together: records beyond are judged anew each time.
  static let capacity = 2_000_000

  /// A place of an open-addressed table. What else a trace says stands elsewhere, `count` times from `first` on.
  private struct Slot {
    var high: UInt64 = 0
    var low: UInt64 = 0
    var first: UInt32 = 0
    var isAhead = false
    var outcome = Outcome.outside
    var kind = Kind.empty
    var count: UInt8 = 0
    /// Of the pass that last met it.
    var stamp: UInt8 = 0
  }

  private enum Kind: UInt8 { case empty, quiet, found, unjudgeable, waiting }

  private var context: Context?
  private let capacity: Int
  private var slots: [Slot] = []
  /// How many records are known.
  private(set) var count = 0
  /// Of those, met by the pass under way.
  private var met = 0
  private var stamp: UInt8 = 0
  private var marks: [AlertTable.Mark] = []
  /// The few acts that can still be put off, by half a record.
  private var acts: [UInt64: AheadAct] = [:]
  private var quality: [QualityMark] = []
  /// Few sets of facts keep many records waiting.
  private var facts: [[MissingFact]] = []
  private var placeOfFacts: [[MissingFact]: UInt32] = [:]

  init(capacity: Int) { self.capacity = capacity }

  /// A pass begins. By other rules, on another day, of a source that looks different, nothing known holds.
  mutating func begin(_ context: Context) {
    if self.context != context {
      self = PassMemory(capacity: capacity)
      self.context = context
    }
    stamp &+= 1
    met = 0
  }

  /// What is known of a record.
  mutating func recall(_ record: Record) -> Known? {
    guard let place = place(of: record), slots[place].kind != .empty else { return nil }
    if slots[place].stamp != stamp {
      slots[place].stamp = stamp
      met += 1
    }
    let slot = slots[place]
    return known(slot)
  }

  /// Remembers what was made of a record.
  mutating func keep(_ record: Record, _ known: Known) {
    if 4 * (count + 1) > 3 * slots.count { grow() }
    guard count < capacity, let place = place(of: record), slots[place].kind == .empty,
      let slot = slot(record, known)
    else { return }
    slots[place] = slot
    count += 1
    met += 1
  }

  /// A pass over all records ended: where most of what is known was not among them it is forgotten.
  mutating func end() {
    guard 4 * met < 3 * count else { return }
    let old = self
    self = PassMemory(capacity: capacity)
    (context, stamp) = (old.context, old.stamp)
    for slot in old.slots where slot.kind != .empty && slot.stamp == stamp {
      keep(Record(high: slot.high, low: slot.low), old.known(slot))
    }
  }

  /// Where a record stands, or would stand; `nil` in a table without places.
  private func place(of record: Record) -> Int? {
    guard !slots.isEmpty else { return nil }
    let last = slots.count - 1
    var place = Int(truncatingIfNeeded: record.low) & last
    while slots[place].kind != .empty {
      if slots[place].low == record.low, slots[place].high == record.high { return place }
      place = (place + 1) & last
    }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: max(64, 2 * old.count))
    for slot in old where slot.kind != .empty {
      if let place = place(of: Record(high: slot.high, low: slot.low)) { slots[place] = slot }
    }
  }

  private mutating func slot(_ record: Record, _ known: Known) -> Slot? {
    var slot = Slot(high: record.high, low: record.low)
    (slot.outcome, slot.isAhead, slot.stamp) = (known.outcome, known.ahead != nil, stamp)
    if let act = known.ahead { acts[record.low] = act }
    switch known.trace {
    case .quiet: slot.kind = .quiet
    case .found(let found):
      guard let count = UInt8(exactly: found.count), let first = UInt32(exactly: marks.count) else {
        return nil
      }
      (slot.kind, slot.first, slot.count) = (.found, first, count)
      marks += found
    case .unjudgeable(let mark):
      guard let first = UInt32(exactly: quality.count) else { return nil }
      (slot.kind, slot.first) = (.unjudgeable, first)
      quality.append(mark)
    case .waiting(let missing):
      guard let place = placeOfFacts[missing] ?? UInt32(exactly: facts.count) else { return nil }
      if placeOfFacts.updateValue(place, forKey: missing) == nil { facts.append(missing) }
      (slot.kind, slot.first) = (.waiting, place)
    }
    return slot
  }

  private func known(_ slot: Slot) -> Known {
    Known(outcome: slot.outcome, ahead: slot.isAhead ? acts[slot.low] : nil, trace: trace(slot))
  }

  private func trace(_ slot: Slot) -> Trace {
    let first = Int(slot.first)
    switch slot.kind {
    case .empty, .quiet: return .quiet
    case .found: return .found(marks[first..<(first + Int(slot.count))])
    case .unjudgeable: return .unjudgeable(quality[first])
    case .waiting: return .waiting(facts[first])
    }
  }
}

/// The memory of one source between two passes; a pass takes it, and leaves it when it ends. One that was given up and ends late
/// leaves what is true all the same.
final class KeptMemory: Sendable {
  private let memory = Mutex<PassMemory?>(nil)

  /// Gives it out, once.
  func take() -> PassMemory? { memory.withLock { $0.take() } }

  /// Keeps it for the next pass.
  func keep(_ known: PassMemory) { memory.withLock { $0 = known } }
}
