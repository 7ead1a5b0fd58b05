import AuditBase
import AuditReports
import Foundation
import FreezeRules
import Testing

@testable import AlertMail

@Suite("Reading the log")
struct ReadingTests {
  @Test(
    "takes every form journalctl gives a value",
    arguments: [
      (#"{"FREEZE_SEQ":"7"}"#, "7"), (#"{"FREEZE_SEQ":["7","8"]}"#, "7"),
      (#"{"FREEZE_SEQ":[66,195,169,27,255]}"#, "Bé\u{1B}\u{FFFD}"),
      (#"{"FREEZE_SEQ":[[55,56],"9"]}"#, "78"), (#"{"FREEZE_SEQ":7}"#, "7"),
    ])
  func values(json: String, expected: String) throws {
    let line = try #require(JournalLine(Array(json.utf8)))
    #expect(line["FREEZE_SEQ"] == expected)
  }

  @Test(
    "refuses what is no JSON object, and a null is no value",
    arguments: ["", "[1]", "7", "{", "{\"A\":\"\u{0}\"}", "{\"A\":\"B\"} x"])
  func broken(json: String) { #expect(JournalLine(Array(json.utf8)) == nil) }

  @Test("a null is no value") func null() throws {
    let line = try #require(JournalLine(Array(#"{"MESSAGE":null}"#.utf8)))
    #expect(line["MESSAGE"] == nil)
  }

  @Test(
    "a number is digits and nothing else",
    arguments: ["", "0", "-1", "+1", " 1", "1 ", "1e3", "١", "1234567890123456789", "99999999999999999999"])
  func badNumbers(text: String) throws {
    let fields = ["FREEZE_EVENT": "raised", "FREEZE_SEQ": text]
    let data = try JSONSerialization.data(withJSONObject: fields)
    #expect(LogEvent(try #require(JournalLine(Array(data)))) == nil)
  }

  @Test("lines may come in pieces of any size", arguments: 1...9)
  func pieces(size: Int) {
    var splitter = LineSplitter()
    var lines: [String] = []
    let bytes = Array("one\n\ntwo\nthree".utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      splitter.take(bytes[start..<min(start + size, bytes.count)]) {
        lines.append(String(decoding: $0, as: UTF8.self))
      }
    }
    splitter.finish { lines.append(String(decoding: $0, as: UTF8.self)) }
    #expect(lines == ["one", "two", "three"])
  }

  @Test("heartbeats and entries of others are passed over, an unreadable line is counted")
  func passedOver() throws {
    var batch = LogBatch()
    for text in [
      #"{"MESSAGE":"x","__CURSOR":"a"}"#, #"{"FREEZE_EVENT":"pass_completed"}"#,
      #"{"FREEZE_EVENT":"mail_delayed"}"#, #"{"FREEZE_EVENT":"ledger_hole"}"#, "{broken",
      #"{"FREEZE_EVENT":"audit_blind","MESSAGE":"m","__CURSOR":"b"}"#,
    ] { batch.add(Array(text.utf8)) }
    #expect(batch.events.map(\.event) == ["audit_blind"])
    #expect(batch.unreadable == 1)
    #expect(batch.cursor == "b")
  }

  @Test("5 MB in a field are cut once, and cost no more later")
  func huge() {
    let long = event(1, message: String(repeating: "a\u{301}", count: 2_000_000))
    #expect((long[.message] ?? "").utf8.count < 17_000)
  }
}

@Suite("Numbers told")
struct SequenceTests {
  @Test("any order of insertion gives the same set, with the gaps a plain set has")
  func againstPlainSet() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let numbers = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        Int64.random(in: 1...40, using: &generator)
      }
      let set = SequenceSet(numbers.map { $0...$0 })
      let plain = Set(numbers)
      #expect(set.count == Int64(plain.count))
      for number in Int64(1)...45 { #expect(set.contains(number) == plain.contains(number)) }
      let gaps = set.gaps(through: 40).flatMap { Array($0) }
      #expect(gaps == (Int64(1)...40).filter { !plain.contains($0) })
      #expect(SequenceSet(set.ranges.shuffled()) == set)
    }
  }
}

@Suite("Held against state and ledger")
struct NewEventsTests {
  private func intake(
    _ events: [LogEvent], state: MailState = MailState(), ledger: StubLedger? = nil
  ) throws -> NewEvents { try newEvents(events, state: state, ledger: ledger) }

  private func told(_ events: [LogEvent], head: MailState.Head? = nil) -> MailState {
    var state = MailState()
    state.tell(events)
    state.head = head
    return state
  }

  @Test("what was told, or is read twice, is no news")
  func deduped() throws {
    let state = told([event(1), event(2)])
    let result = try intake([event(2), event(3), event(3), event(1)], state: state)
    #expect(result.news.map(\.seq) == [3])
    #expect(result.repeated == 3)
  }

  @Test("an entry that comes late, behind a greater number, is still news")
  func late() throws {
    let state = told([event(1), event(3)])
    #expect(try intake([event(2)], state: state).news.map(\.seq) == [2])
  }

  @Test("a hole is filled from the ledger, and said")
  func hole() throws {
    let all = (1...6).map { event($0) }
    let result = try intake([all[0], all[5]], ledger: StubLedger(all))
    #expect(result.news.map(\.seq) == [1, 2, 3, 4, 5, 6])
    #expect(result.filled.description == "2-5")
    #expect(result.news.allSatisfy { $0.origin == .ledger })
    #expect(!result.hasOpenHoles)
  }

  @Test(
    "a hole at the end is filled too; what the log may still be writing is told, and not called missing there"
  )
  func tail() throws {
    let all = (1...4).map { event($0) }
    var ledger = StubLedger(all)
    ledger.handed = 3
    let old = try intake([all[0]], ledger: ledger)
    #expect(old.news.map(\.seq) == [1, 2, 3])
    #expect(old.filled.description == "2-3")
    ledger.recorded = try moment().seconds - 5
    let young = try intake([all[0]], ledger: ledger)
    #expect(young.news.map(\.seq) == [1, 2, 3])
    #expect(young.filled.isEmpty)
    // Nobody is there who would hand over the last one.
    ledger.watch.isHeld = false
    ledger.watch.silence = 10_000
    #expect(try intake([all[0]], ledger: ledger).news.map(\.seq) == [1, 2, 3, 4])
  }

  @Test("without the ledger a hole stays known, and is filled once the ledger is back")
  func holeLater() throws {
    let all = (1...5).map { event($0) }
    var state = told([all[0]])
    let first = try intake([all[4]], state: state)
    #expect(first.missing == [2...4])
    state = first.base
    state.tell(first.news)
    let second = try intake([], state: state, ledger: StubLedger(all))
    #expect(second.news.map(\.seq) == [2, 3, 4])
  }

  @Test("the first digest without a ledger does not call missing what came before its log")
  func firstEver() throws {
    let result = try intake([event(41), event(43)])
    #expect(result.missing == [42...42])
  }

  @Test("a number the ledger cannot give is reported, not invented")
  func unreadableEvent() throws {
    var ledger = StubLedger((1...3).map { event($0) })
    ledger.events[2] = nil
    let result = try intake([event(1), event(3)], ledger: ledger)
    #expect(result.missing == [2...2])
  }

  @Test("an entry that is not what the ledger says is replaced by it; one beyond it is named, and never told")
  func forged() throws {
    let ledger = StubLedger([event(1), event(2)])
    let result = try intake([event(1), event(2, alert: 99), event(900)], ledger: ledger)
    #expect(result.differing.description == "2")
    #expect(result.beyond.description == "900")
    #expect(result.news.map { $0[.alertID] } == ["alert-1", "alert-2"])
    #expect(result.next.delivered.description == "1-2")
    #expect(result.isNewTrouble)
  }

  @Test("what the log alone told while the ledger was away, and the ledger does not have, is not told")
  func beyondWhileAway() throws {
    let away = try intake([event(1), event(2), event(3)])
    #expect(away.news.count == 3)
    let state = away.next
    // Back, but restored without the last event, whose number a new one has taken since.
    let restored = try intake([], state: state, ledger: StubLedger([event(1), event(2)]))
    #expect(restored.beyond.description == "3")
    #expect(restored.next.delivered.description == "1-2")
    let later = StubLedger([event(1), event(2), event(3, alert: 77)])
    #expect(try intake([], state: restored.next, ledger: later).news.map { $0[.alertID] } == ["alert-77"])
  }

  @Test("a ledger made anew is noticed, and its events are told although their numbers were used")
  func replaced() throws {
    let old = (1...3).map { event($0) }
    var ledger = StubLedger(old)
    let state = try intake(old, ledger: ledger).next
    ledger = StubLedger((1...2).map { event($0, alert: 70 + $0) })
    ledger.generation = "b"
    let result = try intake([], state: state, ledger: ledger)
    #expect(result.replacedAfter == 0)
    #expect(result.news.map { $0[.alertID] } == ["alert-71", "alert-72"])
    // Told once: from now on this ledger is the one.
    #expect(try intake([], state: result.next, ledger: ledger).tally.total == 0)
  }

  @Test("of a ledger restored from a backup only what came after it is told again")
  func restored() throws {
    var state = MailState()
    for last in 1...100 {
      state = try intake([], state: state, ledger: StubLedger((1...last).map { event($0) })).next
    }
    #expect(state.heads.count <= 64)
    // Restored to 95, and gone on with other events.
    let events = (1...95).map { event($0) } + (96...98).map { event($0, alert: 900 + $0) }
    let result = try intake([], state: state, ledger: StubLedger(events))
    #expect(result.replacedAfter == 95)
    #expect(result.news.map(\.seq) == [96, 97, 98])
    #expect(result.beyond.description == "-")
  }

  @Test("what is open comes from the ledger, else from the log")
  func open() throws {
    let events = [
      event(1), event(2), event(3, "cleared", alert: 1), event(4, "reraised", alert: 1),
      event(5, "withdrawn", alert: 2),
    ]
    #expect(try intake(events).open.map(\.alertID) == ["alert-1"])
    let ledger = StubLedger(events)
    #expect(try intake(events, ledger: ledger).open.isEmpty)
  }

  @Test("a ledger that goes away in the middle costs its answers, not the news")
  func away() throws {
    var ledger = StubLedger()
    ledger.isAway = true
    let result = try newEvents([event(1)], ledger: ledger, handed: 0)
    #expect(result.news.count == 1)
    #expect(result.ledgerProblem?.english == "away")
  }
}

@Suite("When the day's digest is due")
struct WorkingDayTests {
  @Test(
    "Monday to Friday, less the holidays",
    arguments: [
      ("2026-03-02", WorkingDays.Day.working), ("2026-02-28", .weekend), ("2026-03-01", .weekend),
      ("2026-03-19", .holiday("Nyepi")), ("2026-03-21", .weekend), ("1999-12-31", .working),
      ("1999-12-26", .weekend),
    ])
  func kinds(date: String, day: WorkingDays.Day) throws {
    #expect(try days()[try #require(CivilDate(iso: date))] == day)
  }

  @Test("the shipped list is read, and knows that it does not know every year")
  func shipped() throws {
    let days = try WorkingDays(WorkingDays.shippedText)
    #expect(days.knows(year: 2026) && !days.knows(year: 2031))
    #expect(days[try #require(CivilDate(iso: "2026-06-16"))] == .holiday("Tahun Baru Islam 1448 H"))
  }

  @Test("a bad line is named", arguments: [("x", 1), ("# a\n\n2026-02-30 x", 3), ("2026-1-1", 1)])
  func badLine(text: String, number: Int) {
    #expect(throws: WorkingDays.BadLine(line: number)) { try WorkingDays(text) }
  }

  @Test(
    "times are read with and without an offset",
    arguments: [
      ("2026-03-02T07:30", "2026-03-02 07:30 WIB"), ("2026-03-02T00:30:00Z", "2026-03-02 07:30 WIB"),
      ("2026-03-02T09:30+09:00", "2026-03-02 07:30 WIB"),
      ("2026-03-01T19:30:00-05:00", "2026-03-02 07:30 WIB"),
    ])
  func times(iso: String, text: String) throws {
    let moment = try moment(iso)
    #expect(moment.text == text)
    #expect(moment.mailDate == "Mon, 02 Mar 2026 07:30:00 +0700")
  }

  @Test(
    "what is no time is refused",
    arguments: ["", "2026-03-02", "2026-03-02T25:00", "2026-03-02T7:30", "2026-02-30T07:30"])
  func noTimes(iso: String) { #expect(Moment(iso: iso, zone: .wib) == nil) }
}
