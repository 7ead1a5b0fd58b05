import AuditReports
import SystemLog

/// One open alert, as the ledger or the log tells it.
package struct OpenAlert: Sendable, Codable, Equatable {
  /// Its id.
  package var alertID: String
  /// The outcome.
  package var outcome: String
  /// The rule.
  package var rule: String
  /// The election or inauguration.
  package var election: String
  /// Number of the decree.
  package var decreeNo: String?
  /// Date of the decree.
  package var decreeDate: String?
  /// Last day of its acknowledgement.
  package var acknowledgedUntil: String?
  /// Its record and days; not said by older state files.
  package var act: OpenAct?
  /// What was done about it: an ``AnswerState``.
  package var state: String?
  /// What was answered, in words: state, reason, author, day.
  package var answer: String?
  /// Instant at which it was last raised or changed, ISO 8601 in UTC.
  package var since: String?
  /// Kemendagri code of its record, or of its source.
  package var region: String?
  /// The units left and joined.
  package var units: [String]?
  /// Number of the event that last said what it is.
  package var seq: Int64?
  /// Days of the decree, of its effect and of the oath, as recorded.
  package var days: [String]?
  /// Whether its texts were masked when they were taken; not said by older state files.
  package var isMasked: Bool?

  /// An alert of these parts.
  package init(
    alertID: String, outcome: String, rule: String, election: String, decreeNo: String? = nil,
    decreeDate: String? = nil, acknowledgedUntil: String? = nil, isMasked: Bool = false
  ) {
    self.alertID = alertID
    self.outcome = outcome
    self.rule = rule
    self.election = election
    self.decreeNo = decreeNo
    self.decreeDate = decreeDate
    self.acknowledgedUntil = acknowledgedUntil
    self.isMasked = isMasked
  }

  /// The alert as it may be shown.
  func shown(_ personalData: PersonalData) -> OpenAlert {
    guard personalData == .masked, isMasked != true else { return self }
    var shown = self
    shown.decreeNo = nil
    shown.decreeDate = nil
    shown.act = act?.masked
    shown.answer = nil
    shown.units = nil
    return shown
  }
}

extension [OpenAlert] {
  /// What is open after these events, in order; for when the ledger cannot be asked.
  func applying(_ events: [LogEvent]) -> [OpenAlert] {
    var byID = Dictionary(map { ($0.alertID, $0) }, uniquingKeysWith: { $1 })
    for event in events {
      guard let id = event[.alertID] else { continue }
      switch AlertText.Lead(rawValue: event.event) {
      case .raised, .reraised, .amended:
        byID[id] = OpenAlert(
          alertID: id, outcome: event[.outcome] ?? "", rule: event[.rule] ?? "",
          election: event[.election] ?? "", decreeNo: event[.decreeNo], decreeDate: event[.decreeDate],
          isMasked: event[.personalData] == PersonalData.masked.rawValue)
        byID[id]?.act = OpenAct(event)
        byID[id]?.region = event[.region]
        byID[id]?.units = [event[.unitFrom], event[.unitTo]].compactMap { $0 }
        byID[id]?.days = [event[.decreeDate], event[.effectiveDate], event[.inauguratedOn]].compactMap { $0 }
        byID[id]?.seq = event.seq
      case .noted:
        if let state = event[.answer] { byID[id]?.state = state }
      case .cleared, .withdrawn: byID[id] = nil
      default: break
      }
    }
    return byID.values.sorted { $0.alertID < $1.alertID }
  }
}
