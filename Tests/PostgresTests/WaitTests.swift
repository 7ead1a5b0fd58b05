import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Waits, limits and interrupts") struct WaitTests {
  /// Triggers as soon as the server shows the backend at its statement: an event, not a guess at time.
  private func trigger(_ interrupt: Interrupt, whenBusy pid: Int32, _ database: ThrowawayDatabase) -> Thread {
    let thread = Thread {
      do {
        var observer = try database.connect()
        while try observer.query(
          "SELECT 1 FROM pg_stat_activity WHERE pid = $1::int4 AND wait_event = 'PgSleep'", [.int(Int64(pid))]
        ).isEmpty {}
      } catch {
        Issue.record(error)
      }
      interrupt.trigger()
    }
    thread.start()
    return thread
  }

  @Test("an interrupt during a long statement returns at once and ends it on the server")
  func interrupted() throws {
    let database = try ThrowawayCluster.shared.postgresDatabase
    let interrupt = try Interrupt()
    var connection = try database.connect(interrupt: interrupt)
    let pid = connection.backendPID
    _ = trigger(interrupt, whenBusy: pid, database)
    let clock = ContinuousClock()
    let start = clock.now
    let error = try failure { () throws(PostgresError) in
      _ = try connection.query("SELECT pg_sleep(60)").count
    }
    #expect(clock.now - start < .seconds(10))
    #expect(error.kind == .interrupted && !connection.isOpen)
    try awaitGone(pid, database)

    // A level: as long as it is up no wait succeeds; once down, a new connection works.
    #expect(interrupt.isTriggered)
    let still = try failure { () throws(PostgresError) in
      _ = try database.connect(interrupt: interrupt).isOpen
    }
    #expect(still.kind == .interrupted)
    interrupt.reset()
    #expect(!interrupt.isTriggered)
    #expect(try database.connect(interrupt: interrupt).isOpen == true)
  }

  @Test("an interrupt in mid-stream ends it too")
  func interruptedStream() throws {
    let interrupt = try Interrupt()
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect(interrupt: interrupt)
    let error = try failure { () throws(PostgresError) in
      try connection.stream("SELECT generate_series(1, 100000000)") { _ throws(PostgresError) in
        interrupt.trigger()
      }
    }
    #expect(error.kind == .interrupted && !connection.isOpen)
  }

  private func awaitGone(_ pid: Int32, _ database: ThrowawayDatabase) throws {
    var observer = try database.connect()
    while try !observer.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1::int4", [.int(Int64(pid))])
      .isEmpty
    {}
  }

  @Test("silence longer than the limit ends the wait, and the statement on the server")
  func deadline() throws {
    let database = try ThrowawayCluster.shared.postgresDatabase
    let deadlines = impatient {
      $0.statement = .milliseconds(100)
      $0.answerGrace = .milliseconds(100)
    }
    var connection = try database.connect(deadlines: deadlines)
    let pid = connection.backendPID
    let error = try failure { () throws(PostgresError) in
      _ = try connection.query("SELECT pg_sleep(60)", operation: "read the view").count
    }
    #expect(error.kind == .deadline("answer") && error.operation == "read the view")
    #expect(connection.isOpen == false)
    try awaitGone(pid, database)
  }

  @Test("a frozen server runs into our own limit")
  func frozen() throws {
    let cluster = try ThrowawayCluster.start()
    defer { cluster.remove() }
    let deadlines = impatient {
      $0.statement = .milliseconds(100)
      $0.answerGrace = .milliseconds(100)
      $0.cancel = .milliseconds(100)
      $0.connect = .milliseconds(200)
    }
    var connection = try cluster.postgresDatabase.connect(deadlines: deadlines)
    let processes = [connection.backendPID, try cluster.postmasterPID()]
    for process in processes { kill(process, SIGSTOP) }
    let error = try failure { () throws(PostgresError) in try connection.execute("SELECT 1") }
    #expect(error.kind == .deadline("answer"))
    let connect = try failure { () throws(PostgresError) in
      _ = try cluster.postgresDatabase.connect(deadlines: deadlines).isOpen
    }
    #expect(connect.kind == .deadline("connect") && connect.isUnreachable)
    for process in processes { kill(process, SIGCONT) }
  }

  @Test("inside a transaction the server's own limits hold")
  func statementTimeout() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run("CREATE TABLE t (a int)")
    let deadlines = impatient {
      $0.statement = .milliseconds(150)
      $0.lock = .milliseconds(50)
    }
    var connection = try database.connect(deadlines: deadlines)
    let slow = try failure { () throws(PostgresError) in
      try connection.transaction(.readOnlyRepeatableRead) { db throws(PostgresError) in
        _ = try db.query("SELECT pg_sleep(60)").count
      }
    }
    #expect(slow.kind == .server && slow.sqlstate == "57014" && connection.isOpen)
    var holder = try database.connect()
    try holder.begin(.readWrite)
    try holder.execute("LOCK TABLE public.t")
    let locked = try failure { () throws(PostgresError) in
      try connection.transaction(.readWrite) { db throws(PostgresError) in
        try db.execute("INSERT INTO public.t VALUES (1)")
      }
    }
    #expect(locked.sqlstate == "55P03" && connection.isOpen)
  }

  @Test("a large statement goes out while a large answer comes in")
  func bothWays() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let big = String(repeating: "x", count: 20_000_000)
    let result = try connection.query("SELECT $1::text, $2::text", [.text(big), .text(big)])
    #expect(result.string(row: 0, column: 0)?.utf8.count == 20_000_000)
    let sql = (1...2000).map { "SELECT repeat('y', 5000), \($0)" }.joined(separator: ";")
    try connection.execute(sql)
    #expect(connection.isOpen == true)
  }
}
