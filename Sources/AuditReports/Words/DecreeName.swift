import AuditBase

/// An SK as people name it.
package enum DecreeName {
  /// `SK 800/1`, also where the number says SK itself; a number is one line.
  package static func text(_ number: String?, _ language: Language, limit: Int = 120) -> String {
    let number = PlainText.line(number ?? "", limit: limit).split(separator: " ").joined(separator: " ")
    if number.isEmpty { return Text("tanpa nomor SK", "no decree number")[language] }
    return prefixed(number)
  }

  /// `SK 800/1`, also where the number says SK itself.
  package static func prefixed(_ number: String) -> String { saysSK(number) ? number : "SK " + number }

  /// Whether the number says SK itself, in either case.
  static func saysSK(_ number: String) -> Bool {
    var bytes = number.utf8.makeIterator()
    return bytes.next().map { $0 | 0x20 } == UInt8(ascii: "s")
      && bytes.next().map { $0 | 0x20 } == UInt8(ascii: "k")
  }

  /// What tells one number from another: it is written with and without blanks, in either case.
  static func folded(_ number: String) -> String {
    let isASCII = number.utf8.allSatisfy { $0 < 0x80 }
    guard isASCII else { return number.lowercased().filter { !$0.isWhitespace } }
    return String(unsafeUninitializedCapacity: number.utf8.count) { bytes in
      var count = 0
      for byte in number.utf8 where byte != 0x20 && !(0x09...0x0D).contains(byte) {
        bytes[count] = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        count += 1
      }
      return count
    }
  }
}
