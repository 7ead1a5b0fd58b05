import AuditReports
import Testing

@testable import AlertMail

/// What a digest tells where a moved schedule closes and opens alerts of the same acts.
@Suite struct MovedScheduleMailTests {
  /// An act that leaves one rule and falls under another: the other's alert, then the end of the first.
  private static func moved(_ number: Int, seq: Int, decree: String, isKnown: Bool = false) -> [LogEvent] {
    var now = fields(seq, isKnown ? "amended" : "raised", 2 * number, decree, nil, "inside", nil)
    now["FREEZE_RULE"] = "pasal-71-2-tail"
    now["FREEZE_ACTION_ID"] = "act-\(number)"
    var before = fields(
      seq + 1, "cleared", 2 * number + 1, decree, nil, "outside",
      "Peringatan selesai: act-\(number) (schedule changed)\nSebelumnya: di dalam masa larangan (Pasal 71)")
    before["FREEZE_ACTION_ID"] = "act-\(number)"
    before["FREEZE_STILL_INSIDE"] = "pasal-71-2-tail"
    return [now, before].map { LogEvent(fields: $0, origin: .ledger) }
  }

  @Test("each act is told once, as a change, with what it was before", arguments: [true, false])
  func once(isKnown: Bool) throws {
    let events = (0..<400).flatMap {
      Self.moved($0, seq: 2 * $0 + 1, decree: "821.2/\($0 / 50)", isKnown: isKnown)
    }
    let news = try newEvents([], ledger: StubLedger(events))
    #expect(news.tally.counts == [0, 400, 0, 0, 0])
    #expect(news.told.description == "1-800" && news.tally.joined == 400)
    let mail = Digest.message(
      news,
      settings: Digest.Settings(language: .indonesian, personalData: .masked, region: "16.05", program: "t"),
      moment: try moment(), workingDays: try days(), from: try #require(MailAddress("a@b.example.go.id")),
      to: [try #require(MailAddress("c@d.example.go.id"))])
    #expect(mail.bytes.count <= 100_000, "\(mail.bytes.count)")
    #expect(mail.subject.contains("400 berubah") && !mail.subject.contains("selesai"))
    #expect(!mail.text.contains("PERINGATAN SELESAI") && mail.text.contains("50 orang"), "\(mail.text)")
    #expect(mail.text.contains("Sebelumnya: di dalam masa larangan (Pasal 71)"))
    #expect(mail.text.contains("400 peristiwa lagi"))
    let rows = try readWorkbook(try #require(mail.attachments.first).content)
    let before = try #require(rows[0].firstIndex(of: "Sebelumnya"))
    let act = try #require(rows[0].firstIndex(of: "ID catatan"))
    #expect(Set(rows.dropFirst().map { $0[act] }).count == 400 && rows.count == 401)
    #expect(rows.dropFirst().allSatisfy { $0[before] == "di dalam masa larangan (Pasal 71)" })
  }

  @Test("an act whose other alert was told before is a change as well, and is not asked again")
  func alone() throws {
    let mail = try message(digest([Self.moved(1, seq: 4, decree: "800/1")[1]]))
    #expect(mail.subject.contains("1 berubah") && !mail.text.contains("PERINGATAN SELESAI"))
    #expect(!mail.text.contains("alerts note"), "\(mail.text)")
  }

  @Test("what is inside by no rule any more is closed, and told with its verdict before")
  func closed() throws {
    let events = (1...400).map {
      event(
        $0, "cleared", decree: "821.2/\($0 / 50)", outcome: "outside",
        message: "Peringatan selesai: act-\($0) (schedule changed)\nSebelumnya: di dalam\nSekarang: di luar")
    }
    let news = try newEvents([], ledger: StubLedger(events))
    #expect(news.tally.counts == [0, 0, 400, 0, 0])
    let mail = try message(digest([], ledger: StubLedger(events)))
    #expect(mail.text.contains("Sebelumnya: di dalam") && mail.text.contains("PERINGATAN SELESAI (400)"))
  }
}
