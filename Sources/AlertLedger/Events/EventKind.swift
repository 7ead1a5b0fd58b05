/// What happened to an alert, or to the auditor itself. The raw value stands in the ledger and in FREEZE_EVENT.
package enum EventKind: String, Sendable, CaseIterable {
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
  /// Somebody said what was done about the alert.
  case noted
  /// An acknowledgement ends soon.
  case acknowledgementExpiring = "acknowledgement_expiring"
  /// It ended; the alert counts as new.
  case acknowledgementExpired = "acknowledgement_expired"
  /// The set of records that cannot be judged changed.
  case dataQuality = "data_quality"
  /// Records hang on a fact that nobody knows: once for each source and fact.
  case factMissing = "fact_missing"
  /// A pass could not be evaluated.
  case auditBlind = "audit_blind"
  /// Somebody accepted what a pass refused.
  case accepted
  /// Somebody set an event aside that nobody can read.
  case setAside = "set_aside"
  /// Passes are evaluated again.
  case auditResumed = "audit_resumed"
  /// Old events were written to a file for keeping.
  case sealed

  /// The alert is open after this event; `nil` where the event says nothing about that.
  package var leavesOpen: Bool? {
    switch self {
    case .raised, .amended, .reraised: true
    case .cleared, .withdrawn: false
    case .acknowledged, .noted, .acknowledgementExpiring, .acknowledgementExpired, .dataQuality, .factMissing,
      .auditBlind, .accepted, .setAside, .auditResumed, .sealed:
      nil
    }
  }
}
