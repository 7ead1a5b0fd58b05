import AlertMail
import AuditBase
import AuditReports
import AuditService
import FreezeRules

/// The alerts as people read them: what can still be put off first, then an SK a block, a person a line.
struct AlertsTable {
  private struct Group {
    let decree: String
    let day: String?
    var entries: [AlertsList.Entry] = []
  }

  private let groups: [(group: Group, ahead: ActDay?)]
  private let count: OpenCount
  private let today: CivilDate
  private let language: Language

  init(_ entries: [AlertsList.Entry], today: CivilDate, _ language: Language) {
    self.today = today
    self.language = language
    count = OpenCount(entries.lazy.filter(\.alert.isOpen).map(\.alert.outcome))
    var order: [Group] = []
    var places: [String: Int] = [:]
    for entry in entries {
      let decree = DecreeName.text(entry.fact("decree_no"), language)
      let day = entry.fact("decree_date")
      let key = "\(decree)\u{0}\(day ?? "")"
      let place = places[key] ?? order.count
      if place == order.count {
        places[key] = place
        order.append(Group(decree: decree, day: day))
      }
      order[place].entries.append(entry)
    }
    let urgent = order.map { group in
      (
        group: group,
        ahead: group.entries.compactMap { $0.ahead(on: today) }.min { $0.span.first < $1.span.first }
      )
    }
    groups = urgent.enumerated().sorted {
      ($0.element.ahead?.span.first ?? .max, $0.offset) < ($1.element.ahead?.span.first ?? .max, $1.offset)
    }.map(\.element)
  }

  /// Every line, without its end.
  var lines: [String] {
    if groups.isEmpty { return [] }
    let width = groups.flatMap(\.group.entries).map { phrase($0).count }.max() ?? 0
    let head = [
      Text("ID peringatan", "Alert id")[language].padded(13),
      Text("Kesimpulan", "Outcome")[language].padded(width), Text("Siapa", "Who")[language],
    ].joined(separator: "  ")
    var lines = ["  " + head]
    let urgent = groups.count { $0.ahead != nil }
    if urgent > 0 {
      lines += ["", Text("BELUM BERLAKU, MASIH DAPAT DITUNDA", "CAN STILL BE PUT OFF")[language]]
    }
    for (place, item) in groups.enumerated() {
      if place == urgent, urgent > 0 { lines += ["", Text("SUDAH BERJALAN", "ALREADY DONE")[language]] }
      lines += ["", title(item.group, item.ahead)]
      for entry in item.group.entries {
        let row = [
          String(entry.alert.alertID.description.prefix(12)).padded(13), phrase(entry).padded(width),
          entry.who(language),
        ]
        lines.append("  " + row.joined(separator: "  "))
        lines += entry.answers(language).map { "    " + $0 }
      }
    }
    return lines + ["", count.text[language]]
  }

  private func title(_ group: Group, _ ahead: ActDay?) -> String {
    let people = Set(group.entries.map(\.alert.actionID)).count
    let parts = [
      group.decree, WrittenDay.text(group.day, language),
      Text("\(people) orang", people == 1 ? "1 person" : "\(people) people")[language],
      ahead.map { AheadText.day($0, on: today)[language] },
    ]
    return parts.compactMap(\.self).joined(separator: " · ")
  }

  private func phrase(_ entry: AlertsList.Entry) -> String {
    let phrase = Outcome(rawValue: entry.alert.outcome)?.phrase[language] ?? entry.alert.outcome
    return entry.alert.isOpen ? phrase : Text("selesai: ", "closed: ")[language] + phrase
  }
}

extension AlertsList.Entry {
  /// The day on which it can still be put off.
  func ahead(on today: CivilDate) -> ActDay? {
    guard alert.isOpen, Outcome(rawValue: alert.outcome)?.level == .alert else { return nil }
    return body.map(OpenAct.init)?.actDay.flatMap { $0.isAhead(on: today) ? $0 : nil }
  }

  /// Name or NIP, the record, the rule.
  func who(_ language: Language) -> String {
    let parts = [
      fact("employee_name") ?? fact("nip") ?? "-", fact("kind") ?? "-", "ID \(actionID)",
      "\(RuleName.phrase(alert.rule)[language]), \(alert.election)",
    ]
    return parts.map { PlainText.line($0, limit: 80) }.joined(separator: " · ")
  }

  /// What was answered.
  func answers(_ language: Language) -> [String] {
    var lines: [String] = []
    if let acknowledgement {
      let until = acknowledgement.until.written(language)
      lines.append(
        Text(
          "ditanggapi \(acknowledgement.author) sampai \(until)",
          "acknowledged by \(acknowledgement.author) until \(until)")[language])
    }
    if let answer { lines.append(answer.written(language)) }
    return lines.map { PlainText.line($0, limit: 300) }
  }
}

extension String {
  /// With blanks up to a width.
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
