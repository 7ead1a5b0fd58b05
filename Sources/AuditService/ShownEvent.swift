import AlertLedger
import AuditBase
import AuditReports
import FreezeRules

extension PersonalData {
  /// An event of the ledger as it may be shown, also one that was written while `personal_data` was `full`. The ledger
  /// itself keeps everything.
  package func shown(_ event: EventBody.Parsed) -> EventBody.Parsed {
    guard self == .masked, let pairs = event.json.pairs else { return event }
    let person = person(of: event)
    let reason = event.text("reason") ?? ""
    let shownReason = person.hidden(shown(reason: reason))
    let masked = pairs.map { pair -> JSON.Pair in
      switch pair.key {
      case "facts", "annex": JSON.Pair(pair.key, shown(pair.value, person))
      case "action_id", "acknowledgement", "answer":
        JSON.Pair(pair.key, pair.value.replacingStrings(person.hidden))
      case "reason": JSON.Pair(pair.key, .string(shownReason))
      // What was written masked holds masked fields and our own words, which must stay.
      case "message" where event.text("personal_data") == PersonalData.masked.rawValue: pair
      case "message":
        JSON.Pair(
          pair.key,
          .text(pair.value.string.map { ShownMessage(event, self, person, shownReason).shown($0) }))
      // Of the verdict only the letter's number is the record's; days and citations are the law's.
      case "verdict":
        JSON.Pair(
          pair.key, pair.value.replacing("approval") { $0.replacingStrings(person.hidden) })
      default: pair
      }
    }
    return EventBody.Parsed(.object(masked))
  }

  /// Shows a text that stands beside an event, such as an acknowledgement of the alert.
  package func shown(_ text: String, beside event: EventBody.Parsed?) -> String {
    guard self == .masked else { return text }
    return (event.map(person) ?? .any).hidden(text)
  }

  private func person(of event: EventBody.Parsed) -> PersonInText {
    let annex = event.json["annex"]?.array ?? []
    return PersonInText(
      nips: [event.text("facts", "nip")] + annex.map { $0["nip"]?.string },
      names: [event.text("facts", "employee_name")])
  }

  /// A reason without what cannot be masked: ids of other records, and values of a record whose person was changed, of
  /// whom nothing is known here but that it was another one.
  func shown(reason: String) -> String {
    guard self == .masked else { return reason }
    if let ids = reason.range(of: " duplicated action_id (") {
      return String(reason[..<ids.upperBound].dropLast(2))
    }
    guard changesPerson(reason), let head = reason.range(of: "record changed") else { return reason }
    let rest = reason[head.upperBound...]
    let outcome = rest.hasPrefix(": now ") ? String(rest.prefix { $0 != "," }.split(separator: ":")[0]) : ""
    let names = PersonnelAction.Field.allCases.filter {
      Self.names($0, rest, before: " ") || isBare($0, in: rest)
    }
    return reason[..<head.upperBound] + (outcome.isEmpty ? "" : ":" + outcome)
      + (names.isEmpty ? "" : ": " + names.map(\.rawValue).joined(separator: ", "))
  }

  /// Whether a reason says that the record is another person's now: personal fields stand there without values.
  func changesPerson(_ reason: String) -> Bool {
    reason.contains("record changed")
      && PersonnelAction.Field.allCases.contains { $0.isPersonal && isBare($0, in: reason[...]) }
  }

  private func isBare(_ field: PersonnelAction.Field, in reason: Substring) -> Bool {
    Self.names(field, reason, before: ",") || [": ", ", "].contains { reason.hasSuffix($0 + field.rawValue) }
  }

  /// Whether a reason lists a field with this sign after it.
  private static func names(_ field: PersonnelAction.Field, _ reason: Substring, before sign: String) -> Bool
  {
    [": ", ", "].contains { reason.contains($0 + field.rawValue + sign) }
  }

  /// Facts that hold days as found: the name of a month is not a person's there.
  private static let days = Set(
    [PersonnelAction.Field.decreeDate, .effectiveDate, .inauguratedOn, .approvalDate, .pertekDate].map(
      \.rawValue)
      + ["letter_date"])

  private func shown(_ value: JSON, _ person: PersonInText) -> JSON {
    switch value {
    case .array(let values): .array(values.map { shown($0, person) })
    case .object(let pairs):
      .object(
        pairs.map { pair in
          switch pair.key {
          case "nip": JSON.Pair(pair.key, .text(nip(pair.value.string)))
          case "employee_name": JSON.Pair(pair.key, .text(name(pair.value.string)))
          case let key where Self.days.contains(key):
            JSON.Pair(pair.key, pair.value.replacingStrings { person.hidden(inSentence: $0) })
          default: JSON.Pair(pair.key, pair.value.replacingStrings(person.hidden))
          }
        })
    default: value.replacingStrings(person.hidden)
    }
  }
}
