import FreezeRules

/// What follows for open alerts that a pass did not see.
extension Reconciliation {
  /// Whether the pass saw a record that was looked up, under whatever id, by the rule of an alert: then it is not what became
  /// of that one.
  private func isSeen(_ judgement: Judgement, of alert: AlertState) -> Bool {
    Finding.all(source: source, judgement).contains { finding in
      guard finding.verdict.window.isOf(alert) else { return false }
      var next: Finding? = finding
      while let one = next {
        if digest(seenUnder: one.alertID) == one.digest { return true }
        next = one.underNextID(source: source)
      }
      return false
    }
  }

  /// Whether a record may be the one of an alert: one that is spelled otherwise has an id of its own unless it came first.
  private func mayBear(_ alert: AlertState, _ action: PersonnelAction) -> Bool {
    guard let spelled = action.spelledID else { return true }
    return [nil, "spelled " + spelled].contains { twin in
      AlertID(
        source: source, actionID: action.actionID, rule: alert.rule, election: alert.election, twin: twin)
        == alert.alertID
    }
  }

  /// What follows for an open alert that the pass did not see, from what stands under its record's id.
  func following(_ alert: AlertState, _ told: [Judgement]) -> [EventDraft] {
    let found = told.filter { mayBear(alert, $0.action) && !isSeen($0, of: alert) }
    // The scan passed over what the look-up judges to be inside: it stays open, whichever of the two is wrong.
    var inside: [Finding] = []
    for judgement in found where !isBeforeAlerts(judgement.action) {
      inside += Finding.all(source: source, judgement).filter { $0.verdict.window.isOf(alert) }
    }
    if let first = inside.first {
      if inside.contains(where: { $0.digest == alert.digest }) { return [] }
      return [Self.event(first.of(alert), previous: alert)]
    }
    let judgement = found.first { $0.verdicts.contains { $0.window.isOf(alert) } } ?? found.first
    guard let judgement else { return [EventDraft(.withdrawn, reason: .vanished, previous: alert)] }
    let verdict = judgement.verdicts.first { $0.window.isOf(alert) }
    var event = EventDraft(.cleared, reason: reason(alert, judgement, verdict), previous: alert)
    event.judgement = judgement
    if !isBeforeAlerts(judgement.action) {
      event.stillInside = Finding.all(source: source, judgement).map(\.verdict.window.rule)
    }
    return [event]
  }

  private func reason(_ alert: AlertState, _ judgement: Judgement, _ verdict: Verdict?) -> EventReason {
    guard let verdict else { return .notApplicable }
    if let alertSince, isBeforeAlerts(judgement.action) { return .beforeAlertSince(alertSince) }
    let now = Finding(source: source, judgement, verdict)
    let isChanged = now.factsDigest != alert.factsDigest
    switch verdict.outcome {
    case .approved:
      return .approved(letter: verdict.approval?.letterNo, date: verdict.approval?.letterDate?.description)
    case .outside where !isChanged && alert.schedule != now.schedule:
      return .scheduleChanged(from: alert.schedule, to: now.schedule)
    case .notCovered where !isChanged:
      return .notCovered(citation: verdict.coverage?.row?.citation)
    default:
      return isChanged
        ? .recordChanged(now: verdict.outcome, fields: []) : .rulesChanged(now: verdict.outcome)
    }
  }
}

extension Window {
  /// Whether it is the one of an alert.
  fileprivate func isOf(_ alert: AlertState) -> Bool { rule == alert.rule && election == alert.election }
}
