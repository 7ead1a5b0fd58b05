/// The rows of a sheet from top to bottom; rows without a filled cell are passed over.
package struct SheetReader: ~Copyable {
  struct Content {
    let sheet: String
    let strings: SharedStrings
    let styles: CellStyles
    let is1904: Bool
    let limits: WorkbookLimits
    let merged: [MergedRange]
  }

  private let content: Content
  private var xml: XMLReader
  private let readFraction: () -> Double
  private var lastRow = 0
  private var isInData = false
  private var cellCount = 0
  private var value: [UInt8] = []
  private var formula: [UInt8] = []
  private var rich = RichText()
  private var fill: MergedFill

  /// Widths of columns counted from 0, in characters, where the sheet tells.
  package private(set) var widths: [Int: Double] = [:]
  /// Columns that are not shown.
  package private(set) var hiddenColumns: Set<Int> = []
  /// Blocks of cells shown as one.
  package var merged: [MergedRange] { content.merged }
  /// How much is read, 0...1.
  package var fraction: Double { readFraction() }

  init(_ content: Content, _ xml: consuming XMLReader, fraction: @escaping () -> Double) {
    self.content = content
    self.xml = xml
    readFraction = fraction
    fill = MergedFill(content.merged)
  }

  /// Reads the next row that has a filled cell; `false` at the end.
  package mutating func next(_ row: inout WorkbookRow) throws(WorkbookError) -> Bool {
    while true {
      switch try xml.next() {
      case .finished: return false
      case .text: break
      case .end:
        if isInData, xml.depth == 1 { isInData = false }
      case .start:
        guard xml.namespace == .sheet else { continue }
        if isInData, xml.depth == 3, xml.isNamed("row") {
          if try read(&row) { return true }
        } else if xml.depth == 2, xml.isNamed("sheetData") {
          isInData = true
        } else if xml.isNamed("col") {
          readColumn()
        }
      }
    }
  }

  private mutating func readColumn() {
    guard let first = xml.integer("min"), let last = xml.integer("max"), first >= 1, first <= last,
      last <= WorkbookLimits.columns
    else { return }
    let isHidden = Self.isTrue(xml, "hidden")
    let width = xml.string("width").flatMap(Double.init)
    // A width for all columns to the right edge says nothing of this table.
    for column in (first - 1)..<min(last, first + 255) {
      if isHidden { hiddenColumns.insert(column) }
      if let width, width > 0, width < 256 { widths[column] = width }
    }
  }

  private static func isTrue(_ xml: borrowing XMLReader, _ name: StaticString) -> Bool {
    guard let range = xml.attribute(name) else { return false }
    return xml.equals(range, "1") || xml.equals(range, "true") || xml.equals(range, "on")
  }

  /// Reads one row; `false` where no cell is filled.
  private mutating func read(_ row: inout WorkbookRow) throws(WorkbookError) -> Bool {
    var number = xml.integer("r") ?? lastRow + 1
    if number <= lastRow { number = lastRow + 1 }
    guard number <= WorkbookLimits.rows else { throw .tooManyRows(content.sheet) }
    lastRow = number
    row.begin(number: number, isHidden: Self.isTrue(xml, "hidden"))
    var column = 0
    while true {
      switch try xml.next() {
      case .finished: return false
      case .text: break
      case .end:
        guard xml.depth == 2 else { continue }
        if row.cells.isEmpty { return false }
        fill.fill(&row)
        cellCount += row.cells.count
        if cellCount > content.limits.cells { throw .tooManyCells(content.sheet) }
        return true
      case .start:
        guard xml.depth == 4, xml.namespace == .sheet, xml.isNamed("c") else { continue }
        if let place = xml.attribute("r"), let cell = CellName.read(xml.buffer[place]) {
          column = cell.column
        }
        guard column < WorkbookLimits.columns else { throw .tooManyCells(content.sheet) }
        try readCell(into: &row, column)
        column += 1
      }
    }
  }

  private enum CellType { case number, shared, inline, string, boolean, error, date }

  private func cellType() -> CellType {
    guard let range = xml.attribute("t") else { return .number }
    if xml.equals(range, "s") { return .shared }
    if xml.equals(range, "inlineStr") { return .inline }
    if xml.equals(range, "str") { return .string }
    if xml.equals(range, "b") { return .boolean }
    if xml.equals(range, "e") { return .error }
    return xml.equals(range, "d") ? .date : .number
  }

  private mutating func readCell(into row: inout WorkbookRow, _ column: Int) throws(WorkbookError) {
    let type = cellType()
    let style = xml.integer("s") ?? 0
    let depth = xml.depth
    let start = row.bytes.count
    var (isInValue, isInFormula, hasFormula, isInInline) = (false, false, false, false)
    value.removeAll(keepingCapacity: true)
    formula.removeAll(keepingCapacity: true)
    if try xml.takeValue(into: &value) {
      put(type, style, into: &row, column, from: start, hasFormula: false)
      return
    }
    while true {
      switch try xml.next() {
      case .finished: throw xml.broken
      case .start:
        guard xml.namespace == .sheet else { continue }
        if isInInline {
          rich.start(xml)
        } else if xml.depth == depth + 1 {
          isInValue = xml.isNamed("v")
          isInFormula = xml.isNamed("f")
          if isInFormula { hasFormula = true }
          isInInline = xml.isNamed("is")
          if isInInline { rich.begin(start) }
        }
      case .text:
        if isInInline {
          rich.text(xml, to: &row.bytes)
        } else if isInValue {
          xml.appendText(to: &value)
        } else if isInFormula, formula.count < 8192 {
          xml.appendText(to: &formula)
        }
        if row.bytes.count - start > content.limits.cellBytes || value.count > content.limits.cellBytes {
          throw .hugeCell("\(CellName.column(column))\(row.number)")
        }
      case .end:
        if isInInline { rich.end(xml) }
        if xml.depth == depth {
          (isInValue, isInFormula, isInInline) = (false, false, false)
        } else if xml.depth < depth {
          put(type, style, into: &row, column, from: start, hasFormula: hasFormula)
          return
        }
      }
    }
  }

  private mutating func put(
    _ type: CellType, _ style: Int, into row: inout WorkbookRow, _ column: Int, from start: Int,
    hasFormula: Bool
  ) {
    var kind = WorkbookRow.Kind.text
    switch type {
    case .inline: XMLText.readEscapes(&row.bytes, from: start)
    case .shared:
      if let index = CellNumber.integer(value), let range = content.strings[index] {
        row.bytes.append(contentsOf: content.strings.bytes[range])
      }
    case .string:
      row.bytes.append(contentsOf: value)
      XMLText.readEscapes(&row.bytes, from: start)
    case .boolean:
      kind = .boolean
      if !value.isEmpty {
        row.bytes.append(
          contentsOf: (value == [0x31] || value.elementsEqual("true".utf8) ? "TRUE" : "FALSE").utf8)
      }
    case .error:
      kind = .error
      row.bytes.append(contentsOf: value)
    case .date: kind = CellNumber.appendISO(value, to: &row.bytes)
    case .number:
      if value.isEmpty, hasFormula {
        kind = .formula
        row.bytes.append(UInt8(ascii: "="))
        row.bytes.append(contentsOf: formula)
      } else {
        kind = CellNumber.append(
          value, content.styles.meaning(style), is1904: content.is1904, to: &row.bytes)
      }
    }
    if row.bytes.count > start { row.put(kind, column: column, from: start, isCalculated: hasFormula) }
  }
}

