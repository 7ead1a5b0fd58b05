import AlertLedger
import ArgumentParser
import AuditBase
import AuditService
import FreezeRules
import RuleFiles

struct AlertsAccept: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: Talk.help(
      id: "Menyatakan bahwa perubahan sumber yang ditolak pemeriksaan memang benar.",
      en: "Says that a change of the source that a pass refused is right."),
    discussion: Talk.help(
      id:
        "View yang berubah, atau banyak catatan yang hilang atau berubah sekaligus, tidak dinilai: pemeriksaan buta sampai sumbernya pulih atau seseorang menerimanya di sini. Yang diterima adalah tepat yang ditolak terakhir, tertulis di arsip peringatan dengan nama dan alasan, dan berlaku untuk satu pemeriksaan. Reload tidak menerima apa pun.",
      en:
        "A changed view, or many records gone or changed at once, is not evaluated: the daemon is blind until the source heals or somebody accepts it here. Accepted is just what was refused last; it stands in the ledger with name and reason, and holds for one pass. A reload accepts nothing."
    ))

  @Option(
    help: ArgumentHelp(id: "Nama sumber dalam konfigurasi.", en: "Name of the source in the configuration."))
  var source: String
  @Option(help: ArgumentHelp(id: "Siapa yang menerima.", en: "Who accepts it.")) var author: String
  @Option(help: ArgumentHelp(id: "Mengapa perubahan itu benar.", en: "Why the change is right.")) var reason:
    String
  @OptionGroup var options: LedgerOptions

  func validate() throws { try AnswerWords.refuseBlank([("--author", author), ("--reason", reason)]) }

  func run() throws {
    let configuration = try options.configuration()
    guard let settings = configuration.sources.first(where: { $0.name == source }) else {
      let known = configuration.sources.map(\.name).joined(separator: ", ")
      throw Failure(
        .usage, "--source: sumber \"\(source)\" tidak ada dalam konfigurasi; yang dikenal: \(known)",
        "--source: the configuration has no source \"\(source)\"; known: \(known)")
    }
    let ruleSet = try RuleSet(rulesPath: configuration.rulesPath, calendarPath: configuration.calendarPath)
    let store = try options.open(configuration)
    guard let health = try store.health(of: source), health.state == "blind", let cause = health.cause,
      cause.contains("alerts accept")
    else {
      throw Failure(
        .usage, "\(source): tidak ada yang perlu diterima; lihat freeze-auditor status",
        "\(source): there is nothing to accept; see freeze-auditor status")
    }
    let acceptance = Acceptance(author: author, reason: reason, accepts: cause)
    let seq = try Acknowledging(configuration, ruleSet).accept(
      acceptance, of: source, in: store,
      today: Today.date(in: settings.zone))
    Talk.say(
      Text(
        "Diterima (peristiwa \(seq)), untuk pemeriksaan berikutnya: \(acceptance.found)",
        "Accepted (event \(seq)), for the next pass: \(acceptance.found)")[options.lang])
  }
}
