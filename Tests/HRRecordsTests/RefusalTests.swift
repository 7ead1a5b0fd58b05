import AuditBase
import Foundation
import FreezeRules
import Glibc
import Postgres
import RuleFiles
import TestSupport
import Testing

@testable import HRRecords

/// What a server refuses, said so that the reader knows what to mend. Every case is made on a real server.
@Suite struct RefusalTests {
  /// A view that cannot be read through.
  struct Broken: Sendable, CustomTestStringConvertible {
    let name: String
    /// Makes `freeze_audit.personnel_action`.
    let sql: String
    let state: String
    let cause: SourceError.Cause
    /// What the words must hold, in English and in Indonesian.
    let says: String
    let kata: String
    var testDescription: String { name }
  }

  private static func view(_ select: String, before: String = "", options: String = "") -> String {
    """
    CREATE SCHEMA freeze_audit; CREATE SCHEMA k;
    CREATE TABLE k.rw (id text, jenis text, tgl text, kosong date);
    INSERT INTO k.rw VALUES ('1', 'mutasi', '2024-03-22'), ('2', 'mutasi', '2024-02-30');
    \(before);
    CREATE VIEW freeze_audit.personnel_action AS SELECT id AS action_id, jenis AS kind, \(select) FROM k.rw AS r
    """
  }

  static let broken: [Broken] = [
    Broken(
      name: "an impossible day behind a cast", sql: view("tgl::date AS decree_date"), state: "22008",
      cause: .notEvaluated, says: "freeze_audit.parse_date(column) in place of column::date",
      kata: "freeze_audit.parse_date(kolom) sebagai ganti kolom::date"),
    Broken(
      name: "a word behind a cast", sql: view("(id || ' Maret')::date AS decree_date"), state: "22007",
      cause: .notEvaluated, says: "a text in the view is no date",
      kata: "sebuah teks dalam view bukan tanggal"),
    Broken(
      name: "MySQL's zero date behind to_timestamp",
      sql: view("to_timestamp('0000-00-00 25:00', 'YYYY-MM-DD HH24:MI')::date AS decree_date"),
      state: "22008",
      cause: .notEvaluated, says: "parse_date(column)", kata: "parse_date(kolom)"),
    Broken(
      name: "a text that is no number", sql: view("kosong AS decree_date, (tgl::int)::text AS nip"),
      state: "22P02",
      cause: .notEvaluated, says: "Leave that column as text", kata: "Biarkan kolom itu sebagai teks"),
    Broken(
      name: "an NIP that fits no integer",
      sql: view("kosong AS decree_date, ('19850101201001100' || id)::int::text AS nip"), state: "22003",
      cause: .notEvaluated, says: "too large for its type", kata: "terlalu besar untuk tipenya"),
    Broken(
      name: "a subquery of two rows",
      sql: view("kosong AS decree_date, (SELECT x.id FROM k.rw AS x) AS nip"), state: "21000",
      cause: .notEvaluated, says: "more than one row", kata: "lebih dari satu baris"),
    Broken(
      name: "a division by zero", sql: view("kosong AS decree_date, (1 / (length(id) - 1))::text AS nip"),
      state: "22012", cause: .notEvaluated, says: "Mend that expression in the view",
      kata: "Perbaiki ungkapan itu"),
    Broken(
      name: "a materialized view never filled",
      sql: view(
        "(SELECT m.d FROM k.m AS m) AS decree_date",
        before: "CREATE MATERIALIZED VIEW k.m AS SELECT current_date AS d WITH NO DATA"), state: "55000",
      cause: .notEvaluated, says: "REFRESH MATERIALIZED VIEW", kata: "REFRESH MATERIALIZED VIEW"),
    Broken(
      name: "a function that names no schema",
      sql: view(
        "kosong AS decree_date, public.pilih(id) AS nip",
        before: """
          CREATE TABLE public.acuan (id text);
          CREATE FUNCTION public.pilih(t text) RETURNS text LANGUAGE plpgsql AS
            'BEGIN RETURN (SELECT a.id FROM acuan AS a WHERE a.id = t); END'
          """), state: "42P01", cause: .shape, says: "name the schemas inside that function",
      kata: "sebut skema di dalam fungsi itu"),
    Broken(
      name: "a function that calls one which is gone",
      sql: view(
        "kosong AS decree_date, public.pilih(id) AS nip",
        before:
          "CREATE FUNCTION public.pilih(t text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN sudah_dihapus(t); END'"
      ),
      state: "42883", cause: .shape, says: "restore what was dropped", kata: "pulihkan yang dihapus"),
    Broken(
      name: "a function that writes",
      sql: view(
        "kosong AS decree_date, public.catat(id) AS nip",
        before: """
          CREATE FUNCTION public.catat(t text) RETURNS text LANGUAGE plpgsql AS
            'BEGIN INSERT INTO k.rw (id) VALUES (t); RETURN t; END'
          """), state: "25006", cause: .shape, says: "Take that function out of the view",
      kata: "Buang fungsi itu dari view"),
    Broken(
      name: "a function that complains",
      sql: view(
        "kosong AS decree_date, public.lempar(id) AS nip",
        before: """
          CREATE FUNCTION public.lempar(t text) RETURNS text LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''NIP % aneh'', t; END'
          """), state: "P0001", cause: .notEvaluated, says: "Mend that function", kata: "Perbaiki fungsi itu"),
    Broken(
      name: "a foreign server that is not there",
      sql: view(
        "(SELECT f.d FROM k.jauh AS f) AS decree_date",
        before: """
          CREATE EXTENSION postgres_fdw;
          CREATE SERVER pusat FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '1');
          CREATE USER MAPPING FOR PUBLIC SERVER pusat OPTIONS (password 'x');
          CREATE FOREIGN TABLE k.jauh (d date) SERVER pusat
          """), state: "08001", cause: .notEvaluated, says: "CREATE SERVER and USER MAPPING",
      kata: "CREATE SERVER dan USER MAPPING"),
    Broken(
      name: "a view slower than its limit",
      sql: view("kosong AS decree_date, (SELECT 'x'::text FROM pg_sleep(60)) AS nip"), state: "57014",
      cause: .notEvaluated, says: "Make the view quicker", kata: "Percepat view itu"),
  ]

