import AlertMail
import AuditBase
import AuditReports
import FreezeRules
import Foundation
import Glibc

/// A figure of the metrics file: its name after `freeze_auditor_`, its type, and what it says. The manual page, the rules
/// for Prometheus and their test read this list.
package enum MetricName: String, CaseIterable, Sendable {
  case passes = "passes_total"
  case failures = "pass_failures_total"
  case lastSuccess = "last_success_timestamp_seconds"
  case blind
  case duration = "pass_duration_seconds"
  case records
  case unjudgeable = "unjudgeable_records"
  case openAlerts = "open_alerts"
  case upcoming = "upcoming_acts"
  case upcomingFirst = "upcoming_first_timestamp_seconds"
  case upcomingLetter = "upcoming_letter_timestamp_seconds"
  case ledgerHead = "ledger_head"
  case leaseHeld = "lease_held"
  case unlogged = "unlogged_events"
  case written = "written_timestamp_seconds"
  case interval = "interval_seconds"
  case mailRan = "mail_ran_timestamp_seconds"
  case mailAccepted = "mail_accepted_timestamp_seconds"
  case mailAge = "mail_age_seconds"
  case mailSpool = "mail_spool"
  case mailWaiting = "mail_waiting_timestamp_seconds"
  case calendarEnd = "calendar_end_timestamp_seconds"
  case calendarVerified = "calendar_verified_timestamp_seconds"
  case build = "build_info"

  /// As the file writes it.
  package var name: String { "freeze_auditor_" + rawValue }

  /// `counter` or `gauge`.
  package var type: String { self == .passes || self == .failures ? "counter" : "gauge" }

  /// The labels it has.
  package var labels: [String] {
    switch self {
    case .ledgerHead, .leaseHeld, .unlogged, .written, .interval, .mailRan, .mailAccepted, .mailAge,
      .mailSpool,
      .mailWaiting, .calendarEnd, .calendarVerified:
      []
    case .openAlerts: ["source", "outcome"]
    case .build: ["version"]
    default: ["source"]
    }
  }

  /// What it says.
  package var help: Text {
    switch self {
    case .passes:
      Text("Pemeriksaan sejak mulai, termasuk yang gagal.", "Passes since start, failed ones included.")
    case .failures: Text("Pemeriksaan yang tidak dapat dinilai.", "Passes that were not evaluated.")
    case .lastSuccess:
      Text("Kapan seluruh catatan terakhir kali dinilai.", "When a pass last judged the whole set.")
    case .blind:
      Text(
        "1: pemeriksaan terakhir tidak dapat dinilai (buta).", "1: the last pass was not evaluated (blind).")
    case .duration:
      Text("Lama pemeriksaan terakhir yang dinilai.", "Duration of the last evaluated pass.")
    case .records:
      Text("Catatan yang dinilai pemeriksaan terakhir.", "Records judged by the last evaluated pass.")
    case .unjudgeable:
      Text(
        "Catatan yang tidak dapat dinilai pemeriksaan terakhir.",
        "Records the last evaluated pass could not judge.")
    case .openAlerts: Text("Peringatan terbuka menurut kesimpulannya.", "Open alerts by outcome.")
    case .upcoming:
      Text(
        "Tindakan yang perlu klarifikasi dan masih dapat ditunda.",
        "Acts that need clarification and can still be put off.")
    case .upcomingFirst:
      Text(
        "Awal hari berlakunya yang pertama dari tindakan itu.",
        "When the day begins on which the first of them takes hold.")
    case .upcomingLetter:
      Text(
        "Awal hari terakhir yang boleh tertulis pada surat Menteri untuk yang pertama itu.",
        "When the last day begins that the Minister's letter for the first of them may bear.")
    case .ledgerHead:
      Text("Nomor peristiwa terakhir arsip peringatan.", "Number of the last event of the ledger.")
    case .leaseHeld:
      Text(
        "1: layanan ini yang memantau dan menulis arsip peringatan; 0: siaga.",
        "1: this daemon holds the lease of the ledger; 0: it stands by.")
    case .unlogged:
      Text("Peristiwa yang belum sampai ke log.", "Events that have not reached the log.")
    case .written: Text("Kapan berkas ini ditulis.", "When this file was written.")
    case .interval: Text("Jarak antar pemeriksaan (poll.interval).", "Time between passes (poll.interval).")
    case .mailRan:
      Text("Kapan bagian surat terakhir selesai berjalan.", "When the mail part last ran to its end.")
    case .mailAccepted:
      Text("Kapan sendmail terakhir menerima ringkasan.", "When sendmail last accepted a digest.")
    case .mailAge:
      Text(
        "Umur ringkasan itu ketika berkas ini ditulis.", "Age of that digest when this file was written.")
    case .mailSpool:
      Text("1: ada ringkasan yang menunggu sendmail.", "1: a digest waits for sendmail.")
    case .mailWaiting: Text("Sejak kapan ia menunggu.", "Since when it waits.")
    case .calendarEnd:
      Text(
        "Awal hari terakhir kalender yang lengkap (complete_through).",
        "When the last day begins up to which the calendar is complete (complete_through).")
    case .calendarVerified:
      Text(
        "Awal hari terakhir kalender diperiksa (verified_on).",
        "When the day begins on which the calendar was last checked (verified_on).")
    case .build: Text("Versi program; selalu 1.", "Version of the program; always 1.")
    }
  }
}

