import AuditBase
import ArgumentParser
import AuditReports
import AuditService
import Foundation
import FreezeRules

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: Console.help(
      id:
        "Memeriksa konfigurasi, sumber, arsip peringatan, jam, journal dan jalan surat, dan mengatakan cara memperbaiki yang salah.",
      en:
        "Examines configuration, source, ledger, clock, journal and the way of the mail, and says how to mend what is wrong."
    ),
    discussion: Console.help(
      id:
        "Setiap pemeriksaan dicetak dengan hasilnya. Keluar dengan 0 bila tidak ada yang gagal; selain itu kode yang terberat: 78 konfigurasi atau view, 77 hak, 69 sumber tidak terjangkau, 74 arsip peringatan, 3 lainnya.",
      en:
        "Every check is printed with its verdict. Exits 0 when none failed; else with the code of the gravest: 78 configuration or view, 77 privilege, 69 source unreachable, 74 ledger, 3 anything else."
    )
  )

  @OptionGroup var options: LedgerOptions
  @Option(
    help: ArgumentHelp(
      id: "Folder keadaan surat. Bawaan: milik unit surat.",
      en: "State folder of the mail. Default: that of its unit.",
      valueName: "folder"))
  var mailState: String?
  @Flag(help: ArgumentHelp(id: "Hanya yang tidak beres.", en: "Only what is not in order.")) var quiet = false

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    var health = HealthCheck(environment: environment)
    health.machine()
    do {
      let configuration = try options.configuration()
      health.configuration(configuration, path: options.configPath)
      for source in configuration.sources {
        health.source(source, isNamed: configuration.sources.count > 1)
        health.wouldBe(source, configuration, isNamed: configuration.sources.count > 1)
      }
      health.ledger(configuration, path: options.configPath)
      health.mail(configuration, configPath: options.configPath, state: mailState)
    } catch let error as any ExplainedError {
      health.add(.failed(.configuration), "configuration", error.message)
    }
    let output = try Output(path: nil)
    for check in health.checks where !quiet || check.verdict != .good {
      try output.write(text(check) + "\n")
    }
    try output.finish()
    let failed: [ExitStatus] = health.checks.compactMap { check in
      guard case .failed(let area) = check.verdict else { return nil }
      switch area {
      case .configuration: return .configuration
      case .privilege: return .privilege
      case .source: return .unreachable
      case .ledger: return .ledger
      case .machine: return .notEvaluated
      }
    }
    if let gravest = failed.max(by: { $0.precedence < $1.precedence }) { throw gravest.code }
  }

  private func text(_ check: HealthCheck.Check) -> String {
    let word: Text =
      switch check.verdict {
      case .good: Text("baik ", "good  ")
      case .note: Text("catat", "note  ")
      case .failed: Text("GAGAL", "FAILED")
      }
    return "\(word[options.lang])  \(name(check.name)): \(PlainText.line(check.text[options.lang]))"
  }

  /// The name of a check in the language asked for; that of a source stays in brackets.
  private func name(_ name: String) -> String {
    guard options.lang == .indonesian else { return name }
    let word = name.prefix { $0 != " " }
    return (Self.indonesian[String(word)] ?? String(word)) + name.dropFirst(word.count)
  }

  private static let indonesian = [
    "clock": "jam", "journal": "jurnal", "configuration": "konfigurasi", "calendar": "kalender",
    "metrics": "metrik", "mail": "surat", "notify": "notifikasi", "records": "catatan", "dates": "tanggal",
    "approvals": "persetujuan", "privileges": "hak", "source": "sumber", "ledger": "arsip",
    "head": "kepala arsip", "lease": "giliran", "passes": "pemeriksaan",
  ]
}
