import AuditBase
import AuditReports
import FreezeRules

extension Digest {
  /// What is open of one SK: a row of the table on top.
  struct DecreeRow: Sendable {
    let name: String
    /// Of the SK and of the oath.
    let days: [String]
    /// How long there is, where it can still be put off.
    let left: String?
    let people: Int
    /// The gravest.
    let outcome: Outcome?
    let phrase: String
    /// What was answered.
    let answered: String
    /// The last day for the letter, and what to do, where it can still be put off.
    let urgent: [String]
  }
}

extension DigestWords {
  /// The rows, what can still be put off first, and the sentence for the subject.
  /// - Parameter alerts: those known one by one.
  func decrees(_ alerts: [OpenAlert], _ today: CivilDate, _ workingDays: WorkingDays) -> (
    rows: [Digest.DecreeRow], ahead: Text?
  ) {
    struct Key: Hashable {
      let number: String
      let date: String?
    }
    var order: [Key] = []
    var groups: [Key: [OpenAlert]] = [:]
    for alert in alerts {
      let number = Digest.plain(alert.decreeNo ?? "", limit: 120).split(separator: " ").joined(separator: " ")
      let key = Key(number: number, date: alert.decreeDate ?? alert.act?.decreeDate)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(alert)
    }
    let made = order.map { key in
      (key, Group(groups[key] ?? [], today: today))
    }.sorted { $0.1.place < $1.1.place }
    let ahead = AheadText.clause(made.flatMap(\.1.ahead), on: today)
    return (made.map { row($0.0.number, $0.0.date, $0.1, today, workingDays) }, ahead)
  }

  /// The open alerts of one SK.
  private struct Group {
    let alerts: [OpenAlert]
    /// One day a person that can still be put off.
    let ahead: [ActDay]
    let people: Int
    let outcome: Outcome?
    private let first: ActDay?

    init(_ alerts: [OpenAlert], today: CivilDate) {
      self.alerts = alerts
      var byPerson: [String: OpenAlert] = [:]
      for alert in alerts { byPerson[alert.act?.actionID ?? alert.alertID] = alert }
      people = byPerson.count
      outcome = alerts.compactMap { Outcome(rawValue: $0.outcome) }.min { $0.rank < $1.rank }
      let urgent = byPerson.sorted { $0.key < $1.key }.compactMap { _, alert -> ActDay? in
        guard Outcome(rawValue: alert.outcome)?.level == .alert else { return nil }
        return alert.act?.actDay.flatMap { $0.isAhead(on: today) ? $0 : nil }
      }
      ahead = urgent
      first = urgent.min { $0.span.first < $1.span.first }
    }

    var soonest: ActDay? { first }
    /// What can still be put off, the soonest first; then by gravity, of what is done the latest first.
    var place: (Int, Int, Int) {
      let day = alerts.compactMap { $0.act?.actDay?.span.first }.max() ?? .min
      return ((first?.span.first ?? .max).daysSince2000, outcome?.rank ?? 99, -day.daysSince2000)
    }
  }

  private func row(
    _ number: String, _ date: String?, _ group: Group, _ today: CivilDate, _ workingDays: WorkingDays
  ) -> Digest.DecreeRow {
    var days: [String] = []
    if let day = WrittenDay.text(date, language) {
      days.append(Text("tanggal", "dated")[language] + " " + day)
    }
    var oaths: [String] = []
    for day in group.alerts.compactMap({ WrittenDay.text($0.act?.inauguratedOn, language) })
    where !oaths.contains(day) && oaths.count < 3 {
      oaths.append(day)
    }
    if !oaths.isEmpty {
      days.append(Text("pelantikan", "oath")[language] + " " + oaths.joined(separator: ", "))
    }
    let letterBy = group.alerts.compactMap { $0.act?.letterBy }.min()
    var urgent: [String] = []
    if let soonest = group.soonest {
      if let letterBy {
        let isOver = letterBy < today ? Text(" (sudah lewat)", " (over)")[language] : ""
        urgent.append(
          Text("surat Menteri paling lambat ", "the Minister's letter by ")[language]
            + letterBy.written(language) + isOver)
      }
      let step = NextStep(
        group.outcome ?? .inside, actDay: soonest, letterBy: letterBy, today: today, workingDays: workingDays)
      if let text = step.text?[language] { urgent.append(text) }
    }
    return Digest.DecreeRow(
      name: name(number), days: days,
      left: group.soonest.map { AheadText.left($0.daysLeft(on: today))[language] }, people: group.people,
      outcome: group.outcome, phrase: group.outcome?.phrase[language] ?? "-",
      answered: answered(group.alerts) ?? Text("belum ditanggapi", "not answered")[language],
      urgent: urgent)
  }

  var decreesTitle: String { Text("Terbuka per SK", "Open by decree (SK)")[language] }
  var decreeColumns: [String] {
    [
      Text("SK, tanggal, pelantikan", "Decree, date, oath"), Text("Orang", "People"),
      Text("Kesimpulan, tanggapan", "Outcome, answer"),
    ].map { $0[language] }
  }
  var aheadTitle: String {
    Text("Belum berlaku, masih dapat ditunda", "Not yet done, can still be put off")[language]
  }

  /// `3 orang`.
  func people(_ count: Int) -> String {
    Text("\(count) orang", count == 1 ? "1 person" : "\(count) people")[language]
  }

