import AuditBase
import Foundation
import TestSupport
import Testing

@testable import Workbook

@Suite("Excel in, Excel out")
struct ExcelTests {
  /// A workbook made by hand: names of sheets, what stands in `<sheet …>` besides, rows; style 1 is a date.
  private func workbook(_ sheets: [(name: String, attributes: String, rows: String)], after: String = "")
    throws
    -> Data
  {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let pointers = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let list = sheets.indices.map {
      "<sheet name=\"\(sheets[$0].name)\" r:id=\"r\($0)\" \(sheets[$0].attributes)/>"
    }
    let targets =
      sheets.indices.map {
        "<Relationship Id=\"r\($0)\" Type=\"\(pointers)/worksheet\" Target=\"s\($0).xml\"/>"
      }
      + ["<Relationship Id=\"x\" Type=\"\(pointers)/styles\" Target=\"t.xml\"/>"]
    var bytes: [UInt8] = []
    var zip = ZipWriter { bytes += $0 }
    try zip.add(
      "xl/workbook.xml",
      "<workbook xmlns=\"\(main)\" xmlns:r=\"\(pointers)\"><sheets>\(list.joined())</sheets></workbook>")
    try zip.add(
      "xl/_rels/workbook.xml.rels",
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(targets.joined())</Relationships>"
    )
    try zip.add(
      "xl/t.xml", "<styleSheet xmlns=\"\(main)\"><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")
    for place in sheets.indices {
      try zip.add(
        "xl/s\(place).xml",
        "<worksheet xmlns=\"\(main)\"><sheetData>\(sheets[place].rows)</sheetData>\(after)</worksheet>")
    }
    try zip.finish()
    return Data(bytes)
  }

  private func place(_ name: String, _ data: Data) throws -> Workplace {
    let place = try Workplace()
    try data.write(to: place.folder.appendingPathComponent(name))
    return place
  }

  /// A row of texts; `#n` is a number, `@n` a date.
  private func row(_ cells: [String], attributes: String = "") -> String {
    let written = cells.map { cell in
      switch cell.first {
      case "#": "<c><v>\(cell.dropFirst())</v></c>"
      case "@": "<c s=\"1\"><v>\(cell.dropFirst())</v></c>"
      case nil: "<c/>"
      default: "<c t=\"inlineStr\"><is><t>\(cell)</t></is></c>"
      }
    }
    return "<row \(attributes)>\(written.joined())</row>"
  }

  /// The rows of a sheet of a result.
  private func rows(_ place: Workplace, _ name: String, _ sheet: Int = 0) throws -> [[String]] {
    let book = try WorkbookReader(ByteFile(path: place.folder.appendingPathComponent(name).path))
    var reader = try book.open(book.sheets[sheet])
    var row = WorkbookRow()
    var rows: [[String]] = []
    while try reader.next(&row) {
      rows.append(row.cells.indices.map { row.kind($0) == .empty ? "" : "\(row.kind($0)) \(row.text($0))" })
    }
    return rows
  }

  private static let header = [
    "No", "Nama", "NIP", "Jenis", "Jabatan Lama", "Jabatan Baru", "No SK", "Tgl SK", "Tgl Pelantikan",
  ]

  /// Titles, hidden row, date cells, a day as a number, dates as text, and NIPs in three states.
  private func proposal() throws -> Data {
    try workbook([
      ("Petunjuk", "", row(["Cara mengisi daftar ini"])),
      (
        "Usulan", "",
        row(["DAFTAR USULAN MUTASI"]) + row(["Pemerintah Kabupaten Contoh"]) + "<row/>" + row(Self.header)
          + row([
            "#1", "Budi", "198501012010011001", "mutasi", "Camat A", "Camat B", "800/1", "@45372", "@45373",
          ])
          + row(["#2", "=Siti", "#1.98501012010011E+17", "mutasi", "Camat C", "Camat D", "800/1", "#45373"])
          + row(
            ["#3", "Ani", "#198501012010013003", "mutasi", "Camat E", "Camat F", "800/2", "20 Maret 2024"],
            attributes: "hidden=\"1\"")
      ),
    ])
  }

