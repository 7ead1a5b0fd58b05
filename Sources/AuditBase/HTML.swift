/// Text that is HTML already: markup of ours, with every text from outside escaped.
///
/// What is put into a literal is escaped unless it is HTML itself, so that forgetting it cannot happen:
/// `"<li>\(name)</li>" as HTML`. By bytes, not characters: a quote followed by a combining mark is one character that
/// equals no quote, and would end an attribute.
package struct HTML: ExpressibleByStringInterpolation, Sendable, Hashable {
  /// The markup.
  package private(set) var bytes: [UInt8]

  /// Nothing.
  package init() { bytes = [] }

  /// Text with what HTML would read as markup escaped.
  package init(text: String) {
    bytes = []
    append(text: text)
  }

  package init(stringLiteral text: String) { bytes = Array(text.utf8) }
  package init(stringInterpolation interpolation: StringInterpolation) { bytes = interpolation.html.bytes }

  /// The markup as a string.
  package var string: String { String(decoding: bytes, as: UTF8.self) }
  /// Whether there is none.
  package var isEmpty: Bool { bytes.isEmpty }

  /// Appends markup.
  package mutating func append(_ html: HTML) { bytes += html.bytes }

  package static func += (left: inout HTML, right: HTML) { left.append(right) }
  package static func + (left: HTML, right: HTML) -> HTML {
    var sum = left
    sum.append(right)
    return sum
  }

  fileprivate mutating func append(text: String) {
    var text = text
    text.withUTF8 { utf8 in
      // Runs without anything to escape are copied whole.
      var start = 0
      for next in utf8.indices {
        guard let escape = Self.escape(utf8[next]) else { continue }
        bytes += utf8[start..<next]
        append(markup: escape)
        start = next + 1
      }
      bytes += utf8[start...]
    }
  }

  @inline(__always)
  private static func escape(_ byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }

  private mutating func append(markup: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: markup.utf8Start, count: markup.utf8CodeUnitCount))
  }

  /// Takes the pieces of a literal in: markup as it is, everything else escaped.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = HTML()

    package init(literalCapacity: Int, interpolationCount: Int) {
      html.bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    package mutating func appendLiteral(_ markup: String) {
      var markup = markup
      markup.withUTF8 { html.bytes += $0 }
    }
    package mutating func appendInterpolation(_ markup: HTML) { html.append(markup) }
    package mutating func appendInterpolation(_ parts: some Sequence<HTML>) {
      for part in parts { html.append(part) }
    }
    package mutating func appendInterpolation(_ text: String) { html.append(text: text) }
    package mutating func appendInterpolation(_ number: some BinaryInteger) {
      html.bytes += String(number).utf8
    }
  }
}

extension Sequence<HTML> {
  /// All of them, one after the other.
  package func joined(separator: HTML = HTML()) -> HTML {
    var result = HTML()
    var isFirst = true
    for part in self {
      if !isFirst { result.append(separator) }
      isFirst = false
      result.append(part)
    }
    return result
  }
}
