import FreezeRules
import OrderedJSON

/// What happened to an alert, or to the auditor itself. The raw value stands in the ledger and in FREEZE_EVENT.
public enum EventKind: String, Sendable, CaseIterable {
  /// New.
  case raised
  /// The record, or what follows from it, changed; the alert stays open.
  case amended
  /// No longer an alert; the reason says why.
  case cleared
  /// The record is gone.
  case withdrawn
  /// An alert that had been closed is back.
  case reraised
  /// Somebody took the alert on.
  case acknowledged
  /// An acknowledgement ends soon.
  case acknowledgementExpiring = "acknowledgement_expiring"
  /// It ended; the alert counts as new.
  case acknowledgementExpired = "acknowledgement_expired"
  /// The set of records that cannot be judged changed.
  case dataQuality = "data_quality"
  /// A pass could not be evaluated.
  case auditBlind = "audit_blind"
  /// Passes are evaluated again.
  case auditResumed = "audit_resumed"

  /// The alert is open after this event; `nil` where the event says nothing about that.
  var leavesOpen: Bool? {
    switch self {
    case .raised, .amended, .reraised: true
    case .cleared, .withdrawn: false
    case .acknowledged, .acknowledgementExpiring, .acknowledgementExpired, .dataQuality, .auditBlind,
      .auditResumed:
      nil
    }
  }
}

/// Somebody took an alert on, until a day.
public struct Acknowledgement: Sendable, Hashable {
  /// Who.
  public var author: String
  /// Why.
  public var reason: String
  /// On which legal basis.
  public var legalBasis: String
  /// Last day on which it holds.
  public var until: CivilDate
  /// Its end was announced.
  public var isExpiryAnnounced = false

  /// An acknowledgement of these parts.
  public init(author: String, reason: String, legalBasis: String, until: CivilDate) {
    self.author = author
    self.reason = reason
    self.legalBasis = legalBasis
    self.until = until
  }

  var json: JSON {
    .object([
      "author": .string(author), "reason": .string(reason), "legal_basis": .string(legalBasis),
      "until": .string(until.description),
    ])
  }
}

/// An event decided but not yet written.
public struct EventDraft: Sendable {
  /// What happens.
  public var kind: EventKind
  /// Why: a code, then what is known in words, such as `schedule changed: … -> …`.
  public var reason: String
  /// The alert, `nil` for events about the auditor.
  public var alertID: AlertID?
  /// What the pass found, where it found something.
  public var finding: Finding?
  /// The alert as the ledger had it, where it had it.
  public var previous: AlertState?
  /// With `acknowledged`.
  public var acknowledgement: Acknowledgement?
  /// Digest of the unjudgeable set, with `data_quality`.
  public var qualityDigest: String?
  /// The record as it is now where there is no finding any more.
  public var judgement: Judgement?

  init(_ kind: EventKind, reason: String, finding: Finding? = nil, previous: AlertState? = nil) {
    self.kind = kind
    self.reason = reason
    self.finding = finding
    self.previous = previous
    alertID = finding?.alertID ?? previous?.alertID
  }

  /// Somebody takes an alert on.
  /// - Parameter remark: before the words that are the same for every acknowledgement.
  public static func acknowledging(
    _ alert: AlertState, _ acknowledgement: Acknowledgement, remark: String = ""
  ) -> EventDraft {
    var draft = EventDraft(
      .acknowledged, reason: remark + "by \(acknowledgement.author) until \(acknowledgement.until)",
      previous: alert)
    draft.acknowledgement = acknowledgement
    return draft
  }

  /// Passes are evaluated again.
  public static func resuming(after cause: String) -> EventDraft {
    EventDraft(.auditResumed, reason: "evaluated again after: \(cause)")
  }

  /// What is judged now under the alert's rule and election; `nil` where the pass says nothing about that.
  var verdict: Verdict? {
    finding?.verdict
      ?? judgement?.verdicts.first {
        $0.window.rule == previous?.rule && $0.window.election == previous?.election
      }
  }
}

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

/// One event as the ledger holds it, as far as the fold needs it.
public struct StoredEvent: Sendable, Equatable {
  /// Gapless from 1.
  public var seq: Int64
  /// What happened.
  public var kind: EventKind
  /// Why.
  public var reason: String
  /// The alert.
  public var alertID: AlertID?
  /// The record.
  public var actionID = ""
  /// The rule.
  public var rule = ""
  /// The election.
  public var election = ""
  /// The outcome.
  public var outcome = ""
  /// See ``Finding/digest``.
  public var digest = ""
  /// See ``Finding/factsDigest``.
  public var factsDigest = ""
  /// See ``Finding/schedule``.
  public var schedule = ""
  /// With `acknowledged`.
  public var acknowledgement: Acknowledgement?

  /// An event of these parts.
  public init(seq: Int64, kind: EventKind, reason: String, alertID: AlertID? = nil) {
    self.seq = seq
    self.kind = kind
    self.reason = reason
    self.alertID = alertID
  }
}
