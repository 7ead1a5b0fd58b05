import AlertLedger
import FreezeRules
import HRRecords
import RuleFiles

/// What a configuration leads to.
extension Configuration {
  /// The ledger's password: its own credential, or the source's where both are one database.
  package func ledgerPassword(_ environment: [String: String]) -> String? {
    credentials.read("ledger-password", environment)
      ?? (ledgerConninfo == sources[0].conninfo ? sources[0].password(environment) : nil)
  }

  /// A session with the ledger, for a person's command.
  package func openLedger(_ environment: [String: String]) throws(LedgerError) -> LedgerStore {
    try LedgerStore(
      conninfo: ledgerConninfo, password: ledgerPassword(environment),
      deadlines: .ledger(leaseSeconds: leaseSeconds))
  }

  /// An approvals file that cannot be read now: no reason not to start, since it may come, but one to refuse a change.
  package var unreadableApprovals: FileError? {
    for case let path? in Set(sources.map(\.approvalsPath)) {
      do throws(SourceError) { _ = try Approvals(file: TableFile(path)) } catch {
        return FileError(file: path, line: 0, key: "approvals", error.message)
      }
    }
    return nil
  }
}
