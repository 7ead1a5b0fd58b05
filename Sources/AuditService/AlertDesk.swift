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
  /// What was just appended and is next for the log, to save reading it back.
  private var unemitted: [(seq: Int64, body: String)] = []
  private var isLoaded = false
  /// `audit_blind` was said without the ledger, because it was the ledger that was away.
  private(set) var isBlindUnrecorded: Bool

  /// What the ledger says of the source.
  private(set) var state = LedgerState()
  /// Last event and its hash.
  private(set) var head: (seq: Int64, hash: [UInt8]) = (0, EventBody.genesis)
  /// Columns and types of the view at the last good pass.
  private(set) var lastSignature: String?

  /// - Parameter isBlindUnrecorded: as left by the desk before, when the configuration was read again.
  init(
    _ configuration: Configuration, sink: LogSink, environment: [String: String], interrupt: Interrupt,
    isBlindUnrecorded: Bool = false
  ) {
    self.isBlindUnrecorded = isBlindUnrecorded
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
      adopt(held)
      guard held != nil else { return false }
      try load(store)
      return true
    } catch {
      close()
      throw error
    }
  }

  /// Takes note of who holds the lease now; with another epoch everything is read anew.
  private func adopt(_ held: Lease?) {
    guard held != lease else { return }
    isLoaded = false
    lease = held
    guard let held else { return }
    log(
      LogEntry(
        .leaseAcquired, priority: .info,
        message: Bilingual(
          id: "Daemon ini menulis buku besar (epoch \(held.epoch)).",
          en: "This daemon writes the ledger (epoch \(held.epoch)).")[configuration.language]))
  }

  private func session() throws(LedgerError) -> LedgerStore {
    if let store, store.isOpen { return store }
    isLoaded = false
    let made = try LedgerStore(
      conninfo: configuration.ledgerConninfo,
      password: configuration.ledgerPassword(environment),
      deadlines: .ledger(leaseSeconds: configuration.leaseSeconds), interrupt: interrupt)
    store = made
    return made
  }

  private func load(_ store: LedgerStore) throws(LedgerError) {
    if isLoaded {
      try follow(store)
    } else {
      // The head first: an event between the two readings is then taken in twice rather than never.
      head = try store.head()
      state = try store.state(of: source)
      emitted = try store.emittedThrough()
      unemitted = []
      isLoaded = true
    }
    lastSignature = try store.health(of: source)?.viewSignature
    try emit()
  }

  /// What a tick between passes found.
  enum Tick { case nothing, tookOver, lost }

  /// Between passes: keeps the lease, or takes it over when its holder is gone; hands on what others appended, and
  /// what the log did not take before.
  func tick() -> Tick {
    do throws(LedgerError) {
      let store = try session()
      let held = try store.acquire(lease, seconds: configuration.leaseSeconds)
      if held != lease {
        adopt(held)
        return held == nil ? .lost : .tookOver
      }
      guard held != nil, isLoaded else { return .nothing }
      try follow(store)
      try emit()
    } catch {
      // The next pass says so; a tick is no occasion to cry.
      close()
    }
    return .nothing
  }

  /// Whether this daemon writes the ledger, as far as it knows.
  var holdsLease: Bool { lease != nil }

  /// In the middle of a long pass: keeps the lease, so that nobody takes over from a daemon that is at work.
  func keep() {
    guard let store, store.isOpen, let lease else { return }
    // A refusal shows at the append, which is conditional on the lease.
    do throws(LedgerError) { _ = try store.acquire(lease, seconds: configuration.leaseSeconds) } catch {
      return
    }
  }

  /// Appends the events of a pass.
  func append(_ events: [EventDraft], _ context: EventBody.Context) throws(LedgerError) {
    guard !events.isEmpty else { return }
    let store = try session()
    let message = self.message
    let appended = try store.append(events, context, lease: lease) { draft, previous in
      message.text(draft, previous: previous)
    }
    if appended.events.first?.seq == head.seq + 1, let last = appended.events.last {
      for event in appended.events { state.apply(event) }
      if emitted == head.seq { unemitted = appended.bodies }
      head = (last.seq, appended.hash)
    } else {
      // A person's command came in between.
      try follow(store)
    }
  }

  /// Takes in what was appended since.
  private func follow(_ store: LedgerStore) throws(LedgerError) {
    let now = try store.head()
    if now.seq != head.seq { state = try store.refresh(state, source: source, after: head.seq) }
    head = now
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
      let rows = try nextForLog(store)
      guard !rows.isEmpty else { return }
      var through = emitted
      for row in rows {
        guard write(row.seq, row.body) else { break }
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

  private func nextForLog(_ store: LedgerStore) throws(LedgerError) -> [(seq: Int64, body: String)] {
    defer { unemitted = [] }
    if unemitted.first?.seq == emitted + 1 { return unemitted }
    return try store.events(from: emitted + 1, limit: 500).map { ($0.seq, $0.body) }
  }

  private func write(_ seq: Int64, _ body: String) -> Bool {
    guard let entry = entries.entry(body) else {
      // A body nobody can read is for `alerts verify`; it must not hold up the alerts behind it.
      return log(
        LogEntry(
          .ledgerHole, priority: .error,
          message: "ledger event \(seq) cannot be read; run freeze-auditor alerts verify"))
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
      if isBlindUnrecorded {
        // Said already, and not healed since: once is enough.
        try store.write(LedgerStore.Health(state: "blind", cause: cause), of: source)
        return
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
    unemitted = []
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
