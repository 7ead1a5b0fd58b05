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
        '2000-01-02'::date, 'infinity'::date, '-infinity'::date, '0001-01-01'::date,
        '2000-01-01 00:00:01+00'::timestamptz, 'infinity'::timestamptz, NULL::int8, ''::text
      """)
    #expect(result.count == 1 && result.columns.count == 14)
    #expect(
      result.columns[2] == result.columns[2] && result.columns[2].typeOID == 20 && result.columns[2].isBinary)
    try result.forEach { row throws(PostgresError) in
      #expect(try row.int64(at: 0) == 7)
      #expect(try row.int64(at: 1) == -8)
      #expect(row.int32BigEndian(at: 1) == -8)
      #expect(try row.int64(at: 2) == Int64.max)
      #expect(try row.bool(at: 3) == true)
      #expect(row.string(at: 4) == "é\"\\")
      #expect(row.textValue(at: 4)?.isValid == true)
      #expect(row.byteArray(at: 5) == [0, 255])
      #expect(row.withSpan(at: 5) { $0.byteCount } == 2)
      #expect(try row.pgDate(at: 6) == 1)
      #expect(try row.pgDate(at: 7) == Int32.max)
      #expect(try row.pgDate(at: 8) == Int32.min)
      #expect(try row.pgDate(at: 9) == -730119)
      #expect(try row.timestamptz(at: 10) == 1_000_000)
      #expect(try row.timestamptz(at: 11) == Int64.max)
      #expect(row.isNull(at: 12) == true)
      #expect(try row.int64(at: 12) == nil)
      #expect(try row.bool(at: 12) == nil)
      #expect(try row.pgDate(at: 12) == nil)
      #expect(try row.timestamptz(at: 12) == nil)
      #expect(row.string(at: 12) == nil && row.textValue(at: 12) == nil && row.byteArray(at: 12) == nil)
      #expect(row.bytes(at: 12).isEmpty && !row.isNull(at: 13) && row.string(at: 13) == "")
      #expect(row.isNull(at: 99) && row.string(at: 99) == nil && row.bytes(at: -1).isEmpty)
    }
  }

  @Test("text results decode where the text form can")
  func text() throws {
    var connection = try ThrowawayCluster.shared.postgresDatabase.connect()
    let result = try connection.query("SELECT 12::int4, true, false, '2024-03-22'::date", binary: false)
    #expect(try result.int64(row: 0, column: 0) == 12)
    #expect(try result.bool(row: 0, column: 1) == true)
    #expect(try result.bool(row: 0, column: 2) == false)
    #expect(result.string(row: 0, column: 3) == "2024-03-22")
    let error = try failure { () throws(PostgresError) in
      _ = try result.withRow(0) { row throws(PostgresError) in try row.pgDate(at: 3) }
    }
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
    let texts = try connection.query("SELECT unnest($1::text[])", [.texts(ValueTests.awkward)])
      .map { row throws(PostgresError) in row.string(at: 0) }
    #expect(texts == ValueTests.awkward)
    let numbers = try connection.query("SELECT unnest($1::bigint[])", [.ints(ints)])
      .map { row throws(PostgresError) in try row.int64(at: 0) }
    #expect(numbers == ints)
    let blobs = try connection.query("SELECT unnest($1::bytea[])", [.byteArrays(bytes)])
      .map { row throws(PostgresError) in row.byteArray(at: 0) }
    #expect(blobs == bytes)
    for empty: Parameter in [.texts([]), .ints([])] {
      #expect(try connection.query("SELECT cardinality($1::int8[])", [empty]).int64(row: 0, column: 0) == 0)
    }
    #expect(
      try connection.query("SELECT cardinality($1::bytea[])", [.byteArrays([])]).int64(row: 0, column: 0) == 0
    )
  }

  @Test("ten thousand rows go in by one statement")
  func manyElements() throws {
    var connection = try ThrowawayCluster.shared.createDatabase().connect()
    try connection.execute("CREATE TABLE t (id bigint, name text, day date, body bytea)")
    let count = 10_000
    let inserted = try connection.query(
      "INSERT INTO t SELECT * FROM unnest($1::bigint[], $2::text[], $3::date[], $4::bytea[])",
      [
        .ints((0..<count).map { Int64($0) }), .texts((0..<count).map { "name \"\($0)\"" }),
        .texts((0..<count).map { $0 % 2 == 0 ? nil : "2024-03-22" }),
        .byteArrays((0..<count).map { [UInt8](repeating: UInt8($0 % 256), count: 100) }),
      ])
    #expect(inserted.affectedRows == count && inserted.commandTag == "INSERT 0 10000")
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
      "SELECT $1::date, $2::int8 + 1, $3::bool, $4, $5::text, octet_length($6::bytea), $7::text IS NULL",
      [
        .text("2024-03-22"), .int(41), .bool(true), .bytes([1, 0, 2]), .text("x'y"), .bytes([]),
        .text(String?.none),
      ])
    try result.forEach { row throws(PostgresError) in
      #expect(try row.pgDate(at: 0) == 8847)
      #expect(try row.int64(at: 1) == 42)
      #expect(try row.bool(at: 2) == true)
      #expect(row.byteArray(at: 3) == [1, 0, 2])
      #expect(row.string(at: 4) == "x'y")
      #expect(try row.int64(at: 5) == 0)
      #expect(try row.bool(at: 6) == true)
    }
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

  @Test("bytes that are not UTF-8 are repaired and reported")
  func invalidBytes() throws {
    let database = try ThrowawayCluster.shared.createDatabase(encoding: "SQL_ASCII")
    var connection = try database.connect()
    let result = try connection.query("SELECT convert_from('\\x41e942'::bytea, 'SQL_ASCII'), 'ok'::text")
    try result.forEach { row throws(PostgresError) in
      #expect(row.string(at: 0) == "A\u{FFFD}B")
      #expect(row.textValue(at: 0) == TextValue(text: "A\u{FFFD}B", isValid: false))
      #expect(Array(row.bytes(at: 0)) == [0x41, 0xe9, 0x42])
      #expect(row.textValue(at: 1)?.isValid == true)
    }
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
