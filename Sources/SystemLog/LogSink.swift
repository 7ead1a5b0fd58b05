import Glibc
import Synchronization

/// Where the auditor's entries go: natively to the journal, or as JSON lines.
///
/// Safe to share: writes are serialised, so lines never mix. A write may wait (1 s for the journal, 5 s for
/// JSON lines); after a write that failed the next ones do not wait until one succeeds again, so that a backlog
/// cannot eat the watchdog's time.
package final class LogSink: Sendable {
  /// What became of an entry.
  package enum Outcome: Hashable, Sendable {
    /// The journal has it.
    case journal
    /// It is on the JSON lines, which is where entries go here.
    case jsonLines
    /// The journal should have it but could not be reached: it is on standard output meanwhile. **Leave the event
    /// unmarked and write it again later.**
    case stdoutOnly(LogError)

    /// Whether the event may be marked as emitted.
    package var isDelivered: Bool {
      switch self {
      case .journal, .jsonLines: true
      case .stdoutOnly: false
      }
    }
  }

  /// Whether entries go to the journal by choice.
  package let usesJournal: Bool

  private struct State: ~Copyable {
    var journal: Journal
    var lines: JSONLines
    var journalFailed = false
    var linesFailed = false
  }

  private enum Journal: ~Copyable {
    case unused
    case socket(JournalSocket)

    /// Whether the entry was sent; `false` where no journal is used.
    mutating func send(_ entry: LogEntry, _ timeout: Duration) throws(LogError) -> Bool {
      switch consume self {
      case .unused:
        self = .unused
        return false
      case .socket(var socket):
        do throws(LogError) {
          try socket.send(entry, timeout: timeout)
          self = .socket(socket)
          return true
        } catch {
          self = .socket(socket)
          throw error
        }
      }
    }
  }

  private let state: Mutex<State>
  private let journalTimeout: Duration
  private let linesTimeout: Duration

  /// JSON lines on `descriptor` only.
  package init(jsonLinesOn descriptor: Int32 = STDOUT_FILENO, timeout: Duration = .seconds(5)) {
    usesJournal = false
    journalTimeout = .zero
    linesTimeout = timeout
    state = Mutex(State(journal: .unused, lines: JSONLines(descriptor: descriptor)))
  }

  /// The journal at `path`, and JSON lines on `descriptor` while it cannot be reached.
  ///
  /// Does not connect yet, so a journal that is away is no error here.
  package init(
    journal path: String, fallback descriptor: Int32 = STDOUT_FILENO, timeout: Duration = .seconds(1)
  ) throws(LogError) {
    let socket = try JournalSocket(path: path)
    usesJournal = true
    journalTimeout = timeout
    linesTimeout = timeout
    state = Mutex(State(journal: .socket(socket), lines: JSONLines(descriptor: descriptor)))
  }

  /// The journal when systemd connected standard output or standard error to it, else JSON lines on standard output.
  ///
  /// `$JOURNAL_STREAM` alone proves nothing: children inherit it although their output may go elsewhere.
  package static func detect(environment: [String: String]) -> LogSink {
    // Nothing is connected yet: this fails only for a path that is no address, which the default one is.
    if JournalStream.isConnected(environment: environment),
      let sink = try? LogSink(journal: JournalSocket.defaultPath)
    {
      return sink
    }
    return LogSink()
  }

  /// Writes `entry`. Throws when it is nowhere, neither in the journal nor on the lines.
  package func write(_ entry: LogEntry) throws(LogError) -> Outcome {
    // The closure may not throw typed through Mutex on every compiler of Swift 6, so it returns a Result.
    try state.withLock { state in Self.write(entry, &state, journalTimeout, linesTimeout) }.get()
  }

  private static func write(
    _ entry: LogEntry, _ state: inout State, _ journalTimeout: Duration, _ linesTimeout: Duration
  ) -> Result<Outcome, LogError> {
    let journalError: LogError?
    do throws(LogError) {
      let timeout = state.journalFailed ? .zero : journalTimeout
      if try state.journal.send(entry, timeout) {
        state.journalFailed = false
        return .success(.journal)
      }
      journalError = nil
    } catch {
      state.journalFailed = true
      journalError = error
    }
    do throws(LogError) {
      try state.lines.write(entry, timeout: state.linesFailed ? .zero : linesTimeout)
      state.linesFailed = false
      return .success(journalError.map { .stdoutOnly($0) } ?? .jsonLines)
    } catch {
      state.linesFailed = true
      return .failure(journalError ?? error)
    }
  }
}

/// `$JOURNAL_STREAM`, by which systemd tells a service that its output is connected to the journal.
package enum JournalStream {
  /// Whether one of `descriptors` is the stream that `$JOURNAL_STREAM` names (`device:inode`, both decimal).
  package static func isConnected(
    environment: [String: String], descriptors: [Int32] = [STDERR_FILENO, STDOUT_FILENO]
  ) -> Bool {
    guard let value = environment["JOURNAL_STREAM"] else { return false }
    let parts = value.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]) else { return false }
    return descriptors.contains { descriptor in
      var information = stat()
      return fstat(descriptor, &information) == 0 && UInt64(information.st_dev) == device
        && UInt64(information.st_ino) == inode
    }
  }
}
