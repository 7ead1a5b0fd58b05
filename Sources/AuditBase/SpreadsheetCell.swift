/// Text for a cell of a spreadsheet that stays text there.
package enum SpreadsheetCell {
  /// One harmless line; what a spreadsheet would take for a formula, or for a number it would shorten, gets an apostrophe.
  ///
  /// - Parameter isCode: digits that are no number: a NIP loses its end, `16.05` becomes five past four.
  package static func text(_ text: String, isCode: Bool = false, limit: Int = .max) -> String {
    let cell = PlainText.line(text, limit: limit)
    let visible = cell.unicodeScalars.first { !$0.properties.isWhitespace }
    let isFormula = visible.map { formulaSigns.contains($0) } ?? false
    return isFormula || looksLikeNumber(cell, isCode: isCode) ? "'" + cell : cell
  }

  /// Always in quotes.
  ///
  /// By bytes, not characters: a quote followed by a combining mark is one character that equals no quote, and would end
  /// the cell.
  package static func quoted(_ cell: String) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in cell.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// In quotes where it must be. Every separator is quoted whichever is in use: a file opened with another one must not
  /// gain a formula.
  package static func quotedIfNeeded(_ cell: String) -> String {
    cell.utf8.contains { $0 == 34 || $0 == 44 || $0 == 59 || $0 < 32 } ? quoted(cell) : cell
  }

  // The full-width signs count as well: some spreadsheets fold them.
  private static let formulaSigns: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "|", "%", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]

  private static func looksLikeNumber(_ cell: String, isCode: Bool) -> Bool {
    let bytes = cell.utf8
    guard let first = bytes.first, (48...57).contains(first) else { return false }
    guard bytes.allSatisfy({ (48...57).contains($0) || isCode && (45...46).contains($0) }) else {
      return false
    }
    return isCode || bytes.count > 11 || first == 48 && bytes.count > 1
  }
}
