/// Text of XML, read and written.
enum XMLText {
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// Appends text with its entities read and its line ends made one kind. An entity that is none stays as it stands.
  static func append(_ bytes: ArraySlice<UInt8>, isLiteral: Bool, to text: inout [UInt8]) {
    guard bytes.contains(where: { $0 == UInt8(ascii: "&") || $0 == 0x0D }) else {
      text.append(contentsOf: bytes)
      return
    }
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == 0x0D {
        text.append(0x0A)
        index += index + 1 < bytes.endIndex && bytes[index + 1] == 0x0A ? 2 : 1
      } else if byte == UInt8(ascii: "&"), !isLiteral,
        let end = bytes[index...].prefix(16).firstIndex(of: UInt8(ascii: ";")),
        let value = entity(bytes[(index + 1)..<end])
      {
        UTF8Bytes.append(value, to: &text)
        index = end + 1
      } else {
        text.append(byte)
        index += 1
      }
    }
  }

  private static func entity(_ name: ArraySlice<UInt8>) -> UInt32? {
    let name = String(decoding: name, as: UTF8.self)
    switch name {
    case "lt": return 0x3C
    case "gt": return 0x3E
    case "amp": return 0x26
    case "quot": return 0x22
    case "apos": return 0x27
    default: break
    }
    if name.hasPrefix("#x") || name.hasPrefix("#X") { return UInt32(name.dropFirst(2), radix: 16) }
    return name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
  }

  /// Reads Excel's own spelling of characters that XML cannot hold: `_x000D_`.
  static func readEscapes(_ text: inout [UInt8], from start: Int) {
    guard text.count - start >= 7, text[start...].contains(UInt8(ascii: "_")) else { return }
    var result: [UInt8] = []
    var index = start
    var isChanged = false
    while index < text.count {
      if let value = escape(text, at: index) {
        UTF8Bytes.append(value, to: &result)
        index += 7
        isChanged = true
      } else {
        result.append(text[index])
        index += 1
      }
    }
    if isChanged { text.replaceSubrange(start..., with: result) }
  }

  /// The character of `_xHHHH_`. Half a pair stands for itself: alone it is no character.
  private static func escape(_ text: [UInt8], at index: Int) -> UInt32? {
    guard text[index] == UInt8(ascii: "_"), index + 7 <= text.count, text[index + 6] == UInt8(ascii: "_"),
      text[index + 1] == UInt8(ascii: "x")
    else { return nil }
    let digits = text[(index + 2)..<(index + 6)]
    guard digits.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0) })
    else { return nil }
    guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      !(0xD800...0xDFFF).contains(value)
    else { return nil }
    return value
  }

  /// Appends text for element content or an attribute. What XML cannot hold is spelled as Excel spells it, and so is what
  /// would be read as such a spelling. Bytes that are no UTF-8 become U+FFFD.
  static func write(_ string: some StringProtocol, limit: Int = .max, to bytes: inout [UInt8]) {
    let utf8 = string.utf8
    let isPlain =
      utf8.count <= limit
      && utf8.allSatisfy {
        $0 >= 0x20 && $0 < 0x7F && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E && $0 != 0x22 && $0 != 0x5F
      }
    if isPlain {
      bytes.append(contentsOf: utf8)
      return
    }
    var room = limit
    let scalars = Array(string.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      // Excel counts UTF-16, an escape as seven.
      guard room > 8 else {
        bytes.append(contentsOf: "…".utf8)
        return
      }
      room -= scalar.value > 0xFFFF ? 2 : 1
      switch scalar {
      case "&": bytes.append(contentsOf: "&amp;".utf8)
      case "<": bytes.append(contentsOf: "&lt;".utf8)
      case ">": bytes.append(contentsOf: "&gt;".utf8)
      case "\"": bytes.append(contentsOf: "&quot;".utf8)
      case "\n", "\t": bytes.append(UInt8(scalar.value))
      case "_" where looksEscaped(scalars, at: index):
        bytes.append(contentsOf: "_x005F_".utf8)
        room -= 6
      case _
      where scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0x9F).contains(scalar.value)
        || scalar.value & 0xFFFE == 0xFFFE && scalar.value < 0x10000:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        bytes.append(contentsOf: "_x\(String(repeating: "0", count: 4 - digits.count))\(digits)_".utf8)
        room -= 6
      default: UTF8Bytes.append(scalar.value, to: &bytes)
      }
    }
  }

  private static func looksEscaped(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    index + 6 < scalars.count && scalars[index + 1] == "x" && scalars[index + 6] == "_"
      && scalars[(index + 2)...(index + 5)].allSatisfy { $0.properties.isASCIIHexDigit }
  }
}
