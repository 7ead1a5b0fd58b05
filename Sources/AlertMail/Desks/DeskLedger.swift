import AuditBase
import AuditReports
import FreezeRules
import SystemLog

/// What one desk sees: its own alerts, in its own language. What is another desk's keeps its number and says nothing.
struct DeskView: Sendable {
  let filter: DeskFilter
  /// The region of each source, for records that name none.
  let regions: [String: String]
  let language: Language
  let today: CivilDate

  init(_ settings: Mailer.Settings, today: CivilDate) {
    filter = settings.filter
    regions = settings.regions
    language = settings.digest.language
    self.today = today
  }

  /// An event as the desk sees it.
  func callAsFunction(_ event: LogEvent) -> LogEvent {
    filter.takes(event, regions: regions, today: today) ? event.speaking(language) : event.elsewhere
  }

  /// What is open of the desk's.
  func callAsFunction(_ open: OpenAlerts) -> OpenAlerts {
    filter.isEverything ? open : OpenAlerts(open.latest.filter { filter.takes($0, today: today) })
  }
}

/// The ledger as one desk sees it.
struct DeskLedger: DigestLedger {
  let base: any DigestLedger
  let view: DeskView

  func head() throws -> MailState.Head { try base.head() }
  func emittedThrough() throws -> Int64 { try base.emittedThrough() }
  func hash(of seq: Int64) throws -> String? { try base.hash(of: seq) }
  func health() throws -> WatchHealth { try base.health() }

  func counts(_ range: ClosedRange<Int64>) throws -> [EventCount] {
    if view.filter.isEverything { return try base.counts(range) }
    // The server does not know the desks.
    var counts: [[String]: Int] = [:]
    try forEachEvent(range) { event in
      if !event.isElsewhere { counts[[event.event, event[.outcome] ?? ""], default: 0] += 1 }
    }
    return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      EventCount(event: $0.key[0], outcome: $0.key[1].isEmpty ? nil : $0.key[1], count: $0.value)
    }
  }

  func forEachEvent(_ range: ClosedRange<Int64>, _ each: (LogEvent) -> Void) throws {
    try base.forEachEvent(range) { each(view($0)) }
  }

  func open(room: Int) throws -> OpenAlerts {
    // A part of all of them: looked for among more than are told.
    view(try base.open(room: view.filter.isEverything ? room : max(room, Escalation.room)))
  }
}

extension LogEvent {
  private static let elsewhereField = "FREEZE_ELSEWHERE"

  /// It is another desk's.
  var isElsewhere: Bool { fields[Self.elsewhereField] != nil }

  /// What is left of it where it is another desk's: enough to know it again.
  var elsewhere: LogEvent {
    let names = [FieldName.sequence, .event, .alertID].map(\.text) + [Self.timestamp]
    var kept = fields.filter { names.contains($0.key) || seq == nil && $0.key == FieldName.message.text }
    kept[Self.elsewhereField] = "1"
    return LogEvent(fields: kept, origin: origin)
  }

  /// The fields of a line without the mark, which only the mail part itself may set.
  static func withoutMark(_ fields: [String: String]) -> [String: String] {
    fields.filter { $0.key != elsewhereField }
  }
}

extension Mailer {
  /// What goes to the next desk: the last event of each alert that waited too long, once.
  func overdue(_ escalation: Escalation, _ state: MailState) throws -> NewEvents {
    guard let ledger else {
      var none = NewEvents(LogBatch(), state: state, personalData: settings.digest.personalData, ledger: nil)
      none.ledgerProblem = ledgerProblem
      return none
    }
    let view = DeskView(settings, today: now.date)
    let open = view(try ledger.open(room: Escalation.room))
    let overdue = escalation.overdue(open.latest, now: now, settings.workingDays)
    var events = NewEvents(LogBatch(), state: state, personalData: settings.digest.personalData, ledger: nil)
    events.missing = []
    events.openAlerts = OpenAlerts(overdue)
    events.escalatedAfter = escalation.workingDays
    events.head = try ledger.head()
    events.health = try ledger.health()
    if let known = state.head, known.seq > 0, try ledger.hash(of: known.seq) != known.hash {
      // Another ledger stands there now: its numbers are other alerts'.
      events.base.delivered = SequenceSet()
    }
    let delivered = events.base.delivered
    for range in SequenceSet(overdue.compactMap(\.seq).map { $0...$0 }).ranges {
      try ledger.forEachEvent(range) { event in
        guard let seq = event.seq, !delivered.contains(seq) else { return }
        events.tally.take(view(event).shown(settings.digest.personalData))
        events.told.insert(seq)
      }
    }
    return events
  }
}
