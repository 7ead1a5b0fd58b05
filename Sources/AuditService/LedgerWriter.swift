import AuditBase
import AlertLedger
import AuditReports
import FreezeRules
import Postgres
import SystemLog

/// The daemon's side of the ledger, on the main thread: keeps the session, the lease and the fold of every source; appends,
/// hands to the log, marks; in that order.
final class LedgerWriter {
  /// Whether this daemon may write.
  enum Standing: Equatable {
    /// It holds the lease.
    case writing
    /// Another daemon does.
    case standby
  }

  private let configuration: Configuration
  private let environment: [String: String]
  private let interrupt: Interrupt
  private let message: AlertMessage

  private var store: LedgerStore?
  /// Why there was no session a moment ago, and until when that is not tried again: many sources must not wait for one
  /// silent server each.
  private var refusal: (error: LedgerError, until: Duration)?
  private var lease: Lease?
  private var renewedAt: Duration?
  private var handover: LogHandover
  private var states: [String: LedgerState] = [:]
  /// What each source looked like, and which are being read.
  private var marks = SourceMarks()
  /// Sources whose `audit_blind` was said in the log alone, because it was the ledger that was away, and why.
  private(set) var blindUnrecorded: [String: String]
  /// Sources whose blindness this process has told, or that it has seen evaluated.
  private var saidBlind: Set<String>

  /// Grows whenever the fold was made anew: results compared with an older one are worthless.
  private(set) var generation: Int
  /// Last event and its hash.
  private(set) var head = LedgerHead.empty
  /// Whether it is still the ledger known so far.
  private var watch: HeadWatch

  /// - Parameter old: the writer of the configuration before.
  init(
    _ configuration: Configuration, sink: LogSink, environment: [String: String], interrupt: Interrupt,
    after old: LedgerWriter? = nil
  ) {
    generation = old.map { $0.generation + 1 } ?? 0
    blindUnrecorded = old?.blindUnrecorded ?? [:]
    saidBlind = old?.saidBlind ?? []
    watch = old?.watch ?? HeadWatch(environment)
    self.configuration = configuration
    self.environment = environment
    self.interrupt = interrupt
    message = AlertMessage(language: configuration.language, personalData: configuration.personalData)
    handover = LogHandover(
      EventEntry(personalData: configuration.personalData), sink: sink, interrupt: interrupt,
      bell: MailBell(environment: environment))
  }

  /// For the metrics.
  var figures: Metrics.Ledger {
    Metrics.Ledger(head: head.seq, isHeld: lease != nil, unlogged: head.seq - handover.through)
  }

  /// How often the lease is renewed, or asked for.
  var leaseRhythm: Duration { .milliseconds(configuration.leaseSeconds * 1000 / 3) }

  // MARK: Session, lease, fold

  /// Makes sure of session and lease, and takes in what others appended. Cheap when that was done a moment ago.
  func open(now: Duration) throws(LedgerError) -> Standing {
    if isFresh(now), let renewedAt, now - renewedAt < .milliseconds(5) { return .writing }
    let isKept = store?.isOpen ?? false
    do throws(LedgerError) { return try take(now: now) } catch {
      close()
      // A session kept since the last pass may have died meanwhile (a restart, an idle time-out): no failure of the ledger.
      guard isKept, error.isPassing, !interrupt.isTriggered else { throw error }
    }
    do throws(LedgerError) { return try take(now: now) } catch {
      close()
      throw error
    }
  }

  /// Whether the lease was renewed a moment ago, in a session that is still there.
  private func isFresh(_ now: Duration) -> Bool {
    guard lease != nil, let store, store.isOpen, let renewedAt else { return false }
    return now - renewedAt < min(leaseRhythm, .seconds(1))
  }

  private func take(now: Duration) throws(LedgerError) -> Standing {
    if isFresh(now), let store {
      // The lease is ours; whether the ledger is still the known one each pass asks anew.
      try catchUp(store)
      return .writing
    }
    let store = try session()
    let held = try store.acquire(lease, seconds: configuration.leaseSeconds)
    renewedAt = now
    guard let held else {
      if lease != nil { log(.leaseLost(configuration.language)) }
      lease = nil
      return .standby
    }
    if held != lease {
      if lease != nil { log(.leaseLost(configuration.language)) }
      try forget(store)
      lease = held
      log(.leaseAcquired(held, configuration.language))
    }
    try catchUp(store)
    return .writing
  }

