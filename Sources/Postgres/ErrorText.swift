import CLibPQ

/// Turns what libpq and the server say into text that may be logged.
enum ErrorText {
  static let longest = 300

  /// One line: control characters and runs of blanks become one blank, cut at 300 characters.
  static func oneLine(_ text: String) -> String {
    var line = ""
    var count = 0
    var gap = false
    for scalar in text.unicodeScalars {
      // Line and bidi separators as well as C0/C1: none may reach a log line or a terminal.
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned, .privateUse:
        gap = count > 0
      default:
        if gap {
          line.unicodeScalars.append(" ")
          count += 1
          gap = false
        }
        line.unicodeScalars.append(scalar)
        count += 1
      }
      if count >= longest { return line + " …" }
    }
    return line
  }

  /// What may be shown of a primary message, by the class of its SQLSTATE.
  ///
  /// Kept whole: classes whose messages quote names of objects or our own SQL only. Data, constraint and
  /// other runtime errors: everything between the first and the last quotation mark goes, since data
  /// may itself hold marks. Errors raised by functions (P0) and unknown classes: nothing is kept.
  static func safePrimary(_ primary: String, sqlstate: String) -> String {
    switch sqlstate.prefix(2) {
    case "08", "0A", "25", "26", "28", "34", "3B", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "F0":
      return primary
    case "0L", "0P", "20", "21", "22", "23", "24", "27", "2B", "2D", "44", "XX":
      return withoutQuoted(primary)
    default:
      return "an error raised within the database (message withheld, it may quote data)"
    }
  }

  /// Everything from the first to the last quotation mark of any kind becomes `"…"`.
  static func withoutQuoted(_ text: String) -> String {
    let marks: Set<Character> = ["\"", "'", "`", "«", "»", "„", "“", "”", "‘", "’", "‚", "‹", "›", "「", "」"]
    guard let first = text.firstIndex(where: marks.contains) else { return text }
    guard let last = text.lastIndex(where: marks.contains), last > first else {
      return String(text[..<first]) + "…"
    }
    return String(text[..<first]) + "\"…\"" + String(text[text.index(after: last)...])
  }

  /// SQLSTATE and primary message out of the text of a failed start-up.
  ///
  /// libpq keeps no result for those, only text; but the text is made with the connection's verbosity,
  /// and at PQERRORS_VERBOSE reads `… failed: FATAL:  28P01: message` with the severity (and only the
  /// severity and message) in the server's language. With several hosts tried, the last one counts.
  static func startup(_ text: String) -> (sqlstate: String, primary: String)? {
    let bytes = Array(text.utf8)
    let (colon, blank) = (UInt8(ascii: ":"), UInt8(ascii: " "))
    var index = bytes.count - 10
    while index >= 0 {
      if bytes[index] == colon, bytes[index + 1] == blank, bytes[index + 2] == blank,
        bytes[index + 8] == colon,
        bytes[index + 9] == blank, bytes[(index + 3)..<(index + 8)].allSatisfy(isStateByte)
      {
        let state = String(decoding: bytes[(index + 3)..<(index + 8)], as: UTF8.self)
        let rest = bytes[(index + 10)...].prefix { $0 != UInt8(ascii: "\n") }
        return (state, String(decoding: rest, as: UTF8.self))
      }
      index -= 1
    }
    return nil
  }

  private static func isStateByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}

extension PostgresError {
  /// From an error result. A FATAL or PANIC one is the session's end.
  init(result: OpaquePointer?, connection: OpaquePointer, operation: String) {
    func field(_ letter: Character) -> String? {
      guard let code = letter.asciiValue, let text = PQresultErrorField(result, Int32(code)) else {
        return nil
      }
      return String(cString: text)
    }
    let dead = PQstatus(connection) == CONNECTION_BAD
    guard let sqlstate = field("C") else {
      let text = String(cString: PQerrorMessage(connection))
      self.init(
        dead ? .connectionLost : .unsupported, operation: operation, sqlstate: nil,
        message: text.isEmpty ? "the connection was lost" : text, detail: nil)
      return
    }
    let primary = field("M") ?? ""
    var message = ErrorText.safePrimary(primary, sqlstate: sqlstate)
    let names = [("t", "table"), ("c", "column"), ("n", "constraint")].compactMap { letter, name in
      field(Character(letter)).map { "\(name) \($0)" }
    }
    if message != primary && !names.isEmpty { message += " [\(names.joined(separator: ", "))]" }
    // "V" is the severity in English whatever the server's language.
    let fatal = dead || field("V") == "FATAL" || field("V") == "PANIC"
    let full = [("M", "message"), ("D", "detail"), ("H", "hint"), ("W", "context"), ("P", "position")]
      .compactMap { letter, name in field(Character(letter)).map { "\(name): \($0)" } }
    self.init(
      fatal ? .connectionLost : .server, operation: operation, sqlstate: sqlstate, message: message,
      detail: full.joined(separator: "\n"))
  }
}
