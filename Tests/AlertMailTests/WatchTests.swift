import AuditBase
import Foundation
import FreezeRules
import Testing

@testable import AlertMail

@Suite("How the audit is stands in each digest, and in its subject when it is not well")
struct WatchTests {
  private typealias Source = WatchHealth.Source

  private func subject(_ news: NewEvents) throws -> Digest {
    Digest(
      news,
      settings: Digest.Settings(language: .english, personalData: .masked, region: nil, program: "t"),
      moment: try moment(), workingDays: try days())
  }

  @Test(
    "the subject says it, the text since when",
    arguments: [
      (
        WatchHealth(
          sources: [Source(name: "a", isEvaluated: true, lastGood: 825_000_000, age: 60)], isHeld: true,
          lastSign: 825_000_000, silence: 60, lateAfter: 660), "nothing new",
        "Source a: audited, last full pass 21 February 2026 21:40 WIB."
      ),
      (
        WatchHealth(
          sources: [Source(name: "a", isEvaluated: false, cause: "lost", lastGood: 825_000_000, age: 600)],
          isHeld: true, lastSign: 825_000_000, silence: 60, lateAfter: 660),
        "THE AUDIT IS BLIND · nothing new",
        "! The audit of source a is blind (lost): last full pass 21 February 2026 21:40 WIB."
      ),
      (
        WatchHealth(
          sources: [Source(name: "a", isEvaluated: true, lastGood: 825_000_000, age: 6000)], isHeld: true,
          lastSign: 825_000_000, silence: 60, lateAfter: 660), "THE AUDIT IS LATE · nothing new",
        "! The audit of source a is late: last full pass 21 February 2026 21:40 WIB."
      ),
      (
        WatchHealth(
          sources: [Source(name: "a", isEvaluated: true, lastGood: 825_000_000, age: 6000)], isHeld: false,
          lastSign: 825_000_000, silence: 6000, lateAfter: 660), "THE DAEMON IS SILENT · nothing new",
        "! The daemon is silent since 21 February 2026 21:40 WIB"
      ),
      (
        WatchHealth(
          sources: [Source(name: "a", isEvaluated: nil)], isHeld: true, lastSign: nil, silence: nil,
          lateAfter: 660), "NEVER EXAMINED · nothing new", "Source a: never examined."
      ),
      (
        WatchHealth(
          sources: [
            Source(name: "a", isEvaluated: true, age: 1), Source(name: "b", isEvaluated: false, cause: "x"),
          ], isHeld: false, lastSign: 1, silence: 6000, lateAfter: 660),
        "THE DAEMON IS SILENT · THE AUDIT IS BLIND · nothing new", "Source b: BLIND."
      ),
    ])
  func said(health: WatchHealth, alarm: String, line: String) throws {
    var ledger = StubLedger()
    ledger.watch = health
    let digest = try subject(try newEvents([], ledger: ledger))
    #expect(digest.subject == "[Freeze auditor] \(alarm) · 0 open")
    #expect(DigestText.render(digest).contains(line), "\(DigestText.render(digest))")
    #expect(DigestHTML.render(digest).string.contains(line.replacing("! ", with: "")))
  }

  @Test("a trouble is news by itself, once; its end is told as an end")
  func comesAndGoes() throws {
    var ledger = StubLedger()
    let well = try newEvents([], ledger: ledger)
    #expect(!well.isNewTrouble)
    ledger.watch.sources[0].isEvaluated = false
    let blind = try newEvents([], state: well.next, ledger: ledger)
    #expect(blind.isNewTrouble && blind.isBlind)
    let still = try newEvents([], state: blind.next, ledger: ledger)
    #expect(!still.isNewTrouble && still.isBlind)
    ledger.watch.sources[0].isEvaluated = true
    let again = try newEvents([], state: still.next, ledger: ledger)
    #expect(again.isNewTrouble && !again.isBlind)
    let digest = try subject(again)
    #expect(digest.subject == "[Freeze auditor] nothing new · 0 open")
    #expect(
      DigestText.render(digest).contains(
        "! The blindness has ended: source simpeg is audited again (blind since after 21 February 2026 21:40 WIB)."
      )
    )
    #expect(!(try newEvents([], state: again.next, ledger: ledger)).isNewTrouble)
  }

  @Test(
    "an outage that the log alone told, and its end in the ledger: no blindness, whatever order they are read in"
  )
  func endedInTheLedger() throws {
    func said(_ seq: Int?, _ kind: String, at second: Int, source: String = "simpeg") -> LogEvent {
      var fields = [
        "FREEZE_EVENT": kind, "FREEZE_SOURCE": source, "MESSAGE": "\(kind) \(source)",
        "__REALTIME_TIMESTAMP": "\((1_772_000_000 + second) * 1_000_000)",
      ]
      fields["FREEZE_SEQ"] = seq.map { "\($0)" }
      return LogEvent(fields: fields, origin: .log)
    }
    let blind = said(nil, "audit_blind", at: 0)
    let resumed = said(1, "audit_resumed", at: 60)
    let known = try newEvents([resumed, blind], ledger: StubLedger([resumed]))
    #expect(!known.isBlind && known.tally[.notice] == 2)
    let text = DigestText.render(try subject(known))
    #expect(text.contains("audit_blind simpeg (ended since) [25 February 2026 13:13 WIB]"), "\(text)")
    // By the log alone as well: by their instants, and each source by itself.
    #expect(try !newEvents([resumed, blind]).isBlind)
    #expect(try newEvents([resumed, blind, said(nil, "audit_blind", at: 30, source: "lain")]).isBlind)
    #expect(try newEvents([resumed, said(nil, "audit_blind", at: 90)]).isBlind)
  }
}

