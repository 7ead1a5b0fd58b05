import AuditBase
import ArgumentParser
import AuditService
import Foundation
import FreezeRules
import RuleFiles

struct CheckConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-config",
    abstract: Console.help(
      id: "Membaca konfigurasi, aturan dan kalender seperti `run`, dan mengatakan apa yang salah.",
      en: "Reads configuration, rules and calendar as `run` would, and says what is wrong."))

  @OptionGroup var rules: RuleOptions
  @Flag(
    help: ArgumentHelp(
      id: "Cetak setiap kunci dengan nilai yang berlaku dan dari mana asalnya.",
      en: "Print every key with the value that holds and where it comes from."))
  var print = false

  func run() throws {
    try refuseNothing()
    let loaded = try rules.load()
    loaded.sayMissing()
    _ = try loaded.configuration.workingDays()
    if let unreadable = loaded.configuration.unreadableApprovals { throw unreadable }
    _ = try FormFolder.templates(nil, otherwise: loaded.configuration.templatesPath)
    if print { try printAll() }
    try CheckDesks(configuration: loaded.configuration, language: rules.lang).say()
    try refuseMissingProgram(loaded.configuration)
    Console.say(
      Text(
        "Konfigurasi sah: \(loaded.ruleSet.rulebook.rules.count) aturan, \(loaded.table.windows.count) masa larangan.",
        "The configuration is valid: \(loaded.ruleSet.rulebook.rules.count) rules, \(loaded.table.windows.count) windows."
      )[
        rules.lang])
  }

  private var environment: [String: String] { ProcessInfo.processInfo.environment }

  private var path: String? {
    rules.config
      ?? (FileManager.default.fileExists(atPath: Configuration.defaultPath) ? Configuration.defaultPath : nil)
  }

  /// Without a file and without a variable there is nothing that could be valid: the service would not start.
  private func refuseNothing() throws {
    guard path == nil, !environment.keys.contains(where: { $0.hasPrefix("FREEZE_AUDITOR_") }) else { return }
    throw FileError(
      file: Configuration.defaultPath, line: 0, key: "",
      Text(
        "berkas tidak ada, dan layanan tidak akan mulai tanpanya. Salin config.example.yaml ke sana, atau beri --config BERKAS",
        "there is no such file, and the service would not start without it. Copy config.example.yaml there, or give --config FILE"
      ))
  }

  /// A mail that no program can take would be found missing only when the first one is due.
  private func refuseMissingProgram(_ configuration: Configuration) throws {
    guard !configuration.mailTo.isEmpty || !configuration.mailDesks.isEmpty,
      let fault = MailPath.program(configuration.sendmail)
    else { return }
    // The usual place may be filled after the configuration is written; a place that is named is meant.
    guard configuration.sendmail != Configuration.usualSendmail else { return Console.note(fault.text) }
    throw Failure(.configuration, fault.text.indonesian, fault.text.english)
  }

  private func printAll() throws {
    let output = try Output(path: nil)
    for value in try Configuration.origins(path: path, environment: environment) {
      let origin =
        switch value.origin {
        case .standard: Text("bawaan", "default")[rules.lang]
        case .variable(let name): name
        case .file(let name, let line): line > 0 ? "\(name):\(line)" : name
        }
      var text = value.text
      if case .standard = value.origin {
        text = ConfigurationKey.all.first { $0.name == value.key }?.texts(rules.lang).standard ?? text
      }
      try output.write("\(value.key): \(PlainText.line(text))  # \(PlainText.line(origin))\n")
    }
    try output.finish()
  }
}
