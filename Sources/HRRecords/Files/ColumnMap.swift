import AuditBase
import FreezeRules

/// Which header of a file means which contract column.
///
/// In this order: what a mapping file says, the contract's own name, then the names met in Indonesian HR offices and
/// in SIASN exports. Names are compared without case, blanks and punctuation: `TMT Jabatan` is `tmtJabatan`.
package struct ColumnMap: Sendable, Equatable {
  /// What a mapping file says: the header for a contract column, as written there; of equal headers `TMT#2` is the second,
  /// and `#7` is the seventh column whatever its header.
  package var explicit: [ContractColumn: String]
  /// What a mapping file says of every record: `kind: =mutasi`.
  package var constants: [ContractColumn: String]
  /// Headers that a person looked at and does not want.
  package var ignored: [String]

  /// Only the names that are known without being told.
  package static let known = ColumnMap(explicit: [:])

  /// A map with these headers.
  package init(
    explicit: [ContractColumn: String], constants: [ContractColumn: String] = [:], ignored: [String] = []
  ) {
    self.explicit = explicit
    self.constants = constants
    self.ignored = ignored
  }

  /// A name without case, blanks and punctuation.
  package static func normalised(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || isDigit($0) }))
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// How many columns some headers would give; what a person named counts most.
  func score(_ header: [String]) -> Int {
    let names = Set(header.map(Self.normalised))
    var score = 0
    for column in ContractColumn.allCases {
      if let wanted = explicit[column] {
        if !Self.places(of: wanted, in: header).isEmpty { score += 3 }
      } else if !names.isDisjoint(with: column.everyName) {
        score += 1
      }
    }
    return score
  }

  /// The places of a header as a person writes it: by name, by name and number, or by number alone.
  static func places(of wanted: String, in header: [String]) -> [Int] {
    let key = normalised(wanted)
    let found = header.indices.filter { !key.isEmpty && normalised(header[$0]) == key }
    if !found.isEmpty || !wanted.contains("#") { return found }
    guard let sign = wanted.lastIndex(of: "#"), let number = Int(wanted[wanted.index(after: sign)...]),
      number > 0
    else { return [] }
    let name = normalised(String(wanted[..<sign]))
    if name.isEmpty { return header.indices.contains(number - 1) ? [number - 1] : [] }
    let same = header.indices.filter { normalised(header[$0]) == name }
    return same.count >= number ? [same[number - 1]] : []
  }

  /// The headers as a map can name them: where several are equal, each with its number.
  static func addresses(_ header: [String]) -> [String] {
    let names = header.map(normalised)
    return header.indices.map { place in
      if names[place].isEmpty { return "#\(place + 1)" }
      guard names.count(where: { $0 == names[place] }) > 1 else { return header[place] }
      return header[place] + "#\(names[...place].count { $0 == names[place] })"
    }
  }

  /// The place of every contract column that a header names.
  /// - Throws: ``SourceError`` (shape) when two headers mean one column, or a mapped header is not there.
  func resolve(_ header: [String], file: String) throws(SourceError) -> [ContractColumn: Int] {
    let names = header.map(Self.normalised)
    var columns: [ContractColumn: Int] = [:]
    for column in ContractColumn.allCases {
      guard let wanted = explicit[column] else { continue }
      let found = Self.places(of: wanted, in: header)
      guard let place = found.first else { throw Self.missing(column, wanted, header, file) }
      if found.count > 1 { throw Self.twice(column, found, header, file) }
      columns[column] = place
    }
    let taken = Set(columns.values).union(ignored.flatMap { Self.places(of: $0, in: header) })
    for column in ContractColumn.allCases where columns[column] == nil && constants[column] == nil {
      for rank in [[Self.normalised(column.rawValue)]] + column.knownNames {
        let found = names.indices.filter {
          !names[$0].isEmpty && rank.contains(names[$0]) && !taken.contains($0)
        }
        if found.count > 1 { throw Self.twice(column, found, header, file) }
        if let place = found.first {
          columns[column] = place
          break
        }
      }
    }
    return columns
  }

  private static func missing(_ column: ContractColumn, _ wanted: String, _ header: [String], _ file: String)
    -> SourceError
  {
    let found = header.prefix(30).joined(separator: ", ")
    return SourceError(
      .shape,
      Text(
        "\(file): kolom \"\(wanted)\" yang dipetakan ke \(column.rawValue) tidak ada. Kolom yang ditemukan: \(found). Perbaiki berkas pemetaan (--map)",
        "\(file): the column \"\(wanted)\", mapped to \(column.rawValue), is missing. Columns found: \(found). Mend the mapping file (--map)"
      ))
  }

  private static func twice(_ column: ContractColumn, _ found: [Int], _ header: [String], _ file: String)
    -> SourceError
  {
    let names = addresses(header)
    let list = found.map { "\"\(names[$0])\"" }.joined(separator: ", ")
    let choices = found.map { "\(column.rawValue): \(names[$0])" }
    return SourceError(
      .shape,
      Text(
        "\(file): beberapa kolom (\(list)) sama-sama berarti \(column.rawValue). Pilih satu dengan --map, sebuah berkas berisi baris \"\(choices.joined(separator: "\" atau \""))\"",
        "\(file): several columns (\(list)) all mean \(column.rawValue). Choose one with --map, a file with the line \"\(choices.joined(separator: "\" or \""))\""
      ))
  }
}
