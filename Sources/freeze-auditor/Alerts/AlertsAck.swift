import AlertLedger
import ArgumentParser
import AuditBase
import AuditService
import FreezeRules
import RuleFiles

struct AlertsAck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: Console.help(
      id: "Menanggapi peringatan terbuka, sampai suatu hari: satu, beberapa, atau seluruh SK.",
      en: "Takes open alerts on, until a day: one, several, or a whole decree."),
    discussion: Console.help(
      id:
        "Peringatan tetap terbuka tetapi bukan berita lagi. Akhirnya diumumkan tiga hari sebelumnya; catatan yang berubah mengakhirinya seketika. Semua dicatat, atau tidak satu pun.",
      en:
        "The alerts stay open and are no longer news. The end is announced three days before it comes; a changed record ends it at once. All are recorded, or none."
    )
  )

  @OptionGroup var selection: AlertSelection
  @Option(help: ArgumentHelp(id: "Siapa yang menanggapi.", en: "Who takes it on.")) var author: String
  @Option(
    help: ArgumentHelp(
      id: "Mengapa tidak perlu tindakan lain sekarang.", en: "Why it needs no further action now."))
  var reason: String
  @Option(help: ArgumentHelp(id: "Berdasarkan dasar hukum apa.", en: "On which legal basis.")) var legalBasis:
    String?
  @Option(
    help: ArgumentHelp(
      id: "Hari terakhir berlakunya (YYYY-MM-DD).", en: "Last day on which it holds (YYYY-MM-DD).",
      valueName: "date")) var until: CivilDate
  @Option(help: AnswerWords.state) var state: AnswerState?
  @Flag(help: AnswerWords.dryRun) var dryRun = false
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    try AnswerWords.refuseBlank([("--author", author), ("--reason", reason), ("--legal-basis", legalBasis)])
  }

  func run() throws {
    let configuration = try options.configuration()
    let ruleSet = try configuration.ruleSet()
    let today = Today.date(in: configuration.zone)
    guard until >= today else {
      throw Failure(
        .usage, "--until \(until) sudah lewat; hari ini \(today.written(.indonesian))",
        "--until \(until) is past; today is \(today.written(.english))")
    }
    let store = try options.open(configuration)
    let alerts = try selection.find(in: store, configuration)
    if dryRun { return AnswerWords.say(alerts, options.lang) }
    let acknowledgement = Acknowledgement(
      author: author, reason: reason, legalBasis: legalBasis ?? "-", until: until, state: state
    ).clean
    let seqs = try Acknowledging(configuration, ruleSet).append(
      alerts.map { ($0.source, .acknowledging($0.alert, acknowledgement)) }, in: store, today: today)
    let events = AnswerWords.events(seqs, options.lang)
    Console.say(
      Text(
        "\(alerts.count) peringatan ditanggapi sampai \(until.written(.indonesian)), \(events).",
        "\(alerts.count == 1 ? "1 alert" : "\(alerts.count) alerts") acknowledged until \(until.written(.english)), \(events)."
      )[
        options.lang]
    )
  }
}

