import FreezeRules

/// How much of a person is shown (UU 27/2022: no more than is needed).
package enum PersonalData: String, Sendable, CaseIterable {
  /// NIP and name cut to what tells two people apart.
  case masked
  /// As recorded.
  case full

  /// The NIP: masked, only its last four characters (sex and serial) remain.
  package func nip(_ nip: String?) -> String? {
    guard let nip, self == .masked else { return nip }
    return String(repeating: "*", count: max(0, nip.count - 4)) + nip.suffix(4)
  }

  /// The label of the kind; of a line that could not be read it is the raw line, whatever that holds.
  package func kind(_ action: PersonnelAction) -> String {
    self == .masked && !Set(action.readerNotes).isDisjoint(with: [.unreadableLine, .shortRow])
      ? "***" : action.kind
  }

  /// A step of a derivation, which tells the label of the kind as well.
  func step(_ step: Step, of action: PersonnelAction) -> Step {
    guard case .kind(_, let scope, let derived) = step else { return step }
    return .kind(recorded: kind(action), scope: scope, derived: derived)
  }

  /// The name: masked, only the initials remain.
  package func name(_ name: String?) -> String? {
    guard let name, self == .masked else { return name }
    let words = name.split(whereSeparator: \.isWhitespace)
    return words.map { String($0.prefix(1)) + "***" }.joined(separator: " ")
  }
}
