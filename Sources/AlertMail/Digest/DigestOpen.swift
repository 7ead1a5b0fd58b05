import AuditBase
import AuditReports
import FreezeRules

extension DigestWords {
  /// What is open, in sentences.
  func open(_ open: OpenAlerts, isFromLedger: Bool) -> [String] {
    let source =
      isFromLedger
      ? Text("menurut arsip peringatan", "by the ledger")
      : Text(
        "menurut log yang pernah dibaca; arsip peringatan tidak dapat ditanya",
        "by the log as read so far; the ledger could not be asked")
    let alerts = open.counts.filter { Outcome(rawValue: $0.outcome) != .reversal }
    let total = alerts.reduce(0) { $0 + $1.count }
    let outcomes = Dictionary(alerts.map { ($0.outcome, $0.count) }, uniquingKeysWith: +).sorted {
      (Outcome(rawValue: $0.key)?.rank ?? 99, $0.key) < (Outcome(rawValue: $1.key)?.rank ?? 99, $1.key)
    }.map { key, count in
      "\(count) " + (Outcome(rawValue: key)?.phrase[language] ?? Digest.plain(key, limit: 40))
    }
    var lines = [
      Text("\(total) terbuka", "\(total) open")[language] + " (\(source[language]))"
        + (outcomes.isEmpty ? "." : ": " + outcomes.joined(separator: ", ") + ".")
    ]
    let elections = Dictionary(
      alerts.map { ("\($0.election) (\(RuleName.phrase($0.rule)[language]))", $0.count) }, uniquingKeysWith: +
    )
    if !elections.isEmpty {
      lines.append(
        elections.sorted { $0.key < $1.key }.map { "\(Digest.plain($0.key, limit: 100)): \($0.value)" }
          .joined(separator: "; ") + ".")
    }
    let taken = alerts.reduce(0) { $0 + $1.acknowledged }
    if taken > 0 {
      lines.append(
        Text(
          "\(taken) di antaranya sudah ditanggapi, \(total - taken) belum.",
          "\(taken) of them were answered or acknowledged, \(total - taken) not.")[language])
    }
    let reversals = open.total - total
    if reversals > 0 {
      lines.append(
        Text(
          "Selain itu \(reversals) pembatalan tercatat.", "Besides, \(reversals) reversals are on record.")[
            language])
    }
    return lines
  }

  /// How many are open of each decree, most first.
  /// - Parameters:
  ///   - alerts: those known one by one.
  ///   - total: how many there are.
  func openGroups(_ alerts: [OpenAlert], of total: Int) -> [(title: String, count: Int)] {
    var groups: [String: [OpenAlert]] = [:]
    for alert in alerts {
      let number = Digest.plain(alert.decreeNo ?? "", limit: 120).split(separator: " ").joined(separator: " ")
      let day =
        alert.decreeDate.map { Text(" tanggal ", " of ")[language] + Digest.plain($0, limit: 20) } ?? ""
      groups[name(number) + day, default: []].append(alert)
    }
    var sorted = groups.map { title, alerts in
      (title: title + (answered(alerts).map { " · " + $0 } ?? ""), count: alerts.count)
    }.sorted { ($1.count, $0.title) < ($0.count, $1.title) }
    if sorted.count > room.groups {
      let rest = sorted[room.groups...]
      sorted = Array(sorted.prefix(room.groups))
      sorted.append(
        (
          title: Text("\(rest.count) SK lainnya", "\(rest.count) other decrees")[language],
          count: rest.reduce(0) { $0 + $1.count }
        ))
    }
    if total > alerts.count {
      let title = Text(
        "yang lebih lama, tidak dirinci di sini: freeze-auditor alerts list",
        "older ones, not told one by one: freeze-auditor alerts list")
      sorted.append((title: title[language], count: total - alerts.count))
    }
    return sorted
  }
}
