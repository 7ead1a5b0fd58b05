import FreezeRules

/// A source that cannot be judged as a whole; single bad records never raise one.
public struct SourceError: ExplainedError {
  /// What kind of trouble, for the exit code.
  public enum Cause: Sendable {
    /// File or server not there (exit 69).
    case unreachable
    /// Not allowed to read, or to log in (exit 77).
    case privilege
    /// Lacks a required column, or one has another type (exit 78).
    case shape
    /// Reachable, but could not be read through (exit 3).
    case notEvaluated
  }

  /// What kind.
  public let cause: Cause
  /// The sentence for people.
  public let message: Bilingual
  /// The server's code, where there is one.
  public let sqlState: String?

  /// An error of these parts.
  public init(_ cause: Cause, _ message: Bilingual, sqlState: String? = nil) {
    self.cause = cause
    self.message = message
    self.sqlState = sqlState
  }
}
