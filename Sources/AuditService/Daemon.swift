import AlertLedger
import AuditReports
import Foundation
import FreezeRules
import Glibc
import HRRecords
import Postgres
import RuleFiles
import SystemLog

/// The long-running auditor: one thread, one loop. Every pass judges the whole set again (level, not edge), appends what
/// changed to the ledger, hands it to the log, marks it; in that order.
public final class Daemon {
  private let configPath: String?
  private let environment: [String: String]
  private let sink: LogSink
  private let manager: ServiceManager
  private let wakeups: Wakeups

  private var configuration: Configuration
  private var ruleSet: RuleSet
  private var schedule: PassSchedule
  private var knownOn: CivilDate?
  private var desk: AlertDesk
  private var listener: Listener?
  /// A person reloaded: the next pass accepts a changed view and a large loss.
  private var acceptsChange = false
  private var statusLine = ""
  private var figures = Metrics()
  private var hasMetricsProblem = false
  private var didCheckPrivileges = false

  /// Reads the configuration; signals are ours from here on, so call it before any other thread exists.
  /// - Throws: ``FileError`` for a bad configuration.
  public init(configPath: String?, environment: [String: String]) throws {
    self.configPath = configPath
    self.environment = environment
    (configuration, ruleSet) = try Self.load(configPath, environment)
    wakeups = try Wakeups()
    sink = LogSink.detect(environment: environment)
    manager = ServiceManager(environment: environment)
    schedule = PassSchedule(interval: .seconds(configuration.interval))
    desk = AlertDesk(configuration, sink: sink, environment: environment, interrupt: wakeups.interrupt)
  }

  /// Configuration, rules and calendar together, each checked against the other.
  static func load(
    _ path: String?, _ environment: [String: String]
  ) throws(FileError) -> (Configuration, RuleSet) {
    let configuration = try Configuration(path: path, environment: environment)
    let ruleSet = try RuleSet(rulesPath: configuration.rulesPath, calendarPath: configuration.calendarPath)
    if let unknown = ruleSet.unknownElection(in: configuration.elections) {
      throw FileError(file: path ?? "environment", line: 0, key: "elections", unknown.message)
    }
    return (configuration, ruleSet)
  }

  /// Runs until SIGTERM or SIGINT.
  public func run() {
    say(
      .started, .info, id: "Auditor berjalan (versi \(programVersion)).",
      en: "The auditor is up (version \(programVersion)).")
    manager.ready(status: text(id: "menunggu pemeriksaan pertama", en: "waiting for the first pass"))
    while true {
      let signals = wakeups.take()
      if signals.contains(.terminate) || signals.contains(.interrupt) { break }
      if signals.contains(.hangUp) { reload() }
      if signals.contains(.user1) { schedule.ask(.signal) }
      if let listener, listener.heard() { schedule.ask(.notification) }
      manager.watchdog()
      let today = Today.date(in: configuration.zone)
      if schedule.due(now: MachineClock.sinceBoot, today: today) != nil {
        let isEvaluated = pass(today)
        if wakeups.interrupt.isTriggered { continue }
        schedule.completed(
          now: MachineClock.sinceBoot, today: Today.date(in: configuration.zone), isEvaluated: isEvaluated)
        keepListening()
      } else {
        switch desk.tick() {
        case .nothing: break
        case .tookOver:
          // What the holder before left unjudged is judged now.
          schedule.ask(.lease)
          continue
        case .lost: sayLeaseLost()
        }
      }
      wakeups.wait(min(tick, schedule.wait(now: MachineClock.sinceBoot)), socket: listener?.socket ?? -1)
    }
    manager.stopping()
    release()
    say(.stopping, .info, id: "Auditor berhenti seperti diminta.", en: "The auditor ends as asked.")
  }

  /// The longest wait: often enough for the date, the watchdog, and three renewals of the lease before it runs out.
  private var tick: Duration { min(.seconds(5), .milliseconds(configuration.leaseSeconds * 1000 / 3)) }

  /// Gives the lease back, so that another daemon need not wait for it to run out. The stop order ends every wait, this
  /// one included unless it is taken back; a clock of its own sees to it that stopping stays quick.
  private func release() {
    let interrupt = wakeups.interrupt
    interrupt.reset()
    Thread.detachNewThread {
      _ = poll(nil, 0, 1500)
      interrupt.trigger()
    }
    desk.release()
  }

  private func sayLeaseLost() {
    say(
      .leaseLost, .warning, id: "Sewa buku besar berpindah; daemon ini siaga.",
      en: "The lease changed hands; this daemon stands by.")
    status(id: "siaga: daemon lain memegang sewa", en: "standby: another daemon holds the lease")
  }

  // MARK: One pass

