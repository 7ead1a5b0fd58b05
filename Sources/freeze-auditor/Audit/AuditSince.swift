import AlertLedger
import ArgumentParser
import AuditBase
import AuditReports
import AuditService
import Foundation
import FreezeRules

/// What `--since` names: an earlier report, or a day of the ledger.
struct SinceOption: ExpressibleByArgument {
  let text: String
  /// A day, where it is one.
  var day: CivilDate? { CivilDate(iso: text) }

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    text = argument
  }

  /// The earlier findings.
  func load(_ loaded: LoadedRules, ledger: String?, allSources: Bool) throws -> EarlierFindings {
    guard let day else { return try report() }
    let today = Today.date(in: loaded.zone)
    guard day <= today, let next = day.adding(days: 1) else {
      throw Failure(
        .usage, "--since \(day) belum tiba; hari ini \(today.written(.indonesian))",
        "--since \(day) is to come; today is \(today.written(.english))"
      )
    }
    var configuration = loaded.configuration
    if let ledger { configuration.ledgerConninfo = ledger }
    let store = try configuration.openLedger(ProcessInfo.processInfo.environment)
    let instant = "\(next) 00:00:00+0\(loaded.zone.offsetHours)"
    if try !store.hasEvents(before: instant) {
      Console.note(
        Text(
          "arsip peringatan belum berisi apa pun pada \(day.written(.indonesian)): semuanya baru",
          "the ledger held nothing yet on \(day.written(.english)): everything is new"))
    }
    if try store.lastRemoved(before: instant) > 0 {
      Console.note(
        Text(
          "sebagian peristiwa sampai hari itu hanya ada dalam berkas segel (alerts archive): yang selesai sesudah itu dapat tampak baru",
          "some events up to that day are in an archive only (alerts archive): what was settled after it may look new"
        ))
    }
    var entries: [EarlierFindings.Entry] = []
    for source in configuration.sources {
      entries += try store.openBodies(of: source.name, before: instant).compactMap {
        EventBody.Parsed($0).map { entry($0, source: allSources ? source.name : nil) }
      }
    }
    var earlier = EarlierFindings(
      name: Text(
        "arsip peringatan pada akhir \(day.written(.indonesian))",
        "the ledger at the end of \(day.written(.english))"), isLedger: true, entries: entries)
    earlier.alertSince = configuration.alertSince
    return earlier
  }

  private func entry(_ body: EventBody.Parsed, source: String?) -> EarlierFindings.Entry {
    var marks: [EarlierFindings.Mark: String] = [:]
    for mark in EarlierFindings.Mark.allCases {
      switch mark {
      case .outcome: marks[mark] = body.text("outcome")
      case .kind: marks[mark] = body.text("facts", "kind")
      case .verdicts:
        marks[mark] = EarlierFindings.verdict(
          body.text("rule") ?? "", body.text("election") ?? "", body.text("outcome") ?? "")
      default: marks[mark] = body.text("facts", mark.rawValue)
      }
    }
    return EarlierFindings.Entry(actionID: body.text("action_id") ?? "", source: source, marks: marks)
  }

  private func report() throws -> EarlierFindings {
    guard let data = FileManager.default.contents(atPath: text) else {
      throw Failure(
        .usage, "--since \(text): bukan tanggal (YYYY-MM-DD) dan bukan berkas yang dapat dibaca",
        "--since \(text): neither a day (YYYY-MM-DD) nor a file that can be read")
    }
    guard let text = String(validating: data, as: UTF8.self),
      let earlier = EarlierFindings(report: text, name: self.text)
    else {
      throw Failure(
        .usage, "--since \(self.text): bukan laporan dari audit --format json atau ndjson",
        "--since \(self.text): no report of audit --format json or ndjson")
    }
    return earlier
  }
}
