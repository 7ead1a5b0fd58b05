/// A cell that is no date: what a person or a database wrote into it, or nothing.
enum Cell {
  /// The text without its padding; `nil` for the ways in which exports write nothing.
  static func text(_ cell: String?) -> String? {
    guard let text = cell.map(DirtyDate.trim), !text.isEmpty else { return nil }
    return text.utf8.count <= 6 && nothing.contains(text.lowercased()) ? nil : text
  }

  private static let nothing: Set = ["-", "--", "---", "null", "(null)", "nil", "\\n", "n/a"]
}