  @Test func aProposalIsReadAsItIs() throws {
    let place = try place("usulan.xlsx", try proposal())
    let found = try place.findings(["usulan.xlsx", "--region", "16.05", "--show", "all"], status: 1)
    #expect(found.map { $0["outcome"] as? String } == ["inside", "inside", "outside"])
    #expect(found.map { $0["decree_date"] as? String } == ["2024-03-21", "2024-03-22", "2024-03-20"])
    #expect(found[0]["inaugurated_on"] as? String == "2024-03-22")
    let text = try place.run("audit", "usulan.xlsx", "--region", "16.05", "--lang", "en")
    for words in ["1 hidden rows", "2 NIPs are kept as numbers", "line 4", "\"Usulan\" was read"] {
      #expect(text.outputText.replacing("\n", with: " ").contains(words), "\(text.outputText)")
    }
    // Whatever its name is, and through a pipe.
    let data = try Data(contentsOf: place.folder.appendingPathComponent("usulan.xlsx"))
    #expect(try place.run("audit", "-", "--region", "16.05", input: data).status == 1)
    #expect(try place.run("audit", "--xlsx", "usulan.xlsx", "--region", "16.05").status == 1)
    #expect(try place.run("explain", "line:5", "usulan.xlsx", "--region", "16.05").status == 1)
    #expect(try place.run("check", "--list", "usulan.xlsx", "--region", "16.05").status == 1)
  }