struct AlertsNote: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: Console.help(
      id: "Mencatat apa yang sudah dilakukan atas peringatan terbuka: satu, beberapa, atau seluruh SK.",
      en: "Records what was done about open alerts: one, several, or a whole decree."),
    discussion: Console.help(
      id:
        "Dengan --state peringatan itu terjawab: tetap terbuka, tetapi tidak ditanyakan lagi sampai catatannya berubah. Keadaan: clarified (sudah diklarifikasi), letter-requested (surat persetujuan diminta), letter-issued (surat persetujuan terbit), cancelled (dibatalkan), reported (sudah dilaporkan). Tanpa --state hanya keterangan. Semua dicatat, atau tidak satu pun.",
      en:
        "With --state the alert is answered: it stays open, and is not asked again until its record changes. States: clarified, letter-requested, letter-issued, cancelled, reported. Without --state it is a remark only. All are recorded, or none."
    )
  )

  @OptionGroup var selection: AlertSelection
  @Option(help: AnswerWords.state) var state: AnswerState?
  @Option(help: ArgumentHelp(id: "Siapa yang menyatakannya.", en: "Who says so.")) var author: String
  @Option(help: ArgumentHelp(id: "Mengapa, atau surat mana.", en: "Why, or which letter.")) var reason: String
  @Option(help: ArgumentHelp(id: "Berdasarkan dasar hukum apa.", en: "On which legal basis.")) var legalBasis:
    String?
  @Option(
    help: ArgumentHelp(
      id: "Hari keadaan itu (YYYY-MM-DD). Bawaan: hari ini.",
      en: "The day on which it was so (YYYY-MM-DD). Default: today.", valueName: "date")) var date: CivilDate?
  @Flag(help: AnswerWords.dryRun) var dryRun = false
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    try AnswerWords.refuseBlank([("--author", author), ("--reason", reason), ("--legal-basis", legalBasis)])
  }

  func run() throws {
    let configuration = try options.configuration()
    let ruleSet = try configuration.ruleSet()
    let today = Today.date(in: configuration.zone)
    if let date, date > today {
      throw Failure(
        .usage, "--date \(date) belum tiba; hari ini \(today.written(.indonesian))",
        "--date \(date) is to come; today is \(today.written(.english))"
      )
    }
    let store = try options.open(configuration)
    let alerts = try selection.find(in: store, configuration)
    if dryRun { return AnswerWords.say(alerts, options.lang) }
    let answer = Answer(
      state: state, author: author, reason: reason, legalBasis: legalBasis, date: date ?? today
    ).clean
    let seqs = try Acknowledging(configuration, ruleSet).append(
      alerts.map { ($0.source, .noting($0.alert, answer)) }, in: store, today: today)
    let what = state?.phrase ?? Text("keterangan", "remark")
    let events = AnswerWords.events(seqs, options.lang)
    Console.say(
      Text(
        "Dicatat pada \(alerts.count) peringatan: \(what.indonesian), \(events).",
        "Recorded on \(alerts.count == 1 ? "1 alert" : "\(alerts.count) alerts"): \(what.english), \(events)."
      )[
        options.lang])
  }
}

/// What the commands that answer share.
enum AnswerWords {
  static let state = ArgumentHelp(
    id:
      "Apa yang sudah dilakukan: clarified, letter-requested, letter-issued, cancelled, reported (atau dalam bahasa Indonesia: \"surat diminta\" …).",
    en: "What was done: clarified, letter-requested, letter-issued, cancelled, reported.", valueName: "state")
  static let dryRun = ArgumentHelp(
    id: "Tampilkan peringatan mana yang dimaksud; tidak mencatat apa pun.",
    en: "Show which alerts are meant; record nothing.")

  static func refuseBlank(_ texts: [(name: String, text: String?)]) throws {
    for (name, text) in texts where text.map({ $0.allSatisfy(\.isWhitespace) }) ?? false {
      throw ValidationError(id: "\(name) tidak boleh kosong.", en: "\(name) must not be blank.")
    }
  }

  /// `event 3`, `events 3-43`.
  static func events(_ seqs: [Int64], _ language: Language) -> String {
    guard let first = seqs.min(), let last = seqs.max(), first != last else {
      return Text("peristiwa \(seqs.first ?? 0)", "event \(seqs.first ?? 0)")[language]
    }
    return Text("peristiwa \(first)-\(last)", "events \(first)-\(last)")[language]
  }

  /// Which alerts are meant, a line an SK.
  static func say(_ alerts: [NamedAlert], _ language: Language) {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for alert in alerts {
      let name = alert.decree(language)
      if counts[name] == nil { order.append(name) }
      counts[name, default: 0] += 1
    }
    Console.say(
      Text(
        "Latihan, tidak ada yang dicatat. \(alerts.count) peringatan:",
        "A rehearsal, nothing is recorded. \(alerts.count) alerts:")[language])
    for name in order { Console.say("  \(counts[name] ?? 0) × \(name)") }
  }
}
