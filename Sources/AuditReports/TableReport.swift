import FreezeRules

/// Findings for a terminal: grouped per SK number and date, then the counts.
struct TableReport: ReportWriter {
  let header: ReportHeader
  let sink: ReportSink
  private var groups: [Group] = []
  private var indexOfDecree: [String: Int] = [:]

  private struct Group {
    let title: String
    var lines: [String]
    let legend: [String]
  }

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
  }

  private var language: Language { header.language }

  mutating func add(_ judgement: Judgement) throws {
    let action = judgement.action
    let none = Bilingual(id: "(tanpa nomor SK)", en: "(no decree number)")[language]
    let number = action.decreeNo.map { PlainText.line($0, limit: 60) } ?? none
    let date = action.decreeDate.display.map { PlainText.line($0, limit: 20) } ?? "-"
    let title = "SK \(number) · \(date)"
    let index = indexOfDecree[title] ?? groups.count
    if index == groups.count {
      indexOfDecree[title] = index
      groups.append(Group(title: title, lines: [], legend: []))
    }
    groups[index].lines += lines(judgement)
  }

  private func lines(_ judgement: Judgement) -> [String] {
    let action = judgement.action
    let person = [
      header.personalData.name(action.employeeName).map { PlainText.line($0, limit: 40) },
      header.personalData.nip(action.nip).map { "NIP " + PlainText.line($0, limit: 24) },
    ].compactMap { $0 }.joined(separator: ", ")
    let id = PlainText.line(action.actionID, limit: 32)
    let first = "  [\(id)] " + coloured(judgement.outcome, judgement.outcome.phrase[language].uppercased())
    let who = person.isEmpty ? [] : [fit("      \(person)")]
    let posts =
      [action.postFrom, action.postTo].contains { $0 != nil }
      ? [
        fit(
          "      " + PlainText.line(action.postFrom ?? "-", limit: 60) + " → "
            + PlainText.line(action.postTo ?? "-", limit: 60)
        )
      ] : []
    let summary = wrap(judgement.summary(language, header.personalData), indent: "      ")
    let notes =
      judgement.notes.isEmpty
      ? []
      : wrap(
        Bilingual(id: "Catatan: ", en: "Notes: ")[language]
          + judgement.notes.map { $0.phrase[language] }.joined(separator: "; "),
        indent: "      ")
    return [fit(first)] + who + posts + summary + notes
  }

  mutating func finish(_ counts: Counts, isComplete: Bool) throws {
    var text = ""
    for group in groups {
      text += group.title + "\n" + group.lines.joined(separator: "\n") + "\n\n"
      if text.utf8.count > 1 << 16 {
        try sink(Array(text.utf8))
        text = ""
      }
    }
    text += summary(counts, isComplete) + "\n"
    try sink(Array(text.utf8))
  }

  private func summary(_ counts: Counts, _ isComplete: Bool) -> String {
    let parts = Outcome.allCases.filter { counts[$0] > 0 }.map { "\($0.phrase[language]) \(counts[$0])" }
    let list = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    let incomplete =
      isComplete
      ? ""
      : "\n"
        + Bilingual(
          id: "TIDAK LENGKAP: ada bagian yang tidak dapat dinilai; lengkapi datanya lalu jalankan lagi.",
          en: "INCOMPLETE: a part could not be judged; complete the data and run again.")[language]
    return Bilingual(
      id:
        "\(counts.alerts) dari \(counts.read) catatan perlu klarifikasi, menurut yang diketahui pada \(header.knownOn)\(list).",
      en:
        "\(counts.alerts) of \(counts.read) records need clarification (perlu klarifikasi), as known on \(header.knownOn)\(list)."
    )[language] + incomplete
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

  private func fit(_ line: String) -> String {
    line.count <= header.width || line.contains("\u{1B}") ? line : line.prefix(max(1, header.width - 1)) + "…"
  }

  private func wrap(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    var line = indent
    for word in text.split(separator: " ") {
      if line.count > indent.count, line.count + 1 + word.count > header.width {
        lines.append(line)
        line = indent
      }
      line += (line.count > indent.count ? " " : "") + word
    }
    lines.append(line)
    return lines.map(fit)
  }
}
