/// Of a workbook's styles, what its numbers mean.
struct CellStyles {
  private var meanings: [NumberMeaning] = []

  /// Only plain numbers.
  init() {}

  init(_ reader: consuming XMLReader) throws(WorkbookError) {
    var formats: [Int: NumberMeaning] = [:]
    var isInCells = false
    while true {
      switch try reader.next() {
      case .finished: return
      case .text: break
      case .end:
        if reader.isNamed("cellXfs") { isInCells = false }
      case .start:
        guard reader.namespace == .sheet else { continue }
        if reader.isNamed("numFmt"), let id = reader.integer("numFmtId"),
          let code = reader.string("formatCode")
        {
          formats[id] = NumberFormat.meaning(code)
        } else if reader.isNamed("cellXfs") {
          isInCells = true
        } else if isInCells, reader.isNamed("xf") {
          let id = reader.integer("numFmtId") ?? 0
          meanings.append(formats[id] ?? NumberFormat.builtIn(id))
        }
      }
    }
  }

  func meaning(_ style: Int) -> NumberMeaning { meanings.indices.contains(style) ? meanings[style] : .number }
}
