/// Writes a workbook from front to back: its sheets in order, each row by row. Memory is the first rows of a sheet, from
/// which the widths of its columns are taken.
///
/// Text goes into the cells themselves and only as text: nothing that a record holds can become a formula.
package struct WorkbookWriter {
  private var zip: ZipWriter
  private let layouts: [SheetLayout]
  private let locale: Int
  private var sheet: SheetWriter?
  private var written: [(name: String, filtered: String?, titles: String?)] = []

  /// Begins a workbook with its first sheet.
  /// - Parameters:
  ///   - locale: of the names of months: 0x0421 Indonesian, 0x0409 English.
  ///   - isCompressed: `false` needs no zlib and is larger.
  ///   - sink: takes the bytes.
  package init(
    sheets: [SheetLayout], locale: Int = 0x0421, isCompressed: Bool = true,
    sink: @escaping ([UInt8]) throws -> Void
  ) throws {
    if isCompressed, Zlib.shared == nil { throw WorkbookError.zlibMissing }
    zip = ZipWriter(zlib: isCompressed ? .shared : nil, sink: sink)
    layouts = sheets
    self.locale = locale
    let parts = sheets.indices.map {
      "<Override PartName=\"/xl/worksheets/sheet\($0 + 1).xml\" ContentType=\"\(SheetXML.type)worksheet+xml\"/>"
    }
    try zip.add(
      "[Content_Types].xml",
      SheetXML.head
        + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"\(SheetXML.type)sheet.main+xml\"/>\(parts.joined())<Override PartName=\"/xl/styles.xml\" ContentType=\"\(SheetXML.type)styles+xml\"/></Types>"
    )
    try zip.add("_rels/.rels", SheetXML.relationships([("officeDocument", "xl/workbook.xml")]))
    try begin()
  }

  private mutating func begin() throws {
    guard written.count < layouts.count else {
      sheet = nil
      return
    }
    try zip.begin("xl/worksheets/sheet\(written.count + 1).xml")
    sheet = SheetWriter(layouts[written.count], isFirst: written.isEmpty)
  }

  /// The row that comes next in the current sheet, counted from 1.
  package var nextRow: Int { (sheet?.lastRow ?? 0) + 1 }

  /// Writes the next row of the current sheet.
  package mutating func add(_ cells: [OutputCell], height: Double? = nil) throws {
    guard let row = sheet?.lastRow, row < WorkbookLimits.rows else { throw WorkbookError.tooLong }
    sheet?.add(cells, height: height)
    if let ready = sheet?.take() { try zip.write(ready) }
  }

  /// Ends the current sheet and begins the next one.
  package mutating func nextSheet() throws {
    guard var sheet else { return }
    try zip.write(sheet.finish())
    try zip.end()
    let quoted = "'" + sheet.layout.name.replacing("'", with: "''") + "'!"
    let header = sheet.layout.headerRow
    written.append(
      (
        sheet.layout.name,
        sheet.filterRange.map {
          quoted + $0.split(separator: ":").map { Self.fixed(String($0)) }.joined(separator: ":")
        },
        Self.titles(quoted, row: header, columns: sheet.layout.frozenColumns)
      ))
    try begin()
  }

  /// What is repeated on every page: the columns that stay in sight, the column names.
  private static func titles(_ sheet: String, row: Int?, columns: Int) -> String? {
    let parts = [
      columns > 0 ? "\(sheet)$A:$\(CellName.column(columns - 1))" : nil, row.map { "\(sheet)$\($0):$\($0)" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ",")
  }

  /// `$B$2` of `B2`.
  private static func fixed(_ name: String) -> String {
    let letters = name.prefix { $0.isLetter }
    return "$\(letters)$\(name.dropFirst(letters.count))"
  }

  /// Ends the workbook; sheets not begun yet stay empty.
  package mutating func finish() throws {
    while sheet != nil { try nextSheet() }
    try zip.add("xl/styles.xml", WriterStyles.xml(locale: locale))
    var names = ""
    var defined = ""
    for (index, sheet) in written.enumerated() {
      names +=
        "<sheet name=\"\(SheetXML.escaped(sheet.name))\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\"/>"
      if let range = sheet.filtered {
        defined +=
          "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"\(index)\" hidden=\"1\">\(SheetXML.escaped(range))</definedName>"
      }
      if let rows = sheet.titles {
        defined +=
          "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"\(index)\">\(SheetXML.escaped(rows))</definedName>"
      }
    }
    try zip.add(
      "xl/workbook.xml",
      SheetXML.head
        + "<workbook xmlns=\"\(SheetXML.main)\" xmlns:r=\"\(SheetXML.pointers)\"><bookViews><workbookView xWindow=\"0\" yWindow=\"0\" windowWidth=\"28800\" windowHeight=\"15000\"/></bookViews><sheets>\(names)</sheets>\(defined.isEmpty ? "" : "<definedNames>\(defined)</definedNames>")</workbook>"
    )
    try zip.add(
      "xl/_rels/workbook.xml.rels",
      SheetXML.relationships(
        written.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") } + [("styles", "styles.xml")]))
    try zip.finish()
  }
}

/// What is known of a sheet before its rows.
package struct SheetLayout: Sendable {
  /// On its tab: made fit for Excel where it is not.
  package let name: String
  /// The row of column names, frozen, repeated on paper and given a filter; counted from 1.
  package var headerRow: Int?
  /// Columns on the left that stay in sight, and stand on every page.
  package var frozenColumns = 0
  /// Widths of columns counted from 0, in characters, where they are known; others follow their content.
  package var widths: [Int: Double] = [:]
  /// No column wider than this by its content alone.
  package var maximumWidth = 60.0
  /// Blocks of cells shown as one.
  package var merged: [MergedRange] = []

  /// A sheet with a name.
  package init(name: String, headerRow: Int? = nil) {
    // Excel allows 31 characters, and not these.
    let kept = name.unicodeScalars.map {
      "[]:*?/\\".unicodeScalars.contains($0) || $0.value < 0x20 ? "_" : $0
    }
    var text = String(String.UnicodeScalarView(kept)).trimming("'")
    while text.utf16.count > 31 { text.removeLast() }
    self.name = text.isEmpty ? "Sheet" : text
    self.headerRow = headerRow
  }
}

extension String {
  fileprivate func trimming(_ character: Character) -> String {
    var text = self[...]
    while text.first == character { text.removeFirst() }
    while text.last == character { text.removeLast() }
    return String(text)
  }
}

/// A cell to be written.
package enum OutputCell: Sendable {
  /// Nothing.
  case empty
  /// Nothing, but with a look.
  case blank(CellLook)
  /// Text.
  case text(String, CellLook)
  /// A number as written in XML.
  case number(String, CellLook)
  /// A day, in the ordinary count of spreadsheets, with its part of the day.
  case serial(Double, CellLook)
  /// Yes or no.
  case boolean(Bool)
}

enum SheetXML {
  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let pointers = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml."

  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    XMLText.write(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func relationships(_ targets: [(kind: String, target: String)]) -> String {
    let list = targets.enumerated().map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(pointers)/\($1.kind)\" Target=\"\($1.target)\"/>"
    }
    return head
      + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(list.joined())</Relationships>"
  }
}
