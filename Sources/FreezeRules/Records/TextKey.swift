/// Texts of a record in the form in which they are compared. HR data is ASCII almost throughout, so that has a path
/// of its own; both paths give the same result on ASCII.
enum TextKey {
  /// Letters and digits in lower case, everything else left out: `Kepala Dinas, Kab. X` is `kepaladinaskabx`.
  static func squeezed(_ text: String) -> String {
    guard isASCII(text) else { return text.lowercased().filter { $0.isLetter || $0.isNumber } }
    return String(unsafeUninitializedCapacity: text.utf8.count) { buffer in
      var count = 0
      for byte in text.utf8 {
        guard let kept = lowercasedAlphanumeric(byte) else { continue }
        buffer[count] = kept
        count += 1
      }
      return count
    }
  }

  /// Whether `squeezed(text)` is `key`, without making it.
  static func squeezed(_ text: String, is key: String) -> Bool {
    var rest = key.utf8.makeIterator()
    for byte in text.utf8 {
      if byte >= 0x80 { return squeezed(text) == key }
      if let kept = lowercasedAlphanumeric(byte), rest.next() != kept {
        // Not the same so far; what follows decides only where it is not ASCII.
        return isASCII(text) ? false : squeezed(text) == key
      }
    }
    return rest.next() == nil
  }

  /// Runs of letters and digits in lower case, of a text in any script.
  static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Lower case; runs of blanks, dots, dashes and underscores become one blank, none at the ends; marks without width
  /// are left out.
  static func label(_ text: String) -> String {
    var words: [String] = []
    var word = ""
    for character in text.lowercased() {
      if character.isWhitespace || character == "." || character == "_" || character == "-" {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else if !character.unicodeScalars.allSatisfy({ $0.properties.generalCategory == .format }) {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words.joined(separator: " ")
  }

  /// Whether the text is its own ``label(_:)``: then nothing has to be made.
  static func isLabel(_ text: String) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: " "): if previous == byte { return false }
      default: return false
      }
      previous = byte
    }
    return previous != UInt8(ascii: " ")
  }

  static func isASCII(_ text: String) -> Bool {
    for byte in text.utf8 where byte >= 0x80 { return false }
    return true
  }

  @inline(__always) static func lowercasedAlphanumeric(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    default: nil
    }
  }
}
