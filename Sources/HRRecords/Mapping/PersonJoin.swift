import FreezeRules

/// Where the name and the NIP of a person stand, when the history holds neither or only a key.
package struct PersonJoin: Sendable, Equatable {
  package let table: CatalogTable
  /// The column of the history, and the one of the table of persons it is equal to.
  package let own: CatalogColumn
  package let other: CatalogColumn
  package let name: CatalogColumn?
  package let nip: CatalogColumn?

  /// The table of persons that fits a history best; `nil`: none does, or none is needed.
  static func find(_ history: RankedTable, among tables: [CatalogTable]) -> PersonJoin? {
    let meaning = history.meaning
    guard let person = meaning.person, meaning[.employeeName] == nil || meaning[.nip] == nil else {
      return nil
    }
    var best: (join: PersonJoin, worth: Int)?
    for table in tables
    where table.oid != history.table.oid && [.table, .partitioned, .materialized].contains(table.sort) {
      let columns = ColumnMeaning(table)
      let name =
        columns[.employeeName]
        ?? table.columns.first { ["nama", "name"].contains(ColumnMap.normalised($0.name)) }
      let nip = columns[.nip]
      guard let name, nip != nil || meaning[.nip] != nil,
        let (other, worth) = counterpart(of: person, isNumber: meaning[.nip] == person, in: table, nip: nip)
      else { continue }
      let isPersons = ["pegawai", "pns", "asn", "employee", "orang", "biodata", "peg"].contains {
        ColumnMap.normalised(table.name).contains($0)
      }
      let sum = worth + (isPersons ? 10 : 0) + (table.schema == history.table.schema ? 5 : 0)
      if sum > best?.worth ?? 14 {
        best = (PersonJoin(table: table, own: person, other: other, name: name, nip: nip), sum)
      }
    }
    return best?.join
  }

  /// The column that a person of the history is found by: one row a person, or the join would double acts.
  private static func counterpart(
    of person: CatalogColumn, isNumber: Bool, in table: CatalogTable, nip: CatalogColumn?
  ) -> (CatalogColumn, Int)? {
    if person.references == table.oid, let key = table.columns.first(where: \.isKey) { return (key, 30) }
    if isNumber {
      guard let nip, nip.isUnique || nip.isKey else { return nil }
      return (nip, 15)
    }
    let name = ColumnMap.normalised(person.name)
    if let same = table.columns.first(where: {
      ColumnMap.normalised($0.name) == name && ($0.isKey || $0.isUnique)
    }) {
      return (same, 20)
    }
    // `pegawai_id` is the key of `pegawai`.
    let own = ColumnMap.normalised(table.name)
    if let key = table.columns.first(where: \.isKey),
      ["id", "kode", "kd"].contains(ColumnMap.normalised(key.name)),
      own.hasSuffix(name.replacing("id", with: "")) || name.hasPrefix(own)
    {
      return (key, 15)
    }
    return nil
  }
}
