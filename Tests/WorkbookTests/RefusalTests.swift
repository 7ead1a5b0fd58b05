import Testing

@testable import Workbook

@Suite("What is no workbook, or a hostile one, gets a sentence that says how to go on")
struct RefusalTests {
  private static let compoundHead: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  private static func compound(_ name: String) -> [UInt8] {
    compoundHead + [UInt8](repeating: 0, count: (1 << 20) - 20)
      + name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  private func open(_ bytes: [UInt8]) -> WorkbookError? { refusal { _ = try readRows(bytes) } }

  /// Bytes of another kind, and what the sentence must hold in both languages.
  @Test func otherFormats() throws {
    let cases: [([UInt8], WorkbookError.Cause, [String])] = [
      (Self.compound("EncryptedPackage"), .otherKind, ["Encrypt with Password"]),
      (Self.compound("Workbook"), .otherKind, [".xls", "Save As"]),
      (Self.compound("WordDocument"), .otherKind, ["Word (.doc)"]),
      ([9, 8, 16, 0, 0, 6, 5, 0], .otherKind, [".xls"]),
      (
        try archive([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")]
        ),
        .otherKind, ["OpenDocument (.ods)", ".xlsx"]
      ),
      (
        try archive([("Index/Document.iwa", "x"), ("Metadata/Properties.plist", "x")]), .otherKind,
        ["Apple Numbers (.numbers)", ".xlsx"]
      ),
      (try archive([("xl/workbook.bin", "x"), ("[Content_Types].xml", "<Types/>")]), .otherKind, [".xlsb"]),
      (try archive([("word/document.xml", "<a/>")]), .otherKind, ["Word (.docx)"]),
      (try archive([("a.csv", "id;tgl")]), .otherKind, ["ZIP"]),
      (Array("PK\u{3}\u{4}".utf8), .broken, []),
      (Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 1000), .broken, []),
    ]
    for (bytes, cause, words) in cases {
      let error = try #require(open(bytes))
      #expect(error.cause == cause)
      for word in words {
        #expect(error.message.english.contains(word), "\(error.message.english)")
        #expect(error.message.indonesian.contains(word), "\(error.message.indonesian)")
      }
    }
  }

  @Test func aWorkbookThatPointsNowhereIsBroken() throws {
    let book = HandMade("<row><c><v>1</v></c></row>")
    for missing in ["xl/worksheets/sheet1.xml", "xl/styles.xml"] {
      #expect(open(try archive(book.files.filter { $0.0 != missing }))?.cause == .broken)
    }
    var charts = book
    charts.sheets = []
    #expect(open(try charts.bytes())?.cause == .otherKind)
  }

  @Test func aSheetCutOffInItsXMLIsBroken() throws {
    let book = HandMade("<row><c><v>1</v></c></row>")
    let cut = book.files.map { ($0.0, $0.0.hasSuffix("sheet1.xml") ? String($0.1.dropLast(20)) : $0.1) }
    #expect(open(try archive(cut))?.cause == .broken)
  }

  @Test func entitiesThatSwellAreRefused() throws {
    let book = HandMade("")
    let bomb = "<!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>"
    #expect(
      open(try archive(book.files.map { ($0.0, $0.0.hasSuffix("sheet1.xml") ? bomb : $0.1) }))?.cause
        == .broken)
  }

  @Test func rowsBelowTheLastOneAreRefusedAndTheLastOneIsRead() throws {
    #expect(try HandMade("<row r=\"1048576\"><c><v>1</v></c></row>").read() == ["1048576: number 1"])
    for rows in [
      "<row r=\"1048577\"><c><v>1</v></c></row>",
      "<row r=\"1048576\"><c><v>1</v></c></row><row><c><v>1</v></c></row>",
    ] {
      let error = refusal { _ = try HandMade(rows).read() }
      #expect(error?.cause == .tooLarge)
      #expect(error?.message.english.contains("1,048,576") == true)
    }
  }

  @Test func aCellOfExcelsGreatestLengthIsReadAndAHugeOneIsNamed() throws {
    let longest = String(repeating: "x", count: WorkbookLimits.cellCharacters)
    #expect(
      try HandMade("<row><c t=\"inlineStr\"><is><t>\(longest)</t></is></c></row>").read() == [
        "1: text \(longest)"
      ])
    let huge = String(repeating: "x", count: 2 << 20)
    for cell in ["<c t=\"inlineStr\"><is><t>\(huge)</t></is></c>", "<c t=\"str\"><v>\(huge)</v></c>"] {
      let error = refusal { _ = try HandMade("<row r=\"7\"><c r=\"B7\"><v>1</v></c>\(cell)</row>").read() }
      #expect(error?.message.english.hasPrefix("C7 holds more than a million") == true)
    }
    let shared = HandMade("<row><c t=\"s\"><v>0</v></c></row>", strings: "<si><t>\(huge)</t></si>")
    #expect(refusal { _ = try shared.read() }?.cause == .tooLarge)
  }

  @Test func cellsAreCounted() throws {
    var limits = WorkbookLimits()
    limits.cells = 100_000
    // Each row is as wide as its last cell.
    let rows = (1...7).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
    let error = refusal { _ = try HandMade(rows).read(limits: limits) }
    #expect(error?.message.english.contains("too many cells") == true)
    #expect(refusal { _ = try HandMade("<row><c r=\"XFE1\"><v>1</v></c></row>").read() }?.cause == .tooLarge)
  }
}