  private func session() throws(LedgerError) -> LedgerStore {
    if let store, store.isOpen { return store }
    let began = MachineClock.sinceBoot
    if let refusal, began < refusal.until { throw refusal.error }
    do throws(LedgerError) {
      let made = try LedgerStore(
        conninfo: configuration.ledgerConninfo, password: configuration.ledgerPassword(environment),
        deadlines: .ledger(leaseSeconds: configuration.leaseSeconds), interrupt: interrupt)
      store = made
      refusal = nil
      return made
    } catch {
      // As long again as it took to fail.
      let now = MachineClock.sinceBoot
      if error.cause != .interrupted { refusal = (error, now + (now - began)) }
      throw error
    }
  }

  /// Takes in what others appended, and hands to the log what it does not have yet.
  private func catchUp(_ store: LedgerStore) throws(LedgerError) {
    let now = try store.head()
    if now != head {
      // Another ledger stands there now, restored from a backup perhaps: nothing known of the old one holds.
      if try store.continues(head) { try store.refresh(&states, after: head.seq) } else { try forget(store) }
    }
    head = now
    let found = try watch.look(now, store, configuration.language)
    if found.isReplaced { generation += 1 }
    for entry in found.entries { log(entry) }
    try emit()
  }

  /// Refuses to evaluate while another ledger than the known one stands there, until a person accepts it.
  func refuseReplaced() throws(LedgerError) {
    guard let refusal = watch.refusal else { return }
    throw LedgerError(.corrupt, id: refusal.indonesian, en: refusal.english)
  }

  /// What the ledger says of a source.
  func state(of source: String) throws(LedgerError) -> LedgerState {
    if let state = states[source] { return state }
    // Made from scratch it may hold events after `head` already; taking those in twice changes nothing.
    let state = try session().openState(of: source)
    states[source] = state
    return state
  }

  /// How the last passes of a source came out.
  func health(of source: String) throws(LedgerError) -> LedgerStore.Health? {
    try session().health(of: source)
  }

  /// What the source looked like, and how much it held, at the last good pass.
  func last(of source: String) throws(LedgerError) -> (shape: SourceShape?, extent: SourceExtent?) {
    let text = try marks.last(of: source, try session())
    return (text.map { SourceShape(text: $0) }, text.flatMap { SourceExtent(text: $0) })
  }

  /// The time of the ledger's server, in seconds since 2000-01-01 00:00 UTC.
  func ledgerTime() throws(LedgerError) -> Int { try session().secondsSince2000() }

  /// Leaves a mark that a source is being read.
  func markReading(_ source: String) throws(LedgerError) { try marks.begin(source, try session()) }

  /// Keeps the lease between passes, asks for it while another holds it, and tries again what the log did not take.
  /// - Returns: true when the lease has just become ours, or another ledger was found.
  func tick(now: Duration) -> Bool {
    guard let renewedAt, now - renewedAt >= leaseRhythm else { return false }
    let (had, before) = (lease, watch.refusal)
    do throws(LedgerError) {
      return try open(now: now) == .writing && (had != lease || watch.refusal != before)
    } catch {
      // Tried again at the same rhythm. The next pass says so; a tick is no occasion to cry.
      self.renewedAt = now
      return false
    }
  }

  /// Drops the session; the next pass makes a new one.
  func close() {
    store = nil
    handover.forget()
  }

  private func forget(_ store: LedgerStore) throws(LedgerError) {
    generation += 1
    states = [:]
    marks.forget()
    let mark = try store.emittedThrough()
    let head = try store.head().seq
    handover.restart(after: min(try store.emittedSurely(mark), head))
    for entry in MarksAhead.entries(try store.markAhead(), mark: mark, head: head, configuration.language) {
      log(entry)
    }
  }

  /// Gives the lease back and drops the session.
  func release() {
    if let lease {
      // The stop order may have ended the session in the middle of a statement; a new one gives back as well. It is a
      // courtesy: where it cannot be done quickly, the lease runs out.
      do throws(LedgerError) {
        let store = try session()
        try marks.end(store)
        try store.release(lease)
      } catch { close() }
    }
    lease = nil
    close()
  }

  // MARK: Events

