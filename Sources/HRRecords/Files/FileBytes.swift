import AuditBase
import FreezeRules
import Glibc

/// Where the bytes of a text file come from.
protocol ByteSource: AnyObject {
  /// The next piece, empty at the end.
  func read() throws(SourceError) -> [UInt8]
  /// Back to the first byte.
  func rewind() throws(SourceError)
}

/// A file in pieces, closed at the end; UTF-16 comes out as UTF-8. A pipe is kept in a file without a name, since its rows are
/// looked through once before they are judged.
final class FileBytes: ByteSource {
  private let name: String
  private var descriptor: Int32
  private(set) var bytesRead = 0
  /// Bytes in all; `nil` where that is not known.
  private(set) var size: Int?
  /// Which of the two bytes of a UTF-16 unit comes first, `nil`: another encoding.
  private(set) var wide: UTF16Bytes?

  /// - Parameter path: `-` is standard input.
  init(path: String, name: String) throws(SourceError) {
    self.name = name
    let opened = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      let reason = String(cString: strerror(errno))
      throw SourceError(
        errno == EACCES ? .privilege : .unreachable,
        Text(
          "\(name): berkas tidak dapat dibuka (\(reason)). Periksa nama dan hak baca berkas itu",
          "\(name): the file cannot be opened (\(reason)). Check its name and that you may read it"))
    }
    descriptor = opened
    if lseek(opened, 0, SEEK_SET) < 0 { try spool() }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG { size = Int(status.st_size) }
    let head = try raw()
    wide = UTF16Bytes(head)
    try rewind()
  }

  deinit { close(descriptor) }

  /// Its first bytes as they are; the next piece begins with them again.
  func head(_ count: Int) throws(SourceError) -> ArraySlice<UInt8> {
    let piece = try raw()
    try rewind()
    return piece.prefix(count)
  }

  /// Another descriptor of the same file, for who reads it from any place.
  func duplicate() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

  func read() throws(SourceError) -> [UInt8] {
    let piece = try raw()
    bytesRead += piece.count
    guard wide != nil else { return piece }
    var piece8 = wide?.utf8(piece) ?? []
    // A piece that ends within a character gives nothing yet, which is not the end.
    while piece8.isEmpty {
      let more = try raw()
      bytesRead += more.count
      if more.isEmpty { return wide?.rest() ?? [] }
      piece8 = wide?.utf8(more) ?? []
    }
    return piece8
  }

  func rewind() throws(SourceError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure(errno) }
    bytesRead = 0
    wide?.restart()
  }

  private func raw() throws(SourceError) -> [UInt8] {
    var code: Int32 = 0
    let descriptor = self.descriptor
    let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      var got: Int
      repeat {
        got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      } while got < 0 && errno == EINTR
      if got < 0 { code = errno }
      count = max(0, got)
    }
    if code != 0 { throw failure(code) }
    return piece
  }

  /// Copies a pipe into a file that nobody else can open.
  private func spool() throws(SourceError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/freeze-auditor-XXXXXX").utf8CString)
    let copy = mkstemp(&template)
    guard copy >= 0 else { throw failure(errno) }
    unlink(template)
    _ = fcntl(copy, F_SETFD, FD_CLOEXEC)
    let pipe = descriptor
    defer { close(pipe) }
    while true {
      let piece: [UInt8]
      do { piece = try raw() } catch {
        close(copy)
        descriptor = dup(pipe)
        throw error
      }
      if piece.isEmpty { break }
      var written = 0
      while written < piece.count {
        let count = piece[written...].withUnsafeBytes { write(copy, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          let code = errno
          close(copy)
          descriptor = dup(pipe)
          throw failure(code)
        }
        written += count
      }
    }
    descriptor = copy
  }

  private func failure(_ code: Int32) -> SourceError {
    let reason = String(cString: strerror(code))
    return SourceError(
      .notEvaluated,
      Text(
        "\(name): pembacaan terhenti (\(reason)). Periksa berkas atau media penyimpanannya",
        "\(name): reading stopped (\(reason)). Check the file or the medium it is on"))
  }
}

/// UTF-16 in pieces to UTF-8, with or without its mark.
struct UTF16Bytes {
  private let isLittle: Bool
  private var pending: [UInt8] = []
  private var high: UInt16?

  /// By the mark, or by every other byte being nought, as in any Latin text.
  init?(_ head: [UInt8]) {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      isLittle = head[0] == 0xFF
      return
    }
    let looked = head.prefix(512)
    guard looked.count >= 4 else { return nil }
    var noughts = [0, 0]
    for (place, byte) in looked.enumerated() where byte == 0 { noughts[place % 2] += 1 }
    let half = looked.count / 2
    if noughts[1] * 10 >= half * 8, noughts[0] * 10 <= half {
      isLittle = true
    } else if noughts[0] * 10 >= half * 8, noughts[1] * 10 <= half {
      isLittle = false
    } else {
      return nil
    }
  }

  mutating func restart() { (pending, high) = ([], nil) }

  mutating func utf8(_ bytes: [UInt8]) -> [UInt8] {
    pending += bytes
    var scalars = String.UnicodeScalarView()
    var place = 0
    while place + 1 < pending.count {
      let (a, b) = (UInt16(pending[place]), UInt16(pending[place + 1]))
      let unit = isLittle ? a | b << 8 : a << 8 | b
      place += 2
      if let first = high {
        high = nil
        if unit >> 10 == 0x37 {
          let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF))
          scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
          continue
        }
        scalars.append("\u{FFFD}")
      }
      if unit >> 10 == 0x36 { high = unit } else { scalars.append(Unicode.Scalar(unit) ?? "\u{FFFD}") }
    }
    pending.removeFirst(place)
    return Array(String(scalars).utf8)
  }

  /// What is left of a unit that was cut off at the end; a single newline of an editor is none of it.
  mutating func rest() -> [UInt8] {
    defer { restart() }
    return pending.allSatisfy { $0 == 0 || $0 == 10 || $0 == 13 } && high == nil ? [] : Array("\u{FFFD}".utf8)
  }
}
