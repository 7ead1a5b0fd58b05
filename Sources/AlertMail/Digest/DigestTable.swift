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

  private struct Column: Sendable {
    let name: Text
    let value: @Sendable (Digest.Row, Language) -> String

    init(_ name: Text, _ value: @escaping @Sendable (Digest.Row, Language) -> String) {
      self.name = name
      self.value = value
    }

    init(_ name: Text, _ field: FieldName) { self.init(name) { row, _ in row.event[field] ?? "" } }
  }

  private static let columns = [
    Column(Text("Nomor", "Number"), .sequence),
    Column(Text("Peristiwa", "Event")) { row, language in
      AlertText.Lead(rawValue: row.event.event)?.text[language] ?? row.event.event
    },
    Column(Text("Hasil", "Outcome")) { row, language in
      row.event.outcome?.phrase[language] ?? row.event[.outcome] ?? ""
    },
    Column(Text("Sebelumnya", "Before"), .before),
    Column(Text("Nomor SK", "Decree number"), .decreeNo),
    Column(Text("Tanggal SK", "Decree date"), .decreeDate),
    Column(Text("TMT", "Effective date"), .effectiveDate),
    Column(Text("Pelantikan", "Inauguration"), .inauguratedOn), Column(Text("NIP", "NIP"), .nip),
    Column(Text("Jenis", "Kind"), .kind), Column(Text("Jabatan", "Post"), .post),
    Column(Text("Wilayah", "Region"), .region), Column(Text("Pemilihan", "Election"), .election),
    Column(Text("Ketentuan", "Rule"), .rule),
    Column(Text("ID catatan", "Record"), .actionID),
    Column(Text("Peringatan", "Alert"), .alertID),
  ]

  static func render(_ digest: Digest) -> File {
    let language = digest.settings.language
    let used = columns.filter { column in
      digest.attached.contains { !column.value($0, language).isEmpty }
    }
    let rows = digest.attached.map { row in
      used.map { Digest.plain($0.value(row, language), limit: digest.room.text) }
    }
    let names = used.map { $0.name[language] }
    return workbook(names, rows, digest) ?? csv(names, rows, language)
  }

  private static func workbook(_ names: [String], _ rows: [[String]], _ digest: Digest) -> File? {
    var content: [UInt8] = []
    var layout = SheetLayout(name: Text("Rincian", "Details")[digest.settings.language], headerRow: 1)
    layout.maximumWidth = 50
    do {
      var writer = try WorkbookWriter(
        sheets: [layout], locale: digest.settings.language == .indonesian ? 0x0421 : 0x0409
      ) { content += $0 }
      try writer.add(names.map { .text($0, .header) })
      // Nothing in a cell of text can become a formula.
      for row in rows { try writer.add(row.map { $0.isEmpty ? .empty : .text($0, .text) }) }
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
