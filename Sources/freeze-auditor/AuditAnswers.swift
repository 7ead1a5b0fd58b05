import AlertLedger
import AuditBase
import AuditReports
import AuditService
import Foundation
import FreezeRules

/// What the ledger says was answered, for an ad-hoc report.
struct AuditAnswers {
  private var byAlert: [String: [ShownAnswer]] = [:]
  /// Whether the ledger was asked.
  private(set) var isAsked = false

  /// Where a configuration names a ledger, or a person does, it is asked; a report without one has no answers.
  init(_ configuration: Configuration, options: SourceOptions, ledger: String?) throws {
    guard ledger != nil || options.isLedgerConfigured else { return }
    var configuration = configuration
    if let ledger { configuration.ledgerConninfo = ledger }
    do throws(LedgerError) {
      let store = try configuration.openLedger(ProcessInfo.processInfo.environment)
      for source in configuration.sources {
        for alert in try store.state(of: source.name).open where !alert.shownAnswers.isEmpty {
          byAlert[alert.alertID.description] = alert.shownAnswers
        }
      }
      isAsked = true
    } catch {
      // Asked for by name it must not fail silently; else the report is worth having without.
      if ledger != nil { throw error }
      // Nobody keeps a ledger there.
      guard error.cause != .notInstalled else { return }
      Talk.note(
        Text(
          "arsip peringatan tidak dapat ditanya, laporan ini tanpa tanggapan: \(error.message.indonesian)",
          "the ledger could not be asked, this report has no answers: \(error.message.english)"))
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
