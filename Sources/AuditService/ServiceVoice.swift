import AuditBase
import AlertLedger
import AlertMail
import AuditReports
import FreezeRules
import SystemLog

/// What the daemon says of itself: to the service manager, to the log and in the metrics file.
final class ServiceVoice {
  private let sink: LogSink
  private let manager: ServiceManager
  private var language: Language
  private var metricsPath: String?
  private let mailFolder: String
  private var statusLine = ""
  private var rejection: String?
  private var metrics = Metrics()
  private var hasMetricsProblem = false
  /// Neither a pass nor a standby was told of yet.
  private var isUndecided = true

  init(_ configuration: Configuration, configPath: String?, sink: LogSink, environment: [String: String]) {
    mailFolder = MailPath.folder(configPath)
    self.sink = sink
    manager = ServiceManager(environment: environment)
    language = configuration.language
    metricsPath = configuration.metricsPath
    metrics.interval = configuration.interval
  }

  func say(_ message: MessageID, _ priority: Priority, _ text: Text) {
    log(LogEntry(message, priority: priority, message: text[language]))
  }

  private func log(_ entry: LogEntry) {
    // Where the log takes nothing there is nobody else to tell.
    do throws(LogError) { _ = try sink.write(entry) } catch { return }
  }

  // MARK: The service manager

  func ready() { manager.ready(status: fullStatus) }
  func stopping() { manager.stopping() }
  func watchdog() { manager.watchdog() }
  func reloading() { manager.reloading() }

  func status(_ text: Text) {
    statusLine = text[language]
    manager.status(fullStatus)
  }

  /// A rejected configuration stays in sight until a good one is loaded.
  private var fullStatus: String { [rejection, statusLine].compactMap(\.self).joined(separator: "; ") }

  // MARK: Passes

  /// A pass was evaluated: silence means failure.
  /// - Parameter open: the open alerts of the source, by outcome.
  func completed(
    _ result: PassResult, of source: String, zone: Zone, milliseconds: Int, open: [String: Int],
    _ writer: LedgerWriter
  ) {
    let count = OpenCount(byOutcome: open)
    let text = count.text
    statusLine =
      Text(
        "Pemeriksaan selesai: \(result.counts.read) catatan dinilai, \(text.indonesian), \(result.unjudgeable) tidak dapat dinilai.",
        "Pass completed: \(result.counts.read) records judged, \(text.english), \(result.unjudgeable) not judgeable."
      )[language] + (result.calendar.map { " " + $0.sentence(language) } ?? "")
    log(
      Heartbeat(
        source: source, result: result, open: count.alerts, milliseconds: milliseconds, head: writer.head
      )
      .entry(statusLine))
    isUndecided = false
    manager.status(fullStatus)
    metrics.evaluated(
      source, result, milliseconds: milliseconds, open: open, zone: zone)
    writeMetrics(writer)
  }

  /// A pass was not evaluated.
  func failed(_ source: String, _ cause: String, _ writer: LedgerWriter) {
    status(Text("BUTA: \(cause)", "BLIND: \(cause)"))
    metrics.failed(source)
    writeMetrics(writer)
  }

  /// Another daemon holds the lease: the file says so, or its reader would take it for the active one.
  func standingBy(_ writer: LedgerWriter) {
    status(Text("siaga: layanan lain yang memantau", "standby: another daemon holds the lease"))
    // Whoever lost the lease has said so; a daemon that never had it says so once.
    if isUndecided {
      isUndecided = false
      say(
        .started, .info,
        Text(
          "Auditor siaga: layanan lain yang memantau dan menulis arsip peringatan. Peringatan terbit dari sana; yang ini menggantikannya bila ia berhenti.",
          "The auditor stands by: another daemon holds the lease of the ledger. Alerts come from that one; this one takes over when it ends."
        ))
    }
    writeMetrics(writer)
  }

  /// A role that can write to the source is more than this daemon needs.
  func warnOfPrivileges(_ writable: [String]?) {
    guard let writable, !writable.isEmpty else { return }
    let names = writable.prefix(5).joined(separator: ", ")
    say(
      .sourceWritable, .warning,
      Text(
        "Peran basis data ini dapat menulis ke sumber (\(names)); cukup hak baca. Lihat freeze-auditor doctor.",
        "This database role can write to the source (\(names)); reading is enough. See freeze-auditor doctor."
      ))
  }

  private func writeMetrics(_ writer: LedgerWriter) {
    guard let path = metricsPath else { return }
    metrics.ledger = writer.figures
    metrics.mail = MailStatus(folder: mailFolder)
    guard let problem = metrics.write(to: path) else {
      hasMetricsProblem = false
      return
    }
    if hasMetricsProblem { return }
    hasMetricsProblem = true
    say(
      .configRejected, .warning,
      Text(
        "metrics.textfile tidak dapat ditulis: \(problem)",
        "metrics.textfile cannot be written: \(problem)"))
  }

  // MARK: Reload

  /// New files are in use.
  /// - Parameter left: the sources that are no longer read, with their open alerts.
  func accepted(_ configuration: Configuration, left: [(name: String, open: Int)]) {
    language = configuration.language
    metricsPath = configuration.metricsPath
    metrics.interval = configuration.interval
    metrics.keep(only: configuration.sources.map(\.name))
    rejection = nil
    let names = left.map { "\($0.name) (\($0.open))" }.joined(separator: ", ")
    say(
      .configReloaded, .notice,
      Text(
        "Konfigurasi baru dipakai."
          + (names.isEmpty ? "" : " Tidak diperiksa lagi (peringatan terbuka): \(names)."),
        "The new configuration is in use."
          + (names.isEmpty ? "" : " No longer read (open alerts): \(names).")))
  }

  /// The old files stay.
  func rejected(_ error: any ExplainedError) {
    let problem = PlainText.line(error.message[language], limit: 1000)
    say(
      .configRejected, .error,
      Text(
        "Konfigurasi baru ditolak, yang lama tetap dipakai: \(problem)",
        "The new configuration was rejected, the old one stays: \(problem)"))
    rejection =
      Text("konfigurasi baru ditolak: \(problem)", "new configuration rejected: \(problem)")[language]
  }
}
