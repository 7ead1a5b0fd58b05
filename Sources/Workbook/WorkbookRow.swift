/// One row of a sheet: the text of every cell up to the last one filled, all in one array, used again for the next row.
package struct WorkbookRow: Sendable {
  /// What a cell is.
  package enum Kind: UInt8, Sendable {
    case empty
    case text
    /// Its text is the number, digit for digit as far as the file has them.
    case number
    /// Its text is `YYYY-MM-DD`.
    case date
    /// Its text is `YYYY-MM-DD HH:MM:SS`.
    case dateTime
    /// Its text is `HH:MM:SS`.
    case time
    /// `TRUE` or `FALSE`.
    case boolean
    /// Such as `#N/A`.
    case error
    /// A formula that nobody has calculated; its text is `=` and the formula.
    case formula
  }

  /// A cell.
  package struct Cell: Sendable {
    /// What it is.
    package internal(set) var kind = Kind.empty
    /// It was read from a formula.
    package internal(set) var isCalculated = false
    var start = 0
    var end = 0
  }

  /// Counted from 1.
  package internal(set) var number = 0
  /// Hidden, by hand or by a filter.
  package internal(set) var isHidden = false
  /// The cells from column A on.
  package internal(set) var cells: [Cell] = []
  var bytes: [UInt8] = []

  /// A row to read into.
  package init() {}

  /// The text of a cell as UTF-8, empty beyond the last one.
  package subscript(column: Int) -> ArraySlice<UInt8> {
    guard cells.indices.contains(column) else { return [] }
    return bytes[cells[column].start..<cells[column].end]
  }

  /// What a cell is, `.empty` beyond the last one.
  package func kind(_ column: Int) -> Kind { cells.indices.contains(column) ? cells[column].kind : .empty }

  /// The text of a cell.
  package func text(_ column: Int) -> String { String(decoding: self[column], as: UTF8.self) }

  mutating func begin(number: Int, isHidden: Bool) {
    self.number = number
    self.isHidden = isHidden
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Puts a cell whose text was appended to ``bytes`` from `start` on.
  mutating func put(_ kind: Kind, column: Int, from start: Int, isCalculated: Bool = false) {
    while cells.count <= column { cells.append(Cell()) }
    cells[column] = Cell(kind: kind, isCalculated: isCalculated, start: start, end: bytes.count)
  }
}

/// A block of cells shown as one.
package struct MergedRange: Sendable, Equatable {
  /// Rows, counted from 1.
  package let rows: ClosedRange<Int>
  /// Columns, counted from 0.
  package let columns: ClosedRange<Int>

  /// A block.
  package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// Reads `B2:D4`.
  init?(_ text: String) {
    let ends = text.split(separator: ":").map { CellName.read($0.utf8) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first.row <= last.row,
      first.column <= last.column
    else { return nil }
    self.init(rows: first.row...last.row, columns: first.column...last.column)
  }
}

/// The names of cells: `B2` is column 1, row 2.
package enum CellName {
  /// Row 0 where only a column stands.
  static func read(_ bytes: some Collection<UInt8>) -> (column: Int, row: Int)? {
    var column = 0
    var row = 0
    for byte in bytes {
      switch byte {
      case 65...90 where row == 0: column = column * 26 + Int(byte - 64)
      case 97...122 where row == 0: column = column * 26 + Int(byte - 96)
      case 48...57: row = row * 10 + Int(byte - 48)
      case UInt8(ascii: "$"): break
      default: return nil
      }
      guard column <= 1 << 24, row <= 1 << 31 else { return nil }
    }
    return column > 0 ? (column - 1, row) : nil
  }

  /// The letters of a column counted from 0.
  package static func column(_ index: Int) -> String {
    var letters = ""
    var rest = index + 1
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