/// What the daemon counts for the textfile collector of node_exporter.
struct Metrics {
  private struct Figures {
    var passes = 0
    var failures = 0
    var isBlind = false
    var lastSuccess: Int?
    var lastDuration = 0
    var records = 0
    var unjudgeable = 0
    var openByOutcome: [String: Int] = [:]
    var ahead = AheadTally()
    var zone = Zone.wib

    /// When a day begins here, in seconds since 1970.
    func midnight(_ day: CivilDate) -> Int {
      day.daysSince2000 * 86_400 + 946_684_800 - zone.offsetHours * 3600
    }
  }

  /// How the ledger stands, as this daemon sees it.
  struct Ledger {
    var head: Int64 = 0
    var isHeld = false
    var unlogged: Int64 = 0
  }

  private var sources: [String: Figures] = [:]
  var ledger = Ledger()
  var interval = 0
  /// As the mail part left it; `nil` where there is none or it cannot be read, which is not the same as well.
  var mail: MailStatus?
  /// How far the calendar reaches that the last pass judged by.
  private var calendar: CalendarReach?

  /// A pass judged the whole set.
  /// - Parameters:
  ///   - open: how many alerts are open, by outcome.
  ///   - zone: whose days they are.
  mutating func evaluated(
    _ source: String, _ result: PassResult, milliseconds: Int, open: [String: Int], zone: Zone
  ) {
    var figures = sources[source] ?? Figures()
    calendar = result.calendar ?? calendar
    figures.passes += 1
    figures.isBlind = false
    figures.lastDuration = milliseconds
    figures.records = result.counts.read
    figures.unjudgeable = result.unjudgeable
    figures.openByOutcome = open
    // A look at some records says nothing of the others.
    if result.extent != nil { (figures.ahead, figures.zone) = (result.ahead, zone) }
    figures.lastSuccess = Int(time(nil))
    sources[source] = figures
  }

  /// Forgets the sources that are no longer read.
  mutating func keep(only names: [String]) { sources = sources.filter { names.contains($0.key) } }

  /// A pass could not be evaluated.
  mutating func failed(_ source: String) {
    sources[source, default: Figures()].passes += 1
    sources[source, default: Figures()].failures += 1
    sources[source, default: Figures()].isBlind = true
  }

