import AlertLedger
import AuditBase
import Glibc

/// The file of the state folder in which the daemon keeps how far the ledger had come, where no database can change it.
package struct HeadFile: Sendable {
  /// Where it is.
  package let path: String

  /// The one of a service; `nil` without a state folder.
  package init?(_ environment: [String: String]) {
    // systemd names several with colons between; the first is ours.
    guard let folder = environment["STATE_DIRECTORY"]?.split(separator: ":").first, !folder.isEmpty else {
      return nil
    }
    self.init(folder: String(folder))
  }

  /// The one of this folder.
  package init(folder: String) { path = folder + "/ledger-head.json" }

  /// What it says.
  package enum Content: Sendable, Equatable {
    /// There is no such file yet.
    case missing
    /// It is there and cannot be read, or is no such file.
    case unreadable(String)
    /// What was known.
    case known(KnownHead)
  }

  /// Reads it.
  package func read() -> Content {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return errno == ENOENT ? .missing : .unreadable(SystemError.last)
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { return .unreadable(SystemError.last) }
    guard let known = KnownHead(String(decoding: bytes.prefix(count), as: UTF8.self)) else {
      return .unreadable("JSON?")
    }
    return .known(known)
  }

  /// Writes it, whole or not at all, and on the disk.
  package func write(_ known: KnownHead) throws(SystemError) {
    let file = try AtomicFile(path)
    try file.write(Array((known.json.text + "\n").utf8))
    try file.finish(isSynced: true)
  }
}
