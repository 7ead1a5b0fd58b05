import CLibPQ

/// A column of a result.
public struct Column: Sendable, Equatable {
  /// As the statement named it.
  public let name: String
  /// OID of its type in the server's catalog; the built-in ones are the same everywhere.
  public let typeOID: UInt32
  /// Whether values come in the type's binary form.
  public let isBinary: Bool

  /// With these.
  public init(name: String, typeOID: UInt32, isBinary: Bool) {
    self.name = name
    self.typeOID = typeOID
    self.isBinary = isBinary
  }
}

/// One row, looked at in place; cannot be kept beyond the callback it was handed to.
///
/// Columns count from 0; one that does not exist reads as NULL. Accessors read the binary form with
/// big-endian integers, and `int64`, `bool` and the texts the text form too.
public struct Row: ~Copyable {
  @usableFromInline let result: OpaquePointer
  @usableFromInline let index: Int32
  @usableFromInline let isBinary: Bool

  @inlinable @inline(__always)
  init(result: OpaquePointer, index: Int32, isBinary: Bool) {
    self.result = result
    self.index = index
    self.isBinary = isBinary
  }

  /// Whether the value is NULL.
  @inlinable @inline(__always)
  public func isNull(at column: Int) -> Bool {
    PQgetisnull(result, index, Int32(truncatingIfNeeded: column)) != 0
  }

  /// The value as it came over the wire; empty when NULL. Valid within the callback only: do not keep it.
  @inlinable @inline(__always)
  public func bytes(at column: Int) -> UnsafeRawBufferPointer {
    let column = Int32(truncatingIfNeeded: column)
    return UnsafeRawBufferPointer(
      start: PQgetvalue(result, index, column), count: Int(PQgetlength(result, index, column)))
  }

  /// The four bytes of an `int4` or `date` in binary form, without any check of type; nil when NULL
  /// or of another width.
  @inlinable @inline(__always)
  public func int32BigEndian(at column: Int) -> Int32? {
    let bytes = bytes(at: column)
    return bytes.count == 4 ? Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)) : nil
  }

  /// An `int2`, `int4` or `int8`; nil when NULL.
  @inlinable @inline(__always)
  public func int64(at column: Int) throws(PostgresError) -> Int64? {
    let bytes = bytes(at: column)
    if isBinary {
      switch bytes.count {
      case 8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
      case 4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
      case 2: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
      default: break
      }
    } else if let number = Int64(String(decoding: bytes, as: UTF8.self)) {
      return number
    }
    if isNull(at: column) { return nil }
    throw mismatch(column, "an integer")
  }

  /// A `boolean`; nil when NULL.
  @inlinable
  public func bool(at column: Int) throws(PostgresError) -> Bool? {
    let bytes = bytes(at: column)
    if bytes.count == 1 {
      switch bytes[0] {
      case 0, UInt8(ascii: "f"): return false
      case 1, UInt8(ascii: "t"): return true
      default: break
      }
    }
    if isNull(at: column) { return nil }
    throw mismatch(column, "a boolean")
  }

  /// The text of a text type (or of any type in text form); nil when NULL. Bytes that are not UTF-8 are
  /// replaced by U+FFFD.
  @inlinable
  public func string(at column: Int) -> String? {
    if isNull(at: column) { return nil }
    return String(decoding: bytes(at: column), as: UTF8.self)
  }

  /// A copy of the value's bytes: of a `bytea` in binary form its content; nil when NULL.
  public func byteArray(at column: Int) -> [UInt8]? {
    isNull(at: column) ? nil : Array(bytes(at: column))
  }

  /// The error for a value that is not what was asked for; names column and type, not the value.
  @usableFromInline @inline(never)
  func mismatch(_ column: Int, _ wanted: String) -> PostgresError {
    let column32 = Int32(truncatingIfNeeded: column)
    let name = PQfname(result, column32).map { ErrorText.oneLine(String(cString: $0)) } ?? "#\(column)"
    return PostgresError(
      .decoding(column: name), operation: "decode",
      message:
        "column \(name) is not \(wanted) (type OID \(PQftype(result, column32)), \(bytes(at: column).count) bytes)"
    )
  }
}

/// The columns of a result.
func columns(of result: OpaquePointer) -> [Column] {
  (0..<PQnfields(result)).map { index in
    Column(
      name: PQfname(result, index).map { String(cString: $0) } ?? "", typeOID: PQftype(result, index),
      isBinary: PQfformat(result, index) == 1)
  }
}
