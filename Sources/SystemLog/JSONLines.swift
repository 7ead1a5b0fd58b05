import AuditBase
import Glibc

/// Writes entries as JSON, one object a line, on a descriptor it does not own (standard output as a rule).
///
/// Keys are the field names in the entry's order; every value is a string, PRIORITY too, as in
/// `journalctl -o json`. A line of up to PIPE_BUF bytes goes out in one write(2), which a pipe never mixes
/// with another writer's; a longer one in one write where the descriptor is a file. A line that broke off (the
/// reader stalled) is ended before the next one, so that only that line is lost to the reader.
///
/// It cannot be copied: two copies would not know of each other's broken line.
package struct JSONLines: ~Copyable {
  private let descriptor: Int32
  private let kind: Kind
  private var brokeOff = false

  private enum Kind { case file, socket, stream }

  /// Writes to `descriptor`, which must outlive it.
  package init(descriptor: Int32 = STDOUT_FILENO) {
    self.descriptor = descriptor
    var information = stat()
    kind =
      switch fstat(descriptor, &information) == 0 ? information.st_mode & S_IFMT : 0 {
      case S_IFREG: .file
      case S_IFSOCK: .socket
      default: .stream
      }
  }

  /// Writes `entry` and a line break, waiting `timeout` at most for a slow reader.
  package mutating func write(_ entry: LogEntry, timeout: Duration = .seconds(5)) throws(LogError) {
    var line = entry.jsonLine
    if brokeOff { line.insert(UInt8(ascii: "\n"), at: 0) }
    let deadline = Deadline(after: timeout)
    var done = 0
    while done < line.count {
      switch writeOnce(line[done...]) {
      case let count where count >= 0:
        done += count
        brokeOff = done < line.count
      case -Int(EINTR): continue
      case -Int(EAGAIN):
        switch waitForRoom(descriptor, until: deadline) {
        case .there: continue
        case .timedOut: throw .timedOut(address: name)
        case .failed(let code): throw .system(call: "poll", code: code)
        }
      case -Int(EPIPE), -Int(ECONNRESET): throw .closed(address: name)
      case let code: throw .system(call: "write", code: Int32(-code))
      }
    }
  }

  private var name: String { descriptor == STDOUT_FILENO ? "stdout" : "descriptor \(descriptor)" }

  /// One write(2) that does not block; the count written or -errno.
  private func writeOnce(_ bytes: ArraySlice<UInt8>) -> Int {
    let count = bytes.withUnsafeBytes { buffer in
      switch kind {
      case .file: return Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      case .socket:
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        return Glibc.send(descriptor, buffer.baseAddress, buffer.count, flags)
      case .stream:
        // Somebody else's pipe must not be made non-blocking, so it is asked first; room for a page is then
        // certain, and no more than a page is given.
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&entry, 1, 0) == 0 {
          errno = EAGAIN
          return -1
        }
        return Glibc.write(descriptor, buffer.baseAddress, min(buffer.count, Int(PIPE_BUF)))
      }
    }
    return count < 0 ? -Int(errno) : count
  }
}

extension LogEntry {
  /// The entry as one JSON object and a line break.
  var jsonLine: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(fields.reduce(3) { $0 + $1.name.text.utf8.count + $1.value.utf8.count + 8 })
    var separator = UInt8(ascii: "{")
    for field in fields {
      bytes.append(separator)
      separator = UInt8(ascii: ",")
      JSON.write(field.name.text, into: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSON.write(field.value, into: &bytes)
    }
    bytes += "}\n".utf8
    return bytes
  }
}
