import AuditBase
import FreezeRules

/// What HR says of an open alert: a state, or only a remark; who, why, and of which day. It holds until the record or the
/// judgement changes: then the alert says something that nobody answered yet.
package struct Answer: Sendable, Hashable {
  /// `nil`: a remark that answers nothing.
  package var state: AnswerState?
  /// Who.
  package var author: String
  /// Why, in their words.
  package var reason: String
  /// On which legal basis, where one was named.
  package var legalBasis: String?
  /// The day on which it was so.
  package var date: CivilDate

  /// An answer of these parts.
  package init(
    state: AnswerState?, author: String, reason: String, legalBasis: String? = nil, date: CivilDate
  ) {
    self.state = state
    self.author = author
    self.reason = reason
    self.legalBasis = legalBasis
    self.date = date
  }

  /// `{state, author, reason, legal_basis, date}`.
  package var json: JSON {
    .object([
      "state": .text(state?.rawValue), "author": .string(author), "reason": .string(reason),
      "legal_basis": .text(legalBasis), "date": .string(date.description),
    ])
  }

  /// The answer of an event, `nil` where it holds none.
  package init?(_ parsed: EventBody.Parsed) {
    guard let date = parsed.text("answer", "date").flatMap({ CivilDate(iso: $0) }) else { return nil }
    self.init(
      state: parsed.text("answer", "state").flatMap(AnswerState.init(rawValue:)),
      author: parsed.text("answer", "author") ?? "",
      reason: parsed.text("answer", "reason") ?? "", legalBasis: parsed.text("answer", "legal_basis"),
      date: date)
  }
}

extension EventDraft {
  /// Somebody says what was done about an alert.
  package static func noting(_ alert: AlertState, _ answer: Answer) -> EventDraft {
    var draft = EventDraft(.noted, reason: .noted(answer), previous: alert)
    draft.answer = answer
    return draft
  }
}

extension AlertState {
  /// What to show of it beside an acknowledgement: the last answer, or what the acknowledgement says.
  package var shownState: AnswerState? { answer?.state ?? acknowledgement?.state }

  /// Somebody took it on or answered it: it is not asked again.
  package var isAnswered: Bool { acknowledgement != nil || answer?.state != nil }
}
