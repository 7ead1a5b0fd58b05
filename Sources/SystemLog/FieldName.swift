/// The name of one field of a log entry: a journal field name and a JSON key at once.
///
/// 1 to 64 of `A-Z 0-9 _`, beginning with a letter, as journald wants it of clients: a leading `_` marks what
/// journald itself vouches for. journald drops other fields silently, so no other name can be made.
package struct FieldName: Hashable, Sendable, CustomStringConvertible {
  /// The name as it is written.
  package let text: String

  /// The longest name, in bytes.
  package static let maximumLength = 64

  /// `nil` when journald would refuse the name.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count <= Self.maximumLength, let first = bytes.first,
      UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first
    else { return nil }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        continue
      default: return nil
      }
    }
    self.text = text
  }

  /// For the constants below; a test holds each against the failable initialiser.
  private init(known: StaticString) { text = known.description }

  /// The name as it is written.
  package var description: String { text }

  /// The sentence a person reads; the only field that keeps line breaks.
  package static let message = FieldName(known: "MESSAGE")
  /// The kind of event, 32 hex digits: ``MessageID``.
  package static let messageID = FieldName(known: "MESSAGE_ID")
  /// The urgency, one digit: ``Priority``.
  package static let priority = FieldName(known: "PRIORITY")
  /// The program that speaks: `freeze-auditor`.
  package static let syslogIdentifier = FieldName(known: "SYSLOG_IDENTIFIER")
  /// The event in words, as in the ledger: `raised`, `cleared`, …
  package static let event = FieldName(known: "FREEZE_EVENT")
  /// The ledger's gapless number of the event.
  package static let sequence = FieldName(known: "FREEZE_SEQ")
  /// The alert the event is about.
  package static let alertID = FieldName(known: "FREEZE_ALERT_ID")
  /// The record's own key in the source.
  package static let actionID = FieldName(known: "FREEZE_ACTION_ID")
  /// `inside`, `depends`, …
  package static let outcome = FieldName(known: "FREEZE_OUTCOME")
  /// The rule judged by: `pasal-71-2`, …
  package static let rule = FieldName(known: "FREEZE_RULE")
  /// The election judged for: `pilkada-2024`, …
  package static let election = FieldName(known: "FREEZE_ELECTION")
  /// Name of the source.
  package static let source = FieldName(known: "FREEZE_SOURCE")
  /// Kemendagri code of the region.
  package static let region = FieldName(known: "FREEZE_REGION")
  /// The official's number, masked as configured.
  package static let nip = FieldName(known: "FREEZE_NIP")
  /// The kind of act as recorded.
  package static let kind = FieldName(known: "FREEZE_KIND")
  /// Number of the decree (SK).
  package static let decreeNo = FieldName(known: "FREEZE_DECREE_NO")
  /// Date of the decree, ISO 8601.
  package static let decreeDate = FieldName(known: "FREEZE_DECREE_DATE")
  /// TMT, ISO 8601.
  package static let effectiveDate = FieldName(known: "FREEZE_EFFECTIVE_DATE")
  /// Date of the oath (pelantikan), ISO 8601.
  package static let inauguratedOn = FieldName(known: "FREEZE_INAUGURATED_ON")
  /// Which of the dates fell inside.
  package static let inside = FieldName(known: "FREEZE_INSIDE")
  /// First frozen day, ISO 8601.
  package static let opens = FieldName(known: "FREEZE_OPENS")
  /// Last frozen day, ISO 8601.
  package static let closes = FieldName(known: "FREEZE_CLOSES")
  /// The axes of reading that change the verdict.
  package static let dependsOn = FieldName(known: "FREEZE_DEPENDS_ON")

  /// Every constant above, in the order an entry is documented in.
  package static let documented: [FieldName] = [
    .message, .messageID, .priority, .syslogIdentifier, .event, .sequence, .alertID, .actionID, .outcome,
    .rule, .election, .region, .nip, .kind, .decreeNo, .decreeDate, .effectiveDate, .inauguratedOn, .inside,
    .opens, .closes, .dependsOn,
  ]
}
