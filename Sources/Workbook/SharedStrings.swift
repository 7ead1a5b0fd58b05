/// The texts that the sheets of a workbook point to by number, one after the other in one array.
struct SharedStrings {
  private(set) var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// No texts.
  init() {}

  init(_ reader: consuming XMLReader, limits: WorkbookLimits) throws(WorkbookError) {
    var string = RichText()
    while true {
      switch try reader.next() {
      case .finished: return
      case .start:
        if reader.depth == 2, reader.isNamed("si"), reader.namespace == .sheet { string.begin(bytes.count) }
        string.start(reader)
      case .text: string.text(reader, to: &bytes)
      case .end:
        string.end(reader)
        if reader.depth == 1, reader.isNamed("si"), reader.namespace == .sheet {
          XMLText.readEscapes(&bytes, from: string.start)
          ends.append(bytes.count)
        }
      }
      if bytes.count - string.start > limits.cellBytes { throw .hugeCell("xl/sharedStrings.xml") }
      // A text of no bytes costs its place.
      if bytes.count + ends.count * 8 > limits.sharedBytes { throw .bomb("xl/sharedStrings.xml") }
    }
  }

  /// The place of a text in ``bytes``; `nil` for a number that nothing stands behind.
  subscript(index: Int) -> Range<Int>? {
    guard ends.indices.contains(index) else { return nil }
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }
}

/// The text of `<si>` or `<is>`: a plain `<t>`, or the runs of a rich one. How East Asian names are read aloud (`<rPh>`) is no
/// part of it.
struct RichText {
  private(set) var start = 0
  private var isInText = false
  private var aloudDepth = 0

  mutating func begin(_ start: Int) {
    self.start = start
    isInText = false
    aloudDepth = 0
  }

  mutating func start(_ reader: borrowing XMLReader) {
    guard reader.namespace == .sheet else { return }
    if reader.isNamed("rPh") { aloudDepth = reader.depth }
    if reader.isNamed("t"), aloudDepth == 0 { isInText = true }
  }

  func text(_ reader: borrowing XMLReader, to bytes: inout [UInt8]) {
    if isInText { reader.appendText(to: &bytes) }
  }

  mutating func end(_ reader: borrowing XMLReader) {
    if reader.isNamed("t") { isInText = false }
    if aloudDepth > reader.depth { aloudDepth = 0 }
  }
}