/// Gives the cells below the first of a block that reaches over several rows the text that is shown for all of them: in a
/// list by decree its number and date are often written so.
struct MergedFill {
  private var waiting: ArraySlice<MergedRange>
  private var open: [(range: MergedRange, kind: WorkbookRow.Kind, bytes: [UInt8])] = []

  init(_ merged: [MergedRange]) {
    waiting = merged.filter { $0.rows.count > 1 }.sorted { $0.rows.lowerBound < $1.rows.lowerBound }[...]
  }

  mutating func fill(_ row: inout WorkbookRow) {
    guard !waiting.isEmpty || !open.isEmpty else { return }
    open.removeAll { $0.range.rows.upperBound < row.number }
    for (range, kind, bytes) in open where row[range.columns.lowerBound].isEmpty {
      let start = row.bytes.count
      row.bytes.append(contentsOf: bytes)
      row.put(kind, column: range.columns.lowerBound, from: start)
    }
    while let next = waiting.first, next.rows.lowerBound <= row.number {
      waiting.removeFirst()
      let column = next.columns.lowerBound
      // A first row that was passed over is empty, and so is the block.
      guard next.rows.lowerBound == row.number, !row[column].isEmpty, open.count < 256 else { continue }
      open.append((next, row.kind(column), Array(row[column])))
    }
  }
}

extension MergedRange {
  /// The blocks of a sheet. They stand behind its rows but are needed before, so the bytes are searched for them alone; at
  /// worst a block is missed, and its cells are the empty ones that they are in the file.
  static func all(in stream: ZipStream) throws(WorkbookError) -> [MergedRange] {
    let mark = Array("mergeCell ".utf8)
    var tail: [UInt8] = []
    var isFound = false
    while true {
      let piece = try stream.read()
      if piece.isEmpty { break }
      tail += piece
      if !isFound, let place = tail.place(of: mark) {
        isFound = true
        tail.removeFirst(place)
      } else if !isFound, tail.count > mark.count {
        tail.removeFirst(tail.count - mark.count)
      }
      if tail.count > 16 << 20 { break }
    }
    guard isFound else { return [] }
    var found: [MergedRange] = []
    var position = 0
    while let place = tail.place(of: mark, from: position), found.count < 200_000 {
      position = place + mark.count
      guard let end = tail[position...].firstIndex(of: UInt8(ascii: ">")) else { break }
      let tag = String(decoding: tail[position..<end], as: UTF8.self)
      if let ref = tag.firstRange(of: "ref=") {
        let text = tag[ref.upperBound...].dropFirst().prefix { $0 != "\"" && $0 != "'" }
        if let range = MergedRange(String(text)) { found.append(range) }
      }
    }
    return found
  }
}
