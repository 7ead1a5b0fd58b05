import CLibPQ
import Glibc

/// A flag another thread or a signal handler raises to end every wait of the connections that watch it.
///
/// It is a level, not an edge: once triggered, each wait of each of those connections ends with
/// ``PostgresError/Kind/interrupted`` until ``reset()``.
public final class Interrupt: Sendable {
  /// An eventfd: readable while triggered. To trigger from C, write eight bytes holding a non-zero integer
  /// (in machine order). Belongs to this object; do not close.
  public let descriptor: Int32

  /// A new, untriggered flag. Fails with `unsupported` when the process has no file descriptor left.
  public init() throws(PostgresError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    if descriptor < 0 {
      throw PostgresError(.unsupported, operation: "interrupt", message: "no file descriptor left")
    }
  }

  deinit { close(descriptor) }

  /// Raises the flag. Only write(2), so async-signal-safe; keeps errno.
  public func trigger() {
    let before = errno
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
    errno = before
  }

  /// Lowers the flag.
  public func reset() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
  }

  /// Whether the flag is up.
  public var isTriggered: Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, 0) == 1
  }
}
