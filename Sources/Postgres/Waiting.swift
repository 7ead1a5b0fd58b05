import Glibc

/// A point on the monotonic clock after which a wait is given up, and the name it is reported under.
@usableFromInline
struct Deadline {
  let name: String
  /// Milliseconds of CLOCK_MONOTONIC; `Int64.max` is never.
  let at: Int64

  /// `.zero` means no limit.
  init(_ name: String, after limit: Duration) {
    self.name = name
    at = limit == .zero ? Int64.max : Deadline.now() + limit.milliseconds
  }

  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// For poll(2): -1 is for ever, 0 is past. An hour at most at a time; callers loop.
  var pollTimeout: Int32 {
    if at == Int64.max { return -1 }
    return Int32(max(0, min(at - Deadline.now(), 3_600_000)))
  }

  var isPast: Bool { at != Int64.max && Deadline.now() >= at }
}

/// Why a wait ended.
enum Wake {
  case ready
  case interrupted
  case deadline
}

/// poll(2) on a socket and an interrupt; hang-ups and socket errors count as ready, libpq will report them.
func waitForSocket(_ socket: Int32, _ events: Int32, interrupt: Interrupt?, until deadline: Deadline) -> Wake
{
  while true {
    var polled = (
      pollfd(fd: socket, events: Int16(events), revents: 0),
      pollfd(fd: interrupt?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
    )
    let timeout = deadline.pollTimeout
    let count = withUnsafeMutablePointer(to: &polled) {
      $0.withMemoryRebound(to: pollfd.self, capacity: 2) { poll($0, 2, timeout) }
    }
    if polled.1.revents != 0 { return .interrupted }
    if count > 0 { return .ready }
    if count < 0 && errno != EINTR { return .ready }
    if deadline.isPast { return .deadline }
  }
}
