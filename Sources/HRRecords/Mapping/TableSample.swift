import AuditBase
import FreezeRules

/// What the rows that were looked at hold in one column, read as the column of the contract it may become.
package struct ColumnEvidence: Sendable, Equatable {
  /// Cells with anything in them, fillers such as `0000-00-00` left out.
  package internal(set) var filled = 0
  /// Of those, how many mean something to the auditor.
  package internal(set) var readable = 0
  /// Cells that only say "none": `-`, `0000-00-00`, `1970-01-01`.
  package internal(set) var fillers = 0
  /// Some of those that mean nothing, as found, at most three; of persons' columns their shape only.
  package internal(set) var examples: [String] = []
  /// How often each text came, where there are few of them.
  package internal(set) var labels: [String: Int] = [:]

  /// What the cells say of their order of day and month.
  private(set) var proof = OrderProof()

  /// Of those that mean nothing.
  package var unreadable: Int { filled - readable }

  mutating func add(_ cell: String?, as column: ContractColumn, kinds: KindLabels) {
    guard let cell, !DirtyDate.trim(cell).isEmpty else { return }
    if Self.dates.contains(column) {
      proof.add(DateSpelling(cell).form, OrderProof.Cell(place: Text(same: ""), text: cell))
    }
    switch Self.read(cell, as: column, kinds: kinds) {
    case .nothing: fillers += 1
    case .readable:
      filled += 1
      readable += 1
    case .unreadable:
      filled += 1
      note(cell, isPersonal: column == .nip || column == .employeeName)
    }
    if labels.count < 40 || labels[cell] != nil { labels[cell, default: 0] += 1 }
  }

  private static let dates: Set<ContractColumn> = [
    .decreeDate, .effectiveDate, .inauguratedOn, .approvalDate, .pertekDate,
  ]

  private enum Cell { case nothing, readable, unreadable }

  private static func read(_ cell: String, as column: ContractColumn, kinds: KindLabels) -> Cell {
    switch column {
    case .decreeDate, .effectiveDate, .inauguratedOn, .approvalDate, .pertekDate:
      switch DateSpelling(cell).form {
      case .absent: return .nothing
      case .unreadable: return .unreadable
      default: return .readable
      }
    case .echelonFrom, .echelonTo:
      return Echelon.read(cell) == .unsaid ? .unreadable : .readable
    case .kind:
      if case .unknown = kinds.scope(of: cell) { return .unreadable }
      return .readable
    case .postTypeFrom, .postTypeTo:
      return PostClass(post: nil, echelon: nil, postType: cell, assignment: nil) == .unknown
        ? .unreadable : .readable
    case .assignment:
      return ["d", "tt", "plt", "plh", "pj", "definitif"].contains(ColumnMap.normalised(cell))
        ? .readable : .unreadable
    case .nip: return NIP(cell) == nil ? .unreadable : .readable
    default: return HRRecords.Cell.text(cell) == nil ? .nothing : .readable
    }
  }

  private mutating func note(_ cell: String, isPersonal: Bool) {
    guard examples.count < 3 else { return }
    let text = isPersonal ? Self.shape(cell) : String(cell.prefix(60))
    if !examples.contains(text) { examples.append(text) }
  }

  /// Digits as 9, letters as x: enough to see what is wrong with an NIP, not whose it is.
  static func shape(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(40).map { scalar in
          scalar.properties.numericType != nil ? "9" : scalar.properties.isAlphabetic ? "x" : scalar
        }))
  }
}

/// Some rows of a table, looked at.
package struct TableSample: Sendable, Equatable {
  /// How many.
  package internal(set) var rows = 0
  /// How many different persons.
  package internal(set) var people = 0
  /// Whether that was all of the table.
  package internal(set) var isWhole = true
  /// By the column's name.
  package internal(set) var evidence: [String: ColumnEvidence] = [:]

  /// Nothing seen yet.
  package init() {}

  /// - Parameters:
  ///   - columns: what each cell of a row may become.
  ///   - person: where among them the person stands.
  init(
    rows cells: [[String?]], columns: [(CatalogColumn, ContractColumn)], person: Int?, isWhole: Bool,
    kinds: KindLabels
  ) {
    self.isWhole = isWhole
    rows = cells.count
    var seen: Set<String> = []
    for row in cells {
      for (index, (column, meaning)) in columns.enumerated() where index < row.count {
        evidence[column.name, default: ColumnEvidence()].add(row[index], as: meaning, kinds: kinds)
      }
      if let person, person < row.count, let text = row[person], !text.isEmpty { seen.insert(text) }
    }
    people = seen.count
  }
}

extension ColumnMeaning {
  /// The columns to look at, each with what it may become.
  var worthALook: [(CatalogColumn, ContractColumn)] {
    var seen: Set<String> = []
    var found: [(CatalogColumn, ContractColumn)] = []
    for column in ContractColumn.allCases where column != .actionID {
      for candidate in candidates[column] ?? [] where seen.insert(candidate.name).inserted {
        found.append((candidate, column))
      }
    }
    return found
  }

  /// The same with the better candidates first, by what their rows hold: a column that is filled goes before one that is
  /// not, one that can be read before one that cannot.
  func preferring(_ sample: TableSample) -> ColumnMeaning {
    var better = self
    for (column, list) in candidates where column != .actionID && list.count > 1 {
      func worth(_ candidate: CatalogColumn) -> Int { sample.evidence[candidate.name]?.readable ?? 0 }
      guard let best = list.max(by: { worth($0) < worth($1) }), let first = list.first else { continue }
      // By name the first is right: only a column that says much more goes before it.
      if worth(best) > worth(first) * 2, worth(best) > sample.rows / 20 { better.prefer(best, for: column) }
    }
    return better
  }
}
