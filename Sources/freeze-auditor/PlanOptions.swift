import ArgumentParser
import AuditReports
import FreezeRules
import HRRecords

/// A planned list instead of one day, for `check`.
struct PlanOptions: ParsableArguments {
  @Option(
    name: [.customLong("list"), .customLong("csv")],
    help: ArgumentHelp(
      id:
        "Daftar rencana sebagai CSV: mana yang boleh jalan, mana yang harus menunggu, mana yang perlu surat Menteri (- untuk masukan standar).",
      en:
        "A planned list as CSV: which acts may go ahead, which must wait, which need the letter (- for standard input).",
      valueName: "file"))
  var csv: String?
  @Option(
    help: ArgumentHelp(
      id: "Jenis setiap rencana yang tidak menyebutnya. Bawaan: mutasi.",
      en: "The kind of every planned act that does not say it. Default: mutasi.", valueName: "kind"))
  var kind: String?
  @Option(
    help: ArgumentHelp(
      id: "Surat-surat Menteri sebagai CSV, untuk --csv.", en: "The Minister's letters as CSV, for --csv.",
      valueName: "file")) var approvals: String?
  @Option(
    help: ArgumentHelp(
      id: "Kepala kolom CSV mana berarti kolom apa, sebagai YAML.",
      en: "Which header of the CSV means which column, as YAML.", valueName: "file"))
  var map: String?
  @Flag(help: ArgumentHelp(id: "Sembunyikan NIP dan nama.", en: "Hide NIP and names.")) var mask = false
  @Option(help: ArgumentHelp(id: "table atau json, untuk --csv.", en: "table or json, for --csv."))
  var format: PlannedList.Format = .table

  /// The list to check, `nil` when one day is asked about.
  func list(_ loaded: LoadedRules) throws -> PlannedList? {
    guard let csv else { return nil }
    let path = approvals ?? loaded.configuration.approvalsPath
    var columns = try ColumnMap(file: map)
    if let kind { columns.constants[.kind] = kind }
    return PlannedList(
      path: csv, map: columns, approvals: try path.map(SourceOptions.approvals),
      loaded: loaded)
  }
}

extension PlannedList.Format: ExpressibleByArgument {}
