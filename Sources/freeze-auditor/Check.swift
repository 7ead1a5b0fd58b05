import ArgumentParser
import AuditReports
import FreezeRules

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "May an official be replaced on a day, and if not, from when?",
    discussion: "Exit status: 0 free, 1 frozen or in dispute.")

  @Option(help: ArgumentHelp("The day of the planned act (YYYY-MM-DD).", valueName: "date")) var date:
    CivilDate
  @OptionGroup var rules: RuleOptions

  func run() throws {
    let loaded = try rules.load()
    loaded.sayUndetermined()
    let answer = PlannedDay(date, region: loaded.region, loaded.table)
    let output = try Output(path: nil)
    try output.write(answer.text(rules.lang) + "\n")
    try output.finish()
    throw (answer.isFree ? ExitStatus.nothingFound : .findings).code
  }
}
