import AuditBase
import AlertLedger
import ArgumentParser
import AuditService
import FreezeRules
import RuleFiles

struct AlertsAck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: Talk.help(
      id: "Menanggapi sebuah peringatan terbuka, sampai suatu hari.",
      en: "Takes an open alert on, until a day."),
    discussion: Talk.help(
      id:
        "Peringatan tetap terbuka tetapi bukan berita lagi. Akhirnya diumumkan tiga hari sebelumnya; catatan yang berubah mengakhirinya seketika.",
      en:
        "The alert stays open and is no longer news. Its end is announced three days before it comes; a changed record ends it at once."
    )
  )

  @Argument(
    help: ArgumentHelp(
      id: "FREEZE_ALERT_ID, atau awalannya bila itu cukup.",
      en: "FREEZE_ALERT_ID, or its beginning when that is enough.", valueName: "alert-id"))
  var alertID: String
  @Option(help: ArgumentHelp(id: "Siapa yang menanggapi.", en: "Who takes it on.")) var author: String
  @Option(
    help: ArgumentHelp(
      id: "Mengapa tidak perlu tindakan lain sekarang.", en: "Why it needs no further action now."))
  var reason: String
  @Option(help: ArgumentHelp(id: "Berdasarkan dasar hukum apa.", en: "On which legal basis.")) var legalBasis:
    String
  @Option(
    help: ArgumentHelp(
      id: "Hari terakhir berlakunya (YYYY-MM-DD).", en: "Last day on which it holds (YYYY-MM-DD).",
      valueName: "date")) var until: CivilDate
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    for (name, text) in [("--author", author), ("--reason", reason), ("--legal-basis", legalBasis)]
    where text.allSatisfy(\.isWhitespace) {
      throw ValidationError(id: "\(name) tidak boleh kosong.", en: "\(name) must not be blank.")
    }
  }

  func run() throws {
    let configuration = try options.configuration()
    let ruleSet = try configuration.ruleSet()
    let today = Today.date(in: configuration.zone)
    guard until >= today else {
      throw UsageError(
        id: "--until \(until) sudah lewat; hari ini \(today)",
        en: "--until \(until) is past; today is \(today)")
    }
    let store = try options.open(configuration)
    let id = try store.resolve(alertID)
    let source = EventBody.Parsed(try store.events(of: id).first?.body ?? "")?.text("source") ?? ""
    guard let alert = try store.openState(of: source).alerts[id], alert.isOpen else {
      throw UsageError(
        id: "peringatan \(id) tidak terbuka; lihat alerts show \(id)",
        en: "the alert \(id) is not open; see alerts show \(id)")
    }
    let seq = try Acknowledging(configuration, ruleSet).acknowledge(
      alert, of: source,
      Acknowledgement(author: author, reason: reason, legalBasis: legalBasis, until: until), in: store,
      today: today)
    Talk.say(
      Text(
        "Ditanggapi sampai \(until), peristiwa \(seq).", "Acknowledged until \(until), event \(seq).")[
          options.lang]
    )
  }
}
