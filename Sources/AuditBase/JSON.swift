/// A JSON value whose object keys keep their order: what is signed, compared and read by people must not shuffle.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSON])
  case object([Pair])

  /// One key and value of an object.
  package struct Pair: Sendable, Hashable {
    /// The key.
    package var key: String
    /// The value.
    package var value: JSON

    /// A pair.
    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// An object of these pairs, in this order.
  package static func object(_ pairs: KeyValuePairs<String, JSON>) -> JSON {
    .object(pairs.map { Pair($0.key, $0.value) })
  }

  /// The string, or null.
  package static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

  /// An array of strings.
  package static func texts(_ texts: some Sequence<String>) -> JSON { .array(texts.map { .string($0) }) }

  /// Compact JSON in UTF-8 without a newline anywhere: control characters, U+2028 and U+2029 are escaped.
  package func write(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .string(let text): Self.write(text, into: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let pairs):
      bytes.append(UInt8(ascii: "{"))
      for (index, pair) in pairs.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(pair.key, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        pair.value.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Compact JSON.
  package var text: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2048)
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text as a JSON string, quotes included.
  package static func write(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    escape(text, into: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// The same without the quotes: a part of a string.
  static func escape(_ text: String, into bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { utf8 in
      // Runs without anything to escape are copied whole.
      var start = 0
      var next = 0
      while next < utf8.count {
        let width = widthToEscape(utf8, at: next)
        guard width > 0 else {
          next += 1
          continue
        }
        bytes += utf8[start..<next]
        escape(utf8, at: next, into: &bytes)
        next += width
        start = next
      }
      bytes += utf8[start...]
    }
  }

  /// Bytes of the character at this place if it is written as an escape, else 0: quotes, controls (U+0000-001F, 007F-009F) and
  /// what breaks or turns a line (U+2028-202E, U+2066-2069).
  @inline(__always)
  private static func widthToEscape(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    switch utf8[index] {
    case 0..<0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "\\"): 1
    case 0xC2: utf8[index + 1] < 0xA0 ? 2 : 0
    case 0xE2:
      switch (utf8[index + 1], utf8[index + 2]) {
      case (0x80, 0xA8...0xAE), (0x81, 0xA6...0xA9): 3
      default: 0
      }
    default: 0
    }
  }

  private static func escape(
    _ utf8: UnsafeBufferPointer<UInt8>, at index: Int, into bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "\\"))
    let scalar: UInt16
    switch utf8[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return bytes.append(utf8[index])
    case UInt8(ascii: "\n"): return bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): return bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): return bytes.append(UInt8(ascii: "t"))
    case 0xC2: scalar = UInt16(utf8[index + 1])
    case 0xE2: scalar = 0x2000 | UInt16(utf8[index + 1] & 0x3F) << 6 | UInt16(utf8[index + 2] & 0x3F)
    case let control: scalar = UInt16(control)
    }
    bytes.append(UInt8(ascii: "u"))
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: scalar >> UInt16(shift)) & 0xF
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
