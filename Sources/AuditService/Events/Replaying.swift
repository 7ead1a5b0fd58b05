import AlertLedger
import SystemLog

/// Writes events of the ledger as the log entries they were.
package struct Replaying {
  private let entries: EventEntry
  private let sink: LogSink

  /// JSON lines on standard output.
  package init(_ configuration: Configuration) {
    entries = EventEntry(personalData: configuration.personalData)
    sink = LogSink()
  }

  /// What became of one event.
  package enum Outcome: Sendable {
    /// It was written.
    case written
    /// Its body cannot be read.
    case unreadable
    /// Nobody reads standard output any more.
    case unwanted
  }

  /// Writes one event.
  package func write(_ row: StoredRow) throws(LogError) -> Outcome {
    guard let entry = entries.entry(row.body) else { return .unreadable }
    do { _ = try sink.write(entry) } catch {
      if case .closed = error { return .unwanted }
      throw error
    }
    return .written
  }
}
