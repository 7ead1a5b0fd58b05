import Testing

@testable import Workbook

@Suite("XML: what office files need of it, a piece at a time")
struct XMLTests {
  /// The events of a document as text, read in pieces of some size.
  private func events(_ bytes: [UInt8], piece: Int = 1 << 16) throws -> String {
    var rest = bytes[...]
    var reader = XMLReader(part: "test") { () throws(WorkbookError) in
      let next = Array(rest.prefix(piece))
      rest = rest.dropFirst(piece)
      return next
    }
    var result = ""
    var text: [UInt8] = []
    while true {
      let event = try reader.next()
      if event != .text, !text.isEmpty {
        result += "\"\(String(decoding: text, as: UTF8.self))\""
        text = []
      }
      switch event {
      case .finished: return result
      case .text: reader.appendText(to: &text)
      case .start:
        let name = String(decoding: reader.buffer[reader.name], as: UTF8.self)
        result += "<\(name):\(reader.namespace)" + (reader.string("a").map { " \($0)" } ?? "") + ">"
      case .end: result += "</\(String(decoding: reader.buffer[reader.name], as: UTF8.self))>"
      }
    }
  }

  private static let sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"

  @Test(
    arguments: [
      ("<a/>", "<a:none></a>"),
      ("<?xml version='1.0'?>\n<!-- <x> -->\n<r a = 'x>y' >t</r>\n<!-- end -->", "<r:none x>y>\"t\"</r>"),
      ("<r a='&lt;&#65;&#x42;&amp;&quot;'>&gt;&apos;&unknown;&</r>", "<r:none <AB&\">\">'&unknown;&\"</r>"),
      ("<r>a<![CDATA[<b>&amp;]]]]><![CDATA[>]]>c</r>", "<r:none>\"a<b>&amp;]]>c\"</r>"),
      ("<r>a\r\nb\rc</r>", "<r:none>\"a\nb\nc\"</r>"),
      (
        "<r xmlns='\(sheet)'><c xmlns='urn:x'><d/></c><e/></r>",
        "<r:sheet><c:other><d:other></d></c><e:sheet></e></r>"
      ),
      ("<x:r xmlns:x='\(strict)'><x:c/><c/></x:r>", "<r:sheet><c:sheet></c><c:none></c></r>"),
      ("<r xmlns='\(sheet)'><a xmlns=''/></r>", "<r:sheet><a:none></a></r>"),
      ("<r>Kab. Muara Enim — “Ümit”</r>", "<r:none>\"Kab. Muara Enim — “Ümit”\"</r>"),
    ]) func documents(_ document: String, _ expected: String) throws
  {
    #expect(try events(Array(document.utf8)) == expected)
    // However the bytes come.
    for piece in 1...5 { #expect(try events(Array(document.utf8), piece: piece) == expected) }
    // With a mark, and as UTF-16 in either order, with and without one.
    #expect(try events([0xEF, 0xBB, 0xBF] + document.utf8) == expected)
    let little = document.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = document.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [little, big, [0xFF, 0xFE] + little, [0xFE, 0xFF] + big] {
      for piece in [1, 3, 1000] { #expect(try events(bytes, piece: piece) == expected) }
    }
  }

  @Test(
    arguments: [
      "", "text", "<a>", "<a></b>", "<a/><b/>", "<a", "<a b>", "<a b=c/>", "<a b='c", "<a><!-- ",
      "<a><![CDATA[x</a>",
      "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "<a><</a>",
      "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "</a>", "<>", "<a/", "<![CDATA[x]]>",
    ]) func whatIsNoXMLIsSaidToBeBroken(_ document: String)
  {
    #expect(refusal { _ = try events(Array(document.utf8)) }?.cause == .broken)
  }

  @Test func depthAndTagsAreBounded() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(refusal { _ = try events(Array(deep.utf8)) }?.cause == .broken)
    let long = "<a b='" + String(repeating: "x", count: 3 << 20) + "'/>"
    #expect(refusal { _ = try events(Array(long.utf8)) }?.cause == .broken)
  }

  @Test func textOfAnyLengthComesInPieces() throws {
    let text = String(repeating: "Budi &amp; Ani\r\n", count: 40_000)
    let read = try events(Array("<a>\(text)</a>".utf8), piece: 1000)
    #expect(read == "<a:none>\"" + String(repeating: "Budi & Ani\n", count: 40_000) + "\"</a>")
  }

  @Test(
    arguments: [
      ("a<b>&\"c", "a&lt;b&gt;&amp;&quot;c"), ("\u{1}\u{1B}[31m", "_x0001__x001B_[31m"),
      ("_x0041_", "_x005F_x0041_"),
      ("a_b_xyz_", "a_b_xyz_"), ("baris\nbaru\r", "baris\nbaru_x000D_"), ("\u{FFFF}\u{85}", "_xFFFF__x0085_"),
      ("é “x” 🙂", "é “x” 🙂"),
    ]) func whatIsWrittenReadsBackAsItWas(_ text: String, _ written: String) throws
  {
    var bytes: [UInt8] = []
    XMLText.write(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == written)
    var read: [UInt8] = []
    XMLText.append(bytes[...], isLiteral: false, to: &read)
    XMLText.readEscapes(&read, from: 0)
    #expect(String(decoding: read, as: UTF8.self) == text)
  }

  @Test func textLongerThanACellIsCut() {
    var bytes: [UInt8] = []
    XMLText.write(String(repeating: "é", count: 40_000), limit: WorkbookLimits.cellCharacters, to: &bytes)
    let written = String(decoding: bytes, as: UTF8.self)
    #expect(written.utf16.count <= WorkbookLimits.cellCharacters)
    #expect(written.hasSuffix("…"))
  }
}
