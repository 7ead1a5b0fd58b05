import AlertLedger
import ArgumentParser
import AuditService
import FreezeRules
import RuleFiles

struct AlertsAck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Takes an open alert on, until a day.",
    discussion:
      "The alert stays open and is no longer news. Its end is announced three days before it comes; a changed record ends it at once."
  )

  @Argument(
    help: ArgumentHelp("FREEZE_ALERT_ID, or its beginning when that is enough.", valueName: "alert-id"))
  var alertID: String
  @Option(help: "Who takes it on.") var author: String
  @Option(help: "Why it needs no further action now.") var reason: String
  @Option(help: "On which legal basis.") var legalBasis: String
  @Option(help: ArgumentHelp("Last day on which it holds (YYYY-MM-DD).", valueName: "date")) var until:
    CivilDate
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    for (name, text) in [("--author", author), ("--reason", reason), ("--legal-basis", legalBasis)]
    where text.allSatisfy(\.isWhitespace) {
      throw ValidationError("\(name) must not be blank.")
    }
  }

  func run() throws {
    let configuration = try options.configuration()
    let ruleSet = try RuleSet(rulesPath: configuration.rulesPath, calendarPath: configuration.calendarPath)
    let today = Today.date(in: configuration.zone)
    guard until >= today else {
      throw UsageError(
        id: "--until \(until) sudah lewat; hari ini \(today)",
        en: "--until \(until) is past; today is \(today)")
    }
    let store = try options.open(configuration)
    let id = try store.resolve(alertID)
    let source = EventBody.Parsed(try store.events(of: id).first?.body ?? "")?.text("source") ?? ""
    guard let alert = try store.state(of: source).alerts[id], alert.isOpen else {
      throw UsageError(
        id: "peringatan \(id) tidak terbuka; lihat alerts show \(id)",
        en: "the alert \(id) is not open; see alerts show \(id)")
    }
    let seq = try Acknowledging(configuration, ruleSet).acknowledge(
      alert, of: source,
      Acknowledgement(author: author, reason: reason, legalBasis: legalBasis, until: until), in: store,
      today: today)
    Talk.say(
      options.say(
        id: "Ditanggapi sampai \(until), peristiwa \(seq).", en: "Acknowledged until \(until), event \(seq).")
    )
  }
}
