import AuditBase
import FreezeRules

/// Reads acts from the rows of a file with the contract view's column names, or those that ``ColumnMap`` knows, in any order.
/// The rows are looked through once before the first is given out: see ``FileSurvey``.
package struct ActionFile {
  private(set) var rows: any RowReader
  private(set) var row = FileRow()
  let header: FileHeader
  let name: String
  /// The places that are read, the region first: it tells the zone of instants.
  private let columns: [(column: ContractColumn, place: Int)]
  private let defaults: [ContractColumn: String]
  let reading: CellReading
  /// Which column stands in each place.
  let columnAt: [ContractColumn?]
  /// The columns that an earlier report added: they are made anew.
  let addedPlaces: Set<Int>
  private let derivesKind: Bool
  private var ids = DuplicateIDs()
  /// The acts that others of the file say they revoke.
  private let revoked: RevokedActs

  /// What a reader should know of the file as a whole.
  package let remarks: FileRemarks
  /// Records in the file.
  package let count: Int

  /// Opens a file of either kind and looks it through.
  /// - Parameters:
  ///   - map: which header means which column.
  ///   - defaults: text for a column that the file does not have, and for its empty cells; such a column is not required.
  package init(
    _ file: TableFile, region: String?, zone: Zone, map: ColumnMap = .known,
    defaults: [ContractColumn: String] = [:]
  ) throws(SourceError) {
    let (rows, said) = try file.open(map.score)
    try self.init(
      rows: rows, name: file.name, region: region, zone: zone, map: map, defaults: defaults, said: said)
  }

  /// The same by its path alone (`-`: standard input).
  package init(
    path: String, region: String?, zone: Zone, map: ColumnMap = .known,
    defaults: [ContractColumn: String] = [:]
  ) throws(SourceError) {
    try self.init(TableFile(path), region: region, zone: zone, map: map, defaults: defaults)
  }

  /// Takes the rows of any file.
  /// - Parameters:
  ///   - name: of the file, for complaints.
  ///   - said: what its own reader has to say of it.
  package init(
    rows: any RowReader, name: String, region: String?, zone: Zone, map: ColumnMap = .known,
    defaults: [ContractColumn: String] = [:], said: [Text] = []
  ) throws(SourceError) {
    var rows = rows
    let defaults = defaults.merging(map.constants) { _, mapped in mapped }
    let header = try Self.header(&rows, name, map.score)
    let columns = try map.resolve(header.names, file: name)
    derivesKind = columns[.kind] == nil && defaults[.kind] == nil && Self.hasPosts(columns)
    try Self.require(columns, defaults, header, name, derivesKind)
    var survey = FileSurvey(header, columns, map)
    var table = TableRows(header)
    var row = FileRow()
    while try table.next(&rows, &row) { if row.isReadable { survey.add(row) } }
    try rows.rewind()
    revoked = try Self.revoked(survey.revoked, &rows, header, columns)
    reading = CellReading(zone: zone, region: region, orders: survey.orders)
    var remarks = survey.remarks(columns)
    remarks.sentences += said + rows.said
    remarks.isWhole = rows.isWhole
    if columns[.actionID] == nil, defaults[.actionID] == nil {
      remarks.say(
        id: "tanpa kolom id: catatan dinamai menurut barisnya (line:N)",
        en: "there is no id column: records are named after their lines (line:N)")
    }
    if derivesKind {
      remarks.say(
        id: "tanpa kolom jenis: jenis diturunkan dari jabatan dan eselon",
        en: "there is no column of kinds: the kind is derived from posts and echelons")
    }
    self.remarks = remarks
    count = survey.rows
    self.rows = rows
    self.name = name
    var columnAt = [ContractColumn?](repeating: nil, count: header.names.count)
    for (column, place) in columns { columnAt[place] = column }
    self.columnAt = columnAt
    addedPlaces = AddedColumn.places(in: header.names)
    self.header = header
    self.defaults = defaults
    self.table = TableRows(header)
    self.columns = columns.sorted { a, b in
      (a.key == .regionCode ? 0 : 1, a.value) < (b.key == .regionCode ? 0 : 1, b.value)
    }.map { ($0.key, $0.value) }
  }

  private var table: TableRows

  /// How much of the file was read, and how much there is.
  package var progress: (read: Int, of: Int?) { rows.progress }

  /// Calls `body` with every act in file order; a line that cannot be split becomes an act that cannot be judged.
  package mutating func forEach(_ body: (PersonnelAction) throws -> Void) throws {
    while let item = try next() { try body(item) }
  }

  /// The next act, `nil` at the end.
  package mutating func next() throws(SourceError) -> PersonnelAction? {
    guard try table.next(&rows, &row) else { return nil }
    // Never guessed: an unquoted comma in a name shifts every cell after it, and where the last columns are empty such a
    // row looks like one that a spreadsheet padded; a short one may be half of a row that a line break cut in two.
    guard row.isReadable, row.count == header.names.count else { return unreadable() }
    var action = PersonnelAction(actionID: "", kind: "")
    var isRepaired = false
    for (column, place) in columns {
      if row.isEmpty(place) {
        if let text = defaults[column] { action.read(text, as: column, reading) }
        continue
      }
      if row.isOfSheet, let text = sheetText(column, place) {
        action.read(text, as: column, reading)
      } else if let text = row.withBytes(place, { String(validating: $0, as: UTF8.self) }) {
        let fallback = defaults[column]
        action.read(fallback != nil && Cell.text(text) == nil ? fallback ?? text : text, as: column, reading)
      } else {
        isRepaired = true
        action.read(row.text(place), as: column, reading)
      }
    }
    for (column, text) in defaults where !columns.contains(where: { $0.column == column }) {
      action.read(text, as: column, reading)
    }
    action.complete(place: place, reading)
    if derivesKind { action.kind = action.kindOfItsPosts ?? "" }
    if isRepaired { action.readerNotes.append(.encodingRepaired) }
    ids.mark(&action)
    if action.revokes != nil { action.revokedAct = revoked.found(by: action) }
    return action
  }

  /// Looks the file through once more where some act revokes another.
  private static func revoked(
    _ wanted: Set<String>, _ rows: inout any RowReader, _ header: FileHeader, _ columns: [ContractColumn: Int]
  ) throws(SourceError) -> RevokedActs {
    var acts = RevokedActs(wanted: wanted)
    guard !wanted.isEmpty else { return acts }
    var table = TableRows(header)
    var row = FileRow()
    while try table.next(&rows, &row) {
      guard row.isReadable, row.count == header.names.count else { continue }
      func text(_ column: ContractColumn) -> String? { columns[column].flatMap { Cell.text(row.text($0)) } }
      acts.add(actionID: text(.actionID) ?? "line:\(row.line)", decree: text(.decreeNo), nip: text(.nip))
    }
    try rows.rewind()
    return acts
  }

  /// A cell of a sheet whose type says more than its text: a day as a number, a code that lost its last zero as one.
  private func sheetText(_ column: ContractColumn, _ place: Int) -> String? {
    guard row.kind(place) == .number else { return nil }
    if ContractColumn.daysOfSheets.contains(column) { return row.day(place) }
    guard column == .regionCode else { return nil }
    let text = row.text(place)
    let parts = text.split(separator: ".")
    return parts.count == 2 && parts[0].utf8.count == 2 && parts[1].utf8.count == 1 ? text + "0" : nil
  }

  private func unreadable() -> PersonnelAction {
    var action = PersonnelAction(
      actionID: place, kind: String(row.texts.joined(separator: " ").prefix(200)))
    action.regionCode = reading.region
    action.readerNotes = [
      row.isReadable && row.count < header.names.count ? .shortRow : .unreadableLine
    ]
    return action
  }

  private var place: String { "line:\(row.line)" }
}

