import FreezeRules
import Foundation
import Glibc

/// What the daemon counts for the textfile collector of node_exporter.
struct Metrics {
  private var passes = 0
  private var failures = 0
  private var lastSuccess: Int?
  private var lastDuration = 0
  private var records = 0
  private var unjudgeable = 0
  private var head: Int64 = 0
  private var openByOutcome: [String: Int] = [:]

  /// A pass judged the whole set.
  /// - Parameter open: the outcome of every open alert.
  mutating func evaluated(records: Int, milliseconds: Int, unjudgeable: Int, open: [String], head: Int64) {
    passes += 1
    lastDuration = milliseconds
    self.records = records
    self.unjudgeable = unjudgeable
    self.head = head
    openByOutcome = open.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    lastSuccess = Int(time(nil))
  }

  /// A pass could not be evaluated.
  mutating func failed() {
    passes += 1
    failures += 1
  }

  /// The exposition format of Prometheus.
  var text: String {
    var lines: [String] = []
    func metric(_ name: String, _ type: String, _ help: String, _ samples: [(labels: String, value: String)])
    {
      guard !samples.isEmpty else { return }
      lines.append("# HELP freeze_auditor_\(name) \(help)")
      lines.append("# TYPE freeze_auditor_\(name) \(type)")
      for sample in samples { lines.append("freeze_auditor_\(name)\(sample.labels) \(sample.value)") }
    }
    metric("passes_total", "counter", "Passes since start, failed ones included.", [("", "\(passes)")])
    metric("pass_failures_total", "counter", "Passes that were not evaluated.", [("", "\(failures)")])
    metric(
      "last_success_timestamp_seconds", "gauge", "When a pass last judged the whole set.",
      lastSuccess.map { [("", "\($0)")] } ?? [])
    let seconds = String(lastDuration / 1000) + "." + String(lastDuration % 1000 + 1000).dropFirst()
    if lastSuccess != nil {
      metric("pass_duration_seconds", "gauge", "Duration of the last evaluated pass.", [("", seconds)])
      metric("records", "gauge", "Records judged by the last evaluated pass.", [("", "\(records)")])
      metric(
        "unjudgeable_records", "gauge", "Records the last evaluated pass could not judge.",
        [("", "\(unjudgeable)")])
      metric("ledger_head", "gauge", "Number of the last event of the ledger.", [("", "\(head)")])
      metric(
        "open_alerts", "gauge", "Open alerts by outcome.",
        Outcome.allCases.filter { $0.level == .alert || $0 == .reversal }.map {
          ("{outcome=\"\($0.rawValue)\"}", "\(openByOutcome[$0.rawValue] ?? 0)")
        })
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes the file: whole under its name, or not at all; readable for others, as node_exporter is one.
  /// - Returns: what went wrong.
  func write(to path: String) -> String? {
    // The collector reads *.prom only, so the file in the making is never read.
    let temporary = path + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    fchmod(descriptor, 0o644)
    let bytes = Array(text.utf8)
    let written = Glibc.write(descriptor, bytes, bytes.count)
    let isClosed = close(descriptor) == 0
    guard written == bytes.count, isClosed, rename(temporary, path) == 0 else {
      let problem = String(cString: strerror(errno))
      unlink(temporary)
      return problem
    }
    return nil
  }
}