  /// One pass; true when the whole set was judged, or another daemon does so.
  private func pass(_ today: CivilDate) -> Bool {
    let began = MachineClock.sinceBoot
    // A wall clock set back a day or two must not forget what was known; a larger step back is a correction.
    if let knownOn, today < knownOn, today.days(until: knownOn) <= 2 {} else { knownOn = today }
    let table = ruleSet.windows(declared: configuration.elections, knownOn: knownOn ?? today)
    let wasHolder = desk.holdsLease
    do throws(LedgerError) {
      guard try desk.open(leaseSeconds: configuration.leaseSeconds) else {
        if wasHolder { sayLeaseLost() }
        status(id: "siaga: daemon lain memegang sewa", en: "standby: another daemon holds the lease")
        return true
      }
    } catch {
      if error.cause != .interrupted { blind(error.message) }
      return false
    }
    do {
      let result = try read(table)
      if wakeups.interrupt.isTriggered { return false }
      Failpoint.pass("after-read")
      try desk.append(result.events, context(table, result))
      Failpoint.pass("after-append")
      try desk.emit()
      try desk.recordHealth(result)
      desk.resume(saidBy: result.events)
      acceptsChange = false
      heartbeat(result, began: began)
      warnOfPrivileges()
      return true
    } catch let error as LedgerError {
      if error.cause == .interrupted { return false }
      desk.close()
      if error.cause == .leaseLost {
        sayLeaseLost()
        return true
      }
      blind(error.message)
      return false
    } catch let error as any ExplainedError {
      if !wakeups.interrupt.isTriggered { blind(error.message) }
      return false
    } catch {
      if !wakeups.interrupt.isTriggered { blind(Bilingual(id: "\(error)", en: "\(error)")) }
      return false
    }
  }

  /// What one reading of the source gave.
  struct PassResult {
    var counts = Counts()
    var events: [EventDraft] = []
    var findings = 0
    var unjudgeable = 0
    var signature = ""
    var approvals: Approvals?
  }

  private func read(_ table: WindowTable) throws -> PassResult {
    let reader = RecordReader(
      conninfo: configuration.source.conninfo,
      password: Credential.read("source-password", environment: environment), view: configuration.source.view,
      region: configuration.region, zone: configuration.zone, interrupt: wakeups.interrupt)
    let approvals = try configuration.approvalsPath.map { try Approvals(csv: $0) }
    var reconciliation = Reconciliation(
      state: desk.state, source: configuration.source.name, alertSince: configuration.alertSince)
    var result = PassResult()
    var whereabouts: [String: Reconciliation.Whereabouts] = [:]
    let (manager, desk) = (self.manager, self.desk)
    let atWork = { (_: Int) in
      manager.watchdog()
      desk.keep()
    }
    result.counts = try reader.judge(
      table, approvals: approvals, .window, progress: atWork,
      signature: { signature in
        result.signature = signature
        try self.check(signature)
      },
      approvalsUsed: { result.approvals = $0 },
      unseen: { reconciliation.unseenActionIDs },
      found: { whereabouts[$0.action.actionID] = .there($0) }
    ) { reconciliation.observe($0) }
    let gone = reconciliation.lost(whereabouts)
    if !acceptsChange, reconciliation.isLossSuspicious(gone: gone, maximumLoss: configuration.maximumLoss) {
      throw SourceError(
        .notEvaluated,
        Bilingual(
          id:
            "\(gone) catatan yang pernah diperingatkan hilang atau tidak dapat dinilai lagi sekaligus (batas poll.max_loss \(configuration.maximumLoss) %). Bila memang benar: systemctl reload freeze-auditor",
          en:
            "\(gone) records that had alerts are gone, or can no longer be judged, at once (poll.max_loss is \(configuration.maximumLoss) %). If that is right: systemctl reload freeze-auditor"
        ))
    }
    result.events = reconciliation.events(whereabouts: whereabouts, today: table.knownOn)
    result.findings = reconciliation.findings
    result.unjudgeable = reconciliation.unjudgeableCount
    return result
  }

  /// A column that was there at the last good pass and is gone, or has another type, may hide acts or approvals.
  private func check(_ signature: String) throws(SourceError) {
    guard !acceptsChange, let last = desk.lastSignature, last != signature else { return }
    let lost = Set(last.split(separator: ",")).subtracting(signature.split(separator: ",")).sorted()
    guard !lost.isEmpty else { return }
    let columns = lost.map { String($0.prefix { $0 != ":" }) }.joined(separator: ", ")
    throw SourceError(
      .shape,
      Bilingual(
        id:
          "\(configuration.source.view): kolom hilang atau berganti tipe: \(columns). Pulihkan view itu, atau bila memang benar: systemctl reload freeze-auditor",
        en:
          "\(configuration.source.view): columns are gone or of another type: \(columns). Restore the view, or if that is right: systemctl reload freeze-auditor"
      ))
  }

  private func context(_ table: WindowTable, _ result: PassResult) -> EventBody.Context {
    EventBody.Context(
      source: configuration.source.name, rulebookHash: ruleSet.rulebook.hash,
      calendarHash: ruleSet.calendar.hash,
      program: programVersion, knownOn: table.knownOn, snapshot: "records \(result.counts.read)",
      approvals: result.approvals)
  }

