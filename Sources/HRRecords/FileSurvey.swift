import AuditBase
import FreezeRules

/// A file looked through once before it is judged: only the whole column tells in which order its days and months stand, and
/// whether a column that nobody reads holds dates.
struct FileSurvey {
  /// A column of dates that is read.
  private struct Dates {
    let column: ContractColumn
    let place: Int
    var proof = OrderProof()
  }

  /// A column that is not read.
  private struct Unread {
    let place: Int
    /// Its days are of concern even where they cannot be read.
    let soundsLikeDate: Bool
    /// The decree's number, which is read, but not the date that may stand behind it.
    var isNumber = false
    /// The column that is read in its stead: days that stand there as well are of no concern.
    let preferred: Int?
    var example: OrderProof.Cell?
  }

  private let header: FileHeader
  private var dates: [Dates]
  private var unread: [Unread]
  private let kind: Int?
  private(set) var rows = 0
  private var emptyKinds = 0
  private let nip: Int?
  /// NIPs that a sheet holds as numbers, and how many of them lost their end.
  private var numericNIPs = (all: 0, damaged: 0)
  private var shortRows = 0
  private var longRows = 0
  private var notUTF8 = 0
  private let revokes: Int?
  /// What the rows say they revoke.
  private(set) var revoked: Set<String> = []

  /// - Parameters:
  ///   - columns: which place each column is read from.
  ///   - map: what a person said of the columns.
  init(_ header: FileHeader, _ columns: [ContractColumn: Int], _ map: ColumnMap) {
    self.header = header
    kind = columns[.kind]
    revokes = columns[.revokes]
    nip = columns[.nip]
    dates = (ContractColumn.days + [.recordedAt]).compactMap { column in
      columns[column].map { Dates(column: column, place: $0) }
    }
    let used = Set(columns.values)
    let ignored = Set(map.ignored.flatMap { ColumnMap.places(of: $0, in: header.names) })
    unread = header.names.indices.compactMap { place in
      guard !used.contains(place), !ignored.contains(place) else { return nil }
      let name = ColumnMap.normalised(header.names[place])
      if OtherHeader.isOfOtherThings(name) { return nil }
      let meaning = ContractColumn.allCases.first { $0.everyName.contains(name) }
      // A person chose another column in its stead.
      if let meaning, map.explicit[meaning] != nil { return nil }
      let chosen = map.explicit.values.contains { wanted in
        ColumnMap.places(of: wanted, in: header.names).contains {
          ColumnMap.normalised(header.names[$0]) == name
        }
      }
      if chosen, !name.isEmpty { return nil }
      return Unread(
        place: place, soundsLikeDate: OtherHeader.soundsLikeDate(name),
        preferred: meaning.flatMap { columns[$0] })
    }
    if let place = columns[.decreeNo] {
      unread.append(
        Unread(place: place, soundsLikeDate: false, isNumber: true, preferred: columns[.decreeDate]))
    }
  }

  /// Takes in a row of the table.
  mutating func add(_ row: borrowing FileRow) {
    rows += 1
    guard row.count == header.names.count else {
      if row.count < header.names.count { shortRows += 1 } else { longRows += 1 }
      return
    }
    if let kind, row.isEmpty(kind) || Cell.text(row.text(kind)) == nil { emptyKinds += 1 }
    if let revokes, !row.isEmpty(revokes), let text = Cell.reference(row.text(revokes)) {
      revoked.insert(RevokedActs.key(text))
    }
    if let nip, row.kind(nip) == .number {
      numericNIPs.all += 1
      if NIP(row.text(nip)) == nil { numericNIPs.damaged += 1 }
    }
    for index in dates.indices {
      let place = dates[index].place
      switch row.withBytes(place, Self.quick) {
      case .nothing: continue
      case .form(let form): dates[index].proof.add(form, Self.cell(row, place))
      case .unclear: dates[index].proof.add(DateSpelling(row.text(place)).form, Self.cell(row, place))
      }
    }
    for index in unread.indices where unread[index].example == nil {
      if isOfConcern(row, unread[index]) { unread[index].example = Self.cell(row, unread[index].place) }
    }
  }

  private static func cell(_ row: borrowing FileRow, _ place: Int) -> OrderProof.Cell {
    OrderProof.Cell(place: Text("baris \(row.line)", "line \(row.line)"), text: row.text(place))
  }

  private enum Quick {
    case nothing
    case form(DateSpelling.Form)
    case unclear
  }

  /// Whether a cell can prove an order, told from its bytes where they are the usual ones.
  private static func quick(_ bytes: UnsafeBufferPointer<UInt8>) -> Quick {
    guard bytes.count > 7 else { return .nothing }
    // Year first, or digits alone: no order to prove.
    if bytes[..<4].allSatisfy(DateSpelling.isDigit) { return .nothing }
    if bytes.count == 10, bytes[2] == 0x2F || bytes[2] == 0x2D {
      let (a, b) = (Int(bytes[0]) * 10 + Int(bytes[1]) - 528, Int(bytes[3]) * 10 + Int(bytes[4]) - 528)
      if (1...12).contains(a), (1...12).contains(b) { return .nothing }
    }
    return .unclear
  }

  private func isOfConcern(_ row: borrowing FileRow, _ column: Unread) -> Bool {
    guard column.place < row.count else { return false }
    let looks = row.withBytes(column.place) { bytes in
      column.isNumber ? Self.mayEndInDate(bytes) : Self.looksLikeDate(bytes, column.soundsLikeDate)
    }
    guard looks else { return false }
    let text = row.text(column.place)
    let found =
      column.isNumber
      ? DateSuspicion.inNumber(text)
      : DateSuspicion.spelling(text, soundsLikeDate: column.soundsLikeDate)
    guard let found else { return false }
    guard let preferred = column.preferred, preferred < row.count else { return true }
    let read = DateSpelling(row.text(preferred))
    return read != found && !read.mayBe(found)
  }

