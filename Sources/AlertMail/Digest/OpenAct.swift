import AuditReports
import FreezeRules
import SystemLog

/// The record and the days of an open alert: whether it can still be put off, and until when.
package struct OpenAct: Sendable, Codable, Equatable {
  /// Id of the record; two alerts of one record are one person.
  package var actionID: String?
  /// As recorded.
  package var decreeDate: String?
  package var effectiveDate: String?
  package var inauguratedOn: String?
  /// The dates that are inside.
  package var inside: [String]

  /// An act of these parts.
  package init(
    actionID: String?, decreeDate: String?, effectiveDate: String?, inauguratedOn: String?, inside: [String]
  ) {
    self.actionID = actionID
    self.decreeDate = decreeDate
    self.effectiveDate = effectiveDate
    self.inauguratedOn = inauguratedOn
    self.inside = inside
  }

  /// As its log entry tells it.
  init(_ event: LogEvent) {
    self.init(
      actionID: event[.actionID], decreeDate: event[.decreeDate], effectiveDate: event[.effectiveDate],
      inauguratedOn: event[.inauguratedOn],
      inside: (event[.inside] ?? "").split(separator: ",").map(String.init))
  }

  private func text(_ field: DateField) -> String? {
    switch field {
    case .decreeDate: decreeDate
    case .effectiveDate: effectiveDate
    case .inauguratedOn: inauguratedOn
    }
  }

  private func span(_ field: DateField) -> DateSpan? {
    text(field).flatMap(WrittenDay.span).flatMap {
      RecordedDate.plausibleYears.contains($0.first.year) ? $0 : nil
    }
  }

  /// The day on which it takes hold: the oath, else the effective date, else that of the decree.
  package var actDay: ActDay? {
    for field in [DateField.inauguratedOn, .effectiveDate, .decreeDate] {
      if let span = span(field) { return ActDay(field: field, span: span) }
    }
    return nil
  }

  /// The day that a letter of the Minister must bear at the latest: the first one inside.
  package var letterBy: CivilDate? { inside.compactMap(DateField.init).compactMap { span($0)?.first }.min() }

  /// Only what cannot name anybody: days that are days.
  var masked: OpenAct {
    func day(_ text: String?) -> String? { text.flatMap { WrittenDay.span($0) == nil ? nil : $0 } }
    return OpenAct(
      actionID: nil, decreeDate: day(decreeDate), effectiveDate: day(effectiveDate),
      inauguratedOn: day(inauguratedOn), inside: inside.filter { DateField(rawValue: $0) != nil })
  }
}

extension LogEvent {
  /// What to do about the act that it tells of, as of today; `nil` where that is not for the act's days to say.
  func step(on today: CivilDate, _ workingDays: WorkingDays) -> NextStep? {
    guard let outcome, outcome.level == .alert else { return nil }
    switch AlertText.Lead(rawValue: event) {
    case .raised, .reraised, .amended, .acknowledgementExpired: break
    default: return nil
    }
    let act = OpenAct(self)
    guard let day = act.actDay else { return nil }
    return NextStep(
      outcome, actDay: day, letterBy: act.letterBy, today: today, workingDays: workingDays)
  }
}