  /// Appends some events in one transaction.
  func appendPiece(_ events: [EventDraft], _ context: EventBody.Context) throws(LedgerError) {
    // Without a lease the store takes an append for a person's and does not look at the epoch: a scan that ends while
    // another daemon writes must never come that far.
    guard let lease else {
      throw LedgerError(
        .leaseLost, id: "layanan ini tidak memegang giliran menulis arsip peringatan",
        en: "this daemon does not hold the lease of the ledger")
    }
    let store = try session()
    let message = self.message
    let appended: LedgerStore.Appended
    do throws(LedgerError) {
      appended = try store.append(events, message.marked(context), lease: lease) { draft, previous in
        message.text(draft, previous: previous, on: context.knownOn)
      }
    } catch {
      if error.cause == .leaseLost {
        log(.leaseLost(configuration.language))
        self.lease = nil
      }
      throw error
    }
    guard appended.base == head, let last = appended.events.last else {
      // A person's command came in between, or somebody changed the ledger.
      try catchUp(store)
      return try refuseReplaced()
    }
    handover.remember(appended.bodies, after: head.seq)
    for event in appended.events { states[context.source]?.apply(event) }
    head = LedgerHead(seq: last.seq, hash: appended.hash)
    watch.advance(from: appended.base, to: head)
  }

  /// Hands every event not yet marked to the log, in order, and marks it. Stops where the log does not take one.
  func emit() throws(LedgerError) {
    handover.resume()
    guard lease != nil else { return }
    // A reader of the log that is slow must not hold up the lease, the watchdog or a stop order: what is left follows.
    try handover.run(
      try session(), through: head.seq, until: MachineClock.sinceBoot + min(leaseRhythm, .seconds(3)))
    watch.save()
  }

  /// Events wait for the log only because there was no time for all of them at once.
  var isBehind: Bool { handover.isBehind }

  /// Goes on where ``emit()`` stopped for the time being.
  func keepEmitting(now: Duration) {
    guard isBehind else { return }
    handover.resume()
    do throws(LedgerError) {
      if try open(now: now) == .writing { try emit() }
    } catch { close() }
  }

  private func log(_ entry: LogEntry) { handover.log(entry) }

  // MARK: Health

  /// The events of a pass that was evaluated, and one more where blindness stands in the log alone, or nobody was there to say
  /// it: the ledger tells of that as well.
  /// - Parameter gap: seconds in which no daemon evaluated the source.
  func events(_ result: PassResult, of source: String, gap: Int?) -> [EventDraft] {
    let cause = blindUnrecorded[source].map { "\($0) [log]" } ?? gap.map { "no pass for \($0) s" }
    guard let cause, !result.events.contains(where: { $0.kind == .auditResumed }) else {
      return result.events
    }
    return [.resuming(after: cause)] + result.events
  }

  /// Says that a pass was not evaluated: in the ledger where it can be written, else in the log alone. Once.
  func blind(_ cause: String, _ context: EventBody.Context) {
    let source = context.source
    do throws(LedgerError) {
      // What failed may have been one statement, in a session that was closed for it.
      guard lease != nil else { throw LedgerError(.unreachable, id: "", en: "") }
      let store = try session()
      // Said already in the log alone, and not healed since: once is enough.
      if blindUnrecorded[source] != nil { return try store.write(marks.blind(source, cause), of: source) }
      let news = Reconciliation.blind(try state(of: source), cause: cause)
      try append(news, context)
      try emit()
      try store.write(marks.blind(source, cause), of: source)
      // Blind since before this process began: the ledger knows, the log of this start does not.
      if saidBlind.insert(source).inserted, news.isEmpty { logBlind(source, cause) }
    } catch {
      // Where no event can be written the health of the source may be.
      if lease != nil, let store, store.isOpen {
        do throws(LedgerError) { try store.write(marks.blind(source, cause), of: source) } catch { close() }
      }
      guard blindUnrecorded.updateValue(cause, forKey: source) == nil else { return }
      logBlind(source, cause)
    }
  }

  private func logBlind(_ source: String, _ cause: String) {
    handover.logNews(message.blind(cause, of: source))
  }

  /// The events of an evaluated pass are written, and with them what stood in the log alone.
  func resumed(_ source: String) {
    blindUnrecorded[source] = nil
    saidBlind.insert(source)
  }

  /// Remembers a good pass.
  func recordHealth(_ result: PassResult, of source: String) throws(LedgerError) {
    let health = SourceMarks.health(result)
    try session().write(health, of: source)
    marks.evaluated(source, health.viewSignature ?? "")
  }

  /// How many alerts of a source are open, by outcome.
  func openByOutcome(of source: String) -> [String: Int] { states[source]?.openByOutcome ?? [:] }
}
