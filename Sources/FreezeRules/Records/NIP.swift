/// Nomor Induk Pegawai: 18 digits (birth YYYYMMDD, appointment YYYYMM, sex 1 or 2, serial); no check digit.
public struct NIP: Hashable, Sendable {
  /// Eighteen ASCII digits.
  public let digits: String

  /// Reads the spellings met: dots, blanks, dashes, a leading apostrophe.
  ///
  /// `nil` when what is left has not 18 digits, when a letter is among them, or when a spreadsheet damaged it:
  /// scientific notation (`1.98E+17`), or the last three digits lost to rounding (a serial is never 000).
  public init?(_ text: String) {
    guard let number = Self.number(text) else { return nil }
    let digits = String(number)
    self.digits = String(repeating: "0", count: 18 - digits.utf8.count) + digits
  }

  /// The eighteen digits as one number, `nil` where ``init(_:)`` gives `nil`. Makes no text.
  static func number(_ text: String) -> UInt64? {
    var count = 0
    var number: UInt64 = 0
    var isASCII = true
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        count += 1
        if count <= 18 { number = number * 10 + UInt64(byte - 0x30) }
      case 0x41...0x5A, 0x61...0x7A: return nil
      case 0x80...: isASCII = false
      default: break
      }
    }
    guard count == 18, number % 1000 != 0 else { return nil }
    return isASCII || !text.unicodeScalars.contains { $0.value >= 0x80 && $0.properties.isAlphabetic }
      ? number : nil
  }
}
