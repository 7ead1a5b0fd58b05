import AlertLedger
import AuditBase
import Postgres
import SystemLog

/// Hands stored events to the log, in their order, and marks them in the ledger. A crash in between repeats an entry under its
/// number, and never leaves one out.
struct LogHandover {
  private let entries: EventEntry
  private let sink: LogSink
  private let interrupt: Interrupt
  private let bell: MailBell
  /// The last event that is marked as handed to the log.
  private var marked: Int64 = 0
  /// The last one that was handed to the log, where the mark could not be written.
  private var handed: Int64 = 0
  /// What was just appended and is next for the log, to save reading it back.
  private var fresh: [(seq: Int64, body: String)] = []
  /// Events wait for the log only because there was no time for all of them at once.
  private(set) var isBehind = false

  /// - Parameters:
  ///   - interrupt: ends it between two events.
  ///   - bell: told when something is in the log.
  init(_ entries: EventEntry, sink: LogSink, interrupt: Interrupt, bell: MailBell) {
    self.entries = entries
    self.sink = sink
    self.interrupt = interrupt
    self.bell = bell
  }

  /// The last event that is in the log.
  var through: Int64 { max(marked, handed) }

  /// Goes on after this event.
  mutating func restart(after seq: Int64) {
    marked = seq
    handed = seq
    fresh = []
  }

  /// Remembers what was appended behind this event.
  mutating func remember(_ appended: [(seq: Int64, body: String)], after seq: Int64) {
    if marked == seq { fresh = appended }
  }

  /// The session with the ledger is gone.
  mutating func forget() { fresh = [] }

  /// It is asked to go on.
  mutating func resume() { isBehind = false }

  /// Hands every event up to the head to the log, and marks it. Stops where the log does not take one, or time is over.
  mutating func run(_ store: LedgerStore, through head: Int64, until deadline: Duration) throws(LedgerError) {
    isBehind = false
    let before = through
    // Once, behind the last of them: a wave is one mail.
    defer { if through > before, !isBehind { bell.ring() } }
    while marked < head {
      if handed > marked {
        try store.markEmitted(through: handed)
        marked = handed
        continue
      }
      let rows = try next(store)
      guard let last = rows.last?.seq else { return }
      handed = write(rows, until: deadline)
      FailPoint.pass("after-log")
      guard handed > marked else { return }
      try store.markEmitted(through: handed)
      FailPoint.pass("after-mark")
      marked = handed
      if handed < last { return }
    }
  }

  private mutating func next(_ store: LedgerStore) throws(LedgerError) -> [(seq: Int64, body: String)] {
    defer { fresh = [] }
    if fresh.first?.seq == marked + 1 { return fresh }
    return try store.events(from: marked + 1, limit: 500).map { ($0.seq, $0.body) }
  }

  /// - Returns: the last event that the log took.
  private mutating func write(_ rows: [(seq: Int64, body: String)], until deadline: Duration) -> Int64 {
    var through = marked
    // Few are made at a time, and one is written however late it is: where making them took longer than the time there is, none
    // would ever be.
    for start in stride(from: 0, to: rows.count, by: 128) {
      let entries = self.entries
      let made = parallelMap(Array(rows[start...].prefix(128))) { ($0.seq, entries.entry($0.body)) }
      for (seq, entry) in made {
        isBehind = through > marked && MachineClock.sinceBoot >= deadline
        guard !interrupt.isTriggered, !isBehind, log(entry ?? Self.unreadable(seq)) else { return through }
        through = seq
      }
    }
    return through
  }

  /// A body nobody can read is for `alerts verify`; it must not hold up the alerts behind it.
  private static func unreadable(_ seq: Int64) -> LogEntry {
    LogEntry(
      .ledgerHole, priority: .error,
      message: "ledger event \(seq) cannot be read; run freeze-auditor alerts verify")
  }

  /// Writes an entry that the ledger has no number for, and that a mail should tell.
  func logNews(_ entry: LogEntry) {
    if log(entry) { bell.ring() }
  }

  /// Writes one entry; true when it reached its place.
  @discardableResult
  func log(_ entry: LogEntry) -> Bool {
    do throws(LogError) { return try sink.write(entry).isDelivered } catch { return false }
  }
}
