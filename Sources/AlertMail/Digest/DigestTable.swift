import AuditBase
import AuditReports
import FreezeRules
import SystemLog
import Workbook

/// The rows of a digest as a table that goes along: a workbook, which opens rightly everywhere and is small; a CSV where the
/// machine has no zlib.
enum DigestTable {
  /// A table as bytes.
  struct File {
    let ending: String
    let type: String
    let content: [UInt8]
  }

  /// A cell before it is one of a workbook or of a CSV.
  private enum Value {
    case text(String)
    case day(CivilDate)

    /// A day as recorded: what is none stays the text that it is.
    init(day text: String?) {
      let span = text.flatMap(WrittenDay.span)
      if let span, span.isExact { self = .day(span.first) } else { self = .text(text ?? "") }
    }

    var isEmpty: Bool { written.isEmpty }
    var cell: OutputCell {
      switch self {
      case .text(""): .empty
      // Nothing in a cell of text can become a formula.
      case .text(let text): .text(text, .text)
      case .day(let day): .day(day)
      }
    }
    var written: String {
      switch self {
      case .text(let text): text
      case .day(let day): day.description
      }
    }
  }

  private struct Column: Sendable {
    let name: Text
    var isAnswer = false
    let value: @Sendable (Digest.Row, Language) -> Value

    init(_ name: Text, _ value: @escaping @Sendable (Digest.Row, Language) -> Value) {
      self.name = name
      self.value = value
    }

    init(_ name: Text, text: @escaping @Sendable (Digest.Row, Language) -> String?) {
      self.init(name) { row, language in .text(text(row, language) ?? "") }
    }

    init(_ name: Text, _ field: FieldName) { self.init(name, text: { row, _ in row.event[field] }) }
    init(_ name: Text, day field: FieldName) { self.init(name) { row, _ in Value(day: row.event[field]) } }

    /// An empty column, for what HR answers.
    static let answer = {
      var column = Column(AnswerColumn.answer.title, text: { _, _ in nil })
      column.isAnswer = true
      return column
    }()
  }

  private static let columns = [
    Column(Text("Nomor", "Number"), .sequence),
    Column(
      Text("Peristiwa", "Event"),
      text: { row, language in
        AlertText.Lead(rawValue: row.event.event)?.text[language] ?? row.event.event
      }),
    Column(
      Text("Hasil", "Outcome"),
      text: { row, language in
        row.event.outcome?.phrase[language] ?? row.event[.outcome]
      }),
    Column(Text("Sebelumnya", "Before"), .before),
    Column(AnswerColumn.decree.title, .decreeNo), Column(AnswerColumn.decreeDate.title, day: .decreeDate),
    Column(Text("TMT", "Effective date"), day: .effectiveDate),
    Column(Text("Pelantikan", "Inauguration"), day: .inauguratedOn),
    Column(Text("Nama", "Name"), text: { row, _ in row.event.personName }), Column(Text("NIP", "NIP"), .nip),
    Column(Text("Jenis", "Kind"), .kind), Column(Text("Jabatan", "Post"), .post),
    Column(Text("Unit kerja", "Unit"), text: { row, _ in row.event[.unitTo] ?? row.event[.unitFrom] }),
    Column(Text("Wilayah", "Region"), text: { row, language in row.event.regionInWords(language) }),
    Column(
      Text("Pemilihan", "Election"),
      text: { row, _ in
        row.event[.election]?.split(separator: "-").joined(separator: " ").capitalizedFirst
      }),
    Column(
      Text("Ketentuan", "Rule"),
      text: { row, language in row.event[.rule].map { RuleName.phrase($0)[language] } }),
    Column(Text("Surat paling lambat", "Letter dated by")) { row, _ in
      row.event.outcome?.level == .alert
        ? OpenAct(row.event).letterBy.map { .day($0) } ?? .text("") : .text("")
    },
    Column(Text("Yang harus dilakukan", "What to do"), text: { row, _ in row.step }),
    Column(Text("ID catatan", "Record"), .actionID),
    Column(AnswerColumn.alertID.title, .alertID), .answer,
  ]

  static func render(_ digest: Digest) -> File {
    let language = digest.settings.language
    let used = columns.filter { column in
      column.isAnswer || digest.attached.contains { !column.value($0, language).isEmpty }
    }
    let rows = digest.attached.map { row in
      used.map { column -> Value in
        let value = column.value(row, language)
        guard case .text(let text) = value else { return value }
        return .text(Digest.plain(text, limit: digest.room.text))
      }
    }
    return workbook(used, rows, digest)
      ?? csv(used.map { $0.name[language] }, rows.map { $0.map(\.written) }, language)
  }

  private static func workbook(_ columns: [Column], _ rows: [[Value]], _ digest: Digest) -> File? {
    var content: [UInt8] = []
    var layout = SheetLayout(name: Text("Rincian", "Details")[digest.settings.language], headerRow: 1)
    layout.maximumWidth = 50
    do {
      var writer = try WorkbookWriter(
        sheets: [layout], locale: digest.settings.language == .indonesian ? 0x0421 : 0x0409
      ) { content += $0 }
      let language = digest.settings.language
      try writer.add(columns.map { .text($0.name[language], $0.isAnswer ? .addedHeader : .header) })
      for row in rows { try writer.add(zip(columns, row).map { $0.isAnswer ? .blank(.answer) : $1.cell }) }
      try writer.finish()
    } catch { return nil }
    return File(
      ending: "xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      content: content)
  }

  /// With the separator that a spreadsheet of the language expects.
  static func csv(_ names: [String], _ rows: [[String]], _ language: Language) -> File {
    let separator = language == .indonesian ? ";" : ","
    let lines = ([names] + rows).map { cells in
      cells.map { SpreadsheetCell.quoted(SpreadsheetCell.text($0, isCode: true)) }.joined(
        separator: separator)
        + "\r\n"
    }
    return File(
      ending: "csv", type: "text/csv; charset=utf-8",
      content: [0xEF, 0xBB, 0xBF] + Array(lines.joined().utf8))
  }
}

extension LogEvent {
  /// The person as the sentence names them, masked where the entry was: no field holds a name.
  fileprivate var personName: String? {
    guard isAboutRecord, let sentence = self[.summary],
      let start = sentence.firstRange(of: " a.n. ")?.upperBound ?? sentence.firstRange(of: " of ")?.upperBound
    else { return nil }
    let rest = sentence[start...]
    guard let end = [" (", ", SK ", ": "].compactMap({ rest.firstRange(of: $0)?.lowerBound }).min() else {
      return nil
    }
    return String(rest[..<end])
  }

  /// `Kota Bogor (32.71)`.
  fileprivate func regionInWords(_ language: Language) -> String? {
    guard let code = self[.region] else { return nil }
    guard let region = RegionRegistry.shipped.named(code) else { return code }
    return "\(region.name) (\(region.code))"
  }
}
