import AuditBase
import FreezeRules

/// One column of the proposed view: what it is made of, and why.
package struct ProposedColumn: Sendable {
  package let column: ContractColumn
  /// The columns of the site's tables it takes, as the catalog names them; empty: it stays NULL.
  package var sources: [String]
  /// Its expression in the inner query, over `r` (the history) and `p` (the persons).
  var inner: String?
  /// Taken from the row before of the same person.
  package var isLagged = false
  package var reason: Text
  /// What the rows that were looked at would give; `nil` where nobody looked, or it is made of several.
  package var evidence: ColumnEvidence?
}

/// A contract view over a history of posts: one row a post becomes one act, from the post of the row before.
package struct MappingProposal: Sendable {
  package let table: CatalogTable
  package let sample: TableSample
  package let persons: PersonJoin?
  /// In the order of the contract.
  package private(set) var columns: [ProposedColumn] = []
  /// What a person should look at before running it.
  package private(set) var warnings: [Text] = []

  let meaning: ColumnMeaning
  let zone: Zone
  let key: [CatalogColumn]
  /// How many acts' dates stand as text.
  let textDates: [(ContractColumn, CatalogColumn)]

  /// - Parameters:
  ///   - history: the table.
  ///   - sample: some of its rows.
  ///   - tables: the whole catalog, for the table of persons.
  ///   - zone: of the region, for instants.
  package init(_ history: RankedTable, _ sample: TableSample, tables: [CatalogTable], zone: Zone) {
    table = history.table
    self.sample = sample
    self.zone = zone
    meaning = history.meaning.preferring(sample)
    persons = PersonJoin.find(history, among: tables)
    key = meaning.candidates[.actionID] ?? []
    let meaning = self.meaning
    textDates = ContractColumn.days.compactMap { column in
      meaning[column].flatMap { [.text, .integer].contains($0.shape) ? (column, $0) : nil }
    }
    for column in ContractColumn.allCases { columns.append(propose(column)) }
    warn()
  }

  /// The proposal for one column.
  package subscript(_ column: ContractColumn) -> ProposedColumn? { columns.first { $0.column == column } }

  /// Whether some column is taken from the row before.
  var needsRowBefore: Bool { columns.contains(where: \.isLagged) }

  // MARK: Columns

  private func propose(_ column: ContractColumn) -> ProposedColumn {
    switch column {
    case .actionID: identity()
    case .kind: kind()
    case .decreeDate, .effectiveDate, .inauguratedOn, .approvalDate, .pertekDate: date(column)
    case .recordedAt, .changedAt: instant(column)
    case .nip: nip()
    case .employeeName: name()
    case .postTo: post()
    case .postFrom: before(column, of: .postTo)
    case .unitFrom: before(column, of: .unitTo)
    case .echelonFrom: before(column, of: .echelonTo)
    case .postTypeFrom: before(column, of: .postTypeTo)
    case .sourceDates: originals()
    case .assignment, .decreeNo, .approvalNo, .revokes, .regionCode, .unitTo, .echelonTo, .postTypeTo,
      .pertekNo:
      plain(column)
    }
  }

  private func proposed(
    _ column: ContractColumn, _ source: CatalogColumn, _ expression: String, _ reason: Text
  ) -> ProposedColumn {
    ProposedColumn(
      column: column, sources: [source.name], inner: expression, reason: reason,
      evidence: sample.evidence[source.name])
  }

  private func absent(_ column: ContractColumn, _ reason: Text) -> ProposedColumn {
    ProposedColumn(column: column, sources: [], inner: nil, reason: reason)
  }

  private static let byName = Text("menurut namanya", "by its name")

  private func identity() -> ProposedColumn {
    if key.count == 1, let only = key.first {
      let reason =
        only.isKey
        ? Text("kunci utama tabel", "the table's primary key")
        : Text("kolom pengenal baris", "the column that names a row")
      return proposed(.actionID, only, "r.\(only.quoted)::text", reason)
    }
    let parts =
      key.isEmpty
      ? [
        meaning.person, meaning[.decreeNo], meaning[.effectiveDate] ?? meaning[.decreeDate], meaning[.postTo],
      ].compactMap(\.self) : key
    return ProposedColumn(
      column: .actionID, sources: parts.map(\.name),
      inner: "concat_ws('/', " + parts.map { "r.\($0.quoted)::text" }.joined(separator: ", ") + ")",
      reason: key.isEmpty
        ? Text(
          "tabel ini tanpa kunci: dibentuk dari isinya", "the table has no key: made of what it holds"
        )
        : Text("kunci utama dari beberapa kolom", "the primary key, of several columns"))
  }

  private func kind() -> ProposedColumn {
    let derived = Text(
      "tidak ada kolom jenis yang dapat dipakai: setiap baris adalah perpindahan ke sebuah jabatan; baris pertama seseorang pada jabatan tanpa eselon adalah pengangkatan",
      "no column of kinds that serves: each row is a move to a post; a person's first row, to a post without an echelon, is an appointment"
    )
    guard let source = meaning[.kind], let evidence = sample.evidence[source.name],
      evidence.readable * 2 > evidence.filled,
      evidence.readable > 0
    else {
      return ProposedColumn(
        column: .kind, sources: [], inner: "NULL::text", reason: derived,
        evidence: meaning[.kind].flatMap { sample.evidence[$0.name] })
    }
    return proposed(
      .kind, source, "nullif(btrim(r.\(source.quoted)::text), '')",
      Text(
        "menurut namanya dan isinya; yang kosong diperlakukan sebagai perpindahan jabatan",
        "by its name and what it holds; where it is blank the row is a move to a post"))
  }

  private func date(_ column: ContractColumn) -> ProposedColumn {
    guard let source = meaning[column] else {
      return absent(column, Text("tidak ditemukan kolomnya", "no such column found"))
    }
    let reason: Text =
      switch source.shape {
      case .date: Text("kolom tanggal", "a column of dates")
      case .timestamptz:
        Text("saat, dijadikan hari menurut zona wilayah", "an instant, made a day in the region's zone")
      case .timestamp: Text("waktu setempat, jamnya dibuang", "local time, the hour dropped")
      default:
        Text("tanggal sebagai teks, dibaca parse_date", "dates as text, read by parse_date")
      }
    return proposed(column, source, dateExpression(source), reason)
  }

  /// A column of any type as a day.
  private func dateExpression(_ source: CatalogColumn) -> String {
    switch source.shape {
    case .date, .timestamp: "r.\(source.quoted)::date"
    case .timestamptz: "(r.\(source.quoted) AT TIME ZONE '\(zone.name)')::date"
    default:
      "freeze_audit.parse_date(r.\(source.quoted)::text\(isMonthFirst(source) ? ", 'MDY'" : ""))"
    }
  }

  /// Whether its rows prove that the month stands first.
  private func isMonthFirst(_ source: CatalogColumn) -> Bool {
    sample.evidence[source.name]?.proof.order == .monthFirst
  }

  private func instant(_ column: ContractColumn) -> ProposedColumn {
    guard let source = meaning[column] else {
      return absent(column, Text("tidak ditemukan kolomnya", "no such column found"))
    }
    let expression: String =
      switch source.shape {
      case .timestamptz: "r.\(source.quoted)"
      case .timestamp: "r.\(source.quoted) AT TIME ZONE '\(zone.name)'"
      case .date: "r.\(source.quoted)::timestamp AT TIME ZONE '\(zone.name)'"
      default: "freeze_audit.parse_date(r.\(source.quoted)::text)::timestamp AT TIME ZONE '\(zone.name)'"
      }
    return proposed(
      column, source, expression + (source.shape == .timestamptz ? "::timestamptz" : ""), Self.byName)
  }

  private func nip() -> ProposedColumn {
    if let source = meaning[.nip] { return proposed(.nip, source, "r.\(source.quoted)::text", Self.byName) }
    if let persons, let nip = persons.nip {
      return ProposedColumn(
        column: .nip, sources: ["\(persons.table.name).\(nip.name)"], inner: "p.\(nip.quoted)::text",
        reason: Text("dari tabel orang", "from the table of persons"))
    }
    return absent(.nip, Text("tidak ditemukan kolomnya", "no such column found"))
  }

  private func name() -> ProposedColumn {
    if let source = meaning[.employeeName] {
      return proposed(.employeeName, source, "r.\(source.quoted)::text", Self.byName)
    }
    if let persons, let name = persons.name {
      return ProposedColumn(
        column: .employeeName, sources: ["\(persons.table.name).\(name.name)"],
        inner: "p.\(name.quoted)::text",
        reason: Text("dari tabel orang", "from the table of persons"))
    }
    return absent(.employeeName, Text("tidak ditemukan kolomnya", "no such column found"))
  }

  /// The post of the row: where several columns may name it (structural, functional, general), the first that does.
  private func post() -> ProposedColumn {
    let names = (meaning.candidates[.postTo] ?? []).filter { $0.shape == .text }.prefix(3)
    guard names.count > 1 else { return plain(.postTo) }
    let list = names.map { "nullif(btrim(r.\($0.quoted)::text), '')" }.joined(separator: ", ")
    return ProposedColumn(
      column: .postTo, sources: names.map(\.name), inner: "coalesce(\(list))",
      reason: Text("yang pertama terisi", "the first that is filled"),
      evidence: names.first.flatMap { sample.evidence[$0.name] })
  }

  private func plain(_ column: ContractColumn) -> ProposedColumn {
    guard let source = meaning[column] else {
      return absent(
        column,
        column == .regionCode
          ? Text("wilayah dari konfigurasi", "the region of the configuration")
          : Text("tidak ditemukan kolomnya", "no such column found"))
    }
    return proposed(column, source, "r.\(source.quoted)::text", Self.byName)
  }

  private func before(_ column: ContractColumn, of taken: ContractColumn) -> ProposedColumn {
    if let source = meaning[column] {
      return proposed(column, source, "r.\(source.quoted)::text", Self.byName)
    }
    guard meaning[taken] != nil, meaning.person != nil else {
      return absent(column, Text("tidak ditemukan kolomnya", "no such column found"))
    }
    return ProposedColumn(
      column: column, sources: propose(taken).sources, inner: nil, isLagged: true,
      reason: Text(
        "dari baris sebelumnya orang itu, menurut TMT",
        "from the row before of that person, by effective date"))
  }

  private func originals() -> ProposedColumn {
    guard !textDates.isEmpty else {
      return absent(.sourceDates, Text("tanggalnya bukan teks", "its dates are no text"))
    }
    let parts = textDates.map { column, source in
      "'\(column.rawValue)=' || replace(r.\(source.quoted)::text, ';', ',')"
    }
    return ProposedColumn(
      column: .sourceDates, sources: textDates.map(\.1.name),
      inner: "nullif(concat_ws('; ', " + parts.joined(separator: ", ") + "), '')",
      reason: Text(
        "teks aslinya, supaya yang tidak terbaca tetap terlihat",
        "the texts as found, so that what cannot be read stays in sight"))
  }

  // MARK: Warnings

  private mutating func warn() {
    func add(_ id: String, _ en: String) { warnings.append(Text(id, en)) }
    if key.isEmpty {
      add(
        "tabel ini tanpa kunci: bila sebuah baris diubah, peringatannya ditutup dan dibuka sebagai yang baru. Tambahkan kunci utama bila bisa",
        "the table has no key: where a row is changed its alert is closed and raised as a new one. Add a primary key where you can"
      )
    }
    if meaning.person == nil {
      add(
        "tidak diketahui siapa orangnya: jabatan sebelumnya tidak dapat diambil",
        "it does not say whose row it is: the post before cannot be taken")
    }
    if let source = meaning[.kind], self[.kind]?.sources.isEmpty == true,
      let evidence = sample.evidence[source.name]
    {
      let labels = Self.listed(evidence.labels)
      add(
        "\(source.name) tampak seperti jenis mutasi, tetapi isinya tidak dikenal (\(labels)): tidak dipakai. Bila Anda tahu artinya, tulis CASE … WHEN … THEN 'mutasi' pada kolom kind",
        "\(source.name) looks like the kind of act, but what it holds is not known (\(labels)): not used. If you know what it means, write CASE … WHEN … THEN 'mutasi' for the column kind"
      )
    }
    for (_, source) in textDates {
      guard let proof = sample.evidence[source.name]?.proof, let remark = proof.remark(source.name) else {
        continue
      }
      warnings.append(remark)
    }
    for column in [ContractColumn.echelonTo, .postTypeTo, .assignment] {
      guard let source = meaning[column], let evidence = sample.evidence[source.name],
        evidence.unreadable * 10 > evidence.filled
      else { continue }
      let labels = evidence.examples.map { "\"\($0)\"" }.joined(separator: ", ")
      add(
        "\(source.name) (\(column.rawValue)): \(evidence.unreadable) dari \(evidence.filled) tidak dikenal (\(labels)). Kode sendiri? Terjemahkan dengan CASE, atau JOIN ke tabel acuannya; tanpa itu cakupan dinilai dari nama jabatan",
        "\(source.name) (\(column.rawValue)): \(evidence.unreadable) of \(evidence.filled) are not known (\(labels)). Codes of your own? Translate them with CASE, or JOIN their table; without it coverage is judged by the name of the post"
      )
    }
    if let nip = meaning[.nip], nip.shape == .integer, nip.type == "integer" || nip.type == "smallint" {
      add(
        "\(nip.name) bertipe \(nip.type): 18 digit tidak muat, NIP di dalamnya rusak. Ambil NIP dari tabel lain",
        "\(nip.name) is of type \(nip.type): 18 digits do not fit, the NIPs in it are damaged. Take the NIP from another table"
      )
    }
    if let deleted = meaning.deleted {
      add(
        "baris yang ditandai terhapus (\(deleted.name)) tidak ikut dinilai; penghapusan sebuah tindakan yang pernah diperingatkan tetap diberitakan",
        "rows marked as deleted (\(deleted.name)) are not judged; that an act which had an alert was deleted is told nevertheless"
      )
    }
    if let size = table.expectedRows, size > 300_000 {
      add(
        "sekitar \(size) baris: lag() mengurutkan semuanya setiap kali dibaca. Bila terasa berat, simpan sebagai MATERIALIZED VIEW yang disegarkan berkala",
        "some \(size) rows: lag() sorts all of them at each reading. Where that weighs, keep it as a MATERIALIZED VIEW that is refreshed regularly"
      )
    }
  }

  /// The most frequent texts of a column.
  private static func listed(_ labels: [String: Int]) -> String {
    labels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(6).map {
      "\"\($0.key.prefix(40))\" \($0.value)"
    }
    .joined(separator: ", ")
  }
}

extension Zone {
  /// As PostgreSQL calls it.
  var name: String {
    switch self {
    case .wib: "Asia/Jakarta"
    case .wita: "Asia/Makassar"
    case .wit: "Asia/Jayapura"
    }
  }
}
