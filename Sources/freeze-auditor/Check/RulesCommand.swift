import ArgumentParser
import AuditBase
import FreezeRules
import RuleFiles

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: Console.help(
      id: "Menampilkan aturan yang dipakai, atau menuliskannya untuk diubah.",
      en: "Shows the rules in use, or writes them out to be changed."))

  @Flag(help: ArgumentHelp(id: "Tulis berkas aturannya (YAML).", en: "Write the file of rules (YAML)."))
  var print = false
  @OptionGroup var rules: RuleOptions

  func run() throws {
    let loaded = try rules.load()
    let output = try Output(path: nil)
    if print {
      let text = try RuleSet.text(rules.rules ?? loaded.configuration.rulesPath)?.text ?? Shipped.rulesText
      try output.write(text)
    } else {
      for rule in loaded.ruleSet.rulebook.rules {
        let state = rule.enabled ? "" : Text(" (dimatikan)", " (switched off)")[rules.lang]
        try output.write("\(rule.id)\(state)\n")
        for version in rule.versions {
          let until = version.inForceUntil?.description ?? Text("sekarang", "now")[rules.lang]
          let known = Text("diketahui sejak", "known from")[rules.lang]
          try output.write(
            "  \(version.citation): \(version.inForceFrom) – \(until), \(known) \(version.knownFrom)\n")
        }
      }
    }
    try output.finish()
  }
}
