import AuditBase
import FreezeRules

/// One SK of the page: its row in the table of page one, and its block with a row a person.
struct HTMLDecree {
  let name: String
  let number: String?
  let date: RecordedDate?
  let source: String?
  let isContinued: Bool
  let urgency: Urgency
  let facts: DecreeFacts
  /// Of all its people, for the filters.
  let classes: HTML
  /// What is the same for all its people.
  let region: String?
  let dates: HTML?
  let remarks: HTML?
  let outcome: HTML?
  /// The rows of the people, then how they were judged: where they were put aside.
  let people: Range<Int>
  /// The number of the first of them.
  let first: Int
  /// People shown.
  let count: Int
  /// Approved people who are not shown.
  var approvedBesides = 0

  init(
    _ group: DecreeOrder<HTMLReport.Act>.Group, facts: DecreeFacts, people: [HTMLPerson], _ text: HTMLText,
    into bodies: Spool
  ) throws {
    name = group.decree?.name ?? text("Tanpa nomor SK", "No decree number")
    number = group.decree?.number
    date = group.decree?.date
    source = group.source.map { PlainText.line($0, limit: 60) }
    isContinued = group.isContinued
    urgency = group.urgency
    count = people.count
    first = people.first?.number ?? 0
    self.facts = facts
    let common = HTMLPerson.Common(people)
    region = common.hasRegion ? people.first?.region : nil
    dates = common.hasDates ? people.first?.dates : nil
    remarks = common.hasRemarks ? people.first?.remarks : nil
    outcome = common.hasOutcome ? people.first?.outcomeLine : nil
    classes = Self.classes(people)
    var rows = HTML()
    for run in HTMLPerson.runs(people) {
      if common.isOutcomeAbove, !common.hasOutcome, let first = run.first {
        rows +=
          "<tr class=\"run\(first.classes)\"><td colspan=\(common.hasDates ? 2 : 3)>\(first.outcomeLine) (\(text.people(run.count)))\(first.remarks)\n"
      }
      for person in run { rows += person.row(common) }
    }
    let body: HTML = "<table class=pp><tbody>\n\(rows)</tbody></table>\n" + Self.reasoning(people, text)
    self.people = try bodies.append(body.bytes)
  }

  /// Each class of its people once.
  private static func classes(_ people: [HTMLPerson]) -> HTML {
    var places: Set<HTMLFilters.Place> = []
    var seen: Set<String> = []
    var classes = HTML()
    for person in people where places.insert(person.filters).inserted {
      for word in person.filters.words where seen.insert(word).inserted { classes += " \(word)" }
    }
    return classes
  }

  /// The reasoning, once for all people who share it.
  private static func reasoning(_ people: [HTMLPerson], _ text: HTMLText) -> HTML {
    var order: [HTMLReasoning.Written] = []
    var sharers: [[HTMLPerson]] = []
    for person in people {
      if let place = order.firstIndex(where: { $0 === person.judged.reasoning }) {
        sharers[place].append(person)
      } else {
        order.append(person.judged.reasoning)
        sharers.append([person])
      }
    }
    let parts = zip(order, sharers).map { reasoning, people -> HTML in
      guard order.count > 1 else { return reasoning.html }
      let links = people.prefix(8).map { "<a href=\"#f\($0.number)\"><bdi>\($0.id)</bdi></a>" as HTML }
      let more = people.count > 8 ? " …" : ""
      return
        "<p class=for>\(text.people(people.count)): \(links.joined(separator: ", "))\(more)\(reasoning.html)"
    }
    return "<details><summary>\(text[.why])</summary>\(parts)</details>\n"
  }

  // MARK: Page one

  /// The row of the table of page one.
  func row(_ place: Int, _ page: HTMLPage) -> HTML {
    let text = page.text
    let counts = facts.counts
    func number(_ value: Int, _ label: String) -> HTML {
      "<td class=num data-l=\"\(label)\">\(value == 0 ? "–" : text.number(value))"
    }
    let labels = HTMLPage.columns.map { $0[text.language] }
    let others = counts[.reversal] + counts[.unjudgeable]
    let letter = facts.letterBy.map { $0.written(text.language) } ?? "–"
    let law: HTML = page.common.law == nil ? "<td data-l=\"\(labels[8])\">\(self.law(text))" : HTML()
    let numbers = [
      number(count + approvedBesides, labels[2]), number(counts[.approved] + approvedBesides, labels[3]),
      number(counts[.approvalMismatch], labels[4]), number(counts[.approvedLate], labels[5]),
      number(facts.withoutLetter, labels[6]), number(others, labels[7]),
    ]
    return """
      <tr class="row\(classes)\(urgency.ahead == nil ? "" : " ahead")"><th scope=row><a href="\(page.pages.file(ofDecree: place - 1))#s\(place)"><bdi>\(name)</bdi></a>\(isContinued ? " (…)" : "")<p class=s>\(sub(text))<td data-l="\(labels[1])">\(oath(page))\(numbers)\(law)<td data-l="\(labels[9])">\(letter)<td class=pen><td class=pen>

      """
  }

  private func sub(_ text: HTMLText) -> String {
    [source, date.flatMap { $0.written(text.language) }].compactMap { $0 }.joined(separator: " · ")
  }

