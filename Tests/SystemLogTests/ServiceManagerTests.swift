import Glibc
import Testing

@testable import SystemLog

@Suite("Talking to systemd")
struct ServiceManagerTests {
  @Test("without a socket nothing happens")
  func absent() {
    let manager = ServiceManager(environment: [:])
    #expect(manager.ready() == .absent)
    #expect(manager.watchdog() == .absent)
  }

  @Test("by path and by abstract name", arguments: [true, false])
  func notifications(abstract: Bool) throws {
    let folder = try ShortFolder()
    let address = abstract ? "@freeze-auditor-test-\(folder.path.suffix(6))" : folder.path + "/notify"
    let receiver = try DatagramReceiver(address)
    let manager = ServiceManager(environment: ["NOTIFY_SOCKET": address])
    func received() -> String? { receiver.receive().map { String(decoding: $0.bytes, as: UTF8.self) } }

    #expect(manager.ready(status: "5000 catatan") == .sent)
    #expect(received() == "READY=1\nSTATUS=5000 catatan")
    manager.status("a\nWATCHDOG=trigger\u{1B}[0m")
    #expect(received() == "STATUS=a␤WATCHDOG=trigger␛[0m")
    manager.status(String(repeating: "é", count: 5000))
    #expect(try #require(received()).utf8.count < 1100)
    manager.watchdog()
    #expect(received() == "WATCHDOG=1")
    manager.stopping(status: "selesai")
    #expect(received() == "STOPPING=1\nSTATUS=selesai")

    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    manager.reloading()
    let lines = try #require(received()).split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let microseconds = try #require(lines.last?.split(separator: "=").last.flatMap { Int($0) })
    #expect(abs(microseconds - now.tv_sec * 1_000_000 - now.tv_nsec / 1000) < 10_000_000)
    #expect(lines.last?.hasPrefix("MONOTONIC_USEC=") == true)
  }

  @Test("a service manager that is gone is reported, not thrown")
  func gone() {
    let manager = ServiceManager(environment: ["NOTIFY_SOCKET": "/nonexistent/notify"])
    #expect(manager.ready() == .failed(.unreachable(address: "/nonexistent/notify", code: ENOENT)))
    #expect(
      ServiceManager(environment: ["NOTIFY_SOCKET": "vsock:2:1"]).ready() == .failed(.badAddress("vsock:2:1"))
    )
  }

}

@Suite("Signals")
struct SignalTests {
  @Test("blocked signals are read one by one, and none is nil")
  func signals() throws {
    // The test process has other threads, so the signals are sent to this thread alone.
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let descriptor = try SignalDescriptor()
    #expect(try descriptor.next() == nil)
    for signal in [Signal.hangUp, .user1, .terminate] { raise(signal.number) }
    var entry = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    #expect(poll(&entry, 1, 1000) == 1)
    var seen: Set<Signal> = []
    while let signal = try descriptor.next() { seen.insert(signal) }
    #expect(seen == [.hangUp, .user1, .terminate])
  }

  @Test("the boot clock goes forward")
  func bootClock() {
    let first = MachineClock.sinceBoot
    #expect(first > .zero)
    #expect(MachineClock.sinceBoot >= first)
  }
}
