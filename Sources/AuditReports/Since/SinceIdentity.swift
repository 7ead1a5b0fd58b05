import AuditBase
import FreezeRules

/// Whom a finding is about, as its report shows it.
package struct SincePerson: Sendable, Hashable {
  var nip = ""
  var name = ""

  /// Nobody, or somebody of this NIP and name.
  package init(nip: String? = nil, name: String? = nil) {
    self.nip = nip ?? ""
    self.name = name ?? ""
  }
}

/// What a record is known by where the list has no id: its line is none, for a row above it moves it.
enum SinceIdentity {
  /// Whether an id is only the number of a line.
  static func isLine(_ actionID: String) -> Bool {
    actionID.hasPrefix("line:") && actionID.utf8.dropFirst(5).allSatisfy { (48...57).contains($0) }
  }

  /// The person under a decree; where the list names nobody, all that it says.
  static func key(_ person: SincePerson, decree: String, _ kind: String, _ dates: [String]) -> String {
    let number = DecreeNumber.key(decree)
    let nip = String(
      String.UnicodeScalarView(
        person.nip.unicodeScalars.filter {
          $0.properties.isAlphabetic || $0 == "*" || (48...57).contains($0.value)
        }))
    let name = person.name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let parts = nip.isEmpty && name.isEmpty ? [number, kind] + dates : [nip.isEmpty ? name : nip, number]
    return parts.joined(separator: "\u{1}")
  }

  static func key(_ action: PersonnelAction) -> String {
    key(
      SincePerson(nip: action.nip, name: action.employeeName), decree: action.decreeNo ?? "", action.kind,
      [action.decreeDate, action.effectiveDate, action.inauguratedOn].map { $0.display ?? "" })
  }
}