  @Test(arguments: broken)
  func `A view that cannot be read is told with what to change in it`(_ broken: Broken) throws {
    let database = try ThrowawayCluster.shared.createDatabase(prefix: "refusal")
    try database.run(broken.sql)
    var deadlines = Deadlines()
    if broken.state == "57014" { deadlines.statement = .milliseconds(200) }
    let error = try #require(refusal(database.socketConninfo, deadlines))
    #expect(error.sqlState == broken.state)
    #expect(error.cause == broken.cause)
    #expect(error.message.english.contains(broken.says), "\(error.message.english)")
    #expect(error.message.indonesian.contains(broken.kata), "\(error.message.indonesian)")
    #expect(!error.message.english.contains("Try again"), "\(error.message.english)")
    #expect(!error.isPassing, "no use in trying that again")
    // Never what stands in a row.
    #expect(!error.message.english.contains("2024-02-30") && !error.message.english.contains("aneh"))
  }

  @Test func `A view that is not there is told as such`() throws {
    let database = try ThrowawayCluster.shared.createDatabase(prefix: "refusal")
    let error = try #require(refusal(database.socketConninfo))
    #expect(error.cause == .shape && error.message.english.contains("there is no such view"))
  }

  @Test func `A locked table is told with where to look`() throws {
    let database = try ThrowawayCluster.shared.createDatabase(prefix: "refusal")
    try database.run(Self.view("kosong AS decree_date"))
    var other = try database.connect()
    try other.begin(.readWrite)
    try other.execute("LOCK TABLE k.rw IN ACCESS EXCLUSIVE MODE")
    var deadlines = Deadlines()
    deadlines.lock = .milliseconds(50)
    let error = try #require(refusal(database.socketConninfo, deadlines))
    #expect(error.sqlState == "55P03" && error.message.english.contains("pg_locks"))
    other.rollback()
    #expect(refusal(database.socketConninfo, deadlines) == nil)
  }

  /// A login that is refused.
  struct Login: Sendable, CustomTestStringConvertible {
    let name: String
    var sql = ""
    /// Over TCP as this role, or over the socket where there is no password.
    let conninfo: @Sendable (ThrowawayDatabase) -> String
    let state: String?
    let cause: SourceError.Cause
    let says: String
    var testDescription: String { name }
  }

  static let logins: [Login] = [
    Login(
      name: "a wrong password", conninfo: { $0.conninfo(user: "postgres", password: "salah") },
      state: "28P01",
      cause: .privilege, says: "systemctl restart freeze-auditor"),
    Login(
      name: "no password", conninfo: { $0.conninfo(user: "postgres", password: nil) }, state: "28P01",
      cause: .privilege, says: "was not given"),
    Login(
      name: "a role that may not log in", sql: "CREATE ROLE refusal_nologin NOLOGIN",
      conninfo: { $0.socketConninfo(user: "refusal_nologin") }, state: "28000", cause: .privilege,
      says: "(LOGIN)"),
    Login(
      name: "a role that may not connect",
      sql: "CREATE ROLE refusal_stranger LOGIN; REVOKE CONNECT ON DATABASE :db FROM PUBLIC",
      conninfo: { $0.socketConninfo(user: "refusal_stranger") }, state: "42501", cause: .privilege,
      says: "GRANT CONNECT ON DATABASE"),
    Login(
      name: "no connection left", sql: "CREATE ROLE refusal_limited LOGIN CONNECTION LIMIT 0",
      conninfo: { $0.socketConninfo(user: "refusal_limited") }, state: "53300", cause: .unreachable,
      says: "raise max_connections"),
    Login(
      name: "no such database", conninfo: { $0.cluster.socketConninfo(database: "tidak_ada") },
      state: "3D000",
      cause: .unreachable, says: "Check dbname"),
    Login(
      name: "no TLS", conninfo: { $0.conninfo + " sslmode=require" }, state: nil, cause: .unreachable,
      says: "Check sslmode"),
    Login(
      name: "nobody there", conninfo: { _ in "host=127.0.0.1 port=1 dbname=x user=x" }, state: nil,
      cause: .unreachable,
      says: "Check host, port"),
  ]

