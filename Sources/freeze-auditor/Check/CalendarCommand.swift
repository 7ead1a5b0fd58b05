import ArgumentParser
import AuditBase
import AuditReports
import FreezeRules
import RuleFiles

struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar",
    abstract: Console.help(
      id:
        "Apa yang diketahui tentang satu wilayah: penetapan, pelantikan, akhir masa jabatan, dengan sumbernya.",
      en: "What is known of a region: determinations, oaths, ends of term, with their sources."),
    discussion: Console.help(
      id:
        "Tanpa --region semua fakta kalender. --print menulis berkas kalendernya (YAML) untuk diubah atau dijadikan contoh calendar_additions. ics memuat masa larangan dan hari bebas untuk Outlook atau Google.",
      en:
        "Without --region all facts of the calendar. --print writes the file itself (YAML), to be changed or as a model for calendar_additions. ics holds the frozen periods and the days they end for Outlook or Google."
    ))

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, ics, html }

  @Flag(
    help: ArgumentHelp(id: "Tulis berkas kalendernya (YAML).", en: "Write the file of the calendar (YAML)."))
  var print = false
  @Option(help: ArgumentHelp(id: "table, json, ics atau html.", en: "table, json, ics or html.")) var format:
    Format =
      .table
  @OptionGroup var rules: RuleOptions

  func validate() throws {
    if format == .ics, rules.region == nil, rules.config == nil {
      throw ValidationError(
        id: "--format ics memuat satu wilayah: beri juga --region.",
        en: "--format ics is of one region: give --region as well.")
    }
  }

  func run() throws {
    let loaded = try rules.load()
    let output = try Output(path: nil)
    if print {
      let path = rules.calendar ?? loaded.configuration.calendarPath
      try output.write(try RuleSet.text(path)?.text ?? Shipped.calendarText)
      return try output.finish()
    }
    let sheet = CalendarSheet(loaded.table, region: loaded.region)
    switch format {
    case .table: try output.write(sheet.text(rules.lang))
    case .json: try output.write(sheet.json.text + "\n")
    case .ics: try output.write(sheet.ics(rules.lang))
    case .html: try output.write(sheet.html(rules.lang))
    }
    try output.finish()
  }
}
