import AuditBase
import AuditReports
import FreezeRules

extension DigestWords {
  /// What is open, in sentences.
  func open(_ alerts: [OpenAlert], reversals: Int, isFromLedger: Bool) -> [String] {
    let source =
      isFromLedger
      ? Text("menurut buku besar", "by the ledger")
      : Text(
        "menurut log yang pernah dibaca; buku besar tidak dapat ditanya",
        "by the log as read so far; the ledger could not be asked")
    let outcomes = Dictionary(alerts.map { ($0.outcome, 1) }, uniquingKeysWith: +).sorted {
      (Outcome(rawValue: $0.key)?.rank ?? 99, $0.key) < (Outcome(rawValue: $1.key)?.rank ?? 99, $1.key)
    }.map { key, count in
      "\(count) " + (Outcome(rawValue: key)?.phrase[language] ?? Digest.plain(key, limit: 40))
    }
    var lines = [
      Text("\(alerts.count) terbuka", "\(alerts.count) open")[language] + " (\(source[language]))"
        + (outcomes.isEmpty ? "." : ": " + outcomes.joined(separator: ", ") + ".")
    ]
    let elections = Dictionary(alerts.map { ("\($0.election) (\($0.rule))", 1) }, uniquingKeysWith: +)
    if !elections.isEmpty {
      lines.append(
        elections.sorted { $0.key < $1.key }.map { "\(Digest.plain($0.key, limit: 100)): \($0.value)" }
          .joined(separator: "; ") + ".")
    }
    let taken = alerts.count { $0.isAnswered }
    if taken > 0 {
      lines.append(
        Text(
          "\(taken) di antaranya sudah ditanggapi, \(alerts.count - taken) belum.",
          "\(taken) of them were answered or acknowledged, \(alerts.count - taken) not.")[language])
    }
    if reversals > 0 {
      lines.append(
        Text(
          "Selain itu \(reversals) pembatalan tercatat.", "Besides, \(reversals) reversals are on record.")[
            language])
    }
    return lines
  }

  /// How many are open of each decree, most first.
  func openGroups(_ alerts: [OpenAlert]) -> [(title: String, count: Int)] {
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
    if sorted.count > Digest.shownGroups {
      let rest = sorted[Digest.shownGroups...]
      sorted = Array(sorted.prefix(Digest.shownGroups))
      sorted.append(
        (
          title: Text("\(rest.count) SK lainnya", "\(rest.count) other decrees")[language],
          count: rest.reduce(0) { $0 + $1.count }
        ))
    }
    return sorted
  }
}
