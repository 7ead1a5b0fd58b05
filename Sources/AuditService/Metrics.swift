import AuditBase
import FreezeRules
import Foundation
import Glibc

/// What the daemon counts for the textfile collector of node_exporter.
struct Metrics {
  private struct Figures {
    var passes = 0
    var failures = 0
    var lastSuccess: Int?
    var lastDuration = 0
    var records = 0
    var unjudgeable = 0
    var openByOutcome: [String: Int] = [:]
  }

  private var sources: [String: Figures] = [:]
  private var head: Int64 = 0

  /// A pass judged the whole set.
  /// - Parameter open: the outcome of every open alert.
  mutating func evaluated(
    _ source: String, _ result: PassResult, milliseconds: Int, open: [String], head: Int64
  ) {
    var figures = sources[source] ?? Figures()
    figures.passes += 1
    figures.lastDuration = milliseconds
    figures.records = result.counts.read
    figures.unjudgeable = result.unjudgeable
    figures.openByOutcome = open.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    figures.lastSuccess = Int(time(nil))
    sources[source] = figures
    self.head = head
  }

  /// Forgets the sources that are no longer read.
  mutating func keep(only names: [String]) { sources = sources.filter { names.contains($0.key) } }

  /// A pass could not be evaluated.
  mutating func failed(_ source: String) {
    sources[source, default: Figures()].passes += 1
    sources[source, default: Figures()].failures += 1
  }

  /// The exposition format of Prometheus.
  var text: String {
    var lines: [String] = []
    func metric(_ name: String, _ type: String, _ help: String, _ samples: [(labels: String, value: String)])
    {
      guard !samples.isEmpty else { return }
      lines.append("# HELP freeze_auditor_\(name) \(help)")
      lines.append("# TYPE freeze_auditor_\(name) \(type)")
      for sample in samples { lines.append("freeze_auditor_\(name){\(sample.labels)} \(sample.value)") }
    }
    let all = sources.sorted { $0.key < $1.key }.map { ("source=\"\(Self.escaped($0.key))\"", $0.value) }
    func each(_ value: (Figures) -> String?) -> [(labels: String, value: String)] {
      all.compactMap { label, figures in value(figures).map { (label, $0) } }
    }
    metric("passes_total", "counter", "Passes since start, failed ones included.", each { "\($0.passes)" })
    metric("pass_failures_total", "counter", "Passes that were not evaluated.", each { "\($0.failures)" })
    metric(
      "last_success_timestamp_seconds", "gauge", "When a pass last judged the whole set.",
      each { $0.lastSuccess.map { "\($0)" } })
    metric(
      "pass_duration_seconds", "gauge", "Duration of the last evaluated pass.",
      each { $0.lastSuccess == nil ? nil : Self.seconds($0.lastDuration) })
    metric(
      "records", "gauge", "Records judged by the last evaluated pass.",
      each { $0.lastSuccess == nil ? nil : "\($0.records)" })
    metric(
      "unjudgeable_records", "gauge", "Records the last evaluated pass could not judge.",
      each { $0.lastSuccess == nil ? nil : "\($0.unjudgeable)" })
    let alerting = Outcome.allCases.filter { $0.level == .alert || $0 == .reversal }
    metric(
      "open_alerts", "gauge", "Open alerts by outcome.",
      all.filter { $0.1.lastSuccess != nil }.flatMap { label, figures in
        alerting.map {
          ("\(label),outcome=\"\($0.rawValue)\"", "\(figures.openByOutcome[$0.rawValue] ?? 0)")
        }
      })
    if head > 0 {
      lines += [
        "# HELP freeze_auditor_ledger_head Number of the last event of the ledger.",
        "# TYPE freeze_auditor_ledger_head gauge", "freeze_auditor_ledger_head \(head)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
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
