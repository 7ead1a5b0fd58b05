import AlertLedger
import AlertMail
import AuditBase
import AuditReports
import AuditService
import FreezeRules
import SystemLog

extension OpenAct {
  /// As the ledger tells it.
  init(_ body: EventBody.Parsed) {
    self.init(
      actionID: body.text("action_id"), decreeDate: body.text("facts", "decree_date"),
      effectiveDate: body.text("facts", "effective_date"),
      inauguratedOn: body.text("facts", "inaugurated_on"), inside: body.texts("verdict", "inside_dates"))
  }
}

/// The ledger as the digest asks it.
struct MailLedger: DigestLedger {
  private let store: LedgerStore
  private let entries: EventEntry
  private let sources: [String]
  private let interval: Int
  private let language: Language
  private let regions: [String: String]

  init(
    _ configuration: Configuration, environment: [String: String], personalData: PersonalData,
    language: Language
  ) throws(LedgerError) {
    self.language = language
    regions = configuration.regionsOfSources
    sources = configuration.sources.map(\.name)
    interval = configuration.interval
    // A desk that reads another language, or more or less of a person, than the log gets the same facts.
    let isOther = language != configuration.language || personalData != configuration.personalData
    let ruleSet = try? isOther ? configuration.ruleSet() : nil
    entries = EventEntry(
      personalData: personalData,
      retelling: ruleSet.map { Retelling($0, configuration, language: language, personalData: personalData) })
    store = try LedgerStore(
      conninfo: configuration.ledgerConninfo, password: configuration.ledgerPassword(environment))
  }

  func head() throws -> MailState.Head {
    let head = try store.head()
    return MailState.Head(seq: head.seq, hash: Hex.encode(head.hash))
  }

  func emittedThrough() throws -> Int64 { try store.emittedThrough() }

  func hash(of seq: Int64) throws -> String? {
    guard let row = try store.events(from: seq, limit: 1).first, row.seq == seq else { return nil }
    return Hex.encode(row.hash)
  }

  func counts(_ range: ClosedRange<Int64>) throws -> [EventCount] {
    try store.counts(range).map {
      EventCount(event: $0.event, outcome: $0.outcome.isEmpty ? nil : $0.outcome, count: $0.count)
    }
  }

  func forEachEvent(_ range: ClosedRange<Int64>, _ each: (LogEvent) -> Void) throws {
    var bodies: [(seq: Int64, text: String, recorded: Int64)] = []
    let entries = self.entries
    func give() {
      let made = parallelMap(bodies) { body -> LogEvent? in
        if body.text.isEmpty { return .removed(body.seq) }
        guard let entry = entries.entry(body.text) else { return nil }
        var fields = Dictionary(
          entry.fields.map { ($0.name.text, $0.value) }, uniquingKeysWith: { first, _ in first })
        fields[LogEvent.timestamp] = String(body.recorded)
        return LogEvent(fields: fields, origin: .ledger)
      }
      for event in made { if let event { each(event) } }
      bodies.removeAll(keepingCapacity: true)
    }
    try store.forEachBody(range) { seq, body, recorded in
      bodies.append((seq, body, recorded))
      if bodies.count == 500 { give() }
    }
    give()
  }

  func open(room: Int) throws -> OpenAlerts {
    let counts = try store.openCounts(of: sources, latest: room)
    let latest = counts.flatMap(\.latest).sorted().suffix(room)
    let (states, bodies) = try store.alerts(said: Array(latest))
    return OpenAlerts(
      counts: counts.map {
        OpenAlerts.Count(
          outcome: $0.outcome, rule: $0.rule, election: $0.election, count: $0.count,
          acknowledged: $0.acknowledged)
      }.sorted { ($0.outcome, $0.rule, $0.election) < ($1.outcome, $1.rule, $1.election) },
      latest: states.map { alert in
        let body = bodies[alert.seq].flatMap(EventBody.Parsed.init).map(entries.personalData.shown)
        var shown = OpenAlert(
          alertID: alert.alertID.description, outcome: alert.outcome, rule: alert.rule,
          election: alert.election, decreeNo: body?.text("facts", "decree_no"),
          decreeDate: body?.text("facts", "decree_date"),
          acknowledgedUntil: alert.acknowledgement?.until.description,
          isMasked: entries.personalData == .masked)
        shown.act = body.map(OpenAct.init)
        shown.tell(alert, body, entries.personalData, language)
        shown.region = shown.region ?? body?.text("source").flatMap { regions[$0] }
        return shown
      })
  }

  func health() throws -> WatchHealth {
    let sign = try store.lastSign()
    return WatchHealth(
      sources: try sources.map { name in
        let health = try store.health(of: name)
        return WatchHealth.Source(
          name: name, isEvaluated: health.map { $0.state == "evaluated" }, cause: health?.cause,
          lastGood: health?.lastGood, age: health?.secondsSinceGood)
      }, isHeld: try store.leaseHolder()?.isCurrent ?? false, lastSign: sign?.at, silence: sign?.age,
      // As `status` has it.
      lateAfter: Int64(interval) * 2 + 60)
  }
}
