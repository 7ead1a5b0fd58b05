import AuditBase
import Workbook

/// A file that holds a table, and what a person said of its form.
package struct TableFile: Sendable, Equatable {
  /// What a person says a file is, whatever its content.
  package enum Form: Sendable { case csv, workbook }

  /// `-` is standard input.
  package var path: String
  /// `nil`: its content tells.
  package var form: Form?
  /// Name or place of the sheet; `nil`: the first one with known columns.
  package var sheet: String?

  /// A file.
  package init(_ path: String, form: Form? = nil, sheet: String? = nil) {
    self.path = path
    self.form = form
    self.sheet = sheet
  }

  /// For complaints and reports.
  package var name: String { path == "-" ? "stdin" : path }

  /// A reader of its rows, and what it has to say of the file.
  /// - Parameter score: how many of some names are known columns.
  func open(_ score: ([String]) -> Int) throws(SourceError) -> (rows: any RowReader, said: [Text]) {
    let bytes = try FileBytes(path: path, name: name)
    let kind = FileKind(head: try bytes.head(8))
    if form == .workbook || form == nil && kind != nil {
      guard kind != nil else { throw notExcel }
      do {
        return (
          try SheetRows.open(
            try ByteFile(descriptor: bytes.duplicate()), name: name, sheet: sheet, score), []
        )
      } catch let error as WorkbookError {
        throw SourceError(error, name)
      } catch let error as SourceError {
        throw error
      } catch {
        throw SourceError(.notEvaluated, Text(same: "\(name): \(error)"))
      }
    }
    if kind != nil { throw notCSV }
    if sheet != nil { throw noSheets }
    return try csv(bytes, score)
  }

  private func csv(_ bytes: FileBytes, _ score: ([String]) -> Int) throws(SourceError) -> (
    rows: any RowReader, said: [Text]
  ) {
    var reader = CSVReader(bytes)
    let head = try reader.head(CSVLayout.headBytes)
    try CSVLayout.refuseOthers(head, name)
    reader.separator = CSVLayout.separator(head, score)
    guard bytes.wide != nil else { return (reader, []) }
    return (
      reader,
      [
        Text(
          "berkas ini UTF-16 dan dibaca demikian; lebih aman disimpan sebagai \"CSV UTF-8\"",
          "the file is UTF-16 and was read so; it is safer saved as \"CSV UTF-8\"")
      ]
    )
  }

  private var notCSV: SourceError {
    SourceError(
      .shape,
      Text(
        "\(name): ini berkas Excel, bukan CSV, padahal --csv meminta CSV. Jalankan tanpa --csv: nama berkas saja sudah cukup, isinya dikenali sendiri",
        "\(name): this is an Excel file, not CSV, and --csv asks for CSV. Run without --csv: the file's name is enough, its content tells what it is"
      ))
  }

  private var notExcel: SourceError {
    SourceError(
      .shape,
      Text(
        "\(name): ini bukan buku kerja Excel (.xlsx), padahal --xlsx memintanya. Jalankan tanpa --xlsx: nama berkas saja sudah cukup, isinya dikenali sendiri",
        "\(name): this is no Excel workbook (.xlsx), and --xlsx asks for one. Run without --xlsx: the file's name is enough, its content tells what it is"
      ))
  }

  private var noSheets: SourceError {
    SourceError(
      .shape,
      Text(
        "\(name): --sheet memilih lembar sebuah buku kerja Excel; berkas ini CSV. Tanggalkan --sheet",
        "\(name): --sheet chooses a sheet of an Excel workbook; this file is CSV. Leave out --sheet"))
  }
}
