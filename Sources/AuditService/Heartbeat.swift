import AuditBase
import AlertLedger
import SystemLog

/// The entry that follows each pass: silence means failure.
struct Heartbeat {
  let source: String
  let result: PassResult
  /// Open alerts of the source.
  let open: Int
  let milliseconds: Int
  let head: LedgerHead

  func entry(_ message: String) -> LogEntry {
    var entry = LogEntry(.passCompleted, priority: .info, message: message)
    func set(_ name: String, _ value: String) {
      if let field = FieldName(name) { entry.set(field, value) }
    }
    set("FREEZE_SOURCE", source)
    set("FREEZE_RECORDS", String(result.counts.read))
    set("FREEZE_OPEN_ALERTS", String(open))
    set("FREEZE_NEW_EVENTS", String(result.events.count))
    set("FREEZE_UNJUDGEABLE", String(result.unjudgeable))
    set("FREEZE_DURATION_MS", String(milliseconds))
    if let calendar = result.calendar {
      set("FREEZE_CALENDAR_COMPLETE_THROUGH", calendar.completeThrough?.description ?? "-")
      set("FREEZE_CALENDAR_VERIFIED_ON", calendar.verifiedOn.description)
    }
    set("FREEZE_HEAD_SEQ", String(head.seq))
    set("FREEZE_HEAD_HASH", Hex.encode(head.hash))
    return entry
  }
}
