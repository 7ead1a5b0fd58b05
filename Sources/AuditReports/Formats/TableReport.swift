import AuditBase
import FreezeRules

/// Findings for a terminal: grouped per SK number and date, then the counts. No line is wider than asked for.
struct TableReport: ReportWriter {
  var header: ReportHeader
  let sink: ReportSink
  private var order: DecreeOrder<String>
  private var changes = ChangeCounts()
  /// Acts dated before a window and first recorded inside it that are not shown.
  private var backdated = 0
  /// Whether what can still be put off was written last.
  private var isAhead = false

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
    order = DecreeOrder(on: header.knownOn, isSorted: header.isByDecree)
  }

  private var language: Language { header.language }

  mutating func add(_ finding: ReportedRecord) throws {
    changes.add(finding.comparison)
    // Apart: as an argument it would be made while `self` is read, and what is held copied for every act.
    let complete = order.add(
      finding.judgement, lines(finding).joined(separator: "\n"), of: finding.source)
    try write(complete)
  }

  mutating func pass(_ judgement: Judgement) {
    if judgement.notes.contains(.possibleBackdating) { backdated += 1 }
  }

  private func lines(_ finding: ReportedRecord) -> [String] {
    let judgement = finding.judgement
    let action = judgement.action
    let person = [
      action.employeeName.map { PlainText.line($0, limit: 60) },
      action.nip.map { "NIP " + PlainText.line($0, limit: 24) },
    ].compactMap { $0 }.joined(separator: ", ")
    let indent = "      "
    func wrap(_ text: String) -> [String] { TextWidth.wrap(text, indent: indent, header.width) }
    let id = "  [\(PlainText.line(action.actionID, limit: 32))] "
    let outcome = judgement.phrase[language].uppercased()
    let room = max(1, header.width - TextWidth.of(id))
    let ahead = judgement.ahead(on: header.knownOn)
    let days = ahead.map { AheadText.day($0, on: header.knownOn)[language].uppercased() + ": " } ?? ""
    let first =
      TextWidth.fit(id, header.width)
      + coloured(judgement.outcome, isAhead: ahead != nil, TextWidth.fit(days + outcome, room))
    let who = wrap([person, judgement.regionLabel(language)].filter { !$0.isEmpty }.joined(separator: " · "))
    let posts =
      [action.postFrom, action.postTo].contains { $0 != nil }
      ? wrap(
        PlainText.line(action.postFrom ?? "-", limit: 60) + " → "
          + PlainText.line(action.postTo ?? "-", limit: 60))
      : []
    let notes =
      judgement.notes.isEmpty
      ? []
      : wrap(
        Text("Keterangan: ", "Notes: ")[language]
          + judgement.notes.map { $0.phrase[language] }.joined(separator: "; "))
    let before = finding.comparison.map { wrap($0.phrase(language)) } ?? []
    let next = judgement.nextStep(language, knownOn: header.knownOn, header.workingDays)
    let step = next.map { wrap(Text("Langkah: ", "Next: ")[language] + $0 + ".") } ?? []
    let since =
      finding.since.map {
        wrap(Text("Sejak laporan terdahulu: ", "Since the earlier report: ")[language] + $0.phrase(language))
      } ?? []
    let answers = finding.answers.flatMap {
      wrap(AnswerColumn.answer.title[language] + ": " + $0.written(language))
    }
    return [first] + who + posts + wrap(judgement.summary(language)) + step + notes + before + since + answers
  }

  private mutating func write(_ groups: [DecreeOrder<String>.Group]) throws {
    for group in groups {
      if (group.urgency.ahead != nil) != isAhead {
        isAhead.toggle()
        let people = groups.reduce(0) { $0 + $1.aheadCount }
        let title = isAhead ? ReportText.aheadTitle(people, language) : ReportText.pastTitle(language)
        try sink(Array((TextWidth.fit(title, header.width) + "\n\n").utf8))
      }
      let count = group.elements.count
      let people = count < 2 ? "" : " · " + Text("\(count) orang", "\(count) people")[language]
      let title = TextWidth.fit(group.title(language), max(8, header.width - TextWidth.of(people))) + people
      try sink(Array((title + "\n").utf8))
      for text in group.elements { try sink(Array((text + "\n").utf8)) }
      try sink([UInt8(ascii: "\n")])
    }
  }

  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    try write(order.take())
    let sections = header.sectionLines()
    if !sections.isEmpty { try sink(Array((sections.joined(separator: "\n") + "\n").utf8)) }
    var paragraphs = ReportText.summary(header, counts, isComplete, changes)
    if backdated > 0 {
      paragraphs.append(
        Text(
          "\(backdated) catatan bertanggal di luar, tetapi baru dicatat di dalam masa larangan (mungkin bertanggal mundur): laporan HTML (--format html) mendaftarnya pada bagian Mutu data.",
          "\(backdated) records are dated outside, but were first recorded inside a frozen period (possibly back-dated): the HTML report (--format html) lists them under Data quality."
        )[language])
    }
    paragraphs.append(header.table.calendarState(language))
    paragraphs += sources.map { $0.text(language) }
    let lines = paragraphs.flatMap { TextWidth.wrap($0, indent: "", header.width) }
    try sink(Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// Red only where somebody can still act.
  private func coloured(_ outcome: Outcome, isAhead: Bool, _ text: String) -> String {
    guard header.isColoured else { return text }
    let code =
      switch outcome.level {
      case .alert: isAhead ? "1;31" : outcome == .depends ? "33" : "1;33"
      case .notice: "36"
      case .silent: "32"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