  /// The exposition format of Prometheus.
  var text: String {
    var lines: [String] = []
    for metric in MetricName.allCases {
      let samples = samples(metric)
      guard !samples.isEmpty else { continue }
      lines.append("# HELP \(metric.name) \(metric.help.english)")
      lines.append("# TYPE \(metric.name) \(metric.type)")
      for (labels, value) in samples {
        lines.append(metric.name + (labels.isEmpty ? "" : "{\(labels)}") + " " + value)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func samples(_ metric: MetricName) -> [(labels: String, value: String)] {
    switch metric {
    case .passes: each { "\($0.passes)" }
    case .failures: each { "\($0.failures)" }
    case .lastSuccess: each { $0.lastSuccess.map { "\($0)" } }
    case .blind: each { $0.isBlind ? "1" : "0" }
    case .duration: each { $0.lastSuccess == nil ? nil : Self.seconds($0.lastDuration) }
    case .records: each { $0.lastSuccess == nil ? nil : "\($0.records)" }
    case .unjudgeable: each { $0.lastSuccess == nil ? nil : "\($0.unjudgeable)" }
    case .openAlerts: openAlerts
    case .upcoming: each { $0.lastSuccess == nil ? nil : "\($0.ahead.count)" }
    case .upcomingFirst: each { figures in figures.ahead.soonest.map { "\(figures.midnight($0))" } }
    case .upcomingLetter: each { figures in figures.ahead.letterBy.map { "\(figures.midnight($0))" } }
    case .ledgerHead: ledger.head > 0 ? [("", "\(ledger.head)")] : []
    case .leaseHeld: [("", ledger.isHeld ? "1" : "0")]
    case .unlogged: [("", "\(max(0, ledger.unlogged))")]
    case .written: [("", "\(Int(time(nil)))")]
    case .interval: interval > 0 ? [("", "\(interval)")] : []
    case .mailRan: single(mail?.ran)
    case .mailAccepted: single(mail?.accepted)
    case .mailAge: single(mail?.accepted.map { max(0, Int(time(nil)) - $0) })
    case .mailSpool: single(mail.map { $0.waiting == nil ? 0 : 1 })
    case .mailWaiting: single(mail?.waiting)
    case .calendarEnd: single(calendar?.completeThrough.map(Self.beginning))
    case .calendarVerified: single(calendar.map { Self.beginning($0.verifiedOn) })
    case .build: [("version=\"\(Self.escaped(programVersion))\"", "1")]
    }
  }

  private func single(_ value: Int?) -> [(labels: String, value: String)] {
    value.map { [("", "\($0)")] } ?? []
  }

  /// When a day begins in UTC, in seconds since 1970.
  private static func beginning(_ day: CivilDate) -> Int { day.daysSince2000 * 86_400 + 946_684_800 }

  private var labelled: [(label: String, figures: Figures)] {
    sources.sorted { $0.key < $1.key }.map { ("source=\"\(Self.escaped($0.key))\"", $0.value) }
  }

  private func each(_ value: (Figures) -> String?) -> [(labels: String, value: String)] {
    labelled.compactMap { label, figures in value(figures).map { (label, $0) } }
  }

  private var openAlerts: [(labels: String, value: String)] {
    let alerting = Outcome.allCases.filter { $0.level == .alert || $0 == .reversal }
    return labelled.filter { $0.figures.lastSuccess != nil }.flatMap { label, figures in
      alerting.map {
        ("\(label),outcome=\"\($0.rawValue)\"", "\(figures.openByOutcome[$0.rawValue] ?? 0)")
      }
    }
  }

  private static func seconds(_ milliseconds: Int) -> String {
    "\(milliseconds / 1000).\(String(milliseconds % 1000 + 1000).dropFirst())"
  }

  /// A label's value as the format wants it.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  /// Writes the file: whole under its name, or not at all; readable for others, as node_exporter is one.
  /// - Returns: what went wrong.
  func write(to path: String) -> String? {
    do throws(SystemError) {
      let file = try AtomicFile(path, mode: 0o644)
      try file.write(Array(text.utf8))
      try file.finish()
      return nil
    } catch {
      return error.reason
    }
  }
}
