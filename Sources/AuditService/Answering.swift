import AlertLedger
import AuditBase
import AuditReports
import FreezeRules

extension ShownAnswer {
  /// As it stands in the ledger.
  package init(_ answer: Answer) {
    self.init(state: answer.state, author: answer.author, reason: answer.reason, date: answer.date)
  }

  /// As it stands in the ledger.
  package init(_ acknowledgement: Acknowledgement) {
    self.init(
      state: acknowledgement.state, author: acknowledgement.author, reason: acknowledgement.reason, date: nil,
      until: acknowledgement.until)
  }
}

extension AlertState {
  /// What was said of it, the last answer first.
  package var shownAnswers: [ShownAnswer] {
    (answer.map { [ShownAnswer($0)] } ?? []) + (acknowledgement.map { [ShownAnswer($0)] } ?? [])
  }
}

/// One alert of a source, as a person names it.
package struct NamedAlert: Sendable {
  /// Name of the source.
  package let source: String
  /// As the ledger has it.
  package let alert: AlertState
  /// Number and date of its decree, as the record has them.
  package let decreeNo: String?
  package let decreeDate: String?

  /// An alert of these parts.
  package init(source: String, alert: AlertState, decreeNo: String?, decreeDate: String?) {
    self.source = source
    self.alert = alert
    self.decreeNo = decreeNo
    self.decreeDate = decreeDate
  }

  /// `SK 800/1, 2024-03-21`, on one line; a number of 10,000 characters is cut.
  package func decree(_ language: Language) -> String {
    guard let decreeNo else { return Text("(tanpa nomor SK)", "(no decree number)")[language] }
    let number = PlainText.line(decreeNo, limit: 80)
    return DecreeName.prefixed(number)
      + (decreeDate.map { ", " + PlainText.line($0, limit: 20) } ?? "")
  }
}

extension Acknowledging {
  /// Appends an event for each of many alerts, those of one source in one transaction.
  /// - Returns: the numbers of the events, in order.
  package func append(
    _ drafts: [(source: String, draft: EventDraft)], in store: LedgerStore, today: CivilDate
  ) throws(LedgerError) -> [Int64] {
    let message = AlertMessage(
      language: configuration.language, personalData: configuration.personalData)
    var order: [String] = []
    for entry in drafts where !order.contains(entry.source) { order.append(entry.source) }
    var seqs: [Int64] = []
    for source in order {
      let context = EventBody.Context(
        source: source, rulebookHash: ruleSet.rulebook.hash, calendarHash: ruleSet.calendar.hash,
        program: programVersion, knownOn: today, snapshot: "none")
      let own = drafts.filter { $0.source == source }.map(\.draft)
      let appended = try store.append(own, message.marked(context), lease: nil) { draft, previous in
        message.text(draft, previous: previous, on: context.knownOn)
      }
      seqs += appended.events.map(\.seq)
    }
    return seqs
  }
}

extension Answer {
  /// Each text on one harmless line, cut to what the ledger keeps.
  package var clean: Answer {
    Answer(
      state: state, author: PlainText.line(author, limit: 200), reason: PlainText.line(reason, limit: 1000),
      legalBasis: legalBasis.map { PlainText.line($0, limit: 500) }, date: date)
  }
}

extension Acknowledgement {
  /// Each text on one harmless line, cut to what the ledger keeps.
  package var clean: Acknowledgement {
    Acknowledgement(
      author: PlainText.line(author, limit: 200), reason: PlainText.line(reason, limit: 1000),
      legalBasis: PlainText.line(legalBasis, limit: 500), until: until, state: state)
  }
}
