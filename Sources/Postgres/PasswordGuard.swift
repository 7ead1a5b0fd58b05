import CLibPQ
import Glibc

/// Keeps the password from a server beyond this machine that asks for it in clear text, or as MD5, which is as good as clear
/// text to who listens, while the session is not encrypted.
///
/// libpq answers such a request by itself, and only version 16 can be told not to (`require_auth`). So what the server sends is
/// looked at before libpq reads it (MSG_PEEK): whole messages only, so that a request that comes in pieces is not missed. What
/// came into the socket between the look and the reading is not seen: a server that first asks for SCRAM and then, within these
/// microseconds, for clear text. And who can alter the line can do more without any password: read and change what goes over it,
/// try passwords on what SCRAM shows. Against him only `sslmode=verify-full` helps.
struct PasswordGuard {
  /// What to do with the bytes that wait.
  enum Verdict: Equatable {
    /// libpq may read.
    case pass
    /// Not before so many bytes are there.
    case wait(Int)
    /// The session ends here.
    case refuse(String)
  }

  /// How a refusal begins.
  static let mark = "the password is not given:"

  private var awaited = 0

  /// Whether libpq may go on with a socket from which something can be read.
  /// - Throws: where the password would go out.
  mutating func mayRead(_ handle: OpaquePointer) throws(PostgresError) -> Bool {
    let socket = PQsocket(handle)
    guard PQstatus(handle) == CONNECTION_AWAITING_RESPONSE, PQsslInUse(handle) == 0, Self.isRemote(socket)
    else {
      return true
    }
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = recv(socket, &bytes, bytes.count, Int32(MSG_PEEK | MSG_DONTWAIT))
    guard count > 0 else { return true }
    switch Self.judge(bytes[..<count]) {
    case .pass:
      demand(1, of: socket)
      return true
    case .wait(let needed) where awaited < needed:
      demand(needed, of: socket)
      return false
    case .wait: throw Self.refusal("the server's answer ends in the middle")
    case .refuse(let why): throw Self.refusal(why)
    }
  }

  /// Poll says "ready" only when so many bytes are there, or the other side has gone.
  private mutating func demand(_ count: Int, of socket: Int32) {
    guard awaited != count, count > 1 || awaited > 1 else { return }
    awaited = count
    var value = Int32(count)
    setsockopt(socket, SOL_SOCKET, SO_RCVLOWAT, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func refusal(_ why: String) -> PostgresError {
    PostgresError(
      .connection, operation: Deadlines.connectName,
      message: "\(mark) \(why), and the session is not encrypted")
  }

  /// Judges what a server sends while it is asked to let us in.
  static func judge(_ bytes: ArraySlice<UInt8>) -> Verdict {
    var rest = bytes
    while let type = rest.first {
      // Authentication, error, notice, version; and what follows once we are in.
      guard "REvNSKZ".utf8.contains(type) else { return .refuse("the server's answer is none of PostgreSQL") }
      let before = rest.startIndex - bytes.startIndex
      guard rest.count >= 5 else { return .wait(before + 5) }
      let length = number(rest.dropFirst(1))
      guard length >= 4, length <= 10_000 else { return .refuse("the server's answer is none of PostgreSQL") }
      guard rest.count > length else { return .wait(before + 1 + length) }
      if type == UInt8(ascii: "R") {
        guard length >= 8 else { return .refuse("the server's answer is none of PostgreSQL") }
        switch number(rest.dropFirst(5)) {
        case 3: return .refuse("the server asks for it in clear text")
        case 5: return .refuse("the server asks for it as MD5")
        case 0: return .pass
        default: break
        }
      }
      rest = rest.dropFirst(1 + length)
    }
    return .pass
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }

  /// Whether the other end of a socket is another machine.
  private static func isRemote(_ socket: Int32) -> Bool {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let found = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(socket, $0, &size) }
    }
    guard found == 0 else { return true }
    let family = Int32(address.ss_family)
    return withUnsafeBytes(of: &address) { bytes in
      switch family {
      case AF_UNIX: false
      // 127.0.0.0/8, behind family and port.
      case AF_INET: bytes[4] != 127
      // ::1 and ::ffff:127.0.0.0/104, behind family, port and flow.
      case AF_INET6:
        !(bytes[8..<23].allSatisfy { $0 == 0 } && bytes[23] == 1
          || bytes[8..<18].allSatisfy { $0 == 0 } && bytes[18] == 0xFF && bytes[19] == 0xFF
            && bytes[20] == 127)
      default: true
      }
    }
  }
}

extension PostgresError {
  /// The password was kept back from a server that would show it to everybody on the way.
  var isPasswordKept: Bool { kind == .connection && message.hasPrefix(PasswordGuard.mark) }
}
