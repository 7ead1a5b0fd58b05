import AuditBase
import AlertLedger
import AuditReports
import FreezeRules
import RuleFiles

/// Writes an acknowledgement into the ledger, with the same texts and context as the daemon's own events; the daemon hands
/// it to the log.
package struct Acknowledging {
  let configuration: Configuration
  let ruleSet: RuleSet

  /// For a person's command.
  package init(_ configuration: Configuration, _ ruleSet: RuleSet) {
    self.configuration = configuration
    self.ruleSet = ruleSet
  }

  /// Appends the event.
  /// - Returns: its number.
  package func acknowledge(
    _ alert: AlertState, of source: String, _ acknowledgement: Acknowledgement, in store: LedgerStore,
    today: CivilDate
  ) throws(LedgerError) -> Int64 {
    var clean = acknowledgement
    clean.author = PlainText.line(acknowledgement.author, limit: 200)
    clean.reason = PlainText.line(acknowledgement.reason, limit: 1000)
    clean.legalBasis = PlainText.line(acknowledgement.legalBasis, limit: 500)
    let context = EventBody.Context(
      source: source, rulebookHash: ruleSet.rulebook.hash,
      calendarHash: ruleSet.calendar.hash, program: programVersion, knownOn: today, snapshot: "none")
    let message = AlertMessage(
      language: configuration.language, personalData: configuration.personalData)
    let appended = try store.append([.acknowledging(alert, clean)], context, lease: nil) { draft, previous in
      message.text(draft, previous: previous)
    }
    return appended.events.last?.seq ?? 0
  }
}
