import AuditBase
import CLinux
import Glibc

/// What a `Type=notify` service tells systemd: sd_notify(3) without libsystemd.
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

  private let address: Result<UnixAddress, LogError>?

  /// Reads NOTIFY_SOCKET.
  package init(environment: [String: String]) {
    address = environment["NOTIFY_SOCKET"].map { text in
      do throws(LogError) { return .success(try UnixAddress(text)) } catch { return .failure(error) }
    }
  }

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
}
