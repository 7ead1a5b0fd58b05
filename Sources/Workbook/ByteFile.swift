import Glibc

/// Bytes that can be read from any place: a file, or what came through a pipe.
package final class ByteFile {
  private let descriptor: Int32
  private let held: [UInt8]
  /// Bytes in all.
  package let size: Int

  /// Reads what is behind a descriptor of a regular file, which is closed in the end.
  package init(descriptor: Int32) throws(WorkbookError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw Self.failure(code)
    }
    self.descriptor = descriptor
    held = []
    size = Int(status.st_size)
  }

  /// Reads a file.
  package convenience init(path: String) throws(WorkbookError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(errno) }
    try self.init(descriptor: descriptor)
  }

  /// Bytes that are in memory already.
  package init(_ bytes: [UInt8]) {
    descriptor = -1
    held = bytes
    size = bytes.count
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func failure(_ code: Int32) -> WorkbookError {
    let reason = String(cString: strerror(code))
    return WorkbookError(
      .unreadable(code),
      "berkas tidak dapat dibaca (\(reason)). Periksa nama dan hak baca berkas itu",
      "the file cannot be read (\(reason)). Check its name and that you may read it")
  }

  /// The bytes from `offset`, fewer at the end of the file.
  package func read(at offset: Int, count: Int) throws(WorkbookError) -> [UInt8] {
    guard offset >= 0, count > 0, offset < size else { return [] }
    let wanted = min(count, size - offset)
    if descriptor < 0 { return Array(held[offset..<offset + wanted]) }
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      while filled < wanted {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), wanted - filled, off_t(offset + filled))
        if got > 0 {
          filled += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          code = errno
          break
        }
      }
    }
    if code != 0 { throw Self.failure(code) }
    return bytes
  }
}
