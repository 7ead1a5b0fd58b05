import Postgres
import Synchronization

/// A session that outlives a scan, so that the next one need not make its own: a server takes some ten milliseconds to
/// start a session and to learn the view, which counts where a scan follows a commit at once.
///
/// For few and frequent scans only: a session that waits is one the server cannot give to others.
package final class KeptSession: Sendable {
  private let session = Mutex<Connection?>(nil)
  /// What the last scan of all records found of the order of day and month, for one of a few.
  let orders = Mutex<DateOrders?>(nil)

  /// None kept yet.
  package init() {}

  /// Gives the session out, once.
  func take() -> Connection? { session.withLock { $0.take() } }

  /// Keeps a session that is in no transaction.
  func keep(_ connection: consuming sending Connection) {
    var connection: Connection? = connection
    session.withLock { $0 = connection.take() }
  }
}
