import AuditBase
import AuditReports
import Crypto
import FreezeRules
import SystemLog

/// One event of the auditor as its log entry tells it.
package struct LogEvent: Sendable, Codable, Equatable {
  /// Where the event was read.
  package enum Origin: String, Sendable, Codable {
    /// In the log.
    case log
    /// In the ledger, because the log no longer has it.
    case ledger
  }

  /// MESSAGE, PRIORITY and the FREEZE_ fields; cut to what a mail can need.
  package let fields: [String: String]
  /// Where it was read.
  package let origin: Origin

  /// An event of these fields; all others are ignored.
  package init(fields: [String: String], origin: Origin) {
    self.origin = origin
    var kept: [String: String] = [:]
    for (name, value) in fields
    where name == FieldName.message.text || name == FieldName.priority.text || name == Self.timestamp
      || name.hasPrefix("FREEZE_")
    {
      // A name of 5 MB is cut here, once; the ledger keeps the whole value.
      let limit = name == FieldName.message.text ? 16_384 : 4096
      kept[name] =
        value.utf8.count <= limit ? value : String(decoding: value.utf8.prefix(limit), as: UTF8.self) + "…"
    }
    self.fields = kept
  }

  /// The event of a line, `nil` when the line tells of none: heartbeats, other programs.
  package init?(_ line: JournalLine) {
    guard let event = line[FieldName.event.text] else { return nil }
    let isNumbered = line[FieldName.sequence.text].flatMap(Self.sequence) != nil
    guard isNumbered || Self.unnumbered.contains(event) else { return nil }
    self.init(fields: Self.withoutMark(line.fields.compactMapValues(\.first)), origin: .log)
  }

  /// Events worth a mail although the ledger has no number for them: it is the ledger, or the configuration, that
  /// failed.
  static let unnumbered: Set = ["audit_blind", "audit_resumed", "config_rejected", "ledger_replaced"]

  /// journald's own field.
  package static let timestamp = "__REALTIME_TIMESTAMP"

  static func sequence(_ text: String) -> Int64? {
    guard !text.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int64(text), number > 0
    else { return nil }
    return number
  }

  /// The ledger's number, `nil` for the few events without one.
  package var seq: Int64? { self[.sequence].flatMap(Self.sequence) }
  /// `raised`, `cleared`, …; whatever it says.
  package var event: String { self[.event] ?? "" }
  /// What kind of news it is.
  package var section: NewsSection { NewsSection(self) }
  /// What it says of its record, where it says anything known.
  var outcome: Outcome? { self[.outcome].flatMap(Outcome.init) }

  /// When it was written, in seconds since 2000, where that is known.
  package var recorded: Int? {
    fields[Self.timestamp].flatMap { Int($0) }.map { $0 / 1_000_000 - 946_684_800 }
  }

  /// A field, `nil` when it is missing or empty.
  package subscript(name: FieldName) -> String? { fields[name.text].flatMap { $0.isEmpty ? nil : $0 } }

  /// Tells two events apart that carry the same number, as after a ledger was made anew.
  var fingerprint: String {
    var hasher = SHA256()
    for name in [FieldName.sequence, .event, .alertID] {
      hasher.update(data: Array((self[name] ?? "").utf8) + [0])
    }
    if seq == nil {
      for value in [fields[Self.timestamp], self[.message]] {
        hasher.update(data: Array((value ?? "").utf8) + [0])
      }
    }
    return Hex.encode(hasher.finalize().prefix(8))
  }
}

extension LogEvent {
  /// The same as a change from what was said before.
  func changed(before: String?) -> LogEvent {
    var fields = fields
    fields[FieldName.event.text] = AlertText.Lead.amended.rawValue
    if let before { fields[FieldName.before.text] = before }
    return LogEvent(fields: fields, origin: origin)
  }

  /// Whether it tells of a record, and so of a person.
  var isAboutRecord: Bool { self[.actionID] != nil || self[.alertID] != nil }

  /// The event as it may be shown.
  ///
  /// An entry says of itself that it was masked when it was logged. Of any other one, logged in full or by an older version,
  /// nothing that came from the record is shown: the person's name is not among its fields, so nothing could look for it.
  func shown(_ personalData: PersonalData) -> LogEvent {
    guard personalData == .masked, isAboutRecord, !isElsewhere,
      self[.personalData] != PersonalData.masked.rawValue
    else {
      return self
    }
    var kept = fields.filter { Self.ours.contains($0.key) }
    for name in [FieldName.decreeDate, .effectiveDate, .inauguratedOn] {
      kept[name.text] = self[name].flatMap { CivilDate(iso: $0)?.description }
    }
    kept[FieldName.nip.text] = personalData.nip(self[.nip])
    return LogEvent(fields: kept, origin: origin)
  }

  /// Fields that never hold a text of the record.
  private static let ours: Set<String> = Set(
    [
      FieldName.priority, .event, .sequence, .alertID, .source, .outcome, .rule, .election, .inside, .opens,
      .closes, .dependsOn, .before, .stillInside, .window, .legalBasis, .next, .answer,
    ].map(\.text) + [timestamp])
}

/// What an event is to the reader of the digest; the order is that of the page.
package enum NewsSection: Int, Sendable, CaseIterable {
  /// Open from now on: raised, back again, or no longer taken on.
  case new
  /// Open as before, but something about it changed.
  case changed
  /// No longer open.
  case closed
  /// Somebody took it on, or that ends soon.
  case acknowledged
  /// Everything else: reversals, data quality, the auditor itself.
  case notice

  init(_ event: LogEvent) {
    let section = NewsSection(event: event.event, outcome: event[.outcome])
    // What is inside by another rule is not over.
    self = section == .closed && event[.stillInside] != nil ? .changed : section
  }

  /// Of an event by its kind and outcome as stored.
  init(event: String, outcome: String?) {
    let isNotice = outcome.flatMap(Outcome.init) == .reversal
    switch AlertText.Lead(rawValue: event) {
    case .raised, .reraised, .acknowledgementExpired: self = isNotice ? .notice : .new
    case .amended: self = isNotice ? .notice : .changed
    case .cleared, .withdrawn: self = .closed
    case .acknowledged, .noted, .acknowledgementExpiring: self = .acknowledged
    case .dataQuality, .factMissing, .auditBlind, .accepted, .setAside, .auditResumed, .sealed, nil:
      self = .notice
    }
  }
}

extension LogEvent {
  private static let removed = "removed"

  /// An event of which the ledger keeps the number only: it was told long ago, and its body is in an archive.
  package static func removed(_ seq: Int64) -> LogEvent {
    LogEvent(
      fields: [FieldName.event.text: removed, FieldName.sequence.text: String(seq)], origin: .ledger)
  }

  var isRemoved: Bool { event == Self.removed }
}

extension EventCount {
  var isRemoved: Bool { event == LogEvent.removed(0).event }
}
