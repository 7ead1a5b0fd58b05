import AuditBase
import Workbook

/// One row of a file: where it stands, and its cells one behind the other. Used again for each row, so that a million rows
/// allocate nothing.
package struct FileRow: Sendable {
  /// The line, counted from 1, or the row of a sheet.
  package var line = 1
  /// False: the row could not be split; its one cell is the line as found.
  package var isReadable = true
  /// Each cell has a place of its own, so that a short row only lacks empty cells.
  private(set) var isOfSheet = false
  private var bytes: [UInt8] = []
  private var cells: [Range<Int>] = []
  /// What each cell is, where the file tells: of a sheet, never of a CSV.
  private var kinds: [WorkbookRow.Kind] = []
  /// Days of a sheet are counted from 1904.
  private var is1904 = false

  /// An empty row.
  package init() {}

  /// How many cells it has.
  package var count: Int { cells.count }

  /// Begins a row anew.
  package mutating func begin(line: Int) {
    self.line = line
    isReadable = true
    isOfSheet = false
    kinds.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
  }

  /// Adds a cell.
  package mutating func append(_ text: some Sequence<UInt8>) {
    let start = bytes.count
    bytes.append(contentsOf: text)
    cells.append(start..<bytes.count)
  }

  /// Adds a cell.
  package mutating func append(_ text: String) { append(text.utf8) }

  /// Adds bytes to the cell that is being read.
  mutating func extend(_ part: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: part) }

  /// Ends the cell that is being read.
  mutating func endCell() { cells.append((cells.last?.upperBound ?? 0)..<bytes.count) }

  /// Gives the text of a cell to a body, without making a string.
  func withBytes<T>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[cells[index]])) }
  }

  /// Whether a cell has no bytes.
  func isEmpty(_ index: Int) -> Bool { cells[index].isEmpty }

  /// A cell as text; what is no UTF-8 is read as Windows-1252, which is what Excel writes where it is not asked for another.
  package func text(_ index: Int) -> String {
    withBytes(index) { String(validating: $0, as: UTF8.self) ?? Windows1252.text($0) }
  }

  /// Whether a cell is UTF-8.
  func isUTF8(_ index: Int) -> Bool { withBytes(index) { String(validating: $0, as: UTF8.self) != nil } }

  /// Every cell as text.
  package var texts: [String] { cells.indices.map(text) }

  /// Nothing but blanks: what a spreadsheet leaves below a table.
  var isBlank: Bool {
    for cell in cells where !cell.isEmpty {
      for byte in bytes[cell] where byte != 32 && byte != 9 {
        // A blank of another kind is rare enough to be looked at closely.
        return byte < 0x80 ? false : texts.allSatisfy { DirtyDate.trim($0).isEmpty }
      }
    }
    return true
  }
}

// MARK: Rows of a sheet
extension FileRow {
  /// What a cell is; text where the file does not tell.
  func kind(_ index: Int) -> WorkbookRow.Kind { index < kinds.count ? kinds[index] : .text }

  /// After ``begin(line:)``: the row is one of a sheet.
  mutating func becomeSheetRow(is1904: Bool) {
    isOfSheet = true
    self.is1904 = is1904
  }

  /// Adds a cell of a sheet.
  mutating func append(_ text: ArraySlice<UInt8>, kind: WorkbookRow.Kind) {
    append(text)
    kinds.append(kind)
  }

  /// Makes a row of a sheet as wide as its header: what it lacks is empty, what lies beyond has no name.
  mutating func fit(_ width: Int) {
    guard isOfSheet, cells.count != width else { return }
    while cells.count < width { append([], kind: .empty) }
    cells.removeLast(cells.count - width)
    kinds.removeLast(kinds.count - width)
  }

  /// The day of a number in a column of dates: a sheet's own count of days, shown without a date's format. A number that is
  /// no such count, such as a year, stays what it is.
  func day(_ index: Int) -> String? {
    guard kind(index) == .number, let serial = Double(text(index)), serial >= 10_000 else { return nil }
    let isPlausible = serial < 110_000
    return isPlausible ? SerialDate.text(serial, is1904: is1904) : nil
  }

  /// A cell as it is given back in a workbook.
  /// - Parameter isCode: digits that are no number, such as a NIP.
  func output(_ index: Int, isCode: Bool, isDate: Bool) -> OutputCell {
    let text = text(index)
    switch kind(index) {
    case .empty: return .empty
    case .number:
      if isCode { return .text(text, .text) }
      if isDate, let day = day(index).flatMap({ SerialDate.serial($0) }) { return .serial(day, .date) }
      return Double(text) == nil ? .text(text, .text) : .number(text, .plain)
    case .date: return SerialDate.serial(text).map { .serial($0, .date) } ?? .text(text, .text)
    case .dateTime: return SerialDate.serial(text).map { .serial($0, .dateTime) } ?? .text(text, .text)
    case .boolean: return .boolean(text == "TRUE")
    case .text, .time, .error, .formula: return text.isEmpty ? .empty : .text(text, .text)
    }
  }

  func copy(to bytes: inout [UInt8], _ ends: inout [Int32], _ kinds: inout [UInt8]) {
    let start = bytes.count
    bytes += self.bytes
    for index in cells.indices {
      ends.append(Int32(start + cells[index].upperBound))
      kinds.append(self.kinds[index].rawValue)
    }
  }

  mutating func take(_ text: ArraySlice<UInt8>, ends: ArraySlice<Int32>, kinds: ArraySlice<UInt8>) {
    bytes.append(contentsOf: text)
    var start = 0
    for (end, kind) in zip(ends, kinds) {
      let end = Int(end) - text.startIndex
      cells.append(start..<end)
      self.kinds.append(WorkbookRow.Kind(rawValue: kind) ?? .text)
      start = end
    }
  }
}

/// What gives the rows of a file one by one, as often as it is asked to begin again.
package protocol RowReader {
  /// Reads the next row that is no blank line.
  /// - Returns: false at the end.
  mutating func next(into row: inout FileRow) throws(SourceError) -> Bool
  /// Back to the first row.
  mutating func rewind() throws(SourceError)
  /// How much was read, and how much there is where that is known; of any unit.
  var progress: (read: Int, of: Int?) { get }
  /// What is to be said of the file, once all of it was read.
  var said: [Text] { get }
  /// False: there are or may be rows that were not read.
  var isWhole: Bool { get }
  /// The sheet's name, the widths of its columns and its blocks of cells, where it has any.
  var look: (title: String?, widths: [Int: Double], merged: [MergedRange]) { get }
}

extension RowReader {
  /// Nothing.
  package var said: [Text] { [] }
  /// Everything was read.
  package var isWhole: Bool { true }
  /// Text has no look.
  package var look: (title: String?, widths: [Int: Double], merged: [MergedRange]) { (nil, [:], []) }
}

/// The single-byte text of Windows in western Europe, where Excel saves "CSV" and not "CSV UTF-8".
enum Windows1252 {
  /// 0x80...0x9F; the five that mean nothing stay the control characters they are in Latin-1, so that no two texts become one.
  private static let marks: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
    0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    for byte in bytes {
      let value = (0x80...0x9F).contains(byte) ? marks[Int(byte) - 0x80] : UInt32(byte)
      scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return String(scalars)
  }
}
