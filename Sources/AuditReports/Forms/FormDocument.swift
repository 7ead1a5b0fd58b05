import AuditBase
import Workbook

// MARK: A document to edit

extension FilledForm {
  /// The form as `.docx`: the least that Office Open XML asks for, so that any word processor opens it.
  package func document() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var zip = ZipWriter { bytes += $0 }
    try zip.add("[Content_Types].xml", Self.types)
    try zip.add("_rels/.rels", Self.relations)
    try zip.begin("word/document.xml")
    try zip.write(xml.bytes)
    try zip.end()
    try zip.finish()
    return bytes
  }

  private static let types = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
    <Default Extension="xml" ContentType="application/xml"/>\
    <Override PartName="/word/document.xml" \
    ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
    """

  private static let relations = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" \
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
    Target="word/document.xml"/></Relationships>
    """

  /// Escaped as HTML is, which XML reads the same way.
  private var xml: HTML {
    let parts: [HTML] = blocks.map(Self.xml)
    return """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\(parts)\
      <w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="1020" w:bottom="1020" w:left="1020" \
      w:header="0" w:footer="0" w:gutter="0"/></w:sectPr></w:body></w:document>
      """
  }

  private static func xml(_ block: Block) -> HTML {
    switch block {
    case .title(let cell):
      "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>\(runs(cell, isBold: true, size: 28))</w:p>"
    case .heading(let cell):
      "<w:p><w:pPr><w:keepNext/><w:spacing w:before=\"200\"/></w:pPr>\(runs(cell, isBold: true, size: 24))</w:p>"
    case .paragraph(let cell): "<w:p><w:pPr><w:spacing w:after=\"120\"/></w:pPr>\(runs(cell))</w:p>"
    case .table(let header, let rows): table(header, rows)
    }
  }

  private static func table(_ header: [[Cell]], _ rows: [[Cell]]) -> HTML {
    let columns = (header + rows).map(\.count).max() ?? 1
    // The labels of a table without a header are narrower than what stands beside them.
    let widths = (0..<columns).map { place in
      header.isEmpty && columns == 2 ? [3200, 6666][place] : 9866 / columns
    }
    let grid: [HTML] = widths.map { "<w:gridCol w:w=\"\($0)\"/>" }
    let edges: [HTML] = ["top", "left", "bottom", "right", "insideH", "insideV"].map {
      "<w:\($0) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
    }
    func row(_ cells: [Cell], isHeader: Bool) -> HTML {
      let written: [HTML] = widths.indices.map { place in
        let isBold = isHeader || header.isEmpty && place == 0
        let cell = place < cells.count ? cells[place] : []
        return
          "<w:tc><w:tcPr><w:tcW w:w=\"\(widths[place])\" w:type=\"dxa\"/></w:tcPr><w:p>\(runs(cell, isBold: isBold, size: header.isEmpty ? 22 : 18))</w:p></w:tc>"
      }
      let repeats: HTML =
        isHeader ? "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:trPr><w:cantSplit/></w:trPr>"
      return "<w:tr>\(repeats)\(written)</w:tr>"
    }
    let lines: [HTML] = header.map { row($0, isHeader: true) } + rows.map { row($0, isHeader: false) }
    return """
      <w:tbl><w:tblPr><w:tblW w:w="9866" w:type="dxa"/><w:tblBorders>\(edges)</w:tblBorders><w:tblLayout \
      w:type="fixed"/></w:tblPr><w:tblGrid>\(grid)</w:tblGrid>\(lines)</w:tbl><w:p/>
      """
  }

  private static func runs(_ cell: Cell, isBold: Bool = false, size: Int = 22) -> HTML {
    let bold: HTML = isBold ? "<w:b/>" : ""
    let parts: [HTML] = cell.map { run in
      let colour: HTML = run.isBlank ? "<w:color w:val=\"555555\"/>" : ""
      return
        "<w:r><w:rPr>\(bold)\(colour)<w:sz w:val=\"\(size)\"/></w:rPr><w:t xml:space=\"preserve\">\(held(run.text))</w:t></w:r>"
    }
    return parts.joined()
  }

  /// The text without what XML cannot hold at all.
  private static func held(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter {
          ($0.value >= 0x20 || $0 == "\t") && $0.value != 0xFFFE && $0.value != 0xFFFF
        }))
  }
}
