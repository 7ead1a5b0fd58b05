import FreezeRules

/// Splits bytes into the rows of a CSV (RFC 4180, comma, semicolon, tab or bar), a piece at a time.
///
/// Our own because a bad line must not stop the run: where a quote never closes or text follows a closing quote, that
/// one line is given out as unreadable and reading goes on at the next line. Memory is one row.
struct CSVReader: RowReader {
  /// A quoted cell over more lines than this is a quote that was never closed.
  static let maximumLinesInCell = 200
  /// No row of an office's table is longer; what is, must not fill the memory, with or without a quote.
  static let maximumRowBytes = 8 << 20
  /// What may stand between cells, the likelier first.
  static let separators = [UInt8](",;\t|".utf8)

  private let source: any ByteSource
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private var line = 1
  /// Stands between the cells.
  var separator = UInt8(ascii: ",")

  /// Before the first byte.
  init(_ source: any ByteSource) { self.source = source }

  /// The first bytes, as many as there are and at most about this many, for telling what file it is.
  mutating func head(_ count: Int) throws(SourceError) -> ArraySlice<UInt8> {
    while buffer.count < count, !isAtEnd { try fill() }
    return buffer.prefix(count)
  }

  mutating func rewind() throws(SourceError) {
    try source.rewind()
    buffer.removeAll(keepingCapacity: true)
    (position, isAtEnd, line) = (0, false, 1)
  }

  var progress: (read: Int, of: Int?) {
    let file = source as? FileBytes
    return (file?.bytesRead ?? 0, file?.size)
  }

  mutating func next(into row: inout FileRow) throws(SourceError) -> Bool {
    if line == 1, position == 0 { try skipMarks() }
    while true {
      if position == buffer.count, !isAtEnd {
        try fill()
        continue
      }
      guard position < buffer.count else { return false }
      let first = buffer[position]
      if first == Self.newline || first == Self.carriageReturn {
        if first == Self.newline { line += 1 }
        position += 1
        continue
      }
      break
    }
    while true {
      let found = buffer.withUnsafeBufferPointer { Self.split($0, position, isAtEnd, separator, line, &row) }
      switch found {
      case .row(let end, let lines):
        position = end
        line += lines
      case .needsMore:
        if isAtEnd || buffer.count - position > Self.maximumRowBytes {
          try takeUnreadable(&row)
        } else {
          // Twice as much each time, so that a long row is not looked at again and again.
          let wanted = buffer.count + max(1, buffer.count - position)
          while buffer.count < wanted, !isAtEnd { try fill() }
          continue
        }
      case .unreadable: try takeUnreadable(&row)
      }
      return true
    }
  }

  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let quote = UInt8(ascii: "\"")

  private mutating func fill() throws(SourceError) {
    if position > 1 << 18 {
      buffer.removeFirst(position)
      position = 0
    }
    let piece = try source.read()
    if piece.isEmpty { isAtEnd = true } else { buffer += piece }
  }

  /// The byte order mark of UTF-8, which some programs write twice.
  private mutating func skipMarks() throws(SourceError) {
    _ = try head(8)
    while buffer[position...].starts(with: [0xEF, 0xBB, 0xBF]) {
      position += 3
      if buffer.count - position < 3, !isAtEnd { try fill() }
    }
  }

  private enum Split {
    case row(end: Int, lines: Int)
    case needsMore
    case unreadable
  }

  /// Splits the row that begins at a place, as far as the bytes reach.
  private static func split(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ isAtEnd: Bool, _ separator: UInt8, _ line: Int,
    _ row: inout FileRow
  ) -> Split {
    row.begin(line: line)
    var index = start
    var cell = start
    var lines = 0
    func part(_ end: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[cell..<end]) }
    while true {
      guard index < bytes.count else {
        guard isAtEnd else { return .needsMore }
        row.extend(part(index))
        row.endCell()
        return .row(end: index, lines: lines)
      }
      let byte = bytes[index]
      if byte == separator {
        row.extend(part(index))
        row.endCell()
        cell = index + 1
      } else if byte == newline {
        row.extend(part(index))
        row.endCell()
        return .row(end: index + 1, lines: lines + 1)
      } else if byte == carriageReturn {
        // CRLF, or the bare CR of an old spreadsheet.
        if index + 1 >= bytes.count, !isAtEnd { return .needsMore }
        row.extend(part(index))
        row.endCell()
        let isPair = index + 1 < bytes.count && bytes[index + 1] == newline
        return .row(end: index + (isPair ? 2 : 1), lines: lines + 1)
      } else if byte == quote, index == cell {
        switch quoted(bytes, &index, isAtEnd, separator, &lines, &row) {
        case .needsMore: return .needsMore
        case .unreadable: return .unreadable
        case .row: break
        }
        // What follows a closing quote is a separator, the end of the row or the end of the file.
        cell = index
        if index < bytes.count, bytes[index] == separator {
          row.endCell()
          index += 1
          cell = index
        }
        continue
      }
      index += 1
    }
  }

  /// Takes in a quoted cell, up to what follows its closing quote and the blanks behind it.
  private static func quoted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ isAtEnd: Bool, _ separator: UInt8,
    _ lines: inout Int, _ row: inout FileRow
  ) -> Split {
    var part = index + 1
    index += 1
    var linesInCell = 0
    while true {
      guard index < bytes.count else { return isAtEnd ? .unreadable : .needsMore }
      let byte = bytes[index]
      if byte == newline {
        linesInCell += 1
        lines += 1
        if linesInCell > maximumLinesInCell { return .unreadable }
      } else if byte == quote {
        row.extend(UnsafeBufferPointer(rebasing: bytes[part..<index]))
        if index + 1 >= bytes.count, !isAtEnd { return .needsMore }
        guard index + 1 < bytes.count, bytes[index + 1] == quote else { break }
        part = index + 1
        index += 1
      }
      index += 1
    }
    index += 1
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    guard index < bytes.count else { return isAtEnd ? .row(end: index, lines: 0) : .needsMore }
    let byte = bytes[index]
    return byte == separator || byte == newline || byte == carriageReturn
      ? .row(end: index, lines: 0) : .unreadable
  }

  /// Gives the line that cannot be split out as one cell, and goes on behind it; of a line without end only its beginning is
  /// kept.
  private mutating func takeUnreadable(_ row: inout FileRow) throws(SourceError) {
    row.begin(line: line)
    row.isReadable = false
    var kept: [UInt8] = []
    while true {
      let end = buffer.withUnsafeBufferPointer { bytes -> Int? in
        var index = position
        while index < bytes.count {
          if bytes[index] == Self.newline || bytes[index] == Self.carriageReturn { return index }
          index += 1
        }
        return nil
      }
      if kept.count < 4096 { kept += buffer[position..<(end ?? buffer.count)].prefix(4096) }
      if let end {
        position = end + 1
        if position == buffer.count, !isAtEnd { try fill() }
        // The other half of CRLF is passed over as a blank line; it counts the line.
        let isHalf =
          buffer[position - 1] == Self.carriageReturn && position < buffer.count
          && buffer[position] == Self.newline
        if !isHalf { line += 1 }
        break
      }
      position = buffer.count
      if isAtEnd { break }
      try fill()
    }
    row.append(kept)
  }
}
