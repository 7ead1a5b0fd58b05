import AuditBase
import FreezeRules
import Workbook

extension ContractColumn {
  /// Columns in which a sheet's number can be a day.
  static let daysOfSheets: Set<ContractColumn> = Set(days + [.recordedAt])
}

// MARK: The table as it came, to be given back with the findings beside it
extension ActionFile {
  /// What stands above the records.
  package var ownSheet: OwnSheet {
    let look = rows.look
    let title = look.title ?? Self.sheetName(name)
    let above = header.above.map { row in
      (
        row: row.line,
        cells: row.cells.map { $0.isEmpty ? OutputCell.empty : .text($0, .title) }
      )
    }
    let kept = header.names.indices.filter { !addedPlaces.contains($0) }
    let widths = kept.enumerated().compactMap { place, was in look.widths[was].map { (place, $0) } }
    var sheet = OwnSheet(
      name: title, titles: above, names: kept.map { header.names[$0] },
      row: max(header.line, (above.last?.row ?? 0) + 1), widths: Dictionary(uniqueKeysWithValues: widths),
      merged: look.merged.filter { $0.rows.upperBound < header.line })
    if let place = columnAt.firstIndex(of: .employeeName) ?? columnAt.firstIndex(of: .nip), place < 3 {
      sheet.keyColumns = place + 1
    }
    return sheet
  }

  /// The row of the record that was read last.
  package var ownRow: OwnRow {
    let cells = (0..<row.count).filter { !addedPlaces.contains($0) }.map { place -> OutputCell in
      // A row may be longer than its header.
      let column = place < columnAt.count ? columnAt[place] : nil
      let isDate = column.map(ContractColumn.daysOfSheets.contains) ?? false
      if !row.isOfSheet, isDate, row.isReadable {
        // Text of a CSV: a day becomes one, what is less or cannot be read stays as it stands.
        if case .known(let span, _) = DirtyDate.read(
          row.text(place), zone: reading.zone(nil), order: reading.orders[column ?? .decreeDate]),
          span.isExact
        {
          return .serial(Double(SerialDate.serial(daysSince2000: span.first.daysSince2000)), .date)
        }
      }
      return row.output(place, isCode: column == .nip || column == .regionCode, isDate: isDate)
    }
    let answers = AnswerColumn.answerPlaces(in: header.names)
    let answer = answers.filter { addedPlaces.contains($0) && $0 < row.count }
      .compactMap { Cell.text(row.text($0)) }.last
    return OwnRow(number: row.line, cells: cells, answer: answer)
  }

  /// A name for a sheet: that of the file without folder and ending.
  private static func sheetName(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.split(separator: ".").first.map(String.init) ?? file
  }
}
