import AuditBase
import Postgres
import Synchronization

/// Hears NOTIFY `freeze_audit_changed` from the source, where that is allowed. Never needed to be right: without it the
/// interval serves, so every failure here is quiet.
///
/// Opened by the thread of a scan, since a source may be slow to answer, and asked by the loop.
final class Listener: Sendable {
  private let session = Mutex<Connection?>(nil)
  /// Of the session, -1 where there is none.
  private let descriptor = Atomic<Int32>(-1)

  /// Makes sure of a session; there is none after it when the server cannot or may not: a standby, a pooler, no privilege,
  /// not there.
  func open(conninfo: String, password: String?, interrupt: Interrupt) {
    if isOpen { return }
    do throws(PostgresError) {
      var connection = try Connection(conninfo: conninfo, password: password, interrupt: interrupt)
      guard try !connection.isInRecovery() else { return }
      try connection.listen("freeze_audit_changed")
      let socket = connection.socket
      var made: Connection? = connection
      session.withLock { $0 = made.take() }
      descriptor.store(socket, ordering: .sequentiallyConsistent)
    } catch { return }
  }

  /// Whether it hears.
  var isOpen: Bool { socket >= 0 }

  /// For poll; -1 where there is no session.
  var socket: Int32 { descriptor.load(ordering: .sequentiallyConsistent) }

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
    let heard: [String]? = session.withLock { session in
      guard var connection = session.take() else { return nil }
      do throws(PostgresError) {
        let payloads = try connection.notifications().map(\.payload)
        session = consume connection
        return payloads
      } catch {
        descriptor.store(-1, ordering: .sequentiallyConsistent)
        return nil
      }
    }
    return heard.flatMap { $0.isEmpty ? nil : Change($0) }
  }
}
