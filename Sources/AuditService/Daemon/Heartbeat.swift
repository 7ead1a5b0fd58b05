import AlertLedger
import AuditBase
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
    entry.set(.source, source)
    entry.set(.records, result.counts.read)
    entry.set(.openAlerts, open)
    entry.set(.newEvents, result.events.count)
    entry.set(.unjudgeable, result.unjudgeable)
    entry.set(.duration, milliseconds)
    if let calendar = result.calendar {
      entry.set(.calendarCompleteThrough, calendar.completeThrough?.description ?? "-")
      entry.set(.calendarVerifiedOn, calendar.verifiedOn.description)
    }
    entry.set(.headSequence, head.seq)
    entry.set(.headHash, Hex.encode(head.hash))
    return entry
  }
}
