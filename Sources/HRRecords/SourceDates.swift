import FreezeRules

extension PersonnelAction {
  /// The texts in `source_dates` (`decree_date=2024-03; …`) decide where the view has no day: a month or year is a range, and
  /// what nobody can read is not nothing. They decide as well in a column whose order of day and month had to be proved.
  mutating func readSourceDates(_ reading: CellReading) {
    let texts = sourceDates.map(SourceDates.init)
    let zone = reading.zoneOfInstants(regionCode)
    let uncertainty = reading.sessionZone == .unused ? 0...0 : reading.uncertainty(regionCode)
    func date(_ column: ContractColumn, _ recorded: RecordedDate) -> RecordedDate {
      let order = reading.orders[column]
      if case .known(let span, let original) = recorded, span.isExact, original == span.description {
        guard order != .dayFirst else {
          // The view made the day of an instant by another zone than the record's: it may be the day beside.
          return uncertainty == 0...0
            ? recorded : DateSpelling.recorded(span.first, uncertainty, original)
        }
        if let text = texts?[column] { return DirtyDate.read(text, zone: zone, order: order) }
        // The mapping read day and month the wrong way round, or rightly: its text is gone.
        let day = span.first
        return day.day > 12 || day.day == day.month ? recorded : .unreadable(original: original)
      }
      if case .unreadable(let original) = recorded, original != ReservedDate.lost { return recorded }
      guard let text = texts?[column] else { return recorded }
      let read = DirtyDate.read(text, zone: zone, order: order)
      // A text that says nothing takes nothing away from a date that says something.
      if case .absent = read { return recorded }
      return read
    }
    decreeDate = date(.decreeDate, decreeDate)
    effectiveDate = date(.effectiveDate, effectiveDate)
    inauguratedOn = date(.inauguratedOn, inauguratedOn)
    approvalDate = date(.approvalDate, approvalDate)
    pertekDate = date(.pertekDate, pertekDate)
  }
}

/// The texts behind `column=` in `source_dates`, each up to the next name: the text itself may hold a semicolon. Blanks around
/// names and signs do not count.
struct SourceDates {
  private static let columns = ContractColumn.days
  private let text: String
  private let names: [(column: ContractColumn, range: Range<String.Index>)]

  init(_ text: String) {
    self.text = text
    names = Self.columns.flatMap { column in
      text.ranges(of: column.rawValue).compactMap { name in
        let before = text[..<name.lowerBound].trimmingSuffix(while: \.isWhitespace)
        let after = text[name.upperBound...].drop(while: \.isWhitespace)
        guard before.isEmpty || before.last == ";", after.first == "=" else { return nil }
        return (column, before.endIndex..<text.index(after: after.startIndex))
      }
    }.sorted { $0.1.lowerBound < $1.1.lowerBound }
  }

  /// The original text of a column. A name that stands there twice belongs to the text of some cell: then nobody can say
  /// what belongs to what, and the whole is given, which is no date.
  subscript(column: ContractColumn) -> String? {
    guard let index = names.firstIndex(where: { $0.column == column }) else { return nil }
    if Set(names.map(\.column)).count < names.count { return text }
    let end = index + 1 < names.count ? names[index + 1].range.lowerBound : text.endIndex
    let cell = text[names[index].range.upperBound..<end]
    return String(index + 1 < names.count && cell.hasSuffix(";") ? cell.dropLast(1) : cell)
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isLeftOut: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isLeftOut(last) { rest.removeLast() }
    return rest
  }
}
