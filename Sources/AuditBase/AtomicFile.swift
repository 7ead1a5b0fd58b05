import Glibc

/// A call of the system that failed.
package struct SystemError: Error, Sendable, Equatable {
  /// The call, or what it was about.
  package let call: String
  /// The errno.
  package let code: Int32

  /// Of a call and its errno.
  package init(call: String, code: Int32) {
    self.call = call
    self.code = code
  }

  /// The C library's words for the errno (strerror is thread-safe since glibc 2.32).
  package var reason: String { Self.reason(code) }
  /// The words for an errno.
  package static func reason(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "errno \(code)"
  }
  /// The words for the errno of the last call that failed.
  package static var last: String { reason(errno) }
  /// `call: reason`.
  package var text: String { "\(call): \(reason)" }
}

/// A file that appears whole under its name, or not at all.
///
/// It is written beside its place under a random name that nobody can have prepared (O_EXCL, O_NOFOLLOW) and renamed at the
/// end: a reader never sees half of it, and a link laid out at the name is replaced, never followed.
package final class AtomicFile {
  private let path: String
  private let temporary: String
  private var descriptor: Int32

  /// Begins the file that will stand at `path`.
  package init(_ path: String, mode: mode_t = 0o600) throws(SystemError) {
    self.path = path
    while true {
      // The ending is no other file's: a collector that reads *.prom, a folder listed by ending, does not see it.
      let name = path + "." + String(UInt64.random(in: 0 ... .max), radix: 36) + ".new"
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let opened = open(name, flags, 0o600)
      if opened < 0, errno == EEXIST || errno == EINTR { continue }
      guard opened >= 0 else { throw SystemError(call: path, code: errno) }
      temporary = name
      descriptor = opened
      break
    }
    if mode != 0o600 { fchmod(descriptor, mode) }
  }

  deinit { discard() }

  /// Writes all of the bytes.
  package func write(_ bytes: [UInt8]) throws(SystemError) { try bytes.write(to: descriptor, named: path) }

  /// The file appears under its name, the one that was there before is gone.
  /// - Parameter isSynced: it, and the folder's knowledge of it, are on the disk first.
  package func finish(isSynced: Bool = false) throws(SystemError) {
    if isSynced, fsync(descriptor) != 0 { throw give(up: errno) }
    let isClosed = close(descriptor) == 0
    descriptor = -1
    guard isClosed, rename(temporary, path) == 0 else { throw give(up: errno) }
    if isSynced { try Self.syncFolder(of: path) }
  }

  /// Gives the file up: the one that was there before stays.
  package func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    unlink(temporary)
  }

  private func give(up code: Int32) -> SystemError {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    unlink(temporary)
    return SystemError(call: path, code: code)
  }

  private static func syncFolder(of path: String) throws(SystemError) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(call: folder, code: errno) }
    defer { close(descriptor) }
    // EINVAL: this file system has no such thing for folders.
    if fsync(descriptor) != 0, errno != EINVAL { throw SystemError(call: folder, code: errno) }
  }
}

extension [UInt8] {
  /// Writes all of them to a descriptor; `name` says in the error what it was.
  package func write(to descriptor: Int32, named name: String) throws(SystemError) {
    var start = 0
    while start < count {
      let written = withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: start), $0.count - start)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw SystemError(call: name, code: errno)
      }
      start += written
    }
  }
}
