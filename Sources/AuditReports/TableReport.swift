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

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
    order = DecreeOrder(isSorted: header.isByDecree)
  }

  private var language: Language { header.language }

  mutating func add(_ finding: ReportedRecord) throws {
    changes.add(finding.comparison)
    // Apart: as an argument it would be made while `self` is read, and what is held copied for every act.
    let complete = order.add(
      finding.judgement.action, lines(finding).joined(separator: "\n"), of: finding.source)
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
    let first = TextWidth.fit(id, header.width) + coloured(judgement.outcome, TextWidth.fit(outcome, room))
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
        Text("Catatan: ", "Notes: ")[language]
          + judgement.notes.map { $0.phrase[language] }.joined(separator: "; "))
    let before = finding.comparison.map { wrap($0.phrase(language)) } ?? []
    let since =
      finding.since.map { wrap(Text("Sejak laporan terdahulu: ", "Since the earlier report: ")[language] + $0.phrase(language)) }
      ?? []
    let answers = finding.answers.flatMap {
      wrap(AnswerColumn.answer.title[language] + ": " + $0.written(language))
    }
    return [first] + who + posts + wrap(judgement.summary(language)) + notes + before + since + answers
  }

  private func write(_ groups: [DecreeOrder<String>.Group]) throws {
    for group in groups {
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
          "\(backdated) catatan bertanggal di luar, tetapi baru dicatat di dalam masa larangan (mungkin bertanggal mundur): lihat dengan --show all.",
          "\(backdated) records are dated outside, but were first recorded inside a frozen period (possibly back-dated): see --show all."
        )[language])
    }
    paragraphs.append(header.table.calendarState(language))
    paragraphs += sources.map { $0.text(language) }
    let lines = paragraphs.flatMap { TextWidth.wrap($0, indent: "", header.width) }
    try sink(Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  private func coloured(_ outcome: Outcome, _ text: String) -> String {
    guard header.isColoured else { return text }
    let code =
      switch outcome.level {
      case .alert: "1;31"
      case .notice: "33"
      case .silent: "32"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

/// Sentences about a whole report, the same in every format for people.
package enum ReportText {
  /// The answer, what it assumes, and what is missing: one paragraph each.
  static func summary(_ header: ReportHeader, _ counts: Counts, _ isComplete: Bool, _ changes: ChangeCounts)
    -> [String]
  {
    let language = header.language
    let parts = Outcome.allCases.filter { counts[$0] > 0 }.map { "\($0.phrase[language]) \(counts[$0])" }
    let list = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    var paragraphs = [
      Text(
        "\(counts.alerts) dari \(counts.read) catatan perlu klarifikasi, menurut yang diketahui pada \(header.knownOn)\(list).",
        "\(counts.alerts) of \(counts.read) records need clarification (perlu klarifikasi), as known on \(header.knownOn)\(list)."
      )[language]
    ]
    if let day = header.comparedKnownOn {
      paragraphs.append(
        Text(
          "Dari pengetahuan \(min(day, header.knownOn)) ke \(max(day, header.knownOn)): \(changes.phrase(language)).",
          "From what was known on \(min(day, header.knownOn)) to \(max(day, header.knownOn)): \(changes.phrase(language))."
        )[language])
    }
    paragraphs += header.assumptions.map { assumption($0, language) }
    if !isComplete { paragraphs.append(incomplete[language]) }
    return paragraphs + source(header).map { $0[language] }
  }

  /// What is to be said of the source: first the columns that are not used, in one line.
  package static func source(_ header: ReportHeader) -> [Text] {
    source(header.unusedColumns, header.fileNotes)
  }

  /// The same of a file that has no report of this kind.
  package static func source(_ unusedColumns: [String], _ remarks: [Text]) -> [Text] {
    var sentences = remarks.map {
      Text("Catatan: \(PlainText.line($0.indonesian)).", "Note: \(PlainText.line($0.english)).")
    }
    if !unusedColumns.isEmpty {
      let list = unusedColumns.map { PlainText.line($0, limit: 60) }.joined(separator: ", ")
      sentences.insert(Text("Kolom yang tidak dipakai: \(list).", "Columns not used: \(list)."), at: 0)
    }
    return sentences
  }

  static func assumption(_ assumption: Assumption, _ language: Language) -> String {
    Text(
      "ANDAIAN: penetapan \(assumption.election) dianggap jatuh pada \(assumption.determination); ini bukan jadwal yang berlaku.",
      "WHAT IF: the determination of \(assumption.election) is taken to be \(assumption.determination); this is not the schedule in force."
    )[language]
  }

  static let incomplete = Text(
    "TIDAK LENGKAP: ada bagian yang tidak dapat dinilai; lengkapi datanya lalu jalankan lagi.",
    "INCOMPLETE: a part could not be judged; complete the data and run again.")
}
