import AlertLedger
import ArgumentParser
import AuditBase
import AuditReports
import AuditService
import FreezeRules

/// Which open alerts a person means: by their ids, by action, or all of an SK.
struct AlertSelection: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      id: "FREEZE_ALERT_ID, atau awalannya bila itu cukup. Boleh beberapa.",
      en: "FREEZE_ALERT_ID, or its beginning when that is enough. May be several.", valueName: "alert-id"))
  var alertIDs: [String] = []
  @Option(
    help: ArgumentHelp(
      id: "Semua peringatan terbuka pada SK bernomor ini.",
      en: "Every open alert on the decree of this number.",
      valueName: "number"))
  var decree: String?
  @Option(
    help: ArgumentHelp(
      id: "Tanggal SK itu (YYYY-MM-DD), bila nomornya dipakai lebih dari sekali.",
      en: "The date of that decree (YYYY-MM-DD), where the number was used more than once.", valueName: "date"
    ))
  var decreeDate: CivilDate?
  @Option(
    help: ArgumentHelp(
      id: "Semua peringatan terbuka atas catatan ber-action_id ini. Boleh diulang.",
      en: "Every open alert on the record of this action_id. May be repeated.", valueName: "id"))
  var action: [String] = []
  @Option(
    help: ArgumentHelp(
      id: "Hanya peringatan sumber ini.", en: "Only alerts of this source.", valueName: "name"))
  var source: String?

  func validate() throws {
    if alertIDs.isEmpty, decree == nil, action.isEmpty {
      throw ValidationError(
        id: "sebut peringatannya: --decree NOMOR, --action ID, atau id peringatan.",
        en: "name the alerts: --decree NUMBER, --action ID, or alert ids.")
    }
    if decreeDate != nil, decree == nil {
      throw ValidationError(
        id: "--decree-date milik --decree NOMOR.", en: "--decree-date belongs to --decree NUMBER.")
    }
  }

  /// The alerts meant, each once, in the ledger's order.
  func find(in store: LedgerStore, _ configuration: Configuration) throws -> [NamedAlert] {
    if let source, !configuration.sources.contains(where: { $0.name == source }) {
      let known = configuration.sources.map(\.name).joined(separator: ", ")
      throw Failure(
        .usage, "--source: sumber \"\(source)\" tidak ada dalam konfigurasi; yang dikenal: \(known)",
        "--source: the configuration has no source \"\(source)\"; known: \(known)")
    }
    let open = try AlertIndex(store, sources: configuration.sources.map(\.name).filter { source ?? $0 == $0 })
    var found: [NamedAlert] = []
    for text in alertIDs {
      let id = try store.resolve(text)
      guard let alert = open.byID[id] else {
        throw Failure(
          .usage, "peringatan \(id) tidak terbuka; lihat alerts show \(id)",
          "the alert \(id) is not open; see alerts show \(id)")
      }
      found.append(alert)
    }
    for id in action {
      let alerts = open.all.filter { $0.alert.actionID == id }
      if alerts.isEmpty {
        let shown = PlainText.line(id, limit: 80)
        throw Failure(
          .usage, "--action \(shown): tidak ada peringatan terbuka atas catatan itu; lihat alerts list",
          "--action \(shown): no alert is open on that record; see alerts list")
      }
      found += alerts
    }
    if let decree { found += try onDecree(decree, open) }
    var seen: Set<AlertID> = []
    return found.filter { seen.insert($0.alert.alertID).inserted }.sorted { $0.alert.seq < $1.alert.seq }
  }

  private func onDecree(_ number: String, _ open: AlertIndex) throws -> [NamedAlert] {
    let all = open.on(decree: number)
    let shown = PlainText.line(number, limit: 80)
    let dates = Set(all.map { $0.decreeDate ?? "-" }).sorted()
    if let decreeDate {
      let found = all.filter { $0.decreeDate == decreeDate.description }
      guard found.isEmpty else { return found }
      throw Failure(
        .usage,
        "--decree \(shown): tidak ada peringatan terbuka pada SK itu tanggal \(decreeDate)\(dates.isEmpty ? "" : "; tanggal yang ada: \(dates.joined(separator: ", "))"); lihat alerts list",
        "--decree \(shown): no alert is open on that decree of \(decreeDate)\(dates.isEmpty ? "" : "; dates there are: \(dates.joined(separator: ", "))"); see alerts list"
      )
    }
    guard !all.isEmpty else {
      throw Failure(
        .usage, "--decree \(shown): tidak ada peringatan terbuka pada SK itu; lihat alerts list",
        "--decree \(shown): no alert is open on that decree; see alerts list")
    }
    guard dates.count == 1 else {
      throw Failure(
        .usage,
        "--decree \(shown): nomor itu dipakai oleh SK tanggal \(dates.joined(separator: ", ")); pilih dengan --decree-date",
        "--decree \(shown): decrees of \(dates.joined(separator: ", ")) bear that number; choose with --decree-date"
      )
    }
    return all
  }
}

/// What is open in the ledger, with the decree of each.
struct AlertIndex {
  /// In the ledger's order.
  let all: [NamedAlert]
  /// The same by id.
  let byID: [AlertID: NamedAlert]
  /// Alerts that were raised once and are closed.
  let closed: Set<AlertID>
  private let byDecree: [String: [Int]]
  private let written: Set<String>

  init(_ store: LedgerStore, sources: [String]) throws(LedgerError) {
    var all: [NamedAlert] = []
    var closed: Set<AlertID> = []
    for source in sources {
      let states = try store.state(of: source).alerts.values
      closed.formUnion(states.lazy.filter { !$0.isOpen }.map(\.alertID))
      let open = states.filter(\.isOpen).sorted { $0.seq < $1.seq }
      // Not all bodies at once: a ledger may hold 100,000 open alerts.
      for start in stride(from: 0, to: open.count, by: 2000) {
        let part = open[start...].prefix(2000)
        let bodies = try store.bodies(of: part.map(\.seq))
        all += part.map { alert in
          let body = bodies[alert.seq].flatMap(EventBody.Parsed.init)
          return NamedAlert(
            source: source, alert: alert, decreeNo: body?.text("facts", "decree_no"),
            decreeDate: body?.text("facts", "decree_date"))
        }
      }
    }
    self.all = all
    self.closed = closed
    byID = Dictionary(all.map { ($0.alert.alertID, $0) }, uniquingKeysWith: { first, _ in first })
    var byDecree: [String: [Int]] = [:]
    for (index, alert) in all.enumerated() {
      if let number = alert.decreeNo { byDecree[DecreeNumber.key(number), default: []].append(index) }
    }
    self.byDecree = byDecree
    written = Set(
      all.filter { !$0.alert.shownAnswers.isEmpty }.flatMap { alert in
        Language.allCases.map { ShownAnswer.cell(alert.alert.shownAnswers, $0) }
      })
  }

  /// Whether a cell only gives back what some alert was answered.
  func isAnswered(by cell: String) -> Bool { written.contains(cell) }

  /// The alerts on decrees of a number, whatever their date.
  func on(decree number: String) -> [NamedAlert] {
    (byDecree[DecreeNumber.key(number)] ?? []).map { all[$0] }
  }
}

extension AnswerState: ExpressibleByArgument {
  /// By its name, in any spelling.
  package init?(argument: String) { self.init(name: argument) }
  /// The names, for help texts and complaints.
  package static var allValueStrings: [String] { allCases.map(\.rawValue) }
}
