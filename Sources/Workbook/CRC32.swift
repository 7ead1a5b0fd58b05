/// The checksum of ZIP (CRC-32, polynomial 0xEDB88320), eight bytes a step.
struct CRC32 {
  private var state: UInt32 = 0xFFFF_FFFF

  /// The sum of all bytes so far.
  var value: UInt32 { ~state }

  /// Table `k` is the effect of a byte that stands `k` places before the last one.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var sum = UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0xEDB8_8320 }
      tables[byte] = sum
    }
    for index in 256..<tables.count {
      let before = tables[index - 256]
      tables[index] = before >> 8 ^ tables[Int(before & 0xFF)]
    }
    return tables
  }()

  mutating func add(_ bytes: [UInt8]) {
    var sum = state
    bytes.withUnsafeBytes { bytes in
      Self.tables.withUnsafeBufferPointer { table in
        var index = 0
        while index + 8 <= bytes.count {
          let low = sum ^ UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self))
          let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index + 4, as: UInt32.self))
          sum =
            table[1792 + Int(low & 0xFF)] ^ table[1536 + Int(low >> 8 & 0xFF)]
            ^ table[1280 + Int(low >> 16 & 0xFF)] ^ table[1024 + Int(low >> 24)]
          sum ^=
            table[768 + Int(high & 0xFF)] ^ table[512 + Int(high >> 8 & 0xFF)]
            ^ table[256 + Int(high >> 16 & 0xFF)] ^ table[Int(high >> 24)]
          index += 8
        }
        while index < bytes.count {
          sum = sum >> 8 ^ table[Int((sum ^ UInt32(bytes[index])) & 0xFF)]
          index += 1
        }
      }
    }
    state = sum
  }
}
