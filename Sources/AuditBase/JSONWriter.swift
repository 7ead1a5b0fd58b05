/// Writes JSON straight into bytes, member by member in the order of the calls: for what is written so often that a tree of
/// ``JSON`` values would cost more than what it says.
///
/// Keys are ours and need no escape. What brackets are open is the caller's to know.
package struct JSONWriter {
  /// What was written.
  package private(set) var bytes: [UInt8] = []

  /// Nothing written.
  package init() {}

  /// What was written, in an array of its own that is no longer than it need be; begins anew in the room there was.
  package mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes.withUnsafeBufferPointer { Array($0) }
  }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { bytes.append(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { bytes.append(UInt8(ascii: "]")) }

  /// The key of the value that comes next.
  package mutating func key(_ key: StaticString) {
    open(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// A string, or null.
  package mutating func value(_ text: String?) {
    separate()
    if let text { JSON.write(text, into: &bytes) } else { bytes += "null".utf8 }
  }

  /// A number, or null.
  package mutating func value(_ number: Int?) { value(number.map { JSON.integer($0) } ?? .null) }

  package mutating func value(_ flag: Bool) { value(JSON.bool(flag)) }

  /// A value that was made as a tree.
  package mutating func value(_ json: JSON) {
    separate()
    json.write(into: &bytes)
  }

  /// A value that is JSON already.
  package mutating func value(written: [UInt8]) {
    separate()
    bytes += written
  }

  /// Begins a string that is made of parts.
  package mutating func beginText() { open(UInt8(ascii: "\"")) }
  /// A part of it.
  package mutating func add(_ part: String) { JSON.escape(part, into: &bytes) }
  /// A part of it that is escaped already.
  package mutating func add(escaped: [UInt8]) { bytes += escaped }
  package mutating func endText() { bytes.append(UInt8(ascii: "\"")) }

  /// A byte that needs no escape, as it is.
  package mutating func add(raw byte: UInt8) { bytes.append(byte) }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
  }

  /// A comma, unless this is the first of its object or array, or the value of a key. No value ends like these: a text ends
  /// with its quote.
  private mutating func separate() {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
    default: bytes.append(UInt8(ascii: ","))
    }
  }
}
