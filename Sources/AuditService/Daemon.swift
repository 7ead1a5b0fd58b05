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

/// The long-running auditor. Every pass judges the whole set again (level, not edge). Readings run on threads of their own,
/// within a budget, so that no source can hold up another; what follows from them (append to the ledger, log, mark) is one
/// loop's, in that order.
package final class Daemon {
  private let configPath: String?
  private let environment: [String: String]
  private let sink: LogSink
  private let manager: ServiceManager
  private let wakeups: Wakeups
  private let board: PassBoard

  private var configuration: Configuration
  private var ruleSet: RuleSet
  private var desk: AlertDesk
  private var watches: [Watch]
  private var statusLine = ""
  private var rejection: String?
  private var figures = Metrics()
  private var hasMetricsProblem = false

  /// Reads the configuration; signals are ours from here on, so call it before any other thread exists.
  /// - Throws: ``FileError`` for a bad configuration.
  package init(configPath: String?, environment: [String: String]) throws {
    self.configPath = configPath
    self.environment = environment
    // First of all: a stop order that comes while the files are read is obeyed like any other.
    wakeups = try Wakeups()
    (configuration, ruleSet) = try Self.load(configPath, environment)
    board = PassBoard(wake: wakeups.wake)
    sink = LogSink.detect(environment: environment)
    manager = ServiceManager(environment: environment)
    desk = AlertDesk(configuration, sink: sink, environment: environment, interrupt: wakeups.interrupt)
    watches = Self.watches(configuration)
  }

  /// Configuration, rules and calendar together, each checked against the other.
  static func load(
    _ path: String?, _ environment: [String: String]
  ) throws(FileError) -> (Configuration, RuleSet) {
    let configuration = try Configuration(path: path, environment: environment)
    let ruleSet = try RuleSet(rulesPath: configuration.rulesPath, calendarPath: configuration.calendarPath)
    if let unknown = ruleSet.unknownElection(in: configuration.sources.flatMap(\.elections)) {
      throw FileError(file: path ?? "environment", line: 0, key: "elections", unknown.message)
    }
    return (configuration, ruleSet)
  }

  private static func watches(_ configuration: Configuration) -> [Watch] {
    configuration.sources.map { Watch($0, interval: .seconds(configuration.interval)) }
  }

  /// Runs until SIGTERM or SIGINT.
  package func run() {
    let deaf = configuration.wakeOnNotify && !listens
    say(
      .started, .info,
      id: "Auditor berjalan (versi \(programVersion))."
        + (deaf
          ? " wake_on_notify tidak dipakai: poll.connections harus lebih dari jumlah sumber (\(watches.count))."
          : ""),
      en: "The auditor is up (version \(programVersion))."
        + (deaf
          ? " wake_on_notify is not used: poll.connections must be more than the sources (\(watches.count))."
          : ""))
    status(id: "menunggu pemeriksaan pertama", en: "waiting for the first pass")
    manager.ready(status: statusLine)
    while true {
      let signals = wakeups.take()
      if signals.contains(.terminate) || signals.contains(.interrupt) { break }
      if signals.contains(.hangUp) { reload() }
      if signals.contains(.user1) { askAll(.signal) }
      let now = MachineClock.sinceBoot
      manager.watchdog()
      board.giveUpStuck(now: now)
      for finished in board.take() { settle(finished) }
      if desk.tick(now: now) { askAll(.start) }
      desk.keepEmitting(now: now)
      startDue(now)
      wakeups.wait(timeToWait(MachineClock.sinceBoot), sockets: watches.compactMap { $0.listener?.socket })
    }
    manager.stopping()
    drain()
    release()
    say(.stopping, .info, id: "Auditor berhenti seperti diminta.", en: "The auditor ends as asked.")
    // A reading that could not be ended (a name server that does not answer) is inside libpq and OpenSSL, whose exit
    // handlers would free what it uses.
    if board.threads > 0 { _exit(EXIT_SUCCESS) }
  }

  /// Lets the readings under way end, which the stop order asked of them: within milliseconds, two seconds at most.
  private func drain() {
    board.interruptAll()
    let deadline = MachineClock.sinceBoot + .seconds(2)
    while board.threads > 0, MachineClock.sinceBoot < deadline {
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
    desk.release()
  }

  /// The longest wait: often enough for the date and the watchdog.
  private static let tick: Duration = .seconds(5)

  private func timeToWait(_ now: Duration) -> Duration {
    if desk.isBehind { return .milliseconds(10) }
    let waiting = due(now)
    // What is due and was not begun waits for a place: for a reading that ends, or for one that takes too long.
    let next =
      waiting.isEmpty
      ? watches.filter { !board.isReading($0.source.name) }.map { $0.schedule.wait(now: now) }.min()
      : .seconds(1)
    return max(.milliseconds(10), min(Self.tick, desk.leaseRhythm, next ?? Self.tick))
  }

  private func askAll(_ reason: PassSchedule.Reason) {
    for index in watches.indices { watches[index].schedule.ask(reason) }
  }

  // MARK: Passes

  /// Starts every reading that is due, as far as the budget goes.
  private func startDue(_ now: Duration) {
    for index in watches.indices { watches[index].hear(now: now) }
    for index in Rota.next(watches.map(\.turn), due: due(now), places: places, now: now) {
      if wakeups.interrupt.isTriggered { return }
      start(index)
    }
    for index in Rota.givingUp(watches.map(\.turn), due: due(now), places: places, now: now) {
      watches[index].turn.giveUp()
      board.interrupt(watches[index].source.name)
    }
  }

  private func due(_ now: Duration) -> [Int] {
    watches.indices.filter { watches[$0].isDue(now: now) && !board.isReading(watches[$0].source.name) }
  }

  /// How many readings may run at once: what the sessions that listen, and readings of sources that are gone, leave of the budget.
  private var places: Int {
    configuration.maximumConnections - (listens ? watches.count : 0)
      - (board.sessions - watches.count { $0.turn.isRunning })
  }

  private func start(_ index: Int) {
    let source = watches[index].source
    watches[index].turn.pass(now: MachineClock.sinceBoot)
    let today = watches[index].today
    let named = watches[index].takeNamed(now: MachineClock.sinceBoot)
    if named == nil {
      watches[index].startedOn = today
      watches[index].schedule.started()
    }
    do throws(LedgerError) {
      guard try desk.open(now: MachineClock.sinceBoot) == .writing else {
        try standBy(index)
        return
      }
      watches[index].standbySince = nil
      watches[index].learn(
        watches[index].knownOn == nil ? try desk.health(of: source.name) : nil,
        interval: configuration.interval)
      let job = Pass(
        source: source, password: source.password(environment),
        table: ruleSet.windows(declared: source.elections, knownOn: watches[index].knownOn ?? today),
        state: try desk.state(of: source.name), alertSince: configuration.alertSince,
        maximumLoss: configuration.maximumLoss, lastShape: try desk.lastShape(of: source.name),
        acceptsChange: watches[index].acceptsChange, checksPrivileges: !watches[index].didCheckPrivileges,
        memory: watches[index].memory, memoryCapacity: PassMemory.capacity / watches.count,
        listener: listens ? watches[index].listener ?? Listener() : nil,
        kept: watches[index].listener == nil || watches.count * 2 > configuration.maximumConnections
          ? nil : watches[index].kept, named: named)
      do throws(PostgresError) {
        watches[index].readingID = try board.start(job, generation: desk.generation)
        watches[index].turn.begin(now: MachineClock.sinceBoot)
      } catch {
        blind(index, Text("\(error)", "\(error)"))
        completed(index, isEvaluated: false)
      }
    } catch {
      if error.cause != .interrupted, !watches[index].repeats(after: error) { blind(index, error.message) }
      completed(index, isEvaluated: false)
    }
  }

  /// Another daemon holds the lease: it is asked for again at its own rhythm, and once it is ours everything is read at once.
  private func standBy(_ index: Int) throws(LedgerError) {
    let now = MachineClock.sinceBoot
    let since = watches[index].standbySince ?? now
    watches[index].standbySince = since
    status(id: "siaga: daemon lain memegang sewa", en: "standby: another daemon holds the lease")
    completed(index, isEvaluated: true)
    // Two regions with one ledger, say: then nobody reads this source, and both would be content.
    let health = try desk.health(of: watches[index].source.name)
    if Watch.isNeglected(health, standbyFor: now - since, interval: configuration.interval) {
      blind(
        index,
        Text(
          "daemon lain memegang sewa buku besar, tetapi tidak memeriksa sumber ini; satu buku besar hanya untuk satu daemon (atau cadangannya)",
          "another daemon holds the lease of the ledger but does not read this source; a ledger is for one daemon (or its standby)"
        ))
    }
  }

  /// What follows from a reading: append, log, mark; or say that nothing was seen.
  private func settle(_ finished: PassBoard.Finished) {
    guard let index = watches.firstIndex(where: { $0.readingID == finished.id }) else { return }
    watches[index].readingID = nil
    let isFailed = if case .failure = finished.result { true } else { false }
    let gaveUp = watches[index].turn.isGivingUp
    watches[index].turn.end(now: MachineClock.sinceBoot, isFailed: isFailed)
    // What was only a glance is left to the pass over all records, which says what is wrong.
    if isFailed, !finished.isStuck, gaveUp || finished.isGlance {
      watches[index].schedule.ask(.retry)
      return
    }
    do {
      // A process that was frozen, or a slow reading, may come back after the ledger changed hands: then what it was
      // compared with is out of date, and even "nothing changed" is not for this daemon to say.
      let standing = try desk.open(now: MachineClock.sinceBoot)
      guard standing == .writing, finished.generation == desk.generation else {
        if standing == .writing {
          watches[index].schedule.ask(.start)
        } else {
          completed(index, isEvaluated: true)
        }
        return
      }
      let result = try finished.result.get()
      FailPoint.pass("after-read")
      try desk.append(
        finished.isGlance
          ? result.events : desk.events(result, of: finished.source, gap: watches[index].gap),
        context(index, records: result.counts.read, approvals: result.approvals, readAt: result.readAt))
      if !finished.isGlance {
        desk.resumed(finished.source)
        watches[index].gap = nil
      }
      FailPoint.pass("after-append")
      try desk.emit()
      if finished.isGlance {
        // Named was what is not there, or not by that name.
        if result.counts.read == 0 { watches[index].schedule.ask(.notification) }
        return
      }
      watches[index].memory = result.memory
      watches[index].listener = result.listener
      try desk.recordHealth(result, of: finished.source)
      watches[index].acceptsChange = false
      watches[index].awaitsAcceptance = false
      watches[index].succeeded()
      heartbeat(result, of: finished)
      warnOfPrivileges(index, result.writable)
      completed(index, isEvaluated: true)
    } catch let error as LedgerError {
      if error.cause == .interrupted { return }
      desk.close()
      if error.cause != .leaseLost, !watches[index].repeats(after: error) { blind(index, error.message) }
      completed(index, isEvaluated: error.cause == .leaseLost)
    } catch {
      if wakeups.interrupt.isTriggered { return }
      watches[index].awaitsAcceptance = (error as? SourceError)?.isAcceptable ?? false
      // A lost connection in between is no other refusal; a lost privilege, or a broken view, is.
      if let error = error as? SourceError, !error.isAcceptable, [.privilege, .shape].contains(error.cause) {
        watches[index].acceptsChange = false
      }
      if !watches[index].repeats(after: error) {
        blind(index, (error as? any ExplainedError)?.message ?? Text("\(error)", "\(error)"))
      }
      completed(index, isEvaluated: false)
    }
  }

  private func completed(_ index: Int, isEvaluated: Bool) {
    watches[index].schedule.completed(
      now: MachineClock.sinceBoot, today: watches[index].startedOn ?? watches[index].today,
      isEvaluated: isEvaluated)
  }

  private func context(
    _ index: Int, records: Int, approvals: Approvals? = nil, readAt: String? = nil
  ) -> EventBody.Context {
    EventBody.Context(
      source: watches[index].source.name, rulebookHash: ruleSet.rulebook.hash,
      calendarHash: ruleSet.calendar.hash, program: programVersion, knownOn: watches[index].knownOn ?? .min,
      snapshot: readAt.map { "\($0), records \(records)" } ?? "none", approvals: approvals)
  }

  /// Every source listens, or none: where the budget leaves no place for a reading beside the sessions that listen, the
  /// interval alone serves.
  private var listens: Bool { configuration.wakeOnNotify && watches.count < configuration.maximumConnections }

  // MARK: Saying so

  /// A pass was not evaluated: said once, until it heals.
  private func blind(_ index: Int, _ cause: Text) {
    let text = PlainText.line(cause[configuration.language], limit: 1000)
    desk.blind(text, context(index, records: 0))
    status(id: "BUTA: \(text)", en: "BLIND: \(text)")
    figures.failed(watches[index].source.name)
    writeMetrics()
  }

  private func heartbeat(_ result: PassResult, of finished: PassBoard.Finished) {
    let milliseconds = (MachineClock.sinceBoot - finished.began) / .milliseconds(1)
    let alerts = desk.openAlerts(of: finished.source)
    let open = alerts.count
    statusLine = text(
      id:
        "Pemeriksaan selesai: \(result.counts.read) catatan dinilai, \(open) peringatan terbuka, \(result.unjudgeable) tidak dapat dinilai.",
      en:
        "Pass completed: \(result.counts.read) records judged, \(open) alerts open, \(result.unjudgeable) not judgeable."
    )
    desk.log(
      Heartbeat(
        source: finished.source, result: result, open: open, milliseconds: Int(milliseconds), head: desk.head
      ).entry(statusLine))
    manager.status(fullStatus)
    figures.evaluated(
      finished.source, records: result.counts.read, milliseconds: Int(milliseconds),
      unjudgeable: result.unjudgeable,
      open: alerts.map(\.outcome), head: desk.head.seq)
    writeMetrics()
  }

  private func writeMetrics() {
    guard let path = configuration.metricsPath else { return }
    guard let problem = figures.write(to: path) else {
      hasMetricsProblem = false
      return
    }
    if hasMetricsProblem { return }
    hasMetricsProblem = true
    say(
      .configRejected, .warning, id: "metrics.textfile tidak dapat ditulis: \(problem)",
      en: "metrics.textfile cannot be written: \(problem)")
  }

  /// A role that can write to the source is more than this daemon needs.
  private func warnOfPrivileges(_ index: Int, _ writable: [String]?) {
    watches[index].didCheckPrivileges = true
    guard let writable, !writable.isEmpty else { return }
    let names = writable.prefix(5).joined(separator: ", ")
    say(
      .sourceWritable, .warning,
      id:
        "Peran basis data ini dapat menulis ke sumber (\(names)); cukup hak baca. Lihat freeze-auditor doctor.",
      en:
        "This database role can write to the source (\(names)); reading is enough. See freeze-auditor doctor."
    )
  }

  private func text(id: String, en: String) -> String { Text(id, en)[configuration.language] }

  private func status(id: String, en: String) {
    statusLine = text(id: id, en: en)
    manager.status(fullStatus)
  }

  /// A rejected configuration stays in sight until a good one is loaded.
  private var fullStatus: String { [rejection, statusLine].compactMap(\.self).joined(separator: "; ") }

  private func say(_ message: MessageID, _ priority: Priority, id: String, en: String) {
    desk.log(LogEntry(message, priority: priority, message: text(id: id, en: en)))
  }

  // MARK: Reload

  /// New files are taken together or not at all.
  private func reload() {
    manager.reloading()
    do throws(FileError) {
      let (configuration, ruleSet) = try Self.load(configPath, environment)
      // Their alerts stay open in the ledger, but nobody looks at them any more.
      let left = watches.map(\.source.name).filter { name in
        !configuration.sources.contains { $0.name == name }
      }
      .map { "\($0) (\(desk.openAlerts(of: $0).count))" }.joined(separator: ", ")
      if let unreadable = configuration.unreadableApprovals { throw unreadable }
      self.configuration = configuration
      self.ruleSet = ruleSet
      desk.release()
      desk = AlertDesk(
        configuration, sink: sink, environment: environment, interrupt: wakeups.interrupt,
        generation: desk.generation + 1, blindUnrecorded: desk.blindUnrecorded)
      let before = watches
      watches = Self.watches(configuration)
      for index in watches.indices {
        let old = before.first { $0.source.name == watches[index].source.name }
        if let old { watches[index].succeed(old) }
      }
      board.keep(only: watches.map(\.source.name))
      rejection = nil
      figures.keep(only: watches.map(\.source.name))
      say(
        .configReloaded, .notice,
        id: "Konfigurasi baru dipakai."
          + (left.isEmpty ? "" : " Tidak diperiksa lagi (peringatan terbuka): \(left)."),
        en: "The new configuration is in use."
          + (left.isEmpty ? "" : " No longer read (open alerts): \(left)."))
    } catch {
      let problem = PlainText.line(error.message[configuration.language], limit: 1000)
      say(
        .configRejected, .error, id: "Konfigurasi baru ditolak, yang lama tetap dipakai: \(problem)",
        en: "The new configuration was rejected, the old one stays: \(problem)")
      rejection = text(
        id: "konfigurasi baru ditolak: \(problem)", en: "new configuration rejected: \(problem)")
    }
    manager.ready(status: fullStatus)
    askAll(.reload)
  }
}
