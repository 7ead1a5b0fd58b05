@testable import Workbook

/// A ZIP of these files, packed as asked.
func archive(_ files: [(String, String)], isCompressed: Bool = true) throws -> [UInt8] {
  try archive(files.map { ($0.0, Array($0.1.utf8)) }, isCompressed: isCompressed)
}

func archive(_ files: [(String, [UInt8])], isCompressed: Bool = true) throws -> [UInt8] {
  var bytes: [UInt8] = []
  var writer = ZipWriter(zlib: isCompressed ? .shared : nil) { bytes += $0 }
  for (name, content) in files {
    try writer.begin(name)
    try writer.write(content)
    try writer.end()
  }
  try writer.finish()
  return bytes
}

/// A workbook made by hand, as odd as its maker likes.
struct HandMade {
  var main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  var pointers = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  /// Names and what stands in `<sheet …>` besides.
  var sheets: [(name: String, attributes: String, xml: String)] = []
  var properties = ""
  /// The inside of `<sst>`.
  var strings: String?
  /// Format codes, one a cell style from 1 on; style 0 is General.
  var formats: [String] = []
  var isCompressed = true

  init(_ rows: String, formats: [String] = [], strings: String? = nil) {
    sheets = [("Data", "", Self.sheet(rows, "http://schemas.openxmlformats.org/spreadsheetml/2006/main"))]
    self.formats = formats
    self.strings = strings
  }

  static func sheet(_ rows: String, _ main: String, after: String = "") -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"\(main)\"><sheetData>\(rows)</sheetData>\(after)</worksheet>"
  }

  var files: [(String, String)] {
    let list = sheets.enumerated().map {
      "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\" \($1.attributes)/>"
    }
    var targets = sheets.indices.map { ("rId\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
    targets.append(("rIdS", "styles", "styles.xml"))
    if strings != nil { targets.append(("rIdT", "sharedStrings", "/xl/sharedStrings.xml")) }
    let pairs = targets.map {
      "<Relationship Id=\"\($0.0)\" Type=\"\(pointers)/\($0.1)\" Target=\"\($0.2)\"/>"
    }
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\($0 + 200)\" formatCode=\"\($1.replacing("\"", with: "&quot;"))\"/>"
    }
    let styles = (0...formats.count).map { "<xf numFmtId=\"\($0 == 0 ? 0 : $0 + 199)\"/>" }
    var files = [
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(package)\"><Relationship Id=\"a\" Type=\"\(pointers)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(main)\" xmlns:r=\"\(pointers)\"><workbookPr \(properties)/><sheets>\(list.joined())</sheets></workbook>"
      ),
      ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"\(package)\">\(pairs.joined())</Relationships>"),
      (
        "xl/styles.xml",
        "<styleSheet xmlns=\"\(main)\"><numFmts>\(codes.joined())</numFmts><cellXfs>\(styles.joined())</cellXfs></styleSheet>"
      ),
    ]
    if let strings { files.append(("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">\(strings)</sst>")) }
    for (index, sheet) in sheets.enumerated() {
      files.append(("xl/worksheets/sheet\(index + 1).xml", sheet.xml))
    }
    return files
  }

  func bytes() throws -> [UInt8] { try archive(files, isCompressed: isCompressed) }

  /// The rows of the first sheet, or another, as text: `number: kind text | …`.
  func read(_ sheet: String? = nil, limits: WorkbookLimits = WorkbookLimits()) throws -> [String] {
    try readRows(try bytes(), sheet, limits: limits)
  }
}

/// The rows of a workbook as text.
func readRows(_ bytes: [UInt8], _ sheet: String? = nil, limits: WorkbookLimits = WorkbookLimits()) throws
  -> [String]
{
  let workbook = try WorkbookReader(ByteFile(bytes), limits: limits)
  var reader = try workbook.open(try sheet.map { name in try workbook.sheet(name) } ?? workbook.sheets[0])
  var row = WorkbookRow()
  var rows: [String] = []
  while try reader.next(&row) {
    let cells = row.cells.indices.map { row.kind($0) == .empty ? "" : "\(row.kind($0)) \(row.text($0))" }
    rows.append("\(row.number)\(row.isHidden ? " hidden" : ""): \(cells.joined(separator: " | "))")
  }
  return rows
}

/// The sentence of a refusal in English, `nil` where nothing was refused.
func refusal(_ body: () throws -> Void) -> WorkbookError? {
  do {
    try body()
    return nil
  } catch {
    return error as? WorkbookError
  }
}
