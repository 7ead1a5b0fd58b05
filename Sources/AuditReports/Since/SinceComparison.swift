import AuditBase
import FreezeRules

/// What came of holding the records of now against an earlier state.
package struct SinceComparison: Sendable {
  /// Its heading.
  package static let title = Text("Sejak laporan terdahulu", "Since the earlier report")
  let name: Text
  private let counts: [SinceChange: Int]
  private let settled: [(entry: EarlierFindings.Entry, now: Outcome?)]

  init(
    name: Text, counts: [SinceChange: Int], settled: [(entry: EarlierFindings.Entry, now: Outcome?)]
  ) {
    self.name = name
    self.counts = counts
    self.settled = settled
  }

  /// How many.
  package subscript(change: SinceChange) -> Int { change == .settled ? settled.count : counts[change] ?? 0 }

  /// `2 baru, 1 selesai, 1 berubah, 5 tetap`.
  package func phrase(_ language: Language) -> String {
    SinceChange.allCases.map { "\(self[$0]) \($0.phrase[language])" }.joined(separator: ", ")
  }

  /// For people: the counts, then what is settled; the rest stands beside the findings.
  package func section(_ language: Language, _ personalData: PersonalData) -> ReportSection {
    var section = ReportSection(id: "since", title: Self.title)
    section.isLeading = true
    section.lines = [
      Text("Dibandingkan dengan \(name.indonesian): ", "Compared with \(name.english): ")[language]
        + phrase(language) + "."
    ]
    section.columns = [
      Text("Selesai: catatan", "Settled: record"), Text("SK", "Decree"), Text("Dahulu", "Then"),
      Text("Sekarang", "Now"),
    ].map { $0[language] }
    section.rows = settled.map { entry, now in
      let shown = { (text: String) in personalData == .full ? text : PersonInText.any.hidden(text) }
      let decree = [entry[.decreeNo], entry[.decreeDate]].filter { !$0.isEmpty }.joined(separator: ", ")
      let then = Outcome(rawValue: entry[.outcome])?.phrase[language] ?? entry[.outcome]
      return [
        shown(entry.actionID) + (entry.source.map { " · " + $0 } ?? ""), shown(decree), then,
        now?.phrase[language]
          ?? Text("tidak ada lagi, atau di luar", "no longer there, or outside")[language],
      ]
    }
    return section
  }

  /// For programs: `since` with the counts, and `settled`.
  package func json(_ personalData: PersonalData) -> [JSON.Pair] {
    let shown = { (text: String) in personalData == .full ? text : PersonInText.any.hidden(text) }
    return [
      JSON.Pair(
        "since",
        .object(
          [JSON.Pair("from", .string(name.english))]
            + SinceChange.allCases.map { JSON.Pair($0.rawValue, .integer(self[$0])) })),
      JSON.Pair(
        "settled",
        .array(
          settled.map { entry, now in
            .object([
              "action_id": .string(shown(entry.actionID)), "source": .text(entry.source),
              "decree_no": .text(entry[.decreeNo].isEmpty ? nil : shown(entry[.decreeNo])),
              "was": .string(entry[.outcome]), "now": .text(now?.rawValue),
            ])
          })),
    ]
  }
}

extension EarlierFindings {
  /// The findings of a report as `audit --format json` or `ndjson` wrote it; `nil` for any other text.
  package init?(report text: String, name: String) {
    var findings: [JSON] = []
    var knownOn: String?
    if let report = JSON(parsing: text), report["findings"] != nil {
      guard report["format_version"]?.integer == 1, let list = report["findings"]?.array else { return nil }
      findings = list
      knownOn = report["known_on"]?.string
    } else {
      for line in text.split(separator: "\n") where !line.allSatisfy(\.isWhitespace) {
        guard let record = JSON(parsing: String(line)) else { return nil }
        findings.append(record)
      }
      guard !findings.isEmpty else { return nil }
    }
    var entries: [Entry] = []
    for record in findings {
      guard let id = record["action_id"]?.string,
        let outcome = record["outcome"]?.string.flatMap(Outcome.init)
      else { return nil }
      // A report of everything holds what is no finding as well.
      guard outcome.level != .silent else { continue }
      var marks: [Mark: String] = [:]
      for mark in Mark.allCases where mark != .verdicts { marks[mark] = record[mark.rawValue]?.string }
      let verdicts = (record["verdicts"]?.array ?? []).compactMap { verdict -> String? in
        guard let outcome = verdict["outcome"]?.string.flatMap(Outcome.init),
          outcome.level == .alert || outcome == .reversal
        else { return nil }
        return Self.verdict(
          verdict["rule"]?.string ?? "", verdict["election"]?.string ?? "", outcome.rawValue)
      }
      marks[.verdicts] = Set(verdicts).sorted().joined(separator: "\n")
      entries.append(Entry(actionID: id, source: record["source"]?.string, marks: marks))
    }
    let file = PlainText.line(name, limit: 120)
    let day = knownOn.flatMap { CivilDate(iso: $0) }
    self.init(
      name: Text(
        file + (day.map { " (per \($0.written(.indonesian)))" } ?? ""),
        file + (day.map { " (as of \($0.written(.english)))" } ?? "")),
      isLedger: false, entries: entries)
  }
}
