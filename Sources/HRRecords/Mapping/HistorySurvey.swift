import AuditBase
import FreezeRules

/// A database looked over for its history of posts: the tables ranked, and a view proposed over one of them.
package struct HistorySurvey: Sendable {
  /// The likeliest first.
  package private(set) var ranked: [RankedTable] = []
  /// Of the tables that were looked into, by oid; a refusal where the server had one.
  package private(set) var samples: [Int64: Result<TableSample, SourceError>] = [:]
  /// `nil` where no table looks like a history.
  package private(set) var proposal: MappingProposal?
  /// Whether `sql/install.sql` was run in that database.
  package private(set) var isInstalled = false

  /// So many of the likeliest tables are looked into.
  package static let looksInto = 4

  /// - Parameters:
  ///   - chosen: the table a person named; `nil`: the likeliest.
  ///   - kinds: what labels mean.
  /// - Throws: ``SourceError`` where the catalog cannot be read, or the named table is not there or holds no date.
  package init(
    _ reader: inout CatalogReader, table chosen: String?, zone: Zone, kinds: KindLabels
  ) throws(SourceError) {
    isInstalled = try reader.isInstalled()
    let tables = try reader.tables()
    ranked = RankedTable.rank(tables)
    if let chosen { try choose(chosen, among: tables) }
    let looked = chosen == nil ? Self.looksInto : 1
    for index in ranked.indices.prefix(looked) where ranked[index].table.isReadable {
      do throws(SourceError) {
        let sample = try reader.sample(ranked[index], kinds: kinds)
        ranked[index].weigh(sample)
        samples[ranked[index].table.oid] = .success(sample)
      } catch {
        samples[ranked[index].table.oid] = .failure(error)
      }
    }
    if chosen == nil {
      ranked.sort { ($1.score, $0.table.quoted) < ($0.score, $1.table.quoted) }
    }
    guard let best = ranked.first, chosen != nil || best.score >= RankedTable.enough else { return }
    let sample = (try? samples[best.table.oid]?.get()) ?? TableSample()
    proposal = MappingProposal(best, sample, tables: tables, zone: zone)
  }

  /// Puts the named table first: as SQL writes it, or as people do.
  private mutating func choose(_ name: String, among tables: [CatalogTable]) throws(SourceError) {
    func called(_ table: CatalogTable) -> Int? {
      let plain = "\(table.schema).\(table.name)"
      if [table.quoted, plain].contains(name) { return 0 }
      if [table.name].contains(name) { return 1 }
      if [plain.lowercased(), table.name.lowercased()].contains(name.lowercased()) { return 2 }
      return nil
    }
    let found = tables.filter { called($0) != nil }.sorted { (called($0) ?? 9) < (called($1) ?? 9) }
    guard let table = found.first else {
      throw SourceError(
        .shape,
        Text(
          "--table: tabel \"\(name)\" tidak ada di basis data itu. Tulis skema.tabel, seperti dalam daftar tanpa --table",
          "--table: there is no table \"\(name)\" in that database. Write schema.table, as in the list without --table"
        ))
    }
    let rivals = found.filter { called($0) == called(table) }
    if rivals.count > 1 {
      let names = rivals.map(\.quoted).joined(separator: ", ")
      throw SourceError(
        .shape,
        Text(
          "--table: \"\(name)\" cocok dengan beberapa tabel: \(names). Tulis beserta skemanya",
          "--table: \"\(name)\" fits several tables: \(names). Write it with its schema"))
    }
    guard let own = RankedTable(table) else {
      throw SourceError(
        .shape,
        Text(
          "--table: \(table.quoted) tidak punya kolom yang tampak seperti tanggal SK, TMT atau pelantikan",
          "--table: \(table.quoted) has no column that looks like the date of a decree, an effect or an oath"
        ))
    }
    ranked.removeAll { $0.table.oid == table.oid }
    ranked.insert(own, at: 0)
  }
}
