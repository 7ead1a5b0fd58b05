import FreezeRules

/// How much of a person is shown (UU 27/2022: no more than is needed).
public enum PersonalData: String, Sendable, CaseIterable {
  /// NIP and name cut to what tells two people apart.
  case masked
  /// As recorded.
  case full

  /// The NIP: masked, only its last four characters (sex and serial) remain.
  public func nip(_ nip: String?) -> String? {
    guard let nip, self == .masked else { return nip }
    return String(repeating: "*", count: max(0, nip.count - 4)) + nip.suffix(4)
  }

  /// The label of the kind; of a line that could not be read it is the raw line, whatever that holds.
  public func kind(_ action: PersonnelAction) -> String {
    self == .masked && action.readerNotes.contains(.unreadableLine) ? "***" : action.kind
  }

  /// A step of a derivation, which tells the label of the kind as well.
  func step(_ step: Step, of action: PersonnelAction) -> Step {
    guard case .kind(_, let scope, let derived) = step else { return step }
    return .kind(recorded: kind(action), scope: scope, derived: derived)
  }

  /// The name: masked, only the initials remain.
  public func name(_ name: String?) -> String? {
    guard let name, self == .masked else { return name }
    let words = name.split(whereSeparator: \.isWhitespace)
    return words.map { String($0.prefix(1)) + "***" }.joined(separator: " ")
  }
}

/// Text from outside made harmless for one line of a terminal, a log or a header.
public enum PlainText {
  /// Without line breaks, control characters, escapes and marks that reorder text (each becomes U+FFFD), runs of blanks
  /// folded; cut after `limit` characters with an ellipsis.
  public static func line(_ text: String, limit: Int = .max) -> String {
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
  public static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
