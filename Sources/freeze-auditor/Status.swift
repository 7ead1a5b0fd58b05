import AlertLedger
import ArgumentParser
import AuditReports
import AuditService
import FreezeRules

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says in one line, for Nagios and people, whether the daemon sees.",
    discussion:
      "Exits 0 when all is well, 1 when a pass is late or nobody holds the lease, 2 when the daemon is blind or its last good pass is long ago, 3 when that cannot be known."
  )

  @OptionGroup var options: LedgerOptions
  @Option(
    help: ArgumentHelp(
      "Age of the last good pass that is a warning. Default: two intervals and a minute.",
      valueName: "seconds"))
  var warning: Int?
  @Option(
    help: ArgumentHelp("Age that is critical. Default: four intervals and a minute.", valueName: "seconds"))
  var critical: Int?

  func run() throws {
    let report = report()
    try Output.print(report.line)
    throw ExitStatusOfPlugin(report.level)
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
    let source = configuration.source.name
    let state = try store.state(of: source)
    let head = try store.head()
    let lease = try store.leaseHolder()
    let late = warning ?? configuration.interval * 2 + 60
    let tooLate = critical ?? configuration.interval * 4 + 60
    // Two daemons and the host part of the name are what a person asks for.
    let holder = lease.flatMap { $0.isCurrent ? $0.holder : nil }
    let health = try store.health(of: source)

    var performance = [
      "open_alerts=\(state.open.count);;;0", "ledger_head=\(head.seq)c",
      "lease_held=\(holder == nil ? 0 : 1);;;0;1", "lease_epoch=\(lease?.epoch ?? 0)c",
    ]
    if let age = health?.secondsSinceGood {
      performance.insert("last_good_pass=\(age)s;\(late);\(tooLate);0", at: 0)
    }
    let facts = options.say(
      id:
        "\(state.open.count) peringatan terbuka, buku besar \(head.seq):\(Hex.encode(head.hash).prefix(12)), sewa \(holder.map(Self.short) ?? "tidak ada")",
      en:
        "\(state.open.count) alerts open, ledger \(head.seq):\(Hex.encode(head.hash).prefix(12)), lease \(holder.map(Self.short) ?? "nobody")"
    )
    func made(_ level: Report.Level, id: String, en: String) -> Report {
      Report(level, options.say(id: id, en: en) + "; " + facts, performance)
    }
    guard let health else {
      return made(
        .unknown, id: "belum pernah ada pemeriksaan sumber \(source)",
        en: "the source \(source) was never examined")
    }
    if health.state != "evaluated" {
      let cause = health.cause ?? "-"
      return made(.critical, id: "BUTA: \(cause)", en: "BLIND: \(cause)")
    }
    guard let age = health.secondsSinceGood else {
      return made(.unknown, id: "belum ada pemeriksaan yang berhasil", en: "no pass has succeeded yet")
    }
    let last = options.say(id: "pemeriksaan terakhir \(age) s lalu", en: "last good pass \(age) s ago")
    if age >= tooLate { return made(.critical, id: last, en: last) }
    if age >= late { return made(.warning, id: last, en: last) }
    if holder == nil {
      return made(
        .warning, id: "tidak ada daemon yang memegang sewa; \(last)", en: "no daemon holds the lease; \(last)"
      )
    }
    return made(.ok, id: last, en: last)
  }

  /// `host pid 123` of a holder's full name.
  private static func short(_ holder: String) -> String {
    let parts = holder.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 5 ? "\(parts[0]) pid \(parts[3])" : holder
  }

  /// One line in the form monitoring plugins use.
  private struct Report {
    enum Level: Int32 { case ok, warning, critical, unknown }
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

  private func ExitStatusOfPlugin(_ level: Report.Level) -> ExitCode { ExitCode(level.rawValue) }
}

extension Output {
  /// One line on standard output.
  static func print(_ line: String) throws {
    let output = try Output(path: nil)
    try output.write(line + "\n")
    try output.finish()
  }
}
