/// Columns that text takes on a terminal.
enum TextWidth {
  /// Columns of a line: 2 for wide East Asian signs and emoji, 0 for marks that combine.
  static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  /// Columns of one sign.
  static func of(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The text cut to that many columns, with an ellipsis where something is missing.
  static func fit(_ text: String, _ width: Int) -> String {
    guard text.utf8.count > width, of(text) > width else { return text }
    var result = ""
    var used = 0
    for character in text {
      let columns = of(character)
      if used + columns > width - 1 { break }
      result.append(character)
      used += columns
    }
    return result + "…"
  }

  /// Lines of at most that many columns, each after the indent; a word that is longer than a line is broken.
  static func wrap(_ text: String, indent: String, _ width: Int) -> [String] {
    let room = max(8, width - of(indent))
    var lines: [String] = []
    var line = ""
    var used = 0
    func flush() {
      lines.append(indent + line)
      line = ""
      used = 0
    }
    for word in text.split(separator: " ") {
      let columns = of(word)
      if used > 0, used + 1 + columns > room { flush() }
      if columns <= room {
        line += (used > 0 ? " " : "") + word
        used += (used > 0 ? 1 : 0) + columns
        continue
      }
      for character in word {
        if used + of(character) > room { flush() }
        line.append(character)
        used += of(character)
      }
    }
    if used > 0 || lines.isEmpty { flush() }
    return lines
  }
}
