import CLibPQ

/// What a transaction is for.
public enum TransactionMode: Sendable, Equatable {
  /// One unchanging view of the data, nothing can be written: for reading a source, also on a standby.
  case readOnlyRepeatableRead
  /// Each statement sees what is committed: for writing.
  case readWrite

  fileprivate var begin: String {
    switch self {
    case .readOnlyRepeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case .readWrite: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
    }
  }
}

extension Connection {
  /// Runs the body in a transaction: commits when it returns, rolls back when it throws.
  ///
  /// - Throws: the body's error, or that of begin or commit. After `connectionLost` or `deadline` with operation
  ///   `commit` the outcome is unknown.
  @discardableResult
  public mutating func transaction<R: ~Copyable>(
    _ mode: TransactionMode, _ body: (inout Connection) throws(PostgresError) -> R
  ) throws(PostgresError) -> R {
    try begin(mode)
    let value: R
    do throws(PostgresError) {
      value = try body(&self)
    } catch {
      rollback()
      throw error
    }
    try commit()
    return value
  }

  /// Begins a transaction with everything the meaning of a statement depends on pinned, in one round trip:
  /// search path, time zone, date style, and the limits of ``Deadlines``. SET LOCAL only: nothing is left behind
  /// in a pooled session.
  public mutating func begin(_ mode: TransactionMode) throws(PostgresError) {
    try execute(
      """
      \(mode.begin);
      SET LOCAL search_path = pg_catalog, pg_temp;
      SET LOCAL TimeZone = 'UTC';
      SET LOCAL DateStyle = 'ISO, YMD';
      SET LOCAL IntervalStyle = 'postgres';
      SET LOCAL bytea_output = 'hex';
      SET LOCAL statement_timeout = \(deadlines.statement.milliseconds);
      SET LOCAL lock_timeout = \(deadlines.lock.milliseconds);
      SET LOCAL idle_in_transaction_session_timeout = \(deadlines.idleInTransaction.milliseconds)
      """, operation: "begin")
  }

  /// Commits. An interrupt does not end this, only shortens the wait (``Deadlines/commitAfterInterrupt``).
  ///
  /// - Throws: `server` with SQLSTATE 25P02 when an earlier error had already doomed the transaction, which the
  ///   server answers with a rollback and without an error of its own.
  public mutating func commit() throws(PostgresError) {
    committing = true
    defer { committing = false }
    let tag = try run("COMMIT", "commit")
    if tag != "COMMIT" {
      throw PostgresError(
        .server, operation: "commit", sqlstate: "25P02",
        message: "an earlier statement had failed: the transaction was rolled back")
    }
  }

  /// Rolls back. Never fails: a connection that cannot roll back is closed, which does the same.
  public mutating func rollback() {
    guard let handle else { return }
    if PQtransactionStatus(handle) == PQTRANS_IDLE { return }
    do throws(PostgresError) {
      try execute("ROLLBACK", operation: "rollback")
    } catch {
      close()
    }
  }
}
