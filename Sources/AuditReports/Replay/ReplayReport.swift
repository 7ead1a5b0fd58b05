import AuditBase
import FreezeRules
import Workbook

/// A replay in each format.
package struct ReplayReport {
  private let tally: ReplayTally
  private let header: ReportHeader
  private let range: ClosedRange<CivilDate>
  private let counts: Counts
  private let isComplete: Bool
  private let sources: [SourceLine]

  /// - Parameters:
  ///   - counts: every record read, as judged on the last day.
  ///   - sources: how each came out, where several were replayed; the header then names sources.
  package init(
    _ tally: ReplayTally, _ header: ReportHeader, over range: ClosedRange<CivilDate>, _ counts: Counts,
    isComplete: Bool, sources: [SourceLine] = []
  ) {
    (self.tally, self.header, self.range, self.counts) = (tally, header, range, counts)
    (self.isComplete, self.sources) = (isComplete, sources)
  }

  private var language: Language { header.language }

  /// Writes it.
  package func write(_ format: ReportFormat, to sink: @escaping ReportSink) throws {
    switch format {
    case .table: try sink(Array((lines.joined(separator: "\n") + "\n").utf8))
    case .csv: try csv(sink)
    case .json: try sink(Array((json.text + "\n").utf8))
    case .ndjson: for row in tally.rows { try sink(Array((self.json(row).text + "\n").utf8)) }
    case .html: try sink(Array(html.utf8))
    case .xlsx: try workbook(sink)
    }
  }

  // MARK: Words

  private var title: String {
    Text(
      "Pemutaran ulang \(range.lowerBound.written(.indonesian)) s.d. \(range.upperBound.written(.indonesian))",
      "Replay of \(range.lowerBound.written(.english)) to \(range.upperBound.written(.english))")[language]
  }

  /// The answer in a sentence, then what it rests on.
  package var summary: [String] {
    let (before, onTheDay) = (tally[.before], tally[.onTheDay])
    let (after, unknown) = (tally[.after], tally[.unknown])
    func more(_ count: Int, _ id: String, _ en: String) -> Text? {
      count == 0 ? nil : Text("\(count.grouped(.indonesian)) \(id)", "\(count.grouped(.english)) \(en)")
    }
    let parts = [
      Text("\(before) sebelum pelantikan", "\(before) before the oath"),
      Text("\(onTheDay) pada harinya", "\(onTheDay) on its day"),
      Text("\(after) sesudahnya", "\(after) after it"),
      Text("\(unknown) tidak dapat dikatakan", "\(unknown) cannot be told"),
    ]
    let rest = [
      more(tally.undated, "tanpa hari pencatatan", "without the day of entry"),
      more(tally.withdrawn, "kemudian dicabut", "withdrawn later"),
      more(tally.unjudged, "catatan lain tidak dapat dinilai", "records besides cannot be judged"),
      more(
        tally.later, "catatan baru masuk sesudah masa ini", "records were entered after this range"),
    ].compactMap { $0?[language] }
    let basis = Text(
      "Dinilai pada hari catatan masuk (recorded_at, paling awal \(range.lowerBound.written(.indonesian))) dan lagi setiap kali jadwal, ketentuan atau surat baru diketahui. Catatan dinilai menurut isinya sekarang; isinya sebelum diubah tidak diketahui.",
      "Judged on the day a record was entered (recorded_at, at the earliest \(range.lowerBound.written(.english))) and again whenever a schedule, a rule or a letter became known. Records are judged as they stand now; what they said before they were changed is not known."
    )
    return [
      Text(
        "\(tally.alerted.grouped(.indonesian)) dari \(counts.read.grouped(.indonesian)) catatan akan diperingatkan: ",
        "Of \(counts.read.grouped(.english)) records \(tally.alerted.grouped(.english)) would have raised an alert: "
      )[language] + parts.map { $0[language] }.joined(separator: ", ")
        + (rest.isEmpty ? "" : "; " + rest.joined(separator: ", ")) + ".",
      basis[language],
    ] + sources.map { $0.text(language) } + ReportText.warnings(header, isComplete)
  }

  private func lead(_ row: ReplayRow) -> String {
    if let unknown = row.unknown { return unknown[language] }
    guard let days = row.daysBeforeOath else {
      return
        (row.timing == .before
        ? Text("sebelum pelantikan", "before the oath") : Text("sesudah pelantikan", "after the oath"))[
          language]
    }
    switch days {
    case 0: return Text("pada hari pelantikan", "on the day of the oath")[language]
    case 1...: return Text("\(days) hari sebelum pelantikan", "\(days) days before the oath")[language]
    default: return Text("\(-days) hari sesudah pelantikan", "\(-days) days after the oath")[language]
    }
  }

  private func why(_ row: ReplayRow) -> String {
    guard row.event.because.isEmpty else {
      return row.event.because.map { PlainText.line($0, limit: 120) }.joined(separator: "; ")
    }
    let isEntered = row.event.day != nil && row.event.day == row.action.recordedOn
    return
      (row.event.day == nil
      ? Text("-", "-")
      : isEntered
        ? Text("catatan masuk", "the record was entered")
        : row.event.day == range.lowerBound
          ? Text("awal masa ini", "the first day looked at") : Text("hari berjalan", "the day passed"))[
        language]
  }

  private func law(_ event: ReplayEvent) -> String {
    [event.rule.map { RuleName.phrase($0)[language] }, event.election].compactMap { $0 }
      .joined(separator: ", ")
  }

  // MARK: For people

  /// The columns of the table in HTML and in Excel.
  private var section: ReportSection {
    var section = ReportSection(id: "replay", title: Text(same: title))
    section.lines = summary
    section.columns =
      [
        Text("Hari", "Day"), Text("Kejadian", "Event"), Text("Kesimpulan", "Conclusion"),
        Text("Pasal", "Article"),
        Text("No. SK", "Decree no."), Text("Nama", "Name"), Text("NIP", "NIP"),
        Text("Jabatan baru", "Post taken"),
        Text("Pelantikan", "Oath"), Text("Hari sebelum pelantikan", "Days before the oath"),
        Text("Karena", "Because"), Text("Keterangan", "Remark"), Text("ID", "ID"),
      ].map { $0[language] } + (header.namesSources ? [Text("Sumber", "Source")[language]] : [])
    section.rows = tally.rows.map { row in
      let (action, event) = (row.action, row.event)
      return [
        event.day?.written(language) ?? "-", event.change.phrase[language], event.outcome.phrase[language],
        law(event), action.decreeNo ?? "", action.employeeName ?? "", action.nip ?? "", action.postTo ?? "",
        action.inauguratedOn.written(language) ?? "", row.daysBeforeOath.map(String.init) ?? "", why(row),
        row.unknown?[language] ?? "", action.actionID,
      ] + (header.namesSources ? [row.source ?? ""] : [])
    }
    return section
  }

  private var html: String {
    var shown = header
    shown.sections = [section]
    return PrintedPage.html(title, language, body: shown.sectionsHTML(isLeading: false))
  }

  private func workbook(_ sink: @escaping ReportSink) throws {
    var layout = SheetLayout(name: Text("Pemutaran ulang", "Replay")[language])
    layout.maximumWidth = 50
    var writer = try WorkbookWriter(
      sheets: [layout], locale: language == .indonesian ? 0x0421 : 0x0409, sink: sink)
    for row in header.sectionRows(section) { try writer.add(row) }
    try writer.finish()
  }

  /// A heading a day, two or three lines a row.
  private var lines: [String] {
    var lines = [title.uppercased(), ""]
    var day: CivilDate??
    for row in tally.rows {
      if day != .some(row.event.day) {
        day = .some(row.event.day)
        lines.append(
          row.event.day?.written(language)
            ?? Text("Hari tidak dapat dikatakan", "The day cannot be told")[language])
      }
      lines += self.lines(row)
    }
    if !tally.rows.isEmpty { lines.append("") }
    for sentence in summary { lines += TextWidth.wrap(sentence, indent: "", header.width) }
    return lines
  }

  private func lines(_ row: ReplayRow) -> [String] {
    let (action, event) = (row.action, row.event)
    let person = [
      action.decreeNo.map { "SK " + PlainText.line($0, limit: 60) },
      action.employeeName.map { PlainText.line($0, limit: 60) },
      action.nip.map { "NIP " + PlainText.line($0, limit: 24) },
      action.postTo.map { PlainText.line($0, limit: 60) },
    ].compactMap { $0 }.joined(separator: " · ")
    let oath =
      action.inauguratedOn.span.map { Text("pelantikan", "oath")[language] + " \($0.written(language)): " }
      ?? ""
    let law = law(event)
    let source = row.source.map { PlainText.line($0, limit: 40) + " " } ?? ""
    let head =
      "  \(source)[\(PlainText.line(action.actionID, limit: 32))] \(event.change.phrase[language]): \(event.outcome.phrase[language].uppercased())"
      + (law.isEmpty ? "" : " (\(law))")
    func wrap(_ text: String) -> [String] { TextWidth.wrap(text, indent: "      ", header.width) }
    return [TextWidth.fit(head, header.width)] + (person.isEmpty ? [] : wrap(person)) + wrap(oath + lead(row))
      + wrap(Text("karena: ", "because: ")[language] + why(row))
  }

  // MARK: For programs

  /// The source is the last one.
  private var columns: [String] { Self.columns + (header.namesSources ? ["source"] : []) }

  private static let columns = [
    "told_on", "event", "outcome", "rule", "election", "action_id", "region", "decree_no", "decree_date",
    "nip",
    "name", "post_to", "inaugurated_on", "days_before_oath", "timing", "recorded_on", "because", "not_known",
  ]

  private func csv(_ sink: ReportSink) throws {
    try sink([0xEF, 0xBB, 0xBF])
    func write(_ cells: [String]) throws {
      let line = cells.map(SpreadsheetCell.quotedIfNeeded).joined(separator: header.separator.rawValue)
      try sink(Array((line + "\r\n").utf8))
    }
    try write(columns)
    for row in tally.rows {
      try write(
        pairs(row).map { pair in
          switch pair.value {
          case .string(let text):
            SpreadsheetCell.text(
              text, isCode: ["region", "nip"].contains(pair.key) || isPartial(row, pair.key))
          case .integer(let number): String(number)
          default: ""
          }
        })
    }
  }

  /// A month or a year must not become a day in a spreadsheet.
  private func isPartial(_ row: ReplayRow, _ key: String) -> Bool {
    guard let field = DateField(rawValue: key), let span = row.action.date(field).span else { return false }
    return !span.isExact
  }

  /// The cells of a row under their names, in the order of ``columns``.
  private func pairs(_ row: ReplayRow) -> [JSON.Pair] {
    let (action, event) = (row.action, row.event)
    let values: [JSON] = [
      .text(event.day?.description), .string(event.change.rawValue), .string(event.outcome.rawValue),
      .text(event.rule), .text(event.election), .string(action.actionID), .text(action.regionCode),
      .text(action.decreeNo), .text(action.decreeDate.display), .text(action.nip), .text(action.employeeName),
      .text(action.postTo), .text(action.inauguratedOn.display),
      row.daysBeforeOath.map { .integer($0) } ?? .null,
      .string(row.timing.rawValue), .text(action.recordedOn?.description),
      .text(event.because.isEmpty ? nil : event.because.joined(separator: "; ")),
      .text(row.unknown?[language]), .text(row.source),
    ]
    return zip(columns, values).map { JSON.Pair($0, $1) }
  }

  private func json(_ row: ReplayRow) -> JSON { .object(pairs(row)) }

  private var json: JSON {
    let told: [JSON.Pair] = [
      JSON.Pair("format_version", .integer(1)),
      JSON.Pair(
        "replay",
        .object([
          "from": .string(range.lowerBound.description), "to": .string(range.upperBound.description),
        ])),
      JSON.Pair("source", .string(header.source)), JSON.Pair("complete", .bool(isComplete)),
      JSON.Pair("read", .integer(counts.read)),
      JSON.Pair(
        "alerted",
        .object(
          [JSON.Pair("records", .integer(tally.alerted))]
            + ReplayRow.Timing.allCases.map { JSON.Pair($0.rawValue, .integer(tally[$0])) })),
      JSON.Pair("undated", .integer(tally.undated)), JSON.Pair("withdrawn", .integer(tally.withdrawn)),
      JSON.Pair("unjudgeable", .integer(tally.unjudged)), JSON.Pair("entered_later", .integer(tally.later)),
      JSON.Pair("remarks", .texts(summary.dropFirst())),
      JSON.Pair("rows", .array(tally.rows.map(self.json))),
    ]
    let each = JSON.Pair("sources", .array(sources.map { $0.json(language) }))
    return .object(told + (header.namesSources ? [each] : []))
  }
}

extension ReplayEvent.Change {
  /// A word for people.
  var phrase: Text {
    switch self {
    case .told: Text("diberitahukan", "told")
    case .changed: Text("berubah", "changed")
    case .withdrawn: Text("dicabut", "withdrawn")
    }
  }
}
