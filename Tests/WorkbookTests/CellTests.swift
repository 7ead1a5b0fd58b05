import Testing

@testable import Workbook

@Suite("Cells: what their numbers, formats and types mean")
struct CellTests {
  @Test(
    arguments: [
      ("dd/mm/yyyy", NumberMeaning.date), ("d-mmm-yy", .date), ("[$-421]dd mmmm yyyy;@", .date),
      ("[$-F800]dddd\\, mmmm dd\\, yyyy", .date),
      ("[$-id-ID]dd/mm/yyyy", .date), ("mmm", .date), ("mmmm yyyy", .date), ("yyyy", .date),
      ("TT.MM.JJJJ", .date), ("ge.m.d", .date),
      ("[$-421]dddd, d mmmm yyyy", .date), ("yyyy-mm-dd\"T\"", .date), ("[Red]dd/mm/yy", .date),
      ("[=0]\"-\";dd/mm/yyyy", .date),
      ("dd/mm/yyyy hh:mm", .dateTime), ("m/d/yy h:mm AM/PM", .dateTime), ("yyyy-mm-dd hh.mm.ss", .dateTime),
      ("h:mm", .time), ("hh.mm", .time), ("mm:ss.0", .time), ("h:mm AM/PM", .time),
      ("[h]:mm", .number), ("[mm]:ss", .number), ("[hh]:mm:ss", .number), ("General", .number),
      ("Standard", .number), ("@", .number), ("0", .number),
      ("0.00E+00", .number), ("#,##0", .number), ("\"Rp\"#,##0", .number), ("[$Rp-421]#,##0", .number),
      ("# ?/?", .number), ("0 \"hari\"", .number),
      ("\\d0", .number), ("_-* #,##0_-", .number), ("", .number), ("[$-421]", .number), ("0%", .number),
      ("00\"-\"00", .number),
    ]) func formats(_ code: String, _ meaning: NumberMeaning)
  {
    #expect(NumberFormat.meaning(code) == meaning)
  }

  @Test(arguments: [
    (0, NumberMeaning.number), (1, .number), (14, .date), (17, .date), (20, .time), (22, .dateTime),
    (46, .number), (47, .time), (49, .number), (57, .date),
  ])
  func formatsWithoutAText(_ id: Int, _ meaning: NumberMeaning) {
    #expect(NumberFormat.builtIn(id) == meaning)
  }

  @Test(
    arguments: [
      (45373.0, false, "2024-03-22"), (45373.3125, false, "2024-03-22 07:30:00"),
      (45372.999999999, false, "2024-03-22"),
      (0, false, "1900-01-00"), (1, false, "1900-01-01"), (59, false, "1900-02-28"),
      (60, false, "1900-02-29"), (61, false, "1900-03-01"),
      (36526, false, "2000-01-01"), (36585, false, "2000-02-29"), (2_958_465, false, "9999-12-31"),
      (0, true, "1904-01-01"), (43911, true, "2024-03-22"), (1, true, "1904-01-02"),
    ]) func serials(_ serial: Double, _ is1904: Bool, _ text: String)
  {
    #expect(SerialDate.text(serial, is1904: is1904) == text)
  }

  @Test(arguments: [-1.0, 2_958_466, .infinity, .nan]) func numbersThatAreNoDay(_ serial: Double) {
    #expect(SerialDate.text(serial, is1904: false) == nil)
  }

  @Test func everyDayFollowsTheOneBefore() {
    var before = "1900-03-01"
    for serial in 62...80_000 {
      guard let day = SerialDate.text(Double(serial), is1904: false) else { return #expect(Bool(false)) }
      let parts = day.split(separator: "-").compactMap { Int($0) }
      let old = before.split(separator: "-").compactMap { Int($0) }
      let isNextDay = parts[2] == old[2] + 1 && parts[1] == old[1] && parts[0] == old[0]
      let isNextMonth = parts[2] == 1 && old[2] >= 28 && parts[1] == old[1] % 12 + 1
      #expect(isNextDay || isNextMonth)
      before = day
    }
  }

  @Test(
    arguments: [
      ("198501012010011001", "198501012010011001"), ("1.98501012010011E+17", "198501012010011000"),
      ("1.98501012010011E+017", "198501012010011000"),
      ("45373.0", "45373"), ("16.05", "16.05"), ("16.050000000000001", "16.05"), ("1E3", "1000"),
      ("-5", "-5"), ("-1.5E1", "-15"),
      ("0.0", "0"), ("12.0E-1", "1.2"), ("abc", "abc"), ("1e999", "1e999"),
    ]) func numbers(_ value: String, _ text: String)
  {
    var bytes: [UInt8] = []
    _ = CellNumber.append(Array(value.utf8), .number, is1904: false, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [("A1", 0, 1), ("xfd1048576", 16383, 1_048_576), ("AA10", 26, 10), ("$B$3", 1, 3)])
  func names(_ name: String, _ column: Int, _ row: Int) {
    #expect(CellName.read(name.utf8)?.column == column)
    #expect(CellName.read(name.utf8)?.row == row)
    #expect(CellName.column(column) == name.filter(\.isLetter).uppercased())
  }
}
