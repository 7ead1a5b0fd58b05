import ArgumentParser
import AuditReports
import FreezeRules
import HRRecords

/// A planned list instead of one day, for `check`.
struct PlanOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      id:
        "Daftar rencana, Excel (.xlsx) atau CSV: mana yang boleh jalan, mana yang harus menunggu, mana yang perlu surat Menteri (- untuk masukan standar).",
      en:
        "A planned list, Excel (.xlsx) or CSV: which acts may go ahead, which must wait, which need the letter (- for standard input).",
      valueName: "file"))
  var list: String?
  @Option(
    help: ArgumentHelp(
      id: "Daftar rencana yang dibaca sebagai CSV, apa pun isinya.",
      en: "A planned list to read as CSV, whatever it holds.", valueName: "file"))
  var csv: String?
  @Option(
    help: ArgumentHelp(
      id: "Daftar rencana yang dibaca sebagai buku kerja Excel, apa pun isinya.",
      en: "A planned list to read as an Excel workbook, whatever it holds.", valueName: "file"))
  var xlsx: String?
  @Option(
    help: ArgumentHelp(
      id: "Lembar buku kerja: nama atau urutannya dari 1.",
      en: "Sheet of the workbook: its name or its place from 1.", valueName: "name"))
  var sheet: String?
  @Option(
    help: ArgumentHelp(
      id: "Jenis setiap rencana yang tidak menyebutnya. Bawaan: mutasi.",
      en: "The kind of every planned act that does not say it. Default: mutasi.", valueName: "kind"))
  var kind: String?
  @Option(
    help: ArgumentHelp(
      id: "Surat-surat Menteri, Excel atau CSV, untuk --list.",
      en: "The Minister's letters, Excel or CSV, for --list.",
      valueName: "file")) var approvals: String?
  @Option(
    help: ArgumentHelp(
      id: "Kepala kolom berkas mana berarti kolom apa, sebagai YAML.",
      en: "Which header of the file means which column, as YAML.", valueName: "file"))
  var map: String?
  @Flag(help: ArgumentHelp(id: "Sembunyikan NIP dan nama.", en: "Hide NIP and names.")) var mask = false
  @Option(
    help: ArgumentHelp(
      id:
        "table atau html (satu halaman cetak); untuk --list juga json dan xlsx (lembar itu sendiri dengan kolom tambahan).",
      en:
        "table or html (one printed page); for --list json and xlsx as well (the same sheet with columns added)."
    ))
  var format: PlannedList.Format = .table

  /// The file of the list, `nil` where none was given.
  var table: TableFile? { TableFile(list, csv: csv, xlsx: xlsx, sheet: sheet) }

  /// The list to check, `nil` when one day is asked about.
  func list(_ loaded: LoadedRules) throws -> PlannedList? {
    guard let table else { return nil }
    let path = approvals ?? loaded.configuration.approvalsPath
    var columns = try ColumnMap(file: map)
    if let kind { columns.constants[.kind] = kind }
    return PlannedList(
      table: table, map: columns, approvals: try path.map(SourceOptions.approvals),
      loaded: loaded)
  }
}

extension PlannedList.Format: ExpressibleByArgument {}
