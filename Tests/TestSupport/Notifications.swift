import Glibc
import Postgres

extension Connection {
  /// Waits until a notification arrives, half a minute at most.
  public mutating func nextNotifications() throws(PostgresError) -> [ServerNotification] {
    var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    for _ in 0..<30 {
      let arrived = try notifications()
      if !arrived.isEmpty { return arrived }
      _ = poll(&descriptor, 1, 1000)
    }
    return []
  }
}
