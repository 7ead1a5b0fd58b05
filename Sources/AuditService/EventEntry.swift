import AlertLedger
import AlertMail
import AuditReports
import FreezeRules
import SystemLog

/// Turns an event of the ledger into its log entry. Only the body is read, so that a repeated entry is the same again.
package struct EventEntry: Sendable {
  /// How much of a person they show.
  package let personalData: PersonalData

  /// Tells the message again where it is to be told otherwise than it was written; `nil`: as it was written.
  private let retelling: Retelling?

  /// Entries that show this much of a person.
  package init(personalData: PersonalData, retelling: Retelling? = nil) {
    self.personalData = personalData
    self.retelling = retelling
  }

  /// `nil` when the body cannot be read.
  package func entry(_ body: String) -> LogEntry? {
    guard let stored = EventBody.Parsed(body), let kind = stored.text("event").flatMap(EventKind.init) else {
      return nil
    }
    let event = personalData.shown(stored)
    let outcome = event.text("outcome").flatMap(Outcome.init)
    let message = retelling?.message(stored) ?? event.text("message") ?? kind.rawValue
    var entry = LogEntry(
      messageID(kind, outcome), priority: priority(kind, outcome), message: message, event: kind.rawValue)
    entry.set(.sequence, event.text("seq"))
    entry.set(.alertID, event.text("alert_id"))
    entry.set(.source, event.text("source"))
    entry.set(.actionID, event.text("action_id"))
    entry.set(.outcome, event.text("outcome"))
    entry.set(.rule, event.text("rule"))
    entry.set(.election, event.text("election"))
    entry.set(.region, event.text("facts", "region_code"))
    entry.set(.nip, event.text("facts", "nip"))
    entry.set(.kind, event.text("facts", "kind"))
    entry.set(.decreeNo, event.text("facts", "decree_no"))
    entry.set(.decreeDate, event.text("facts", "decree_date"))
    entry.set(.effectiveDate, event.text("facts", "effective_date"))
    entry.set(.inauguratedOn, event.text("facts", "inaugurated_on"))
    if ![.dataQuality, .factMissing, .auditBlind, .accepted, .setAside, .auditResumed, .sealed].contains(kind)
    {
      entry.set(.inside, event.texts("verdict", "inside_dates").joined(separator: ","))
      entry.set(.opens, event.text("verdict", "opens"))
      entry.set(.closes, event.text("verdict", "closes"))
      entry.set(.dependsOn, event.texts("verdict", "depends_on").joined(separator: ","))
    }
    entry.set(.stillInside, event.texts("still_inside").joined(separator: ","))
    entry.set(.answer, event.text("answer", "state") ?? event.text("acknowledgement", "state"))
    entry.set(.unitFrom, event.text("facts", "unit_from"))
    entry.set(.unitTo, event.text("facts", "unit_to"))
    entry.set(.personalData, personalData.rawValue)
    if let text = AlertText(message: message) {
      entry.set(.summary, text.sentence)
      for line in text.lines { entry.set(line.label.field, line.text) }
    }
    return entry
  }

  private func messageID(_ kind: EventKind, _ outcome: Outcome?) -> MessageID {
    switch kind {
    case .raised: outcome?.level == .notice ? .raisedNotice : .raised
    case .amended: .amended
    case .cleared: .cleared
    case .withdrawn: .withdrawn
    case .reraised: .reraised
    case .acknowledged: .acknowledged
    case .noted: .noted
    case .acknowledgementExpiring: .acknowledgementExpiring
    case .acknowledgementExpired: .acknowledgementExpired
    case .dataQuality: .dataQuality
    case .factMissing: .factMissing
    case .auditBlind: .auditBlind
    case .accepted: .accepted
    case .setAside: .setAside
    case .auditResumed: .auditResumed
    case .sealed: .sealed
    }
  }

  private func priority(_ kind: EventKind, _ outcome: Outcome?) -> Priority {
    switch kind {
    case .raised, .amended, .reraised, .acknowledgementExpired:
      switch outcome?.level {
      case .alert: outcome == .inside ? .critical : .warning
      default: .notice
      }
    case .auditBlind: .error
    case .acknowledgementExpiring, .setAside: .warning
    case .cleared, .withdrawn, .acknowledged, .noted, .dataQuality, .factMissing, .accepted, .auditResumed,
      .sealed:
      .notice
    }
  }
}
