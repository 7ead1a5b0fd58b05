/// Nomor Induk Pegawai: 18 digits (birth YYYYMMDD, appointment YYYYMM, sex 1 or 2, serial); no check digit.
public struct NIP: Hashable, Sendable {
  /// Eighteen ASCII digits.
  public let digits: String

  /// Reads the spellings met: dots, blanks, dashes, a leading apostrophe.
  ///
  /// `nil` when what is left has not 18 digits, when a letter is among them, or when a spreadsheet damaged it:
  /// scientific notation (`1.98E+17`), or the last three digits lost to rounding (a serial is never 000).
  public init?(_ text: String) {
    var digits = ""
    for scalar in text.unicodeScalars {
      if ("0"..."9").contains(scalar) {
        digits.unicodeScalars.append(scalar)
      } else if scalar.properties.isAlphabetic {
        return nil
      }
    }
    guard digits.utf8.count == 18, !digits.hasSuffix("000") else { return nil }
    self.digits = digits
  }
}
