import FreezeRules

/// The row of a file that names its columns, wherever it stands: offices put a title above it, some put a second row of names
/// below, some number the columns.
struct FileHeader {
  /// The names, a name in two rows joined.
  let names: [String]
  /// Its line; the last one where it stands in two.
  let line: Int
  /// The rows above it that were passed over, blank ones left out.
  let above: [(line: Int, cells: [String])]
  /// How many columns it names that are known.
  let score: Int

  /// Titles of more rows than this are none.
  static let rowsLookedAt = 60

  /// The row that names the most columns, the first of several; the first row of all where none names any.
  /// - Parameter score: how many of some names are known.
  static func find(_ rows: [(line: Int, cells: [String])], _ score: ([String]) -> Int) -> FileHeader? {
    let rows = rows.map { (line: $0.line, cells: $0.cells.map(DirtyDate.trim)) }
    var best: (first: Int, last: Int, names: [String], score: Int)?
    for index in rows.indices {
      let single = score(rows[index].cells)
      if single > best?.score ?? 0 { best = (index, index, rows[index].cells, single) }
      guard index + 1 < rows.count, let joined = joined(rows[index].cells, rows[index + 1].cells) else {
        continue
      }
      let double = score(joined)
      if double > max(best?.score ?? 0, single, score(rows[index + 1].cells)) {
        best = (index, index + 1, joined, double)
      }
    }
    // One known name is an accident unless it stands first or nothing better does.
    if best?.score ?? 0 < 2, let first = rows.first(where: { $0.cells.contains { !$0.isEmpty } }) {
      let isFirst = best.map { rows[$0.first].line == first.line } ?? false
      if !isFirst { return FileHeader(names: first.cells, line: first.line, above: [], score: 0) }
    }
    guard let best else { return nil }
    let titles = rows[..<best.first].filter { row in
      row.cells.contains { !$0.isEmpty } && !(row.cells.first?.lowercased().hasPrefix("sep=") ?? false)
    }
    return FileHeader(
      names: best.names, line: rows[best.last].line, above: Array(titles), score: best.score)
  }

  /// `SK` over `Nomor` and `Tanggal`: a name in the upper row holds for the empty cells behind it.
  private static func joined(_ upper: [String], _ lower: [String]) -> [String]? {
    guard upper.count == lower.count, lower.contains(where: { !$0.isEmpty }),
      !lower.contains(where: { $0.contains(where: \.isNumber) })
    else { return nil }
    var over = ""
    return zip(upper, lower).map { top, bottom in
      if !top.isEmpty { over = top }
      // A block over both rows stands in both.
      if bottom.isEmpty || bottom == top { return top }
      return over.isEmpty ? bottom : over + " " + bottom
    }
  }

  /// Whether the row that was taken for the header is a record: it names nothing that is known and holds a day or a NIP.
  var looksLikeRecord: Bool {
    score == 0
      && names.contains { name in
        if NIP(name) != nil { return true }
        if case .known(let span, _) = DirtyDate.read(name) { return span.isExact }
        return false
      }
  }

  /// The rows made equally wide with empty cells.
  static func evened(_ rows: [(line: Int, cells: [String])]) -> [(line: Int, cells: [String])] {
    let width = rows.map(\.cells.count).max() ?? 0
    return rows.map { ($0.line, $0.cells + [String](repeating: "", count: width - $0.cells.count)) }
  }

  /// Whether a row only numbers the columns: 1, 2, 3 … or (1), (2), (3) …
  static func isNumbering(_ cells: [String]) -> Bool {
    let numbers = cells.map { $0.filter { !"()[]. ".contains($0) } }
    guard cells.count >= 3, let first = numbers.first.flatMap({ Int($0) }), first <= 1 else { return false }
    return numbers.enumerated().allSatisfy { place, number in Int(number) == place + first }
  }
}
