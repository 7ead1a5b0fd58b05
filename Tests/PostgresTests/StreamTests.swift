import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Streaming") struct StreamTests {
  /// Tests/Scripts/test-libpq.sh runs this suite with a libpq that has chunks.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["FREEZE_LIBPQ_CHUNKS"] == "required"))
  func `This libpq hands rows over in chunks`() { #expect(ChunkedRows.isAvailable) }

  @Test("300,000 rows arrive in order, all of them")
  func all() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    var (next, announced, wrong): (Int64, [Column], Int) = (1, [], 0)
    let count = try connection.stream(
      "SELECT g::int8, CASE WHEN g % 3 = 0 THEN NULL ELSE (g % 1000)::int4 END AS day, 'x' || g FROM generate_series(1, $1::int8) g",
      [.int(300_000)], columns: { columns throws(PostgresError) in announced = columns }
    ) { row throws(PostgresError) in
      let expected: Int64? = next % 3 == 0 ? nil : next % 1000
      let (number, day) = (try row.int64(at: 0), try row.int64(at: 1))
      if number != next || day != expected
        || row.bytes(at: 2).count != "x\(next)".utf8.count
      {
        wrong += 1
      }
      next += 1
    }
    #expect(count == 300_000 && next == 300_001 && wrong == 0)
    #expect(announced.map(\.name) == ["g", "day", "?column?"])
    #expect(announced.map(\.typeOID) == [20, 23, 25])
    #expect(try connection.query("SELECT 1").count == 1)
  }

  @Test("columns are announced for an empty result too")
  func empty() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    var announced: [[String]] = []
    let count = try connection.stream(
      "SELECT 1 AS a, 2 AS b WHERE false",
      columns: { columns throws(PostgresError) in announced.append(columns.map(\.name)) }
    ) { _ throws(PostgresError) in Issue.record("a row") }
    #expect(count == 0 && announced == [["a", "b"]])
  }

  @Test("stopping early leaves the connection usable")
  func earlyStop() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let pid = connection.backendPID
    for limit in [1, 10, 100_000] {
      var seen = 0
      let count = try connection.streamWhile(
        "SELECT generate_series(1, 100000000)"
      ) { _ throws(PostgresError) in
        seen += 1
        return seen < limit
      }
      #expect(seen == limit && count == limit && connection.isOpen)
      #expect(try connection.query("SELECT pg_backend_pid()").int64(row: 0, column: 0) == Int64(pid))
    }
  }

  @Test("an error of the callback ends the statement and comes out as it is")
  func callbackError() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let mine = PostgresError(.unsupported, operation: "mine", message: "enough")
    let error = try failure { () throws(PostgresError) in
      try connection.stream("SELECT generate_series(1, 100000000)") { _ throws(PostgresError) in
        throw mine
      }
    }
    #expect(error == mine && connection.isOpen)
    let columns = try failure { () throws(PostgresError) in
      try connection.stream(
        "SELECT 1", columns: { _ throws(PostgresError) in throw mine }, each: { _ throws(PostgresError) in })
    }
    #expect(columns == mine)
    #expect(try connection.query("SELECT 1").count == 1)
  }

  @Test("an error of the server after some rows is thrown after them")
  func lateError() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    var seen = 0
    let error = try failure { () throws(PostgresError) in
      try connection.stream(
        "SELECT 1 / (5000 - g) FROM generate_series(1, 10000) g"
      ) { _ throws(PostgresError) in seen += 1 }
    }
    #expect(error.kind == .server && error.sqlstate == "22012")
    #expect(seen > 0 && seen < 5000)
    #expect(try connection.query("SELECT 1").count == 1)
  }

  @Test("a statement without rows, and one that is not even that")
  func noRows() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    #expect(try connection.stream("SET work_mem = '4MB'") { _ throws(PostgresError) in } == 0)
    #expect(try connection.stream("") { _ throws(PostgresError) in } == 0)
    let syntax = try failure { () throws(PostgresError) in
      try connection.stream("SELEC") { _ throws(PostgresError) in }
    }
    #expect(syntax.sqlstate == "42601")
    for copy in ["COPY (SELECT 1) TO STDOUT"] {
      let error = try failure { () throws(PostgresError) in
        try connection.stream(copy) { _ throws(PostgresError) in }
      }
      #expect(error.kind == .unsupported && !connection.isOpen)
    }
  }

  @Test(
    "termination by an administrator in mid-stream is a lost connection with its SQLSTATE")
  func terminated() throws {
    let database = try ThrowawayCluster.shared.postgresDatabase
    var connection = try database.connect()
    var admin = try database.connect()
    let pid = Int64(connection.backendPID)
    var seen = 0
    let error = try failure { () throws(PostgresError) in
      try connection.stream("SELECT generate_series(1, 100000000)") {
        _ throws(PostgresError) in
        seen += 1
        if seen == 1000 { _ = try admin.query("SELECT pg_terminate_backend($1::int4)", [.int(pid)]).count }
      }
    }
    #expect(error.kind == .connectionLost && seen >= 1000)
    #expect(error.sqlstate == "57P01" || error.sqlstate == nil)
    #expect(error.isUnreachable && !error.isPrivilege)
    #expect(connection.isOpen == false)
  }

  @Test("a server that crashes in mid-stream is a lost connection; a new one works after its restart")
  func crashed() throws {
    let cluster = try ThrowawayCluster.start()
    defer { cluster.remove() }
    var connection = try cluster.postgresDatabase.connect()
    var stopped = false
    let error = try failure { () throws(PostgresError) in
      try connection.stream("SELECT generate_series(1, 100000000)") { _ throws(PostgresError) in
        if stopped { return }
        stopped = true
        do { try cluster.stop(.immediate) } catch { Issue.record(error) }
      }
    }
    #expect(error.kind == .connectionLost && connection.isOpen == false)
    let away = try failure { () throws(PostgresError) in _ = try cluster.postgresDatabase.connect().isOpen }
    #expect(away.kind == .connection && away.isUnreachable)
    try cluster.start()
    var again = try cluster.postgresDatabase.connect()
    #expect(try again.query("SELECT 1").count == 1)
  }
}