  /// The rows as lines of text.
  func lines(_ rows: [Digest.DecreeRow], hidden: Int) -> [String] {
    if rows.isEmpty { return [] }
    let urgent = rows.filter { $0.left != nil }
    var lines: [String] = []
    if !urgent.isEmpty { lines += ["", aheadTitle.uppercased()] }
    for row in urgent {
      let left = row.left.map { " (\($0))" } ?? ""
      lines.append("  " + ([row.name] + row.days).joined(separator: " · ") + left)
      lines.append("    " + [people(row.people), row.phrase, row.answered].joined(separator: " · "))
      lines += row.urgent.map { "    - " + $0 }
    }
    let rest = rows.filter { $0.left == nil }
    if !rest.isEmpty { lines += ["", decreesTitle.uppercased()] }
    lines += rest.map { row in
      "  "
        + ([row.name] + row.days + [people(row.people), row.phrase, row.answered]).joined(separator: " · ")
    }
    if hidden > 0 { lines.append("  " + more(hidden)) }
    return lines
  }

  /// SKs that there is no room for.
  func more(_ hidden: Int) -> String {
    Text(
      "… dan \(hidden) SK lagi: freeze-auditor alerts list",
      "… and \(hidden) more: freeze-auditor alerts list")[language]
  }
}

/// The rows as tables of a mail, which a telephone shows without scrolling sideways.
enum DigestDecreesHTML {
  static func render(_ rows: [Digest.DecreeRow], hidden: Int, _ words: DigestWords) -> HTML {
    if rows.isEmpty { return HTML() }
    let urgent = rows.filter { $0.left != nil }
    let rest = rows.filter { $0.left == nil }
    var html = HTML()
    if !urgent.isEmpty {
      html += """
        <div class="red" style="border:2px solid #a3131b;background:#fdeeee;padding:.5em .8em;margin:1em 0">
        <h2 class="redtext" style="font-size:17px;margin:0;color:#a3131b">\(words.aheadTitle)</h2>
        \(table(urgent, words))</div>

        """
    }
    if !rest.isEmpty {
      html += "<h2 style=\"font-size:16px;border-bottom:1px solid #999\">\(words.decreesTitle)</h2>\n"
      html += table(rest, words)
    }
    if hidden > 0 { html += "<p>\(words.more(hidden))</p>\n" }
    return html
  }

  private static func table(_ rows: [Digest.DecreeRow], _ words: DigestWords) -> HTML {
    let plain: HTML = "padding:5px 8px 5px 0;vertical-align:top;text-align:left;font-weight:normal"
    let cell: HTML = "border-top:1px solid #bbb;\(plain)"
    // Only a number of an SK may be broken anywhere; what is to be done has a row of its own, or it would squeeze the others.
    let breaks: HTML = "overflow-wrap:anywhere;word-break:break-word"
    let lines = rows.map { row -> HTML in
      let left: HTML =
        row.left.map { "<br><strong class=\"redtext\" style=\"color:#a3131b\">\($0)</strong>" as HTML }
        ?? HTML()
      let steps = row.urgent.map { "<div>\($0)</div>" as HTML }
      let urgent: HTML =
        row.urgent.isEmpty
        ? HTML()
        : "<tr><td colspan=\"3\" style=\"padding:0 0 8px;font-size:13px;\(breaks)\">\(steps)</td></tr>\n"
      return """
        <tr><th scope="row" style="\(cell);\(breaks)"><strong>\(row.name)</strong><br><span class="soft" style="color:#555;font-size:13px">\(row.days.joined(separator: " · "))</span>\(left)</th><td style="\(cell);white-space:nowrap">\(words.people(row.people))</td><td style="\(cell)"><strong class="\(kind(row))" style="color:\(colour(row))">\(row.phrase)</strong><br><span class="soft" style="color:#555;font-size:13px">\(row.answered)</span></td></tr>
        \(urgent)
        """
    }
    let widths = ["50%", "19%", "31%"]
    let heads = zip(words.decreeColumns, widths).map { title, width -> HTML in
      "<th scope=\"col\" class=\"soft\" style=\"\(plain);width:\(width);color:#555;font-size:13px\">\(title)</th>"
    }
    return """
      <table style="border-collapse:collapse;table-layout:fixed;width:100%;font-size:14px">
      <tr>\(heads)</tr>
      \(lines)</table>

      """
  }

  /// Red only where somebody can still act.
  private static func colour(_ row: Digest.DecreeRow) -> String {
    if row.left != nil { return "#a3131b" }
    switch row.outcome?.level {
    case .alert: return row.outcome == .depends ? "#6b4d00" : "#6d3210"
    case .notice: return "#4f348a"
    case .silent, nil: return "#333333"
    }
  }

  private static func kind(_ row: Digest.DecreeRow) -> String {
    if row.left != nil { return "redtext" }
    return row.outcome?.level == .alert ? "brown" : "soft"
  }

  /// For mail programs that show a mail dark.
  static let style: HTML = """
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><style>:root{color-scheme:light dark}@media(prefers-color-scheme:dark){body{background:#14181d!important;color:#e8edf2!important}.soft{color:#aab5c0!important}.red{background:#3a1416!important;border-color:#ff9c9c!important}.redtext{color:#ff9c9c!important}.brown{color:#f0b48a!important}.warn{background:#332908!important}a{color:#8cc2f5}}</style>
    """
}
