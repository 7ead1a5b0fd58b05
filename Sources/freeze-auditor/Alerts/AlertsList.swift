import AlertLedger
import ArgumentParser
import AuditReports
import AuditService
import FreezeRules
import AuditBase

struct AlertsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Console.help(
      id: "Mendaftar peringatan sumber: yang terbuka, atau semua.",
      en: "Lists the alerts of the source: open ones, or all."),
    discussion: Console.help(
      id: "Keluar dengan 0 bila tidak ada yang terbuka, 1 bila ada.",
      en: "Exits 0 when nothing is open, 1 when something is."))

  @OptionGroup var options: LedgerOptions
  @Flag(help: ArgumentHelp(id: "Termasuk yang sudah ditutup.", en: "Closed ones as well.")) var all = false
  @Option(
    help: ArgumentHelp(
      id: "Hanya peringatan yang berubah pada atau sesudah peristiwa nomor ini.",
      en: "Only alerts that an event of this number or a later one changed.", valueName: "seq"))
  var from: Int64?
  @Option(
    help: ArgumentHelp(
      id: "Hanya peringatan yang berubah pada atau sebelum peristiwa nomor ini.",
      en: "Only alerts that an event of this number or an earlier one changed.", valueName: "seq"))
  var to: Int64?
  @Option(help: ArgumentHelp(id: "table atau json.", en: "table or json.")) var format: ListFormat = .table
  @Flag(help: ArgumentHelp(id: "Sembunyikan NIP dan nama.", en: "Hide NIP and names.")) var mask = false

  func run() throws {
    let configuration = try options.configuration()
    let store = try options.open(configuration)
    var alerts: [AlertState] = []
    for source in configuration.sources {
      alerts += try (all ? store.state(of: source.name) : store.openState(of: source.name)).alerts.values
    }
    let isAnyOpen = alerts.contains(where: \.isOpen)
    alerts = alerts.filter { all || $0.isOpen }.sorted { $0.seq < $1.seq }
    if from != nil || to != nil {
      let touched = try store.alertIDs(from: from ?? 1, to: to ?? .max)
      alerts = alerts.filter { touched.contains($0.alertID) }
    }
    let bodies = try store.bodies(of: alerts.map(\.seq))
    let personalData = mask ? .masked : configuration.personalData
    let entries = alerts.map { alert in
      Entry(alert, bodies[alert.seq].flatMap(EventBody.Parsed.init), personalData)
    }
    let output = try Output(path: nil)
    switch format {
    case .json: try output.write(JSON.array(entries.map(\.json)).text + "\n")
    case .table:
      let table = AlertsTable(entries, today: Today.date(in: configuration.zone), options.lang)
      for line in table.lines { try output.write(line + "\n") }
      if entries.isEmpty {
        Console.say(nothing[options.lang])
      }
    }
    try output.finish()
    throw (isAnyOpen ? ExitStatus.findings : .nothingFound).code
  }

  /// What an empty list means.
  private var nothing: Text {
    var of = Text("", "")
    if from != nil || to != nil {
      of = Text(
        " yang disebut peristiwa nomor \(from ?? 1) sampai \(to.map { "\($0)" } ?? "terakhir")",
        " that events \(from ?? 1) to \(to.map { "\($0)" } ?? "the last") tell of")
    }
    return all
      ? Text("Tidak ada peringatan\(of.indonesian).", "There is no alert\(of.english).")
      : Text("Tidak ada peringatan terbuka\(of.indonesian).", "No alert\(of.english) is open.")
  }

  /// One alert with what the ledger remembers of its record.
  struct Entry {
    let alert: AlertState
    let body: EventBody.Parsed?
    let actionID: String
    let acknowledgement: Acknowledgement?
    let answer: ShownAnswer?

    init(_ alert: AlertState, _ body: EventBody.Parsed?, _ personalData: PersonalData) {
      func shown(_ text: String) -> String { personalData.shown(text, beside: body) }
      self.alert = alert
      self.body = body.map(personalData.shown)
      actionID = shown(alert.actionID)
      acknowledgement = alert.acknowledgement.map {
        Acknowledgement(
          author: shown($0.author), reason: shown($0.reason), legalBasis: shown($0.legalBasis),
          until: $0.until, state: $0.state)
      }
      answer = alert.answer.map { ShownAnswer($0).replacingTexts(shown) }
    }

    func fact(_ name: String) -> String? { body?.text("facts", name) }

    var json: JSON {
      .object([
        "alert_id": .string(alert.alertID.description), "state": .string(alert.isOpen ? "open" : "closed"),
        "outcome": .string(alert.outcome), "action_id": .string(actionID), "rule": .string(alert.rule),
        "election": .string(alert.election), "seq": .integer(Int(alert.seq)),
        "source": .text(body?.text("source")), "recorded_at": .text(body?.text("recorded_at")),
        "event": .text(body?.text("event")),
        "reason": .text(body?.text("reason")), "kind": .text(fact("kind")),
        "nip": .text(fact("nip")),
        "name": .text(fact("employee_name")), "region": .text(fact("region_code")),
        "decree_no": .text(fact("decree_no")), "decree_date": .text(fact("decree_date")),
        "effective_date": .text(fact("effective_date")), "inaugurated_on": .text(fact("inaugurated_on")),
        "acknowledgement": acknowledgement.map {
          .object([
            "author": .string($0.author), "reason": .string($0.reason), "legal_basis": .string($0.legalBasis),
            "until": .string($0.until.description),
          ])
        } ?? .null,
        "answer": answer?.json ?? .null,
      ])
    }
  }
}
