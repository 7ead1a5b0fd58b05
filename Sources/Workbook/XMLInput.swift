/// Turns the bytes of an XML file into UTF-8: UTF-16 in either order, told by its mark or by the shape of its first
/// characters, is rewritten; the mark of UTF-8 is passed over.
struct XMLInput {
  private enum Encoding { case unknown, utf8, utf16(isBigEndian: Bool) }

  private let read: () throws(WorkbookError) -> [UInt8]
  private var encoding = Encoding.unknown
  private var carried: [UInt8] = []
  private var high: UInt32?

  init(read: @escaping () throws(WorkbookError) -> [UInt8]) { self.read = read }

  /// Whether the bytes are UTF-16, whatever the file says of itself.
  var isUTF16: Bool { if case .utf16 = encoding { true } else { false } }

  /// The next piece, empty at the end.
  mutating func next() throws(WorkbookError) -> [UInt8] {
    if case .utf8 = encoding { return try read() }
    while true {
      var bytes = carried
      carried = []
      let piece = try read()
      bytes += piece
      if case .unknown = encoding {
        if bytes.count < 4, !piece.isEmpty {
          carried = bytes
          continue
        }
        let mark = detect(bytes)
        bytes.removeFirst(mark)
      }
      guard case .utf16(let isBigEndian) = encoding else { return bytes }
      let text = rewrite(bytes, isBigEndian: isBigEndian, isLast: piece.isEmpty)
      if !text.isEmpty || piece.isEmpty { return text }
    }
  }

  /// Sets the encoding; gives the length of the mark.
  private mutating func detect(_ bytes: [UInt8]) -> Int {
    func starts(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
    if starts([0xEF, 0xBB, 0xBF]) {
      encoding = .utf8
      return 3
    }
    if starts([0xFF, 0xFE]) || starts([0xFE, 0xFF]) {
      encoding = .utf16(isBigEndian: starts([0xFE, 0xFF]))
      return 2
    }
    if starts([0x3C, 0]) || starts([0, 0x3C]) {
      encoding = .utf16(isBigEndian: starts([0, 0x3C]))
    } else {
      encoding = .utf8
    }
    return 0
  }

  private mutating func rewrite(_ bytes: [UInt8], isBigEndian: Bool, isLast: Bool) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index + 1 < bytes.count {
      let (first, second) = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
      let unit = isBigEndian ? first << 8 | second : second << 8 | first
      index += 2
      if let before = high {
        high = nil
        if (0xDC00...0xDFFF).contains(unit) {
          UTF8Bytes.append(0x10000 + (before - 0xD800) << 10 + unit - 0xDC00, to: &text)
          continue
        }
        UTF8Bytes.append(0xFFFD, to: &text)
      }
      if (0xD800...0xDBFF).contains(unit) { high = unit } else { UTF8Bytes.append(unit, to: &text) }
    }
    if index < bytes.count { carried = Array(bytes[index...]) }
    if isLast, high != nil || !carried.isEmpty {
      (high, carried) = (nil, [])
      UTF8Bytes.append(0xFFFD, to: &text)
    }
    return text
  }
}

/// Characters as UTF-8.
enum UTF8Bytes {
  /// Appends a character; what is none becomes U+FFFD.
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    if let encoded = UTF8.encode(scalar) { bytes.append(contentsOf: encoded) }
  }
}
