import AuditBase
import AuditReports
import FreezeRules

extension DigestWords {
  /// - Parameter ends: what the digest's news ends in the end.
  func row(_ event: LogEvent, _ ends: Digest.Ends) -> Digest.Row {
    var (sentence, details) = said(event)
    if event.section == .new, let id = event[.alertID], ends.closed.contains(id) {
      sentence += Text(" (sudah selesai, lihat di bawah)", " (closed since, see below)")[language]
    }
    if event.event == AlertText.Lead.auditBlind.rawValue, ends.seeing.contains(event[.source] ?? "") {
      sentence += Text(" (sudah berakhir)", " (ended since)")[language]
    }
    // What differs from person to person belongs to the row, or the details could not be said once for all.
    for label in AlertText.Label.allCases where label.isPersonal {
      if let line = line(label, event) { sentence += " · " + line }
    }
    if details.count > 20 { details = Array(details.prefix(20)) }
    sentence = Digest.plain(sentence, limit: 2 * room.text)
    return Digest.Row(event: event, sentence: sentence, facts: facts(event), details: details)
  }

  /// The sentence, and what is said beyond it.
  private func said(_ event: LogEvent) -> (sentence: String, details: [String]) {
    let details = AlertText.Label.allCases.filter { !$0.isPersonal }.compactMap { line($0, event) }
    if let summary = event[.summary] {
      let lead = AlertText.Lead(rawValue: event.event).flatMap {
        $0.isSaidBySection ? nil : $0.text[language]
      }
      return ((lead.map { $0 + ": " } ?? "") + Digest.plain(summary, limit: room.text), details)
    }
    if event.isAboutRecord { return (sentence(event), details) }
    // The auditor of itself: a configuration refused, a ledger away.
    let lines = (event[.message] ?? event.event).split(whereSeparator: \.isNewline).map { line in
      settings.personalData == .full
        ? Digest.plain(String(line), limit: room.text)
        : Digest.plain(PersonInText.any.hidden(String(line)), limit: room.text)
    }
    return (lines.first ?? event.event, Array(lines.dropFirst()))
  }

  private func line(_ label: AlertText.Label, _ event: LogEvent) -> String? {
    event[label.field].map { "\(label.text[language]): " + Digest.plain($0, limit: room.text) }
  }

  private func facts(_ event: LogEvent) -> String {
    var facts: [String] = []
    // Of the auditor itself it matters when: three outages of a day look alike.
    if !event.isAboutRecord, let at = event.recorded {
      facts.append(Moment(secondsSince2000: at, zone: zone).text)
    }
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

  /// One group a decree (number and date), the most urgent first; in it, one block for the same details.
  func groups(_ rows: [Digest.Row], _ tally: NewsTally) -> [Digest.Group] {
    var order: [NewsTally.DecreeKey] = []
    var byDecree: [NewsTally.DecreeKey: [Digest.Row]] = [:]
    for row in rows {
      let decree = NewsTally.DecreeKey(row.event)
      if byDecree[decree] == nil { order.append(decree) }
      byDecree[decree, default: []].append(row)
    }
    func urgency(_ decree: NewsTally.DecreeKey) -> Int {
      (byDecree[decree] ?? []).map { $0.event.outcome?.rank ?? 99 }.min() ?? 99
    }
    let ranks = Dictionary(order.map { ($0, urgency($0)) }, uniquingKeysWith: min)
    let sorted = order.enumerated().sorted {
      (ranks[$0.element] ?? 99, $0.offset) < (ranks[$1.element] ?? 99, $1.offset)
    }
    return sorted.prefix(room.groups).map { _, decree in
      let rows = byDecree[decree] ?? []
      let count = tally.count(decree, shown: rows.count)
      let asked = rows.map(\.event).filter { [.new, .changed].contains($0.section) }
      return Digest.Group(
        title: title(decree, rows, count), blocks: blocks(rows), count: count, command: command(asked))
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

  private func title(_ decree: NewsTally.DecreeKey, _ rows: [Digest.Row], _ count: Int) -> String {
    let ids = rows.filter { $0.event.isAboutRecord }.map { $0.event[.actionID] ?? $0.event[.alertID] ?? "" }
    if decree.number.isEmpty, decree.date.isEmpty, ids.isEmpty {
      return Text("Auditor", "The auditor")[language]
    }
    let day = decree.date.isEmpty ? "" : Text(" tanggal \(decree.date)", " of \(decree.date)")[language]
    // Of a wave not all are known one by one.
    let records = count > rows.count ? count : Set(ids).count
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
