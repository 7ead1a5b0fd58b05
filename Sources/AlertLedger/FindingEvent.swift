import FreezeRules

extension Reconciliation {
  /// What a finding is beside its alert as it was.
  static func event(_ finding: Finding, previous: AlertState?) -> EventDraft {
    guard let previous else { return EventDraft(.raised, reason: .new, finding: finding) }
    guard previous.isOpen else {
      return EventDraft(
        .reraised, reason: .again(difference(previous, finding)), finding: finding,
        previous: previous)
    }
    return EventDraft(.amended, reason: difference(previous, finding), finding: finding, previous: previous)
  }

  /// What differs between an alert as written and the finding now.
  private static func difference(_ previous: AlertState, _ finding: Finding) -> EventReason {
    if previous.factsDigest != finding.factsDigest { return .recordChanged(now: nil, fields: []) }
    if previous.schedule != finding.schedule {
      return .scheduleChanged(from: previous.schedule, to: finding.schedule)
    }
    if previous.outcome != finding.verdict.outcome.rawValue {
      return .outcomeChanged(from: previous.outcome, to: finding.verdict.outcome)
    }
    return .rulesOrApprovalsChanged
  }
}
