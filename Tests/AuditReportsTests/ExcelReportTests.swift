import AuditBase
import FreezeRules
import Testing

@testable import AuditReports
@testable import Workbook

@Suite("The report as a workbook")
struct ExcelReportTests {
  /// The rows of a sheet: each a list of cells as `kind text`.
  private func rows(_ bytes: [UInt8], _ sheet: Int) throws -> [[String]] {
    let workbook = try WorkbookReader(ByteFile(bytes))
    var reader = try workbook.open(workbook.sheets[sheet])
    var row = WorkbookRow()
    var rows: [[String]] = []
    while try reader.next(&row) {
      rows.append(row.cells.indices.map { row.kind($0) == .empty ? "" : "\(row.kind($0)) \(row.text($0))" })
    }
    return rows
  }

  /// One row by the names of its header.
  private func record(_ rows: [[String]], _ place: Int) -> [String: String] {
    Dictionary(zip(rows[0], rows[place]), uniquingKeysWith: { first, _ in first })
  }

  private static let added = [
    "Kesimpulan", "Alasan", "Pasal", "Masa larangan", "Surat paling lambat", "Yang harus dilakukan",
    "ID peringatan",
    "Tanggapan",
  ].map { "text " + $0 }

  @Test func recordsOfADatabaseStandUnderTheContractsNames() throws {
    let free = act("3") { $0.decreeDate = .known(DateSpan(date("2024-03-20")), original: "2024-03-20") }
    let month = act("4") {
      $0.decreeNo = "800/2"
      $0.decreeDate = .known(
        DateSpan(year: 2024, month: 3) ?? DateSpan(date("2024-03-01")), original: "2024-03")
    }
    let bytes = try reportBytes(
      .xlsx, [act("1"), free, month], try header { $0.alertIDs = { ["id-of-" + $0.action.actionID] } })
    let workbook = try WorkbookReader(ByteFile(bytes))
    #expect(workbook.sheets.map(\.name) == ["Catatan", "Ringkasan per SK", "Mutu data"])
    let records = try rows(bytes, 0)
    #expect(
      records[0].prefix(5) == [
        "text action_id", "text kind", "text decree_date", "text effective_date", "text inaugurated_on",
      ])
    #expect(records[0].suffix(8) == Self.added)
    // What lies outside is counted only.
    #expect(records.count == 3)
    let first = record(records, 1)
    #expect(first["text decree_date"] == "date 2024-03-22")
    #expect(first["text nip"] == "text 198501012010011001")
    #expect(first["text Kesimpulan"] == "text di dalam masa larangan")
    #expect(first["text Pasal"] == "text UU 10/2016 Pasal 71 ayat (2)")
    #expect(first["text Masa larangan"] == "text 22 Maret 2024 s.d. 22 September 2024")
    #expect(first["text Surat paling lambat"] == "date 2024-03-22")
    #expect(
      first["text Yang harus dilakukan"]?.contains(
        "surat persetujuan Menteri bertanggal paling lambat 22 Maret 2024") == true)
    #expect(first["text ID peringatan"] == "text id-of-1")
    // A month is no day.
    #expect(record(records, 2)["text decree_date"] == "text 2024-03")
  }

  @Test func theSheetThatTheyCameInIsGivenBack() throws {
    let sheet = OwnSheet(
      name: "Usulan", titles: [(1, [.text("DAFTAR USULAN", .title)])], names: ["No", "Nama", "Tgl SK"],
      row: 3,
      widths: [1: 33], merged: [MergedRange(rows: 1...1, columns: 0...2)])
    let free = act("2") { $0.decreeDate = .known(DateSpan(date("2024-03-20")), original: "2024-03-20") }
    let bytes = try reportBytes(.xlsx, [act("1"), free], try header { $0.ownSheet = sheet }, showAll: true) {
      $0.own = OwnRow(
        number: 4,
        cells: [.number("1", .plain), .text("=Budi", .plain), .serial(45373, .date), .text("lebih", .plain)])
    }
    let records = try rows(bytes, 0)
    #expect(records.count == 4)
    #expect(records[0] == ["text DAFTAR USULAN"])
    #expect(records[1] == ["text No", "text Nama", "text Tgl SK"] + Self.added)
    #expect(
      records[2].prefix(4) == ["number 1", "text =Budi", "date 2024-03-22", "text di dalam masa larangan"])
    #expect(
      records[3].prefix(4) == ["number 1", "text =Budi", "date 2024-03-22", "text di luar masa larangan"])
    let workbook = try WorkbookReader(ByteFile(bytes))
    var reader = try workbook.open(workbook.sheets[0])
    var row = WorkbookRow()
    #expect(try reader.next(&row))
    #expect(reader.widths[1] == 33)
    #expect(reader.merged == sheet.merged)
    #expect(workbook.sheets[0].name == "Usulan")
  }

  @Test func whereNobodyIsToBeNamedNobodysOwnSheetIsGivenBack() throws {
    let sheet = OwnSheet(name: "Budi Santoso", names: ["Keterangan"])
    let masked = try header { ($0.personalData, $0.ownSheet) = (.masked, sheet) }
    let bytes = try reportBytes(.xlsx, [act("1")], masked) {
      $0.own = OwnRow(number: 2, cells: [.text("Budi Santoso 198501012010011001", .plain)])
    }
    for place in 0..<3 {
      for cell in try rows(bytes, place).joined() {
        #expect(!cell.contains("Budi") && !cell.contains("19850101"), "\(cell)")
      }
    }
  }

  @Test func theSummaryHasARowAnSKWithTheGravestFirst() throws {
    let other = act("3") {
      $0.decreeNo = "800/2"
      $0.decreeDate = .absent(original: "-")
    }
    let approved = act("2") {
      $0.approvalNo = "100/OTDA"
      $0.approvalDate = .known(DateSpan(date("2024-03-01")), original: "2024-03-01")
      $0.inauguratedOn = .known(DateSpan(date("2024-03-25")), original: "2024-03-25")
    }
    let bytes = try reportBytes(.xlsx, [other, act("1"), approved], try header())
    let summary = try rows(bytes, 1)
    let first = record(summary, 1)
    #expect(first["text Nomor SK"] == "text 800/1")
    #expect(first["text Tanggal SK"] == "date 2024-03-22")
    #expect(first["text Orang"] == "number 2")
    #expect(first["text Perlu klarifikasi"] == "number 1")
    #expect(first["text Disetujui"] == "number 1")
    #expect(first["text Pelantikan"] == "date 2024-03-25")
    #expect(first["text Surat paling lambat"] == "date 2024-03-22")
    #expect(record(summary, 2)["text Tidak dapat dinilai"] == "number 1")
  }

  @Test func whatIsWrongWithTheDataIsListedWithItsPlace() throws {
    let bad = act("7") { $0.decreeDate = .unreadable(original: "31-02-2024") }
    let bytes = try reportBytes(
      .xlsx, [act("1"), bad], try header { $0.fileNotes = [Text("2 baris tersembunyi ikut dibaca", "-")] }
    ) { $0.own = OwnRow(number: 9, cells: []) }
    let quality = try rows(bytes, 2).map { $0.joined(separator: " | ") }
    #expect(quality.contains("text Tentang berkas | text 2 baris tersembunyi ikut dibaca"))
    #expect(quality.contains("text tidak dapat dinilai | number 1"))
    #expect(
      quality.contains {
        $0.hasPrefix("text baris 9 · 7 | text Budi Santoso | text tidak dapat dinilai")
          && $0.contains("31-02-2024")
      })
    #expect(quality.contains { $0.hasPrefix("text Lengkap | text TIDAK LENGKAP") })
  }

  @Test func anEmptyReportIsAWorkbookAsWell() throws {
    let bytes = try reportBytes(.xlsx, [], try header { $0.language = .english })
    #expect(try rows(bytes, 0).count == 1)
    #expect(
      try WorkbookReader(ByteFile(bytes)).sheets.map(\.name) == [
        "Records", "Summary by decree", "Data quality",
      ])
  }

  @Test(arguments: [("2023-01-01", true), ("2026-01-01", false)])
  func whatIsToComeCanBePutOffAndWhatIsDoneCannot(_ knownOn: String, _ isToCome: Bool) throws {
    let judgement = judge(act("1"), try windows(), approvals: nil)
    let step = try #require(judgement.nextStep(.english, knownOn: date(knownOn)))
    #expect(step.hasPrefix("put it off") == isToCome)
  }
}
