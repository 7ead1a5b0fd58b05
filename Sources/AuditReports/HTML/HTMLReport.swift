import AuditBase
import FreezeRules

/// One self-contained page: the answer, a picture of time, the acts per SK, data quality, the law, and how it was made.
/// No script, no network, nothing outside the file; the same input gives the same bytes.
struct HTMLReport: ReportWriter {
  var header: ReportHeader
  let sink: ReportSink
  private let text: HTMLText
  private let templates: HTMLTemplates
  private let labels: [String: String]
  private var order: DecreeOrder<ReportedRecord>
  private var groups: [Rendered] = []
  private var tally: HTMLTally
  private var changes = ChangeCounts()
  private var number = 0

  /// An SK as text, and what its heading says.
  private struct Rendered {
    let decree: DecreeOrder<ReportedRecord>.Decree?
    let source: String?
    let isContinued: Bool
    let count: Int
    let inaugurations: [CivilDate]
    let letters: [String]
    let body: [UInt8]
  }

  init(header: ReportHeader, sink: @escaping ReportSink) throws {
    self.header = header
    self.sink = sink
    order = DecreeOrder(isSorted: header.isByDecree)
    text = HTMLText(language: header.language)
    templates = try HTMLTemplates()
    labels = text.labels
    tally = HTMLTally(header: header)
  }

  mutating func add(_ finding: ReportedRecord) throws {
    changes.add(finding.comparison)
    tally.count(finding.judgement)
    render(order.add(finding.judgement.action, finding, of: finding.source))
  }

  mutating func pass(_ judgement: Judgement) { tally.count(judgement) }