  @Test func theSameSheetComesBackWithColumnsAdded() throws {
    let place = try place("usulan.xlsx", try proposal())
    let result = try place.run(
      "audit", "usulan.xlsx", "--region", "16.05", "--format", "xlsx", "--output", "hasil.xlsx")
    #expect(result.status == 1, "\(result.errorText)")
    let sheet = try rows(place, "hasil.xlsx")
    #expect(sheet[0] == ["text DAFTAR USULAN MUTASI"])
    #expect(sheet[2].prefix(9) == (Self.header.map { "text " + $0 })[...])
    #expect(sheet[2].count == 17)
    #expect(
      sheet[3].prefix(9) == [
        "number 1", "text Budi", "text 198501012010011001", "text mutasi", "text Camat A", "text Camat B",
        "text 800/1", "date 2024-03-21", "date 2024-03-22",
      ])
    #expect(sheet[3][9] == "text di dalam masa larangan")
    #expect(sheet[3][13] == "date 2024-03-22")
    // A NIP stays text, a day shown as a number becomes one, a text stays what it was.
    #expect(sheet[4][1...2] == ["text =Siti", "text 198501012010011000"])
    #expect(sheet[4][7] == "date 2024-03-22")
    #expect(sheet[5][7] == "text 20 Maret 2024" && sheet[5][9] == "text di luar masa larangan")
    // It is a file to go on with: what was added is nobody's date.
    let again = try place.run("audit", "hasil.xlsx", "--region", "16.05", "--lang", "en")
    #expect(again.status == 1 && !again.outputText.contains("holds dates"), "\(again.outputText)")
    #expect(try rows(place, "hasil.xlsx", 1)[1].contains("text 800/1"))
  }

  @Test func aCSVComesBackAsAWorkbookWithTrueDates() throws {
    let place = try Workplace([
      "a.csv":
        "id;jenis;tgl sk;nip;ket\n1;mutasi;22 Maret 2024;198501012010011001;=1+1\n2;mutasi;2024-03;;\n3;mutasi;2020\n"
    ])
    #expect(
      try place.run("audit", "a.csv", "--region", "16.05", "--format", "xlsx", "--output", "b.xlsx").status
        == 3)
    let sheet = try rows(place, "b.xlsx")
    #expect(
      sheet[1].prefix(5) == [
        "text 1", "text mutasi", "date 2024-03-22", "text 198501012010011001", "text =1+1",
      ])
    #expect(sheet[2][2] == "text 2024-03")
    #expect(sheet[3].prefix(3) == ["text 3", "text mutasi", "text 2020"])
    let hidden = try place.run("audit", "a.csv", "--mask", "--region", "16.05", "--format", "xlsx")
    #expect(!String(decoding: hidden.output, as: UTF8.self).contains("198501012010011001"))
  }

  @Test func aRowLongerThanItsHeaderIsGivenBack() throws {
    let place = try Workplace([
      "a.csv": "no,jenis,nama,tgl pelantikan\n1,mutasi,A, S.H.,22/03/2024\n2,mutasi,B,x,y,z,22/03/2024\n"
    ])
    for arguments in [["audit", "a.csv"], ["check", "--list", "a.csv"]] {
      let result = try runProcess(
        try builtExecutable(named: "freeze-auditor").path,
        arguments + ["--region", "16.05", "--format", "xlsx", "--output", "b.xlsx"], directory: place.folder,
        timeout: 120)
      #expect(result.status == 3, "\(result.errorText)")
      #expect(try rows(place, "b.xlsx").count == 3)
    }
  }

  @Test func aReportCheckedAgainHasItsColumnsOnceAndKeepsTheAnswers() throws {
    let place = try Workplace([
      "a.csv": "id,jenis,tgl sk,no sk,alasan\n1,mutasi,2024-05-02,800/1,rotasi\n2,mutasi,2023-05-02,800/2,\n"
    ])
    #expect(
      try place.run("audit", "a.csv", "--region", "16.05", "--format", "xlsx", "--output", "b.xlsx").status
        == 1)
    let first = try rows(place, "b.xlsx")
    // What HR writes into the last column, and a column of their own beside it.
    let cells = first.enumerated().map { number, row in
      self.row(
        row.map { String($0.split(separator: " ", maxSplits: 1).last ?? "") }
          + (number == 0
            ? ["catatan kami"] : number == 1 ? ["diklarifikasi: lihat berkas", "ya"] : ["", "tidak"]))
    }
    let again = try self.place("c.xlsx", try workbook([("Data", "", cells.joined())]))
    #expect(
      try again.run("audit", "c.xlsx", "--region", "16.05", "--format", "xlsx", "--output", "d.xlsx").status
        == 1)
    let second = try rows(again, "d.xlsx")
    let names = second[0].map { $0.dropFirst(5) }
    #expect(names.count { $0 == "Kesimpulan" } == 1 && names.count { $0 == "Tanggapan" } == 1, "\(names)")
    // Their own column of the same name, and the one they added, stay.
    #expect(names.count { $0.lowercased() == "alasan" } == 2 && names.contains("catatan kami"), "\(names)")
    #expect(second[1].contains("text diklarifikasi: lihat berkas"), "\(second[1])")
  }

  @Test func sheetsAreChosenAndOthersAreSaid() throws {
    let list = row(["id", "jenis", "tgl sk"])
    let data = try workbook([
      ("Jan", "", list + row(["a", "mutasi", "@45373"])), ("Feb", "", list + row(["b", "mutasi", "@43000"])),
      ("Lama", "state=\"hidden\"", list + row(["c", "mutasi", "@45373"])),
    ])
    // A sheet that is hidden is part of the list as well.
    let hiding = try workbook([
      ("Jan", "", list + row(["a", "mutasi", "@43000"])),
      ("Lama", "state=\"hidden\"", list + row(["c", "mutasi", "@45373"])),
    ])
    #expect(
      try self.place("sembunyi.xlsx", hiding).run("audit", "sembunyi.xlsx", "--region", "16.05").status == 3)
    let place = try place("bulan.xlsx", data)
    let all = try place.run("audit", "bulan.xlsx", "--region", "16.05", "--lang", "en")
    #expect(all.status == 3)
    #expect(
      all.outputText.replacing("\n", with: " ").contains(
        "\"Feb\", \"Lama\" hold lists as well and were NOT read"))
    for (sheet, status) in [("Jan", 1), ("feb", 0), ("2", 0), ("Lama", 1), ("3", 1)] {
      #expect(
        try place.run("audit", "bulan.xlsx", "--sheet", sheet, "--region", "16.05").status == Int32(status))
    }
    let none = try place.run("audit", "bulan.xlsx", "--sheet", "Mei", "--lang", "en")
    #expect(none.status == 78 && none.errorText.contains("1 \"Jan\", 2 \"Feb\", 3 \"Lama\""))
    try place.write("a.csv", "id,jenis,tgl sk\n1,mutasi,2024-03-22\n")
    #expect(try place.run("audit", "a.csv", "--sheet", "1").status == 78)
    #expect(try place.run("audit", "--sheet", "1").status == 64)
    #expect(try place.run("audit", "a.csv", "--csv", "a.csv").status == 64)
  }

  @Test func aPlanComesBackWithItsAnswers() throws {
    let place = try place("usulan.xlsx", try proposal())
    let result = try place.run(
      "check", "--list", "usulan.xlsx", "--region", "16.05", "--format", "xlsx", "--output", "rencana.xlsx")
    #expect(result.status == 1, "\(result.errorText)")
    let sheet = try rows(place, "rencana.xlsx")
    #expect(sheet[0] == ["text DAFTAR USULAN MUTASI"])
    #expect(sheet[2].prefix(9) == (Self.header.map { "text " + $0 })[...])
    #expect(sheet[2][9...10] == ["text Jawaban", "text Bebas sejak"] && sheet[2].count == 19)
    #expect(sheet[3][9].hasPrefix("text perlu surat Menteri lebih dulu, atau menunggu"), "\(sheet[3])")
    #expect(sheet[3][10] == "date 2025-08-21" && sheet[3][11] == "text di dalam masa larangan")
    #expect(sheet[4][1...2] == ["text =Siti", "text 198501012010011000"])
    #expect(sheet[5][9] == "text boleh pada hari itu" && sheet[5][10] == "")
    // A list to go on with; and without names nobody's own sheet is given back.
    #expect(try place.run("check", "--list", "rencana.xlsx", "--region", "16.05").status == 1)
    #expect(
      try place.run(
        "check", "--list", "usulan.xlsx", "--region", "16.05", "--format", "xlsx", "--mask", "-o", "m.xlsx"
      ).status == 1)
    #expect(try !rows(place, "m.xlsx").joined().contains { $0.contains("Budi") || $0.contains("19850101") })
    // CSV comes back as a workbook as well; a day alone is no list.
    try place.write("a.csv", "id,jenis,tgl sk,nama\n1,mutasi,2024-03-22,=1+1\n")
    #expect(
      try place.run("check", "--list", "a.csv", "--region", "16.05", "--format", "xlsx", "-o", "a.xlsx")
        .status == 1)
    #expect(
      try rows(place, "a.xlsx")[1].prefix(4) == ["text 1", "text mutasi", "date 2024-03-22", "text =1+1"])
    #expect(try place.run("check", "--date", "2024-03-22", "--format", "xlsx", "-o", "b.xlsx").status == 64)
  }

  @Test func lettersAreReadFromAWorkbook() throws {
    let place = try place("usulan.xlsx", try proposal())
    let letters = try workbook([
      (
        "Lampiran", "",
        row(["Lampiran surat Menteri"]) + row(["Nomor Surat", "Tanggal Surat", "NIP", "Jabatan Baru"])
          + row(["100/OTDA", "@45370", "198501012010011001", "Camat B"])
      )
    ])
    try letters.write(to: place.folder.appendingPathComponent("surat.xlsx"))
    let found = try place.findings([
      "usulan.xlsx", "--approvals", "surat.xlsx", "--region", "16.05", "--show", "all",
    ])
    #expect(found.map { $0["outcome"] as? String } == ["inside", "approved", "outside"])
  }

  @Test func oneDecreeOverManyRowsAndAHeaderInTwoRows() throws {
    let rows =
      row(["id", "Jenis", "SK", "", "Jabatan", ""]) + row(["", "", "Nomor", "Tanggal", "Lama", "Baru"])
      + row(["1", "mutasi", "800/1", "@45373", "Camat A", "Camat B"])
      + row(["2", "mutasi", "", "", "Camat B", "Camat C"])
    let blocks = ["A1:A2", "B1:B2", "C1:D1", "E1:F1", "C3:C4", "D3:D4"].map { "<mergeCell ref=\"\($0)\"/>" }
    let place = try place(
      "sk.xlsx", try workbook([("SK", "", rows)], after: "<mergeCells>\(blocks.joined())</mergeCells>"))
    let found = try place.findings(["sk.xlsx", "--region", "16.05"], status: 1)
    #expect(found.map { $0["decree_no"] as? String } == ["800/1", "800/1"])
    #expect(found.map { $0["outcome"] as? String } == ["inside", "inside"])
  }

  /// A name, the bytes, the status, and what the sentence says.
  @Test func whatCannotBeReadIsSaidWithTheWayOn() throws {
    let locked = Data(
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        + "EncryptedPackage".utf16.flatMap { [UInt8($0 & 255), 0] })
    let good = try proposal()
    let records = row(["id", "jenis", "tgl sk"]) + row(["1", "mutasi", "@45373"])
    let cases: [(Data, Int32, String)] = [
      (good.prefix(good.count / 2), 3, "damaged or cut off"), (locked, 78, "password"),
      (Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), 78, ".xls, 97-2003"),
      (
        try workbook(
          [("a", "", row(["1", "Budi", "198501012010011001", "Camat"]) + records)].map {
            (
              $0.0, $0.1,
              row(["1", "Budi", "198501012010011001", "@45373"])
                + row(["2", "Ani", "198501012010012002", "@45373"])
            )
          }), 78, "there is no header"
      ),
      (try workbook([("a", "", records + "<row r=\"1048577\"><c><v>1</v></c></row>")]), 3, "1,048,576"),
      (
        try workbook([("a", "", records + row([String(repeating: "x", count: 2_000_000)]))]), 3,
        "more than a million characters"
      ),
      (try workbook([("a", "", "")]), 3, "empty"),
    ]
    for (bytes, status, words) in cases {
      let place = try place("a.xlsx", Data(bytes))
      let result = try place.run("audit", "a.xlsx", "--region", "16.05", "--lang", "en")
      #expect(
        result.status == status && result.errorText.contains(words),
        "\(words): \(result.status) \(result.errorText)")
      #expect(result.errorText.split(separator: "\n").count == 1 && result.outputText.isEmpty)
    }
  }

  @Test func aFullSheetAndACellOfGreatestLengthAreSaid() throws {
    let long = String(repeating: "x", count: 32_767)
    let rows =
      row(["id", "jenis", "tgl sk", "nama"]) + row(["1", "mutasi", "@43000", long])
      + "<row r=\"1048576\"><c r=\"A1048576\"><v>2</v></c><c t=\"str\"><v>mutasi</v></c><c s=\"1\"><v>43000</v></c></row>"
    let place = try place("a.xlsx", try workbook([("a", "", rows)]))
    let result = try place.run("audit", "a.xlsx", "--region", "16.05", "--lang", "en")
    #expect(result.status == 3)
    let text = result.outputText.replacing("\n", with: " ")
    #expect(
      text.contains("last row of Excel (1,048,576)") && text.contains("32,767 characters (the first: D2)"))
  }

  private static let python = ["/usr/bin/python3"].first {
    (try? runProcess($0, ["-c", "import openpyxl"]))?.status == 0
  }

  /// Another program's reader takes every cell for what it is. `apt install python3-openpyxl`.
  @Test(.enabled(if: python != nil, "openpyxl is not installed")) func openpyxlReadsWhatIsWritten() throws {
    let place = try place("usulan.xlsx", try proposal())
    _ = try place.run(
      "audit", "usulan.xlsx", "--region", "16.05", "--format", "xlsx", "--output", "hasil.xlsx")
    let script = repositoryRoot.appendingPathComponent("Tests/Excel/check.py").path
    let result = try runProcess(try #require(Self.python), [script, "hasil.xlsx"], directory: place.folder)
    #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
    _ = try place.run(
      "check", "--list", "usulan.xlsx", "--region", "16.05", "--format", "xlsx", "--output", "rencana.xlsx")
    let plan = try runProcess(try #require(Self.python), [script, "rencana.xlsx"], directory: place.folder)
    #expect(plan.status == 0, "\(plan.outputText)\(plan.errorText)")
  }
}
