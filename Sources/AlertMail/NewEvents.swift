import AuditBase
import AuditReports

/// What the mail part asks of the ledger. Any error means that it cannot be asked now.
package protocol DigestLedger {
  /// The last event and its hash in hex; 0 and zeros when empty.
  func head() throws -> MailState.Head
  /// Everything up to here was handed to the log.
  func emittedThrough() throws -> Int64
  /// The hash of one event in hex, `nil` when there is no such event.
  func hash(of seq: Int64) throws -> String?
  /// The events of a range, in order, each with its instant in seconds since 2000.
  func events(_ range: ClosedRange<Int64>) throws -> [(event: LogEvent, recorded: Int?)]
  /// What is open.
  func openAlerts() throws -> [OpenAlert]
}

/// What came out of the log, held against what was told before and against the ledger: decided, not yet written.
package struct NewEvents: Sendable {
  /// Not told before; by number, those without one last.
  package internal(set) var news: [LogEvent] = []
  /// New as well, but not for this desk; they count as told to it.
  package internal(set) var passedOver: [LogEvent] = []
  /// So many working days passed without an answer: why the next desk gets them.
  package internal(set) var escalatedAfter: Int?
  /// Open alerts that the next desk was told of for that.
  package internal(set) var overdue = 0
  /// Entries that were told before or read twice.
  package internal(set) var repeated = 0
  /// Lines that were no JSON.
  package internal(set) var unreadable = 0
  /// Numbers that the log did not have, taken from the ledger.
  package internal(set) var filled = SequenceSet()
  /// Numbers that the log did not have and the ledger could not give.
  package internal(set) var missing: [ClosedRange<Int64>] = []
  /// Numbers whose entry in the log is not what the ledger says; the ledger's was taken.
  package internal(set) var differing = SequenceSet()
  /// Numbers in the log that the ledger does not have.
  package internal(set) var beyond = SequenceSet()
  /// The event last named in a digest is no longer in the ledger as it was.
  package internal(set) var isLedgerReplaced = false
  /// Why the ledger could not be asked.
  package internal(set) var ledgerProblem: Text?
  /// The ledger's head.
  package internal(set) var head: MailState.Head?
  /// What is open.
  package internal(set) var open: [OpenAlert] = []
  /// What is open by the log alone.
  package internal(set) var openByLog: [OpenAlert] = []
  /// What the digest is built on.
  package internal(set) var base: MailState

  /// journald may still be writing what the daemon handed over this many seconds ago.
  static let grace = 15

  /// Compares entries with the state and the ledger.
  /// - Parameters:
  ///   - personalData: how much of a person the digest shows.
  ///   - handed: the ledger's mark of what was handed to the log, read **before** the log was; what is missing below it
  ///     is really missing.
  package init(
    _ batch: LogBatch, state: MailState, personalData: PersonalData, ledger: (any DigestLedger)?,
    handed: Int64, now: Moment
  ) {
    base = state
    unreadable = batch.unreadable
    var byNumber: [Int64: [LogEvent]] = [:]
    var unnumbered: [LogEvent] = []
    var seen: Set<String> = []
    for event in (state.backlog + batch.events).map({ $0.shown(personalData) }) {
      guard seen.insert(event.fingerprint).inserted, !state.told(event) else {
        repeated += 1
        continue
      }
      if let seq = event.seq { byNumber[seq, default: []].append(event) } else { unnumbered.append(event) }
    }
    base.backlog = []
    var isAsked = false
    if let ledger {
      do {
        try compare(&byNumber, ledger, handed: handed, now: now)
        isAsked = true
      } catch let error as any ExplainedError {
        ledgerProblem = error.message
      } catch {
        ledgerProblem = Text("\(error)", "\(error)")
      }
    }
    if !isAsked {
      var known = base.delivered
      for seq in byNumber.keys { known.insert(seq) }
      missing = known.gaps(through: byNumber.keys.max() ?? 0)
      // What came before the first digest ever is no hole of this log; the ledger will tell of it when it can.
      if base.delivered.ranges.isEmpty, missing.first?.lowerBound == 1 { missing.removeFirst() }
    }
    news = byNumber.keys.sorted().flatMap { byNumber[$0] ?? [] } + unnumbered
    openByLog = base.open.map { $0.shown(personalData) }.applying(news)
    if !isAsked { open = openByLog }
  }

  /// What goes to the next desk: the last event of each overdue alert.
  init(overdue alerts: [OpenAlert], after days: Int, state: MailState, ledger: any DigestLedger) throws {
    base = state
    open = alerts
    escalatedAfter = days
    head = try ledger.head()
    let seqs = SequenceSet(alerts.compactMap(\.seq).map { $0...$0 })
    for range in seqs.ranges {
      news += try ledger.events(range).map(\.event).filter { !state.told($0) }
    }
  }

  private mutating func compare(
    _ byNumber: inout [Int64: [LogEvent]], _ ledger: any DigestLedger, handed: Int64, now: Moment
  ) throws {
    let head = try ledger.head()
    if let known = base.head, known.seq > 0, try ledger.hash(of: known.seq) != known.hash {
      isLedgerReplaced = true
      // Numbers mean nothing any more; what was told is known by its fingerprint alone.
      base.delivered = SequenceSet()
    }
    for seq in byNumber.keys where seq > head.seq { beyond.insert(seq) }
    let last = min(head.seq, max(handed, byNumber.keys.max() ?? 0))
    var wanted = SequenceSet(base.delivered.gaps(through: last))
    for seq in byNumber.keys where seq <= head.seq { wanted.insert(seq) }
    let lastInLog = byNumber.keys.filter { $0 <= head.seq }.max() ?? 0
    var found: [Int64: LogEvent] = [:]
    var missing = SequenceSet()
    for range in wanted.ranges {
      var next = range.lowerBound
      for (event, recorded) in try ledger.events(range) {
        guard let seq = event.seq else { continue }
        if seq > next { missing.insert(next...seq - 1) }
        next = seq + 1
        let isYoung = recorded.map { now.seconds - $0 < Self.grace && now.seconds >= $0 } ?? false
        if byNumber[seq] == nil, seq > lastInLog, isYoung || seq > handed { continue }
        if base.told(event) {
          // Told before the ledger was replaced.
          base.delivered.insert(seq)
          continue
        }
        found[seq] = event
      }
      if next <= range.upperBound { missing.insert(next...range.upperBound) }
    }
    for (seq, event) in found {
      if let entries = byNumber[seq] {
        if entries.contains(where: { $0.fingerprint == event.fingerprint }) {
          // The words are the ledger's: an entry may have been logged in full, or by somebody else.
          byNumber[seq] = [LogEvent(fields: event.fields, origin: .log)]
          continue
        }
        differing.insert(seq)
      } else {
        filled.insert(seq)
      }
      byNumber[seq] = [event]
    }
    open = try ledger.openAlerts()
    self.head = head
    self.missing = missing.ranges
  }

  /// Whether the last that was said is that the audit is blind.
  package var isBlind: Bool {
    let leads = news.compactMap { AlertText.Lead(rawValue: $0.event) }
    return leads.last { $0 == .auditBlind || $0 == .auditResumed } == .auditBlind
  }

  /// Whether a gap in the log needed the ledger and did not get it.
  package var hasOpenHoles: Bool { !missing.isEmpty }
}