  /// Cheap and wide: a comma, or the letters of "tanggal", "tgl" and "dated".
  private static func mayEndInDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 10, bytes.count <= DateSpelling.maximumBytes else { return false }
    var before: UInt8 = 0
    for byte in bytes {
      if byte == 0x2C { return true }
      let letter = byte | 0x20
      // "gl", "al", "ed"
      if letter == 0x6C, before == 0x67 || before == 0x61 { return true }
      if letter == 0x64, before == 0x65 { return true }
      before = letter
    }
    return false
  }

  /// Cheap and wide: enough digits for a day, and not more than a day and a time have.
  private static func looksLikeDate(_ bytes: UnsafeBufferPointer<UInt8>, _ soundsLikeDate: Bool) -> Bool {
    guard bytes.count >= 5, bytes.count <= 64 else { return false }
    var digits = 0
    for byte in bytes where DateSpelling.isDigit(byte) { digits += 1 }
    if soundsLikeDate { return digits > 0 }
    return digits >= 3 && digits < bytes.count && digits <= 20
  }

  // MARK: What was found

  /// The order of day and month in each column.
  var orders: DateOrders {
    var orders = DateOrders()
    for column in dates { orders[column.column] = column.proof.order }
    return orders
  }

  /// Columns that nobody reads and that hold dates, with an example each.
  var unreadDates: [(place: Int, example: String)] {
    unread.compactMap { column in column.example.map { (column.place, $0.text) } }
  }

  /// What to say of the file.
  func remarks(_ columns: [ContractColumn: Int]) -> FileRemarks {
    var remarks = FileRemarks()
    let names = ColumnMap.addresses(header.names)
    let used = Set(columns.values)
    remarks.unusedColumns = header.names.indices.filter { !used.contains($0) && !header.names[$0].isEmpty }
      .map {
        names[$0]
      }
    for column in unread {
      guard let example = column.example else { continue }
      remarks.isConclusive = false
      remarks.sentences.append(
        column.isNumber
          ? Self.dateInNumber(names[column.place], example) : Self.unreadDates(names[column.place], example))
    }
    for column in dates {
      if let remark = column.proof.remark(header.names[column.place]) { remarks.sentences.append(remark) }
    }
    if let kind, emptyKinds > 0 {
      remarks.say(
        id: "kolom \"\(names[kind])\" (kind, jenis tindakan) kosong pada \(emptyKinds) dari \(rows) catatan",
        en: "column \"\(names[kind])\" (kind) is empty in \(emptyKinds) of \(rows) records")
    }
    if numericNIPs.all > 0 {
      remarks.say(
        id:
          "\(numericNIPs.all) NIP disimpan sebagai angka (\(numericNIPs.damaged) di antaranya sudah rusak): Excel hanya menyimpan 15 angka pertama dari 18. Ubah format kolomnya menjadi Text, lalu isi ulang NIP dari sumbernya",
        en:
          "\(numericNIPs.all) NIPs are kept as numbers (\(numericNIPs.damaged) of them are damaged already): Excel keeps only the first 15 of 18 digits. Format the column as Text and fill the NIPs in again from their source"
      )
    }
    if shortRows > 0 {
      remarks.say(
        id:
          "\(shortRows) baris lebih pendek dari kepala tabel (\(header.names.count) kolom): Excel membuang sel kosong di akhir baris. Simpan ulang sebagai \"CSV UTF-8\", atau isi kolom terakhir di setiap baris",
        en:
          "\(shortRows) rows are shorter than the header (\(header.names.count) columns): Excel leaves out empty cells at the end. Save again as \"CSV UTF-8\", or fill the last column in every row"
      )
    }
    if longRows > 0 {
      remarks.say(
        id:
          "\(longRows) baris punya lebih banyak sel daripada kepala tabel: biasanya pemisah di dalam nama tanpa tanda kutip",
        en:
          "\(longRows) rows have more cells than the header: mostly a separator within a name without quotes")
    }
    if !header.above.isEmpty {
      let lines = header.above.map { String($0.line) }.joined(separator: ", ")
      remarks.say(
        id: "kepala tabel ada di baris \(header.line); baris di atasnya (\(lines)) dilewati",
        en: "the header stands in line \(header.line); the lines above it (\(lines)) were passed over")
    }
    return remarks
  }

  private static func dateInNumber(_ name: String, _ example: OrderProof.Cell) -> Text {
    let text = PlainText.line(example.text, limit: 60)
    return Text(
      "kolom \"\(name)\" memuat tanggal di belakang nomor SK (\(example.place.indonesian): \(text)), yang tidak dinilai. Tulis tanggal itu di kolom sendiri, misalnya \"Tanggal SK\"",
      "column \"\(name)\" holds a date behind the decree's number (\(example.place.english): \(text)), which is not judged. Write that date into a column of its own, for example \"Tanggal SK\""
    )
  }

  private static func unreadDates(_ name: String, _ example: OrderProof.Cell) -> Text {
    let text = String(example.text.prefix(40))
    return Text(
      "kolom \"\(name)\" berisi tanggal (\(example.place.indonesian): \(text)) dan tidak dipakai. Bila itu tanggal tindakan, petakan dengan --map, misalnya baris \"inaugurated_on: \(name)\"; bila bukan, tulis di sana \"ignore: \(name)\"",
      "column \"\(name)\" holds dates (\(example.place.english): \(text)) and is not used. If they are dates of the act, map it with --map, for example the line \"inaugurated_on: \(name)\"; if not, write \"ignore: \(name)\" there"
    )
  }
}
