import AuditBase
import Testing

@testable import SystemLog

@Suite("Foreign text is made harmless")
struct SafeTextTests {
  static let table: [(String, kept: String, shown: String)] = [
    ("Kabupaten Banyuasin", "Kabupaten Banyuasin", "Kabupaten Banyuasin"),
    ("Ñoño ꦲꦏ꧀ꦱꦫ 👩‍👩‍👧 e\u{301}", "Ñoño ꦲꦏ꧀ꦱꦫ 👩‍👩‍👧 e\u{301}", "Ñoño ꦲꦏ꧀ꦱꦫ 👩‍👩‍👧 e\u{301}"),
    ("", "", ""),
    ("a\nb", "a\nb", "a␤b"),
    ("a\r\nb", "a\nb", "a␤b"),
    ("a\r\r\nb\r", "a␍\nb␍", "a␍␤b␍"),
    ("a\u{2028}b\u{2029}c", "a\nb\nc", "a␤b␤c"),
    ("a\u{0}b", "a␀b", "a␀b"),
    ("\u{1B}[31mmerah\u{1B}]0;judul\u{7}", "␛[31mmerah␛]0;judul␇", "␛[31mmerah␛]0;judul␇"),
    ("a\tb\u{8}\u{7F}", "a␉b␈␡", "a␉b␈␡"),
    ("\u{9B}31m\u{85}", "\u{FFFD}31m\u{FFFD}", "\u{FFFD}31m\u{FFFD}"),
    (
      "\u{202E}gnj.exe\u{2066}x\u{200F}\u{061C}", "\u{FFFD}gnj.exe\u{FFFD}x\u{FFFD}\u{FFFD}",
      "\u{FFFD}gnj.exe\u{FFFD}x\u{FFFD}\u{FFFD}"
    ),
    (
      "\u{E0041}\u{FFF9}\u{FFFB}", "\u{FFFD}\u{FFFD}\u{FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}"
    ),
  ]

  @Test("each hostile value", arguments: table)
  func hostileValues(given: String, kept: String, shown: String) {
    #expect(SafeText.clean(given, lineBreaks: .kept) == kept)
    #expect(SafeText.clean(given, lineBreaks: .shown) == shown)
    #expect(SafeText.clean(kept, lineBreaks: .kept) == kept, "cleaning twice changes nothing")
  }

  @Test("every scalar of Unicode comes out printable, and none is lost or doubled")
  func everyScalar() {
    for block in stride(from: UInt32(0), through: 0x10FF00, by: 0x100) {
      let scalars = (block..<block + 0x100).compactMap { Unicode.Scalar($0) }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      let cleaned = SafeText.clean(String(text), lineBreaks: .shown).unicodeScalars
      #expect(cleaned.count == scalars.count, "U+\(String(block, radix: 16))")
      let bad = cleaned.first { scalar in
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0xFDD0...0xFDEF: true
        case let value: value & 0xFFFE == 0xFFFE
        }
      }
      #expect(bad == nil, "U+\(String(block, radix: 16))")
    }
  }

  @Test(
    "noncharacters, which journald holds for broken text",
    arguments: [0xFDD0, 0xFDEF, 0xFFFE, 0x1FFFF] as [UInt32])
  func noncharacters(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(SafeText.clean(String(Character(scalar)), lineBreaks: .kept) == "\u{FFFD}")
  }

  @Test("too much is cut between characters and counted", arguments: ["a", "é", "€", "😀"])
  func cut(letter: String) {
    let cleaned = SafeText.clean(String(repeating: letter, count: 100), lineBreaks: .kept, maximumBytes: 50)
    let width = letter.utf8.count
    let expected = String(repeating: letter, count: 50 / width) + "… [+\((100 - 50 / width) * width) bytes]"
    #expect(cleaned == expected)
  }
}
