import AuditBase
import ArgumentParser
import AuditService
import Foundation
import FreezeRules

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: Console.help(
      id: "Berjalan sebagai layanan pemantau: membaca berkala, menilai, mengingat, mencatat log.",
      en: "Runs as a daemon: polls, judges, remembers, logs."),
    discussion: Console.help(
      id:
        "SIGTERM mengakhirinya, SIGHUP memuat ulang konfigurasi, aturan dan kalender, SIGUSR1 meminta pemeriksaan sekarang.",
      en: "SIGTERM ends it, SIGHUP reloads configuration, rules and calendar, SIGUSR1 asks for a pass now."))

  @Option(
    help: ArgumentHelp(
      id: "Berkas konfigurasi. Bawaan: /etc/freeze-auditor/config.yaml bila ada.",
      en: "Configuration file. Default: /etc/freeze-auditor/config.yaml where it exists.", valueName: "file"))
  var config: String?
  @Option(
    help: ArgumentHelp(
      id: "Bahasa pesan di stderr: id atau en.", en: "Language of messages on stderr: id or en.")) var lang:
    Language = .indonesian

  func run() throws {
    let path =
      config
      ?? (FileManager.default.fileExists(atPath: Configuration.defaultPath) ? Configuration.defaultPath : nil)
    try Daemon(configPath: path, environment: ProcessInfo.processInfo.environment).run()
  }
}
