import AuditBase
import Foundation
import Testing

@testable import SystemLog

@Suite("Field names and entries")
struct LogEntryTests {
  @Test(
    "names journald would drop cannot be made",
    arguments: [
      "", "_PID", "1ST", "lower", "WITH SPACE", "WITH=EQUALS", "LINE\nBREAK", "NUL\0", "É", "A-B",
      String(repeating: "A", count: 65),
    ])
  func refusedNames(text: String) { #expect(FieldName(text) == nil) }

  @Test("names journald takes", arguments: ["A", "FREEZE_SEQ", "A1_", String(repeating: "A", count: 64)])
  func acceptedNames(text: String) { #expect(FieldName(text)?.text == text) }

  @Test("every constant is a valid name, and none is twice")
  func constants() {
    for name in FieldName.documented { #expect(FieldName(name.text) == name) }
    #expect(Set(FieldName.documented).count == FieldName.documented.count)
  }

  @Test("the head comes first, fields keep their order and are there once")
  func order() {
    var entry = LogEntry(.raised, priority: .critical, message: "satu\ndua")
    entry.set(.sequence, 17)
    entry.set(.nip, "1970\n0101")
    entry.set(.decreeNo, nil as String?)
    entry.set(.sequence, "18")
    #expect(
      entry.fields.map { "\($0.name)=\($0.value)" } == [
        "MESSAGE=satu\ndua", "MESSAGE_ID=\(MessageID.raised.rawValue)", "PRIORITY=2",
        "SYSLOG_IDENTIFIER=freeze-auditor", "FREEZE_EVENT=raised", "FREEZE_SEQ=18", "FREEZE_NIP=1970␤0101",
      ])
    #expect(entry[.sequence] == "18")
    #expect(entry[.decreeNo] == nil)
  }

  @Test("message ids are 128-bit, in lower case, and all different")
  func messageIDs() {
    for id in MessageID.allCases {
      #expect(id.rawValue.count == 32)
      #expect(id.rawValue.allSatisfy { "0123456789abcdef".contains($0) })
    }
    #expect(Set(MessageID.allCases.map(\.rawValue)).count == MessageID.allCases.count)
  }
}

@Suite("JSON lines")
struct JSONLineTests {
  @Test(
    "any text parses back as it went in",
    arguments: [
      "plain", "\"quoted\" \\ /", "tab\tnul\0esc\u{1B}", "\u{2028}\u{2029}\u{85}\u{7F}", "😀 \u{10FFFF} é",
      "\n",
    ])
  func escaping(text: String) throws {
    var bytes = Array("{\"k\":".utf8)
    JSON.write(text, into: &bytes)
    bytes += "}".utf8
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: String])
    #expect(object == ["k": text])
    #expect(!bytes.contains { $0 < 0x20 })
  }

  @Test("an entry is one line, keys in order, PRIORITY a string")
  func line() throws {
    var entry = LogEntry(.raisedNotice, priority: .notice, message: "satu\ndua")
    entry.set(.decreeNo, "821/\"17\"\\BKD")
    let line = String(decoding: entry.jsonLine, as: UTF8.self)
    #expect(
      line == """
        {"MESSAGE":"satu\\ndua","MESSAGE_ID":"8456a0359ef54b98aca1206175aa0b0b","PRIORITY":"5",\
        "SYSLOG_IDENTIFIER":"freeze-auditor","FREEZE_EVENT":"raised","FREEZE_DECREE_NO":"821/\\"17\\"\\\\BKD"}

        """)
  }

  @Test("writers that share a sink neither mix nor split lines, huge ones included")
  func noMixing() async throws {
    let pipe = try Pipe()
    let sink = LogSink(jsonLinesOn: pipe.writeEnd, timeout: .seconds(60))
    let writers = 4
    let each = 6
    let reader = Task.detached { pipe.readAll() }
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        group.addTask {
          for number in 0..<each {
            var entry = LogEntry(.raised, priority: .critical, message: "w\(writer)")
            let size = number.isMultiple(of: 2) ? 300_000 : 10
            entry.set(.actionID, String(repeating: "\(writer)", count: size))
            let outcome = Result { () throws(LogError) in try sink.write(entry) }
            #expect(outcome == .success(.jsonLines))
          }
        }
      }
    }
    pipe.closeWriteEnd()
    let lines = await reader.value.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == writers * each)
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: String])
      let writer = try #require(object["MESSAGE"]?.dropFirst())
      #expect(object["FREEZE_ACTION_ID"].map { Set($0.utf8) } == Set(writer.utf8))
    }
  }

  @Test("a stalled reader costs one line, and the next line stands alone")
  func stalledReader() throws {
    let pipe = try Pipe()
    var lines = JSONLines(descriptor: pipe.writeEnd)
    var huge = LogEntry(.raised, priority: .critical, message: "huge")
    huge.set(.actionID, String(repeating: "x", count: 500_000))
    #expect(Self.attempt(&lines, huge) == .timedOut(address: "descriptor \(pipe.writeEnd)"))
    let broken = pipe.readAvailable()
    #expect(!broken.isEmpty && !broken.contains(UInt8(ascii: "\n")))
    #expect(Self.attempt(&lines, LogEntry(.started, priority: .info, message: "small")) == nil)
    let rest = pipe.readAvailable()
    #expect(rest.first == UInt8(ascii: "\n"))
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(rest.dropFirst())) }
  }

  @Test("a reader that is gone is a typed error")
  func readerGone() throws {
    ignoreSIGPIPE()
    let pipe = try Pipe()
    pipe.closeReadEnd()
    var lines = JSONLines(descriptor: pipe.writeEnd)
    let entry = LogEntry(.started, priority: .info, message: "x")
    #expect(Self.attempt(&lines, entry) == .closed(address: "descriptor \(pipe.writeEnd)"))
  }

  private static func attempt(_ lines: inout JSONLines, _ entry: LogEntry) -> LogError? {
    do throws(LogError) {
      try lines.write(entry, timeout: .milliseconds(50))
      return nil
    } catch {
      return error
    }
  }
}
