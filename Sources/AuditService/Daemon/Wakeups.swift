import Foundation
import Glibc
import Postgres
import Synchronization
import SystemLog

/// Signals as the loop sees them: a thread of its own takes them, so that one reaches us also while the loop waits for a
/// server.
final class Wakeups: Sendable {
  /// Ends every wait of the loop on a server; triggered by SIGTERM and SIGINT.
  let interrupt: Interrupt
  /// Readable when a signal came.
  let wake: Interrupt
  private let pending = Mutex<Set<Signal>>([])

  /// Takes over SIGTERM, SIGINT, SIGHUP and SIGUSR1. Call it before any other thread exists.
  init() throws {
    interrupt = try Interrupt()
    wake = try Interrupt()
    let signals = try SignalDescriptor()
    let (interrupt, wake) = (self.interrupt, self.wake)
    Thread.detachNewThread { [weak self] in
      var descriptor = pollfd(fd: signals.number, events: Int16(POLLIN), revents: 0)
      while true {
        if poll(&descriptor, 1, -1) < 0, errno != EINTR { return }
        guard let signal = Self.next(signals) else { continue }
        // Before the loop can hear of the signal: it takes the interrupt back in order to give back the lease.
        if signal == .terminate || signal == .interrupt { interrupt.trigger() }
        self?.pending.withLock { _ = $0.insert(signal) }
        wake.trigger()
      }
    }
  }

  private static func next(_ signals: borrowing SignalDescriptor) -> Signal? {
    do { return try signals.next() } catch { return nil }
  }

  /// The signals since the last call.
  func take() -> Set<Signal> {
    wake.reset()
    return pending.withLock { signals in
      defer { signals.removeAll() }
      return signals
    }
  }

  /// Waits for a signal, for data on one of the sockets, or for the time to pass.
  func wait(_ duration: Duration, sockets: [Int32]) {
    var descriptors = ([wake.descriptor] + sockets).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let (seconds, attoseconds) = duration.components
    let milliseconds = min(60_000, seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    _ = poll(&descriptors, nfds_t(descriptors.count), Int32(milliseconds))
  }
}
