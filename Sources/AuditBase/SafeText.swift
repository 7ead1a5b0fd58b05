/// Makes text of unknown origin harmless for a terminal, a log viewer and a line-based protocol.
///
/// The text may come from an HR database where anything can stand in a name. What is taken out is always
/// replaced by something visible, one character for one, so that a tampered value looks tampered:
///
/// - C0 controls, ESC and NUL among them, become their picture (`␛`, `␀`, `␍`), DEL becomes `␡`;
/// - a line break is kept or becomes `␤`, as ``LineBreaks`` says; CR LF counts as one; U+2028 and U+2029 too;
/// - C1 controls, bidirectional marks and overrides, tags and interlinear marks become U+FFFD;
/// - noncharacters (U+FFFE and the like) become U+FFFD: journald holds them for broken text;
/// - broken UTF-8 becomes U+FFFD.
///
/// After this `journalctl` never prints `[blob data]` and `journalctl -o json` never prints an array of bytes.
/// Not touched: letters of any script, combining marks, joiners.
package enum SafeText {
  /// What happens to line breaks.
  package enum LineBreaks: Sendable {
    /// LF is kept; CR LF, U+2028 and U+2029 become LF.
    case kept
    /// Each becomes `␤`, so that the text is one line.
    case shown
  }

  /// The longest field of an entry, in UTF-8 bytes; what is cut off is counted at the end of the text.
  ///
  /// journald discards an entry above 32 MiB without a word, so a field cannot be let grow with its source;
  /// the ledger keeps the whole value.
  package static let maximumBytes = 1 << 20

  /// `text` made harmless and cut to `maximumBytes`.
  package static func clean(_ text: String, lineBreaks: LineBreaks, maximumBytes: Int = maximumBytes)
    -> String
  {
    var text = text
    return text.withUTF8 { bytes in
      if bytes.count <= maximumBytes, plainRun(bytes, from: 0, to: bytes.count) == bytes.count {
        return String(decoding: bytes, as: UTF8.self)
      }
      return cleanSlowly(bytes, lineBreaks, maximumBytes)
    }
  }

  /// Where the run of printable ASCII that begins at `start` ends. Indices instead of closures: this sees every
  /// byte of every entry.
  private static func plainRun(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
    var next = start
    while next < end, bytes[next] >= 0x20, bytes[next] <= 0x7E { next += 1 }
    return next
  }

  /// Runs of printable ASCII are copied whole, everything else character by character.
  private static func cleanSlowly(
    _ bytes: UnsafeBufferPointer<UInt8>, _ lineBreaks: LineBreaks, _ maximumBytes: Int
  ) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(min(bytes.count, maximumBytes) + 32)
    var next = 0
    while next < bytes.count {
      let end = plainRun(bytes, from: next, to: min(bytes.count, next + maximumBytes - result.count))
      result += bytes[next..<end]
      next = end
      guard next < bytes.count else { break }
      var (scalar, width) = decode(bytes, at: next)
      if scalar == "\r", next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: "\n") {
        (scalar, width) = ("\n", 2)
      }
      let replaced = UTF8.encode(replacement(for: scalar, lineBreaks)) ?? UTF8.encodedReplacementCharacter
      guard result.count + replaced.count <= maximumBytes else {
        result += "… [+\(bytes.count - next) bytes]".utf8
        break
      }
      result += replaced
      next += width
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The scalar at `index` of valid UTF-8 (a Swift string's), with its width.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (Unicode.Scalar, Int) {
    let lead = UInt32(bytes[index])
    let (width, bits) =
      switch lead {
      case ..<0x80: (1, lead)
      case ..<0xE0: (2, lead & 0x1F)
      case ..<0xF0: (3, lead & 0x0F)
      default: (4, lead & 0x07)
      }
    var value = bits
    for next in index + 1..<index + width { value = value << 6 | UInt32(bytes[next] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
  }

  private static func replacement(
    for scalar: Unicode.Scalar, _ lineBreaks: LineBreaks
  ) -> Unicode.Scalar {
    switch scalar.value {
    case 0x0A, 0x2028, 0x2029: lineBreaks == .kept ? "\n" : "\u{2424}"
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80...0x9F: "\u{FFFD}"
    // Bidirectional marks, embeddings, overrides, isolates.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: "\u{FFFD}"
    // Interlinear annotation, tags, noncharacters.
    case 0xFFF9...0xFFFB, 0xE0000...0xE007F, 0xFDD0...0xFDEF: "\u{FFFD}"
    case let value where value & 0xFFFE == 0xFFFE: "\u{FFFD}"
    default: scalar
    }
  }
}
