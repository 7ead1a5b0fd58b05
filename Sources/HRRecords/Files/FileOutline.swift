import AuditBase
import FreezeRules

/// What is understood of the columns of a file, and what a person has to decide.
package struct FileOutline {
  /// One line of a mapping.
  package enum Line: Equatable {
    /// A header that is known.
    case known(ContractColumn, String)
    /// Several headers mean one column.
    case choice(ContractColumn, [String])
    /// A column of dates that sounds like one of the contract's.
    case guess(ContractColumn, String, example: String)
    /// Nothing in the file tells the kind.
    case missingKind
  }

  /// The file.
  package let name: String
  /// In the order of the contract.
  package private(set) var lines: [Line] = []
  /// Columns with dates that sound like none of the contract's.
  package private(set) var ignored: [String] = []
  /// Headers that nothing is read from.
  package private(set) var unused: [String] = []

  /// Looks a file of either kind through.
  package init(_ file: TableFile, map: ColumnMap) throws(SourceError) {
    let (rows, _) = try file.open(map.score)
    try self.init(rows: rows, name: file.name, map: map)
  }

  /// Looks the rows of any file through.
  package init(rows: any RowReader, name: String, map: ColumnMap) throws(SourceError) {
    self.name = name
    var rows = rows
    let header = try ActionFile.header(&rows, name, map.score)
    let names = ColumnMap.addresses(header.names)
    var columns: [ContractColumn: Int] = [:]
    var chosen = map
    // Ambiguities are told one by one; the first choice is taken until somebody says otherwise.
    for column in ContractColumn.allCases where map.explicit[column] == nil && map.constants[column] == nil {
      let found = Self.candidates(column, header.names, columns.values)
      if found.count > 1 {
        lines.append(.choice(column, found.map { names[$0] }))
        columns[column] = found[0]
        chosen.explicit[column] = names[found[0]]
      } else if let place = found.first {
        lines.append(.known(column, names[place]))
        columns[column] = place
      }
    }
    for (column, wanted) in map.explicit {
      guard let place = ColumnMap.places(of: wanted, in: header.names).first else { continue }
      columns[column] = place
      lines.append(.known(column, names[place]))
    }
    var survey = FileSurvey(header, columns, chosen)
    var table = TableRows(header)
    var row = FileRow()
    while try table.next(&rows, &row) { if row.isReadable { survey.add(row) } }
    for (place, example) in survey.unreadDates {
      if let guess = Self.guess(header.names[place]), columns[guess] == nil {
        columns[guess] = place
        lines.append(.guess(guess, names[place], example: example))
      } else {
        ignored.append(names[place])
      }
    }
    if columns[.kind] == nil, map.constants[.kind] == nil { lines.append(.missingKind) }
    let used = Set(columns.values)
    unused = header.names.indices.filter { !used.contains($0) && !header.names[$0].isEmpty }.map { names[$0] }
  }

  /// The places that a column may be read from, all of the best rank there is.
  private static func candidates(
    _ column: ContractColumn, _ header: [String], _ taken: Dictionary<ContractColumn, Int>.Values
  ) -> [Int] {
    let names = header.map(ColumnMap.normalised)
    for rank in [[ColumnMap.normalised(column.rawValue)]] + column.knownNames {
      let found = names.indices.filter {
        !names[$0].isEmpty && rank.contains(names[$0]) && !taken.contains($0)
      }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// What a column of dates may be, by the words of its header.
  private static func guess(_ header: String) -> ContractColumn? {
    let name = ColumnMap.normalised(header)
    func has(_ words: String...) -> Bool { words.contains { name.contains($0) } }
    if has("lantik", "sumpah", "kukuh", "inaugur", "oath", "janji") { return .inauguratedOn }
    if has("setuju", "mendagri", "izin") { return .approvalDate }
    if has("sk", "keputusan", "decree") { return .decreeDate }
    if has("tmt", "berlaku", "mulai", "efektif") { return .effectiveDate }
    return nil
  }
}
