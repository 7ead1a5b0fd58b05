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
    return Digest.Row(
      event: event, sentence: sentence, facts: facts(event), details: details, step: step(event) ?? "")
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
    let said = label == .next ? step(event) : event[label.field]
    return said.map { "\(label.text[language]): " + Digest.plain($0, limit: room.text) }
  }

  /// What to do depends on today: the log says it of the day on which it was written.
  private func step(_ event: LogEvent) -> String? {
    if let today, let text = event.step(on: today, workingDays)?.text { return text[language] + "." }
    return event[.next]
  }

  private func facts(_ event: LogEvent) -> String {
    var facts: [String] = []
    // Of the auditor itself it matters when: three outages of a day look alike.
    if !event.isAboutRecord, let at = event.recorded {
      facts.append(Moment(secondsSince2000: at, zone: zone).written(language))
    }
    if let nip = event[.nip] { facts.append("NIP " + Digest.plain(nip, limit: 40)) }
    if let id = event[.actionID] { facts.append("ID " + Digest.plain(id, limit: 60)) }
    if let seq = event.seq { facts.append("#\(seq)") }
    if event.origin == .ledger { facts.append(Text("dari arsip peringatan", "from the ledger")[language]) }
    return facts.joined(separator: ", ")
  }

  /// A sentence for an entry without one: an older version wrote it, or nothing more of it may be shown.
  private func sentence(_ event: LogEvent) -> String {
    let what =
      event[.kind].map { Digest.plain($0, limit: 80) }
      ?? AlertText.Lead(rawValue: event.event)?.text[language]
    var parts = [what ?? Digest.plain(event.event, limit: 80)]
    if let decree = event[.decreeNo] { parts.append(name(Digest.plain(decree, limit: 80))) }
    if let inside = event[.inside].map({ said(dates: $0) }) {
      let opens = WrittenDay.text(event[.opens], language) ?? "?"
      let closes = WrittenDay.text(event[.closes], language) ?? "?"
      parts.append(
        Text("\(inside) di dalam \(opens) s.d. \(closes)", "\(inside) inside \(opens) to \(closes)")[language]
      )
    }
    if let outcome = event.outcome {
      parts.append(outcome.phrase[language])
      if outcome.level == .alert {
        parts.append(Text("perlu klarifikasi", "needs clarification (perlu klarifikasi)")[language])
      }
    }
    return parts.joined(separator: "; ")
  }

  /// `decree_date,inaugurated_on` in words.
  private func said(dates: String) -> String {
    dates.split(separator: ",").map {
      DateField(rawValue: String($0))?.phrase[language] ?? Digest.plain(String($0), limit: 40)
    }.joined(separator: ", ")
  }

  // MARK: Groups

  /// What every decree of a section says in the same words is said once, above them.
  func common(_ groups: [Digest.Group]) -> (groups: [Digest.Group], common: [String]) {
    let blocks = groups.flatMap(\.blocks)
    guard groups.count > 1, let first = blocks.first(where: { !$0.details.isEmpty }) else {
      return (groups, [])
    }
    let common = first.details.filter { line in
      blocks.allSatisfy { $0.details.isEmpty || $0.details.contains(line) }
    }
    if common.isEmpty { return (groups, []) }
    var rest = groups
    for place in rest.indices {
      for block in rest[place].blocks.indices {
        rest[place].blocks[block].details.removeAll(where: common.contains)
      }
    }
    return (rest, common)
  }

  /// One group a decree (number and date), the most urgent first; in it, one block for the same details.
  func groups(_ rows: [Digest.Row], _ tally: NewsTally) -> [Digest.Group] {
    var order: [NewsTally.DecreeKey] = []
    var byDecree: [NewsTally.DecreeKey: [Digest.Row]] = [:]
    for row in rows {
      let decree = NewsTally.DecreeKey(row.event)
      if byDecree[decree] == nil { order.append(decree) }
      byDecree[decree, default: []].append(row)
    }
    // What can still be put off before everything else, the soonest first.
    func urgency(_ decree: NewsTally.DecreeKey) -> Int {
      let rows = byDecree[decree] ?? []
      let days = rows.compactMap { row -> Int? in
        guard let today, row.event.outcome?.level == .alert, let day = OpenAct(row.event).actDay,
          day.isAhead(on: today)
        else { return nil }
        return day.daysLeft(on: today)
      }
      if let soonest = days.min() { return soonest - 1_000_000 }
      return rows.map { $0.event.outcome?.rank ?? 99 }.min() ?? 99
    }
    let ranks = Dictionary(order.map { ($0, urgency($0)) }, uniquingKeysWith: min)
    let sorted = order.enumerated().sorted {
      (ranks[$0.element] ?? 99, $0.offset) < (ranks[$1.element] ?? 99, $1.offset)
    }
    return sorted.prefix(room.groups).map { _, decree in
      let rows = byDecree[decree] ?? []
      let count = tally.count(decree, shown: rows.count)
      let asked = rows.map(\.event).filter {
        [.new, .changed].contains($0.section) && $0[.stillInside] == nil
      }
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
    let day = WrittenDay.text(decree.date, language).map { Text(" tanggal ", " of ")[language] + $0 } ?? ""
    // Of a wave not all are known one by one.
    let records = count > rows.count ? count : Set(ids).count
    let elections = Set(rows.compactMap { $0.event[.election] }).sorted().map { Digest.plain($0, limit: 60) }
    return name(decree.number) + day + " · " + people(records)
      + (elections.isEmpty ? "" : " · " + elections.joined(separator: ", "))
  }

  /// `SK 800/1`.
  func name(_ number: String) -> String { DecreeName.text(number, language) }
}
