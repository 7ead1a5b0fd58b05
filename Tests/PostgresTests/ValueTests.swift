import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Values") struct ValueTests {
  @Test("binary values decode to what psql shows")
  func binary() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let result = try connection.query(
      """
      SELECT 7::int2, -8::int4, 9223372036854775807::int8, true, 'é"\\'::text, '\\x00ff'::bytea,
        NULL::int8, ''::text
      """)
    #expect(result.count == 1 && result.columns.count == 8)
    #expect(
      result.columns[2] == result.columns[2] && result.columns[2].typeOID == 20 && result.columns[2].isBinary)
    var count = 0
    try connection.stream("SELECT -8::int4") { row throws(PostgresError) in
      count += 1
      #expect(row.int32BigEndian(at: 0) == -8)
      #expect(row.isNull(at: 99) && row.string(at: 99) == nil && row.bytes(at: -1).isEmpty)
    }
    #expect(count == 1)
    #expect(try (0..<3).map { try result.int64(row: 0, column: $0) } == [7, -8, .max])
    #expect(try result.bool(row: 0, column: 3) == true)
    #expect(result.string(row: 0, column: 4) == "é\"\\")
    #expect(result.byteArray(row: 0, column: 5) == [0, 255])
    #expect(try result.int64(row: 0, column: 6) == nil)
    #expect(try result.bool(row: 0, column: 6) == nil)
    #expect(result.string(row: 0, column: 6) == nil && result.byteArray(row: 0, column: 6) == nil)
    #expect(result.string(row: 0, column: 7) == "")
    #expect(result.string(row: 0, column: 99) == nil)
  }

  @Test("text results decode where the text form can")
  func text() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let result = try connection.query("SELECT 12::int4, true, false, '2024-03-22'::date", binary: false)
    #expect(try result.int64(row: 0, column: 0) == 12)
    #expect(try result.bool(row: 0, column: 1) == true)
    #expect(try result.bool(row: 0, column: 2) == false)
    #expect(result.string(row: 0, column: 3) == "2024-03-22")
    let error = try failure { () throws(PostgresError) in _ = try result.int64(row: 0, column: 3) }
    #expect(error.kind == .decoding(column: "date"))
  }

  @Test("a value of another type is an error that names the column and not the value")
  func mismatch() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let result = try connection.query("SELECT 'Siti Rahma'::text AS employee_name")
    let error = try failure { () throws(PostgresError) in _ = try result.int64(row: 0, column: 0) }
    #expect(error.kind == .decoding(column: "employee_name"))
    #expect(error.message.contains("employee_name") && error.message.contains("25"))
    #expect(!String(reflecting: error).contains("Siti"))
  }

  static let awkward: [String?] = [
    "plain", "", nil, "NULL", "null", "a\"b", "a\\b", "\\\"", "{a,b}", "a,b", " lead", "trail ",
    "line\nbreak\ttab",
    "é日本\u{1F9FE}", "'; DROP TABLE x; --", "$1", "\u{7f}", "\\N", "\\x00",
  ]

  @Test("arrays come out element for element as they went in")
  func arrays() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let ints: [Int64?] = [0, nil, Int64.min, Int64.max, -1]
    let bytes: [[UInt8]?] = [[], nil, [0], [0xff, 0x5c, 0x22], Array(0...255)]
    let texts = try column(&connection, "SELECT unnest($1::text[])", [.texts(ValueTests.awkward)]) {
      result, row throws(PostgresError) in
      result.string(row: row, column: 0)
    }
    #expect(texts == ValueTests.awkward)
    let numbers = try column(&connection, "SELECT unnest($1::bigint[])", [.ints(ints)]) {
      result, row throws(PostgresError) in
      try result.int64(row: row, column: 0)
    }
    #expect(numbers == ints)
    let blobs = try column(&connection, "SELECT unnest($1::bytea[])", [.byteArrays(bytes)]) {
      result, row throws(PostgresError) in
      result.byteArray(row: row, column: 0)
    }
    #expect(blobs == bytes)
    for empty: Parameter in [.texts([]), .ints([])] {
      #expect(try connection.query("SELECT cardinality($1::int8[])", [empty]).int64(row: 0, column: 0) == 0)
    }
    #expect(
      try connection.query("SELECT cardinality($1::bytea[])", [.byteArrays([])]).int64(row: 0, column: 0) == 0
    )
  }

  /// The first column of a statement's rows.
  private func column<T>(
    _ connection: inout Connection, _ sql: String, _ parameters: [Parameter],
    _ read: (borrowing ResultSet, Int) throws(PostgresError) -> T
  ) throws(PostgresError) -> [T] {
    let result = try connection.query(sql, parameters)
    var values: [T] = []
    for row in 0..<result.count { values.append(try read(result, row)) }
    return values
  }

  @Test("ten thousand rows go in by one statement")
  func manyElements() throws {
    var connection = try ThrowawayCluster.shared.createDatabase().connect()
    try connection.execute("CREATE TABLE t (id bigint, name text, day date, body bytea)")
    let count = 10_000
    _ = try connection.query(
      "INSERT INTO t SELECT * FROM unnest($1::bigint[], $2::text[], $3::date[], $4::bytea[])",
      [
        .ints((0..<count).map { Int64($0) }), .texts((0..<count).map { "name \"\($0)\"" }),
        .texts((0..<count).map { $0 % 2 == 0 ? nil : "2024-03-22" }),
        .byteArrays((0..<count).map { [UInt8](repeating: UInt8($0 % 256), count: 100) }),
      ])
    let check = try connection.query(
      "SELECT count(*), sum(id), count(day), sum(length(body)), max(name) FROM t WHERE name = 'name \"' || id || '\"'"
    )
    #expect(try check.int64(row: 0, column: 0) == Int64(count))
    #expect(try check.int64(row: 0, column: 2) == Int64(count / 2))
    #expect(try check.int64(row: 0, column: 3) == Int64(count * 100))
  }

  @Test("scalars bind as what the statement makes of them")
  func scalars() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let result = try connection.query(
      "SELECT $1::date::text, $2::int8 + 1, $3::bool, $4, $5::text, octet_length($6::bytea), $7::text IS NULL",
      [
        .text("2024-03-22"), .int(41), .bool(true), .bytes([1, 0, 2]), .text("x'y"), .bytes([]),
        .text(String?.none),
      ])
    #expect(try result.int64(row: 0, column: 1) == 42)
    #expect(try result.bool(row: 0, column: 2) == true)
    #expect(result.byteArray(row: 0, column: 3) == [1, 0, 2])
    #expect(result.string(row: 0, column: 4) == "x'y")
    #expect(try result.int64(row: 0, column: 5) == 0)
    #expect(try result.bool(row: 0, column: 6) == true)
    #expect(result.string(row: 0, column: 0) == "2024-03-22")
  }

  @Test("a NUL character in a text is refused, not cut off")
  func nulCharacter() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    for parameter: Parameter in [.text("a\0b"), .texts(["ok", "a\0b"])] {
      let error = try failure { () throws(PostgresError) in
        _ = try connection.query("SELECT $1::text", [parameter]).count
      }
      #expect(error.kind == .unsupported && error.message.contains("$1"))
    }
    #expect(try connection.query("SELECT 1").count == 1)
  }

  @Test("bytes that are not UTF-8 are repaired, and can be had as they are")
  func invalidBytes() throws {
    let database = try ThrowawayCluster.shared.createDatabase(encoding: "SQL_ASCII")
    var connection = try database.connect()
    let result = try connection.query("SELECT convert_from('\\x41e942'::bytea, 'SQL_ASCII'), 'ok'::text")
    #expect(result.string(row: 0, column: 0) == "A\u{FFFD}B")
    #expect(result.byteArray(row: 0, column: 0) == [0x41, 0xe9, 0x42])
    #expect(result.string(row: 0, column: 1) == "ok")
  }

  static let names: [(String, String)] = [
    ("plain", "\"plain\""), ("Mixed Case", "\"Mixed Case\""), ("a\"b", "\"a\"\"b\""),
    ("select", "\"select\""),
    ("é", "\"é\""), ("a.b", "\"a.b\""), ("\";DROP TABLE x;--", "\"\"\";DROP TABLE x;--\""),
  ]

  @Test("identifiers are quoted so that the server reads back the same name", arguments: names)
  func identifiers(name: String, quoted: String) throws {
    #expect(try Connection.quoteIdentifier(name) == quoted)
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    #expect(try connection.query("SELECT 1 AS \(quoted)").columns[0].name == name)
  }

  @Test(
    "qualified names are quoted part by part",
    arguments: [
      ("freeze_audit.personnel_action", "\"freeze_audit\".\"personnel_action\""), ("v", "\"v\""),
      ("\"odd.schema\".\"a\"\"b\"", "\"odd.schema\".\"a\"\"b\""), ("S.V", "\"S\".\"V\""),
    ])
  func qualifiedNames(name: String, quoted: String) throws {
    #expect(try Connection.quoteQualifiedName(name) == quoted)
  }

  @Test(
    "what is no name is refused",
    arguments: ["", ".", "a.", ".a", "a..b", "\"a", "a\"b\"", "\"a\"b", "a.b.c.d", "\"\"", "a\0b"])
  func noNames(name: String) throws {
    let error = try failure { () throws(PostgresError) in _ = try Connection.quoteQualifiedName(name) }
    #expect(error.kind == .unsupported)
  }
}
