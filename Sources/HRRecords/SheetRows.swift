import AuditBase
import Workbook

/// The rows of one sheet of a workbook, kept after the first look where they are not too many: unpacking and taking XML apart
/// is most of the work, and a file is looked through before it is judged.
package final class SheetRows: RowReader {
  private let name: String
  private let workbook: WorkbookReader
  private let sheet: WorkbookReader.Sheet
  private var reader: SheetReader
  private var sheetRow = WorkbookRow()
  private var kept: RowStore?
  private var place = 0
  private var isKeptWhole = false
  private var faults = SheetFaults()
  private let about: [Text]

  private init(
    _ workbook: WorkbookReader, _ sheet: WorkbookReader.Sheet, name: String, about: [Text]
  ) throws(SourceError) {
    self.workbook = workbook
    self.sheet = sheet
    self.name = name
    self.about = about
    kept = RowStore(is1904: workbook.is1904)
    do { reader = try workbook.open(sheet) } catch { throw SourceError(error, name) }
  }

  package func next(into row: inout FileRow) throws(SourceError) -> Bool {
    if isKeptWhole, let kept {
      guard place < kept.count else { return false }
      kept.read(place, into: &row)
      place += 1
      return true
    }
    do {
      guard try reader.next(&sheetRow) else {
        isKeptWhole = kept != nil
        faults.isComplete = true
        return false
      }
    } catch { throw SourceError(error, name) }
    row.begin(line: sheetRow.number)
    row.becomeSheetRow(is1904: workbook.is1904)
    for column in sheetRow.cells.indices {
      row.append(sheetRow[column], kind: sheetRow.kind(column))
    }
    if !faults.isComplete { faults.add(sheetRow) }
    if kept?.add(row) == false { kept = nil }
    return true
  }

  package func rewind() throws(SourceError) {
    place = 0
    if isKeptWhole { return }
    kept = kept == nil ? nil : RowStore(is1904: workbook.is1904)
    faults = faults.isComplete ? faults : SheetFaults()
    do { reader = try workbook.open(sheet) } catch { throw SourceError(error, name) }
  }

  package var progress: (read: Int, of: Int?) {
    if isKeptWhole, let kept { return (place, kept.count) }
    return (Int(reader.fraction * 1000), 1000)
  }

  package var look: (title: String?, widths: [Int: Double], merged: [MergedRange]) {
    (sheet.name, reader.widths, reader.merged)
  }

  package var said: [Text] { about + faults.sentences(reader.hiddenColumns) }

  package var isWhole: Bool { !faults.isFull && isOnlyTable }

  /// No other sheet holds a table of the same kind.
  private(set) var isOnlyTable = true
}

extension SheetRows {
  /// Opens a workbook at a sheet.
  /// - Parameters:
  ///   - wanted: its name or its place from 1; `nil`: the first one that names known columns.
  ///   - score: how many of some names are known.
  package static func open(
    _ file: ByteFile, name: String, sheet wanted: String?, _ score: ([String]) -> Int
  ) throws(SourceError) -> SheetRows {
    do {
      let workbook = try WorkbookReader(file)
      if let wanted {
        return try SheetRows(workbook, try workbook.sheet(wanted), name: name, about: [])
      }
      return try choose(workbook, name, score)
    } catch let error as WorkbookError {
      throw SourceError(error, name)
    } catch let error as SourceError {
      throw error
    } catch {
      throw SourceError(.notEvaluated, Text(same: "\(name): \(error)"))
    }
  }

  /// A sheet with this many known columns is a table of records.
  private static let known = 2

  private static func choose(
    _ workbook: WorkbookReader, _ name: String, _ score: ([String]) -> Int
  ) throws -> SheetRows {
    let scores = try workbook.sheets.map { try head(workbook, $0, score) }
    func isTable(_ place: Int) -> Bool { scores[place] ?? 0 >= known }
    let visible = workbook.sheets.indices.filter { !workbook.sheets[$0].isHidden }
    let candidates = visible.isEmpty ? Array(workbook.sheets.indices) : visible
    let chosen =
      candidates.first(where: isTable) ?? candidates.first { scores[$0] != nil } ?? candidates[0]
    let others = workbook.sheets.indices.filter { $0 != chosen && scores[$0] != nil }
    func list(_ places: [Int]) -> String {
      places.prefix(10).map { "\"\(PlainText.line(workbook.sheets[$0].name, limit: 40))\"" }.joined(
        separator: ", ")
    }
    var about: [Text] = []
    let read = PlainText.line(workbook.sheets[chosen].name, limit: 40)
    let tables = others.filter(isTable)
    if !tables.isEmpty {
      about.append(
        Text(
          "lembar \"\(read)\" dibaca; lembar \(list(tables)) juga berisi daftar dan TIDAK dibaca: periksa masing-masing dengan --sheet NAMA",
          "the sheet \"\(read)\" was read; \(list(tables)) hold lists as well and were NOT read: check each with --sheet NAME"
        ))
    } else if !others.isEmpty {
      about.append(
        Text(
          "lembar \"\(read)\" dibaca; lembar lain tidak: \(list(others)) (pilih dengan --sheet NAMA)",
          "the sheet \"\(read)\" was read; others were not: \(list(others)) (choose with --sheet NAME)"))
    }
    let rows = try SheetRows(workbook, workbook.sheets[chosen], name: name, about: about)
    // Also where it is hidden: an act is not to go unseen with its sheet.
    rows.isOnlyTable = tables.isEmpty
    return rows
  }

