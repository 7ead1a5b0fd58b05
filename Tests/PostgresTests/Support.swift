import Postgres
import Testing

/// The error an operation ends with; a test failure when it does not.
func failure(
  _ operation: () throws(PostgresError) -> Void, sourceLocation: SourceLocation = #_sourceLocation
) throws -> PostgresError {
  do throws(PostgresError) {
    try operation()
  } catch {
    return error
  }
  Issue.record("no error was thrown", sourceLocation: sourceLocation)
  throw PostgresError(.unsupported, operation: "test", message: "no error was thrown")
}

/// Short limits, so that tests of them are quick.
func impatient(_ change: (inout Deadlines) -> Void) -> Deadlines {
  var deadlines = Deadlines()
  change(&deadlines)
  return deadlines
}