  // MARK: Saying so

  /// A pass was not evaluated: said once, until it heals.
  private func blind(_ cause: Bilingual) {
    let text = PlainText.line(cause[configuration.language], limit: 1000)
    desk.blind(
      text,
      EventBody.Context(
        source: configuration.source.name, rulebookHash: ruleSet.rulebook.hash,
        calendarHash: ruleSet.calendar.hash,
        program: programVersion, knownOn: knownOn ?? .min, snapshot: "none"))
    status(id: "BUTA: \(text)", en: "BLIND: \(text)")
    figures.failed()
    writeMetrics()
  }

  private func heartbeat(_ result: PassResult, began: Duration) {
    let milliseconds = (MachineClock.sinceBoot - began) / .milliseconds(1)
    let open = desk.state.open.count
    let summary = text(
      id:
        "Pemeriksaan selesai: \(result.counts.read) catatan dinilai, \(open) peringatan terbuka, \(result.unjudgeable) tidak dapat dinilai.",
      en:
        "Pass completed: \(result.counts.read) records judged, \(open) alerts open, \(result.unjudgeable) not judgeable."
    )
    var entry = LogEntry(.passCompleted, priority: .info, message: summary)
    entry.set(Self.field("FREEZE_RECORDS"), result.counts.read)
    entry.set(Self.field("FREEZE_OPEN_ALERTS"), open)
    entry.set(Self.field("FREEZE_NEW_EVENTS"), result.events.count)
    entry.set(Self.field("FREEZE_UNJUDGEABLE"), result.unjudgeable)
    entry.set(Self.field("FREEZE_DURATION_MS"), Int(milliseconds))
    entry.set(Self.field("FREEZE_HEAD_SEQ"), desk.head.seq)
    entry.set(Self.field("FREEZE_HEAD_HASH"), Hex.encode(desk.head.hash))
    desk.log(entry)
    statusLine = summary
    manager.status(summary)
    figures.evaluated(
      records: result.counts.read, milliseconds: Int(milliseconds), unjudgeable: result.unjudgeable,
      open: desk.state.open.map(\.outcome), head: desk.head.seq)
    writeMetrics()
  }

  private func writeMetrics() {
    guard let path = configuration.metricsPath else { return }
    if let problem = figures.write(to: path), !hasMetricsProblem {
      hasMetricsProblem = true
      say(
        .configRejected, .warning, id: "metrics.textfile tidak dapat ditulis: \(problem)",
        en: "metrics.textfile cannot be written: \(problem)")
    }
  }

  /// Said once a start: a role that can write to the source is more than this daemon needs.
  private func warnOfPrivileges() {
    guard !didCheckPrivileges else { return }
    didCheckPrivileges = true
    let writable = SourceInspection.writable(
      conninfo: configuration.source.conninfo,
      password: Credential.read("source-password", environment: environment), view: configuration.source.view,
      interrupt: wakeups.interrupt)
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

  private static func field(_ name: String) -> FieldName { FieldName(name) ?? .event }

  private func text(id: String, en: String) -> String { Bilingual(id: id, en: en)[configuration.language] }

  private func status(id: String, en: String) {
    statusLine = text(id: id, en: en)
    manager.status(statusLine)
  }

  private func say(_ message: MessageID, _ priority: Priority, id: String, en: String) {
    desk.log(LogEntry(message, priority: priority, message: text(id: id, en: en)))
  }

  // MARK: Reload

  /// New files are taken together or not at all.
  private func reload() {
    manager.reloading()
    do {
      (configuration, ruleSet) = try Self.load(configPath, environment)
      schedule.interval = .seconds(configuration.interval)
      desk.release()
      desk = AlertDesk(
        configuration, sink: sink, environment: environment, interrupt: wakeups.interrupt,
        isBlindUnrecorded: desk.isBlindUnrecorded)
      listener = nil
      acceptsChange = true
      say(.configReloaded, .notice, id: "Konfigurasi baru dipakai.", en: "The new configuration is in use.")
    } catch {
      let problem = PlainText.line(error.message[configuration.language], limit: 1000)
      say(
        .configRejected, .error, id: "Konfigurasi baru ditolak, yang lama tetap dipakai: \(problem)",
        en: "The new configuration was rejected, the old one stays: \(problem)")
      statusLine = text(
        id: "konfigurasi baru ditolak: \(problem)", en: "new configuration rejected: \(problem)")
    }
    manager.ready(status: statusLine)
    schedule.ask(.reload)
  }

  private func keepListening() {
    guard configuration.wakeOnNotify, listener.map({ $0.socket < 0 }) ?? true else { return }
    listener = Listener(
      conninfo: configuration.source.conninfo,
      password: Credential.read("source-password", environment: environment),
      interrupt: wakeups.interrupt)
  }
}
