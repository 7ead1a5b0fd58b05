import AuditBase
import AuditReports

/// What is new, held against what was told before: decided, not yet written.
///
/// The ledger is the truth. Where it can be asked, every event up to its head that no digest told of is news, whatever the log
/// says; a line of the log only says that there is news, and is compared. Without it the log's lines are all there is, and
/// the ledger is asked for them again once it is back.
package struct NewEvents: Sendable {
  /// The news.
  package internal(set) var tally = NewsTally()
  /// Numbers that are told with this digest.
  package internal(set) var told = SequenceSet()
  /// So many working days passed without an answer: why the next desk gets them.
  package internal(set) var escalatedAfter: Int?
  /// Open alerts that the next desk is told of for that.
  package internal(set) var overdue = 0
  /// Entries that were told before or read twice.
  package internal(set) var repeated = 0
  /// Lines that were no JSON.
  package internal(set) var unreadable = 0
  /// Lines that carried the auditor's fields and came from another unit.
  package internal(set) var foreign = 0
  /// Lines of the log for which there was no room.
  package internal(set) var untaken = 0
  /// Numbers that the log did not have, taken from the ledger.
  package internal(set) var filled = SequenceSet()
  /// Numbers that the log did not have and the ledger could not give.
  package internal(set) var missing: [ClosedRange<Int64>] = []
  /// Numbers whose entry in the log is not what the ledger says; the ledger's was taken.
  package internal(set) var differing = SequenceSet()
  /// Numbers in the log, or told by it, that the ledger does not have.
  package internal(set) var beyond = SequenceSet()
  /// The event last named in a digest is no longer in the ledger as it was: this is the last that still is, 0 for none.
  package internal(set) var replacedAfter: Int64?
  /// Why the ledger could not be asked.
  package internal(set) var ledgerProblem: Text?
  /// The ledger's head.
  package internal(set) var head: MailState.Head?
  /// What is open; its latest one by one.
  package internal(set) var openAlerts = OpenAlerts([])
  /// What is open by the log alone.
  package internal(set) var openByLog: [OpenAlert] = []
  /// How the audit is, `nil` where the ledger could not be asked.
  package internal(set) var health: WatchHealth?
  /// What the digest is built on.
  package internal(set) var base: MailState

  /// journald may still be writing what the daemon handed over this many seconds ago.
  static let grace = 15
  /// So many of the latest events are read from the ledger one by one; those before are counted.
  static let itemised: Int64 = 10_000

  /// Not told before and told one by one; by number, those without one last.
  package var news: [LogEvent] { tally.kept }
  /// Whether the ledger is not the one that the last digest named.
  package var isLedgerReplaced: Bool { replacedAfter != nil }
  /// What is open and told one by one.
  package var open: [OpenAlert] { openAlerts.latest }
  /// Whether a gap needed the ledger and did not get it.
  package var hasOpenHoles: Bool { !missing.isEmpty }

  /// Whether the audit is blind: as the ledger says, else as the log said last of any source.
  package var isBlind: Bool {
    if let health { return health.troubles.contains { $0.kind == .blind } }
    var last: [String: (at: String, isBlind: Bool)] = [:]
    for event in news {
      let lead = AlertText.Lead(rawValue: event.event)
      guard lead == .auditBlind || lead == .auditResumed else { continue }
      let source = event[.source] ?? ""
      let at = event.fields[LogEvent.timestamp] ?? ""
      // The instants have equally many digits for the next 260 years.
      if let known = last[source], !at.isEmpty, at < known.at { continue }
      last[source] = (at, lead == .auditBlind)
    }
    return last.values.contains { $0.isBlind }
  }

  /// Something that a person should know although no event says it.
  package var isNewTrouble: Bool {
    if isLedgerReplaced || !beyond.isEmpty { return true }
    guard let health else { return false }
    return Set(health.troubles.map(\.key)) != Set(base.troubles.keys)
  }

  // MARK: By the log alone

  /// - Parameter ledger: `nil` when it cannot be reached.
  package init(
    _ batch: LogBatch, state: MailState, personalData: PersonalData, ledger: LedgerReading?
  ) {
    base = state
    base.backlog = []
    unreadable = batch.unreadable
    foreign = batch.foreign
    var numbered: [Int64: LogEvent] = [:]
    var unnumbered: [LogEvent] = []
    var seen: Set<String> = []
    for event in (state.backlog + batch.events).map({ $0.shown(personalData) }) {
      guard seen.insert(event.fingerprint).inserted, !state.told(event) else {
        repeated += 1
        continue
      }
      if let seq = event.seq { numbered[seq] = numbered[seq] ?? event } else { unnumbered.append(event) }
    }
    repeated += batch.repeated
    if let ledger {
      ledger.hand(to: &self, batch, unnumbered)
      return
    }
    untaken = batch.untaken
    var known = base.delivered
    for seq in numbered.keys.sorted() {
      if let event = numbered[seq] { tally.take(event) }
      told.insert(seq)
      known.insert(seq)
    }
    for event in unnumbered { tally.take(event) }
    missing = known.gaps(through: told.last)
    // What came before the first digest ever is no hole of this log; the ledger will tell of it when it can.
    if base.delivered.isEmpty, missing.first?.lowerBound == 1 { missing.removeFirst() }
    openByLog = Array(
      base.open.map { $0.shown(personalData) }.applying(news).suffix(MailState.memory))
    openAlerts = OpenAlerts(openByLog)
  }

  /// The state once a digest of this was accepted.
  package var next: MailState {
    var next = base
    if let head {
      // Told by the ledger: the number is enough.
      for range in told.ranges { next.delivered.insert(range) }
      next.marks = [:]
      next.tell(news.filter { $0.seq == nil })
      next.name(head)
      next.open = openAlerts.total == open.count ? open : []
    } else {
      next.tell(news)
      next.open = openByLog
    }
    if let health {
      next.troubles = Dictionary(
        health.troubles.map { ($0.key, $0.since.map(String.init) ?? "") },
        uniquingKeysWith: { first, _ in first })
    }
    return next
  }
}
