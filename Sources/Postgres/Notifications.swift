import CLibPQ
import Glibc

/// A NOTIFY that reached us.
public struct ServerNotification: Sendable, Equatable {
  /// The channel.
  public let channel: String
  /// What the sender added; may be empty. Anybody who may connect can send: not to be trusted.
  public let payload: String
  /// Process id of the sender's backend.
  public let backendPID: Int32
}

extension Connection {
  /// Subscribes to a channel. Does not work on a standby or through PgBouncer in transaction mode.
  public mutating func listen(_ channel: String) throws(PostgresError) {
    try execute("LISTEN \(try Connection.quoteIdentifier(channel))", operation: "listen")
  }

  /// Notifications that have arrived; does not wait.
  public mutating func notifications() throws(PostgresError) -> [ServerNotification] {
    let handle = try opened("notifications")
    let alive = PQconsumeInput(handle) == 1
    var arrived: [ServerNotification] = []
    while let notify = PQnotifies(handle) {
      arrived.append(
        ServerNotification(
          channel: String(cString: notify.pointee.relname), payload: String(cString: notify.pointee.extra),
          backendPID: notify.pointee.be_pid))
      PQfreemem(notify)
    }
    if arrived.isEmpty && (!alive || PQstatus(handle) == CONNECTION_BAD) { throw lost("notifications") }
    return arrived
  }

}
