import FreezeRules

/// An event decided but not yet written.
package struct EventDraft: Sendable {
  /// What happens.
  package var kind: EventKind
  /// Why.
  package var reason: EventReason
  /// The alert, `nil` for events about the auditor.
  package var alertID: AlertID?
  /// What the pass found, where it found something.
  package var finding: Finding?
  /// The alert as the ledger had it, where it had it.
  package var previous: AlertState?
  /// With `acknowledged`.
  package var acknowledgement: Acknowledgement?
  /// With `noted`.
  package var answer: Answer?
  /// With `accepted`.
  package var acceptance: Acceptance?
  /// With `set_aside`.
  package var setAside: SetAside?
  /// With `sealed`.
  package var seal: Seal?
  /// Digest of the unjudgeable set, with `data_quality`; key of the fact, with `fact_missing`.
  package var qualityDigest: String?
  /// The record as it is now where there is no finding any more.
  package var judgement: Judgement?
  /// With `cleared`: rules by which the act is an alert all the same.
  package var stillInside: [String] = []

  init(_ kind: EventKind, reason: EventReason, finding: Finding? = nil, previous: AlertState? = nil) {
    self.kind = kind
    self.reason = reason
    self.finding = finding
    self.previous = previous
    alertID = finding?.alertID ?? previous?.alertID
  }

  /// Somebody takes an alert on.
  /// - Parameter holdsAgain: it had ended by a clock that was ahead.
  package static func acknowledging(
    _ alert: AlertState, _ acknowledgement: Acknowledgement, holdsAgain: Bool = false
  ) -> EventDraft {
    var draft = EventDraft(
      .acknowledged, reason: .acknowledged(acknowledgement, holdsAgain: holdsAgain), previous: alert)
    draft.acknowledgement = acknowledgement
    return draft
  }

  /// Records hang on a fact that nobody knows.
  static func missing(_ fact: MissingFact, records: Int) -> EventDraft {
    var draft = EventDraft(.factMissing, reason: .factMissing(fact, records: records))
    draft.qualityDigest = fact.key
    return draft
  }

  /// Somebody accepts what a pass refused.
  package static func accepting(_ acceptance: Acceptance) -> EventDraft {
    var draft = EventDraft(.accepted, reason: .accepted(acceptance))
    draft.acceptance = acceptance
    return draft
  }

  /// Somebody sets an event aside.
  package static func settingAside(_ aside: SetAside) -> EventDraft {
    var draft = EventDraft(.setAside, reason: .setAside(aside))
    draft.setAside = aside
    return draft
  }

  /// Passes are evaluated again.
  package static func resuming(after cause: String) -> EventDraft {
    EventDraft(.auditResumed, reason: .resumed(after: cause))
  }

  /// What is judged now under the alert's rule and election; `nil` where the pass says nothing about that.
  var verdict: Verdict? {
    finding?.verdict
      ?? judgement?.verdicts.first {
        $0.window.rule == previous?.rule && $0.window.election == previous?.election
      }
  }
}
