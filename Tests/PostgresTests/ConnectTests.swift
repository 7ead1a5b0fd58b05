import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Connecting") struct ConnectTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (ThrowawayCluster) throws -> String
    var sqlstate: String?
    var kind = PostgresError.Kind.connection
    var privilege = false
    var unreachable = true
    var passing = false
  }

  static let secret = "s3kret-Wr0ng"

  static let refusals: [Refusal] = [
    Refusal(
      testDescription: "a wrong password", change: { $0.conninfo(password: secret) }, sqlstate: "28P01",
      privilege: true, unreachable: false),
    Refusal(
      testDescription: "a role that does not exist, by password",
      change: { $0.conninfo(user: "nobody_here", password: secret) },
      sqlstate: "28P01", privilege: true, unreachable: false),
    Refusal(
      testDescription: "a role that does not exist, trusted",
      change: { $0.socketConninfo(user: "nobody_here") + " password=\(secret)" },
      sqlstate: "28000", privilege: true, unreachable: false),
    Refusal(
      testDescription: "no password where one is asked for",
      change: { $0.conninfo(password: nil) + " passfile=/nowhere" },
      sqlstate: "28P01", privilege: true, unreachable: false),
    Refusal(
      testDescription: "a database that does not exist",
      change: { $0.socketConninfo(database: "not_here") + " password=\(secret)" }, sqlstate: "3D000"),
    Refusal(
      testDescription: "nobody on that port",
      change: { _ in "host=127.0.0.1 port=\(try freePort()) password=\(secret)" }, passing: true),
    Refusal(
      testDescription: "no such socket", change: { _ in "host=/nowhere password=\(secret)" }, passing: true),
    Refusal(
      testDescription: "TLS demanded of a server without",
      change: { $0.conninfo(password: secret) + " sslmode=require" }),
    Refusal(
      testDescription: "a name nobody knows",
      change: { _ in "host=unknown.invalid password=\(secret)" }, passing: true),
    Refusal(
      testDescription: "an option that does not exist", change: { _ in "password=two \(secret) hots=x" },
      kind: .conninfo, unreachable: false),
    Refusal(
      testDescription: "a URI with an unescaped @",
      change: { _ in "postgresql://me:a@\(secret)@127.0.0.1/x" },
      kind: .conninfo, unreachable: false),
    Refusal(
      testDescription: "a URI with an unescaped colon", change: { _ in "postgresql://127.0.0.1:\(secret)/x" },
      kind: .conninfo, unreachable: false),
  ]

  @Test("is refused with its reason and without the password", arguments: refusals)
  func refusal(_ refusal: Refusal) throws {
    let conninfo = try refusal.change(try ThrowawayCluster.shared)
    let error = try failure { () throws(PostgresError) in _ = try Connection(conninfo: conninfo).isOpen }
    #expect(error.kind == refusal.kind, "\(error)")
    #expect(error.sqlstate == refusal.sqlstate, "\(error)")
    #expect(error.isPrivilege == refusal.privilege)
    #expect(error.isUnreachable == refusal.unreachable)
    #expect(error.isPassing == refusal.passing)
    for text in ["\(error)", String(reflecting: error), error.message, ConnectionString.redacted(conninfo)] {
      #expect(!text.contains(ConnectTests.secret))
    }
  }

  @Test("a password given apart is used, and never shown when it is wrong")
  func separatePassword() throws {
    let cluster = try ThrowawayCluster.shared
    let bare = cluster.conninfo(password: nil)
    var connection = try Connection(conninfo: bare, password: ThrowawayCluster.superuserPassword)
    #expect(try connection.query("SELECT 1").int64(row: 0, column: 0) == 1)
    let error = try failure { () throws(PostgresError) in
      _ = try Connection(conninfo: bare, password: ConnectTests.secret).isOpen
    }
    #expect(error.sqlstate == "28P01")
    #expect(!String(reflecting: error).contains(ConnectTests.secret))
  }

  @Test("a full server, one that is starting and one that shuts down are unreachable, not forbidden")
  func fullServer() throws {
    let cluster = try ThrowawayCluster.start(
      settings: ["max_connections": "1", "superuser_reserved_connections": "0", "max_wal_senders": "0"])
    defer { cluster.remove() }
    let conninfo = cluster.socketConninfo()
    do {
      let only = try Connection(conninfo: conninfo)
      #expect(only.isOpen == true)
      let error = try failure { () throws(PostgresError) in _ = try Connection(conninfo: conninfo).isOpen }
      #expect(error.sqlstate == "53300")
      #expect(error.isUnreachable && !error.isPrivilege)
      // A shutdown that waits for clients refuses new ones meanwhile.
      #expect(kill(try cluster.postmasterPID(), SIGTERM) == 0)
      var refused = error
      while refused.sqlstate == "53300" {
        refused = try failure { () throws(PostgresError) in _ = try Connection(conninfo: conninfo).isOpen }
      }
      #expect(refused.sqlstate == "57P03")
      #expect(refused.isUnreachable && !refused.isPrivilege)
    }
  }

  @Test("an address that swallows everything ends at the deadline")
  func silentServer() throws {
    // Listens, and never answers: the connection stands, the handshake does not come.
    let port = try freePort()
    let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    try listen(listener, port: port)
    let deadlines = impatient { $0.connect = .milliseconds(300) }
    let conninfo = "host=127.0.0.1 port=\(port) user=u dbname=d"
    let error = try failure { () throws(PostgresError) in
      _ = try Connection(conninfo: conninfo, deadlines: deadlines).isOpen
    }
    #expect(error.kind == .deadline("connect"))
    #expect(error.isUnreachable)
    #expect(error.message.contains("host=127.0.0.1 port=\(port) dbname=d user=u"))

    // A silent host first in the list does not keep us from the second.
    let cluster = try ThrowawayCluster.shared
    let both =
      "host=127.0.0.1,127.0.0.1 port=\(port),\(cluster.port) user=postgres dbname=postgres"
      + " password=\(ThrowawayCluster.superuserPassword)"
    var connection = try Connection(conninfo: both, deadlines: deadlines)
    #expect(try connection.query("SELECT 1").int64(row: 0, column: 0) == 1)

    // And an interrupt ends it at once.
    let interrupt = try Interrupt()
    interrupt.trigger()
    let interrupted = try failure { () throws(PostgresError) in
      _ = try Connection(conninfo: conninfo, interrupt: interrupt).isOpen
    }
    #expect(interrupted.kind == .interrupted)
  }

  private func listen(_ descriptor: Int32, port: Int) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let done = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(done == 0 && Glibc.listen(descriptor, 5) == 0)
  }

  @Test("the session says what it is")
  func properties() throws {
    let database = try ThrowawayCluster.shared.postgresDatabase
    var connection = try database.connect()
    #expect(connection.isOpen && !connection.isEncrypted)
    #expect(connection.socket >= 0)
    #expect(connection.backendPID > 0)
    #expect(try connection.isInRecovery() == false)
    let name = try connection.query(
      "SELECT current_setting('application_name'), current_setting('client_encoding')")
    #expect(name.string(row: 0, column: 0) == "freeze-auditor")
    #expect(name.string(row: 0, column: 1) == "UTF8")
    connection.close()
    connection.close()
    #expect(!connection.isOpen && connection.socket == -1)
    let error = try failure { () throws(PostgresError) in try connection.execute("SELECT 1") }
    #expect(error.kind == .connectionLost)
  }

  static let redactions: [(String, String)] = [
    (
      "host=db.example port=5433 dbname=simpeg user=audit password=x",
      "host=db.example port=5433 dbname=simpeg user=audit"
    ),
    (
      "postgresql://audit:top@db.example:5433/simpeg?sslmode=require",
      "host=db.example port=5433 dbname=simpeg user=audit"
    ),
    (
      "host='a b' port=1 dbname=d user=u passfile=/p sslpassword=q",
      "host='a b' port=1 dbname=d user=u"
    ),
    ("host=h\u{1b}[31m port=1 dbname=d user=u", "host='h [31m' port=1 dbname=d user=u"),
    ("password=two words", "(unreadable connection string)"),
    // A password whose / is not escaped ends up in the database name, one with a colon in the user.
    ("postgresql://audit:2024/top@db.example:5433/simpeg", "(unreadable connection string)"),
    ("host=h dbname='postgresql://audit:top@db.example/simpeg'", "(unreadable connection string)"),
    ("host=h dbname='user=audit password=top'", "(unreadable connection string)"),
    ("postgresql://db.example/simpeg?user=audit:top", "(unreadable connection string)"),
    ("host=h port=1 dbname=d user=audit@server", "host=h port=1 dbname=d user=audit@server"),
  ]

  @Test("a conninfo is described by host, port, database and user only", arguments: redactions)
  func redaction(conninfo: String, expected: String) {
    #expect(ConnectionString.redacted(conninfo) == expected)
  }

  @Test("a password inside a conninfo is noticed")
  func holdsPassword() {
    #expect(ConnectionString.holdsPassword("password=x"))
    #expect(ConnectionString.holdsPassword("postgresql://u:p@h/d"))
    #expect(!ConnectionString.holdsPassword("host=h passfile=/p"))
  }
}
