import AuditBase
import AuditReports
import Crypto
import FreezeRules

/// One event of the auditor as its log entry tells it.
package struct LogEvent: Sendable, Codable, Equatable {
  /// Where the event was read.
  package enum Origin: String, Sendable, Codable {
    /// In the log.
    case log
    /// In the ledger, because the log no longer has it.
    case ledger
  }

  /// MESSAGE, PRIORITY and the FREEZE_ fields; cut to what a mail can need.
  package let fields: [String: String]
  /// Where it was read.
  package let origin: Origin

  /// An event of these fields; all others are ignored.
  package init(fields: [String: String], origin: Origin) {
    self.origin = origin
    var kept: [String: String] = [:]
    for (name, value) in fields
    where name == "MESSAGE" || name == "PRIORITY" || name == "__REALTIME_TIMESTAMP"
      || name.hasPrefix("FREEZE_")
    {
      // A name of 5 MB is cut here, once; the ledger keeps the whole value.
      let limit = name == "MESSAGE" ? 16_384 : 1024
      kept[name] =
        value.utf8.count <= limit ? value : String(decoding: value.utf8.prefix(limit), as: UTF8.self) + "…"
    }
    self.fields = kept
  }

  /// The event of a line, `nil` when the line tells of none: heartbeats, other programs.
  package init?(_ line: JournalLine) {
    guard let event = line["FREEZE_EVENT"] else { return nil }
    let isNumbered = line["FREEZE_SEQ"].flatMap(Self.sequence) != nil
    guard isNumbered || Self.unnumbered.contains(event) else { return nil }
    self.init(fields: line.fields.compactMapValues(\.first), origin: .log)
  }

  /// Events worth a mail although the ledger has no number for them: it is the ledger, or the configuration, that
  /// failed.
  static let unnumbered: Set = ["audit_blind", "audit_resumed", "config_rejected"]

  private static func sequence(_ text: String) -> Int64? {
    guard !text.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int64(text), number > 0
    else { return nil }
    return number
  }

  /// The ledger's number, `nil` for the few events without one.
  package var seq: Int64? { self["FREEZE_SEQ"].flatMap(Self.sequence) }
  /// `raised`, `cleared`, …; whatever it says.
  package var event: String { self["FREEZE_EVENT"] ?? "" }
  /// What kind of news it is.
  package var standing: Standing { Standing(self) }

  /// A field, `nil` when it is missing or empty.
  package subscript(name: String) -> String? {
    fields[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Tells two events apart that carry the same number, as after a ledger was made anew.
  var fingerprint: String {
    var hasher = SHA256()
    for name in ["FREEZE_SEQ", "FREEZE_EVENT", "FREEZE_ALERT_ID"] {
      hasher.update(data: Array((self[name] ?? "").utf8) + [0])
    }
    if seq == nil {
      for name in ["__REALTIME_TIMESTAMP", "MESSAGE"] {
        hasher.update(data: Array((self[name] ?? "").utf8) + [0])
      }
    }
    return Hex.encode(hasher.finalize().prefix(8))
  }
}

/// What an event is to the reader of the digest; the order is that of the page.
package enum Standing: Int, Sendable, CaseIterable {
  /// Open from now on: raised, back again, or no longer taken on.
  case new
  /// Open as before, but something about it changed.
  case changed
  /// No longer open.
  case closed
  /// Somebody took it on, or that ends soon.
  case acknowledged
  /// Everything else: reversals, data quality, the auditor itself.
  case notice

  init(_ event: LogEvent) {
    let isNotice = event["FREEZE_OUTCOME"] == Outcome.reversal.rawValue
    switch event.event {
    case "raised", "reraised", "acknowledgement_expired": self = isNotice ? .notice : .new
    case "amended": self = isNotice ? .notice : .changed
    case "cleared", "withdrawn": self = .closed
    case "acknowledged", "acknowledgement_expiring": self = .acknowledged
    default: self = .notice
    }
  }
}

/// One open alert, as the ledger or the log tells it.
package struct OpenAlert: Sendable, Codable, Equatable {
  /// Its id.
  package var alertID: String
  /// The record.
  package var actionID: String
  /// The outcome.
  package var outcome: String
  /// The rule.
  package var rule: String
  /// The election or inauguration.
  package var election: String
  /// Number of the decree.
  package var decreeNo: String?
  /// Date of the decree.
  package var decreeDate: String?
  /// Last day of its acknowledgement.
  package var acknowledgedUntil: String?

  /// An alert of these parts.
  package init(
    alertID: String, actionID: String, outcome: String, rule: String, election: String, decreeNo: String?,
    decreeDate: String?, acknowledgedUntil: String?
  ) {
    self.alertID = alertID
    self.actionID = actionID
    self.outcome = outcome
    self.rule = rule
    self.election = election
    self.decreeNo = decreeNo
    self.decreeDate = decreeDate
    self.acknowledgedUntil = acknowledgedUntil
  }
}

extension [OpenAlert] {
  /// What is open after these events, in order; for when the ledger cannot be asked.
  func applying(_ events: [LogEvent]) -> [OpenAlert] {
    var byID = Dictionary(map { ($0.alertID, $0) }, uniquingKeysWith: { $1 })
    for event in events {
      guard let id = event["FREEZE_ALERT_ID"] else { continue }
      switch event.event {
      case "raised", "reraised", "amended":
        byID[id] = OpenAlert(
          alertID: id, actionID: event["FREEZE_ACTION_ID"] ?? "", outcome: event["FREEZE_OUTCOME"] ?? "",
          rule: event["FREEZE_RULE"] ?? "", election: event["FREEZE_ELECTION"] ?? "",
          decreeNo: event["FREEZE_DECREE_NO"], decreeDate: event["FREEZE_DECREE_DATE"],
          acknowledgedUntil: nil)
      case "cleared", "withdrawn": byID[id] = nil
      default: break
      }
    }
    return byID.values.sorted { $0.alertID < $1.alertID }
  }
}
