/// Text from outside made harmless for one line of a terminal, a log or a header.
package enum PlainText {
  /// Without line breaks, control characters, escapes and marks that reorder text (each becomes U+FFFD), runs of blanks
  /// folded; cut after `limit` characters with an ellipsis.
  package static func line(_ text: String, limit: Int = .max) -> String {
    if text.utf8.count <= limit, isPlain(text) { return text }
    var result = String.UnicodeScalarView()
    var lastWasBlank = false
    for scalar in text.unicodeScalars {
      let isBlank = scalar == "\n" || scalar == "\r" || scalar == "\t" || scalar.properties.isWhitespace
      if isBlank {
        if !lastWasBlank { result.append(" ") }
      } else if isDangerous(scalar) {
        result.append("\u{FFFD}")
      } else {
        result.append(scalar)
      }
      lastWasBlank = isBlank
    }
    let line = String(result)
    guard limit < Int.max, line.count > limit else { return line }
    return line.prefix(max(0, limit - 1)) + "…"
  }

  /// ASCII without control characters and runs of blanks: most text, told apart without Unicode tables.
  private static func isPlain(_ text: String) -> Bool {
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte > 0x7E || byte == 0x20 && last == 0x20 { return false }
      last = byte
    }
    return true
  }

  /// Control characters, and marks that change the direction or are not seen.
  package static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
