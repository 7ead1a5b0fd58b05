import AuditBase
import FreezeRules

/// What is refused before a parser sees the text, so that no file can crash, stall or half-read it: files of another
/// size than a person writes, control characters (a NUL would end the text early), nesting beyond any use, and anchors
/// with their aliases (a few lines of them can stand for billions of values).
enum YAMLGuard {
  /// Bytes; the shipped rules take 6 KB.
  static let maximumSize = 1 << 20
  /// Brackets, list marks or blanks at the start of a line.
  static let maximumDepth = 64

  static func check(_ text: String, file: String) throws(FileError) {
    guard text.utf8.count <= maximumSize else { throw tooBig(file) }
    var scan = Scan()
    var line = 1
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if let problem = scan.take(byte) { throw FileError(file: file, line: line, key: "", problem.text) }
    }
  }

  static func tooBig(_ file: String) -> FileError {
    FileError(
      file: file, line: 0, key: "",
      Text(
        "berkas lebih besar dari \(maximumSize) byte; berkas aturan dan kalender jauh lebih kecil",
        "the file is larger than \(maximumSize) bytes; rule and calendar files are far smaller"))
  }

  enum Problem {
    case control
    case nesting
    case anchor

    var text: Text {
      switch self {
      case .control:
        Text(
          "ada karakter kendali (misalnya NUL); hanya teks yang boleh",
          "there is a control character (such as NUL); only text is allowed")
      case .nesting:
        Text(
          "bersarang lebih dari \(maximumDepth) tingkat; yang boleh paling banyak \(maximumDepth)",
          "nested more than \(maximumDepth) levels; at most \(maximumDepth) are allowed")
      case .anchor:
        Text(
          "jangkar dan alias YAML (& dan *) tidak boleh; beri tanda kutip bila itu teks",
          "YAML anchors and aliases (& and *) are not allowed; quote it where it is text")
      }
    }
  }

  /// Just enough of YAML's lexical structure to know what lies in quotes and comments.
  private struct Scan {
    var quote: UInt8?
    var isEscaped = false
    /// The byte before ended a text in single quotes.
    var wasQuote = false
    var isComment = false
    var flowDepth = 0
    var lineMarks = 0
    var isLineStart = true
    /// A token could begin here.
    var isFresh = true
    /// `&` or `*` at the start of a token, waiting for what follows.
    var isSigil = false

    mutating func take(_ byte: UInt8) -> Problem? {
      let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      let isNewline = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if byte < 0x20, !isBlank, !isNewline { return .control }
      if byte == 0x7F { return .control }
      if isSigil {
        isSigil = false
        if !isBlank, !isNewline { return .anchor }
      }
      if isNewline {
        isComment = false
        isLineStart = true
        lineMarks = 0
        isFresh = true
        return nil
      }
      if isComment { return nil }
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if open == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == open {
          quote = nil
          wasQuote = open == UInt8(ascii: "'")
        }
        return nil
      }
      defer { wasQuote = false }
      defer { isFresh = isBlank || "[{,:-?".utf8.contains(byte) }
      if isLineStart {
        // Blanks, and the dashes and question marks that nest on one line.
        if isBlank || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?") {
          lineMarks += 1
          return lineMarks > 2 * maximumDepth ? .nesting : nil
        }
        isLineStart = false
      }
      switch byte {
      // A quote right behind the one that closed is no end: `'it''s'` is one text.
      case UInt8(ascii: "'") where wasQuote: quote = byte
      case UInt8(ascii: "'"), UInt8(ascii: "\""): if isFresh { quote = byte }
      case UInt8(ascii: "#"): if isFresh { isComment = true }
      case UInt8(ascii: "&"), UInt8(ascii: "*"): isSigil = isFresh
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        flowDepth += 1
        if flowDepth > maximumDepth { return .nesting }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): flowDepth = max(0, flowDepth - 1)
      default: break
      }
      return nil
    }
  }
}
