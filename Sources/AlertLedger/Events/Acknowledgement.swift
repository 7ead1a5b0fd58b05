import FreezeRules
import AuditBase

/// Somebody took an alert on, until a day.
package struct Acknowledgement: Sendable, Hashable {
  /// Who.
  package var author: String
  /// Why.
  package var reason: String
  /// On which legal basis.
  package var legalBasis: String
  /// Last day on which it holds.
  package var until: CivilDate
  /// What was done about the alert, where that was said with it.
  package var state: AnswerState?
  /// Its end was announced.
  package var isExpiryAnnounced = false

  /// An acknowledgement of these parts.
  package init(
    author: String, reason: String, legalBasis: String, until: CivilDate, state: AnswerState? = nil
  ) {
    self.author = author
    self.reason = reason
    self.legalBasis = legalBasis
    self.until = until
    self.state = state
  }

  var json: JSON {
    let pairs: KeyValuePairs<String, JSON> = [
      "author": .string(author), "reason": .string(reason), "legal_basis": .string(legalBasis),
      "until": .string(until.description),
    ]
    return .object(
      pairs.map { JSON.Pair($0.key, $0.value) }
        + (state.map { [JSON.Pair("state", .string($0.rawValue))] } ?? []))
  }
}

extension AlertState {
  /// What a day makes of its acknowledgement.
  /// - Parameter announceDays: its end is announced so many days before.
  func acknowledgementEvents(today: CivilDate, announceDays: Int) -> [EventDraft] {
    if let ended = endedAcknowledgement, today <= ended.until {
      // It ended by a clock that was ahead.
      return [.acknowledging(self, ended, holdsAgain: true)]
    }
    guard let acknowledgement = acknowledgement else { return [] }
    if today > acknowledgement.until {
      return [
        EventDraft(
          .acknowledgementExpired, reason: .acknowledgedUntil(acknowledgement.until), previous: self)
      ]
    }
    if !acknowledgement.isExpiryAnnounced, today.days(until: acknowledgement.until) <= announceDays {
      return [
        EventDraft(
          .acknowledgementExpiring, reason: .acknowledgedUntil(acknowledgement.until), previous: self)
      ]
    }
    return []
  }
}
