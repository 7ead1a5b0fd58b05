import Glibc

/// The address of a Unix socket: a path, or a name in the abstract namespace (written `@name`).
struct UnixAddress: Hashable, Sendable, CustomStringConvertible {
  let description: String
  private let bytes: [UInt8]

  /// `/path` or `@name`; throws ``LogError/badAddress(_:)`` for anything else, vsock addresses included.
  init(_ text: String) throws(LogError) {
    description = text
    var bytes = Array(text.utf8)
    guard let first = bytes.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@"), bytes.count > 1,
      bytes.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path), !bytes.contains(0)
    else { throw .badAddress(text) }
    if first == UInt8(ascii: "@") { bytes[0] = 0 } else { bytes.append(0) }
    self.bytes = bytes
  }

  /// Calls `body` with the address as the socket calls want it.
  func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + bytes.count } ?? 0
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
    }
  }

  /// A connected, non-blocking datagram socket.
  func connectDatagramSocket() throws(LogError) -> Descriptor {
    let kind = [SOCK_DGRAM, SOCK_CLOEXEC, SOCK_NONBLOCK].reduce(0) { $0 | Int32($1.rawValue) }
    let number = socket(AF_UNIX, kind, 0)
    guard number >= 0 else { throw .system(call: "socket", code: errno) }
    let descriptor = Descriptor(owning: number)
    let result = withSocketAddress { connect(number, $0, $1) }
    guard result == 0 else { throw .unreachable(address: description, code: errno) }
    return descriptor
  }
}
