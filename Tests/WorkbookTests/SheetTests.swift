import Testing

@testable import Workbook

@Suite("Sheets as many programs write them")
struct SheetTests {
  /// Rows as written, formats of the styles from 1 on, shared strings, and what is read.
  struct Case: CustomTestStringConvertible, Sendable {
    let why: String
    let rows: String
    var formats: [String] = []
    var strings: String?
    let read: [String]
    var testDescription: String { why }
  }

  static let cases = [
    Case(
      why: "shared strings, one of them rich, one with how it is read aloud",
      rows:
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>9</v></c></row>",
      strings:
        "<si><t>NIP</t></si><si><r><t xml:space=\"preserve\">Tgl </t></r><r><rPr><b/></rPr><t>SK</t></r></si><si><t>名</t><rPh sb=\"0\" eb=\"1\"><t>な</t></rPh></si>",
      read: ["1: text NIP | text Tgl SK | text 名"]),
    Case(
      why: "inline strings, as phpspreadsheet and Google Sheets write them",
      rows:
        "<row><c t=\"inlineStr\"><is><t>Camat &amp; Lurah</t></is></c><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b_x000D_</t></r></is></c></row>",
      read: ["1: text Camat & Lurah | text ab\r"]),
    Case(
      why: "rows and cells without a place, and places that are skipped",
      rows:
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"5\"><c r=\"C5\"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>",
      read: ["1: number 1 | number 2", "5:  |  | number 3 | number 4", "6: number 5"]),
    Case(
      why: "dates by their formats, a length of time is a number",
      rows:
        "<row r=\"1\"><c s=\"1\"><v>45373</v></c><c s=\"2\"><v>45373.5</v></c><c s=\"3\"><v>0.3125</v></c><c s=\"4\"><v>1.25</v></c><c><v>45373</v></c><c s=\"1\"><v>-1</v></c></row>",
      formats: ["[$-421]dd mmmm yyyy", "dd/mm/yyyy hh.mm", "hh:mm", "[h]:mm"],
      read: [
        "1: date 2024-03-22 | dateTime 2024-03-22 12:00:00 | time 07:30:00 | number 1.25 | number 45373 | number -1"
      ]),
    Case(
      why: "formulas: what was calculated counts, what was not is no empty cell",
      rows:
        "<row r=\"1\"><c s=\"1\"><f>A2+1</f><v>45373</v></c><c t=\"str\"><f>B2&amp;\"x\"</f><v>Camat</v></c><c><f>TODAY()</f><v></v></c><c><f t=\"shared\" si=\"0\"/></c><c t=\"str\"><f>IF(1,\"\")</f><v></v></c></row>",
      formats: ["dd/mm/yyyy"],
      read: ["1: date 2024-03-22 | text Camat | formula =TODAY() | formula ="]),
    Case(
      why: "truth, errors and dates of newer programs",
      rows:
        "<row r=\"1\"><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"d\"><v>2024-03-22T00:00:00</v></c><c t=\"d\"><v>2024-03-22</v></c><c t=\"d\"><v>2024-03-22T07:30:00.000</v></c><c t=\"d\"><v>2024-03-21T17:00:00Z</v></c></row>",
      read: [
        "1: boolean TRUE | boolean FALSE | error #N/A | date 2024-03-22 | date 2024-03-22 | dateTime 2024-03-22 07:30:00 | text 2024-03-21T17:00:00Z"
      ]),
    Case(
      why: "a NIP as a number keeps the digits that the file has",
      rows: "<row r=\"1\"><c><v>198501012010011001</v></c><c><v>1.98501012010011E+17</v></c></row>",
      read: ["1: number 198501012010011001 | number 198501012010011000"]),
    Case(
      why: "hidden rows are read and known; rows and cells with nothing in them are passed over",
      rows:
        "<row r=\"1\" hidden=\"1\"><c t=\"str\"><v>a</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"/><c r=\"B2\"><v/></c></row><row r=\"3\" hidden=\"true\"><c><v>1</v></c><c r=\"XFD3\"/></row>",
      read: ["1 hidden: text a", "3 hidden: number 1"]),
    Case(
      why: "elements of other vocabularies are nobody's cells",
      rows:
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v><x:v xmlns:x=\"urn:x\">b</x:v><extLst><ext><v>c</v></ext></extLst></c><x:c xmlns:x=\"urn:x\"><x:v>d</x:v></x:c></row>",
      read: ["1: text a"]),
    Case(
      why: "places that go back are taken as the next ones",
      rows: "<row r=\"4\"><c><v>1</v></c></row><row r=\"2\"><c><v>2</v></c></row>",
      read: ["4: number 1", "5: number 2"]),
  ]

