import CLibPQ
import Glibc

/// A value bound to `$1`, `$2`, …
///
/// Scalars and text or integer arrays go as text without a type, so that the statement decides:
/// write `$1::date[]`, or let the target column tell. Bytes go binary as `bytea`.
public enum Parameter: Sendable, Equatable {
  /// SQL NULL.
  case null
  /// Text, or the text form of any type. A NUL character in it is refused (`unsupported`).
  case text(String)
  /// An integer.
  case int(Int64)
  /// `true` or `false`.
  case bool(Bool)
  /// `bytea`.
  case bytes([UInt8])
  /// An array of texts (or of the text form of any type); nil is NULL. For `unnest($1::text[])`.
  case texts([String?])
  /// An array of integers; nil is NULL. For `unnest($1::bigint[])`.
  case ints([Int64?])
  /// `bytea[]`; nil is NULL.
  case byteArrays([[UInt8]?])
  /// `text[]` in binary form, for many or long texts; nil is NULL. Only where the statement says `::text[]`.
  case textArray([String?])

  /// The text, or NULL when nil.
  public static func text(_ value: String?) -> Parameter { value.map { .text($0) } ?? .null }
  /// The integer, or NULL when nil.
  public static func int(_ value: Int64?) -> Parameter { value.map { .int($0) } ?? .null }
  /// The bytes, or NULL when nil.
  public static func bytes(_ value: [UInt8]?) -> Parameter { value.map { .bytes($0) } ?? .null }
}

/// Parameters laid out the way PQsendQueryParams takes them: one buffer, and where each value starts in it.
struct EncodedParameters {
  private(set) var bytes: [UInt8] = []
  private var offsets: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []
  private var types: [Oid] = []

  private static let byteaType: Oid = 17
  private static let byteaArrayType: Oid = 1001
  private static let textType: Oid = 25
  private static let textArrayType: Oid = 1009

  init(_ parameters: [Parameter], operation: String) throws(PostgresError) {
    for (index, parameter) in parameters.enumerated() {
      let start = bytes.count
      var (isNull, isBinary, type) = (false, false, Oid(0))
      switch parameter {
      case .null: isNull = true
      case .text(let text): bytes.append(contentsOf: text.utf8)
      case .int(let value): bytes.append(contentsOf: String(value).utf8)
      case .bool(let value): bytes.append(UInt8(ascii: value ? "t" : "f"))
      case .texts(let values): appendLiteral(values)
      case .ints(let values): appendLiteral(values)
      case .bytes(let value):
        (isBinary, type) = (true, EncodedParameters.byteaType)
        bytes.append(contentsOf: value)
      case .byteArrays(let values):
        (isBinary, type) = (true, EncodedParameters.byteaArrayType)
        appendBinary(values, of: EncodedParameters.byteaType)
      case .textArray(let values):
        if values.contains(where: { $0.map(Self.holdsNUL) ?? false }) { throw Self.nul(index, operation) }
        (isBinary, type) = (true, EncodedParameters.textArrayType)
        appendBinary(values.map { $0?.utf8 }, of: EncodedParameters.textType)
      }
      if !isBinary {
        // Text values end at their NUL in the protocol: anything after one would be lost without a word.
        if bytes[start...].contains(0) { throw Self.nul(index, operation) }
      }
      let length = bytes.count - start
      guard let length32 = Int32(exactly: length), length32 < 1 << 30 else {
        throw PostgresError(
          .unsupported, operation: operation, message: "parameter $\(index + 1) is larger than 1 GB")
      }
      if !isBinary { bytes.append(0) }
      offsets.append(isNull ? nil : start)
      lengths.append(length32)
      formats.append(isBinary ? 1 : 0)
      types.append(type)
    }
    // So that even an empty last value has an address inside the buffer.
    bytes.append(0)
  }

  /// Array literal: every element quoted, `"` and `\` escaped, so that no element can be read otherwise.
  private mutating func appendLiteral(_ values: [String?]) {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    bytes.append(UInt8(ascii: "{"))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      guard let value else {
        bytes.append(contentsOf: "NULL".utf8)
        continue
      }
      bytes.append(quote)
      var text = value
      text.withUTF8 { utf8 in
        var start = 0
        for index in utf8.indices where utf8[index] == quote || utf8[index] == backslash {
          bytes += utf8[start..<index]
          bytes.append(backslash)
          start = index
        }
        bytes += utf8[start...]
      }
      bytes.append(quote)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func appendLiteral(_ values: [Int64?]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: (value.map { String($0) } ?? "NULL").utf8)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// memchr: this sees every byte that is appended to the ledger.
  private static func holdsNUL(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
    } ?? text.utf8.contains(0)
  }

  /// The binary form of a one-dimensional array: dimensions, has-null flag, element type, length, lower bound,
  /// then each element with its length (-1 is NULL).
  private mutating func appendBinary(_ values: [(some Collection<UInt8>)?], of type: Oid) {
    append(values.isEmpty ? 0 : 1)
    append(values.contains { $0 == nil } ? 1 : 0)
    append(Int32(bitPattern: type))
    if values.isEmpty { return }
    append(Int32(truncatingIfNeeded: values.count))
    append(1)
    for value in values {
      append(value.map { Int32(truncatingIfNeeded: $0.count) } ?? -1)
      if let value { bytes.append(contentsOf: value) }
    }
  }

  private static func nul(_ index: Int, _ operation: String) -> PostgresError {
    PostgresError(
      .unsupported, operation: operation,
      message: "parameter $\(index + 1) holds a NUL character, which PostgreSQL text cannot")
  }

  private mutating func append(_ value: Int32) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// PQsendQueryParams; false when libpq refused.
  func send(_ sql: String, to handle: OpaquePointer, binaryResult: Bool) -> Bool {
    bytes.withUnsafeBytes { buffer in
      let values = offsets.map { offset in
        offset.flatMap { buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
      }
      return PQsendQueryParams(
        handle, sql, Int32(offsets.count), types, values, lengths, formats, binaryResult ? 1 : 0) == 1
    }
  }
}