  private mutating func render(_ groups: [DecreeOrder<ReportedRecord>.Group]) {
    for group in groups {
      var body: [UInt8] = []
      var inaugurations: Set<CivilDate> = []
      var letters: Set<String> = []
      for finding in group.elements {
        number += 1
        let judgement = finding.judgement
        if let span = judgement.action.inauguratedOn.span, span.isExact { inaugurations.insert(span.first) }
        if let letter = judgement.action.approvalNo { letters.insert(PlainText.line(letter, limit: 60)) }
        tally.place(judgement, number: number)
        let values = HTMLFinding(finding: finding, header: header, text: text, number: number)
          .values { tally.number(of: $0) }
        body += templates.finding.render(values).utf8
      }
      self.groups.append(
        Rendered(
          decree: group.decree, source: group.source, isContinued: group.isContinued,
          count: group.elements.count,
          inaugurations: inaugurations.sorted(), letters: letters.sorted(), body: body))
    }
  }

  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    render(order.take())
    try sink(Array(templates.head.render(head(counts, isComplete, sources)).utf8))
    try sink(header.sectionsHTML(isLeading: true).bytes)
    for (index, group) in groups.enumerated() {
      try sink(Array(templates.group.render(heading(group, index + 1)).utf8))
      try sink(group.body)
      try sink(Array("</ol></section>\n".utf8))
    }
    try sink(header.sectionsHTML(isLeading: false).bytes)
    try sink(Array(templates.foot.render(foot(counts, sources)).utf8))
  }

  private func head(_ counts: Counts, _ isComplete: Bool, _ sources: [SourceLine]) -> [String: Any] {
    let tiles = Outcome.allCases.filter { counts[$0] > 0 }.map { outcome -> [String: Any] in
      [
        "level": HTMLFinding.level(outcome), "outcome": outcome.rawValue, "count": counts[outcome],
        "countText": text.number(counts[outcome]), "phrase": outcome.phrase[header.language],
      ]
    }
    let isIndexed = groups.count > 1 && groups.count <= 500
    return [
      "t": labels, "lang": header.language.rawValue, "version": header.programVersion,
      "style": HTMLStyle.sheet, "glyphs": HTMLStyle.glyphs, "isShort": number <= 40,
      "title": "\(text.number(counts.alerts)) \(text("dari", "of")) \(text.number(counts.read)) "
        + text("catatan perlu klarifikasi", "records need clarification") + " · freeze-auditor",
      "alerts": counts.alerts, "alertsText": text.number(counts.alerts), "read": counts.read,
      "readText": text.number(counts.read), "knownOn": header.knownOn.description,
      "knownOnText": text.longDay(header.knownOn), "source": PlainText.line(header.source, limit: 200),
      "warnings": ReportText.summary(header, counts, isComplete, changes).dropFirst()
        + sources.filter { $0.problem != nil }.map { $0.text(header.language) },
      "tiles": tiles, "timelines": tally.timelines(text), "isEmpty": groups.isEmpty,
      "hasIndex": isIndexed, "groupCount": text.number(groups.count),
      "index": isIndexed ? groups.enumerated().map { heading($0.element, $0.offset + 1) } : [],
    ]
  }

  private func heading(_ group: Rendered, _ place: Int) -> [String: Any] {
    let people = text(
      "\(text.number(group.count)) orang",
      "\(text.number(group.count)) \(group.count == 1 ? "person" : "people")")
    let date = group.decree?.date.map { written in CivilDate(iso: written).map(text.day) ?? written }
    var facts = [people]
    if let source = group.source { facts.insert(PlainText.line(source, limit: 60), at: 0) }
    if let date { facts.insert(text("tanggal SK", "dated") + " " + date, at: 0) }
    if !group.inaugurations.isEmpty {
      let days = group.inaugurations.prefix(3).map(text.day).joined(separator: ", ")
      facts.append(
        text("pelantikan", "inaugurated") + " " + days + (group.inaugurations.count > 3 ? " …" : ""))
    }
    facts.append(
      group.letters.isEmpty
        ? text("tidak menyebut surat Menteri", "cites no letter of the Minister")
        : text("menyebut surat Menteri", "cites the Minister’s letter") + " "
          + group.letters.prefix(3).joined(separator: ", ") + (group.letters.count > 3 ? " …" : ""))
    var values: [String: Any] = [
      "n": place, "people": people, "facts": facts.joined(separator: " · "),
      "number": group.decree.map(\.name) ?? text("Tanpa nomor SK", "No decree number"),
    ]
    values["date"] = date
    if group.isContinued { values["continued"] = text("(lanjutan)", "(continued)") }
    return values
  }

  private func foot(_ counts: Counts, _ sources: [SourceLine]) -> [String: Any] {
    let quality = tally.quality(text)
    var values: [String: Any] = [
      "t": labels, "quality": quality, "hasQuality": !quality.isEmpty, "windows": tally.windowCards(text),
      "sums": Outcome.allCases.map { outcome -> [String: Any] in
        [
          "phrase": outcome.phrase[header.language], "count": counts[outcome],
          "countText": text.number(counts[outcome]),
        ]
      },
      "read": counts.read, "readText": text.number(counts.read),
      "made": made + sources.map { ["label": $0.title, "value": $0.result[header.language]] },
    ]
    if quality.isEmpty {
      values["qualityNone"] = text(
        "Semua catatan yang dibaca dapat dinilai, tanpa catatan mutu.",
        "Every record read could be judged, without remarks on quality.")
    }
    return values
  }

  private var made: [[String: Any]] {
    func fact(_ label: String, _ value: String) -> [String: Any] { ["label": label, "value": value] }
    var facts = [
      fact(text("Program", "Program"), "freeze-auditor \(header.programVersion)"),
      fact(text("Sumber catatan", "Source of the records"), PlainText.line(header.source, limit: 300)),
      fact(
        text("Sumber persetujuan", "Source of the approvals"),
        header.approvals.map { PlainText.line($0, limit: 300) }
          ?? text(
            "catatan itu sendiri, atau tabel persetujuan pada basis data",
            "the records themselves, or the database’s table of approvals")),
      fact(text("Menurut yang diketahui pada", "As known on"), text.longDay(header.knownOn)),
    ]
    if let day = header.comparedKnownOn {
      facts.append(fact(text("Dibandingkan dengan", "Compared with"), text.longDay(day)))
    }
    facts += header.assumptions.map {
      fact(
        text("Andaian", "What if"),
        "\($0.election): \(text("penetapan", "determination")) \(text.longDay($0.determination))")
    }
    if let region = header.region { facts.append(fact(text("Wilayah", "Region"), region)) }
    facts.append(
      fact(
        text("Data pribadi", "Personal data"),
        header.personalData == .masked ? text("disamarkan", "masked") : text("lengkap", "in full")))
    facts.append(fact(text("Kalender", "Calendar"), header.table.calendarState(header.language)))
    facts.append(fact(text("Aturan (SHA-256)", "Rulebook (SHA-256)"), header.table.rulebook.hash))
    facts.append(fact(text("Kalender (SHA-256)", "Calendar (SHA-256)"), header.table.calendar.hash))
    return facts
  }
}
