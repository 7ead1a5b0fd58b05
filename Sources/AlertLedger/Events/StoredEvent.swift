/// One event as the ledger holds it, as far as the fold needs it.
package struct StoredEvent: Sendable, Equatable {
  /// Gapless from 1.
  package var seq: Int64
  /// What happened.
  package var kind: EventKind
  /// Why.
  package var reason: String
  /// The alert.
  package var alertID: AlertID?
  /// The record.
  package var actionID = ""
  /// The rule.
  package var rule = ""
  /// The election.
  package var election = ""
  /// The outcome.
  package var outcome = ""
  /// See ``Finding/digest``.
  package var digest = ""
  /// See ``Finding/factsDigest``.
  package var factsDigest = ""
  /// See ``Finding/schedule``.
  package var schedule = ""
  /// With `acknowledged`.
  package var acknowledgement: Acknowledgement?
  /// With `noted`.
  package var answer: Answer?
  /// With `accepted`.
  package var acceptance: Acceptance?

  /// An event of these parts.
  package init(seq: Int64, kind: EventKind, reason: String, alertID: AlertID? = nil) {
    self.seq = seq
    self.kind = kind
    self.reason = reason
    self.alertID = alertID
  }
}
