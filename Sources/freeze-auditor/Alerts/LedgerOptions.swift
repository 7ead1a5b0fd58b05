import AlertLedger
import ArgumentParser
import AuditReports
import AuditService
import Foundation
import FreezeRules
import AuditBase

/// Which ledger, and how to talk about it.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      id: "Berkas konfigurasi. Bawaan: /etc/freeze-auditor/config.yaml bila ada.",
      en: "Configuration file. Default: /etc/freeze-auditor/config.yaml where it exists.", valueName: "file"))
  var config: String?
  @Option(
    help: ArgumentHelp(
      id:
        "String koneksi PostgreSQL arsip peringatan. Bawaan: ledger.conninfo di konfigurasi, selain itu sumbernya.",
      en:
        "PostgreSQL connection string of the ledger. Default: ledger.conninfo of the configuration, else the source.",
      valueName: "conninfo"))
  var ledger: String?
  @Option(help: ArgumentHelp(id: "Bahasa: id atau en.", en: "Language: id or en.")) var lang: Language =
    .indonesian

  /// The path `run` would use.
  var configPath: String? {
    config
      ?? (FileManager.default.fileExists(atPath: Configuration.defaultPath) ? Configuration.defaultPath : nil)
  }

  /// The configuration, with `--ledger` laid over it.
  func configuration() throws -> Configuration {
    var configuration = try Configuration(
      path: configPath, environment: ProcessInfo.processInfo.environment)
    if let ledger { configuration.ledgerConninfo = ledger }
    return configuration
  }

  /// Whether anything says which ledger is meant.
  var isNamed: Bool {
    let names = [
      "FREEZE_AUDITOR_LEDGER_CONNINFO", "FREEZE_AUDITOR_SOURCE_CONNINFO", "PGHOST", "PGSERVICE", "PGDATABASE",
    ]
    let environment = ProcessInfo.processInfo.environment
    return ledger != nil || configPath != nil || names.contains { environment[$0] != nil }
  }

  /// A session with the ledger.
  func open(_ configuration: Configuration) throws -> LedgerStore {
    try configuration.openLedger(ProcessInfo.processInfo.environment)
  }

}

/// How a list is written.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json
}

extension StoredRow {
  /// The event for other programs: its columns and, as an object, its body. What cannot be read is only shown in full.
  func json(_ personalData: PersonalData) -> JSON {
    let shown = EventBody.Parsed(body).map(personalData.shown)
    let isFull = personalData == .full
    return .object([
      "seq": .integer(Int(seq)), "recorded_at": .text(columns["recorded_at"] ?? nil),
      "event": .text(columns["event"] ?? nil),
      "reason": .text(isFull ? columns["reason"] ?? nil : shown?.text("reason")),
      "hash": .string(Hex.encode(hash)), "body": shown?.json ?? (isFull ? .string(body) : .null),
    ])
  }
}
