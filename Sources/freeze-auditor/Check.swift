import ArgumentParser
import AuditReports
import FreezeRules

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "May an official be replaced on a day, and if not, from when?",
    discussion: Examples.check.discussion
      + "\n\nExit status: 0 free, 1 frozen or in dispute, 3 a planned act could not be judged.")

  @Option(help: ArgumentHelp("The day of the planned act (YYYY-MM-DD).", valueName: "date")) var date:
    CivilDate?
  @OptionGroup var plan: PlanOptions
  @OptionGroup var rules: RuleOptions

  func run() throws {
    let loaded = try rules.load()
    loaded.sayUndetermined()
    if let list = try plan.list(loaded) {
      let output = try Output(path: nil)
      let status = try list.run(plan.format, rules.lang, plan.mask ? .masked : .full, to: output)
      try output.finish()
      throw status.code
    }
    guard let date else {
      throw UsageError(
        id: "check memerlukan --date TANGGAL atau --csv RENCANA", en: "check needs --date DATE or --csv PLAN")
    }
    let answer = PlannedDay(date, region: loaded.region, loaded.table)
    let output = try Output(path: nil)
    try output.write(answer.text(rules.lang) + "\n")
    try output.finish()
    throw (answer.isFree ? ExitStatus.nothingFound : .findings).code
  }
}
