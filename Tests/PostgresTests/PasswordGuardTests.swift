import Foundation
import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite("A password is not shown to the line") struct PasswordGuardTests {
  private static func message(_ code: Int, _ more: [UInt8] = []) -> [UInt8] {
    let length = 8 + more.count
    return Array("R".utf8) + [0, 0, UInt8(length >> 8), UInt8(length & 255), 0, 0, 0, UInt8(code)] + more
  }

  @Test(
    "what a server may ask for, also behind something else and in pieces",
    arguments: [
      (message(0), .pass), (message(10, [65, 0, 0]), .pass),
      (message(11, [1]) + message(12, [2]) + message(0), .pass),
      (message(3), .refuse("the server asks for it in clear text")),
      (message(5, [1, 2, 3, 4]), .refuse("the server asks for it as MD5")),
      (message(10, [65, 0, 0]) + message(3), .refuse("the server asks for it in clear text")),
      (Array(message(3).prefix(1)), .wait(5)), (Array(message(3).prefix(8)), .wait(9)),
      (message(10, [65, 0, 0]) + message(3).prefix(6), .wait(12 + 9)),
      (
        Array("E".utf8) + [0, 0, 0, 5, 0] + message(5, [1, 2, 3, 4]), .refuse("the server asks for it as MD5")
      ),
      (Array("HTTP/1.1".utf8), .refuse("the server's answer is none of PostgreSQL")),
      (Array("R".utf8) + [0, 0, 0, 4], .refuse("the server's answer is none of PostgreSQL")),
      (Array("R".utf8) + [255, 255, 255, 255], .refuse("the server's answer is none of PostgreSQL")),
    ] as [([UInt8], PasswordGuard.Verdict)])
  func judged(bytes: [UInt8], verdict: PasswordGuard.Verdict) {
    #expect(PasswordGuard.judge(bytes[...]) == verdict)
  }

  @Test("no piece of a request is let through as if it were none", arguments: [3, 5])
  func pieces(code: Int) {
    let bytes = Self.message(code, code == 5 ? [1, 2, 3, 4] : [])
    for count in 1..<bytes.count {
      guard case .wait(let needed) = PasswordGuard.judge(bytes.prefix(count)) else {
        Issue.record("\(count)")
        continue
      }
      #expect(needed > count && needed <= bytes.count)
    }
  }

  /// An address of this machine that is not loopback.
  private func ownAddress() -> String? {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return nil }
    defer { freeifaddrs(list) }
    var next = list
    while let entry = next {
      next = entry.pointee.ifa_next
      guard let address = entry.pointee.ifa_addr, Int32(address.pointee.sa_family) == AF_INET else {
        continue
      }
      var host = [CChar](repeating: 0, count: 64)
      guard
        getnameinfo(address, socklen_t(MemoryLayout<sockaddr_in>.size), &host, 64, nil, 0, NI_NUMERICHOST)
          == 0
      else { continue }
      let text = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if !text.hasPrefix("127.") { return text }
    }
    return nil
  }

  @Test(
    "a real server beyond loopback gets it by SCRAM, and by nothing weaker without TLS; on loopback it is as ever",
    arguments: ["password", "md5", "scram-sha-256"])
  func real(method: String) throws {
    guard let address = ownAddress() else {
      print("SKIPPED: a server beyond loopback: this machine has no other address")
      return
    }
    let cluster = try ThrowawayCluster.start(settings: [
      "listen_addresses": "*", "password_encryption": method == "md5" ? "md5" : "scram-sha-256",
    ])
    defer { cluster.remove() }
    let database = cluster.postgresDatabase
    try database.run("CREATE ROLE probe LOGIN PASSWORD 'rahasia'")
    let rules = "\(cluster.folder.path)/data/pg_hba.conf"
    let before = try String(contentsOfFile: rules, encoding: .utf8)
    try "host all probe 0.0.0.0/0 \(method)\n\(before)".write(
      toFile: rules, atomically: false, encoding: .utf8)
    try cluster.reload()
    func connect(_ host: String) throws -> Bool {
      let connection = try Connection(
        conninfo: "host=\(host) port=\(cluster.port) dbname=postgres user=probe", password: "rahasia")
      return connection.isOpen
    }
    #expect(try connect("127.0.0.1"))
    if method == "scram-sha-256" {
      #expect(try connect(address))
      return
    }
    let error = try #require(throws: PostgresError.self) { try connect(address) }
    #expect(error.isPasswordKept && !error.isPassing && !error.isPrivilege)
    #expect(error.message.contains(method == "md5" ? "as MD5" : "in clear text"))
    #expect(error.mend?.en.contains("sslmode=verify-full") == true)
    #expect(!"\(error)".contains("rahasia"))
  }

  @Test("a hostile server, whose request comes byte by byte, does not get it")
  func byteByByte() throws {
    guard let address = ownAddress(), let python = findExecutable("python3") else {
      print("SKIPPED: a hostile server beyond loopback: no other address or no python3 here")
      return
    }
    let script = """
      import socket, sys, struct, time
      s = socket.create_server(("0.0.0.0", int(sys.argv[1])))
      c, _ = s.accept(); c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
      first = c.recv(8)
      if struct.unpack("!II", first)[1] == 80877103: c.sendall(b"N"); first = c.recv(8)
      c.settimeout(3)
      for byte in b"R" + struct.pack("!II", 8, 3): c.sendall(bytes([byte])); time.sleep(0.01)
      got = b""
      try:
        while True:
          piece = c.recv(1000)
          if not piece: break
          got += piece
      except (TimeoutError, ConnectionError): pass
      print("LEAKED" if b"rahasia" in got else "kept", flush=True)
      """
    let port = try freePort()
    let server = try RunningProcess(python, ["-c", script, "\(port)"])
    var last: PostgresError?
    // Until it listens it is only not reached.
    let end = ContinuousClock.now + .seconds(20)
    repeat {
      do throws(PostgresError) {
        _ = try Connection(
          conninfo: "host=\(address) port=\(port) dbname=x user=x sslmode=prefer gssencmode=disable",
          password: "rahasia")
      } catch { last = error }
    } while last?.message.contains("refused") == true && ContinuousClock.now < end
    let error = try #require(last)
    #expect(error.isPasswordKept, "\(error)")
    #expect(server.wait(timeout: 20).outputText.contains("kept"))
  }
}
