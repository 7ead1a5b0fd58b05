import AuditBase
import ArgumentParser
import AuditService
import FreezeRules

struct CheckConfig: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Talk.help(
      id: "Membaca konfigurasi, aturan dan kalender seperti `run`, dan mengatakan apa yang salah.",
      en: "Reads configuration, rules and calendar as `run` would, and says what is wrong."))

  @OptionGroup var rules: RuleOptions

  func run() throws {
    let loaded = try rules.load()
    loaded.sayMissing()
    _ = try loaded.configuration.workingDays()
    if let unreadable = loaded.configuration.unreadableApprovals { throw unreadable }
    Talk.say(
      Text(
        "Konfigurasi sah: \(loaded.ruleSet.rulebook.rules.count) aturan, \(loaded.table.windows.count) jendela.",
        "The configuration is valid: \(loaded.ruleSet.rulebook.rules.count) rules, \(loaded.table.windows.count) windows."
      )[
        rules.lang])
  }
}
