import AuditBase
import FreezeRules
import Glibc

/// What was read of the log.
package struct LogBatch: Sendable {
  /// The events in it.
  package var events: [LogEvent] = []
  /// Lines that were no JSON.
  package var unreadable = 0
  /// Where the last entry stands.
  package var cursor: String?

  /// Nothing read.
  package init() {}

  /// Takes one line in.
  package mutating func add(_ line: [UInt8]) {
    guard let parsed = JournalLine(line) else {
      if line.contains(where: { $0 > 32 }) { unreadable += 1 }
      return
    }
    if let event = LogEvent(parsed) { events.append(event) }
    cursor = parsed["__CURSOR"] ?? cursor
  }

  /// Reads a descriptor to its end.
  package mutating func read(_ descriptor: Int32) {
    var splitter = LineSplitter()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      splitter.take(buffer[..<count]) { add($0) }
    }
    splitter.finish { add($0) }
  }
}

/// Reads the journal with journalctl.
///
/// From the last entry read **inclusive**: `--after-cursor` and `--cursor-file` drop an entry when the one of the cursor
/// has been vacuumed or does not match the filter. What is read twice is known by its number.
package struct JournalReader: Sendable {
  /// Only what this unit said, as journald itself vouches; empty: what names itself freeze-auditor.
  package var unit: String
  /// Kinds of entries.
  package var messageIDs: [String]

  /// A reader of these entries.
  package init(unit: String, messageIDs: [String]) {
    self.unit = unit
    self.messageIDs = messageIDs
  }

  /// The journal could not be read.
  package struct Failure: ExplainedError {
    /// What is wrong.
    package let message: Text
  }

  /// Reads from a cursor on, `nil`: everything.
  package func read(from cursor: String?) throws(Failure) -> LogBatch {
    guard let cursor, !cursor.hasPrefix("-") else { return try run([]) }
    do throws(Failure) { return try run(["--cursor=" + cursor]) } catch {
      // A cursor of another machine or of a journal long gone: reading all costs time and nothing else.
      return try run([])
    }
  }

  private func run(_ options: [String]) throws(Failure) -> LogBatch {
    let match = unit.isEmpty ? "SYSLOG_IDENTIFIER=freeze-auditor" : "_SYSTEMD_UNIT=\(unit)"
    let arguments =
      ["--output=json", "--all", "--no-pager", "--quiet"] + options + [match]
      + messageIDs.map { "MESSAGE_ID=\($0)" }
    do throws(SystemError) {
      let errors = try ChildProcess.scratchFile()
      defer { close(errors) }
      let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
      defer { close(null) }
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw SystemError(call: "pipe", code: errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      defer { close(ends[0]) }
      let child: ChildProcess
      do throws(SystemError) {
        child = try ChildProcess(
          "journalctl", arguments, keeping: ["PATH", "TZ", "SYSTEMD_JOURNAL_COMPRESS"], input: null,
          output: ends[1], errors: errors)
      } catch {
        close(ends[1])
        throw error
      }
      close(ends[1])
      var batch = LogBatch()
      batch.read(ends[0])
      let status = child.wait(timeout: 60) ?? 128
      let said = ChildProcess.words(in: errors)
      // Newer versions say 1 when nothing matched.
      if status == 0 || (status == 1 && said.isEmpty) { return batch }
      throw SystemError(call: "journalctl (status \(status)) \(said)", code: 0)
    } catch {
      let what = error.code == 0 ? error.call : error.text
      throw Failure(
        message: Text(
          "jurnal tidak dapat dibaca: \(what). Perlu: anggota grup systemd-journal",
          "the journal cannot be read: \(what). Needed: membership of the group systemd-journal"))
    }
  }
}
