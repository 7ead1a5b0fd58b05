import AuditBase
import FreezeRules
import Glibc

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

  /// Lines read in one run. Of more the ledger tells; where it cannot be asked, the next run goes on.
  static let lines = 20_000

  /// Reads from a cursor on; `nil`: from the beginning, or the latest lines where the ledger knows all the others.
  package func read(from cursor: String?, isLedgerThere: Bool) throws(Failure) -> LogBatch {
    if let cursor, !cursor.hasPrefix("-") {
      // Else it is the cursor of another machine, or of a journal long gone.
      do throws(Failure) { return try run(["--cursor=" + cursor]) } catch {}
    }
    var batch = try run(isLedgerThere ? ["--lines=\(Self.lines)"] : [])
    batch.isTail = isLedgerThere
    return batch
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
      var batch = LogBatch(trust: LogTrust(unit: unit))
      batch.read(ends[0], lines: Self.lines)
      if batch.isCut {
        child.end()
        return batch
      }
      let status = child.wait(timeout: 60) ?? 128
      let said = ChildProcess.words(in: errors)
      // Newer versions say 1 when nothing matched.
      if status == 0 || (status == 1 && said.isEmpty) { return batch }
      throw SystemError(call: "journalctl (status \(status)) \(said)", code: 0)
    } catch {
      let what = error.code == 0 ? error.call : error.text
      throw Failure(
        .unreachable, "jurnal tidak dapat dibaca: \(what). Perlu: anggota grup systemd-journal",
        "the journal cannot be read: \(what). Needed: membership of the group systemd-journal")
    }
  }
}
