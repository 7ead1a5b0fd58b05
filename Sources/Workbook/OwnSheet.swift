/// The table that records came in, as far as it is given back: what stood above the column names, the names, and how wide
/// the columns were.
package struct OwnSheet: Sendable {
  /// Of the sheet, or of the file.
  package var name: String
  /// The rows above the column names, each with the row it stood in.
  package var titles: [(row: Int, cells: [OutputCell])]
  /// The column names.
  package var names: [String]
  /// The row of the column names, counted from 1.
  package var row: Int
  /// Widths of columns counted from 0, where they are known.
  package var widths: [Int: Double]
  /// Blocks of cells above the names that were shown as one.
  package var merged: [MergedRange]
  /// How many columns on the left tell who it is, 0 where they are too many.
  package var keyColumns = 0

  /// A table.
  package init(
    name: String, titles: [(row: Int, cells: [OutputCell])] = [], names: [String], row: Int = 1,
    widths: [Int: Double] = [:], merged: [MergedRange] = []
  ) {
    self.name = name
    self.titles = titles
    self.names = names
    self.row = row
    self.widths = widths
    self.merged = merged
  }
}

/// One row of such a table.
package struct OwnRow: Sendable {
  /// Where it stood.
  package var number: Int
  /// Its cells.
  package var cells: [OutputCell]
  /// What was written into the column for answers of an earlier report.
  package var answer: String?

  /// A row.
  package init(number: Int, cells: [OutputCell], answer: String? = nil) {
    self.number = number
    self.cells = cells
    self.answer = answer
  }
}
