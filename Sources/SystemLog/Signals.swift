import CLinux
import Glibc

/// The signals the daemon answers to.
package enum Signal: CaseIterable, Hashable, Sendable {
  /// SIGTERM: end.
  case terminate
  /// SIGINT: end.
  case interrupt
  /// SIGHUP: read the configuration again.
  case hangUp
  /// SIGUSR1: a pass now.
  case user1

  /// The number the kernel uses.
  package var number: Int32 {
    switch self {
    case .terminate: SIGTERM
    case .interrupt: SIGINT
    case .hangUp: SIGHUP
    case .user1: SIGUSR1
    }
  }
}

/// Signals as something to poll, beside a database socket and with a timeout, instead of as an interruption.
///
/// Make it at the very start of the program, before any task, thread or library starts one: the block is
/// inherited by later threads only, and a thread without it would take the signal and end the process.
/// The signals stay blocked when it goes, and a child process inherits the block: whoever starts one
/// clears its mask (`posix_spawnattr_setsigmask`).
package struct SignalDescriptor: ~Copyable, Sendable {
  private let descriptor: Descriptor

  /// Blocks `signals` and collects them from now on.
  package init(_ signals: [Signal] = Signal.allCases) throws(LogError) {
    let numbers = signals.map(\.number)
    let result = freeze_block_signals(numbers, numbers.count)
    guard result >= 0 else { throw .system(call: "signalfd", code: -result) }
    descriptor = Descriptor(owning: result)
  }

  /// For poll(2): readable while a signal is pending. Stays open as long as this value lives.
  package var number: Int32 { descriptor.number }

  /// The next pending signal, `nil` when none is. Never waits. Two of the same kind may have become one.
  package func next() throws(LogError) -> Signal? {
    let result = freeze_read_signal(descriptor.number)
    guard result >= 0 else { throw .system(call: "read signalfd", code: -result) }
    return Signal.allCases.first { $0.number == result }
  }
}
