import AuditBase
import AuditReports

/// What the ledger says beyond what was told: read piece by piece, so that a run that is killed goes on where it was.
package struct LedgerReading: Sendable {
  /// How far a reading came, as it is kept beside the state.
  package struct Progress: Sendable, Codable, Equatable {
    /// What was told when it began; of another state it is worth nothing.
    var delivered: SequenceSet
    /// The last event taken in, with its hash: it ties it to this ledger.
    var through: MailState.Head
    /// Masked, or in full.
    var personalData: String
    var tally: NewsTally
    var told: SequenceSet
    var missing: SequenceSet
    /// Fingerprints of what was taken in one by one and is not in the log for sure, by number, with its instant.
    var marks: [Int64: Mark]
  }

  /// What is known of an event that was taken in one by one.
  struct Mark: Sendable, Codable, Equatable {
    var fingerprint: String
    /// In seconds since 2000.
    var recorded: Int?
  }

  let head: MailState.Head
  let handed: Int64
  let now: Int
  let personalData: PersonalData
  private(set) var base: MailState
  private(set) var replacedAfter: Int64?
  private(set) var beyond = SequenceSet()
  private var progress: Progress
  private let openAlerts: OpenAlerts
  private let health: WatchHealth

  /// A piece: so many numbers are taken in before progress is kept.
  static let piece: Int64 = 2000
  static let countedPiece: Int64 = 200_000

  /// What is asked of the ledger.
  package struct Question: Sendable {
    /// What was told.
    package var state: MailState
    /// The ledger's mark of what was handed to the log, read **before** the log was.
    package var handed: Int64
    /// The greatest number that the log had.
    package var lastInLog: Int64
    /// Now.
    package var now: Moment
    /// Masked, or in full.
    package var personalData: PersonalData
    /// A digest goes out also without news; what is open is asked for only where one goes out.
    package var isDue = true
  }

  /// Reads what was not told.
  /// - Parameters:
  ///   - kept: how far an earlier run came.
  ///   - keep: keeps how far this one came.
  package init(
    _ ledger: any DigestLedger, _ question: Question, kept: Progress?, keep: (Progress) throws -> Void
  ) throws {
    let state = question.state
    head = try ledger.head()
    health = try ledger.health()
    handed = min(question.handed, head.seq)
    now = question.now.seconds
    personalData = question.personalData
    base = state
    if let known = state.head, known.seq > 0, try ledger.hash(of: known.seq) != known.hash {
      // The last digest whose head still stands tells up to where this ledger is the one that was told.
      var last: MailState.Head?
      for head in state.heads.reversed() where try ledger.hash(of: head.seq) == head.hash {
        last = head
        break
      }
      replacedAfter = last?.seq ?? 0
      base.delivered.cut(through: last?.seq ?? 0)
      base.head = last
    }
    // Told by the log while the ledger was away, and not there: such a number will be another event's.
    beyond = base.delivered.cut(through: head.seq)
    // What is handed to the log, or found in it; all of it where nobody is there who would hand it over.
    let isSilent = health.troubles.contains { $0.kind == .silent }
    let last = isSilent ? head.seq : min(head.seq, max(handed, question.lastInLog))
    progress = try Self.start(kept, base, ledger, personalData)
    try progress.read(ledger, base.delivered.gaps(through: last), personalData, keep: keep)
    // A digest without news still goes out where something about the ledger or the audit is not as it was told.
    let troubles = Set(health.troubles.map(\.key))
    var goesOut = question.isDue
    if replacedAfter != nil { goesOut = true }
    if !beyond.isEmpty { goesOut = true }
    if question.lastInLog > head.seq { goesOut = true }
    if troubles != Set(state.troubles.keys) { goesOut = true }
    if progress.tally.total > 0 { goesOut = true }
    openAlerts = goesOut ? try ledger.open(room: OpenAlerts.room) : OpenAlerts([])
  }

  /// Where an earlier run came to, if it had the same before it.
  private static func start(
    _ kept: Progress?, _ base: MailState, _ ledger: any DigestLedger, _ personalData: PersonalData
  ) throws -> Progress {
    if let kept, kept.delivered == base.delivered, kept.personalData == personalData.rawValue,
      try ledger.hash(of: kept.through.seq) == kept.through.hash
    {
      return kept
    }
    return Progress(
      delivered: base.delivered, through: MailState.Head(seq: 0, hash: ""),
      personalData: personalData.rawValue,
      tally: NewsTally(), told: SequenceSet(), missing: SequenceSet(), marks: [:])
  }

  /// Gives what was read, compared with the log.
  func hand(to events: inout NewEvents, _ batch: LogBatch, _ unnumbered: [LogEvent]) {
    events.base = base
    events.base.backlog = []
    events.head = head
    events.health = health
    events.openAlerts = openAlerts
    events.replacedAfter = replacedAfter
    events.tally = progress.tally
    events.told = progress.told
    events.missing = progress.missing.ranges
    for event in unnumbered { events.tally.take(event) }
    var beyond = beyond
    for range in batch.numbers.ranges where range.upperBound > head.seq {
      beyond.insert(max(range.lowerBound, head.seq + 1)...range.upperBound)
    }
    events.beyond = beyond
    for (seq, mark) in progress.marks {
      if let fingerprint = batch.marks[seq], fingerprint != mark.fingerprint { events.differing.insert(seq) }
    }
    events.filled = filled(batch)
  }

  /// The numbers told now that the log should have and has not.
  private func filled(_ batch: LogBatch) -> SequenceSet {
    // Where the log was not read to its end, or begins later than the state, nothing is known of it there.
    guard !batch.isCut else { return SequenceSet() }
    let isFirst = batch.isTail || base.cursor == nil && base.delivered.isEmpty
    if isFirst, batch.numbers.isEmpty { return SequenceSet() }
    var filled = SequenceSet()
    var known = batch.numbers
    for range in base.delivered.ranges { known.insert(range) }
    for range in known.gaps(through: min(handed, head.seq)) {
      let first = isFirst ? max(range.lowerBound, batch.numbers.first) : range.lowerBound
      guard first <= range.upperBound else { continue }
      if range.upperBound < batch.numbers.last {
        filled.insert(first...range.upperBound)
        continue
      }
      // The end of the log may still be on its way.
      for seq in first...range.upperBound {
        guard let mark = progress.marks[seq] else { continue }
        if let recorded = mark.recorded, now - recorded < NewEvents.grace, now >= recorded { continue }
        filled.insert(seq)
      }
    }
    var told = SequenceSet()
    for range in filled.ranges {
      for own in progress.told.ranges where own.overlaps(range) { told.insert(own.clamped(to: range)) }
    }
    return told
  }
}

