import Foundation

/// One line of `journalctl -o json --all`, or one of the auditor's own JSON lines.
///
/// A value is text; an array of numbers where the text is not UTF-8; an array of values where the field was given more
/// than once; null where journalctl left it out for its size. Whatever is not UTF-8 is repaired visibly.
package struct JournalLine: Sendable {
  /// Every value of every field.
  package let fields: [String: [String]]

  /// `nil` when the line is not one JSON object.
  package init?(_ line: some Collection<UInt8>) {
    guard let parsed = try? JSONSerialization.jsonObject(with: Data(line)),
      let object = parsed as? [String: Any]
    else { return nil }
    fields = object.mapValues(Self.texts)
  }

  private static func texts(_ value: Any) -> [String] {
    switch value {
    case let text as String: return [text]
    case let number as NSNumber: return [number.stringValue]
    case let list as [Any]:
      let numbers = list.compactMap { $0 as? NSNumber }
      if !list.isEmpty, numbers.count == list.count {
        return [String(decoding: numbers.map { UInt8(truncatingIfNeeded: $0.intValue) }, as: UTF8.self)]
      }
      return list.flatMap(texts)
    default: return []
    }
  }

  /// The first value of a field.
  package subscript(name: String) -> String? { fields[name]?.first }
}

/// Splits bytes that come piece by piece into lines.
package struct LineSplitter {
  private var rest: [UInt8] = []

  /// Nothing came yet.
  package init() {}

  /// Takes a piece and gives each line that is complete now, without its line break.
  package mutating func take(_ piece: some Collection<UInt8>, each: ([UInt8]) -> Void) {
    var start = piece.startIndex
    while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
      rest += piece[start..<end]
      if !rest.isEmpty { each(rest) }
      rest.removeAll(keepingCapacity: true)
      start = piece.index(after: end)
    }
    rest += piece[start...]
  }

  /// What came after the last line break, at the end of the input.
  package mutating func finish(each: ([UInt8]) -> Void) {
    if !rest.isEmpty { each(rest) }
    rest.removeAll()
  }
}
