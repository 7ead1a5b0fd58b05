/// One entry of a ZIP, unpacked a piece at a time, with its bounds and checksum.
final class ZipStream {
  private let file: ByteFile
  private let entry: ZipReader.Entry
  private let limits: WorkbookLimits
  private let inflater: Inflater?
  private var position: Int
  private let end: Int
  private var input: [UInt8] = []
  private var inputUsed = 0
  private var checksum = CRC32()
  private var isAtEnd = false
  private let isChecked: Bool
  /// Bytes given out so far.
  private(set) var made = 0

  static let piece = 1 << 16

  /// - Parameter isChecked: whether the checksum is asked; once an entry is enough.
  init(
    file: ByteFile, entry: ZipReader.Entry, start: Int, limits: WorkbookLimits, isChecked: Bool
  ) throws(WorkbookError) {
    self.file = file
    self.isChecked = isChecked
    self.entry = entry
    self.limits = limits
    position = start
    end = start + entry.packedSize
    switch entry.method {
    case 0: inflater = nil
    case 8:
      guard let zlib = Zlib.shared else { throw .zlibMissing }
      inflater = try Inflater(zlib)
    default: throw .broken("\(ZipReader.printable(entry.name)): ZIP method \(entry.method)")
    }
  }

  /// How much of the entry is read, 0...1.
  var fraction: Double { entry.size > 0 ? min(1, Double(made) / Double(entry.size)) : 1 }

  /// The next piece, empty at the end.
  func read() throws(WorkbookError) -> [UInt8] {
    while !isAtEnd {
      let output = inflater == nil ? try stored() : try inflated()
      made += output.count
      if isChecked { checksum.add(output) }
      try check()
      if !output.isEmpty { return output }
    }
    return []
  }

  private func stored() throws(WorkbookError) -> [UInt8] {
    let bytes = try file.read(at: position, count: min(Self.piece, end - position))
    position += bytes.count
    if bytes.isEmpty || position >= end { isAtEnd = true }
    return bytes
  }

  private func inflated() throws(WorkbookError) -> [UInt8] {
    guard let inflater else { return [] }
    if inputUsed == input.count, position < end {
      input = try file.read(at: position, count: min(Self.piece, end - position))
      inputUsed = 0
      position += input.count
      if input.isEmpty { throw truncated }
    }
    var result: (used: Int, made: Int, isAtEnd: Bool)?
    let output = [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, count in
      result = input.withUnsafeBytes {
        inflater.step(
          UnsafeRawBufferPointer(rebasing: $0[inputUsed...]), into: UnsafeMutableRawBufferPointer(buffer))
      }
      count = result?.made ?? 0
    }
    guard let result else { throw truncated }
    inputUsed += result.used
    isAtEnd = result.isAtEnd
    // No step forward and nothing left to read: the entry is cut off.
    if !isAtEnd, result.made == 0, result.used == 0, position >= end { throw truncated }
    return output
  }

  private var truncated: WorkbookError { .broken(ZipReader.printable(entry.name)) }

  private func check() throws(WorkbookError) {
    if made > limits.partBytes
      || made > limits.ratioFloor && made / limits.ratio > max(1, entry.packedSize)
    {
      throw .bomb(ZipReader.printable(entry.name))
    }
    if made > entry.size { throw truncated }
    guard isAtEnd else { return }
    if isChecked && checksum.value != entry.checksum || made != entry.size { throw truncated }
  }
}
