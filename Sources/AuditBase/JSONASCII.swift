extension String {
  /// The same JSON in ASCII alone, every other character as the escapes of its UTF-16 units: what a database of any encoding
  /// takes. Text that is no JSON is told apart from it just as well.
  package var asciiEscaped: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count + 64)
    for scalar in unicodeScalars {
      if scalar.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        continue
      }
      for unit in scalar.utf16 {
        let digits = String(unit, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
