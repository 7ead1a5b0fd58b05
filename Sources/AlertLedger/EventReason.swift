import FreezeRules

/// Why an event happened. The ledger keeps its ``text``, which never changes: what is written must read the same for ever.
package enum EventReason: Sendable, Equatable {
  /// Raised for the first time.
  case new
  /// A closed alert is back, since something changed.
  indirect case again(EventReason)
  /// The record says something else.
  /// - Parameters:
  ///   - now: its outcome, where it is no alert any more.
  ///   - fields: which fields, as far as the event before tells.
  case recordChanged(now: Outcome?, fields: [FieldChange])
  /// The day that the window is counted from moved.
  case scheduleChanged(from: String, to: String)
  /// The same record and schedule, another outcome.
  case outcomeChanged(from: String, to: Outcome)
  /// The same outcome by other rules, or with other approvals.
  case rulesOrApprovalsChanged
  /// No alert any more by the rules of now.
  case rulesChanged(now: Outcome)
  /// A letter covers it.
  case approved(letter: String?, date: String?)
  /// Post, assignment or kind is out of scope.
  case notCovered(citation: String?)
  /// The rule or the election of the alert is not judged any more.
  case notApplicable
  /// The act is older than what the site wants to hear of.
  case beforeAlertSince(CivilDate)
  /// The record is gone.
  case vanished
  /// Somebody took the alert on; `holdsAgain`: what had ended by a clock that was ahead.
  case acknowledged(Acknowledgement, holdsAgain: Bool)
  /// Somebody said what was done.
  case noted(Answer)
  /// An acknowledgement ends, or ended, on this day.
  case acknowledgedUntil(CivilDate)
  /// What cannot be judged, ids that more than one act bears, and acts dated before a window but entered within it.
  case dataQuality(unjudgeable: Int, duplicates: Int, duplicatedIDs: [String], backdatedIDs: [String])
  /// So many records hang on a fact that nobody knows.
  case factMissing(MissingFact, records: Int)
  /// Somebody accepted what a pass refused.
  case accepted(Acceptance)
  /// Somebody set an event aside.
  case setAside(SetAside)
  /// A pass was not evaluated, and why.
  case blind(cause: String)
  /// Passes are evaluated again after this.
  case resumed(after: String)
  /// Events were written to a file for keeping.
  case sealed(Seal)

  /// As the ledger keeps it: a code, then what is known in words.
  package var text: String {
    switch self {
    case .new: "new"
    case .again(let reason): "alert again: " + reason.text
    case .recordChanged(let now, let fields):
      "record changed" + (now.map { ": now \($0.rawValue)" } ?? "")
        + (fields.isEmpty ? "" : ": " + fields.map(\.text).joined(separator: ", "))
    case .scheduleChanged(let old, let new): "schedule changed: \(old) -> \(new)"
    case .outcomeChanged(let old, let new): "outcome changed: \(old) -> \(new.rawValue)"
    case .rulesOrApprovalsChanged: "rules or approvals changed"
    case .rulesChanged(let now): "rules changed: now \(now.rawValue)"
    // The alert was raised without it, whatever day the letter bears: whoever reads of it should know.
    case .approved(let letter, let date):
      "approved: \(letter ?? "-"), \(date ?? "-"); not known when the alert was raised"
    case .notCovered(let citation): "not covered: \(citation ?? "kind out of scope")"
    case .notApplicable: "rule or election no longer applies"
    case .beforeAlertSince(let day): "before alert_since \(day)"
    case .vanished: "record vanished from the source"
    case .acknowledged(let acknowledgement, let holdsAgain):
      (holdsAgain ? "holds again, the clock was set back: " : "")
        + "by \(acknowledgement.author) until \(acknowledgement.until)"
    case .noted(let answer):
      "\(answer.state?.rawValue ?? "note") by \(answer.author) on \(answer.date): \(answer.reason)"
    case .acknowledgedUntil(let day): "acknowledged until \(day)"
    case .dataQuality(let unjudgeable, let duplicates, let ids, let backdated):
      "\(unjudgeable) unjudgeable"
        + (duplicates > 0 ? ", \(duplicates) duplicated action_id (\(Self.shortened(ids)))" : "")
        + (backdated.isEmpty ? "" : ", \(backdated.count) possible_backdating (\(Self.shortened(backdated)))")
    case .factMissing(let fact, let records): "\(fact.key); \(records) records"
    case .accepted(let acceptance):
      "by \(acceptance.author): \(acceptance.reason); accepts: \(acceptance.found)"
    case .setAside(let aside): "event \(aside.seq):\(aside.hash) by \(aside.author): \(aside.reason)"
    case .blind(let cause): cause
    case .resumed(let cause): "evaluated again after: \(cause)"
    case .sealed(let seal):
      "events \(seal.range.lowerBound)-\(seal.range.upperBound), recorded before \(seal.before)"
    }
  }

  /// Ten at most.
  private static func shortened(_ ids: [String]) -> String {
    ids.prefix(10).joined(separator: ", ") + (ids.count > 10 ? ", …" : "")
  }

  /// One field of a record that says something else now.
  package struct FieldChange: Sendable, Equatable {
    /// Which.
    package let field: PersonnelAction.Field
    /// As the event before had it.
    package let old: String?
    /// As it is now.
    package let new: String?

    /// `field old -> new`; of personal fields only that they changed.
    package var text: String {
      field.isPersonal ? field.rawValue : "\(field.rawValue) \(old ?? "-") -> \(new ?? "-")"
    }
  }
}

extension MissingFact {
  /// Tells it from every other: a fact of which more becomes known is another. Regions that nobody knows are one.
  package var key: String {
    let day = known?.value
    let known = [day?.earliest, day?.latest].map { $0?.description ?? "-" }.joined(separator: "..")
    let of = [anchor?.rawValue, election, kind == .regionUnknown ? nil : region].compactMap { $0 }
    return ([kind.rawValue] + of + [known]).joined(separator: " ")
  }
}
