import AuditReports

/// Lines of a CSV that no spreadsheet takes for anything but text.
enum SpreadsheetText {
  /// A line with its CRLF.
  static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

  /// Always in quotes; what a spreadsheet would take for a formula, or for a number it would shorten, gets an apostrophe.
  ///
  /// By scalars, not characters: a quote followed by a combining mark is one character that equals no quote, and
  /// would end the cell.
  static func cell(_ text: String) -> String {
    let scalars = PlainText.line(text, limit: 4000).unicodeScalars
    var cell = String.UnicodeScalarView()
    let isLongNumber = scalars.count > 11 && scalars.allSatisfy { ("0"..."9").contains($0) }
    let first = scalars.first { !$0.properties.isWhitespace }
    // The full-width signs count as well: some spreadsheets fold them.
    if let first, "=+-@|%'＝＋－＠".unicodeScalars.contains(first) || isLongNumber { cell.append("'") }
    for scalar in scalars {
      if scalar == "\"" { cell.append("\"") }
      cell.append(scalar)
    }
    return "\"" + String(cell) + "\""
  }
}
