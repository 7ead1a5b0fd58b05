import AuditBase
import Glibc
import Testing

@testable import SystemLog

@Suite("The native journal protocol")
struct JournalSocketTests {
  private let folder: ShortFolder
  private var path: String { folder.path + "/socket" }

  init() throws { folder = try ShortFolder() }

  private static let hostile: [String] = [
    "plain", "", "a=b", "line\nMESSAGE_ID=forged\nPRIORITY=0", "\n", "nul\0esc\u{1B}[2J", "\u{202E}rtl",
    "=\n=",
    "\r\nSubject: x", String(repeating: "é", count: 4000),
  ]

  @Test("what journald reads is the entry, whatever the values", arguments: hostile)
  func roundTrip(value: String) throws {
    let receiver = try DatagramReceiver(path)
    var entry = LogEntry(.raised, priority: .critical, message: value)
    entry.set(.actionID, value)
    entry.set(.sequence, 1)
    var journal = try JournalSocket(path: path)
    try journal.send(entry)
    let received = try #require(receiver.receive())
    #expect(received.file == nil)
    #expect(decodeNative(received.bytes) == entry.fields.map { [$0.name.text, $0.value] })
    #expect(receiver.receive() == nil)
  }

  @Test("an entry too large for a datagram comes as a file under four seals")
  func largeEntry() throws {
    let receiver = try DatagramReceiver(path)
    var entry = LogEntry(.raised, priority: .critical, message: "besar")
    for name in [FieldName.actionID, .decreeNo, .kind, .region, .nip, .rule, .election, .inside] {
      entry.set(name, String(repeating: "\(name.text) ", count: 100_000))
    }
    var journal = try JournalSocket(path: path)
    try journal.send(entry)
    let received = try #require(receiver.receive())
    let file = try #require(received.file)
    #expect(received.bytes.isEmpty)
    #expect(file.seals == 0xF, "seal, shrink, grow, write: no more, no less")
    #expect(decodeNative(file.bytes) == entry.fields.map { [$0.name.text, $0.value] })
  }

  @Test("more than journald ever takes is refused here, not lost there")
  func tooLarge() throws {
    var entry = LogEntry(.raised, priority: .critical, message: "x")
    for number in 0..<33 {
      entry.set(try #require(FieldName("X\(number)")), String(repeating: "x", count: SafeText.maximumBytes))
    }
    let limit = JournalSocket.maximumEntryBytes
    #expect(attempt(entry) == .tooLarge(bytes: entry.nativeBytes.count, limit: limit))
  }

  @Test("an absent journal is an error at once")
  func absent() throws {
    let entry = LogEntry(.started, priority: .info, message: "x")
    #expect(attempt(entry) == .unreachable(address: path, code: ENOENT))
    _ = try DatagramReceiver(path)
    #expect(attempt(entry) == .unreachable(address: path, code: ECONNREFUSED))
  }

  @Test("a full journal is an error after the time allowed, and is found again when read")
  func full() throws {
    let receiver = try DatagramReceiver(path)
    let entry = LogEntry(.started, priority: .info, message: "x")
    var journal = try JournalSocket(path: path)
    var sent = 0
    var failure: LogError?
    while failure == nil, sent < 100_000 {
      do throws(LogError) {
        try journal.send(entry, timeout: .milliseconds(20))
        sent += 1
      } catch {
        failure = error
      }
    }
    #expect(failure == .timedOut(address: path))
    while receiver.receive() != nil {}
    try journal.send(entry)
    #expect(receiver.receive() != nil)
  }

  @Test("a journald on a new socket is found within the same call")
  func restart() throws {
    var journal = try JournalSocket(path: path)
    var receiver: DatagramReceiver? = try DatagramReceiver(path)
    try journal.send(LogEntry(.started, priority: .info, message: "satu"))
    #expect(receiver?.receive() != nil)
    receiver = nil
    unlink(path)
    receiver = try DatagramReceiver(path)
    try journal.send(LogEntry(.started, priority: .info, message: "dua"))
    #expect(receiver?.receive() != nil)
  }

  @Test(
    "addresses that cannot be",
    arguments: ["", "relative", "vsock:2:1", "@", "/" + String(repeating: "x", count: 108)])
  func badAddress(text: String) {
    #expect(throws: LogError.badAddress(text)) { _ = try UnixAddress(text) }
  }

  private func attempt(_ entry: LogEntry) -> LogError? {
    do throws(LogError) {
      var journal = try JournalSocket(path: path)
      try journal.send(entry, timeout: .milliseconds(50))
      return nil
    } catch {
      return error
    }
  }
}

@Suite("Where entries go")
struct LogSinkTests {
  @Test("without a journal the entry is on standard output and stays unmarked; with it, it is delivered")
  func fallback() throws {
    let folder = try ShortFolder()
    let path = folder.path + "/socket"
    let pipe = try Pipe()
    let sink = try LogSink(journal: path, fallback: pipe.writeEnd)
    let entry = LogEntry(.raised, priority: .critical, message: "x")
    let first = try sink.write(entry)
    #expect(first == .stdoutOnly(.unreachable(address: path, code: ENOENT)))
    #expect(!first.isDelivered)
    #expect(pipe.readAvailable() == entry.jsonLine)

    let receiver = try DatagramReceiver(path)
    let second = try sink.write(entry)
    #expect(second == .journal)
    #expect(second.isDelivered)
    #expect(receiver.receive() != nil)
    #expect(pipe.readAvailable().isEmpty)
  }

  @Test("nowhere to write is an error that names the journal")
  func nowhere() throws {
    ignoreSIGPIPE()
    let folder = try ShortFolder()
    let pipe = try Pipe()
    pipe.closeReadEnd()
    let path = folder.path + "/socket"
    let sink = try LogSink(journal: path, fallback: pipe.writeEnd)
    #expect(throws: LogError.unreachable(address: path, code: ENOENT)) {
      _ = try sink.write(LogEntry(.raised, priority: .critical, message: "x"))
    }
  }

  @Test("$JOURNAL_STREAM counts only when it names one of our own descriptors")
  func journalStream() throws {
    let pipe = try Pipe()
    let other = try Pipe()
    var information = stat()
    #expect(fstat(pipe.writeEnd, &information) == 0)
    let (device, inode) = (information.st_dev, information.st_ino)
    func isConnected(_ value: String?, _ descriptors: [Int32]) -> Bool {
      let environment = value.map { ["JOURNAL_STREAM": $0] } ?? [:]
      return JournalStream.isConnected(environment: environment, descriptors: descriptors)
    }
    let ours = "\(device):\(inode)"
    #expect(isConnected(ours, [pipe.writeEnd]))
    #expect(isConnected(ours, [other.writeEnd, pipe.writeEnd]), "either of stderr and stdout is enough")
    #expect(!isConnected(ours, [other.writeEnd]), "inherited by a child whose output goes elsewhere")
    #expect(!isConnected(ours, [-1]))
    #expect(!isConnected(nil, [pipe.writeEnd]))
    for bad in ["", ":", "1", "\(device):", "\(device):\(inode):1", "\(device):\(inode + 1)", "x:y", "-1:-1"]
    {
      #expect(!isConnected(bad, [pipe.writeEnd]), "\(bad)")
    }
  }

  @Test("without $JOURNAL_STREAM the sink is JSON lines")
  func detect() { #expect(!LogSink.detect(environment: [:]).usesJournal) }
}
