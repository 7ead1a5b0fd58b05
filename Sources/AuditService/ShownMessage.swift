import AlertLedger
import AuditBase
import AuditReports
import FreezeRules

/// The message of an event that was not written masked, by an older version or with `personal_data: full`, as it may be shown
/// masked.
///
/// What is said again from the event's fields is: the name after "a.n.", the reason, the answer. Lines that hold no text of a
/// record stay. In what is left the person is looked for, but our own words are not taken for a name.
struct ShownMessage {
  private let event: EventBody.Parsed
  private let personalData: PersonalData
  private let person: PersonInText
  private let reason: String
  private let shownReason: String
  /// Words of the law as it was applied: `Kepmendagri`.
  private let lawWords: Set<String>

  init(
    _ event: EventBody.Parsed, _ personalData: PersonalData, _ person: PersonInText, _ shownReason: String
  ) {
    self.event = event
    self.personalData = personalData
    self.person = person
    reason = PlainText.line(event.text("reason") ?? "", limit: 2000)
    self.shownReason = PlainText.line(shownReason, limit: 2000)
    let law = event.texts("verdict", "citations") + [event.text("verdict", "instrument") ?? ""]
    lawWords = Set(law.flatMap { $0.lowercased().split { !$0.isLetter }.map(String.init) })
  }

  func shown(_ message: String) -> String {
    guard let language = AlertText.language(of: message), var text = AlertText(message: message) else {
      return hidden(message.replacing(reason, with: shownReason, unlessEmpty: true))
    }
    text = text.replacingTexts { shown($0, $1, language) }
    if text.lead == .cleared, personalData.changesPerson(reason) {
      // It names the record as it was, with a person of whom nothing is known here.
      text.sentence =
        "\(person.hidden(event.text("action_id") ?? "-")) (\(ReasonWords.text(shownReason, language)))"
    }
    return text.message(language)
  }

  private func shown(_ label: AlertText.Label?, _ text: String, _ language: Language) -> String {
    switch label {
    case .window, .sources, .notes, .before: return person.hidingNumbers(text)
    case .next, .changes: return hidden(text)
    case .region where isRegistered(text): return text
    case .post: return person.hidden(text)
    case .why: return ReasonWords.text(shownReason, language)
    case .acknowledgement:
      guard let answer = Answer(event) else { return ReasonWords.text(shownReason, language) }
      return ShownAnswer(answer).replacingTexts { person.hidden(PlainText.line($0, limit: 1000)) }
        .written(language)
    default: return hidden(saidAgain(text, language))
    }
  }

  private func hidden(_ text: String) -> String { person.hidden(inSentence: text, sparing: lawWords) }

  /// The reason and the name as they may be shown, where they stand in the text as they were.
  private func saidAgain(_ text: String, _ language: Language) -> String {
    // Older versions wrote the reason as the ledger keeps it.
    var said = text.replacing(reason, with: shownReason, unlessEmpty: true)
      .replacing(
        ReasonWords.text(reason, language), with: ReasonWords.text(shownReason, language), unlessEmpty: true)
    if let name = event.text("facts", "employee_name"), let shown = personalData.name(name) {
      let lead = Text("a.n. ", " of ")[language]
      said = said.replacing(
        lead + PlainText.line(name, limit: 60), with: lead + PlainText.line(shown, limit: 60))
    }
    return said
  }

  /// A region of the registry is not a text of the record.
  private func isRegistered(_ label: String) -> Bool {
    guard let code = label.split(separator: "(").last?.dropLast() else { return false }
    return RegionRegistry.shipped.region(code: String(code))?.label == label
  }
}

extension String {
  fileprivate func replacing(_ old: String, with new: String, unlessEmpty: Bool) -> String {
    old.isEmpty || old == new ? self : replacing(old, with: new)
  }
}
