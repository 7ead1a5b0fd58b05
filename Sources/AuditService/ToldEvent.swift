import AlertLedger
import AuditBase
import AuditReports
import FreezeRules

/// An event with its record as it may be shown.
struct ToldEvent {
  let judgement: Judgement?
  let verdict: Verdict?
  let reason: String
  private let isRaised: Bool
  private let actionID: String
  private let previous: EventBody.Parsed?
  private let hide: @Sendable (String) -> String

  /// A text beside the record as it may be shown.
  func hidden(_ text: String) -> String { hide(text) }

  init(_ draft: EventDraft, _ previous: EventBody.Parsed?, _ personalData: PersonalData) {
    let judgement = draft.finding?.judgement ?? draft.judgement
    self.judgement = judgement.map(personalData.shown)
    // The one of the shown judgement: its steps and its letter are texts as well.
    let window = draft.finding?.verdict.window
    verdict = self.judgement?.verdicts.first { $0.window === window }
    isRaised = draft.kind == .raised
    // A reason tells of the record before and after.
    let person = PersonInText(
      nips: [judgement?.action.nip, previous?.text("facts", "nip")],
      names: [judgement?.action.employeeName, previous?.text("facts", "employee_name")])
    let isFull = personalData == .full
    let hide: @Sendable (String) -> String = { isFull ? $0 : person.hidden($0) }
    self.hide = hide
    reason = PlainText.line(hide(personalData.shown(reason: draft.reason.text)), limit: 2000)
    actionID = hide(draft.previous?.actionID ?? previous?.text("action_id") ?? "-")
    self.previous = previous.map(personalData.shown)
  }

  /// An event as stored: of a record as it was before nothing is known but what the verdict was.
  init(
    again body: EventBody.Parsed, _ kind: EventKind, _ judgement: Judgement?, _ window: Window?,
    _ personalData: PersonalData
  ) {
    self.judgement = judgement.map(personalData.shown)
    verdict = self.judgement?.verdicts.first { $0.window === window }
    isRaised = kind == .raised
    let person = PersonInText(nips: [body.text("facts", "nip")], names: [body.text("facts", "employee_name")])
    let hide: @Sendable (String) -> String = { personalData == .full ? $0 : person.hidden($0) }
    self.hide = hide
    reason = PlainText.line(hide(personalData.shown(reason: body.text("reason") ?? "")), limit: 2000)
    actionID = hide(body.text("action_id") ?? "-")
    // Of a record that is no alert any more the event may hold no other verdict than the one before.
    let before = body.json["before"] ?? (kind == .cleared ? body.json : nil)
    var earlier = body.json.replacing("message") { _ in .null }
    for key in ["verdict", "notes"] { earlier = earlier.replacing(key) { _ in before?[key] ?? .null } }
    previous = personalData.shown(EventBody.Parsed(earlier))
  }

  /// The reason for people.
  func words(_ language: Language) -> String { ReasonWords.text(reason, language) }

  /// Why, where the first sentence does not say it.
  func why(_ language: Language) -> String? { isRaised ? nil : words(language) }

  /// The verdict before, where it was another one: of an act that a schedule moved nothing else says both.
  func before(_ language: Language) -> String? {
    guard !isRaised, let previous, let outcome = previous.text("verdict", "outcome").flatMap(Outcome.init)
    else { return nil }
    func said(_ key: String) -> String? {
      previous.text("verdict", key).map { PlainText.line($0, limit: 120) }
    }
    if let verdict, verdict.outcome == outcome, verdict.window.earliest.description == said("opens"),
      verdict.window.closes?.description == said("closes")
    {
      return nil
    }
    let days = [said("opens"), said("closes")].compactMap { WrittenDay.text($0, language) }.joined(
      separator: Text(" s.d. ", " to ")[language])
    let rests = [
      previous.texts("verdict", "citations").first.map { PlainText.line($0, limit: 120) }, days,
      said("instrument"),
    ]
    let notes = previous.texts("notes").compactMap(Note.init)
    let phrase = outcome.phrase(
      axes: !previous.texts("verdict", "depends_on").isEmpty, isPartial: notes.contains(.partialDate),
      notes: notes)
    return phrase[language] + " (" + rests.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
      + ")"
  }

  /// Names a record in a few words from what the ledger remembers of it.
  func subject(_ language: Language) -> String {
    let id = PlainText.line(actionID, limit: 60)
    let name = previous?.text("facts", "employee_name").map {
      Text("a.n. ", "of ")[language] + PlainText.line($0, limit: 60)
    }
    let words = [PlainText.line(previous?.text("facts", "kind") ?? "", limit: 40), name ?? ""]
    let decree = previous?.text("facts", "decree_no").map {
      DecreeName.prefixed(PlainText.line($0, limit: 60))
    }
    let parts = [words.filter { !$0.isEmpty }.joined(separator: " "), decree ?? ""].filter { !$0.isEmpty }
    return parts.isEmpty ? id : "\(id) (\(parts.joined(separator: ", ")))"
  }
}
