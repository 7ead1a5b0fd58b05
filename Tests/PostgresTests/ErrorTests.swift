import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Errors") struct ErrorTests {
  /// Statement, SQLSTATE, the message as it may be shown.
  static let messages: [(String, String, String)] = [
    ("SELECT 'Siti'::date", "22007", "invalid input syntax for type date: \"…\""),
    ("SELECT 'Siti \"S\" Rahma'::int", "22P02", "invalid input syntax for type integer: \"…\""),
    (
      "INSERT INTO t VALUES (1, 'Siti')", "23505",
      "duplicate key value violates unique constraint \"…\" [table t, constraint t_pkey]"
    ),
    (
      "INSERT INTO t VALUES (2, NULL)", "23502",
      "null value in column \"…\" violates not-null constraint [table t, column name]"
    ),
    ("SELECT * FROM no_such_view", "42P01", "relation \"no_such_view\" does not exist"),
    ("SELECT no_such_column FROM t", "42703", "column \"no_such_column\" does not exist"),
    ("SELEC 1", "42601", "syntax error at or near \"SELEC\""),
    (
      "DO $$ BEGIN RAISE EXCEPTION 'Siti was here'; END $$", "P0001",
      "an error raised within the database (message withheld, it may quote data)"
    ),
    (
      "DO $$ BEGIN RAISE EXCEPTION 'Siti' USING ERRCODE = 'ZZ001'; END $$", "ZZ001",
      "an error raised within the database (message withheld, it may quote data)"
    ),
    (
      "SELECT pg_read_file('/nowhere/x')", "58P01",
      "could not open file \"/nowhere/x\" for reading: No such file or directory"
    ),
  ]

  @Test("of the server show what and where, and no data", arguments: messages)
  func shown(sql: String, sqlstate: String, message: String) throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run("CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL); INSERT INTO t VALUES (1, 'a')")
    var connection = try database.connect()
    let error = try failure { () throws(PostgresError) in
      _ = try connection.query(sql, operation: "read").count
    }
    #expect(error.kind == .server && error.sqlstate == sqlstate && error.operation == "read")
    #expect(error.message == message)
    #expect("\(error)" == "read: \(message) (SQLSTATE \(sqlstate))")
    #expect(!"\(error)".contains("Siti"))
    #expect(connection.isOpen == true)
    #expect(try connection.query("SELECT 1").count == 1)
  }

  @Test("show the whole to a developer who asks")
  func reflected() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let error = try failure { () throws(PostgresError) in try connection.execute("SELECT 'Siti'::date") }
    #expect(String(reflecting: error).contains("invalid input syntax for type date: \"Siti\""))
  }

  @Test("a missing privilege is recognised")
  func privilege() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.run("CREATE TABLE t (a int); CREATE ROLE \(database.name)_reader LOGIN")
    var connection = try Connection(conninfo: database.socketConninfo(user: "\(database.name)_reader"))
    let error = try failure { () throws(PostgresError) in try connection.execute("SELECT * FROM t") }
    #expect(error.sqlstate == "42501" && error.isPrivilege && !error.isUnreachable)
  }

  /// SQLSTATE; privilege, unreachable, passing.
  static let classes: [(String, Bool, Bool, Bool)] = [
    ("42501", true, false, false), ("28000", true, false, false), ("28P01", true, false, false),
    ("08006", false, true, false), ("57P01", false, true, true), ("57P02", false, true, true),
    ("57P03", false, true, true), ("53300", false, true, false), ("57P04", false, false, false),
    ("57P05", false, false, true), ("53100", false, false, false), ("40001", false, false, true),
    ("40P01", false, false, true), ("57014", false, false, false), ("55P03", false, false, false),
    ("42P01", false, false, false), ("22007", false, false, false), ("23505", false, false, false),
    ("0A000", false, false, false), ("25006", false, false, false),
  ]

  @Test("are classed by SQLSTATE", arguments: classes)
  func classed(sqlstate: String, privilege: Bool, unreachable: Bool, passing: Bool) {
    let error = PostgresError(.server, operation: "query", sqlstate: sqlstate, message: "m")
    #expect(error.isPrivilege == privilege)
    #expect(error.isUnreachable == unreachable)
    #expect(error.isPassing == passing)
  }

  @Test("keep control characters and endless text out of a log line")
  func oneLine() {
    let nasty = "a\nb\u{1b}[31mc\u{2028}d\u{202e}e\u{0}f\r\n" + String(repeating: "x", count: 1000)
    let error = PostgresError(.unsupported, operation: "x", message: nasty)
    #expect(error.message.hasPrefix("a b [31mc d e f xxx"))
    #expect(error.message.unicodeScalars.count <= 302)
  }
}
