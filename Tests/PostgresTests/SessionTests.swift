import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Sessions") struct SessionTests {
  @Test("a transaction pins what statements depend on, and leaves nothing behind")
  func pinned() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    var connection = try database.connect()
    let settings = [
      "search_path", "TimeZone", "DateStyle", "statement_timeout", "lock_timeout",
      "idle_in_transaction_session_timeout", "transaction_isolation", "transaction_read_only",
    ]
    let sql = "SELECT " + settings.map { "current_setting('\($0)')" }.joined(separator: ", ")
    func read(_ connection: inout Connection) throws(PostgresError) -> [String?] {
      let result = try connection.query(sql)
      return settings.indices.map { result.string(row: 0, column: $0) }
    }
    let before = try read(&connection)
    let inside = try connection.transaction(.readOnlyRepeatableRead) { db throws(PostgresError) in
      try read(&db)
    }
    #expect(
      inside == ["pg_catalog, pg_temp", "UTC", "ISO, YMD", "2min", "5s", "1min", "repeatable read", "on"])
    #expect(try read(&connection) == before)
  }

  @Test("a transaction commits on return and rolls back on any error")
  func commitAndRollback() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run("CREATE TABLE t (a int)")
    var connection = try database.connect()
    try connection.transaction(.readWrite) { db throws(PostgresError) in
      try db.execute("INSERT INTO public.t VALUES (1)")
    }
    _ = try failure { () throws(PostgresError) in
      try connection.transaction(.readWrite) { db throws(PostgresError) in
        try db.execute("INSERT INTO public.t VALUES (2)")
        try db.execute("SELECT 1 / 0")
      }
    }
    #expect(connection.isOpen == true)
    #expect(try database.value("SELECT string_agg(a::text, ',') FROM t") == "1")
    let readOnly = try failure { () throws(PostgresError) in
      try connection.transaction(.readOnlyRepeatableRead) { db throws(PostgresError) in
        try db.execute("INSERT INTO public.t VALUES (4)")
      }
    }
    #expect(readOnly.sqlstate == "25006")
  }

  @Test("a commit the server turned into a rollback is an error")
  func doomedCommit() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run("CREATE TABLE t (a int)")
    var connection = try database.connect()
    let error = try failure { () throws(PostgresError) in
      try connection.transaction(.readWrite) { db throws(PostgresError) in
        try db.execute("INSERT INTO public.t VALUES (1)")
        do throws(PostgresError) { try db.execute("SELECT 1 / 0") } catch {}
      }
    }
    #expect(error.operation == "commit" && error.sqlstate == "25P02")
    #expect(try database.value("SELECT count(*) FROM t") == "0")
  }

  @Test("a result can leave its transaction")
  func resultOut() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let result = try connection.transaction(.readOnlyRepeatableRead) {
      db throws(PostgresError) -> ResultSet in
      try db.query("SELECT 5")
    }
    #expect(try result.int64(row: 0, column: 0) == 5)
  }

  @Test("an interrupt does not tear a commit apart")
  func commitUnderInterrupt() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run("CREATE TABLE t (a int)")
    let interrupt = try Interrupt()
    var connection = try database.connect(interrupt: interrupt)
    try connection.begin(.readWrite)
    try connection.execute("INSERT INTO public.t VALUES (1)")
    interrupt.trigger()
    try connection.commit()
    #expect(try database.value("SELECT count(*) FROM t") == "1")
  }

  @Test("a notification goes round")
  func notify() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    var listener = try database.connect()
    try listener.listen("Odd \"channel\"")
    #expect(try listener.notifications().isEmpty)
    var sender = try database.connect()
    try sender.execute("NOTIFY \"Odd \"\"channel\"\"\", 'hello'; NOTIFY \"Odd \"\"channel\"\"\", 'again'")
    var arrived: [ServerNotification] = []
    while arrived.count < 2 { arrived += try listener.nextNotifications() }
    #expect(arrived.map(\.payload) == ["hello", "again"])
    #expect(arrived.allSatisfy { $0.channel == "Odd \"channel\"" && $0.backendPID == sender.backendPID })
    // One that arrives together with an answer is not lost either.
    try listener.execute("NOTIFY \"Odd \"\"channel\"\"\", 'self'")
    #expect(try listener.notifications().map(\.payload) == ["self"])
  }

  @Test("a listener whose server goes away notices")
  func listenerLost() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    var listener = try database.connect()
    try listener.listen("c")
    try database.run("SELECT pg_terminate_backend(\(listener.backendPID))")
    let error = try failure { () throws(PostgresError) in
      _ = try listener.nextNotifications()
    }
    #expect(error.kind == .connectionLost && !listener.isOpen)
  }
}