@Suite("A reading of the ledger is gone on with")
struct ProgressTests {
  @Test(
    "a run that was killed goes on after the last piece it kept; of another state or ledger nothing is kept")
  func goesOn() throws {
    let events = (1...9000).map { event($0, $0 % 3 == 0 ? "amended" : "raised", alert: ($0 + 2) / 3) }
    let ledger = Counting(StubLedger(events))
    struct Killed: Error {}
    var kept: LedgerReading.Progress?
    func read(_ state: MailState = MailState(), killedAfter pieces: Int = .max) throws -> NewEvents {
      var left = pieces
      let reading = try LedgerReading(
        ledger,
        LedgerReading.Question(
          state: state, handed: 9000, lastInLog: 0, now: try moment(), personalData: .masked), kept: kept,
        keep: {
          kept = try JSONDecoder().decode(LedgerReading.Progress.self, from: try JSONEncoder().encode($0))
          left -= 1
          if left == 0 { throw Killed() }
        })
      return NewEvents(batch([]), state: state, personalData: .masked, ledger: reading)
    }
    let whole = try read()
    #expect(ledger.read == 9000)
    kept = nil
    ledger.read = 0
    #expect(throws: Killed.self) { try read(killedAfter: 3) }
    #expect(ledger.read == 6000)
    let rest = try read()
    #expect(ledger.read == 9000)
    #expect(rest.tally == whole.tally && rest.told == whole.told)
    #expect(rest.told.description == "1-9000")
    // Another state: from its beginning.
    var other = MailState()
    other.delivered.insert(1...100)
    ledger.read = 0
    #expect(try read(other).tally.total == 8900)
    #expect(ledger.read == 8900)
  }

  @Test("of a million events the latest are told one by one, and all are counted, in a bounded state")
  func million() throws {
    let ledger = Million()
    let reading = try LedgerReading(
      ledger,
      LedgerReading.Question(
        state: MailState(), handed: 1_000_000, lastInLog: 0, now: try moment(), personalData: .masked),
      kept: nil, keep: { _ in })
    let news = NewEvents(batch([]), state: MailState(), personalData: .masked, ledger: reading)
    #expect(news.tally.total == 1_000_000)
    #expect(news.news.count <= 1000)
    #expect(news.tally.hidden?.lowerBound == 1)
    #expect(news.next.delivered.description == "1-1000000")
    #expect(ledger.bodies == Int(NewEvents.itemised))
    #expect(try JSONEncoder().encode(news.next).count < 1000)
  }
}

/// Counts what is read one by one.
private final class Counting: DigestLedger {
  let ledger: StubLedger
  var read = 0
  init(_ ledger: StubLedger) { self.ledger = ledger }
  func head() throws -> MailState.Head { try ledger.head() }
  func emittedThrough() throws -> Int64 { try ledger.emittedThrough() }
  func hash(of seq: Int64) throws -> String? { try ledger.hash(of: seq) }
  func counts(_ range: ClosedRange<Int64>) throws -> [EventCount] { try ledger.counts(range) }
  func forEachEvent(_ range: ClosedRange<Int64>, _ each: (LogEvent) -> Void) throws {
    try ledger.forEachEvent(range) {
      read += 1
      each($0)
    }
  }
  func open(room: Int) throws -> OpenAlerts { OpenAlerts([]) }
  func health() throws -> WatchHealth { try ledger.health() }
}

/// A ledger that is never in memory.
private final class Million: DigestLedger {
  var bodies = 0
  func head() throws -> MailState.Head { MailState.Head(seq: 1_000_000, hash: "x1000000") }
  func emittedThrough() throws -> Int64 { 1_000_000 }
  func hash(of seq: Int64) throws -> String? { "x\(seq)" }
  func counts(_ range: ClosedRange<Int64>) throws -> [EventCount] {
    [EventCount(event: "raised", outcome: "inside", count: range.count)]
  }
  func forEachEvent(_ range: ClosedRange<Int64>, _ each: (LogEvent) -> Void) throws {
    for seq in range {
      bodies += 1
      each(event(Int(seq), decree: "SK \(seq % 90)"))
    }
  }
  func open(room: Int) throws -> OpenAlerts {
    OpenAlerts(
      counts: [
        OpenAlerts.Count(
          outcome: "inside", rule: "pasal-71-2", election: "pilkada-2024", count: 1_000_000, acknowledged: 3)
      ], latest: [])
  }
  func health() throws -> WatchHealth {
    WatchHealth(sources: [], isHeld: true, lastSign: nil, silence: nil, lateAfter: 660)
  }
}
