/// Writes a ZIP from front to back, so that it can go into a pipe: sizes follow each entry (data descriptors).
///
/// Without zlib the entries are stored; their sizes stand in front then, since nobody could tell where they end.
package struct ZipWriter {
  private struct Written {
    let name: [UInt8]
    let method: Int
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    let offset: Int
  }

  private let sink: ([UInt8]) throws -> Void
  private let zlib: Zlib?
  private var offset = 0
  private var written: [Written] = []
  private var name: [UInt8] = []
  private var start = 0
  private var checksum = CRC32()
  private var size = 0
  private var packedSize = 0
  private var deflater: Deflater?
  private var held: [UInt8] = []
  private var packed: [UInt8] = []

  /// Packs the entries where zlib is there.
  package init(sink: @escaping ([UInt8]) throws -> Void) { self.init(zlib: .shared, sink: sink) }

  /// - Parameter zlib: `nil` stores the entries as they are.
  init(zlib: Zlib?, sink: @escaping ([UInt8]) throws -> Void) {
    self.zlib = zlib
    self.sink = sink
  }

  /// Begins an entry; the one before must have ended.
  package mutating func begin(_ name: String) throws {
    self.name = Array(name.utf8)
    start = offset
    checksum = CRC32()
    size = 0
    packedSize = 0
    held = []
    deflater = try zlib.map { zlib throws(WorkbookError) in try Deflater(zlib, level: 2) }
    if deflater != nil { try put(header(isOpen: true)) }
  }

  package mutating func write(_ bytes: [UInt8]) throws {
    checksum.add(bytes)
    size += bytes.count
    guard let deflater else {
      held += bytes
      return
    }
    deflater.pack(bytes, isLast: false, into: &packed)
    try flush()
  }

  package mutating func end() throws {
    if let deflater {
      deflater.pack([], isLast: true, into: &packed)
      try flush()
      // Readers without ZIP64 count to 4 GiB.
      guard size <= 0xFFFF_FFFF, offset <= 0xFFFF_FFFF else { throw WorkbookError.tooLong }
      try put(
        Self.numbers([(0x0807_4B50, 4), (Int(checksum.value), 4), (packedSize, 4), (size, 4)]))
    } else {
      packedSize = size
      guard size <= 0xFFFF_FFFF, offset + size <= 0xFFFF_FFFF else { throw WorkbookError.tooLong }
      try put(header(isOpen: false))
      try put(held)
      held = []
    }
    written.append(
      Written(
        name: name, method: deflater == nil ? 0 : 8, checksum: checksum.value, packedSize: packedSize,
        size: size, offset: start))
    deflater = nil
  }

  /// A whole entry.
  package mutating func add(_ name: String, _ text: String) throws {
    try begin(name)
    try write(Array(text.utf8))
    try end()
  }

  /// The table of contents.
  package mutating func finish() throws {
    let directory = offset
    for entry in written {
      let isOpen = entry.method == 8
      try put(
        Self.numbers([
          (0x0201_4B50, 4), (20, 2), (20, 2), (isOpen ? 0x0808 : 0x0800, 2), (entry.method, 2),
          (Self.time, 2), (Self.date, 2), (Int(entry.checksum), 4), (entry.packedSize, 4), (entry.size, 4),
          (entry.name.count, 2), (0, 2), (0, 2), (0, 2), (0, 2), (0, 4), (entry.offset, 4),
        ]) + entry.name)
    }
    try put(
      Self.numbers([
        (0x0605_4B50, 4), (0, 2), (0, 2), (written.count, 2), (written.count, 2),
        (offset - directory, 4), (directory, 4), (0, 2),
      ]))
  }

  // The first moment that ZIP can tell: the same input gives the same bytes.
  private static let time = 0
  private static let date = 0x21

  private func header(isOpen: Bool) -> [UInt8] {
    Self.numbers([
      (0x0403_4B50, 4), (20, 2), (isOpen ? 0x0808 : 0x0800, 2), (isOpen ? 8 : 0, 2), (Self.time, 2),
      (Self.date, 2), (isOpen ? 0 : Int(checksum.value), 4), (isOpen ? 0 : size, 4), (isOpen ? 0 : size, 4),
      (name.count, 2), (0, 2),
    ]) + name
  }

  private mutating func flush() throws {
    guard !packed.isEmpty else { return }
    packedSize += packed.count
    try put(packed)
    packed.removeAll(keepingCapacity: true)
  }

  private mutating func put(_ bytes: [UInt8]) throws {
    offset += bytes.count
    try sink(bytes)
  }

  private static func numbers(_ fields: [(Int, Int)]) -> [UInt8] {
    fields.flatMap { value, width in (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
  }
}
