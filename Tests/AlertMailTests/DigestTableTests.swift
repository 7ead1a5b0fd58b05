import AuditBase
import AuditReports
import FreezeRules
import Testing
import Workbook

@testable import AlertMail

/// The workbook beside a long mail: something that HR reads, and answers with.
@Suite struct DigestTableTests {
  private func events(_ language: Language) -> [LogEvent] {
    (1...30).map { seq in
      var fields = event(
        seq,
        message: language == .indonesian
          ? "Peringatan baru: mutasi a.n. B*** S*** (SK 821.2): tanggal pelantikan 22 Maret 2024\nJabatan: Camat A → Camat B"
          : "New alert: mutasi of B*** S*** (SK 821.2): the oath\nPost: Camat A → Camat B"
      ).fields
      fields["FREEZE_REGION"] = "32.71"
      fields["FREEZE_UNIT_TO"] = "Dinas Kesehatan"
      fields["FREEZE_INSIDE"] = "inaugurated_on"
      fields["FREEZE_EFFECTIVE_DATE"] = "2024-04"
      return LogEvent(fields: fields, origin: .log)
    }
  }

  private func cells(_ column: String, _ language: Language = .indonesian) throws -> [(
    String, WorkbookRow.Kind
  )] {
    let digest = try Digest(
      newEvents(events(language)),
      settings: Digest.Settings(language: language, personalData: .masked, region: "32.71", program: "t"),
      moment: moment(), workingDays: days())
    let book = try WorkbookReader(ByteFile(DigestTable.render(digest).content))
    var sheet = try book.open(try book.sheet("1"))
    var row = WorkbookRow()
    var place: Int?
    var cells: [(String, WorkbookRow.Kind)] = []
    while try sheet.next(&row) {
      if let place {
        cells.append(place < row.cells.count ? (row.text(place), row.kind(place)) : ("", .empty))
      } else {
        let found: Int? = row.cells.indices.first { row.text($0) == column }
        let there: Int = try #require(found, "no column")
        place = there
      }
    }
    return cells
  }

  @Test(arguments: [
    ("Tanggal SK", "2024-03-21", WorkbookRow.Kind.date), ("Pelantikan", "2024-03-22", .date),
    ("TMT", "2024-04", .text),
    ("Surat paling lambat", "2024-03-22", .date), ("Wilayah", "Kota Bogor (32.71)", .text),
    ("Ketentuan", "Pasal 71 ayat (2)", .text), ("Pemilihan", "Pilkada 2024", .text),
    ("Nama", "B*** S***", .text), ("Unit kerja", "Dinas Kesehatan", .text), ("Tanggapan", "", .empty),
  ])
  func `each column is what it says, and a day is a day`(
    _ column: String, _ text: String, _ kind: WorkbookRow.Kind
  )
    throws
  {
    let cells = try cells(column)
    #expect(cells.count == 30)
    #expect(cells.allSatisfy { $0.0 == text && $0.1 == kind }, "\(cells.first ?? ("", .empty))")
  }

  @Test(arguments: Language.allCases) func `an answer has its column beside the alert`(_ language: Language)
    throws
  {
    let digest = try Digest(
      newEvents(events(language)),
      settings: Digest.Settings(language: language, personalData: .masked, region: "32.71", program: "t"),
      moment: moment(), workingDays: days())
    let header = try #require(try readWorkbook(DigestTable.render(digest).content).first)
    #expect(header.suffix(2) == [AnswerColumn.alertID.title[language], AnswerColumn.answer.title[language]])
    #expect(header.contains(AnswerColumn.decree.title[language]))
    #expect(try cells(language == .indonesian ? "Nama" : "Name", language).allSatisfy { $0.0 == "B*** S***" })
    #expect(try cells(AnswerColumn.alertID.title[language], language).first?.0 == "alert-1")
  }
}
