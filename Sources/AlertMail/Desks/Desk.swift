import AuditBase
import AuditReports
import FreezeRules
import SystemLog

/// Who gets what: one list of addresses, what is for them, and how it is told to them.
package struct Desk: Sendable {
  /// Names it in the configuration, in announcements and in the state folder.
  package var name: String
  /// Each gets a mail of its own.
  package var to: [MailAddress]
  /// What is for them.
  package var filter: DeskFilter
  /// Language of the mail, `nil`: that of the log.
  package var language: Language?
  /// How much of a person it shows, `nil`: as much as the log.
  package var personalData: PersonalData?
  /// Paragraphs before everything else.
  package var head: String?
  /// Paragraphs after everything else.
  package var foot: String?

  /// A desk that gets everything.
  package init(name: String, to: [MailAddress], filter: DeskFilter = DeskFilter()) {
    self.name = name
    self.to = to
    self.filter = filter
  }
}

/// What goes to the next desk when nobody answered it.
package struct Escalation: Sendable {
  /// The next desk.
  package var desk: Desk
  /// Working days that an alert may wait.
  package var workingDays: Int

  /// An escalation to a desk.
  package init(desk: Desk, workingDays: Int) {
    self.desk = desk
    self.workingDays = workingDays
  }

  /// So many open alerts are looked through, the latest.
  package static let room = 10_000

  /// The open alerts that waited longer than that without an answer.
  package func overdue(_ open: [OpenAlert], now: Moment, _ days: WorkingDays) -> [OpenAlert] {
    open.filter { alert in
      guard !alert.isAnswered, Outcome(rawValue: alert.outcome)?.level == .alert,
        let since = alert.since.flatMap({ Moment(iso: $0, zone: now.zone) })
      else { return false }
      return days.count(after: since.date, through: now.date, atMost: workingDays + 1) > workingDays
    }
  }
}

extension WorkingDays {
  /// Working days after one day up to another; no more are counted than asked for.
  func count(after first: CivilDate, through last: CivilDate, atMost most: Int) -> Int {
    var count = 0
    var day = first
    while count < most, day < last, let next = day.adding(days: 1) {
      day = next
      if self[day] == .working { count += 1 }
    }
    return count
  }
}

/// Which alerts a desk is told of. What an entry does not say narrows nothing: better a mail too many than an alert that
/// nobody got.
package struct DeskFilter: Sendable {
  /// Whether the oath is still to come.
  package enum Urgency: String, Sendable, CaseIterable {
    /// Some date of the act is still to come: somebody can still act.
    case upcoming
    /// All of them are past.
    case past
  }

  /// `nil`: every region.
  package var regions: RegionSet?
  /// Parts of the names of units, left or joined; empty: every unit.
  package var units: [String] = []
  /// Empty: every outcome.
  package var outcomes: Set<Outcome> = []
  /// `nil`: both.
  package var urgency: Urgency?

  /// Everything.
  package init() {}

  /// Whether it lets everything through, also what the auditor says of itself.
  package var isEverything: Bool { regions == nil && units.isEmpty && outcomes.isEmpty && urgency == nil }

  /// What is known of an alert.
  private struct Subject {
    var region: String?
    var units: [String]
    var outcome: Outcome?
    var days: [CivilDate]
  }

  private func takes(_ subject: Subject, today: CivilDate) -> Bool {
    if let regions, let text = subject.region, let region = RegionRegistry.shipped.deciding(text),
      !regions.contains(region.index)
    {
      return false
    }
    if !units.isEmpty, !subject.units.isEmpty {
      let named = subject.units.map(Self.key)
      guard units.contains(where: { unit in named.contains { $0.contains(Self.key(unit)) } }) else {
        return false
      }
    }
    if !outcomes.isEmpty, let outcome = subject.outcome, !outcomes.contains(outcome) { return false }
    guard let urgency, !subject.days.isEmpty else { return true }
    // The morning of an oath is early enough to put it off.
    return subject.days.contains { $0 >= today } == (urgency == .upcoming)
  }

  private static func key(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether a desk is told of an event.
  /// - Parameter regions: the region of each source, for records that name none.
  func takes(_ event: LogEvent, regions: [String: String], today: CivilDate) -> Bool {
    if isEverything { return true }
    guard event.isAboutRecord else {
      // Whoever waits for alerts must know that none can come.
      return [.auditBlind, .auditResumed].contains(AlertText.Lead(rawValue: event.event))
    }
    return takes(
      Subject(
        region: event[.region] ?? event[.source].flatMap { regions[$0] },
        units: [event[.unitFrom], event[.unitTo]].compactMap { $0 },
        outcome: event.toldOutcome,
        days: [event[.decreeDate], event[.effectiveDate], event[.inauguratedOn]].compactMap {
          $0.flatMap { CivilDate(iso: $0) }
        }), today: today)
  }

  /// Whether an open alert is a desk's.
  package func takes(_ alert: OpenAlert, today: CivilDate) -> Bool {
    takes(
      Subject(
        region: alert.region, units: alert.units ?? [], outcome: Outcome(rawValue: alert.outcome),
        days: (alert.days ?? []).compactMap { CivilDate(iso: $0) }), today: today)
  }
}

extension LogEvent {
  /// Without texts in another language.
  func speaking(_ language: Language) -> LogEvent {
    guard isAboutRecord, let own = self[.message].flatMap(AlertText.language(of:)), own != language else {
      return self
    }
    var kept = fields
    kept[FieldName.summary.text] = nil
    for label in AlertText.Label.allCases where ![.sources, .post, .region].contains(label) {
      kept[label.field.text] = nil
    }
    return LogEvent(fields: kept, origin: origin)
  }
}

extension LogEvent {
  /// The outcome that its alert was told with, `nil` where the entry does not say.
  fileprivate var toldOutcome: Outcome? {
    // One that is over says what the act is now, and in words what it was.
    guard AlertText.Lead(rawValue: event) == .cleared || self[.stillInside] != nil else { return outcome }
    guard let before = self[.before] else { return nil }
    return Outcome.allCases.filter { known in
      [known.phrase.indonesian, known.phrase.english, known.rawValue].contains { before.hasPrefix($0) }
    }.max { $0.phrase.indonesian.count < $1.phrase.indonesian.count }
  }
}
