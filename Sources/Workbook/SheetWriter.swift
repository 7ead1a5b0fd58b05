/// The XML of one written sheet.
struct SheetWriter {
  let layout: SheetLayout
  private let isFirst: Bool
  private(set) var lastRow = 0
  private var rows: [UInt8] = []
  private var isHeadWritten = false
  private var contentWidths: [Double] = []
  private var headerWidth = 0
  private var columnNames: [[UInt8]] = []

  /// Rows from which widths are taken.
  private static let sample = 400

  init(_ layout: SheetLayout, isFirst: Bool) {
    self.layout = layout
    self.isFirst = isFirst
  }

  /// The block that has the filter.
  var filterRange: String? {
    guard let row = layout.headerRow, headerWidth > 0, lastRow >= row else { return nil }
    return "A\(row):\(CellName.column(headerWidth - 1))\(lastRow)"
  }

  mutating func add(_ cells: [OutputCell], height: Double?) {
    lastRow += 1
    if lastRow == layout.headerRow { headerWidth = cells.count }
    // Titles above the header do not make their column wide.
    if !isHeadWritten, lastRow >= layout.headerRow ?? 1 {
      for (column, cell) in cells.enumerated() { widen(column, cell) }
    }
    let number = Array("\(lastRow)".utf8)
    rows.append(contentsOf: "<row r=\"".utf8)
    rows.append(contentsOf: number)
    if let height = height ?? self.height(cells) {
      rows.append(contentsOf: "\" ht=\"\(height)\" customHeight=\"1".utf8)
    }
    rows.append(contentsOf: "\">".utf8)
    for (column, cell) in cells.enumerated() { write(cell, column, number) }
    rows.append(contentsOf: "</row>".utf8)
  }

  private mutating func open(_ column: Int, _ number: [UInt8], _ look: CellLook) {
    while columnNames.count <= column { columnNames.append(Array(CellName.column(columnNames.count).utf8)) }
    rows.append(contentsOf: "<c r=\"".utf8)
    rows.append(contentsOf: columnNames[column])
    rows.append(contentsOf: number)
    // Style 0 is the program's own.
    let style = look.rawValue + 1
    rows.append(contentsOf: "\" s=\"".utf8)
    if style > 9 { rows.append(UInt8(48 + style / 10)) }
    rows.append(UInt8(48 + style % 10))
    rows.append(UInt8(ascii: "\""))
  }

  private mutating func write(_ cell: OutputCell, _ column: Int, _ number: [UInt8]) {
    switch cell {
    case .empty: return
    case .blank(let look):
      open(column, number, look)
      rows.append(contentsOf: "/>".utf8)
    case .text(let text, let look):
      open(column, number, look)
      if text.isEmpty {
        rows.append(contentsOf: "/>".utf8)
        return
      }
      rows.append(contentsOf: " t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8)
      XMLText.write(text, limit: WorkbookLimits.cellCharacters, to: &rows)
      rows.append(contentsOf: "</t></is></c>".utf8)
    case .number(let value, let look):
      open(column, number, look)
      rows.append(contentsOf: "><v>".utf8)
      rows.append(contentsOf: value.utf8)
      rows.append(contentsOf: "</v></c>".utf8)
    case .serial(let value, let look):
      open(column, number, look)
      rows.append(contentsOf: "><v>".utf8)
      let whole = Int(exactly: value)
      rows.append(contentsOf: (whole.map(String.init) ?? "\(value)").utf8)
      rows.append(contentsOf: "</v></c>".utf8)
    case .boolean(let value):
      open(column, number, .plain)
      rows.append(contentsOf: " t=\"b\"><v>\(value ? 1 : 0)</v></c>".utf8)
    }
  }

  /// The height of a row whose texts go over several lines; not every program finds it out by itself.
  private func height(_ cells: [OutputCell]) -> Double? {
    var most = 1
    for (column, cell) in cells.enumerated() {
      guard case .text(let text, let look) = cell, look.wraps else { continue }
      let width = width(column) * (look == .wrapped ? 1 : 0.9)
      var lines = 0
      for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
        lines += max(1, Int((Double(line.count) * 1.05 / width).rounded(.up)))
      }
      most = max(most, lines)
    }
    // Excel's own limit is 409 points.
    return most > 1 ? min(405, Double(most) * 15) : nil
  }

  private func width(_ column: Int) -> Double {
    let content = contentWidths.indices.contains(column) ? contentWidths[column] + 2 : 0
    return layout.widths[column] ?? min(layout.maximumWidth, max(8, content))
  }

  private mutating func widen(_ column: Int, _ cell: OutputCell) {
    let width: Double =
      switch cell {
      case .empty, .blank: 0
      case .text(let text, _):
        Double(text.split(separator: "\n").map(\.utf16.count).max() ?? 0)
          * (lastRow == layout.headerRow ? 1.1 : 1)
      case .number(let text, _): Double(text.utf8.count)
      case .serial(_, let look): look == .dateTime ? 24 : 18
      case .boolean: 6
      }
    while contentWidths.count <= column { contentWidths.append(0) }
    contentWidths[column] = max(contentWidths[column], width)
  }

  /// What is ready to be written; nothing while the widths are still open.
  mutating func take() -> [UInt8]? {
    guard lastRow >= Self.sample, rows.count > 1 << 16 else { return nil }
    return takeAll()
  }

  private mutating func takeAll() -> [UInt8] {
    defer { rows.removeAll(keepingCapacity: true) }
    if isHeadWritten { return rows }
    isHeadWritten = true
    return Array(head.utf8) + rows
  }

  private var head: String {
    let row = layout.headerRow ?? 0
    let columns = layout.frozenColumns
    var pane = ""
    if row > 0 || columns > 0 {
      let place = columns > 0 ? (row > 0 ? "bottomRight" : "topRight") : "bottomLeft"
      pane =
        "<pane\(columns > 0 ? " xSplit=\"\(columns)\"" : "")\(row > 0 ? " ySplit=\"\(row)\"" : "") topLeftCell=\"\(CellName.column(columns))\(row + 1)\" activePane=\"\(place)\" state=\"frozen\"/>"
    }
    let last = max(contentWidths.count, (layout.widths.keys.max() ?? -1) + 1)
    let widths = (0..<last).map { column -> String in
      let width = width(column)
      return "<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
    }
    return SheetXML.head
      + "<worksheet xmlns=\"\(SheetXML.main)\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView\(isFirst ? " tabSelected=\"1\"" : "") workbookViewId=\"0\">\(pane)</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>\(widths.isEmpty ? "" : "<cols>\(widths.joined())</cols>")<sheetData>"
  }

  /// Pages beside each other on paper: some 230 characters go on one and can still be read.
  private var pages: Int {
    let last = max(contentWidths.count, (layout.widths.keys.max() ?? -1) + 1)
    return max(1, Int(((0..<last).reduce(0) { $0 + width($1) } / 230).rounded(.up)))
  }

  /// The rest of the sheet.
  mutating func finish() -> [UInt8] {
    var end = "</sheetData>"
    if let filterRange { end += "<autoFilter ref=\"\(filterRange)\"/>" }
    if !layout.merged.isEmpty {
      let blocks = layout.merged.map {
        "<mergeCell ref=\"\(CellName.column($0.columns.lowerBound))\($0.rows.lowerBound):\(CellName.column($0.columns.upperBound))\($0.rows.upperBound)\"/>"
      }
      end += "<mergeCells count=\"\(blocks.count)\">\(blocks.joined())</mergeCells>"
    }
    end +=
      "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"\(pages)\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    return takeAll() + Array(end.utf8)
  }
}
