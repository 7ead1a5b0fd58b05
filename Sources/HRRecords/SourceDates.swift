import FreezeRules

extension PersonnelAction {
  /// Where the view has no date but its `source_dates` has a text for it (`decree_date=2024-03; …`), the text decides:
  /// a month or year is a range, and what nobody can read is not nothing.
  mutating func readSourceDates() {
    guard let sourceDates else { return }
    let texts = SourceDates(sourceDates)
    func date(_ column: ContractColumn, _ recorded: RecordedDate) -> RecordedDate {
      guard case .absent = recorded, let text = texts[column] else { return recorded }
      return DirtyDate.read(text)
    }
    decreeDate = date(.decreeDate, decreeDate)
    effectiveDate = date(.effectiveDate, effectiveDate)
    inauguratedOn = date(.inauguratedOn, inauguratedOn)
    approvalDate = date(.approvalDate, approvalDate)
  }
}

/// The texts behind `column=` in `source_dates`, each up to the next name: the text itself may hold a semicolon.
struct SourceDates {
  private static let columns = ContractColumn.dates + [.approvalDate]
  private let text: String
  private let names: [(column: ContractColumn, range: Range<String.Index>)]

  init(_ text: String) {
    self.text = text
    names = Self.columns.flatMap { column in
      text.ranges(of: column.rawValue + "=").filter {
        $0.lowerBound == text.startIndex || text[..<$0.lowerBound].hasSuffix("; ")
      }.map { (column, $0) }
    }.sorted { $0.1.lowerBound < $1.1.lowerBound }
  }

  /// The original text of a column. A name that stands there twice belongs to the text of some cell: then nobody can say
  /// what belongs to what, and the whole is given, which is no date.
  subscript(column: ContractColumn) -> String? {
    guard let index = names.firstIndex(where: { $0.column == column }) else { return nil }
    if Set(names.map(\.column)).count < names.count { return text }
    let end = index + 1 < names.count ? names[index + 1].range.lowerBound : text.endIndex
    let cell = text[names[index].range.upperBound..<end]
    return String(index + 1 < names.count && cell.hasSuffix("; ") ? cell.dropLast(2) : cell)
  }
}
