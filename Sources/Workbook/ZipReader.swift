/// The table of contents of a ZIP, and its entries as streams.
///
/// Only the central directory is believed: local headers may leave sizes open (data descriptors), and what stands in front
/// of the archive or between its entries is nobody's business. ZIP64 is read.
struct ZipReader {
  struct Entry {
    let name: String
    let method: Int
    let isEncrypted: Bool
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    let offset: Int
  }

  let file: ByteFile
  let limits: WorkbookLimits
  /// By name in lower case with `/` between folders, since some makers write others.
  let entries: [String: Entry]

  init(_ file: ByteFile, limits: WorkbookLimits) throws(WorkbookError) {
    self.file = file
    self.limits = limits
    let end = try Self.directory(file)
    guard end.count <= limits.entries else { throw .bomb("ZIP") }
    guard end.size <= 64 << 20, end.offset >= 0, end.offset + end.size <= file.size else {
      throw .broken("ZIP: daftar isi / directory")
    }
    let bytes = LittleEndian(try file.read(at: end.offset, count: end.size))
    var entries: [String: Entry] = [:]
    var position = 0
    for _ in 0..<end.count {
      guard let (entry, next) = Self.entry(bytes, at: position, shift: end.shift) else {
        throw .broken("ZIP: daftar isi / directory")
      }
      // A name that stands there twice is read differently by every program.
      guard entries.updateValue(entry, forKey: Self.key(entry.name)) == nil else {
        throw .broken("ZIP: \(Self.printable(entry.name)) 2x")
      }
      position = next
    }
    self.entries = entries
  }

  static func key(_ name: String) -> String {
    var key = name.lowercased().replacing("\\", with: "/")
    while key.hasPrefix("/") { key.removeFirst() }
    return key
  }

  static func printable(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.prefix(80).map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }

  subscript(name: String) -> Entry? { entries[Self.key(name)] }

  /// The bytes of an entry, unpacked and checked.
  func stream(_ entry: Entry, isChecked: Bool = true) throws(WorkbookError) -> ZipStream {
    let header = LittleEndian(try file.read(at: entry.offset, count: 30))
    guard header.int32(0) == 0x0403_4B50, let name = header.int16(26), let extra = header.int16(28) else {
      throw .broken(Self.printable(entry.name))
    }
    if entry.isEncrypted { throw .encrypted }
    let start = entry.offset + 30 + name + extra
    guard entry.packedSize >= 0, start + entry.packedSize <= file.size, entry.size <= limits.partBytes else {
      throw .broken(Self.printable(entry.name))
    }
    return try ZipStream(file: file, entry: entry, start: start, limits: limits, isChecked: isChecked)
  }

  private struct Directory {
    let offset: Int
    let size: Int
    let count: Int
    /// How many bytes stand in front of the archive.
    let shift: Int
  }

  /// Finds the end record, which stands before a comment of at most 65,535 bytes.
  private static func directory(_ file: ByteFile) throws(WorkbookError) -> Directory {
    let tailStart = max(0, file.size - 65_557)
    let tail = LittleEndian(try file.read(at: tailStart, count: file.size - tailStart))
    var position = tail.bytes.count - 22
    while position >= 0 {
      if tail.int32(position) == 0x0605_4B50, let comment = tail.int16(position + 20),
        position + 22 + comment <= tail.bytes.count
      {
        break
      }
      position -= 1
    }
    guard position >= 0, let count = tail.int16(position + 10), let size = tail.int32(position + 12),
      let offset = tail.int32(position + 16)
    else { throw .broken("ZIP: akhir berkas / end of file") }
    var end = (offset: offset, size: size, count: count, place: tailStart + position)
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      guard position >= 20, tail.int32(position - 20) == 0x0706_4B50,
        let place = tail.int64(position - 20 + 8), place >= 0, place < file.size
      else { throw .broken("ZIP64") }
      let record = LittleEndian(try file.read(at: place, count: 56))
      guard record.int32(0) == 0x0606_4B50, let count = record.int64(32), let size = record.int64(40),
        let offset = record.int64(48), count >= 0, size >= 0, offset >= 0
      else { throw .broken("ZIP64") }
      end = (offset, size, count, place)
    }
    guard end.size <= end.place else { throw .broken("ZIP: daftar isi / directory") }
    let real = end.place - end.size
    // Something may stand in front of the archive: then its own offsets fall short.
    return Directory(offset: real, size: end.size, count: end.count, shift: max(0, real - end.offset))
  }

  private static func entry(_ bytes: LittleEndian, at position: Int, shift: Int) -> (Entry, Int)? {
    guard bytes.int32(position) == 0x0201_4B50, let flags = bytes.int16(position + 8),
      let method = bytes.int16(position + 10), let checksum = bytes.int32(position + 16),
      var packed = bytes.int32(position + 20), var size = bytes.int32(position + 24),
      let nameLength = bytes.int16(position + 28), let extraLength = bytes.int16(position + 30),
      let commentLength = bytes.int16(position + 32), var offset = bytes.int32(position + 42)
    else { return nil }
    let nameEnd = position + 46 + nameLength
    let end = nameEnd + extraLength + commentLength
    guard end <= bytes.bytes.count else { return nil }
    // ZIP64: the fields that are full stand here, in this order.
    var field = nameEnd
    while field + 4 <= nameEnd + extraLength {
      guard let id = bytes.int16(field), let length = bytes.int16(field + 2) else { return nil }
      if id == 1 {
        var place = field + 4
        func take(_ value: inout Int) {
          guard value == 0xFFFF_FFFF, let wide = bytes.int64(place) else { return }
          value = wide
          place += 8
        }
        take(&size)
        take(&packed)
        take(&offset)
      }
      field += 4 + length
    }
    guard packed >= 0, size >= 0, offset >= 0, offset < 1 << 48, packed < 1 << 48 else { return nil }
    let name = String(decoding: bytes.bytes[(position + 46)..<nameEnd], as: UTF8.self)
    return (
      Entry(
        name: name, method: method, isEncrypted: flags & 1 != 0, checksum: UInt32(checksum),
        packedSize: packed, size: size, offset: offset + shift), end
    )
  }
}

/// Numbers of a ZIP, `nil` beyond the end.
struct LittleEndian {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func int16(_ offset: Int) -> Int? { number(offset, 2).map { Int($0) } }
  func int32(_ offset: Int) -> Int? { number(offset, 4).map { Int($0) } }
  /// `nil` also for what no file can be.
  func int64(_ offset: Int) -> Int? { number(offset, 8).flatMap { Int(exactly: $0) } }

  private func number(_ offset: Int, _ count: Int) -> UInt64? {
    guard offset >= 0, offset + count <= bytes.count else { return nil }
    return (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(bytes[offset + $1]) }
  }
}
