import AuditBase
import AuditReports
import Foundation
import FreezeRules
import Testing

@testable import AlertMail

/// A Monday morning, 07:30 WIB.
func moment(_ iso: String = "2026-03-02T07:30") throws -> Moment {
  try #require(Moment(iso: iso, zone: .wib))
}

func days(_ text: String = "2026-03-19 Nyepi\n2026-12-25 Natal\n") throws -> WorkingDays {
  try WorkingDays(text)
}

/// One log entry as the auditor writes it.
func event(
  _ seq: Int, _ kind: String = "raised", alert: Int? = nil, decree: String? = "821.2/11/BKD/2024",
  nip: String? = "**************1005", outcome: String = "inside", message: String? = nil
) -> LogEvent {
  LogEvent(fields: fields(seq, kind, alert, decree, nip, outcome, message), origin: .log)
}

func fields(
  _ seq: Int, _ kind: String, _ alert: Int?, _ decree: String?, _ nip: String?, _ outcome: String,
  _ message: String?
) -> [String: String] {
  let id = alert ?? seq
  var fields = [
    "MESSAGE": message
      ?? "Peringatan baru: mutasi a.n. B*** S***: tanggal pelantikan 2024-03-22 jatuh di dalam masa larangan; perlu klarifikasi\nJabatan: Camat \(id) → Analis\nMasa larangan: 2024-03-22 s.d. 2024-09-22",
    "PRIORITY": "2", "FREEZE_EVENT": kind, "FREEZE_SEQ": "\(seq)", "FREEZE_ALERT_ID": "alert-\(id)",
    "FREEZE_ACTION_ID": "act-\(id)", "FREEZE_OUTCOME": outcome, "FREEZE_RULE": "pasal-71-2",
    "FREEZE_ELECTION": "pilkada-2024", "FREEZE_KIND": "mutasi", "FREEZE_DECREE_DATE": "2024-03-21",
    "FREEZE_INAUGURATED_ON": "2024-03-22",
  ]
  fields["FREEZE_DECREE_NO"] = decree
  fields["FREEZE_NIP"] = nip
  fields["FREEZE_PERSONAL_DATA"] = "masked"
  // As the daemon makes the fields: of the message.
  if let text = fields["MESSAGE"].flatMap(AlertText.init(message:)) {
    fields["FREEZE_SUMMARY"] = text.sentence
    for line in text.lines { fields[line.label.field.text] = line.text }
  }
  return fields
}

/// The entry as a line of `journalctl -o json`.
func line(_ event: LogEvent, cursor: String? = nil) throws -> String {
  var fields = event.fields
  fields["__CURSOR"] = cursor
  return String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self) + "\n"
}

/// A ledger of some events.
struct StubLedger: DigestLedger {
  struct Away: ExplainedError { let message = Text("tidak ada", "away") }

  var events: [Int64: LogEvent] = [:]
  var recorded = 0
  var handed: Int64?
  var open: [OpenAlert] = []
  var generation = "a"
  var isAway = false
  /// Well, unless a test says otherwise.
  var watch = WatchHealth(
    sources: [WatchHealth.Source(name: "simpeg", isEvaluated: true, lastGood: 825_000_000, age: 60)],
    isHeld: true,
    lastSign: 825_000_000, silence: 60, lateAfter: 660)

  init(_ events: [LogEvent] = []) {
    for event in events {
      self.events[event.seq ?? 0] = LogEvent(fields: event.fields, origin: .ledger)
    }
  }

  private func hash(_ seq: Int64) -> String {
    generation + String(repeating: "0", count: 47) + (events[seq]?.fingerprint ?? "0000000000000000")
  }

  func head() throws -> MailState.Head {
    if isAway { throw Away() }
    let last = events.keys.max() ?? 0
    return MailState.Head(seq: last, hash: hash(last))
  }
  func emittedThrough() throws -> Int64 {
    if isAway { throw Away() }
    return handed ?? events.keys.max() ?? 0
  }
  func hash(of seq: Int64) throws -> String? { events[seq] == nil ? nil : hash(seq) }
  private func each(_ range: ClosedRange<Int64>) -> [LogEvent] {
    events.keys.sorted().filter { range.contains($0) }.compactMap { events[$0] }
  }
  func counts(_ range: ClosedRange<Int64>) throws -> [EventCount] {
    each(range).map { EventCount(event: $0.event, outcome: $0[.outcome], count: 1) }
  }
  func forEachEvent(_ range: ClosedRange<Int64>, _ each: (LogEvent) -> Void) throws {
    for event in self.each(range) {
      var fields = event.fields
      fields[LogEvent.timestamp] = "\((recorded + 946_684_800) * 1_000_000)"
      each(LogEvent(fields: fields, origin: .ledger))
    }
  }
  func open(room: Int) throws -> OpenAlerts { OpenAlerts(open) }
  func health() throws -> WatchHealth { watch }
}

/// What was read of a log.
func batch(_ events: [LogEvent], isTail: Bool = false) -> LogBatch {
  var batch = LogBatch()
  for event in events { batch.add(event) }
  batch.isTail = isTail
  return batch
}

/// What is new, as a run would find it.
func newEvents(
  _ events: [LogEvent], state: MailState = MailState(), personalData: PersonalData = .masked,
  ledger: StubLedger? = nil, handed: Int64? = nil, isTail: Bool = false
) throws -> NewEvents {
  let read = batch(events, isTail: isTail)
  var reading: LedgerReading?
  var problem: Text?
  if let ledger {
    do {
      reading = try LedgerReading(
        ledger,
        LedgerReading.Question(
          state: state, handed: try handed ?? ledger.emittedThrough(), lastInLog: read.numbers.last,
          now: try moment(), personalData: personalData), kept: nil, keep: { _ in })
    } catch let error as StubLedger.Away { problem = error.message }
  }
  var news = NewEvents(read, state: state, personalData: personalData, ledger: reading)
  news.ledgerProblem = problem
  return news
}

func digest(
  _ events: [LogEvent], language: Language = .indonesian, personalData: PersonalData = .masked,
  ledger: StubLedger? = nil
) throws -> Digest {
  let news = try newEvents(events, personalData: personalData, ledger: ledger)
  return Digest(
    news,
    settings: Digest.Settings(
      language: language, personalData: personalData, region: "16.05", program: "test"),
    moment: try moment(), workingDays: try days())
}

func message(_ digest: Digest) throws -> MailMessage {
  digest.message(
    from: try #require(MailAddress("freeze@bkpsdm.example.go.id")),
    to: [try #require(MailAddress("hr@bkpsdm.example.go.id"))])
}
