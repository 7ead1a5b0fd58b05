import FreezeRules

/// One alert as the ledger has it.
package struct AlertState: Sendable, Equatable {
  /// Who it is.
  package var alertID: AlertID
  /// The record.
  package var actionID: String
  /// The rule.
  package var rule: String
  /// The election or inauguration.
  package var election: String
  /// The outcome last written.
  package var outcome: String
  /// ``Finding/digest`` last written.
  package var digest: String
  /// ``Finding/factsDigest`` last written.
  package var factsDigest: String
  /// ``Finding/schedule`` last written.
  package var schedule: String
  /// Open.
  package var isOpen: Bool
  /// The event that last said what it is.
  package var seq: Int64
  /// Taken on by somebody.
  package var acknowledgement: Acknowledgement?
  /// What was last said of it, until it says something else itself.
  package var answer: Answer?
  /// The acknowledgement that ended, while the alert stays what it was: it holds again where the clock that ended it was ahead.
  package var endedAcknowledgement: Acknowledgement?
}

/// What the ledger says of one source: a fold over its events.
package struct LedgerState: Sendable, Equatable {
  /// Every alert ever raised, by id.
  package internal(set) var alerts = AlertTable()
  /// The cause of the last `audit_blind` that was not followed by `audit_resumed`.
  package internal(set) var blindCause: String?
  /// What a person accepted since, until passes are evaluated again.
  package internal(set) var acceptance: Acceptance?
  /// Digest of the last `data_quality`; empty: nothing unjudgeable.
  package internal(set) var qualityDigest = ""
  /// The missing facts that were told, by their keys.
  package internal(set) var toldMissing: Set<String> = []

  /// Closed alerts are kept as well.
  private var keepsClosed: Bool

  /// Nothing has happened.
  /// - Parameter keepsClosed: without them, whether an alert was there before is for the ledger to say.
  package init(keepsClosed: Bool = true) { self.keepsClosed = keepsClosed }

  /// From now on only what is open is kept.
  mutating func forgetClosed() {
    keepsClosed = false
    alerts.forgetClosed()
  }

  /// Alerts that are open.
  package var open: [AlertState] { alerts.open { _ in false } }

  /// How many are open, by outcome.
  package var openByOutcome: [String: Int] { alerts.openByOutcome }

  /// Takes one written event in, in order of `seq`.
  package mutating func apply(_ event: StoredEvent) {
    switch event.kind {
    case .auditBlind: (blindCause, acceptance) = (event.reason, nil)
    case .accepted: acceptance = event.acceptance
    case .setAside: break
    case .auditResumed: (blindCause, acceptance) = (nil, nil)
    case .dataQuality: qualityDigest = event.digest
    case .factMissing: toldMissing.insert(event.digest)
    case .sealed: break
    case .raised, .amended, .reraised, .cleared, .withdrawn:
      guard let id = event.alertID else { return }
      var state =
        alerts[id]
        ?? AlertState(
          alertID: id, actionID: event.actionID, rule: event.rule, election: event.election,
          outcome: event.outcome,
          digest: event.digest, factsDigest: event.factsDigest, schedule: event.schedule, isOpen: true,
          seq: event.seq)
      state.outcome = event.outcome
      state.digest = event.digest
      state.factsDigest = event.factsDigest
      state.schedule = event.schedule
      state.isOpen = event.kind.leavesOpen ?? state.isOpen
      state.seq = event.seq
      // What somebody acknowledged is no longer what the alert says.
      state.acknowledgement = nil
      state.endedAcknowledgement = nil
      state.answer = nil
      alerts[id] = state.isOpen || keepsClosed ? state : nil
    case .acknowledged:
      guard let id = event.alertID else { return }
      alerts[id]?.acknowledgement = event.acknowledgement
      alerts[id]?.endedAcknowledgement = nil
    case .noted:
      guard let id = event.alertID, let answer = event.answer else { return }
      // A remark does not take back what was answered.
      if answer.state != nil || alerts[id]?.answer?.state == nil { alerts[id]?.answer = answer }
    case .acknowledgementExpiring:
      if let id = event.alertID { alerts[id]?.acknowledgement?.isExpiryAnnounced = true }
    case .acknowledgementExpired:
      guard let id = event.alertID else { return }
      let ended = alerts[id]?.acknowledgement
      alerts[id]?.endedAcknowledgement = ended
      alerts[id]?.acknowledgement = nil
    }
  }
}
