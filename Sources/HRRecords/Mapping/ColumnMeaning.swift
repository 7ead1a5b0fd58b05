import AuditBase
import FreezeRules

/// What the columns of a table mean, by their names: for each column of the contract those that may be it, the best first.
///
/// A history of posts has one row a post, not one an act: what a row says of a post is the post *taken*.
package struct ColumnMeaning: Sendable, Equatable {
  /// Candidates for each column of the contract.
  package private(set) var candidates: [ContractColumn: [CatalogColumn]] = [:]
  /// What tells one person's rows from another's.
  package private(set) var person: CatalogColumn?
  /// Marks a row that the site's own program hides.
  package private(set) var deleted: CatalogColumn?

  /// Reads the names of a table.
  package init(_ table: CatalogTable) {
    let names = Names(table.columns)
    for column in ContractColumn.allCases where column != .sourceDates && column != .actionID {
      let found = names.find(column.knownNames.flatMap(\.self) + column.namesInTables, of: column)
      if !found.isEmpty { candidates[column] = found }
    }
    addByWords(names)
    keepOnlyTexts()
    takeNameForPost(names)
    // A code tells posts apart where nothing names them.
    if candidates[.postTo] == nil, let code = names.first(["jabatanid", "kodejabatan", "kdjab", "idjabatan"])
    {
      candidates[.postTo] = [code]
    }
    separate(table)
    candidates[.actionID] = Self.keys(table, names)
    let number = candidates[.nip]?.first
    person =
      number
      ?? names.first([
        "pegawaiid", "idpegawai", "pnsid", "idpns", "pnsorangid", "asnid", "idasn", "employeeid", "pegid",
        "idpeg", "kdpegawai", "niplama", "nip9",
      ])
    deleted = names.first([
      "deletedat", "deleteddate", "dihapuspada", "tglhapus", "tanggalhapus", "waktuhapus", "isdeleted",
      "deleted",
      "isdelete", "hapus", "dihapus", "isterhapus", "statushapus",
    ])
  }

  /// The best candidate.
  package subscript(_ column: ContractColumn) -> CatalogColumn? { candidates[column]?.first }

  /// The dates it has.
  package var dates: [ContractColumn] { ContractColumn.dates.filter { candidates[$0] != nil } }

  /// Puts a candidate first.
  mutating func prefer(_ chosen: CatalogColumn, for column: ContractColumn) {
    guard let old = candidates[column], let index = old.firstIndex(of: chosen), index > 0 else { return }
    candidates[column]?.remove(at: index)
    candidates[column]?.insert(chosen, at: 0)
  }

  /// Names that no list has, by their words: `jabatan_sk_tgl` and `tgl_sk_jab` are one.
  private mutating func addByWords(_ names: Names) {
    for (column, words) in names.words {
      guard let meaning = Self.meaning(Set(words)) else { continue }
      let fits = ContractColumn.dates.contains(meaning) ? column.mayBeDate : column.shape != .other
      if fits, !(candidates.values.contains { $0.contains(column) }) {
        candidates[meaning, default: []].append(column)
      }
    }
  }

  private static func meaning(_ words: Set<String>) -> ContractColumn? {
    func has(_ any: String...) -> Bool { any.contains { words.contains($0) } }
    // Of ranks, pay and first appointments: other acts.
    if has(
      "pangkat", "gol", "golongan", "cpns", "pns", "kgb", "gaji", "pensiun", "eselon", "persetujuan", "akhir",
      "selesai")
    {
      return nil
    }
    let isDay = has("tgl", "tanggal", "tg", "date", "hari")
    let isNumber = has("no", "nomor", "nmr", "num")
    if has("lantik", "pelantikan", "dilantik", "sumpah"), !isNumber, isDay || has("tmt") || words.count == 1 {
      return .inauguratedOn
    }
    if has("sk", "keputusan"), isDay, !isNumber { return .decreeDate }
    if has("sk", "keputusan"), isNumber, !isDay { return .decreeNo }
    if has("tmt"), !isNumber { return .effectiveDate }
    if has("jabatan", "jab"), has("nama", "nm"), !has("jenis", "jns", "tipe", "lama", "asal") {
      return .postTo
    }
    return nil
  }

  private mutating func keepOnlyTexts() {
    let texts: [ContractColumn] = [.postTo, .postFrom, .unitTo, .unitFrom, .employeeName]
    for column in texts {
      // Ids say nothing to a reader, but tell posts apart where there is nothing better.
      candidates[column]?.sort { ($0.shape == .text ? 0 : 1) < ($1.shape == .text ? 0 : 1) }
    }
    for column in ContractColumn.days {
      candidates[column]?.removeAll { !$0.mayBeDate }
      if candidates[column]?.isEmpty == true { candidates[column] = nil }
      // A date made from the text beside it holds only what could be read: the text is the source.
      guard let first = candidates[column]?.first, first.shape != .text,
        let text = candidates[column]?.first(where: {
          $0.shape == .text && ColumnMap.normalised($0.name) == ColumnMap.normalised(first.name)
        })
      else { continue }
      prefer(text, for: column)
    }
  }

  /// In a history of posts that calls no other column a post, NAMA is the post's.
  private mutating func takeNameForPost(_ names: Names) {
    guard candidates[.postTo] == nil, let name = names.first(["nama", "name"]) else { return }
    candidates[.postTo] = [name]
    candidates[.employeeName]?.removeAll { $0 == name }
    if candidates[.employeeName]?.isEmpty == true { candidates[.employeeName] = nil }
  }

  /// One column is one thing: the first of these that claims it keeps it.
  private mutating func separate(_ table: CatalogTable) {
    var taken: Set<String> = []
    for column in ContractColumn.allCases {
      guard let found = candidates[column] else { continue }
      let free = found.filter { !taken.contains($0.name) }
      candidates[column] = free.isEmpty ? nil : free
      if let first = free.first { taken.insert(first.name) }
    }
  }

  /// What identifies a row: the primary key, else a column that is called so.
  private static func keys(_ table: CatalogTable, _ names: Names) -> [CatalogColumn]? {
    if let key = table.columns.first(where: \.isKey) { return [key] }
    let parts = table.columns.filter(\.isPartOfKey)
    if !parts.isEmpty { return parts }
    if let unique = names.all(
      ContractColumn.actionID.knownNames.flatMap(\.self) + ["bknid", "idbkn", "kd", "kode"]
    ).first(
      where: { $0.isUnique || table.sort == .view || table.sort == .foreign || table.sort == .materialized })
    {
      return [unique]
    }
    return table.columns.first(where: \.isUnique).map { [$0] }
  }
}

