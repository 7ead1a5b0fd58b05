import AuditBase
import AlertLedger
import AuditReports
import FreezeRules
import RuleFiles

/// Writes what a person decides into the ledger, with the same texts and context as the daemon's own events; the daemon hands
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
    return try append(.acknowledging(alert, clean), of: source, in: store, today: today)
  }

  /// Appends that a person accepts what a pass refused.
  /// - Returns: its number.
  package func accept(
    _ acceptance: Acceptance, of source: String, in store: LedgerStore, today: CivilDate
  ) throws(LedgerError) -> Int64 {
    var clean = acceptance
    clean.author = PlainText.line(acceptance.author, limit: 200)
    clean.reason = PlainText.line(acceptance.reason, limit: 1000)
    return try append(.accepting(clean), of: source, in: store, today: today)
  }

  /// Appends that events were written to a file for keeping; it is no source's.
  /// - Returns: its number.
  package func seal(_ seal: Seal, in store: LedgerStore, today: CivilDate) throws(LedgerError) -> Int64 {
    try append(.sealing(seal), of: "", in: store, today: today)
  }

  /// Appends that a person sets aside an event that nobody can read.
  /// - Returns: its number.
  package func setAside(
    _ aside: SetAside, of source: String, in store: LedgerStore, today: CivilDate
  ) throws(LedgerError) -> Int64 {
    var clean = aside
    clean.author = PlainText.line(aside.author, limit: 200)
    clean.reason = PlainText.line(aside.reason, limit: 1000)
    return try append(.settingAside(clean), of: source, in: store, today: today)
  }

  private func append(
    _ draft: EventDraft, of source: String, in store: LedgerStore, today: CivilDate
  ) throws(LedgerError) -> Int64 {
    let context = EventBody.Context(
      source: source, rulebookHash: ruleSet.rulebook.hash,
      calendarHash: ruleSet.calendar.hash, program: programVersion, knownOn: today, snapshot: "none")
    let message = AlertMessage(
      language: configuration.language, personalData: configuration.personalData)
    let appended = try store.append([draft], message.marked(context), lease: nil) { draft, previous in
      message.text(draft, previous: previous, on: context.knownOn)
    }
    return appended.events.last?.seq ?? 0
  }
}
