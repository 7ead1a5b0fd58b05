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
