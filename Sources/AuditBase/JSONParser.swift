extension JSON {
  /// Reads one JSON value, keeping the order of keys; `nil` when the text is anything else.
  ///
  /// Whole numbers only, as this program writes them: a fraction or an exponent makes the text unreadable.
  /// - Complexity: linear; nesting deeper than 64 is refused.
  package init?(parsing text: String) {
    var text = text
    let parsed = text.withUTF8 { bytes -> JSON? in
      var parser = Parser(bytes: bytes)
      guard let value = parser.value(depth: 0) else { return nil }
      parser.skipBlanks()
      return parser.isAtEnd ? value : nil
    }
    guard let parsed else { return nil }
    self = parsed
  }

  /// The value under a key of an object.
  package subscript(key: String) -> JSON? {
    guard case .object(let pairs) = self else { return nil }
    return pairs.first { $0.key == key }?.value
  }

  /// The value with every string in it replaced; keys stay.
  package func replacingStrings(_ replace: (String) -> String) -> JSON {
    switch self {
    case .null, .bool, .integer: self
    case .string(let text): .string(replace(text))
    case .array(let values): .array(values.map { $0.replacingStrings(replace) })
    case .object(let pairs): .object(pairs.map { Pair($0.key, $0.value.replacingStrings(replace)) })
    }
  }

  /// An object with one value replaced, where it has that key.
  package func replacing(_ key: String, _ replace: (JSON) -> JSON) -> JSON {
    guard case .object(let pairs) = self else { return self }
    return .object(pairs.map { $0.key == key ? Pair(key, replace($0.value)) : $0 })
  }

  /// The text of a string.
  package var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The number of an integer.
  package var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// The elements of an array.
  package var array: [JSON]? { if case .array(let values) = self { values } else { nil } }
  /// The pairs of an object.
  package var pairs: [Pair]? { if case .object(let pairs) = self { pairs } else { nil } }
}

/// Recursive descent over UTF-8.
private struct Parser {
  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private static let deepest = 64

  var isAtEnd: Bool { index == bytes.count }
  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return false }
    index += count
    return true
  }

  mutating func value(depth: Int) -> JSON? {
    guard depth < Self.deepest else { return nil }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return integer()
    }
  }

  private mutating func object(depth: Int) -> JSON? {
    index += 1
    var pairs: [JSON.Pair] = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object(pairs) }
    while true {
      skipBlanks()
      guard next == UInt8(ascii: "\""), let key = string() else { return nil }
      skipBlanks()
      guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      pairs.append(JSON.Pair(key, value))
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(pairs) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func array(depth: Int) -> JSON? {
    index += 1
    var values: [JSON] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func integer() -> JSON? {
    let start = index
    _ = take(UInt8(ascii: "-"))
    let digits = index
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
    if index - digits > 1, bytes[digits] == 0x30 { return nil }
    if let byte = next, byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") { return nil }
    return Int(String(decoding: bytes[start..<index], as: UTF8.self)).map { .integer($0) }
  }

  private mutating func string() -> String? {
    index += 1
    let start = index
    // Most strings hold nothing that was escaped.
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      guard byte >= 0x20 else { return nil }
      index += 1
    }
    guard let byte = next else { return nil }
    if byte == UInt8(ascii: "\"") {
      defer { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    var text = Array(bytes[start..<index])
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        index += 1
        guard escape(into: &text) else { return nil }
      case 0..<0x20: return nil
      default:
        let run = index
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
          index += 1
        }
        text += bytes[run..<index]
      }
    }
    return nil
  }

  private mutating func escape(into text: inout [UInt8]) -> Bool {
    guard let byte = next else { return false }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"):
      guard var code = hexadecimal() else { return false }
      if (0xD800..<0xDC00).contains(code) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let low = hexadecimal(),
          (0xDC00..<0xE000).contains(low)
        else { return false }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { return false }
      text += String(Character(scalar)).utf8
    default: return false
    }
    return true
  }

  private mutating func hexadecimal() -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }
}