/// The rows below a header that are records: no blank rows, no numbering of the columns, no header that a printout repeats.
struct TableRows {
  private let header: FileHeader
  private var isBelow = false
  private var isFirst = true

  init(_ header: FileHeader) { self.header = header }

  mutating func next(_ rows: inout any RowReader, _ row: inout FileRow) throws(SourceError) -> Bool {
    while try rows.next(into: &row) {
      if !isBelow {
        isBelow = row.line >= header.line
        continue
      }
      guard row.isReadable else { return true }
      row.fit(header.names.count)
      if row.isBlank || isRepeated(row) { continue }
      defer { isFirst = false }
      if isFirst, FileHeader.isNumbering(row.texts) { continue }
      return true
    }
    return false
  }

  private func isRepeated(_ row: borrowing FileRow) -> Bool {
    guard row.count == header.names.count, row.count > 1, let first = header.names.first,
      row.withBytes(0, { $0.first }) == first.utf8.first
    else { return false }
    return header.names.indices.allSatisfy { DirtyDate.trim(row.text($0)) == header.names[$0] }
  }
}

extension ActionFile {
  /// Finds the header, and leaves the reader at the beginning.
  static func header(
    _ rows: inout any RowReader, _ name: String, _ score: ([String]) -> Int
  ) throws(SourceError) -> FileHeader {
    var first: [(line: Int, cells: [String])] = []
    var row = FileRow()
    var unreadable: Int?
    while first.count < FileHeader.rowsLookedAt, try rows.next(into: &row) {
      if !row.isReadable {
        if unreadable == nil, first.isEmpty { unreadable = row.line }
      } else if !row.isBlank {
        first.append((row.line, row.texts))
      }
    }
    // Rows of a sheet end at their last filled cell.
    if row.isOfSheet { first = FileHeader.evened(first) }
    try rows.rewind()
    if let found = FileHeader.find(first, score), found.score > 0 || unreadable == nil { return found }
    if let unreadable {
      throw SourceError(
        .notEvaluated,
        Text(
          "\(name): baris \(unreadable), kepala tabelnya, tidak terbaca. Perbaiki tanda kutipnya: sel yang berkutip harus diawali dan diakhiri tanda kutip",
          "\(name): line \(unreadable), its header, cannot be read. Mend its quotes: a quoted cell begins and ends with a quote"
        ))
    }
    throw SourceError(
      .notEvaluated,
      Text(
        "\(name): berkas kosong. Baris pertama harus berisi nama kolom",
        "\(name): the file is empty. Its first line must hold the column names"))
  }

