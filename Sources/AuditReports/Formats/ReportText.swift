import AuditBase
import FreezeRules

/// The answer of a report in one line: what was found, or that nothing could be.
package struct Headline: Sendable {
  /// What leads: a number of the records read, or that there is nothing.
  package enum Finding: Sendable, Equatable {
    /// So many need clarification.
    case clarification(Int)
    /// So many could not be judged, and of the others none needs clarification.
    case unjudged(Int)
    /// Every record was judged, and none needs clarification.
    case nothing
    /// Not a single record was read.
    case empty
  }

  /// What leads.
  package let finding: Finding
  /// The counts it is made from.
  package let counts: Counts

  /// The headline of these counts.
  package init(_ counts: Counts) {
    self.counts = counts
    finding =
      counts.read == 0
      ? .empty
      : counts.alerts > 0
        ? .clarification(counts.alerts)
        : counts[.unjudgeable] > 0 ? .unjudged(counts[.unjudgeable]) : .nothing
  }

  /// The words after `N of M`, or all of them where no number leads.
  package var words: Text {
    switch finding {
    case .clarification: Text("catatan perlu klarifikasi", "records need clarification")
    case .unjudged: Text("tidak dapat dinilai", "could not be judged")
    case .nothing: Text("Tidak ada yang perlu diklarifikasi", "Nothing needs clarification")
    case .empty: Text("Tidak ada satu catatan pun yang dibaca", "Not a single record was read")
    }
  }

  /// The line, such as `6 dari 6 tidak dapat dinilai`.
  package func text(_ language: Language) -> String {
    let read = counts.read.grouped(language)
    switch finding {
    case .clarification(let count), .unjudged(let count):
      return count.grouped(language) + Text(" dari \(read) ", " of \(read) ")[language] + words[language]
    case .nothing:
      return words[language]
        + Text(", dari \(read) catatan", counts.read == 1 ? ", of 1 record" : ", of \(read) records")[
          language]
    case .empty: return words[language]
    }
  }
}

/// Sentences about a whole report, the same in every format for people.
package enum ReportText {
  /// Alerts, notices and the rest, each outcome with its number.
  static func list(_ counts: Counts, _ language: Language) -> String {
    func part(_ outcomes: [Outcome]) -> String {
      outcomes.filter { counts[$0] > 0 }.map {
        "\($0.phrase[language]) \(counts[$0].grouped(language))"
      }.joined(separator: ", ")
    }
    let alerts = part(Outcome.allCases.filter { $0.level == .alert })
    let notices = part(Outcome.allCases.filter { $0.level == .notice })
    let rest = part(Outcome.allCases.filter { $0.level == .silent })
    return [
      alerts,
      notices.isEmpty ? "" : Text("pemberitahuan: ", "notices: ")[language] + notices,
      rest.isEmpty ? "" : Text("tanpa peringatan: ", "no alert: ")[language] + rest,
    ].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// `berdasarkan jadwal dan ketentuan per 25 November 2026`.
  package static func basis(_ day: CivilDate) -> Text {
    Text(
      "berdasarkan jadwal dan ketentuan per \(day.written(.indonesian))",
      "by the schedule and rules as known on \(day.written(.english))")
  }

  /// The answer, what it assumes, and what is missing: one paragraph each.
  static func summary(_ header: ReportHeader, _ counts: Counts, _ isComplete: Bool, _ changes: ChangeCounts)
    -> [String]
  {
    let language = header.language
    let list = list(counts, language)
    let clarify =
      language == .english && counts.alerts > 0 ? " (perlu klarifikasi)" : ""
    var paragraphs = [
      Headline(counts).text(language) + clarify + ", " + basis(header.knownOn)[language]
        + (list.isEmpty ? "" : ": " + list) + "."
    ]
    if let day = header.comparedKnownOn {
      let (first, last) = (min(day, header.knownOn), max(day, header.knownOn))
      paragraphs.append(
        Text(
          "Dari jadwal dan ketentuan per \(first.written(.indonesian)) ke per \(last.written(.indonesian)): \(changes.phrase(language)).",
          "From what was known on \(first.written(.english)) to \(last.written(.english)): \(changes.phrase(language))."
        )[language])
    }
    return paragraphs + warnings(header, isComplete)
  }

  /// What the answer assumes, and what is missing.
  static func warnings(_ header: ReportHeader, _ isComplete: Bool) -> [String] {
    header.assumptions.map { assumption($0, header.language) }
      + (isComplete ? [] : [incomplete[header.language]]) + source(header).map { $0[header.language] }
  }

  /// What is to be said of the source: first the columns that are not used, in one line.
  package static func source(_ header: ReportHeader) -> [Text] {
    source(header.unusedColumns, header.fileNotes)
  }

  /// The same of a file that has no report of this kind.
  package static func source(_ unusedColumns: [String], _ remarks: [Text]) -> [Text] {
    var sentences = remarks.map {
      Text("Keterangan: \(PlainText.line($0.indonesian)).", "Note: \(PlainText.line($0.english)).")
    }
    if !unusedColumns.isEmpty {
      let list = unusedColumns.map { PlainText.line($0, limit: 60) }.joined(separator: ", ")
      sentences.insert(Text("Kolom yang tidak dipakai: \(list).", "Columns not used: \(list)."), at: 0)
    }
    return sentences
  }

  static func assumption(_ assumption: Assumption, _ language: Language) -> String {
    Text(
      "ANDAIAN: penetapan \(assumption.election) dianggap jatuh pada \(assumption.determination.written(.indonesian)); ini bukan jadwal yang berlaku.",
      "WHAT IF: the determination of \(assumption.election) is taken to be \(assumption.determination.written(.english)); this is not the schedule in force."
    )[language]
  }

  static let incomplete = Text(
    "TIDAK LENGKAP: ada bagian yang tidak dapat dinilai; lengkapi datanya lalu jalankan lagi.",
    "INCOMPLETE: a part could not be judged; complete the data and run again.")

  /// The heading over what can still be put off.
  static func aheadTitle(_ people: Int, _ language: Language) -> String {
    Text(
      "BELUM BERLAKU, MASIH DAPAT DITUNDA (\(people) orang)",
      "NOT YET DONE, CAN STILL BE PUT OFF (\(people == 1 ? "1 person" : "\(people) people"))")[language]
  }

  /// The heading over the rest.
  static func pastTitle(_ language: Language) -> String {
    Text("SUDAH BERJALAN", "ALREADY DONE")[language]
  }
}
