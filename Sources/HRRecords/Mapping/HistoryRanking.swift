import AuditBase
import FreezeRules

/// How much a table looks like a history of posts, and why.
package struct RankedTable: Sendable {
  package let table: CatalogTable
  package let meaning: ColumnMeaning
  /// Higher is likelier.
  package private(set) var score: Int
  /// What spoke for and against it.
  package private(set) var reasons: [Text]

  /// From this on a table is proposed.
  package static let enough = 50

  /// Reads one table by its names alone; `nil` where it holds no date of an act.
  package init?(_ table: CatalogTable) {
    let meaning = ColumnMeaning(table)
    guard !meaning.dates.isEmpty else { return nil }
    self.table = table
    self.meaning = meaning
    score = 0
    reasons = []
    weighName()
    weighColumns()
  }

  /// The tables of a catalog that may be a history, the likeliest first.
  package static func rank(_ tables: [CatalogTable]) -> [RankedTable] {
    tables.compactMap(RankedTable.init).filter { $0.score > 0 }.sorted {
      ($1.score, $0.table.quoted) < ($0.score, $1.table.quoted)
    }
  }

  /// Takes in what a look at the rows showed.
  mutating func weigh(_ sample: TableSample) {
    guard sample.rows > 0 else {
      return add(-15, Text("tidak berisi satu baris pun", "it holds no row"))
    }
    if sample.isWhole, sample.rows > 20, sample.people > 0, sample.rows == sample.people {
      add(
        -25,
        Text(
          "satu baris untuk setiap orang: keadaan sekarang, bukan riwayat",
          "one row a person: the present state, no history"))
    } else if sample.people > 0, sample.rows > sample.people {
      add(10, Text("beberapa baris untuk satu orang", "several rows for one person"))
    }
    let readable = meaning.dates.contains { column in
      meaning[column].flatMap { sample.evidence[$0.name] }.map { $0.readable > 0 } ?? false
    }
    if !readable {
      add(-30, Text("tidak satu tanggal pun terbaca", "not one date can be read"))
    }
  }

  private mutating func add(_ points: Int, _ reason: Text) {
    score += points
    reasons.append(reason)
  }

  private static let others = [
    "pangkat", "golongan", "pendidikan", "sekolah", "diklat", "kursus", "seminar", "keluarga", "anak",
    "istri", "suami",
    "ortu", "kgb", "gaji", "cuti", "hukuman", "disiplin", "penghargaan", "organisasi", "skp", "kinerja",
    "angkakredit",
    "pensiun", "tugastambahan", "berkas", "dokumen", "absen", "presensi", "alamat", "kesehatan", "pmk",
    "cltn",
  ]
  private static let copies = [
    "bak", "bkp", "backup", "old", "tmp", "temp", "copy", "salinan", "log", "arsip", "import", "staging",
    "lama", "hapus",
    "deleted", "history_log", "audit",
  ]

  private mutating func weighName() {
    let words = table.name.unicodeScalars.split { !$0.properties.isAlphabetic }.map {
      String($0).lowercased()
    }
    let name = ColumnMap.normalised(table.name)
    let isHistory =
      ["riwayat", "histori", "history", "rwjab", "rjab", "riwjab", "rwyjab"].contains { name.contains($0) }
      || words.contains { ["rw", "riw", "rwy", "hist"].contains($0) }
    let isPost =
      ["jabatan", "jabat", "rjab", "rwjab", "jbt"].contains { name.contains($0) } || words.contains("jab")
    switch (isHistory, isPost) {
    case (true, true):
      add(30, Text("namanya menyebut riwayat dan jabatan", "its name says history and post"))
    case (false, true): add(15, Text("namanya menyebut jabatan", "its name says post"))
    case (true, false): add(5, Text("namanya menyebut riwayat", "its name says history"))
    case (false, false): break
    }
    if ["mutasi", "pelantikan", "rotasi", "promosi"].contains(where: { name.contains($0) }) {
      add(15, Text("namanya menyebut mutasi atau pelantikan", "its name says mutasi or oath"))
    }
    if let other = Self.others.first(where: { name.contains($0) }) {
      add(
        -40,
        Text("namanya menyebut hal lain (\(other))", "its name says something else (\(other))"))
    }
    if let copy = Self.copies.first(where: { words.contains($0) }) {
      add(
        -20,
        Text(
          "tampak seperti salinan atau catatan perubahan (\(copy))",
          "looks like a copy or a log (\(copy))"))
    }
    if words.contains(where: { ["ref", "master", "m", "mst", "tref"].contains($0) }) {
      add(-20, Text("tampak seperti tabel acuan", "looks like a table of codes"))
    }
  }

  private mutating func weighColumns() {
    let dates: [(ContractColumn, Int, Text)] = [
      (.decreeDate, 12, Text("tanggal SK", "date of the decree")),
      (.effectiveDate, 12, Text("TMT", "effective date (TMT)")),
      (.inauguratedOn, 18, Text("tanggal pelantikan", "date of the oath")),
    ]
    for (column, points, what) in dates {
      guard let found = meaning[column] else { continue }
      add(points, Text("\(what.indonesian): \(found.name)", "\(what.english): \(found.name)"))
    }
    let others: [(ContractColumn, Int, Text)] = [
      (.postTo, 15, Text("jabatan", "post")),
      (.decreeNo, 10, Text("nomor SK", "number of the decree")),
      (.echelonTo, 10, Text("eselon", "echelon")),
      (.postTypeTo, 5, Text("jenis jabatan", "type of post")),
      (.unitTo, 3, Text("unit", "unit")),
      (.kind, 4, Text("jenis mutasi", "kind of act")),
    ]
    for (column, points, what) in others {
      guard let found = meaning[column] else { continue }
      add(points, Text("\(what.indonesian): \(found.name)", "\(what.english): \(found.name)"))
    }
    if let person = meaning.person {
      add(15, Text("orangnya: \(person.name)", "the person: \(person.name)"))
      if person.isUnique || person.isKey {
        add(
          -40,
          Text(
            "\(person.name) unik: satu baris untuk setiap orang, bukan riwayat",
            "\(person.name) is unique: one row a person, no history"))
      }
    } else {
      add(-20, Text("tidak menyebut orangnya", "it does not say whose row it is"))
    }
  }
}