extension LedgerReading.Progress {
  /// Takes in what is left of some ranges: the latest events one by one, those before counted.
  mutating func read(
    _ ledger: any DigestLedger, _ ranges: [ClosedRange<Int64>], _ personalData: PersonalData,
    keep: (Self) throws -> Void
  ) throws {
    var left = ranges.reduce(Int64(0)) { $0 + Int64($1.count) }
    for range in ranges {
      var next = max(range.lowerBound, through.seq + 1)
      left -= min(Int64(range.count), next - range.lowerBound)
      while next <= range.upperBound {
        let isCounted = left > NewEvents.itemised
        let most =
          isCounted ? min(LedgerReading.countedPiece, left - NewEvents.itemised) : LedgerReading.piece
        let piece = next...min(range.upperBound, next + most - 1)
        if isCounted { try count(ledger, piece) } else { try itemise(ledger, piece, personalData) }
        next = piece.upperBound + 1
        left -= Int64(piece.count)
        guard let hash = try ledger.hash(of: piece.upperBound) else { continue }
        through = MailState.Head(seq: piece.upperBound, hash: hash)
        if left > 0 { try keep(self) }
        FailPoint.pass("after-piece")
      }
    }
  }

  private mutating func count(_ ledger: any DigestLedger, _ piece: ClosedRange<Int64>) throws {
    tally.take(try ledger.counts(piece).filter { !$0.isRemoved }, of: piece)
    told.insert(piece)
  }

  private mutating func itemise(
    _ ledger: any DigestLedger, _ piece: ClosedRange<Int64>, _ personalData: PersonalData
  ) throws {
    var next = piece.lowerBound
    try ledger.forEachEvent(piece) { event in
      guard let seq = event.seq, piece.contains(seq) else { return }
      if seq > next { self.missing.insert(next...seq - 1) }
      next = seq + 1
      if event.isRemoved {
        self.told.insert(seq)
        return
      }
      let event = event.shown(personalData)
      self.tally.take(event)
      self.told.insert(seq)
      self.marks[seq] = LedgerReading.Mark(fingerprint: event.fingerprint, recorded: event.recorded)
    }
    if next <= piece.upperBound { self.missing.insert(next...piece.upperBound) }
  }
}
