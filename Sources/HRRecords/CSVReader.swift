/// Splits bytes into the records of a CSV (RFC 4180, comma, semicolon or tab), a piece at a time.
///
/// Our own because a bad line must not stop the run: where a quote never closes or text follows a closing quote, that
/// one line is given out as unreadable and reading goes on at the next line. Memory is one record.
struct CSVReader {
  /// One record, or one line that is none.
  enum Item: Equatable {
    /// The cells of a record that began on this 1-based line.
    case record(line: Int, cells: [[UInt8]])
    /// A line that cannot be split.
    case unreadable(line: Int, bytes: [UInt8])
  }

  /// A quoted cell over more lines than this is a quote that was never closed.
  static let maximumLinesInCell = 200
  /// A record of more bytes than this is one too.
  static let maximumRecordBytes = 64 << 20

  private let read: () throws -> [UInt8]
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private var line = 1
  /// Fixed by the first line.
  private(set) var separator: UInt8 = UInt8(ascii: ",")

  /// - Parameter read: the next piece of the file, empty at its end.
  init(read: @escaping () throws -> [UInt8]) throws {
    self.read = read
    // A pipe may give less at first than the marks of a file type are long.
    while buffer.count < 8 && !isAtEnd { try fill() }
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    separator = try detectSeparator()
  }

  /// The first bytes, for telling other file types apart.
  var head: ArraySlice<UInt8> { buffer.prefix(8) }

  /// The next record, unreadable line, or `nil` at the end. Blank lines are passed over.
  mutating func next() throws -> Item? {
    while true {
      guard try hasByte(at: position) else { return nil }
      if buffer[position] == UInt8(ascii: "\n") || buffer[position] == UInt8(ascii: "\r") {
        if buffer[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
        continue
      }
      let item = try split()
      if position > 1 << 16 {
        buffer.removeFirst(position)
        position = 0
      }
      return item
    }
  }

  private mutating func fill() throws {
    guard !isAtEnd else { return }
    let piece = try read()
    if piece.isEmpty { isAtEnd = true } else { buffer += piece }
  }

  private mutating func hasByte(at index: Int) throws -> Bool {
    while index >= buffer.count && !isAtEnd { try fill() }
    return index < buffer.count
  }

  private mutating func detectSeparator() throws -> UInt8 {
    var counts: [UInt8: Int] = [UInt8(ascii: ","): 0, UInt8(ascii: ";"): 0, UInt8(ascii: "\t"): 0]
    var index = position
    var isQuoted = false
    while try hasByte(at: index), index - position < 1 << 20 {
      let byte = buffer[index]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n") && !isQuoted { break }
      if !isQuoted, let count = counts[byte] { counts[byte] = count + 1 }
      index += 1
    }
    let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return best.map { $0.value > 0 ? $0.key : UInt8(ascii: ",") } ?? UInt8(ascii: ",")
  }

  /// Splits one record from `position`, or gives its first line out as unreadable.
  private mutating func split() throws -> Item {
    let start = position
    var cells: [[UInt8]] = []
    var cell: [UInt8] = []
    var index = start
    var lines = 0
    var isQuoted = false
    var wasQuoted = false
    while true {
      guard try hasByte(at: index) else {
        if isQuoted { return try unreadableLine(from: start) }
        cells.append(cell)
        return finish(cells, end: index, lines: lines)
      }
      let byte = buffer[index]
      index += 1
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          if try hasByte(at: index), buffer[index] == UInt8(ascii: "\"") {
            cell.append(byte)
            index += 1
          } else {
            isQuoted = false
            wasQuoted = true
          }
        } else {
          if byte == UInt8(ascii: "\n") { lines += 1 }
          if lines > Self.maximumLinesInCell || index - start > Self.maximumRecordBytes {
            return try unreadableLine(from: start)
          }
          cell.append(byte)
        }
      } else if byte == separator {
        cells.append(cell)
        cell = []
        wasQuoted = false
      } else if byte == UInt8(ascii: "\n") {
        cells.append(cell)
        return finish(cells, end: index, lines: lines + 1)
      } else if byte == UInt8(ascii: "\r") {
        // CRLF, or the bare CR of an old spreadsheet.
        let isPair = try hasByte(at: index) && buffer[index] == UInt8(ascii: "\n")
        cells.append(cell)
        return finish(cells, end: isPair ? index + 1 : index, lines: lines + 1)
      } else if byte == UInt8(ascii: "\"") && cell.isEmpty && !wasQuoted {
        isQuoted = true
      } else if wasQuoted {
        if byte == UInt8(ascii: " ") { continue }
        return try unreadableLine(from: start)
      } else {
        cell.append(byte)
      }
    }
  }

  private mutating func finish(_ cells: [[UInt8]], end: Int, lines: Int) -> Item {
    defer {
      line += lines
      position = end
    }
    return .record(line: line, cells: cells)
  }

  private mutating func unreadableLine(from start: Int) throws -> Item {
    var end = start
    while try hasByte(at: end), buffer[end] != UInt8(ascii: "\n") { end += 1 }
    defer {
      line += 1
      position = min(end + 1, buffer.count)
    }
    return .unreadable(line: line, bytes: Array(buffer[start..<end]))
  }
}
