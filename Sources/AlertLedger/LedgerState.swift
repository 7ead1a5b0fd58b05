import FreezeRules

/// One alert as the ledger has it.
public struct AlertState: Sendable, Equatable {
  /// Who it is.
  public var alertID: AlertID
  /// The record.
  public var actionID: String
  /// The rule.
  public var rule: String
  /// The election or inauguration.
  public var election: String
  /// The outcome last written.
  public var outcome: String
  /// ``Finding/digest`` last written.
  public var digest: String
  /// ``Finding/factsDigest`` last written.
  public var factsDigest: String
  /// ``Finding/schedule`` last written.
  public var schedule: String
  /// Open.
  public var isOpen: Bool
  /// The event that last said what it is.
  public var seq: Int64
  /// Taken on by somebody.
  public var acknowledgement: Acknowledgement?
  /// The acknowledgement that ended, while the alert stays what it was: it holds again where the clock that ended it was ahead.
  public var endedAcknowledgement: Acknowledgement?
}

/// What the ledger says of one source: a fold over its events.
public struct LedgerState: Sendable, Equatable {
  /// Every alert ever raised, by id.
  public internal(set) var alerts: [AlertID: AlertState] = [:]
  /// The cause of the last `audit_blind` that was not followed by `audit_resumed`.
  public internal(set) var blindCause: String?
  /// Digest of the last `data_quality`; empty: nothing unjudgeable.
  public internal(set) var qualityDigest = ""

  /// Nothing has happened.
  public init() {}

  /// Alerts that are open.
  public var open: [AlertState] { alerts.values.filter(\.isOpen) }

  /// Takes one written event in, in order of `seq`.
  public mutating func apply(_ event: StoredEvent) {
    switch event.kind {
    case .auditBlind: blindCause = event.reason
    case .auditResumed: blindCause = nil
    case .dataQuality: qualityDigest = event.digest
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
      alerts[id] = state
    case .acknowledged:
      guard let id = event.alertID else { return }
      alerts[id]?.acknowledgement = event.acknowledgement
      alerts[id]?.endedAcknowledgement = nil
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
