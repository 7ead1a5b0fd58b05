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
    var sheet = OwnSheet(
      name: title, titles: above, names: header.names, row: max(header.line, (above.last?.row ?? 0) + 1),
      widths: look.widths, merged: look.merged.filter { $0.rows.upperBound < header.line })
    if let place = columnAt.firstIndex(of: .employeeName) ?? columnAt.firstIndex(of: .nip), place < 3 {
      sheet.keyColumns = place + 1
    }
    return sheet
  }

  /// The row of the record that was read last.
  package var ownRow: OwnRow {
    let cells = (0..<row.count).map { place -> OutputCell in
      let column = columnAt[place]
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
    return OwnRow(number: row.line, cells: cells)
  }

  /// A name for a sheet: that of the file without folder and ending.
  private static func sheetName(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.split(separator: ".").first.map(String.init) ?? file
  }
}
