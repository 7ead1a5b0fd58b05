import Foundation
import Testing

@testable import SystemLog

@Suite("A real journald")
struct RealJournalTests {
  @Test("keeps every hostile and every huge entry whole, as text, with its fields")
  func realJournal() throws {
    ignoreSIGPIPE()
    let folder = try ShortFolder()
    let journald = try Command([testFolder + "/journald.sh", folder.path])
    let first = journald.readLine()
    guard first == "ready" else {
      try skip("no real journald: \(first)")
      return
    }
    let entries = Self.entries()
    let sink = try LogSink(journal: folder.path + "/run/socket")
    for entry in entries { #expect(try sink.write(entry) == .journal) }
    journald.finish()

    let json = try Command([
      "journalctl", "-D", folder.path + "/journal", "-o", "json", "--all", "--no-pager",
    ])
    let all = try json.readAll().split(separator: UInt8(ascii: "\n")).compactMap { line in
      try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
    }
    let ours = all.filter { $0["SYSLOG_IDENTIFIER"] as? String == "freeze-auditor" }
    try #require(ours.count == entries.count)
    for (entry, found) in zip(entries, ours) {
      for field in entry.fields where !(field.name == .message && field.value.isEmpty) {
        #expect(found[field.name.text] as? String == field.value, "\(field.name) is not text or not whole")
      }
      #expect(found["_TRANSPORT"] as? String == "journal")
    }
    let short = try Command([
      "journalctl", "-D", folder.path + "/journal", "--all", "--no-pager", "-t", "freeze-auditor",
    ])
    let shown = short.readAll()
    #expect(!String(decoding: shown, as: UTF8.self).contains("blob data"))
    #expect(!shown.contains(0x1B))
  }

  private static func entries() -> [LogEntry] {
    let values = [
      "biasa", "", "satu\ndua\nMESSAGE_ID=palsu", "nul\0esc\u{1B}[2J\u{7}", "\u{202E}rtl\u{9B}31m",
      "tab\tcr\r\n",
      String(decoding: [0xEF, 0xBF, 0xBF] as [UInt8], as: UTF8.self) + "\u{2028}", "😀 ꦲꦏ꧀ꦱꦫ",
      String(repeating: "é", count: 5000),
    ]
    var entries = values.enumerated().map { number, value in
      var entry = LogEntry(.raised, priority: .critical, message: value)
      entry.set(.sequence, number)
      entry.set(.actionID, value)
      return entry
    }
    var huge = LogEntry(
      .raised, priority: .critical, message: "besar\n" + String(repeating: "x", count: 900_000))
    for name in [FieldName.nip, .actionID, .decreeNo, .region] {
      huge.set(name, String(repeating: "5 MB ", count: 1_000_000))
    }
    entries.append(huge)
    return entries
  }
}
