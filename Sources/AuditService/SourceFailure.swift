import AuditBase
import AlertLedger
import FreezeRules
import HRRecords

/// What an error means for a pass.
extension SourceState.Failure {
  init(_ error: LedgerError) {
    let kind: Kind =
      switch error.cause {
      case .interrupted: .stopping
      case .leaseLost: .leaseLost
      case .unreachable, .notInstalled, .corrupt: .other
      }
    self.init(kind: kind, message: error.message, isPassing: error.isPassing)
  }

  init(_ error: any Error) {
    switch error {
    case let error as SourceState.Failure: self = error
    case let error as LedgerError: self.init(error)
    case let error as SourceError:
      self.init(kind: .other, message: error.message, isPassing: error.isPassing)
    case let error as any ExplainedError: self.init(kind: .other, message: error.message)
    default: self.init(kind: .other, message: Text("\(error)", "\(error)"))
    }
  }
}