  @Test(arguments: cases) func rows(_ example: Case) throws {
    #expect(
      try HandMade(example.rows, formats: example.formats, strings: example.strings).read() == example.read)
  }

  @Test func theStrictVocabularyAndPrefixesAreTheSame() throws {
    var strict = HandMade("")
    strict.main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    strict.pointers = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    strict.sheets = [("Data", "", HandMade.sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", strict.main))]
    #expect(try strict.read() == ["1: number 1"])
    var prefixed = HandMade("")
    prefixed.sheets = [
      (
        "Data", "",
        "<x:worksheet xmlns:x=\"\(prefixed.main)\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
      )
    ]
    #expect(try prefixed.read() == ["1: number 1"])
  }

  @Test func bothCountsOfDays() throws {
    var book = HandMade("<row r=\"1\"><c s=\"1\"><v>43911</v></c></row>", formats: ["dd/mm/yyyy"])
    #expect(try book.read() == ["1: date 2020-03-21"])
    book.properties = "date1904=\"1\""
    #expect(try book.read() == ["1: date 2024-03-22"])
  }

  @Test func sheetsAreFoundByNameAndPlace() throws {
    var book = HandMade("<row r=\"1\"><c><v>1</v></c></row>")
    book.sheets.append(
      (
        "Rahasia &amp; lama", "state=\"veryHidden\"",
        HandMade.sheet("<row r=\"1\"><c><v>2</v></c></row>", book.main)
      ))
    book.sheets.append(("1", "", HandMade.sheet("<row r=\"1\"><c><v>3</v></c></row>", book.main)))
    let workbook = try WorkbookReader(ByteFile(try book.bytes()))
    #expect(workbook.sheets.map(\.name) == ["Data", "Rahasia & lama", "1"])
    #expect(workbook.sheets.map(\.isHidden) == [false, true, false])
    // A name goes before a place.
    for (wanted, value) in [("data", 1), ("2", 2), ("rahasia  & LAMA", 2), ("1", 3), ("3", 3)] {
      #expect(try book.read(wanted) == ["1: number \(value)"])
    }
    let error = refusal { _ = try workbook.sheet("Februari") }
    #expect(
      error?.message.english
        == "there is no sheet \"Februari\" (--sheet). The sheets are: 1 \"Data\", 2 \"Rahasia & lama\", 3 \"1\""
    )
  }

  @Test func aBlockOverSeveralRowsStandsForAllOfThem() throws {
    var book = HandMade("")
    let rows =
      "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>DAFTAR</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>821/1</v></c><c r=\"B2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\" s=\"1\"/><c r=\"B3\"><v>2</v></c></row><row r=\"4\"><c r=\"A4\"/></row><row r=\"5\"><c r=\"B5\"><v>3</v></c></row>"
    book.sheets = [
      (
        "Data", "",
        HandMade.sheet(
          rows, book.main,
          after: "<mergeCells count=\"2\"><mergeCell ref=\"A1:D1\"/><mergeCell ref='A2:A4'/></mergeCells>")
      )
    ]
    #expect(
      try book.read() == [
        "1: text DAFTAR", "2: text 821/1 | number 1", "3: text 821/1 | number 2", "5:  | number 3",
      ])
  }

  @Test func widthsAndHiddenColumnsAreKnown() throws {
    var book = HandMade("")
    book.sheets = [
      (
        "Data", "",
        "<worksheet xmlns=\"\(book.main)\"><cols><col min=\"1\" max=\"2\" width=\"12.5\"/><col min=\"3\" max=\"16384\" width=\"9\" hidden=\"1\"/></cols><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
      )
    ]
    let workbook = try WorkbookReader(ByteFile(try book.bytes()))
    var reader = try workbook.open(workbook.sheets[0])
    var row = WorkbookRow()
    #expect(try reader.next(&row))
    #expect(reader.widths[1] == 12.5)
    #expect(reader.hiddenColumns.contains(2) && !reader.hiddenColumns.contains(1))
    #expect(try !reader.next(&row))
  }

  @Test func packagesOfOldAndCarelessMakersAreRead() throws {
    let book = HandMade("<row><c><v>1</v></c></row>")
    // Backslashes for folders, names in capitals, no relationships of the package.
    let odd = book.files.filter { $0.0 != "_rels/.rels" }.map {
      ($0.0.replacing("/", with: "\\").uppercased(), $0.1)
    }
    #expect(try readFiles(odd) == ["1: number 1"])
    // UTF-16 throughout, stored.
    let wide = book.files.map { name, text -> (String, [UInt8]) in
      (name, [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }
    #expect(try readRows(try archive(wide, isCompressed: false)) == ["1: number 1"])
  }

  private func readFiles(_ files: [(String, String)]) throws -> [String] {
    try readRows(try archive(files))
  }
}
