import OrderedJSON
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

  /// What the source said of a change.
  enum Change: Equatable {
    /// There was one.
    case somewhere
    /// In these records, as ids; none of them need exist.
    case named([String])

    /// - Parameter payloads: each a JSON array of ids; anything else names nothing. Whoever may connect can send one.
    init(_ payloads: [String]) {
      var ids: [String] = []
      for payload in payloads {
        guard let named = Self.ids(payload), ids.count + named.count <= Self.most else {
          self = .somewhere
          return
        }
        ids += named
      }
      self = .named(ids)
    }

    /// More than these are looked at with all the rest.
    static let most = 1000

    private static func ids(_ payload: String) -> [String]? {
      guard let values = JSON(parsing: payload)?.array, !values.isEmpty else { return nil }
      let ids = values.compactMap(\.string)
      return ids.count == values.count ? ids : nil
    }
  }

  /// What was heard since the last call; ends the session on an error.
  func heard() -> Change? {
    do throws(PostgresError) {
      let heard = try connection.notifications()
      return heard.isEmpty ? nil : Change(heard.map(\.payload))
    } catch {
      connection.close()
      return nil
    }
  }
}
