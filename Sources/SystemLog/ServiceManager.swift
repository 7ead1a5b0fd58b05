import AuditBase
import CLinux
import Glibc

/// What a `Type=notify` service tells systemd: sd_notify(3) and sd_watchdog_enabled(3) without libsystemd.
///
/// Without `$NOTIFY_SOCKET` every call does nothing and returns ``Delivery/absent``. No call waits longer than a
/// second, none throws: a service manager that does not listen is no reason to stop auditing.
package struct ServiceManager: Sendable {
  /// What became of a notification.
  package enum Delivery: Hashable, Sendable {
    /// systemd has it.
    case sent
    /// No service manager asked for notifications.
    case absent
    /// It did not get through.
    case failed(LogError)
  }

  /// The longest STATUS, in bytes; systemd cuts a whole notification at 4096.
  package static let maximumStatusBytes = 1024

  /// After this long without ``watchdog()`` systemd kills the service; `nil` without a watchdog.
  package let watchdogTimeout: Duration?

  private let address: Result<UnixAddress, LogError>?

  /// Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID.
  ///
  /// - Parameter processID: this process; a WATCHDOG_PID that names another switches the watchdog off.
  package init(environment: [String: String], processID: Int32 = getpid()) {
    address = environment["NOTIFY_SOCKET"].map { text in
      do throws(LogError) { return .success(try UnixAddress(text)) } catch { return .failure(error) }
    }
    watchdogTimeout = Self.watchdogTimeout(environment, processID)
  }

  /// Whether a service manager asked for notifications.
  package var isPresent: Bool { address != nil }

  /// How often ``watchdog()`` is due: half the timeout, as sd_watchdog_enabled(3) advises; `nil` without a watchdog.
  package var watchdogInterval: Duration? { watchdogTimeout.map { $0 / 2 } }

  /// The service is up, or done reloading.
  @discardableResult
  package func ready(status: String? = nil) -> Delivery {
    send(["READY=1"] + Self.statusLine(status))
  }

  /// One line for `systemctl status`, cleaned and cut.
  @discardableResult
  package func status(_ text: String) -> Delivery { send(Self.statusLine(text)) }

  /// The service has begun to read its configuration again. ``ready(status:)`` must follow, whatever comes of it.
  @discardableResult
  package func reloading() -> Delivery {
    send(["RELOADING=1", "MONOTONIC_USEC=\(freeze_monotonic_nanoseconds() / 1000)"])
  }

  /// The service has begun to end.
  @discardableResult
  package func stopping(status: String? = nil) -> Delivery {
    send(["STOPPING=1"] + Self.statusLine(status))
  }

  /// The service is alive.
  @discardableResult
  package func watchdog() -> Delivery { send(["WATCHDOG=1"]) }

  /// Starting or stopping takes this much longer, from now.
  @discardableResult
  package func extendTimeout(_ duration: Duration) -> Delivery {
    let parts = duration.components
    let microseconds = max(0, parts.seconds) * 1_000_000 + max(0, parts.attoseconds / 1_000_000_000_000)
    return send(["EXTEND_TIMEOUT_USEC=\(microseconds)"])
  }

  /// The service fails for this errno.
  @discardableResult
  package func failed(errno code: Int32, status: String? = nil) -> Delivery {
    send(["ERRNO=\(code)"] + Self.statusLine(status))
  }

  private static func statusLine(_ text: String?) -> [String] {
    text.map { ["STATUS=" + SafeText.clean($0, lineBreaks: .shown, maximumBytes: maximumStatusBytes)] } ?? []
  }

  private func send(_ assignments: [String]) -> Delivery {
    guard let address else { return .absent }
    do throws(LogError) {
      let address = try address.get()
      let socket = try address.connectDatagramSocket()
      let bytes = Array(assignments.joined(separator: "\n").utf8)
      let deadline = Deadline(after: .seconds(1))
      while true {
        switch -sendDatagram(bytes, on: socket.number) {
        case 0: return .sent
        case EINTR: continue
        case EAGAIN:
          switch waitForRoom(socket.number, until: deadline) {
          case .there: continue
          case .timedOut: throw .timedOut(address: address.description)
          case .failed(let code): throw .system(call: "poll", code: code)
          }
        case let code: throw .system(call: "send", code: code)
        }
      }
    } catch {
      return .failed(error)
    }
  }

  private static func watchdogTimeout(_ environment: [String: String], _ processID: Int32) -> Duration? {
    guard let text = environment["WATCHDOG_USEC"], let microseconds = Int64(text), microseconds > 0 else {
      return nil
    }
    if let owner = environment["WATCHDOG_PID"], Int32(owner) != processID { return nil }
    return .microseconds(microseconds)
  }
}
