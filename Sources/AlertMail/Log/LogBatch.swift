import AuditBase
import Glibc
import SystemLog

/// What was read of the log: every number, and as many events as a digest has room for.
package struct LogBatch: Sendable {
  /// The first events in it, in full.
  package var events: [LogEvent] = []
  /// Numbers of all of them.
  package var numbers = SequenceSet()
  /// Fingerprints of the latest of them, by number.
  package var marks: [Int64: String] = [:]
  /// Events that were no longer taken in full.
  package var untaken = 0
  /// Entries read twice.
  package var repeated = 0
  /// Lines that were no JSON.
  package var unreadable = 0
  /// Lines with the auditor's fields that another unit wrote.
  package var foreign = 0
  /// Where the last entry stands.
  package var cursor: String?
  /// Where the last entry stands that was taken in full.
  package var cursorOfEvents: String?
  /// It was not read to its end.
  package var isCut = false
  /// Only its latest lines were read: what is missing before them is not known to be missing.
  package var isTail = false

  /// Whose lines count.
  private let trust: LogTrust

  /// Events taken in full at most: of more the ledger knows, or the log itself.
  static let room = 1000
  /// Fingerprints kept at most.
  private static let markRoom = 20_000

  /// Nothing read.
  package init(trust: LogTrust = .anybody) { self.trust = trust }

  /// Takes one line in.
  package mutating func add(_ line: [UInt8]) {
    guard let parsed = JournalLine(line) else {
      if line.contains(where: { $0 > 32 }) { unreadable += 1 }
      return
    }
    defer { cursor = parsed["__CURSOR"] ?? cursor }
    guard let event = LogEvent(parsed) else { return }
    guard trust.accepts(parsed) else {
      foreign += 1
      return
    }
    add(event)
    if untaken == 0 { cursorOfEvents = parsed["__CURSOR"] ?? cursorOfEvents }
  }

  /// Takes one event in.
  package mutating func add(_ event: LogEvent) {
    if let seq = event.seq {
      let fingerprint = event.fingerprint
      if numbers.contains(seq), marks[seq] == fingerprint {
        repeated += 1
        return
      }
      numbers.insert(seq)
      if marks.count < Self.markRoom { marks[seq] = fingerprint }
    }
    if events.count < Self.room { events.append(event) } else { untaken += 1 }
  }

  /// Reads a descriptor to its end, or for so many lines.
  package mutating func read(_ descriptor: Int32, lines: Int = .max) {
    var splitter = LineSplitter()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    while !isCut {
      let size = Glibc.read(descriptor, &buffer, buffer.count)
      if size < 0, errno == EINTR { continue }
      guard size > 0 else {
        splitter.finish { add($0) }
        return
      }
      splitter.take(buffer[..<size]) { line in
        guard count < lines else {
          isCut = true
          return
        }
        count += 1
        add(line)
      }
    }
  }
}

/// Whose lines of the log are the auditor's.
///
/// Anybody may write an entry with the auditor's fields. What begins with one `_` journald adds itself, and no client can: an
/// entry that it did not take from the unit is dropped, also where the lines come on standard input. A line without any such
/// field never went through journald: it is the auditor's own JSON line, and whoever piped it in vouches for it.
package enum LogTrust: Sendable, Equatable {
  /// Everything that looks like the auditor's.
  case anybody
  /// Only what journald took from this unit.
  case unit(String)

  /// By the unit's name; empty: anybody.
  package init(unit: String) { self = unit.isEmpty ? .anybody : .unit(unit) }

  func accepts(_ line: JournalLine) -> Bool {
    guard case .unit(let unit) = self else { return true }
    if let units = line.fields["_SYSTEMD_UNIT"] { return units == [unit] }
    return !line.fields.keys.contains { $0.hasPrefix("_") && !$0.hasPrefix("__") }
  }
}
