import AuditBase
import AlertLedger
import AuditReports
import Foundation
import FreezeRules
import Glibc
import HRRecords
import Postgres
import RuleFiles
import SystemLog

/// The long-running auditor. Every pass judges the whole set again (level, not edge). Scans run on threads of their own,
/// within a budget, so that no source can hold up another; what follows from them (append to the ledger, log, mark) is one
/// loop's, in that order.
///
/// The loop decides nothing: ``SourceState`` does, and the loop carries out its effects.
package final class Daemon {
  private let configPath: String?
  private let environment: [String: String]
  private let sink: LogSink
  private let wakeups: Wakeups
  private let pool: ScanPool
  let voice: ServiceVoice

  private var configuration: Configuration
  private var ruleSet: RuleSet { didSet { tables = [:] } }
  private var tables: [TableKey: WindowTable] = [:]

  private struct TableKey: Hashable {
    let declared: [String]
    let knownOn: CivilDate
  }
  private(set) var writer: LedgerWriter
  private(set) var sources: [MonitoredSource]

  /// Reads the configuration; signals are ours from here on, so call it before any other thread exists.
  /// - Throws: ``FileError`` for a bad configuration.
  package init(configPath: String?, environment: [String: String]) throws {
    self.configPath = configPath
    self.environment = environment
    // First of all: a stop order that comes while the files are read is obeyed like any other.
    wakeups = try Wakeups()
    (configuration, ruleSet) = try Self.load(configPath, environment)
    pool = ScanPool(wake: wakeups.wake)
    sink = LogSink.detect(environment: environment)
    voice = ServiceVoice(
      configuration, configPath: configPath, sink: sink, environment: environment)
    writer = LedgerWriter(configuration, sink: sink, environment: environment, interrupt: wakeups.interrupt)
    sources = Self.sources(configuration, after: [])
  }

  /// Configuration, rules and calendar together, each checked against the other.
  static func load(
    _ path: String?, _ environment: [String: String]
  ) throws(FileError) -> (Configuration, RuleSet) {
    let configuration = try Configuration(path: path, environment: environment)
    let ruleSet = try configuration.ruleSet()
    if let unknown = ruleSet.unknownElection(in: configuration.sources.flatMap(\.elections)) {
      throw FileError(file: path ?? "environment", line: 0, key: "elections", unknown.message)
    }
    return (configuration, ruleSet)
  }

  /// The sources of a configuration; one that was there before goes on from where it stood.
  private static func sources(_ configuration: Configuration, after old: [MonitoredSource])
    -> [MonitoredSource]
  {
    configuration.sources.map { settings in
      let before = old.first { $0.settings.name == settings.name }
      return MonitoredSource(
        settings,
        state: before?.state.reloaded(interval: configuration.interval, zone: settings.zone)
          ?? SourceState(interval: configuration.interval, zone: settings.zone))
    }
  }

  // MARK: The loop

  /// Runs until SIGTERM or SIGINT.
  package func run() {
    sayStarted()
    while true {
      let signals = wakeups.take()
      if signals.contains(.terminate) || signals.contains(.interrupt) { break }
      if signals.contains(.hangUp) { reload() }
      if signals.contains(.user1) { tellAll(.asked) }
      let now = MachineClock.sinceBoot
      voice.watchdog()
      pool.giveUpStuck(now: now)
      for piece in pool.takePieces() { piece.end(raise(piece)) }
      for finished in pool.take() { settle(finished) }
      if writer.tick(now: now) { tellAll(.asked) }
      writer.keepEmitting(now: now)
      hear()
      giveTurns(now)
      wakeups.wait(timeToWait(MachineClock.sinceBoot), sockets: sources.compactMap { $0.listener?.socket })
    }
    voice.stopping()
    drain()
    release()
    voice.say(.stopping, .info, Text("Auditor berhenti seperti diminta.", "The auditor ends as asked."))
    // A scan that could not be ended (a name server that does not answer) is inside libpq and OpenSSL, whose exit
    // handlers would free what it uses.
    if pool.threads > 0 { _exit(EXIT_SUCCESS) }
  }

  private func sayStarted() {
    let deaf = configuration.wakeOnNotify && !listens
    voice.say(
      .started, .info,
      Text(
        "Auditor berjalan (versi \(programVersion))."
          + (deaf
            ? " wake_on_notify tidak dipakai: poll.connections harus lebih dari jumlah sumber (\(sources.count))."
            : ""),
        "The auditor is up (version \(programVersion))."
          + (deaf
            ? " wake_on_notify is not used: poll.connections must be more than the sources (\(sources.count))."
            : "")))
    voice.status(Text("menunggu pemeriksaan pertama", "waiting for the first pass"))
    voice.ready()
  }

  /// Lets the scans under way end, which the stop order asked of them: within milliseconds, two seconds at most.
  private func drain() {
    pool.interruptAll()
    let deadline = MachineClock.sinceBoot + .seconds(2)
    while pool.threads > 0, MachineClock.sinceBoot < deadline {
      _ = wakeups.take()
      wakeups.wait(.milliseconds(100), sockets: [])
    }
  }

  /// Gives the lease back, so that another daemon need not wait for it to run out. The stop order ends every wait, this
  /// one included unless it is taken back; a clock of its own sees to it that stopping stays quick.
  private func release() {
    let interrupt = wakeups.interrupt
    interrupt.reset()
    Thread.detachNewThread {
      _ = poll(nil, 0, 3000)
      interrupt.trigger()
    }
    writer.release()
  }

  /// The longest wait: often enough for the date and the watchdog.
  private static let tick: Duration = .seconds(5)

  private func timeToWait(_ now: Duration) -> Duration {
    if writer.isBehind { return .milliseconds(10) }
    // What is due and was not begun waits for a place: for a scan that ends, or for one that takes too long.
    let next =
      due(now).isEmpty
      ? sources.filter { !pool.isScanning($0.settings.name) }.map { $0.state.schedule.wait(now: now) }.min()
      : .seconds(1)
    return max(.milliseconds(10), min(Self.tick, writer.leaseRhythm, next ?? Self.tick))
  }

  // MARK: Whose turn it is

  private func hear() {
    for index in sources.indices {
      if let change = sources[index].listener?.heard() { tell(index, .changed(change)) }
    }
  }

  /// Gives every source that is due its turn, as far as the budget goes.
  private func giveTurns(_ now: Duration) {
    for index in FairQueue.next(sources.map(\.state.turn), due: due(now), places: places, now: now) {
      if wakeups.interrupt.isTriggered { return }
      tell(index, .turn)
    }
    for index in FairQueue.givingUp(sources.map(\.state.turn), due: due(now), places: places, now: now) {
      tell(index, .placeNeeded)
    }
  }

  private func due(_ now: Duration) -> [Int] {
    sources.indices.filter { sources[$0].isDue(now) && !pool.isScanning(sources[$0].settings.name) }
  }

  /// How many scans may run at once: what the sessions that listen, and scans of sources that are gone, leave of the budget.
  private var places: Int {
    configuration.maximumConnections - (listens ? sources.count : 0)
      - (pool.sessions - sources.count { $0.state.turn.isRunning })
  }

  /// Every source listens, or none: where the budget leaves no place for a scan beside the sessions that listen, the
  /// interval alone serves.
  private var listens: Bool { configuration.wakeOnNotify && sources.count < configuration.maximumConnections }

  // MARK: Effects

  private func tellAll(_ input: SourceState.Input) {
    for index in sources.indices { tell(index, input) }
  }

  private func settle(_ finished: ScanPool.Finished) {
    guard let index = sources.firstIndex(where: { $0.settings.name == finished.source }) else { return }
    let scanned = finished.scanned
    if case .failure = scanned.result, wakeups.interrupt.isTriggered { return }
    tell(index, .scanned(scanned), finished)
  }

  /// Tells a source what happened, carries out what follows, and tells it what came of that.
  /// - Parameter finished: the scan that the effects are about.
  private func tell(_ index: Int, _ input: SourceState.Input, _ finished: ScanPool.Finished? = nil) {
    var next: SourceState.Input? = input
    while let input = next {
      next = nil
      let effects = sources[index].state.receive(input, now: sources[index].time(MachineClock.sinceBoot))
      do throws(SourceState.Failure) {
        for effect in effects { next = try carryOut(effect, index, finished) ?? next }
      } catch { next = .failed(error) }
    }
  }

  /// - Returns: what came of it, where the source waits for that.
  private func carryOut(
    _ effect: SourceState.Effect, _ index: Int, _ finished: ScanPool.Finished?
  ) throws(SourceState.Failure) -> SourceState.Input? {
    do throws(LedgerError) {
      switch effect {
      case .openLedger(let wantsHealth): return try openLedger(index, wantsHealth)
      case .scan(let order): return try begin(order, index)
      case .interruptScan: pool.interrupt(sources[index].settings.name)
      case .append(let gap):
        if let finished { try append(finished, index, gap) }
        return .appended
      case .emit: try writer.emitAll(meanwhile: voice.watchdog)
      case .complete: if let finished { try complete(finished, index) }
      case .warnOfPrivileges: voice.warnOfPrivileges(finished?.pass?.writable)
      case .confirm: return .written
      case .sayBlind(let cause): blind(index, cause)
      case .sayStandby: voice.standingBy(writer)
      case .closeLedger: writer.close()
      }
      return nil
    } catch { throw SourceState.Failure(error) }
  }

  private func openLedger(_ index: Int, _ wantsHealth: Bool) throws(LedgerError) -> SourceState.Input {
    let name = sources[index].settings.name
    guard try writer.open(now: MachineClock.sinceBoot) == .writing else {
      return .ledgerHeld(health: try writer.health(of: name))
    }
    return .ledgerOpened(
      generation: writer.generation, health: wantsHealth ? try writer.health(of: name) : nil)
  }

  /// The windows as known on a day, laid out once for all sources and passes of that day: it takes some milliseconds.
  private func windows(_ declared: [String], _ knownOn: CivilDate) -> WindowTable {
    let key = TableKey(declared: declared, knownOn: knownOn)
    if let table = tables[key] { return table }
    tables = tables.filter { $0.key.knownOn == knownOn }
    let table = ruleSet.windows(declared: declared, knownOn: knownOn)
    tables[key] = table
    return table
  }

  private func begin(_ order: SourceState.Order, _ index: Int) throws(LedgerError) -> SourceState.Input {
    let source = sources[index]
    let settings = source.settings
    try writer.refuseReplaced()
    let last = try writer.last(of: settings.name)
    if order.named == nil { try writer.markReading(settings.name) }
    let isCrowded = sources.count * 2 > configuration.maximumConnections
    let pass = Pass(
      source: settings, order: order,
      table: windows(settings.elections, order.knownOn),
      ledger: Pass.Ledger(
        state: try writer.state(of: settings.name), lastShape: last.shape, lastExtent: last.extent,
        clocks: (machine: Today.secondsSince2000, ledger: try writer.ledgerTime())),
      limits: Pass.Limits(
        alertSince: configuration.alertSince, maximumLoss: configuration.maximumLoss,
        remembered: PassMemory.capacity / sources.count,
        longest: .seconds(max(900, 3 * configuration.interval))),
      sessions: Pass.Sessions(
        password: settings.password(environment), listener: listens ? source.listener ?? Listener() : nil,
        kept: source.listener == nil || isCrowded ? nil : source.kept),
      memory: source.memory)
    do throws(PostgresError) {
      return .scanBegan(id: try pool.start(pass, generation: writer.generation))
    } catch { return .failed(SourceState.Failure(error)) }
  }

  private func append(_ finished: ScanPool.Finished, _ index: Int, _ gap: Int?) throws(LedgerError) {
    guard let result = finished.pass else { return }
    FailPoint.pass("after-read")
    try writer.append(
      finished.isPartial ? result.events : writer.events(result, of: finished.source, gap: gap),
      context(index, result), meanwhile: voice.watchdog)
    if !finished.isPartial { writer.resumed(finished.source) }
    FailPoint.pass("after-append")
  }

  private func complete(_ finished: ScanPool.Finished, _ index: Int) throws(LedgerError) {
    guard let result = finished.pass else { return }
    sources[index].listener = result.listener
    try writer.recordHealth(result, of: finished.source)
    voice.completed(
      result, of: finished.source, zone: sources[index].settings.zone,
      milliseconds: Int((MachineClock.sinceBoot - finished.began) / .milliseconds(1)),
      open: writer.openByOutcome(of: finished.source), writer)
  }

  /// A pass was not evaluated: said once, until it heals.
  private func blind(_ index: Int, _ cause: Text) {
    let text = LedgerState.line(cause[configuration.language])
    writer.blind(text, context(index, nil))
    voice.failed(sources[index].settings.name, text, writer)
  }

  func context(_ index: Int, _ result: PassResult?) -> EventBody.Context {
    EventBody.Context(
      source: sources[index].settings.name, rulebookHash: ruleSet.rulebook.hash,
      calendarHash: ruleSet.calendar.hash, program: programVersion,
      knownOn: sources[index].state.knownOn ?? .min,
      snapshot: result?.readAt.map { "\($0), records \(result?.counts.read ?? 0)" } ?? "none",
      approvals: result?.approvals)
  }

  // MARK: Reload

  /// New files are taken together or not at all.
  private func reload() {
    voice.reloading()
    do throws(FileError) {
      let (configuration, ruleSet) = try Self.load(configPath, environment)
      if let unreadable = configuration.unreadableApprovals { throw unreadable }
      // Their alerts stay open in the ledger, but nobody looks at them any more.
      let left = sources.map(\.settings.name).filter { name in
        !configuration.sources.contains { $0.name == name }
      }.map { (name: $0, open: writer.openByOutcome(of: $0).values.reduce(0, +)) }
      self.configuration = configuration
      self.ruleSet = ruleSet
      writer.release()
      writer = LedgerWriter(
        configuration, sink: sink, environment: environment, interrupt: wakeups.interrupt, after: writer)
      sources = Self.sources(configuration, after: sources)
      pool.keep(only: sources.map(\.settings.name))
      voice.accepted(configuration, left: left)
    } catch { voice.rejected(error) }
    voice.ready()
    tellAll(.asked)
  }
}
