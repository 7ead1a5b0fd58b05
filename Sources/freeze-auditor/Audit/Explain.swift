import AuditBase
import ArgumentParser
import AuditReports
import FreezeRules

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: Console.help(
      id:
        "Mencetak langkah demi langkah bagaimana satu catatan dinilai, juga bila tidak menimbulkan apa-apa.",
      en: "Prints step by step how one record was judged, also when it raised nothing."),
    discussion: Examples.explain.discussion)

  @Argument(help: ArgumentHelp(id: "action_id catatan itu.", en: "action_id of the record.", valueName: "id"))
  var id: String
  @OptionGroup var source: SourceOptions

  func run() throws {
    let loaded = try source.load()
    var scan = try source.scan(loaded)
    scan.actionID = id
    let output = try Output(path: nil)
    let counts = try scan.run { record in
      try output.write(
        Explanation.text(
          source.personalData.shown(record.judgement), source.rules.lang, knownOn: loaded.knownOn)
          + "\n")
    }
    try output.finish()
    guard counts.read > 0 else {
      throw Failure(
        .usage, "\(scan.source.description): tidak ada catatan dengan action_id \"\(id)\"; periksa ejaannya",
        "\(scan.source.description): there is no record with the action_id \"\(id)\"; check its spelling")
    }
    let status: ExitStatus =
      counts[.unjudgeable] > 0
      ? .notEvaluated : counts.alerts + counts[.reversal] > 0 ? .findings : .nothingFound
    throw status.code
  }
}
