import AuditBase
import FreezeRules

extension Approvals {
  /// Reads an approvals file of either kind: `letter_no, letter_date, nip, post_to` and, where there, `region_code`; one line a person.
  /// A line that cannot be read stops the reading: an annex with a hole would turn approved acts into alerts. A date that
  /// cannot be read stops nothing: the line is kept with its text.
  package init(file: TableFile) throws(SourceError) {
    let (rows, _) = try file.open(ApprovalColumn.score)
    try self.init(rows: rows, name: file.name)
  }

  /// Takes the rows of any file.
  package init(rows: any RowReader, name: String) throws(SourceError) {
    var rows = rows
    let header = try ActionFile.header(&rows, name, ApprovalColumn.score)
    let places = try Self.places(header.names, name)
    var table = TableRows(header)
    var row = FileRow()
    var cells: [AnnexCells] = []
    while try table.next(&rows, &row) {
      guard row.isReadable, row.count >= header.names.count else { throw Self.bad(name, row.line) }
      func text(_ column: ApprovalColumn) -> String? { places[column].flatMap { Cell.text(row.text($0)) } }
      guard text(.letterNo) != nil else { throw Self.unnumbered(name, row.line) }
      cells.append(
        AnnexCells(
          letterNo: text(.letterNo), letterDate: places[.letterDate].map { row.text($0) }, nip: text(.nip),
          postTo: text(.postTo), regionCode: text(.regionCode),
          place: Text("baris \(row.line)", "line \(row.line)")))
    }
    self.init(AnnexCells.lines(cells))
  }

  private static func places(_ header: [String], _ name: String) throws(SourceError) -> [ApprovalColumn: Int]
  {
    let names = header.map(ColumnMap.normalised)
    var places: [ApprovalColumn: Int] = [:]
    for column in ApprovalColumn.allCases {
      places[column] = column.names.lazy.compactMap { names.firstIndex(of: $0) }.first
    }
    let required: [ApprovalColumn] = [.letterNo, .letterDate, .nip, .postTo]
    guard let missing = required.first(where: { places[$0] == nil }) else { return places }
    throw SourceError(
      .shape,
      Text(
        "\(name): kolom \(missing.rawValue) tidak ada. Berkas persetujuan memerlukan satu baris per orang dengan kolom Nomor Surat (letter_no), Tanggal Surat (letter_date), NIP (nip) dan Jabatan Baru (post_to); nomor dan tanggal yang tertulis di atas tabel disalin ke setiap baris",
        "\(name): the column \(missing.rawValue) is missing. An approvals file needs one row a person with the columns letter_no, letter_date, nip and post_to; number and date that stand above the table are copied into each row"
      ))
  }

  private static func unnumbered(_ name: String, _ line: Int) -> SourceError {
    SourceError(
      .notEvaluated,
      Text(
        "\(name):\(line): nomor surat kosong pada baris persetujuan ini. Isi nomor dan tanggal surat di setiap baris, juga bila sama dengan baris di atasnya; persetujuan yang hilang akan menjadi peringatan palsu",
        "\(name):\(line): this approval line has no letter number. Fill number and date in on each row, also where they are those of the row above; a lost approval would become a false alarm"
      ))
  }

  private static func bad(_ name: String, _ line: Int) -> SourceError {
    SourceError(
      .notEvaluated,
      Text(
        "\(name):\(line): baris persetujuan tidak terbaca. Perbaiki baris itu; persetujuan yang hilang akan menjadi peringatan palsu",
        "\(name):\(line): this approval line cannot be read. Mend it; a lost approval would become a false alarm"
      ))
  }
}

/// The cells of one line of an annex, from a file or a table.
struct AnnexCells {
  var letterNo: String?
  var letterDate: String?
  var nip: String?
  var postTo: String?
  var regionCode: String?
  var place = Text(same: "")

  /// The lines of the annexes. All of them tell the order of day and month in their dates.
  static func lines(_ cells: [AnnexCells]) -> [ApprovalLine] {
    var proof = OrderProof()
    // The dates went through `parse_date`, which reads day first what could be either.
    var isMapped = false
    for cell in cells {
      guard let text = cell.letterDate else { continue }
      if case .monthFirst(let day)? = ReservedDate(text)?.meaning {
        isMapped = true
        proof.add(.monthFirst(day), OrderProof.Cell(place: cell.place, text: text))
      } else {
        proof.add(DateSpelling(text).form, OrderProof.Cell(place: cell.place, text: text))
      }
    }
    return cells.map { cell in
      var date = DirtyDate.read(cell.letterDate, order: proof.order)
      if isMapped, let day = date.span?.first, cell.letterDate == day.description,
        day.day <= 12, day.day != day.month
      {
        date = .unreadable(original: day.description)
      }
      return ApprovalLine(
        letterNo: Cell.text(cell.letterNo) ?? "-", letterDate: date, nip: Cell.text(cell.nip),
        postTo: Cell.text(cell.postTo), regionCode: Cell.text(cell.regionCode))
    }
  }
}
