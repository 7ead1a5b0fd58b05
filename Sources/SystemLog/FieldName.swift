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

  /// `masked` or `full`: how much of a person the entry shows.
  package static let personalData = FieldName(known: "FREEZE_PERSONAL_DATA")
  /// The first sentence of MESSAGE, without how it begins.
  package static let summary = FieldName(known: "FREEZE_SUMMARY")
  /// The record as it is judged now, where the alert was cleared.
  package static let now = FieldName(known: "FREEZE_NOW")
  /// What the alert said before, where that is another verdict.
  package static let before = FieldName(known: "FREEZE_BEFORE")
  /// Rules by which the act of a cleared alert is an alert all the same.
  package static let stillInside = FieldName(known: "FREEZE_STILL_INSIDE")
  /// Who took the alert on, and until when.
  package static let acknowledgement = FieldName(known: "FREEZE_ACKNOWLEDGEMENT")
  /// What was done about the alert: `clarified`, `letter-requested`, …
  package static let answer = FieldName(known: "FREEZE_ANSWER")
  /// The unit left.
  package static let unitFrom = FieldName(known: "FREEZE_UNIT_FROM")
  /// The unit joined.
  package static let unitTo = FieldName(known: "FREEZE_UNIT_TO")
  /// Why the alert changed.
  package static let why = FieldName(known: "FREEZE_WHY")
  /// Name and code of the region.
  package static let regionName = FieldName(known: "FREEZE_REGION_NAME")
  /// The post left and the post taken.
  package static let post = FieldName(known: "FREEZE_POST")
  /// The recorded kind against the one by the posts, where they differ.
  package static let kindDiffers = FieldName(known: "FREEZE_KIND_DIFFERS")
  /// The frozen period and the day it is counted from.
  package static let window = FieldName(known: "FREEZE_WINDOW")
  /// The law that it rests on.
  package static let legalBasis = FieldName(known: "FREEZE_LEGAL_BASIS")
  /// The approval looked for, and what was found.
  package static let approval = FieldName(known: "FREEZE_APPROVAL")
  /// What a reader should know of the record.
  package static let notes = FieldName(known: "FREEZE_NOTES")
  /// What to do next.
  package static let next = FieldName(known: "FREEZE_NEXT")
  /// What would change the finding.
  package static let changes = FieldName(known: "FREEZE_CHANGES")
  /// Records judged by a pass.
  package static let records = FieldName(known: "FREEZE_RECORDS")
  /// Alerts open after a pass.
  package static let openAlerts = FieldName(known: "FREEZE_OPEN_ALERTS")
  /// Events that a pass made.
  package static let newEvents = FieldName(known: "FREEZE_NEW_EVENTS")
  /// Records that a pass could not judge.
  package static let unjudgeable = FieldName(known: "FREEZE_UNJUDGEABLE")
  /// How long a pass took.
  package static let duration = FieldName(known: "FREEZE_DURATION_MS")
  /// The last day through which the calendar is complete.
  package static let calendarCompleteThrough = FieldName(known: "FREEZE_CALENDAR_COMPLETE_THROUGH")
  /// The day on which the calendar was last checked.
  package static let calendarVerifiedOn = FieldName(known: "FREEZE_CALENDAR_VERIFIED_ON")
  /// The number of the ledger's last event.
  package static let headSequence = FieldName(known: "FREEZE_HEAD_SEQ")
  /// Its hash.
  package static let headHash = FieldName(known: "FREEZE_HEAD_HASH")

  /// Every constant above, in the order an entry is documented in.
  package static let documented: [FieldName] = [
    .message, .messageID, .priority, .syslogIdentifier, .event, .sequence, .alertID, .source, .actionID,
    .outcome, .rule, .election, .region, .nip, .kind, .decreeNo, .decreeDate, .effectiveDate, .inauguratedOn,
    .inside, .opens, .closes, .dependsOn, .personalData, .summary, .now, .before,
    .stillInside, .acknowledgement, .answer, .why,
    .regionName,
    .post, .unitFrom, .unitTo,
    .kindDiffers, .window, .legalBasis, .approval, .notes, .next, .changes, .records, .openAlerts, .newEvents,
    .unjudgeable, .duration, .calendarCompleteThrough, .calendarVerifiedOn, .headSequence, .headHash,
  ]
}
