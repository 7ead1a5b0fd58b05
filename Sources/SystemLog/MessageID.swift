/// The kind of an event: the journal's MESSAGE_ID, by which entries are found and the catalog explains them.
///
/// The ids are random, fixed for ever, and listed with their explanation in `systemd/freeze-auditor.catalog`.
package enum MessageID: String, CaseIterable, Sendable {
  /// A new alert: an act inside the window, or one that depends on the reading.
  case raised = "ed8054b396ba4635b271de6a76dd4fa5"
  /// A new notice: a reversal inside the window.
  case raisedNotice = "8456a0359ef54b98aca1206175aa0b0b"
  /// The facts behind an open alert changed.
  case amended = "ec522945e7e0481696d64cb12bd56d63"
  /// An open alert no longer holds; the reason says why.
  case cleared = "3ae6ea766ef74038a75e345fe6caa2d5"
  /// The record behind an open alert is gone from the source.
  case withdrawn = "da8538c0e7eb4e1285f784d7b8f489ba"
  /// Somebody took an alert on, with reason and expiry.
  case acknowledged = "bce997f3785c4810b90a114f0431ecd5"
  /// Somebody said what was done about an alert.
  case noted = "d6920956776b4ff19d8b01293ed47a1a"
  /// An acknowledgement ends soon.
  case acknowledgementExpiring = "1137f2b90a614da3adb512c306bc4ad3"
  /// An acknowledgement ended; the alert is open again.
  case acknowledgementExpired = "844eabfd4098482ba348ca84b5f86f02"
  /// An alert closed before holds again.
  case reraised = "4a41cd48703a4254bf49596e005f1cea"
  /// The set of records that cannot be judged changed.
  case dataQuality = "0abb8e1369324817af5283bd2f75a2ca"
  /// Records hang on a fact that nobody knows.
  case factMissing = "5f740f324d5e402c9713f1e7697868af"
  /// A pass was not evaluated: the auditor does not see the source.
  case auditBlind = "8ad4f87533e94bfd85cf496bf45f168d"
  /// Somebody accepted what a pass refused.
  case accepted = "2c29134f91974c2bbefcb4686b716920"
  /// Somebody set an event of the ledger aside that nobody can read.
  case setAside = "5ec733fd50f74f97b4afdf33d3899c50"
  /// The auditor sees the source again.
  case auditResumed = "498b03fb40834323859f16c0f19fb1ef"
  /// The heartbeat after each pass.
  case passCompleted = "8fd7c6a75022481aa9eb46e189178ded"
  /// The daemon is up.
  case started = "d7186f722bf74269b254b72ff7ec2be6"
  /// The daemon ends as asked.
  case stopping = "4184bd601ede42038ab0e6355d0365d1"
  /// New configuration, rules or calendar are in use.
  case configReloaded = "d14fc3a897f24123aa8e67c1acf5bba2"
  /// New configuration, rules or calendar are bad; the old ones stay.
  case configRejected = "cdca19a406844eb5a80c09663d6b8278"
  /// This daemon now writes the ledger.
  case leaseAcquired = "f505e85757c049c9bd9a4a00c5004ef4"
  /// Another daemon writes the ledger.
  case leaseLost = "81915895f70045b1a0ee26a771b801cf"
  /// The daemon's role can write to the source, which it never needs.
  case sourceWritable = "387ab782ec6e4c988e9988f513a97331"
  /// A digest could not be handed to the mail system.
  case mailDelayed = "488187b8b14c4bb5a1cd081284c557ae"
  /// Numbers are missing between two log entries.
  case ledgerHole = "80a5db35659f4b53927c8770602f24fb"
  /// The ledger is not the one known so far.
  case ledgerReplaced = "a84395007c1e4d088d506c2deaa68266"

  /// The event in words, for FREEZE_EVENT. A raised notice is `raised` like any other; its PRIORITY differs.
  package var event: String {
    switch self {
    case .raised, .raisedNotice: "raised"
    case .amended: "amended"
    case .cleared: "cleared"
    case .withdrawn: "withdrawn"
    case .acknowledged: "acknowledged"
    case .noted: "noted"
    case .acknowledgementExpiring: "acknowledgement_expiring"
    case .acknowledgementExpired: "acknowledgement_expired"
    case .reraised: "reraised"
    case .dataQuality: "data_quality"
    case .factMissing: "fact_missing"
    case .auditBlind: "audit_blind"
    case .accepted: "accepted"
    case .setAside: "set_aside"
    case .auditResumed: "audit_resumed"
    case .passCompleted: "pass_completed"
    case .started: "started"
    case .stopping: "stopping"
    case .configReloaded: "config_reloaded"
    case .configRejected: "config_rejected"
    case .leaseAcquired: "lease_acquired"
    case .leaseLost: "lease_lost"
    case .sourceWritable: "source_writable"
    case .mailDelayed: "mail_delayed"
    case .ledgerHole: "ledger_hole"
    case .ledgerReplaced: "ledger_replaced"
    }
  }
}
