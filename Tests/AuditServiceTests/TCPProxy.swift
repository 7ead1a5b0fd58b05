import Foundation
import Glibc
import Synchronization
import TestSupport

/// A line to a server that can be cut without either end hearing of it.
final class TCPProxy: Sendable {
  let port: Int
  private let target: Int
  private let listener: Int32
  private struct State {
    var isCut = false
    var isClosed = false
    var connections = 0
  }
  private let state = Mutex(State())

  init(to target: Int) throws {
    self.target = target
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    port = try freePort()
    var address = TCPProxy.address(port)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard bound == 0, listen(listener, 64) == 0 else { throw TestSupportError("the proxy cannot listen") }
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(listener, nil, nil)
        if client < 0 { return }
        state.withLock { $0.connections += 1 }
        Thread.detachNewThread { [self] in serve(client) }
      }
    }
  }

  private static func address(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = UInt16(port).bigEndian
    return address
  }

  /// How many clients came so far.
  var connections: Int { state.withLock(\.connections) }

  /// From now on nothing gets through either way, and nobody is told.
  func cut() { state.withLock { $0.isCut = true } }
  /// What was held back goes on.
  func mend() { state.withLock { $0.isCut = false } }
  func close() {
    state.withLock { $0.isClosed = true }
    shutdown(listener, Int32(SHUT_RDWR))
    Glibc.close(listener)
  }

  private func serve(_ client: Int32) {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer {
      Glibc.close(client)
      Glibc.close(server)
    }
    var address = TCPProxy.address(target)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let now = state.withLock { $0 }
      if now.isClosed { return }
      if now.isCut {
        _ = poll(nil, 0, 20)
        continue
      }
      var ends = [
        pollfd(fd: client, events: Int16(POLLIN), revents: 0),
        pollfd(fd: server, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&ends, 2, 20) > 0 else { continue }
      if state.withLock({ $0.isCut }) { continue }
      for (from, to) in [(0, server), (1, client)] where ends[from].revents != 0 {
        let count = read(ends[from].fd, &buffer, buffer.count)
        if count <= 0 { return }
        var sent = 0
        while sent < count {
          let written = buffer.withUnsafeBytes {
            send(to, $0.baseAddress?.advanced(by: sent), count - sent, Int32(MSG_NOSIGNAL))
          }
          if written <= 0 { return }
          sent += written
        }
      }
    }
  }
}
