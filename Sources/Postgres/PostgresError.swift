/// What went wrong, where, and with which SQLSTATE; safe to log.
///
/// `description` never holds row content or a password: DETAIL and CONTEXT are left out, and of
/// messages that may quote data only the fixed part is kept. `String(reflecting:)` adds the
/// server's full text, for a developer's eyes.
public struct PostgresError: Error, Sendable, Equatable {
  /// The sort of failure.
  public enum Kind: Sendable, Hashable {
    /// No session came about: unreachable, refused, not authenticated, no such database.
    case connection
    /// The session ended while or before it was used. After a `commit` the outcome is unknown.
    case connectionLost
    /// The server refused a statement; `sqlstate` says why.
    case server
    /// A limit of ``Deadlines`` passed on the client's side; the name is the property's.
    case deadline(String)
    /// The ``Interrupt`` was triggered.
    case interrupted
    /// A value is not of the type asked for.
    case decoding(column: String)
    /// Something this client cannot do, or was asked to do wrongly.
    case unsupported
    /// The connection string cannot be understood.
    case conninfo
  }

  /// The sort of failure.
  public let kind: Kind
  /// What was being done: a short name such as `connect`, `query`, or the one the caller gave.
  public let operation: String
  /// Five characters, when the server sent them.
  public let sqlstate: String?
  /// One line, cleaned of control characters, at most 300 characters, without row content.
  public let message: String
  /// The server's own words in full, which may quote data; shown by `String(reflecting:)` only.
  let detail: String?

  /// An error with a message that is safe to show.
  public init(
    _ kind: Kind, operation: String, sqlstate: String? = nil, message: String
  ) {
    self.init(kind, operation: operation, sqlstate: sqlstate, message: message, detail: nil)
  }

  init(_ kind: Kind, operation: String, sqlstate: String?, message: String, detail: String?) {
    self.kind = kind
    self.operation = operation
    self.sqlstate = sqlstate
    self.message = ErrorText.oneLine(message)
    self.detail = detail
  }
}

extension PostgresError {
  /// The role may not: authentication failed (class 28) or a privilege is missing (42501).
  public var isPrivilege: Bool {
    guard let sqlstate else { return false }
    return sqlstate == "42501" || sqlstate.hasPrefix("28")
  }

  /// There is no server to talk to, now: not reached, gone, starting, stopping, full, or no such database.
  public var isUnreachable: Bool {
    switch kind {
    case .connection: return !isPrivilege
    case .connectionLost, .deadline(Deadlines.connectName): return true
    default: break
    }
    guard let sqlstate else { return false }
    return sqlstate.hasPrefix("08") || ["57P01", "57P02", "57P03", "53300"].contains(sqlstate)
  }

}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
  /// `operation: message (SQLSTATE 42501)`; safe to log.
  public var description: String {
    let state = sqlstate.map { " (SQLSTATE \($0))" } ?? ""
    return "\(operation): \(message)\(state)"
  }

  /// As `description`, then the kind and the server's full text, which may quote row content.
  public var debugDescription: String {
    let full = detail.map { "\n\($0)" } ?? ""
    return "PostgresError.\(kind) \(description)\(full)"
  }
}
