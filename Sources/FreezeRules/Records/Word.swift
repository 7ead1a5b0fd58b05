/// A word or key of at most 16 ASCII letters and digits in lower case, in one register pair: posts and echelons are
/// compared by the million, and a `String` for every word would be most of the time of a verdict.
///
/// A longer word keeps its length and first 16 bytes: it equals none of the vocabulary, which is all that matters here.
struct Word: Hashable, Sendable, ExpressibleByStringLiteral {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private(set) var count = 0

  init() {}

  init(stringLiteral text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { append(byte) } }
  }

  init(_ text: some Sequence<UInt8>) { for byte in text { append(byte) } }

  @inline(__always) mutating func append(_ byte: UInt8) {
    if count < 8 {
      low |= UInt64(byte) &<< UInt64(truncatingIfNeeded: 8 &* count)
    } else if count < 16 {
      high |= UInt64(byte) &<< UInt64(truncatingIfNeeded: 8 &* (count &- 8))
    }
    count &+= 1
  }

  /// Letters and digits of a text, everything else left out: `II.b` and `ii B` are one key.
  init(squeezing text: String) {
    self.init()
    for byte in text.utf8 {
      if let kept = TextKey.lowercasedAlphanumeric(byte) {
        append(kept)
      } else if byte >= 0x80 {
        self.init(TextKey.squeezed(text).utf8)
        return
      }
    }
  }

  /// The words of a text: runs of letters and digits.
  static func all(in text: String) -> [Word] {
    var words: [Word] = []
    words.reserveCapacity(8)
    var word = Word()
    let isASCII = text.utf8.withContiguousStorageIfAvailable { bytes -> Bool in
      for byte in bytes {
        if let kept = TextKey.lowercasedAlphanumeric(byte) {
          word.append(kept)
        } else if byte >= 0x80 {
          return false
        } else if word.count > 0 {
          words.append(word)
          word = Word()
        }
      }
      return true
    }
    guard isASCII == true else { return TextKey.words(text).map { Word($0.utf8) } }
    if word.count > 0 { words.append(word) }
    return words
  }

  /// The word; of one that is longer than 16 letters the first 16.
  var text: String {
    let bytes = (0..<min(16, count)).map { place -> UInt8 in
      let (half, shift) = place < 8 ? (low, 8 * place) : (high, 8 * (place - 8))
      return UInt8(truncatingIfNeeded: half >> UInt64(shift))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @inline(__always) static func == (a: Word, b: Word) -> Bool {
    a.low == b.low && a.high == b.high && a.count == b.count
  }

  func hash(into hasher: inout Hasher) { hasher.combine(low ^ (high &* 31)) }

  /// - Parameter prefix: of at most 7 letters.
  func hasPrefix(_ prefix: Word) -> Bool {
    count >= prefix.count && low & ((1 &<< UInt64(truncatingIfNeeded: 8 &* prefix.count)) &- 1) == prefix.low
  }
}
