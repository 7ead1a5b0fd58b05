import FreezeRules

/// A CSV for a spreadsheet: one line a record, its strongest verdict beside it.
struct CSVReport: ReportWriter {
  let header: ReportHeader
  let sink: ReportSink
  private var isBegun = false

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
  }

  private static let columns = [
    "action_id", "region", "nip", "name", "recorded_kind", "derived_kind", "outcome", "decree_no",
    "decree_date",
    "effective_date", "inaugurated_on", "rule", "election", "inside_dates", "boundary_day", "depends_on",
    "opens", "closes",
    "determination", "notes", "summary",
  ]

  private mutating func begin() throws {
    guard !isBegun else { return }
    isBegun = true
    try sink([0xEF, 0xBB, 0xBF])
    try write(Self.columns)
  }

  mutating func add(_ judgement: Judgement) throws {
    try begin()
    let action = judgement.action
    let verdict = judgement.relevantVerdicts.first
    try write([
      action.actionID, action.regionCode ?? "", header.personalData.nip(action.nip) ?? "",
      header.personalData.name(action.employeeName) ?? "", action.kind, judgement.derivedKind?.rawValue ?? "",
      judgement.outcome.rawValue, action.decreeNo ?? "", action.decreeDate.display ?? "",
      action.effectiveDate.display ?? "", action.inauguratedOn.display ?? "", verdict?.window.rule ?? "",
      verdict?.window.election ?? "", (verdict?.insideDates ?? []).map(\.rawValue).joined(separator: " "),
      verdict.map { $0.isBoundaryDay ? "true" : "false" } ?? "",
      (verdict?.dependsOn ?? []).map(\.rawValue).joined(separator: " "),
      verdict?.window.earliest.description ?? "",
      verdict?.window.closes?.description ?? "", verdict?.window.determination?.description ?? "",
      judgement.notes.map(\.rawValue).joined(separator: " "),
      judgement.summary(header.language, header.personalData),
    ])
  }

  mutating func finish(_ counts: Counts, isComplete: Bool) throws { try begin() }

  private func write(_ cells: [String]) throws {
    try sink(Array((cells.map(Self.cell).joined(separator: ",") + "\r\n").utf8))
  }

  /// A cell no spreadsheet takes for a formula: what begins like one, or is a long number, gets an apostrophe.
  static func cell(_ text: String) -> String {
    var cell = PlainText.line(text)
    let isLongNumber = cell.utf8.count > 11 && cell.utf8.allSatisfy { (48...57).contains($0) }
    if let first = cell.unicodeScalars.first, "=+-@\t\r'".unicodeScalars.contains(first) || isLongNumber {
      cell = "'" + cell
    }
    guard cell.contains(where: { "\",;\n\r".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
