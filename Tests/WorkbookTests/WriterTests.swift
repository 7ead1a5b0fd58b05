import Testing

@testable import Workbook

@Suite("Workbooks written")
struct WriterTests {
  private func write(
    _ layouts: [SheetLayout], isCompressed: Bool = true, _ body: (inout WorkbookWriter) throws -> Void
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var writer = try WorkbookWriter(sheets: layouts, isCompressed: isCompressed) { bytes += $0 }
    try body(&writer)
    try writer.finish()
    return bytes
  }

  @Test(arguments: [true, false]) func whatIsWrittenIsRead(isCompressed: Bool) throws {
    let bytes = try write(
      [SheetLayout(name: "Data", headerRow: 1), SheetLayout(name: "Mutu data")], isCompressed: isCompressed
    ) {
      try $0.add([.text("NIP", .header), .text("Tgl SK", .header)])
      try $0.add([
        .text("198501012010011001", .text), .serial(45373, .date), .number("16.05", .plain), .boolean(true),
      ])
      try $0.add([.empty, .serial(45373.5, .dateTime), .blank(.answer), .text("", .text)])
      try $0.nextSheet()
      try $0.add([.number("12", .integer)])
    }
    #expect(
      try readRows(bytes) == [
        "1: text NIP | text Tgl SK",
        "2: text 198501012010011001 | date 2024-03-22 | number 16.05 | boolean TRUE",
        "3:  | dateTime 2024-03-22 12:00:00",
      ])
    #expect(try readRows(bytes, "Mutu data") == ["1: number 12"])
  }

  @Test func nothingThatARecordHoldsBecomesAFormulaOrHarm() throws {
    let hostile = [
      "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2+3", "<script>&amp;", "\u{1B}[31m\u{0}", "_x0041_", "]]>",
      "\"'",
    ]
    let bytes = try write([SheetLayout(name: "Data")]) { try $0.add(hostile.map { .text($0, .plain) }) }
    let zip = try ZipReader(ByteFile(bytes), limits: WorkbookLimits())
    let stream = try zip.stream(try #require(zip["xl/worksheets/sheet1.xml"]))
    let xml = String(decoding: try stream.read(), as: UTF8.self)
    #expect(!xml.contains("<f"))
    #expect(!xml.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(try readRows(bytes) == ["1: " + hostile.map { "text " + $0 }.joined(separator: " | ")])
  }

  @Test(arguments: [
    ("a/b:c*[d]?", "a_b_c__d__"), ("", "Sheet"),
    (String(repeating: "x", count: 40), String(repeating: "x", count: 31)), ("'q'", "q"),
  ])
  func namesOfSheets(_ name: String, _ expected: String) {
    #expect(SheetLayout(name: name).name == expected)
  }

  @Test func headerFilterAndPaper() throws {
    var layout = SheetLayout(name: "Daftar <\"1\">", headerRow: 2)
    layout.merged = [MergedRange(rows: 1...1, columns: 0...1)]
    layout.frozenColumns = 1
    let bytes = try write([layout]) {
      try $0.add([.text("JUDUL", .title)])
      try $0.add([.text("A", .header), .text("B", .header)])
      for number in 0..<1000 { try $0.add([.number("\(number)", .plain), .text("x", .plain)]) }
    }
    func part(_ name: String) throws -> String {
      let zip = try ZipReader(ByteFile(bytes), limits: WorkbookLimits())
      let stream = try zip.stream(try #require(zip[name]))
      var text: [UInt8] = []
      while true {
        let piece = try stream.read()
        if piece.isEmpty { return String(decoding: text, as: UTF8.self) }
        text += piece
      }
    }
    let sheet = try part("xl/worksheets/sheet1.xml")
    #expect(
      sheet.contains(
        "<pane xSplit=\"1\" ySplit=\"2\" topLeftCell=\"B3\" activePane=\"bottomRight\" state=\"frozen\"/>"))
    #expect(
      sheet.contains("<autoFilter ref=\"A2:B1002\"/><mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/>"))
    let book = try part("xl/workbook.xml")
    #expect(book.contains("'Daftar &lt;&quot;1&quot;&gt;'!$A$2:$B$1002"))
    #expect(book.contains("'!$2:$2</definedName>"))
    #expect(try readRows(bytes).count == 1002)
  }
}
