/// An attribute of the last start tag, as places in the reader's bytes.
struct XMLAttribute {
  /// With its prefix.
  let name: Range<Int>
  /// Where its local name begins.
  let local: Int
  let value: Range<Int>
}

extension XMLReader {
  /// The value of an attribute without a prefix, entities and all.
  func attribute(_ name: StaticString) -> Range<Int>? {
    for attribute in attributes where attribute.local == attribute.name.lowerBound {
      if equals(attribute.name, name) { return attribute.value }
    }
    return nil
  }

  /// The value of an attribute, with its entities read.
  func string(_ name: StaticString) -> String? { attribute(name).map { string($0) } }

  /// The value of an attribute of another vocabulary.
  func string(_ name: StaticString, in namespace: XMLNamespace) -> String? {
    for attribute in attributes where attribute.local > attribute.name.lowerBound {
      guard equals(attribute.local..<attribute.name.upperBound, name) else { continue }
      let prefix = buffer[attribute.name.lowerBound..<(attribute.local - 1)]
      if scope.namespace(of: prefix) == namespace { return string(attribute.value) }
    }
    return nil
  }

  func string(_ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    XMLText.append(buffer[range], isLiteral: false, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A number without sign, `nil` where the attribute is missing or anything else.
  func integer(_ name: StaticString) -> Int? {
    guard let range = attribute(name), !range.isEmpty, range.count <= 9 else { return nil }
    var number = 0
    for byte in buffer[range] {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }

  /// Appends the text of a `.text` event, read.
  func appendText(to bytes: inout [UInt8]) { XMLText.append(buffer[text], isLiteral: isLiteral, to: &bytes) }

  /// Any other encoding that a declaration names would be read as nonsense.
  func checkEncoding(_ range: Range<Int>) throws(WorkbookError) {
    let text = String(decoding: buffer[range], as: UTF8.self)
    guard text.hasPrefix("<?xml"), let place = text.firstRange(of: "encoding") else { return }
    let name = text[place.upperBound...].drop { $0 == "=" || $0 == "\"" || $0 == "'" || $0.isWhitespace }
      .prefix { $0 != "\"" && $0 != "'" }.lowercased()
    let known = ["utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"]
    if !known.contains(name) { throw .broken("XML: \(part): encoding \(ZipReader.printable(name))") }
  }
}
