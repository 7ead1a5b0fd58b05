import AlertLedger
import AlertMail
import ArgumentParser
import AuditBase
import AuditReports
import FreezeRules

struct AlertsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: Talk.help(
      id:
        "Menampilkan semua yang dikatakan arsip peringatan tentang satu peringatan, peristiwa demi peristiwa.",
      en: "Shows everything the ledger says of one alert, event by event."))

  @Argument(
    help: ArgumentHelp(
      id: "FREEZE_ALERT_ID, atau awalannya bila itu cukup.",
      en: "FREEZE_ALERT_ID, or its beginning when that is enough.", valueName: "alert-id")) var alertID:
    String
  @OptionGroup var options: LedgerOptions
  @Option(help: ArgumentHelp(id: "table atau json.", en: "table or json.")) var format: ListFormat = .table

  func run() throws {
    let configuration = try options.configuration()
    let store = try options.open(configuration)
    let events = try store.events(of: try store.resolve(alertID))
    let output = try Output(path: nil)
    switch format {
    case .json: try output.write(JSON.array(events.map { $0.json(configuration.personalData) }).text + "\n")
    case .table:
      for event in events {
        let body = EventBody.Parsed(event.body).map(configuration.personalData.shown)
        try output.write(title(event.seq, body, configuration.zone) + "\n")
        for line in (body?.text("message") ?? "").split(separator: "\n") {
          try output.write("    \(PlainText.line(String(line)))\n")
        }
        for line in answer(body) { try output.write("    \(PlainText.line(line))\n") }
      }
    }
    try output.finish()
  }

  /// Number, instant, what happened and why.
  private func title(_ seq: Int64, _ body: EventBody.Parsed?, _ zone: Zone) -> String {
    let recorded = body?.text("recorded_at")
    let at = recorded.flatMap { Moment(recorded: $0, zone: zone) }
    let when = at?.written(options.lang) ?? recorded ?? "-"
    let event = body?.text("event") ?? "-"
    let lead = AlertText.Lead(rawValue: event)?.text[options.lang] ?? event
    let why = ReasonWords.text(body?.text("reason") ?? "-", options.lang)
    return "#\(seq) · \(when) · \(lead) (\(PlainText.line(why)))"
  }

  /// What a person said, a line each.
  private func answer(_ body: EventBody.Parsed?) -> [String] {
    guard let by = body?.json["answer"] ?? body?.json["acknowledgement"], by.pairs != nil else { return [] }
    let lang = options.lang
    let state = by["state"]?.string.flatMap(AnswerState.init(rawValue:))?.phrase[lang]
    let said: [(Text, String?)] = [
      (Text("Keadaan", "State"), state), (Text("Oleh", "By"), by["author"]?.string),
      (Text("Alasan", "Reason"), by["reason"]?.string),
      (Text("Dasar hukum", "Legal basis"), by["legal_basis"]?.string),
      (Text("Tanggal", "Date"), WrittenDay.text(by["date"]?.string, lang)),
      (Text("Sampai", "Until"), WrittenDay.text(by["until"]?.string, lang)),
    ]
    return said.compactMap { label, text in text.flatMap { $0.isEmpty ? nil : "\(label[lang]): \($0)" } }
  }
}

extension LedgerStore {
  /// The alert that an id, or the beginning of one, names.
  func resolve(_ text: String) throws -> AlertID {
    let text = text.lowercased()
    guard !text.isEmpty, text.count <= 32, text.allSatisfy(\.isHexDigit) else {
      throw Failure(
        .usage, "\"\(text)\" bukan id peringatan: 32 angka heksadesimal, lihat alerts list",
        "\"\(text)\" is no alert id: 32 hexadecimal digits, see alerts list")
    }
    let found = try alertIDs(beginning: text)
    guard let only = found.first else {
      let removed = try lastRemoved()
      if removed > 0 {
        throw Failure(
          .usage,
          "tidak ada peringatan \(text) dalam arsip peringatan; isi peristiwa yang selesai sampai nomor \(removed) hanya ada dalam berkas segel (alerts archive)",
          "there is no alert \(text) in the ledger; settled events up to number \(removed) are in an archive only (alerts archive)"
        )
      }
      throw Failure(
        .usage, "tidak ada peringatan \(text) dalam arsip peringatan; lihat alerts list --all",
        "there is no alert \(text) in the ledger; see alerts list --all")
    }
    guard found.count == 1 else {
      throw Failure(
        .usage, "\(text) menunjuk lebih dari satu peringatan; tulis lebih panjang",
        "\(text) names more than one alert; write more of it")
    }
    return only
  }
}
