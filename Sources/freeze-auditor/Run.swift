import ArgumentParser
import AuditService
import Foundation
import FreezeRules

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs as a daemon: polls, judges, remembers, logs.",
    discussion:
      "SIGTERM ends it, SIGHUP reloads configuration, rules and calendar, SIGUSR1 asks for a pass now.")

  @Option(
    help: ArgumentHelp(
      "Configuration file. Default: /etc/freeze-auditor/config.yaml where it exists.", valueName: "file"))
  var config: String?
  @Option(help: "Language of messages on stderr: id or en.") var lang: Language = .indonesian

  func run() throws {
    let path =
      config
      ?? (FileManager.default.fileExists(atPath: Configuration.defaultPath) ? Configuration.defaultPath : nil)
    try Daemon(configPath: path, environment: ProcessInfo.processInfo.environment).run()
  }
}
