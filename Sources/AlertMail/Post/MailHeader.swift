import AuditBase

/// Header fields: ASCII, folded, without any way to begin another one.
enum MailHeader {
  /// `name: value`, folded; a value that is not plain ASCII as encoded words (RFC 2047).
  static func text(_ name: String, _ value: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in value.unicodeScalars { clean.append(PlainText.isDangerous(scalar) ? "\u{FFFD}" : scalar) }
    let value = String(clean)
    let isPlain = value.utf8.allSatisfy { (32...126).contains($0) } && !value.contains("=?")
    return isPlain ? fold(name, value.split(separator: " ").map(String.init)) : "\(name): \(encoded(value))\n"
  }

  /// `name: word word …`, a line for as many as fit; the words are ours.
  static func fold(_ name: String, _ words: [String]) -> String {
    var text = name + ":"
    var width = text.utf8.count
    for word in words {
      if width + word.utf8.count + 1 > 76, width > name.utf8.count + 1 {
        text += "\n"
        width = 0
      }
      text += " " + word
      width += word.utf8.count + 1
    }
    return text + "\n"
  }

  /// Encoded words of at most 75 characters each, none of which cuts a scalar in two.
  static func encoded(_ value: String) -> String {
    var words: [String] = []
    var piece: [UInt8] = []
    func flush() {
      guard !piece.isEmpty else { return }
      words.append("=?UTF-8?B?" + Base64.encode(piece) + "?=")
      piece.removeAll()
    }
    for scalar in value.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      // 42 bytes are 56 characters of base64 and 68 with the frame, which leaves room for the field's name.
      if piece.count + bytes.count > 42 { flush() }
      piece += bytes
    }
    flush()
    return words.joined(separator: "\n ")
  }
}

/// RFC 4648.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 4 / 3 + 4)
    var index = 0
    while index < bytes.count {
      let rest = bytes.count - index
      let group =
        UInt32(bytes[index]) << 16 | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
        | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
      text.append(alphabet[Int(group >> 18)])
      text.append(alphabet[Int(group >> 12 & 63)])
      text.append(rest > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      text.append(rest > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// In lines of 76.
  static func lines(_ bytes: [UInt8]) -> String {
    var text = ""
    var start = 0
    while start < bytes.count {
      text += encode(Array(bytes[start..<min(start + 57, bytes.count)])) + "\n"
      start += 57
    }
    return text
  }
}

/// RFC 2045, 6.7.
enum QuotedPrintable {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Lines of at most 76, whatever the text.
  static func encode(_ text: String) -> String {
    var result: [UInt8] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      var width = 0
      for (index, byte) in zip(line.indices, line) {
        let isLast = line.index(after: index) == line.endIndex
        let isPlain =
          (33...126).contains(byte) && byte != UInt8(ascii: "=")
          || (byte == 32 || byte == 9) && !isLast
        // A dot or "From " at the start of a line is what mail systems have mangled.
        let isGuarded = width == 0 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F"))
        let piece: [UInt8] =
          isPlain && !isGuarded
          ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        if width + piece.count > 75 {
          result += "=\n".utf8
          width = 0
        }
        result += piece
        width += piece.count
      }
      result.append(UInt8(ascii: "\n"))
    }
    result.removeLast()
    return String(decoding: result, as: UTF8.self)
  }
}
