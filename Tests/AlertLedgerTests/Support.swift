import FreezeRules
import AuditBase
import Testing

@testable import AlertLedger

/// A rulebook of one rule and a calendar of one election, enough to make findings.
struct World {
  var determination = CivilDate(year: 2024, month: 9, day: 22) ?? .min
  var instrument = "PKPU 2/2024"
  var isRuleEnabled = true

  var table: WindowTable {
    let kinds = KindLabels(inScope: ["MUTASI": .mutasi], outOfScope: ["PENSIUN"], citation: "uji")
    let version = RuleVersion(
      inForceFrom: day("2016-07-01"), inForceUntil: nil, knownFrom: day("2016-07-01"),
      opens: EdgeRule(anchor: .determination, months: -6), closes: EdgeRule(anchor: .determination),
      citation: "Pasal 71")
    let rule = Rule(id: "pasal-71-2", enabled: isRuleEnabled, versions: [version], closedAxes: [])
    let rulebook = Rulebook(rules: [rule], coverage: [], kinds: kinds, backdatingDays: 14, hash: "r")
    let election = Election(
      id: "pilkada-2024", regions: .all,
      determinations: [
        CalendarFact(.day(determination), instrument: instrument, knownFrom: day("2024-01-26"))
      ])
    return WindowTable(
      rulebook,
      ElectionCalendar(
        elections: [election], inaugurations: [],
        completeThrough: [Dated(.max, instrument: "x", knownFrom: .min)], verifiedOn: .max, hash: "c"),
      declared: [],
      knownOn: day("2026-01-01"))
  }

  func judge(_ id: String, _ change: (inout PersonnelAction) -> Void = { _ in }) -> Judgement {
    var action = PersonnelAction(actionID: id, kind: "mutasi")
    action.decreeDate = known("2024-05-02")
    change(&action)
    return FreezeRules.judge(action, table, approvals: nil)
  }
}

func day(_ text: String) -> CivilDate { CivilDate(iso: text) ?? .min }
func known(_ text: String) -> RecordedDate { .known(DateSpan(day(text)), original: text) }

let context = EventBody.Context(
  source: "simpeg", rulebookHash: "r", calendarHash: "c", program: "uji", knownOn: day("2026-01-01"),
  snapshot: "uji")

/// A ledger in memory: the same bodies and the same fold as the real one, without a database.
struct PaperLedger {
  var state = LedgerState()
  var rows: [(body: String, previous: [UInt8], hash: [UInt8])] = []
  var hash = EventBody.genesis

  var seq: Int64 { Int64(rows.count) }

  /// Writes events and reads them back from their bodies.
  @discardableResult
  mutating func write(_ drafts: [EventDraft]) -> [String] {
    drafts.map { draft in
      let old = draft.previous.flatMap { EventBody.Parsed(rows[Int($0.seq) - 1].body) }
      let draft = EventBody.withChangedFields(draft, previous: old)
      let event = EventBody.event(draft, seq: seq + 1)
      let body = EventBody.encode(
        draft, event, recordedAt: "2026-01-01T00:00:00.000000Z", epoch: 1, context, previous: old,
        message: "m")
      let next = EventBody.hash(previous: hash, body: body)
      rows.append((body, hash, next))
      hash = next
      state.apply(event)
      return "\(event.kind.rawValue) \(event.actionID.isEmpty ? "-" : event.actionID): \(event.reason)"
    }
  }

  /// The state as the program would have it after a restart.
  var reread: LedgerState {
    rows.compactMap { StoredEvent(body: $0.body) }.reduce(into: LedgerState()) { $0.apply($1) }
  }

  /// One pass over these judgements.
  mutating func pass(
    _ judgements: [Judgement], found: [Judgement] = [],
    today: CivilDate = day("2026-01-01"), alertSince: CivilDate? = nil
  ) -> [String] {
    var reconciliation = Reconciliation(state: state, source: "simpeg", alertSince: alertSince)
    var remembering = reconciliation
    for judgement in judgements {
      reconciliation.observe(judgement)
      // What a pass remembers of a record says just what the record says.
      let trace = remembering.trace(judgement, Finding.all(source: "simpeg", judgement))
      if !(trace.map { remembering.observe($0) } ?? false) { remembering.observe(judgement) }
    }
    let events = reconciliation.events(found: found, today: today)
    #expect(remembering.events(found: found, today: today).map(Self.told) == events.map(Self.told))
    #expect(remembering.unseenActionIDs == reconciliation.unseenActionIDs)
    #expect(remembering.findings == reconciliation.findings)
    #expect(remembering.unjudgeableCount == reconciliation.unjudgeableCount)
    return write(events)
  }

  private static func told(_ draft: EventDraft) -> [String] {
    [
      draft.kind.rawValue, draft.reason.text, draft.alertID?.description ?? "-", draft.finding?.digest ?? "-",
      draft.qualityDigest ?? "-", "\(draft.stillInside)",
    ]
  }
}
