import AlertLedger
import AuditReports
import FreezeRules
import Postgres
import SystemLog

/// The daemon's side of the ledger: keeps the session, the lease and the fold; appends, hands to the log, marks.
final class AlertDesk {
  private let configuration: Configuration
  private let sink: LogSink
  private let environment: [String: String]
  private let interrupt: Interrupt
  private let message: AlertMessage
  private let entries: EventEntry

  private var store: LedgerStore?
  private var lease: Lease?
  private var emitted: Int64 = 0
  private var isLoaded = false
  /// `audit_blind` was said without the ledger, because it was the ledger that was away.
  private var isBlindUnrecorded = false

  /// What the ledger says of the source.
  private(set) var state = LedgerState()
  /// Last event and its hash.
  private(set) var head: (seq: Int64, hash: [UInt8]) = (0, EventBody.genesis)
  /// Columns and types of the view at the last good pass.
  private(set) var lastSignature: String?

  init(_ configuration: Configuration, sink: LogSink, environment: [String: String], interrupt: Interrupt) {
    self.configuration = configuration
    self.sink = sink
    self.environment = environment
    self.interrupt = interrupt
    message = AlertMessage(language: configuration.language, personalData: configuration.personalData)
    entries = EventEntry(personalData: configuration.personalData)
  }

  private var source: String { configuration.source.name }

  /// Makes sure of session, lease and fold.
  /// - Returns: false while another daemon holds the lease.
  func open(leaseSeconds: Int) throws(LedgerError) -> Bool {
    do throws(LedgerError) {
      let store = try session()
      let held = try store.acquire(lease, seconds: leaseSeconds)
      if held != lease { isLoaded = false }
      if let held, held != lease {
        log(
          LogEntry(
            .leaseAcquired, priority: .info,
            message: Bilingual(
              id: "Daemon ini menulis buku besar (epoch \(held.epoch)).",
              en: "This daemon writes the ledger (epoch \(held.epoch)).")[
                configuration.language]))
      }
      lease = held
      guard held != nil else { return false }
      try load(store)
      return true
    } catch {
      close()
      throw error
    }
  }

  private func session() throws(LedgerError) -> LedgerStore {
    if let store, store.isOpen { return store }
    isLoaded = false
    let made = try LedgerStore(
      conninfo: configuration.ledgerConninfo,
      password: Credential.read("ledger-password", environment: environment)
        ?? (configuration.ledgerConninfo == configuration.source.conninfo
          ? Credential.read("source-password", environment: environment) : nil),
      interrupt: interrupt)
    store = made
    return made
  }

  private func load(_ store: LedgerStore) throws(LedgerError) {
    if isLoaded {
      let now = try store.head()
      if now.seq != head.seq { state = try store.refresh(state, source: source, after: head.seq) }
      head = now
    } else {
      // The head first: an event between the two readings is then taken in twice rather than never.
      head = try store.head()
      state = try store.state(of: source)
      emitted = try store.emittedThrough()
      isLoaded = true
    }
    lastSignature = try store.health(of: source)?.viewSignature
    try emit()
  }

  /// Keeps the lease between passes, and tries again what the log did not take.
  func tick() {
    guard let store, store.isOpen, lease != nil else { return }
    do throws(LedgerError) {
      let held = try store.acquire(lease, seconds: configuration.leaseSeconds)
      if held != lease {
        lease = nil
        isLoaded = false
        return
      }
      if emitted < head.seq { try emit() }
    } catch {
      // The next pass says so; a tick is no occasion to cry.
      close()
    }
  }

  /// Appends the events of a pass.
  func append(_ events: [EventDraft], _ context: EventBody.Context) throws(LedgerError) {
    guard !events.isEmpty else { return }
    let store = try session()
    let message = self.message
    _ = try store.append(events, context, lease: lease) { draft, previous in
      message.text(draft, previous: previous)
    }
    state = try store.refresh(state, source: source, after: head.seq)
    head = try store.head()
  }

  /// A pass was evaluated: takes back what was said in the log alone.
  func resume(saidBy events: [EventDraft]) {
    guard isBlindUnrecorded else { return }
    isBlindUnrecorded = false
    if !events.contains(where: { $0.kind == .auditResumed }) {
      log(LogEntry(.auditResumed, priority: .notice, message: message.resumed))
    }
  }

  /// Hands every event not yet marked to the log, in order, and marks it. Stops where the log does not take one.
  func emit() throws(LedgerError) {
    let store = try session()
    while emitted < head.seq {
      let rows = try store.events(from: emitted + 1, limit: 500)
      guard !rows.isEmpty else { return }
      var through = emitted
      for row in rows {
        guard write(row) else { break }
        through = row.seq
      }
      Failpoint.pass("after-log")
      guard through > emitted else { return }
      try store.markEmitted(through: through)
      Failpoint.pass("after-mark")
      let isHeldUp = through < (rows.last?.seq ?? 0)
      emitted = through
      if isHeldUp { return }
    }
  }

  private func write(_ row: LedgerRow) -> Bool {
    guard let entry = entries.entry(row.body) else {
      // A body nobody can read is for `alerts verify`; it must not hold up the alerts behind it.
      return log(
        LogEntry(
          .ledgerHole, priority: .error,
          message: "ledger event \(row.seq) cannot be read; run freeze-auditor alerts verify"))
    }
    return log(entry)
  }

  /// Writes one entry; true when it reached its place.
  @discardableResult
  func log(_ entry: LogEntry) -> Bool {
    do throws(LogError) { return try sink.write(entry).isDelivered } catch { return false }
  }

  /// Says that a pass was not evaluated: in the ledger where it can be written, else in the log alone. Once.
  func blind(_ cause: String, _ context: EventBody.Context) {
    do throws(LedgerError) {
      guard let store, store.isOpen, lease != nil, isLoaded else {
        throw LedgerError(.unreachable, id: "", en: "")
      }
      let events = Reconciliation.blind(state, cause: cause)
      try append(events, context)
      try emit()
      try store.write(LedgerStore.Health(state: "blind", cause: cause), of: source)
    } catch {
      guard !isBlindUnrecorded else { return }
      isBlindUnrecorded = true
      log(LogEntry(.auditBlind, priority: .error, message: message.blind(cause)))
    }
  }

  /// Remembers a good pass.
  func recordHealth(_ result: Daemon.PassResult) throws(LedgerError) {
    var health = LedgerStore.Health(state: "evaluated")
    health.recordsRead = Int64(result.counts.read)
    health.viewSignature = result.signature
    health.findings = Int64(result.findings)
    health.unjudgeable = Int64(result.unjudgeable)
    try session().write(health, of: source)
    lastSignature = result.signature
  }

  /// Drops the session; the next pass makes a new one.
  func close() {
    store = nil
    isLoaded = false
  }

  /// Gives the lease back and drops the session.
  func release() {
    if let lease, let store, store.isOpen {
      // Giving back is a courtesy: an interrupted or lost session leaves the lease to run out.
      do throws(LedgerError) { try store.release(lease) } catch { close() }
    }
    lease = nil
    close()
  }
}
