import AuditBase
import AuditReports
import FreezeRules

extension DigestWords {
  /// - Parameter closed: the alerts that the digest's news close in the end.
  func row(_ event: LogEvent, closed: Set<String>) -> Digest.Row {
    var (sentence, details) = said(event)
    if event.section == .new, let id = event[.alertID], closed.contains(id) {
      sentence += Text(" (sudah selesai, lihat di bawah)", " (closed since, see below)")[language]
    }
    // What differs from person to person belongs to the row, or the details could not be said once for all.
    for label in AlertText.Label.allCases where label.isPersonal {
      if let line = line(label, event) { sentence += " · " + line }
    }
    if details.count > 20 { details = Array(details.prefix(20)) }
    return Digest.Row(event: event, sentence: sentence, facts: facts(event), details: details)
  }

  /// The sentence, and what is said beyond it.
  private func said(_ event: LogEvent) -> (sentence: String, details: [String]) {
    let details = AlertText.Label.allCases.filter { !$0.isPersonal }.compactMap { line($0, event) }
    if let summary = event[.summary] {
      let lead = AlertText.Lead(rawValue: event.event).flatMap {
        $0.isSaidBySection ? nil : $0.text[language]
      }
      return ((lead.map { $0 + ": " } ?? "") + Digest.plain(summary), details)
    }
    if event.isAboutRecord { return (sentence(event), details) }
    // The auditor of itself: a configuration refused, a ledger away.
    let lines = (event[.message] ?? event.event).split(whereSeparator: \.isNewline).map { line in
      settings.personalData == .full
        ? Digest.plain(String(line)) : Digest.plain(PersonInText.any.hidden(String(line)))
    }
    return (lines.first ?? event.event, Array(lines.dropFirst()))
  }

  private func line(_ label: AlertText.Label, _ event: LogEvent) -> String? {
    event[label.field].map { "\(label.text[language]): " + Digest.plain($0) }
  }

  private func facts(_ event: LogEvent) -> String {
    var facts: [String] = []
    if let nip = event[.nip] { facts.append("NIP " + Digest.plain(nip, limit: 40)) }
    if let id = event[.actionID] {
      facts.append(Text("catatan", "record")[language] + " " + Digest.plain(id, limit: 60))
    }
    if let seq = event.seq { facts.append("#\(seq)") }
    if event.origin == .ledger { facts.append(Text("dari buku besar", "from the ledger")[language]) }
    return facts.joined(separator: ", ")
  }

  /// A sentence for an entry without one: an older version wrote it, or nothing more of it may be shown.
  private func sentence(_ event: LogEvent) -> String {
    let what =
      event[.kind].map { Digest.plain($0, limit: 80) }
      ?? AlertText.Lead(rawValue: event.event)?.text[language]
    var parts = [what ?? Digest.plain(event.event, limit: 80)]
    if let decree = event[.decreeNo] { parts.append("SK " + Digest.plain(decree, limit: 80)) }
    if let inside = event[.inside].map({ Digest.plain($0, limit: 80) }) {
      let opens = event[.opens].map { Digest.plain($0, limit: 80) } ?? "?"
      let closes = event[.closes].map { Digest.plain($0, limit: 80) } ?? "?"
      parts.append(
        Text("\(inside) di dalam \(opens) s.d. \(closes)", "\(inside) inside \(opens) to \(closes)")[language]
      )
    }
    if let outcome = event.outcome {
      parts.append(outcome.phrase[language])
      if outcome.level == .alert { parts.append("perlu klarifikasi") }
    }
    return parts.joined(separator: "; ")
  }

  // MARK: Groups

  private struct Decree: Hashable {
    let number: String
    let date: String

    init(_ event: LogEvent) {
      number = Digest.plain(event[.decreeNo] ?? "", limit: 120).split(separator: " ").joined(separator: " ")
      date = Digest.plain(event[.decreeDate] ?? "", limit: 20)
    }
  }

  /// One group a decree (number and date), the most urgent first; in it, one block for the same details.
  func groups(_ rows: [Digest.Row]) -> [Digest.Group] {
    var order: [Decree] = []
    var byDecree: [Decree: [Digest.Row]] = [:]
    for row in rows {
      let decree = Decree(row.event)
      if byDecree[decree] == nil { order.append(decree) }
      byDecree[decree, default: []].append(row)
    }
    func urgency(_ decree: Decree) -> Int {
      (byDecree[decree] ?? []).map { $0.event.outcome?.rank ?? 99 }.min() ?? 99
    }
    let sorted = order.enumerated().sorted {
      (urgency($0.element), $0.offset) < (urgency($1.element), $1.offset)
    }
    return sorted.map { _, decree in
      let rows = byDecree[decree] ?? []
      let asked = rows.map(\.event).filter { [.new, .changed].contains($0.section) }
      return Digest.Group(title: title(decree, rows), blocks: blocks(rows), command: command(asked))
    }
  }

  private func blocks(_ rows: [Digest.Row]) -> [Digest.Block] {
    var blocks: [Digest.Block] = []
    var places: [[String]: Int] = [:]
    for row in rows {
      if let place = places[row.details] {
        blocks[place].rows.append(row)
      } else {
        places[row.details] = blocks.count
        blocks.append(Digest.Block(rows: [row], details: row.details))
      }
    }
    return blocks
  }

  private func title(_ decree: Decree, _ rows: [Digest.Row]) -> String {
    let ids = rows.filter { $0.event.isAboutRecord }.map { $0.event[.actionID] ?? $0.event[.alertID] ?? "" }
    if decree.number.isEmpty, decree.date.isEmpty, ids.isEmpty {
      return Text("Auditor", "The auditor")[language]
    }
    let day = decree.date.isEmpty ? "" : Text(" tanggal \(decree.date)", " of \(decree.date)")[language]
    let records = Set(ids).count
    let elections = Set(rows.compactMap { $0.event[.election] }).sorted().map { Digest.plain($0, limit: 60) }
    return name(decree.number) + day + " · "
      + Text("\(records) catatan", records == 1 ? "1 record" : "\(records) records")[language]
      + (elections.isEmpty ? "" : " · " + elections.joined(separator: ", "))
  }

  /// `SK 800/1`.
  func name(_ number: String) -> String {
    number.isEmpty ? Text("tanpa nomor SK", "no decree number")[language] : "SK \(number)"
  }
}
