import AuditBase

/// One entry of the log: an ordered list of fields, each name once, every value already harmless.
///
/// MESSAGE, MESSAGE_ID, PRIORITY, SYSLOG_IDENTIFIER and FREEZE_EVENT come first, in this order, whatever is set
/// later. Values are cleaned when they are set (``SafeText``): line breaks stay in MESSAGE and become visible
/// in every other field.
///
/// ```swift
/// var entry = LogEntry(.raised, priority: .critical, message: "…\nPerlu klarifikasi.")
/// entry.set(.sequence, "17")
/// entry.set(.decreeNo, record.decreeNo)   // nil: the field is left out
/// ```
package struct LogEntry: Hashable, Sendable {
  /// A name with its value.
  package struct Field: Hashable, Sendable {
    /// The name.
    package let name: FieldName
    /// The value, cleaned.
    package let value: String
  }

  /// The fields in order. Never empty.
  package private(set) var fields: [Field]
  /// The kind of event.
  package let messageID: MessageID
  /// The urgency.
  package let priority: Priority

  /// An entry with its head: `event` defaults to the kind's own word.
  package init(
    _ messageID: MessageID, priority: Priority, message: String, event: String? = nil,
    identifier: String = "freeze-auditor"
  ) {
    self.messageID = messageID
    self.priority = priority
    fields = [
      Field(name: .message, value: SafeText.clean(message, lineBreaks: .kept)),
      Field(name: .messageID, value: messageID.rawValue),
      Field(name: .priority, value: String(priority.rawValue)),
      Field(name: .syslogIdentifier, value: SafeText.clean(identifier, lineBreaks: .shown)),
      Field(name: .event, value: SafeText.clean(event ?? messageID.event, lineBreaks: .shown)),
    ]
  }

  /// Sets a field: appended when new, replaced in place when there; `nil` changes nothing.
  ///
  /// MESSAGE_ID and PRIORITY are what the entry was made with: setting them is a mistake of the caller, caught
  /// by an assertion in debug builds and without effect in release builds.
  package mutating func set(_ name: FieldName, _ value: String?) {
    guard let value else { return }
    guard name != .messageID, name != .priority else {
      assertionFailure("\(name) is fixed when the entry is made")
      return
    }
    let field = Field(
      name: name, value: SafeText.clean(value, lineBreaks: name == .message ? .kept : .shown))
    if let index = fields.firstIndex(where: { $0.name == name }) {
      fields[index] = field
    } else {
      fields.append(field)
    }
  }

  /// Sets a field to a number; `nil` changes nothing.
  package mutating func set(_ name: FieldName, _ value: (some BinaryInteger)?) {
    set(name, value.map { String($0) })
  }

  /// The value of a field, `nil` when the entry has none.
  package subscript(_ name: FieldName) -> String? {
    fields.first { $0.name == name }?.value
  }
}
