import AuditBase
import FreezeRules

/// What came of holding the records of now against an earlier state.
package struct SinceComparison: Sendable {
  /// Its heading.
  package static let title = Text("Sejak laporan terdahulu", "Since the earlier report")
  let name: Text
  private let counts: [SinceChange: Int]
  /// Findings of now whose records have no id that the ledger would know.
  let strangers: Int
  var settled: [(entry: EarlierFindings.Entry, now: Outcome?)] = []
  /// Whose records are in no source any more, though every record was read.
  var vanished: [EarlierFindings.Entry] = []
  /// Of sources that could not be read.
  var unread = 0

  init(name: Text, counts: [SinceChange: Int], strangers: Int) {
    self.name = name
    self.counts = counts
    self.strangers = strangers
  }

  /// How many.
  package subscript(change: SinceChange) -> Int {
    switch change {
    case .settled: settled.count
    case .vanished: vanished.count
    case .new, .changed, .same: counts[change] ?? 0
    }
  }

  /// Whether something is new, changed or gone without a trace.
  package var hasNews: Bool { self[.new] + self[.changed] + self[.vanished] > 0 }

  /// Whether all of it could be compared.
  package var isWhole: Bool { strangers == 0 && unread == 0 }

  /// What could not be compared.
  private var notCompared: [Text] {
    var lines: [Text] = []
    if strangers > 0 {
      lines.append(
        Text(
          "\(strangers.grouped(.indonesian)) temuan tidak dibandingkan: daftar ini tanpa kolom id, sedangkan arsip peringatan mengenal catatan dari id-nya. Bandingkan dengan laporan JSON terdahulu dari daftar yang sama.",
          "\(strangers.grouped(.english)) findings were not compared: this list has no id column, and the ledger knows records by their ids. Compare with an earlier JSON report of the same list."
        ))
    }
    if unread > 0 {
      lines.append(
        Text(
          "\(unread.grouped(.indonesian)) temuan terdahulu tidak dibandingkan: sumbernya tidak terbaca.",
          "\(unread.grouped(.english)) earlier findings were not compared: their source could not be read."))
    }
    return lines
  }

  /// `2 baru, 1 selesai, 1 berubah, 5 tetap`.
  package func phrase(_ language: Language) -> String {
    SinceChange.allCases.map { "\(self[$0]) \($0.phrase[language])" }.joined(separator: ", ")
  }

  /// For people: the counts, then what is settled; the rest stands beside the findings.
  package func section(_ language: Language, _ personalData: PersonalData) -> ReportSection {
    var section = ReportSection(id: "since", title: Self.title)
    section.isLeading = true
    section.lines =
      [
        Text("Dibandingkan dengan \(name.indonesian): ", "Compared with \(name.english): ")[language]
          + phrase(language) + "."
      ] + notCompared.map { $0[language] }
    section.columns = [
      Text("Selesai atau hilang: catatan", "Settled or vanished: record"), Text("SK", "Decree"),
      Text("Dahulu", "Then"),
      Text("Sekarang", "Now"),
    ].map { $0[language] }
    let rows =
      vanished.map {
        (
          $0,
          Text(
            "HILANG: catatannya tidak ada lagi di sumber", "VANISHED: its record is no longer in the source")
        )
      }
      + settled.map { entry, now in
        (entry, now?.phrase ?? Text("tidak ada lagi, atau di luar", "no longer there, or outside"))
      }
    section.rows = rows.map { entry, now in
      let shown = { (text: String) in personalData == .full ? text : PersonInText.any.hidden(text) }
      let decree = [entry[.decreeNo], WrittenDay.text(entry[.decreeDate], language) ?? entry[.decreeDate]]
        .filter { !$0.isEmpty }.joined(separator: ", ")
      let then = Outcome(rawValue: entry[.outcome])?.phrase[language] ?? entry[.outcome]
      // A line of the earlier list tells nobody who it was.
      let person = personalData == .full && SinceIdentity.isLine(entry.actionID) ? entry.person.name : ""
      return [
        shown(entry.actionID) + (person.isEmpty ? "" : " (\(person))")
          + (entry.source.map { " · " + $0 } ?? ""), shown(decree), then, now[language],
      ]
    }
    return section
  }

  /// For programs: `since` with the counts, `settled` and `vanished`.
  package func json(_ personalData: PersonalData) -> [JSON.Pair] {
    func json(_ entry: EarlierFindings.Entry, _ now: Outcome?) -> JSON {
      let shown = { (text: String) in personalData == .full ? text : PersonInText.any.hidden(text) }
      return .object([
        "action_id": .string(shown(entry.actionID)), "source": .text(entry.source),
        "decree_no": .text(entry[.decreeNo].isEmpty ? nil : shown(entry[.decreeNo])),
        "was": .string(entry[.outcome]), "now": .text(now?.rawValue),
      ])
    }
    return [
      JSON.Pair(
        "since",
        .object(
          [JSON.Pair("from", .string(name.english))]
            + SinceChange.allCases.map { JSON.Pair($0.rawValue, .integer(self[$0])) }
            + [JSON.Pair("not_compared", .integer(strangers + unread))])),
      JSON.Pair("settled", .array(settled.map { json($0.entry, $0.now) })),
      JSON.Pair("vanished", .array(vanished.map { json($0, nil) })),
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
      let person = SincePerson(nip: record["nip"]?.string, name: record["name"]?.string)
      entries.append(Entry(actionID: id, source: record["source"]?.string, marks: marks, person: person))
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