/// The columns of a table by name.
private struct Names {
  let byName: [(name: String, column: CatalogColumn)]
  /// The names cut into lower-case words.
  let words: [(column: CatalogColumn, words: [String])]

  init(_ columns: [CatalogColumn]) {
    words = columns.map { ($0, Self.words($0.name)) }
    // `rj_tmt`, `rj_no_sk`: what nearly all begin with says nothing.
    var counts: [String: Int] = [:]
    for (_, words) in words where words.count > 1 { counts[words[0], default: 0] += 1 }
    let common = counts.filter { $0.value >= 4 && $0.value * 10 >= columns.count * 6 }.keys.first
    byName = words.map { column, words in
      let useful = words.count > 1 && words[0] == common ? Array(words.dropFirst()) : words
      return (useful.joined(), column)
    }
  }

  /// `tmtJabatan`, `TMT_JABATAN` and `tmt jabatan` are `tmt`, `jabatan`.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for scalar in name.unicodeScalars {
      let isWord = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      if !isWord || (wasLower && scalar.properties.isUppercase) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if isWord { word.unicodeScalars.append(scalar) }
      wasLower = scalar.properties.isLowercase
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    return words
  }

  func all(_ wanted: [String]) -> [CatalogColumn] {
    var found: [CatalogColumn] = []
    for name in wanted {
      for (own, column) in byName where own == name && !found.contains(column) { found.append(column) }
    }
    return found
  }

  func first(_ wanted: [String]) -> CatalogColumn? { all(wanted).first }

  func find(_ wanted: [String], of column: ContractColumn) -> [CatalogColumn] {
    all([ColumnMap.normalised(column.rawValue)] + wanted)
  }
}

extension ContractColumn {
  /// Names met in tables besides those of files.
  fileprivate var namesInTables: [String] {
    switch self {
    case .decreeDate:
      ["tskjabat", "tskjab", "tglskjab", "tgsk", "sktanggal", "sktgl", "jabatansktgl", "tglskjbt"]
    case .effectiveDate:
      ["tmtjab", "tmtjabat", "tmtjbt", "jabatantmt", "tmtmulai", "tglmulai", "tanggalmulai"]
    case .inauguratedOn:
      [
        "tlantik", "tgllantikan", "tanggaldilantik", "tgldilantik", "tglsumpah", "tanggalsumpah",
        "tgllantikjab",
      ]
    case .decreeNo: ["nskjabat", "nskjab", "sknomor", "skno", "jabatanskno", "noskjab", "nomorskjab"]
    case .postTo:
      [
        "namajab", "nmjab", "nmjabatan", "jabatannama", "njab", "njabat", "njabatan", "jab", "jabat",
      ]
    case .unitTo:
      [
        "unor", "unornama", "namaunit", "nmunit", "nunker", "unker", "satker", "satuankerja",
        "satuankerjanama",
        "namasatker", "unit", "instansi", "unorid", "unitkerjaid", "satkerid",
      ]
    case .echelonTo:
      ["namaeselon", "eselonnama", "keselon", "kdeselon", "kodeeselon", "nmeselon", "esl", "es"]
    case .postTypeTo:
      ["jnsjab", "jenisjab", "namajenisjabatan", "jenisjabatannama", "tipejabatan", "jnsjabatan"]
    case .assignment: ["jnspenugasan", "statuspenugasan", "namapenugasan", "jenispenugasannama"]
    case .kind:
      [
        "jnsmutasi", "jnstugasmutasi", "jenistugasmutasi", "jenismutasinama", "namajenismutasi", "jenissk",
        "jnssk",
      ]
    case .nip: ["nip", "nip18", "pnsnip", "pegawainip", "nippeg", "nipbarupns"]
    case .employeeName: ["nmpeg", "nmpegawai", "pegawainama", "namapeg", "pnsnama"]
    case .recordedAt:
      ["createddate", "createdon", "lastcreatedate", "dibuatpada", "wktrekam", "tglrekam", "insertedat"]
    case .changedAt: ["updateddate", "updatedon", "lastupdatedate", "diubahpada", "wktubah", "modifiedat"]
    case .regionCode: ["kdwil", "wilayahkode", "regioncode"]
    default: []
    }
  }
}
