import ArgumentParser
import AuditReports
import FreezeRules

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "May an official be replaced on a day, and if not, until when?",
    discussion: """
      Exit status: 0 free, or the post is out of scope on that day; 1 frozen or in dispute; 3 no rule was in force, or \
      the determination that would decide was not known.
      """)

  @Option(help: ArgumentHelp("The day of the planned act (YYYY-MM-DD).", valueName: "date")) var date:
    CivilDate
  @Option(
    help: ArgumentHelp(
      "The post, such as \"Camat\", \"Guru\" or \"Plt Camat\". Default: a covered one.", valueName: "name"))
  var post: String?
  @OptionGroup var rules: RuleOptions

  func run() throws {
    let loaded = try rules.load()
    loaded.sayUndetermined()
    let answer = PlannedDay(date, region: loaded.region, post: post, loaded.table)
    let output = try Output(path: nil)
    try output.write(answer.text(rules.lang) + "\n")
    try output.finish()
    switch answer.answer {
    case .free: throw ExitStatus.nothingFound.code
    case .frozen, .disputed: throw ExitStatus.findings.code
    case .notEvaluated: throw ExitStatus.notEvaluated.code
    }
  }
}