  @Test(arguments: logins)
  func `A login that is refused is told with what to do`(_ login: Login) throws {
    let database = try ThrowawayCluster.shared.createDatabase(prefix: "refusal")
    if !login.sql.isEmpty { try database.run(login.sql.replacing(":db", with: database.name)) }
    let error = try #require(refusal(login.conninfo(database)))
    #expect(error.sqlState == login.state)
    #expect(error.cause == login.cause)
    #expect(error.message.english.contains(login.says), "\(error.message.english)")
    #expect(!error.message.english.contains("salah"))
  }

  @Test func `A server that is just stopping or starting is told so, and worth another try`() throws {
    let cluster = try ThrowawayCluster.start()
    defer { cluster.remove() }
    // Waits for this session to leave, and lets nobody in.
    var session = try Connection(conninfo: cluster.socketConninfo())
    kill(try cluster.postmasterPID(), SIGTERM)
    var error: SourceError?
    let end = ContinuousClock.now + .seconds(20)
    repeat {
      error = refusal(cluster.socketConninfo())
    } while error?.sqlState != "57P03" && ContinuousClock.now < end
    #expect(error?.sqlState == "57P03" && error?.isPassing == true)
    #expect(error?.message.english.contains("Wait; the audit tries again by itself") == true)
    session.close()
  }

  @Test(arguments: [
    ("40001", "hot_standby_feedback = on"), ("25P04", "transaction_timeout = 0"),
    ("57P05", "idle_session_timeout = 0"),
    ("25P03", "reads too slowly"), ("57P02", "crashed"), ("40P01", "Nothing to do"),
  ])
  func `What another try may mend is marked so, and says what to do where it recurs`(
    _ state: String, _ says: String
  ) {
    for kind in [PostgresError.Kind.server, .connectionLost] {
      let error = SourceError(
        PostgresError(kind, operation: "read", sqlstate: state, message: "x"), view: "v", conninfo: "")
      #expect(error.isPassing && error.message.english.contains(says), "\(error.message.english)")
    }
  }

  @Test(arguments: ["53100", "53200", "53400", "54001", "58030", "XX001", "XX002"])
  func `What is wrong with the server itself is told as such`(_ state: String) {
    let error = SourceError(
      PostgresError(.server, operation: "read", sqlstate: state, message: "x"), view: "v", conninfo: "")
    #expect(error.cause == .notEvaluated && !error.isPassing)
    #expect(error.message.english.contains("reading failed, nothing was judged: "))
    #expect(!error.message.english.contains("Try again"))
    #expect(!error.message.indonesian.contains("Coba lagi"))
  }

  @Test func `A kept session that the server ended for being idle is replaced without a word`() throws {
    let database = try ThrowawayCluster.shared.createDatabase(prefix: "refusal")
    try database.run(Self.view("kosong AS decree_date"))
    let version = try database.value("SHOW server_version_num").flatMap { Int($0) } ?? 0
    guard version >= 140000 else { return }
    try database.run("ALTER DATABASE \(database.name) SET idle_session_timeout = '20ms'")
    let kept = KeptSession()
    for _ in 1...2 {
      var view = try ContractView(
        ViewAddress(
          conninfo: database.socketConninfo + " application_name=kept",
          view: "freeze_audit.personnel_action", region: nil, zone: .wib), kept: kept)
      #expect(try !view.isEmpty())
      try view.close()
      var own: String?
      repeat {
        own = try database.value(
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kept'"
        )
      } while own != "0"
    }
  }

  /// How reading the whole view fails; `nil`: it does not.
  private func refusal(_ conninfo: String, _ deadlines: Deadlines = Deadlines()) -> SourceError? {
    do {
      let today = try #require(CivilDate(iso: "2026-01-01"))
      let table = try RuleSet().windows(declared: [], knownOn: today)
      var view = try ContractView(
        ViewAddress(
          conninfo: conninfo, view: "freeze_audit.personnel_action", region: "16.05", zone: .wib),
        deadlines: deadlines)
      var query = RecordQuery(.all, table)
      query.everything = true
      _ = try view.read(query) { _ in }
      try view.close()
      return nil
    } catch let error as SourceError { return error } catch {
      Issue.record("\(error)")
      return nil
    }
  }
}
