/// Kode wilayah Kemendagri (Kepmendagri 300.2.2-2138/2025 and its forerunners): province, regency, district, village as `16`,
/// `16.05`, `16.05.01`, `16.05.01.2001`.
public enum RegionCode {
  /// The code as the ministry writes it: without outer blanks, and with the dots where only its digits were kept.
  /// `nil` where the text is no such code.
  public static func read(_ text: String) -> String? {
    let trimmed = text.drop { $0.isWhitespace }
    let code = String(
      trimmed[..<(trimmed.lastIndex { !$0.isWhitespace }.map(trimmed.index(after:)) ?? trimmed.startIndex)])
    if isCode(code) { return code }
    guard [4, 6, 10].contains(code.utf8.count), code.utf8.allSatisfy(isDigit) else { return nil }
    var dotted = ""
    for (index, digit) in code.enumerated() {
      if index > 0, index % 2 == 0, index < 8 { dotted.append(".") }
      dotted.append(digit)
    }
    return dotted
  }

  /// Whether the text is a code, dots and all.
  public static func isCode(_ text: String) -> Bool {
    var groups = 0
    var digits = 0
    func isWhole() -> Bool { groups < 3 ? digits == 2 : groups == 3 && digits == 4 }
    for byte in text.utf8 {
      if isDigit(byte) {
        digits += 1
      } else {
        guard byte == UInt8(ascii: "."), isWhole() else { return false }
        groups += 1
        digits = 0
      }
    }
    return isWhole()
  }

  /// `16` covers `16` and `16.05`, not `165`.
  static func covers(_ code: String, _ region: String) -> Bool {
    guard region.hasPrefix(code) else { return false }
    return region.utf8.count == code.utf8.count
      || region.utf8[region.utf8.index(region.utf8.startIndex, offsetBy: code.utf8.count)]
        == UInt8(ascii: ".")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
