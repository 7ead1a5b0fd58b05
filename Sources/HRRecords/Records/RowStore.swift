/// Rows kept one after the other in a few arrays.
struct RowStore {
  private var bytes: [UInt8] = []
  private var kinds: [UInt8] = []
  private var ends: [Int32] = []
  private var rows: [(line: Int32, cells: Int32, bytes: Int32)] = []

  /// Bytes in all; what is larger is read again from the file instead.
  private static let most = 96 << 20

  var count: Int { rows.count }
  private let is1904: Bool

  init(is1904: Bool) { self.is1904 = is1904 }

  /// - Returns: `false` where there is no room for it.
  mutating func add(_ row: FileRow) -> Bool {
    guard bytes.count + kinds.count * 5 + rows.count * 12 < Self.most else { return false }
    rows.append((Int32(row.line), Int32(kinds.count), Int32(bytes.count)))
    row.copy(to: &bytes, &ends, &kinds)
    return true
  }

  func read(_ place: Int, into row: inout FileRow) {
    let (line, cell, byte) = rows[place]
    let isLast = place + 1 == rows.count
    let lastCell = isLast ? kinds.count : Int(rows[place + 1].cells)
    let lastByte = isLast ? bytes.count : Int(rows[place + 1].bytes)
    row.begin(line: Int(line))
    row.becomeSheetRow(is1904: is1904)
    row.take(
      bytes[Int(byte)..<lastByte], ends: ends[Int(cell)..<lastCell], kinds: kinds[Int(cell)..<lastCell])
  }
}
