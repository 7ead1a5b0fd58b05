import AuditBase
import AlertLedger
import ArgumentParser
import AuditReports
import AuditService
import FreezeRules

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: Console.help(
      id:
        "Mengatakan dalam satu baris, untuk Nagios dan manusia, apakah pemeriksaan berjalan dan apa yang masih dapat ditunda.",
      en:
        "Says in one line, for Nagios and people, whether the daemon sees, and what can still be put off."),
    discussion: Console.help(
      id:
        "Keluar dengan 0 bila semua baik, 1 bila pemeriksaan atau surat terlambat atau layanan pemantau tidak aktif, 2 bila pemeriksaan buta atau pemeriksaan baik terakhirnya sudah lama, 3 bila hal itu tidak dapat diketahui.",
      en:
        "Exits 0 when all is well, 1 when a pass or the mail is late or nobody holds the lease, 2 when the daemon is blind or its last good pass is long ago, 3 when that cannot be known."
    )
  )

  @OptionGroup var options: LedgerOptions
  @Option(
    help: ArgumentHelp(
      id: "Umur pemeriksaan baik terakhir yang menjadi peringatan. Bawaan: dua interval dan semenit.",
      en: "Age of the last good pass that is a warning. Default: two intervals and a minute.",
      valueName: "seconds"))
  var warning: Int?
  @Option(
    help: ArgumentHelp(
      id: "Umur yang gawat. Bawaan: empat interval dan semenit.",
      en: "Age that is critical. Default: four intervals and a minute.", valueName: "seconds"))
  var critical: Int?

  @Option(
    help: ArgumentHelp(
      id: "Nilai dari berkas metrics.textfile, tanpa basis data dan tanpa hak: untuk Nagios.",
      en: "Judge by the file of metrics.textfile, without a database and without rights: for Nagios.",
      valueName: "file"))
  var textfile: String?

  @Option(
    help: ArgumentHelp(
      id: "Folder keadaan surat. Bawaan: milik unit surat.",
      en: "State folder of the mail. Default: that of its unit.",
      valueName: "folder"))
  var mailState: String?

  func run() throws {
    let report = textfile.map(report(textfile:)) ?? report()
    try Output.print(report.line)
    throw ExitCode(report.level.rawValue)
  }

  private func report() -> Report {
    do {
      let configuration = try options.configuration()
      let store = try options.open(configuration)
      return try evaluate(configuration, store)
    } catch let error as any ExplainedError {
      return Report(.unknown, error.message[options.lang])
    } catch {
      return Report(.unknown, "\(error)")
    }
  }

  private func evaluate(_ configuration: Configuration, _ store: LedgerStore) throws -> Report {
    let head = try store.head()
    let lease = try store.leaseHolder()
    let holder = lease.flatMap { $0.isCurrent ? $0.holder : nil }
    let interval = configuration.interval
    let (late, tooLate) = (warning ?? interval * 2 + 60, critical ?? interval * 4 + 60)
    var findings: [(level: Report.Level, text: String)] = []
    var states: [AlertState] = []
    var oldest: Int64?
    var isUnread = false
    for source in configuration.sources {
      do throws(LedgerError) { states += try store.openState(of: source.name).open } catch {
        findings.append(try unreadable(source, error))
      }
      let health = try store.health(of: source.name)
      if let age = health?.secondsSinceGood { oldest = max(oldest ?? 0, age) } else { isUnread = true }
      let found = judge(health, late: late, tooLate: tooLate)
      let prefix = configuration.sources.count > 1 ? "\(source.name): " : ""
      findings.append((found.level, prefix + found.text))
    }
    if let holder, !Holder.names(holder) { findings.append((.warning, stranger(holder)[options.lang])) }
    if let ahead = try store.markAhead() {
      findings.append((.critical, MarksAhead.text(ahead)[options.lang]))
    }
    if holder == nil {
      findings.append(
        (.warning, Text("layanan pemantau tidak aktif", "no daemon holds the lease")[options.lang]))
    }
    let today = Today.date(in: configuration.zone)
    if let warning = CalendarReach(try configuration.ruleSet().windows(knownOn: today)).warning(today: today)
    {
      findings.append((.warning, warning[options.lang]))
    }
    let mark = try store.emittedThrough()
    if let finding = try unlogged(store, head: head.seq, mark: mark) { findings.append(finding) }
    let mail = MailPath(
      configuration, configPath: options.configPath, state: mailState, now: Today.secondsSince2000)
    findings += (mail?.faults ?? []).map {
      ($0.weight == .critical ? .critical : .warning, $0.text[options.lang])
    }
    // Of many sources only the ones in trouble are named; Nagios ranks critical above unknown above warning.
    let worst = findings.map(\.level).max { $0.gravity < $1.gravity } ?? .unknown
    let said = worst == .ok ? findings.prefix(1).map(\.text) : findings.filter { $0.level != .ok }.map(\.text)
    let facts = Text(
      "arsip peringatan \(head.seq):\(Hex.encode(head.hash).prefix(12)), pemantau: \(holder.map(Self.short) ?? "tidak ada")",
      "ledger \(head.seq):\(Hex.encode(head.hash).prefix(12)), lease \(holder.map(Self.short) ?? "nobody")"
    )[options.lang]
    let open = try StatusOpen(states, store, on: today)
    var performance = [
      "open_alerts=\(open.count.alerts);;;0", "open_reversals=\(open.count.reversals);;;0",
      "upcoming=\(open.ahead);;;0", "ledger_head=\(head.seq)c", "lease_held=\(holder == nil ? 0 : 1);;;0;1",
      "lease_epoch=\(lease?.epoch ?? 0)c", "unlogged=\(max(0, head.seq - mark));;;0",
    ]
    if let oldest {
      // Of monitoring's own U (unknown) where one of the sources was never read.
      performance.insert("last_good_pass=\(isUnread ? "U" : "\(oldest)s");\(late);\(tooLate);0", at: 0)
    }
    if let left = open.daysLeft { performance.append("days_left=\(left)") }
    return Report(worst, (said + open.words(options.lang) + [facts]).joined(separator: "; "), performance)
  }

  /// A ledger with an event that cannot be read still tells of everything else.
  private func unreadable(
    _ source: SourceSettings, _ error: LedgerError
  ) throws(LedgerError) -> (Report.Level, String) {
    guard error.cause == .corrupt else { throw error }
    return (.critical, "\(source.name): \(error.message[options.lang])")
  }

  /// What the log does not have, or has and the ledger does not.
  private func unlogged(_ store: LedgerStore, head: Int64, mark: Int64) throws -> (Report.Level, String)? {
    if mark > head {
      return (
        .critical,
        Text(
          "arsip peringatan berakhir pada \(head), log sudah sampai \(mark): ekornya hilang",
          "the ledger ends with \(head), the log has up to \(mark): its tail is gone")[options.lang]
      )
    }
    guard let waiting = try store.secondsUnlogged(), waiting >= 60 else { return nil }
    return (
      .critical,
      Text(
        "\(head - mark) peristiwa belum sampai ke log, yang tertua sejak \(waiting) s",
        "\(head - mark) events have not reached the log, the oldest for \(waiting) s")[options.lang]
    )
  }

  private func judge(_ health: LedgerStore.Health?, late: Int, tooLate: Int) -> (
    level: Report.Level, text: String
  ) {
    guard let health else {
      return (.unknown, Text("belum pernah diperiksa", "was never examined")[options.lang])
    }
    if health.state != "evaluated" {
      let cause = health.cause ?? "-"
      return (.critical, Text("BUTA: \(cause)", "BLIND: \(cause)")[options.lang])
    }
    guard let age = health.secondsSinceGood else {
      return (
        .unknown, Text("belum ada pemeriksaan yang berhasil", "no pass has succeeded yet")[options.lang]
      )
    }
    let text = Text("pemeriksaan terakhir \(age) s lalu", "last good pass \(age) s ago")[options.lang]
    if age < -60 {
      return (
        .warning,
        Text(
          "pemeriksaan terakhir \(-age) s di masa depan: jam server arsip peringatan dimundurkan",
          "the last good pass lies \(-age) s ahead: the clock of the ledger's server was set back")[
            options.lang]
      )
    }
    return (age >= tooLate ? .critical : age >= late ? .warning : .ok, text)
  }

  private func stranger(_ holder: String) -> Text {
    Text(
      "giliran menulis dipegang \"\(holder)\", yang bukan layanan pemantau: selama itu tidak ada yang menulis arsip peringatan",
      "the lease is held by \"\(holder)\", which is no daemon: meanwhile nobody writes the ledger")
  }

  /// `host pid 123` of a holder's full name.
  private static func short(_ holder: String) -> String {
    let parts = holder.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 5 ? "\(parts[0]) pid \(parts[3])" : holder
  }

  /// One line in the form monitoring plugins use.
  struct Report {
    enum Level: Int32 {
      case ok, warning, critical, unknown
      var gravity: Int { [.ok: 0, .warning: 1, .unknown: 2, .critical: 3][self] ?? 3 }
    }
    let level: Level
    let line: String

    init(_ level: Level, _ text: String, _ performance: [String] = []) {
      self.level = level
      let words: [Level: String] = [
        .ok: "OK", .warning: "WARNING", .critical: "CRITICAL", .unknown: "UNKNOWN",
      ]
      // A bar would end the text for the monitoring system.
      let clean = PlainText.line(text.replacing("|", with: "/"), limit: 900)
      line =
        "FREEZE-AUDITOR \(words[level] ?? "UNKNOWN") - \(clean)"
        + (performance.isEmpty ? "" : " | " + performance.joined(separator: " "))
    }
  }
}

extension Output {
  /// One line on standard output.
  static func print(_ line: String) throws {
    let output = try Output(path: nil)
    try output.write(line + "\n")
    try output.finish()
  }
}
