/// A cell that is no date: what a person or a database wrote into it, or nothing.
enum Cell {
  /// The text without its padding; `nil` for the ways in which exports write nothing.
  static func text(_ cell: String?) -> String? {
    guard let text = cell.map(DirtyDate.trim), !text.isEmpty else { return nil }
    return text.utf8.count <= 6 && nothing.contains(text.lowercased()) ? nil : text
  }

  /// No name, post or number is longer than some hundred characters; what is, must not fill memory, log and ledger.
  static func bounded(_ text: String) -> String {
    text.utf8.count <= 8192 ? text : String(text.prefix(2000)) + "…"
  }

  /// The number of an SK or a letter, or the id of an act: `nil` also where somebody wrote that there is none.
  static func reference(_ cell: String?) -> String? {
    guard let text = text(cell) else { return nil }
    guard text.utf8.count <= 16 else { return text }
    return none.contains(text.lowercased()) || !text.contains { $0.isLetter || $0.isNumber && $0 != "0" }
      ? nil : text
  }

  private static let nothing: Set = [
    "-", "--", "---", "\u{2013}", "\u{2014}", "null", "(null)", "nil", "\\n", "n/a",
  ]
  private static let none: Set = [
    "none", "na", "no", "n", "false", "tidak", "tidak ada", "tdk ada", "tidak perlu", "belum", "belum ada",
    "kosong",
    "nihil", "t",
  ]
}
