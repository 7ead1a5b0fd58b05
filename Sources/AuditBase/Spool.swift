import Glibc

/// Bytes that are put aside until it is known what stands before them: in memory as long as they are few, then in a file
/// without a name, so that memory has a bound however many they are.
package final class Spool {
  /// How many bytes were put aside.
  package private(set) var count = 0
  private let room: Int
  private var descriptor: Int32 = -1
  /// What is not in the file.
  private var tail: [UInt8] = []

  /// - Parameter room: so many bytes are kept in memory.
  package init(room: Int = 1 << 20) { self.room = room }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static var folder: String {
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
  }

  /// Puts bytes aside.
  /// - Returns: where they are.
  @discardableResult
  package func append(_ bytes: [UInt8]) throws(Failure) -> Range<Int> {
    tail += bytes
    count += bytes.count
    if tail.count > room { try flush() }
    return count - bytes.count..<count
  }

  private func flush() throws(Failure) {
    if descriptor < 0 {
      // With a name that nobody can have prepared, and gone at once.
      var template = Array((Self.folder + "/freeze-auditor.XXXXXX").utf8CString)
      descriptor = mkstemp(&template)
      guard descriptor >= 0 else { throw Self.failure("mkstemp") }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      unlink(template)
    }
    do throws(SystemError) { try tail.write(to: descriptor, named: Self.folder) } catch {
      throw Self.failure("write")
    }
    tail.removeAll(keepingCapacity: true)
  }

  /// The bytes of a place.
  package func read(_ place: Range<Int>) throws(Failure) -> [UInt8] {
    let written = count - tail.count
    var bytes: [UInt8] = []
    if place.lowerBound < written {
      let wanted = min(place.upperBound, written) - place.lowerBound
      bytes = [UInt8](repeating: 0, count: wanted)
      var done = 0
      while done < wanted {
        let got = bytes.withUnsafeMutableBytes {
          pread(descriptor, $0.baseAddress.map { $0 + done }, wanted - done, off_t(place.lowerBound + done))
        }
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { throw Self.failure("read") }
        done += got
      }
    }
    if place.upperBound > written {
      bytes += tail[(max(place.lowerBound, written) - written)..<(place.upperBound - written)]
    }
    return bytes
  }

  /// All of it, in pieces.
  package func forEachPiece(_ give: ([UInt8]) throws -> Void) throws {
    for start in stride(from: 0, to: count, by: 1 << 18) {
      try give(read(start..<min(count, start + (1 << 18))))
    }
  }

  private static func failure(_ call: String) -> Failure {
    let reason = SystemError.last
    return Failure(
      .notEvaluated,
      "\(folder): berkas sementara laporan gagal (\(call): \(reason)). Sediakan ruang di sana, atau tunjuk folder lain dengan TMPDIR",
      "\(folder): the report's temporary file failed (\(call): \(reason)). Make room there, or name another folder with TMPDIR"
    )
  }
}
