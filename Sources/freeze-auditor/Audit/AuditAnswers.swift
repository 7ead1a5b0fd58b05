import AlertLedger
import AuditBase
import AuditReports
import AuditService
import Dispatch
import Foundation
import FreezeRules
import Synchronization

/// What the ledger says was answered, for an ad-hoc report.
struct AuditAnswers: Sendable {
  private var byAlert: [String: [ShownAnswer]] = [:]
  /// Why there are none, where a person should know.
  private(set) var note: Text?

  /// No ledger is asked.
  init() {}

  /// Asks the ledger of a configuration.
  /// - Parameter isNamed: asked for by name it must not fail silently; else the report is worth having without.
  init(_ configuration: Configuration, isNamed: Bool) throws(LedgerError) {
    do throws(LedgerError) {
      let store = try configuration.openLedger(ProcessInfo.processInfo.environment)
      for source in configuration.sources {
        for alert in try store.openState(of: source.name).open where !alert.shownAnswers.isEmpty {
          byAlert[alert.alertID.description] = alert.shownAnswers
        }
      }
    } catch {
      if isNamed { throw error }
      // Nobody keeps a ledger there.
      guard error.cause != .notInstalled else { return }
      note = Text(
        "arsip peringatan tidak dapat ditanya, laporan ini tanpa tanggapan: \(error.message.indonesian)",
        "the ledger could not be asked, this report has no answers: \(error.message.english)")
    }
  }

  /// What was answered to a record's alerts, each once.
  func of(_ judgement: Judgement, source: String) -> [ShownAnswer] {
    guard !byAlert.isEmpty, judgement.outcome.level != .silent else { return [] }
    var found: [ShownAnswer] = []
    for id in AlertLedger.Finding.all(source: source, judgement).map(\.alertID.description) {
      for answer in byAlert[id] ?? [] where !found.contains(answer) { found.append(answer) }
    }
    return found
  }
}

/// The answers of an audit, read while the source is: both servers take their time to begin a session.
final class AnswersAhead: Sendable {
  private let answers = Mutex<AuditAnswers?>(nil)
  private let isRead = DispatchSemaphore(value: 0)

  /// Where a configuration names a ledger, or a person does, it is asked; a report without one has no answers.
  init(_ audit: Audit, _ configuration: Configuration) throws {
    var configuration = configuration
    if let ledger = audit.ledger { configuration.ledgerConninfo = ledger }
    // A ledger that a person names is asked at once, since without it there is no report. Many sources may take every session
    // that the budget allows.
    guard audit.ledger == nil, audit.source.isLedgerConfigured, !audit.allSources else {
      let isAsked = audit.ledger != nil || audit.source.isLedgerConfigured
      try put(isAsked ? AuditAnswers(configuration, isNamed: audit.ledger != nil) : AuditAnswers())
      return
    }
    Thread.detachNewThread { [self, configuration] in
      // Of a ledger that nobody named a failure is a note.
      put((try? AuditAnswers(configuration, isNamed: false)) ?? AuditAnswers())
    }
  }

  private func put(_ found: AuditAnswers) {
    answers.withLock { $0 = found }
    isRead.signal()
  }

  /// Waits until they are there, and says why there are none.
  func get() -> AuditAnswers {
    isRead.wait()
    let found = answers.withLock { $0 } ?? AuditAnswers()
    if let note = found.note { Console.note(note) }
    return found
  }
}

extension SourceOptions {
  /// A file says where the ledger is, or the environment does. Without either libpq's own settings would be tried, which a
  /// person who audits a file never meant.
  var isLedgerConfigured: Bool {
    let environment = ProcessInfo.processInfo.environment
    if rules.config != nil || environment[Configuration.variable(for: "ledger.conninfo")] != nil {
      return true
    }
    return table == nil && db == nil && FileManager.default.fileExists(atPath: Configuration.defaultPath)
  }
}
