import FreezeRules

/// What every record of one scan shares.
final class RecordShape: Sendable {
  /// The columns of each record, in order: the region first, which tells the zone of instants.
  let columns: [PersonnelAction.Field]
  /// How their cells are read.
  let reading: CellReading

  init(columns: [PersonnelAction.Field], reading: CellReading) {
    self.columns = PersonnelAction.fields.filter(columns.contains)
    self.reading = reading
  }
}

/// A record as the server sent it, read only by whoever asks for its ``action()``. Valid within the callback it was handed to.
package struct RawRecord: ~Copyable {
  /// The record as it came over the wire, a binary one-dimensional `text[]`: equal bytes are equal records.
  package let bytes: UnsafeRawBufferPointer
  private let shape: RecordShape

  init(bytes: UnsafeRawBufferPointer, shape: RecordShape) {
    self.bytes = bytes
    self.shape = shape
  }

  /// Whether it has some text in a column.
  package borrowing func has(_ field: PersonnelAction.Field) -> Bool {
    cell(field).map { !$0.isEmpty } ?? false
  }

  /// The text of a column as it came, `nil` where there is none.
  borrowing func cell(_ field: PersonnelAction.Field) -> UnsafeRawBufferPointer? {
    var offset = 20
    for column in shape.columns {
      guard offset + 4 <= bytes.count else { return nil }
      let length = Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
      offset += 4
      if column == field {
        guard length >= 0, offset + length <= bytes.count else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + length)])
      }
      offset += max(0, length)
    }
    return nil
  }

  /// The act that it records.
  package borrowing func action() -> PersonnelAction {
    var action = PersonnelAction(actionID: "", kind: "")
    var isRepaired = false
    // Dimensions, flags, element type, length, lower bound; then length and bytes of each element, -1 for NULL.
    var offset = 20
    for column in shape.columns {
      guard offset + 4 <= bytes.count else { break }
      let length = Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
      offset += 4
      guard length >= 0, offset + length <= bytes.count else { continue }
      let cell = UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + length)])
      offset += length
      if let text = String(validating: cell, as: UTF8.self) {
        action.read(text, as: column, shape.reading)
      } else {
        isRepaired = true
        // Two ids must not become one.
        action.read(
          column == .actionID ? Self.escaping(cell) : String(decoding: cell, as: UTF8.self), as: column,
          shape.reading)
        if column == .actionID { action.spelledID = "bytes " + action.actionID }
      }
    }
    action.complete(place: "-", shape.reading)
    if isRepaired { action.readerNotes.append(.encodingRepaired) }
    action.readSourceDates(shape.reading)
    return action
  }

  /// Every byte that is no ASCII as `\xE9`.
  private static func escaping(_ cell: UnsafeRawBufferPointer) -> String {
    cell.map { byte in
      byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
