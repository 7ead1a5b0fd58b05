import CLinux
import Glibc

/// A client of journald's native protocol: one datagram an entry, or a sealed memory file when it is too large.
///
/// Sending never hangs: when the journal is full or away it fails within the time allowed, with a typed error.
/// A journald that was restarted on a new socket is found again within the same call. What was sent is in the
/// journal's queue; the protocol has no acknowledgement, so a journald killed with the entry still unread loses
/// it (the socket belongs to systemd and survives a mere restart, with everything queued in it).
package struct JournalSocket: ~Copyable {
  /// Where journald listens.
  package static let defaultPath = "/run/systemd/journal/socket"

  /// What journald takes from an unprivileged client; above this it discards the entry without a word.
  static let maximumEntryBytes = 32 << 20

  private let address: UnixAddress
  private var connection: Connection = .none

  private enum Connection: ~Copyable {
    case none
    case open(Descriptor)

    var number: Int32? {
      switch self {
      case .none: nil
      case .open(let descriptor): descriptor.number
      }
    }
  }

  /// Does not connect yet. Throws only ``LogError/badAddress(_:)``.
  package init(path: String = defaultPath) throws(LogError) {
    address = try UnixAddress(path)
  }

  /// Hands `entry` over, waiting `timeout` at most for room in the journal's queue.
  package mutating func send(_ entry: LogEntry, timeout: Duration = .seconds(1)) throws(LogError) {
    let bytes = entry.nativeBytes
    guard bytes.count <= Self.maximumEntryBytes else {
      throw .tooLarge(bytes: bytes.count, limit: Self.maximumEntryBytes)
    }
    let deadline = Deadline(after: timeout)
    switch try attempt(deadline, { sendDatagram(bytes, on: $0) }) {
    case .done: return
    case .doesNotFit: break
    }
    let number = bytes.withUnsafeBytes { freeze_sealed_memfd($0.baseAddress, $0.count) }
    guard number >= 0 else { throw .system(call: "memfd_create", code: -number) }
    let file = Descriptor(owning: number)
    let passed = file.number
    switch try attempt(deadline, { freeze_send_descriptor($0, passed) }) {
    case .done: return
    case .doesNotFit: throw .system(call: "sendmsg", code: EMSGSIZE)
    }
  }

  private enum Attempt { case done, doesNotFit }

  /// Calls `send` (0 or -errno) until it succeeds, the deadline is over, or a fresh connection fails as well.
  private mutating func attempt(_ deadline: Deadline, _ send: (Int32) -> Int32) throws(LogError) -> Attempt {
    var reconnected = false
    while true {
      let descriptor = try connected()
      switch -send(descriptor) {
      case 0: return .done
      case EINTR: continue
      case EMSGSIZE, ENOBUFS: return .doesNotFit
      case EAGAIN:
        switch waitForRoom(descriptor, until: deadline) {
        case .there: continue
        case .timedOut: throw .timedOut(address: address.description)
        case .failed(let code): throw .system(call: "poll", code: code)
        }
      // The socket was replaced: journald was stopped or restarted.
      case let code where [ECONNREFUSED, ECONNRESET, ENOTCONN, EPIPE, ENOENT].contains(code):
        connection = .none
        if reconnected { throw .unreachable(address: address.description, code: code) }
        reconnected = true
      case let code:
        connection = .none
        throw .system(call: "sendmsg", code: code)
      }
    }
  }

  private mutating func connected() throws(LogError) -> Int32 {
    if let number = connection.number { return number }
    let descriptor = try address.connectDatagramSocket()
    let number = descriptor.number
    // Fewer entries then need a file. Without privilege the kernel caps it; that is fine.
    var size: Int32 = 8 << 20
    _ = setsockopt(number, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout.size(ofValue: size)))
    connection = .open(descriptor)
    return number
  }
}

/// One datagram; 0 or -errno. Never blocks, never raises SIGPIPE.
func sendDatagram(_ bytes: [UInt8], on descriptor: Int32) -> Int32 {
  let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
  let sent = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
  return sent < 0 ? -errno : 0
}

extension LogEntry {
  /// The entry in the native protocol: `NAME=value` lines, or `NAME`, the length as 64 bits little endian and
  /// the value, where the value has a line break.
  var nativeBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(fields.reduce(0) { $0 + $1.name.text.utf8.count + $1.value.utf8.count + 10 })
    for field in fields {
      bytes += field.name.text.utf8
      let value = field.value.utf8
      if value.contains(UInt8(ascii: "\n")) {
        bytes.append(UInt8(ascii: "\n"))
        withUnsafeBytes(of: UInt64(value.count).littleEndian) { bytes += $0 }
      } else {
        bytes.append(UInt8(ascii: "="))
      }
      bytes += value
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