  private static func headerless(_ name: String, _ line: Int) -> SourceError {
    SourceError(
      .shape,
      Text(
        "\(name): tidak ada kepala tabel: baris \(line) sudah berisi data. Sisipkan satu baris di atasnya dengan nama kolom, misalnya id, jenis, nip, nama, jabatan lama, jabatan baru, nomor sk, tanggal sk, tmt, tanggal pelantikan",
        "\(name): there is no header: line \(line) holds data already. Insert a row above it with column names, such as action_id, kind, nip, employee_name, post_from, post_to, decree_no, decree_date, effective_date, inaugurated_on"
      ))
  }

  /// Whether the posts or echelons before and after are there, from which a kind can be derived.
  private static func hasPosts(_ columns: [ContractColumn: Int]) -> Bool {
    columns[.echelonFrom] != nil && columns[.echelonTo] != nil
      || columns[.postFrom] != nil && columns[.postTo] != nil
      || columns[.postTypeFrom] != nil && columns[.postTypeTo] != nil
  }

  private static func require(
    _ columns: [ContractColumn: Int], _ defaults: [ContractColumn: String], _ header: FileHeader,
    _ name: String, _ derivesKind: Bool
  ) throws(SourceError) {
    let lacksKind = columns[.kind] == nil && defaults[.kind] == nil && !derivesKind
    let lacksDates = ContractColumn.dates.allSatisfy { columns[$0] == nil }
    guard lacksKind || lacksDates else { return }
    if header.looksLikeRecord { throw headerless(name, header.line) }
    let dates = ContractColumn.dates.map(\.rawValue).joined(separator: ", ")
    let found = header.names.filter { !$0.isEmpty }.prefix(30).joined(separator: ", ")
    let missing = Text(
      [lacksKind ? "kind" : nil, lacksDates ? "satu dari \(dates)" : nil].compactMap { $0 }.joined(
        separator: "; "),
      [lacksKind ? "kind" : nil, lacksDates ? "one of \(dates)" : nil].compactMap { $0 }.joined(
        separator: "; "))
    let constant = Text(
      " Bila semua catatan sejenis: --kind mutasi, atau baris \"kind: =mutasi\" di berkas --map.",
      " Where all records are of one kind: --kind mutasi, or the line \"kind: =mutasi\" in the --map file.")
    throw SourceError(
      .shape,
      Text(
        "\(name): kolom wajib tidak ada: \(missing.indonesian). Kolom yang ditemukan di baris \(header.line): \(found).\(lacksKind ? constant.indonesian : "") Buat berkas pemetaan dengan: freeze-auditor audit \(name) --suggest-map",
        "\(name): a required column is missing: \(missing.english). Columns found in line \(header.line): \(found).\(lacksKind ? constant.english : "") Make a mapping file with: freeze-auditor audit \(name) --suggest-map"
      ))
  }
}

extension PersonnelAction {
  /// The kind that its posts and echelons show; where they only show that the post changed, `mutasi`, which the law counts
  /// like the others.
  var kindOfItsPosts: String? {
    if let derived = DerivedKind(self).kind { return derived.rawValue }
    guard let postFrom, let postTo else { return nil }
    return ColumnMap.normalised(postFrom) == ColumnMap.normalised(postTo) ? nil : Kind.mutasi.rawValue
  }
}
