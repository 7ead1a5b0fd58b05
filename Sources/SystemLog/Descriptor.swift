import CLinux
import Glibc

/// A file descriptor that is closed when its owner goes.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  init(owning number: Int32) { self.number = number }

  deinit { close(number) }
}

/// A point in time after which no more waiting is done. Monotonic: a clock set back prolongs nothing.
struct Deadline {
  private let end: Int64

  init(after duration: Duration) {
    let parts = duration.components
    end =
      freeze_monotonic_nanoseconds()
      + max(0, parts.seconds) * 1_000_000_000 + max(0, parts.attoseconds / 1_000_000_000)
  }

  /// Milliseconds left for poll(2), rounded up; 0 when over.
  var millisecondsLeft: Int32 {
    let left = end - freeze_monotonic_nanoseconds()
    return left <= 0 ? 0 : Int32(clamping: (left + 999_999) / 1_000_000)
  }
}

/// What waiting for room in a descriptor ended with.
enum Room {
  case there, timedOut, failed(Int32)
}

/// Waits until `descriptor` takes more, `deadline` at most.
func waitForRoom(_ descriptor: Int32, until deadline: Deadline) -> Room {
  while true {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    let left = deadline.millisecondsLeft
    let count = poll(&entry, 1, left)
    // POLLERR and POLLHUP count as room: the write then says what is wrong.
    if count > 0 { return .there }
    if count < 0 && errno != EINTR { return .failed(errno) }
    if left == 0 { return .timedOut }
  }
}
