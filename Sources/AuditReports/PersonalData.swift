import AuditBase
import FreezeRules

/// How much of a person is shown (UU 27/2022: no more than is needed).
///
/// Masked once, where a record is taken for showing: what is written after that holds nothing to forget.
package enum PersonalData: String, Sendable, CaseIterable {
  /// NIP and name cut to what tells two people apart, wherever they stand.
  case masked
  /// As recorded.
  case full

  /// The NIP: masked, only its last four characters (sex and serial) remain.
  package func nip(_ nip: String?) -> String? {
    guard let nip, self == .masked else { return nip }
    return String(repeating: "*", count: max(0, nip.count - 4)) + nip.suffix(4)
  }

  /// The name: masked, only the initials and the titles remain.
  package func name(_ name: String?) -> String? {
    guard let name, self == .masked else { return name }
    var masked = ""
    var isLeading = true
    for (word, isTitle) in PersonName.words(name) {
      if !masked.isEmpty { masked += isTitle && !isLeading ? ", " : " " }
      isLeading = isLeading && isTitle
      masked += isTitle ? String(word) : String(word.prefix(1)) + "***"
    }
    return masked
  }

  /// The record as it may be shown.
  package func shown(_ action: PersonnelAction) -> PersonnelAction {
    guard self == .masked else { return action }
    let person = PersonInText(action)
    var shown = action.withTexts(person.hidden, dates: { person.hidden(inSentence: $0) })
    shown.nip = nip(action.nip)
    shown.employeeName = name(action.employeeName)
    // Of a line that could not be read the kind is the raw line, whatever that holds.
    if !Set(action.readerNotes).isDisjoint(with: [.unreadableLine, .shortRow]) { shown.kind = "***" }
    return shown
  }

  /// A fact that is missing, without the text of a record that named no region there is.
  package func shown(_ fact: MissingFact) -> MissingFact {
    self == .masked && fact.kind == .regionUnknown ? fact.withoutRegion : fact
  }

  /// The judgement with its record as it may be shown.
  package func shown(_ judgement: Judgement) -> Judgement {
    guard self == .masked else { return judgement }
    let action = shown(judgement.action)
    return judgement.showing(action, texts: PersonInText(judgement.action).hidden)
  }
}

extension PersonInText {
  /// The person of a record.
  package init(_ action: PersonnelAction) { self.init(nips: [action.nip], names: [action.employeeName]) }
}