  /// How many known columns the first rows of a sheet name; `nil` for an empty one.
  private static func head(
    _ workbook: WorkbookReader, _ sheet: WorkbookReader.Sheet, _ score: ([String]) -> Int
  ) throws -> Int? {
    var reader = try workbook.open(sheet, isMerged: false)
    var row = WorkbookRow()
    var rows: [(line: Int, cells: [String])] = []
    while rows.count < FileHeader.rowsLookedAt, try reader.next(&row) {
      rows.append((row.number, row.cells.indices.map(row.text)))
    }
    guard !rows.isEmpty else { return nil }
    guard let header = FileHeader.find(FileHeader.evened(rows), score) else { return 0 }
    // A row an SK, as a workbook of ours has it, is no list of acts.
    return header.names.contains { OtherHeader.isOfSummary(ColumnMap.normalised($0)) } ? 0 : header.score
  }
}

/// What is odd about a sheet and should be said.
private struct SheetFaults {
  /// The sheet was read to its end.
  var isComplete = false
  private(set) var isFull = false
  private var hiddenRows: [Int] = []
  private var hiddenCount = 0
  private var formulas = 0
  private var firstFormula = ""
  private var longCells = 0
  private var firstLongCell = ""

  mutating func add(_ row: WorkbookRow) {
    if row.isHidden {
      hiddenCount += 1
      if hiddenRows.count < 5 { hiddenRows.append(row.number) }
    }
    if row.number == WorkbookLimits.rows { isFull = true }
    for column in row.cells.indices {
      if row.kind(column) == .formula {
        if formulas == 0 { firstFormula = CellName.column(column) + String(row.number) }
        formulas += 1
      } else if row[column].count >= WorkbookLimits.cellCharacters,
        row.text(column).utf16.count >= WorkbookLimits.cellCharacters
      {
        if longCells == 0 { firstLongCell = CellName.column(column) + String(row.number) }
        longCells += 1
      }
    }
  }

  func sentences(_ hiddenColumns: Set<Int>) -> [Text] {
    var sentences: [Text] = []
    if hiddenCount > 0 {
      let list =
        hiddenRows.map(String.init).joined(separator: ", ") + (hiddenCount > hiddenRows.count ? ", …" : "")
      sentences.append(
        Text(
          "\(hiddenCount) baris tersembunyi ikut dibaca (baris \(list))",
          "\(hiddenCount) hidden rows were read as well (row \(list))"))
    }
    if !hiddenColumns.isEmpty {
      let list = hiddenColumns.sorted().prefix(10).map(CellName.column).joined(separator: ", ")
      sentences.append(
        Text("kolom tersembunyi ikut dibaca (\(list))", "hidden columns were read as well (\(list))"))
    }
    if formulas > 0 {
      sentences.append(
        Text(
          "\(formulas) sel berisi rumus yang belum dihitung (pertama: \(firstFormula)): buka di Excel atau LibreOffice, simpan, lalu jalankan lagi",
          "\(formulas) cells hold formulas that nobody has calculated (the first: \(firstFormula)): open the file in Excel or LibreOffice, save it, and run again"
        ))
    }
    if longCells > 0 {
      sentences.append(
        Text(
          "\(longCells) sel sepanjang batas Excel, 32.767 huruf (pertama: \(firstLongCell)): isinya mungkin terpotong, cocokkan dengan aslinya",
          "\(longCells) cells are as long as Excel allows, 32,767 characters (the first: \(firstLongCell)): their text may be cut off, compare with the original"
        ))
    }
    if isFull {
      sentences.append(
        Text(
          "lembar ini terisi sampai baris terakhir Excel (1.048.576): baris sesudahnya mungkin hilang saat berkas dibuka di Excel. Periksa berkas aslinya, atau ekspor sebagai CSV",
          "the sheet is filled to the last row of Excel (1,048,576): rows after it may have been lost when the file was opened in Excel. Check the original, or export it as CSV"
        ))
    }
    return sentences
  }
}

extension SourceError {
  /// What is wrong with a workbook, with its name.
  init(_ error: WorkbookError, _ name: String) {
    let cause: Cause =
      switch error.cause {
      case .unreadable(let code): code == 13 ? .privilege : .unreachable
      case .otherKind, .noSuchSheet: .shape
      case .broken, .tooLarge, .zlibMissing: .notEvaluated
      }
    self.init(cause, Text("\(name): \(error.message.indonesian)", "\(name): \(error.message.english)"))
  }
}
