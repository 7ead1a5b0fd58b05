import FreezeRules
import Glibc

/// Where data goes: standard output, or a file that appears whole or not at all.
final class Output {
  private let path: String?
  private let temporary: String?
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Called before bytes go out, to clear a progress line.
  var beforeWriting: () -> Void = {}

  struct Failure: ExplainedError {
    let message: Bilingual
  }

  /// - Parameter path: `nil` or `-` for standard output.
  init(path: String?) throws {
    self.path = path == "-" ? nil : path
    guard let path = self.path else {
      temporary = nil
      descriptor = STDOUT_FILENO
      return
    }
    var known = stat()
    if stat(path, &known) == 0, known.st_mode & S_IFMT != S_IFREG {
      // A device or a pipe is written to; renamed over, it would be gone.
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      temporary = nil
      if descriptor < 0 { throw Self.failure(path) }
      return
    }
    // Written beside its place and renamed at the end: a reader never sees half a report.
    let temporary = path + ".\(getpid()).tmp"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    self.temporary = temporary
    if descriptor < 0 { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> Failure {
    let reason = String(cString: strerror(errno))
    return Failure(
      message: Bilingual(
        id: "\(path): laporan tidak dapat ditulis (\(reason)). Periksa folder, hak tulis dan ruang disk",
        en: "\(path): the report cannot be written (\(reason)). Check folder, permission and disk space"))
  }

  func write(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count > 1 << 16 { try flush() }
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  private func flush() throws {
    guard !buffer.isEmpty else { return }
    beforeWriting()
    var start = 0
    while start < buffer.count {
      let written = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start)
      }
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { throw BrokenPipe() }
        let failure = Self.failure(path ?? "stdout")
        discard()
        throw failure
      }
      start += written
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Gives the output up: a file that was begun goes away, the one that was there before stays.
  func discard() {
    guard let temporary else { return }
    close(descriptor)
    unlink(temporary)
  }

  /// Ends the output; a file appears under its name only now.
  func finish() throws {
    try flush()
    guard let path, let temporary else { return }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let failure = Self.failure(path)
      unlink(temporary)
      throw failure
    }
  }
}
