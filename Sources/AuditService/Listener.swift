import Postgres

/// Hears NOTIFY `freeze_audit_changed` from the source, where that is allowed. Never needed to be right: without it the
/// interval serves, so every failure here is quiet.
final class Listener {
  private var connection: Connection

  /// `nil` when the server cannot or may not: a standby, a pooler, no privilege, not there.
  init?(conninfo: String, password: String?, interrupt: Interrupt) {
    do throws(PostgresError) {
      connection = try Connection(conninfo: conninfo, password: password, interrupt: interrupt)
      guard try !connection.isInRecovery() else { return nil }
      try connection.listen("freeze_audit_changed")
    } catch { return nil }
  }

  /// Whether it still hears.
  var isOpen: Bool { connection.socket >= 0 }

  /// For poll; -1 once the session is gone.
  var socket: Int32 { connection.socket }

  /// Whether anything was heard; ends the session on an error.
  func heard() -> Bool {
    do throws(PostgresError) { return try !connection.notifications().isEmpty } catch {
      connection.close()
      return false
    }
  }
}