  /// The day of the oath, and how many days are left.
  private func oath(_ page: HTMLPage) -> HTML {
    let text = page.text
    var days = facts.oaths.prefix(3).map { $0.written(text.language) }.joined(separator: ", ")
    if facts.oaths.count > 3 { days += " …" }
    guard let ahead = facts.ahead else { return HTML(text: days.isEmpty ? "–" : days) }
    let left = AheadText.left(ahead.daysLeft(on: page.header.knownOn))[text.language]
    if days.isEmpty { days = text.label(ahead.field) + " " + ahead.span.written(text.language) }
    return "\(days)<p class=left>\(left)"
  }

  /// Article and window.
  private func law(_ text: HTMLText) -> HTML {
    if facts.windows.isEmpty { return "–" }
    return facts.windows.map { window -> HTML in
      let end = window.closes.map(text.day) ?? text("belum diketahui", "not known yet")
      return "<p>\(window.ruleTitle)<p class=s>\(text.day(window.earliest)) – \(end)"
    }.joined()
  }

  // MARK: Its block

  /// The block with its people.
  func block(_ place: Int, _ page: HTMLPage) throws -> [UInt8] {
    let text = page.text
    // What holds for every SK of a long report is said once, above them.
    let law = (page.isLong && page.common.law != nil ? [] : facts.windows).map { window -> HTML in
      "<p class=facts><a href=\"#w\(page.tally.number(of: window))\">\(window.ruleTitle) · \(window.election)</a>: \(window.written(text.language))"
    }
    let dates: HTML = self.dates.map { "<dl class=cd>\($0)</dl>" } ?? HTML()
    let head: HTML = """
      <section class="sk\(classes)\(urgency.ahead == nil ? "" : " ahead")\(count == 1 ? " one" : "")" id=s\(place)><div class=hd><h3><bdi>\(name)</bdi>\(isContinued ? text(" (lanjutan)", " (continued)") : "")</h3>\(badge(page))\(said(page))\(law)\(deadlines(text))\(dates)\(outcome ?? HTML())\(remarks ?? HTML())\(step(page))</div>

      """
    return head.bytes + (try page.bodies.read(people)) + "</section>\n".utf8
  }

  private func badge(_ page: HTMLPage) -> HTML {
    guard let ahead = facts.ahead else { return HTML() }
    return "<p class=badge>\(AheadText.day(ahead, on: page.header.knownOn)[page.text.language])"
  }

  private func said(_ page: HTMLPage) -> HTML {
    let text = page.text
    var said = count == 1 ? [] : [text.people(count)]
    if let source { said.insert(source, at: 0) }
    if dates == nil, let date, let written = date.written(text.language) {
      said.insert(text("tanggal SK", "dated") + " " + written, at: 0)
    }
    let oaths = facts.oaths.prefix(3).map { $0.written(text.language) }.joined(separator: ", ")
    if dates == nil, !oaths.isEmpty {
      said.append(text("pelantikan", "inaugurated") + " " + oaths + (facts.oaths.count > 3 ? " …" : ""))
    }
    // One that all share is said once, on top.
    if let region, page.common.region == nil { said.append(region) }
    let letters = facts.letters.prefix(3).joined(separator: ", ") + (facts.letters.count > 3 ? " …" : "")
    if !letters.isEmpty {
      said.append(text("menyebut surat Menteri", "cites the Minister’s letter") + " " + letters)
    }
    if approvedBesides > 0 {
      said.append(
        text(
          "\(approvedBesides) lainnya disetujui lebih dulu",
          "\(approvedBesides) others approved beforehand"))
    }
    let html = HTML(text: said.joined(separator: " · "))
    guard letters.isEmpty else { return "<p class=facts>\(html)" }
    // Crowded paper leaves it out and says so on top.
    let none = text("tidak menyebut surat Menteri", "cites no letter of the Minister")
    return said.isEmpty
      ? "<p class=\"facts nl\">\(none)" : "<p class=facts>\(html)<span class=nl> · \(none)</span>"
  }

  /// The last days for letter and report.
  private func deadlines(_ text: HTMLText) -> HTML {
    guard let letter = facts.letterBy?.written(text.language) else { return HTML() }
    guard facts.ahead == nil, let report = facts.step?.reportBy?.written(text.language) else {
      return "<p class=facts>\(text("surat Menteri paling lambat ", "the Minister’s letter by "))\(letter)"
    }
    let both = text(
      "paling lambat: surat Menteri \(letter), laporan \(report)",
      "last days: the Minister’s letter \(letter), report \(report)")
    return "<p class=facts>\(both)"
  }

  private func step(_ page: HTMLPage) -> HTML {
    guard let step = facts.step, let sentence = step.text else { return HTML() }
    let text = page.text
    if page.isLong, let legend, let place = page.common.legends.firstIndex(of: legend) {
      return "<p class=st><a href=\"#n\(place + 1)\">\(text("Langkah", "Step")) \(place + 1)</a>"
    }
    let change = legend?.change?[text.language]
    let changes: HTML =
      change.map {
        "<p class=st><b>\(text("Yang akan mengubah kesimpulan", "What would change the conclusion")):</b> \($0)."
      } ?? HTML()
    return "<p class=st><b>\(text("Langkah", "Next step")):</b> \(sentence[text.language]).\(changes)"
  }

  /// The kind of step that it needs.
  var legend: NextStepLegend? {
    facts.step.map { NextStepLegend(outcome: $0.outcome, isAhead: facts.ahead != nil) }
  }
}
