import AuditBase
import FreezeRules
import Workbook

/// What is wrong with the data, for the sheet about it: how the audit was made, how often each fault occurs, and where.
struct QualityTally {
  private struct Fault {
    let place: String
    let person: String
    let kind: String
    let text: String
  }

  let header: ReportHeader
  private var notes: [Note: Int] = [:]
  private var faults: [Fault] = []
  private var left = 0

  /// More rows than this nobody mends by hand from a list.
  private static let most = 5_000

  init(header: ReportHeader) { self.header = header }

  /// Notes that speak of the record's data; the others speak of the law.
  private static let ofData: Set<Note> = [
    .kindDiffers, .possibleBackdating, .approvalUndated, .partialDate, .unreadableDate, .nipDamaged,
    .duplicateActionID, .unreadableLine, .encodingRepaired, .regionUnknown,
    .regionElsewhere,
  ]

  mutating func add(_ finding: ReportedRecord) {
    let judgement = finding.judgement
    let language = header.language
    for note in judgement.notes { notes[note, default: 0] += 1 }
    let ofData = judgement.notes.filter(Self.ofData.contains)
    guard judgement.outcome == .unjudgeable || !ofData.isEmpty else { return }
    guard faults.count < Self.most else {
      left += 1
      return
    }
    let action = judgement.action
    let id = PlainText.line(action.actionID, limit: 80)
    let place =
      finding.own.map { Text("baris \($0.number)", "row \($0.number)")[language] + " · " + id } ?? id
    let reasons =
      (judgement.outcome == .unjudgeable ? [judgement.reasonWithoutVerdict[language]] : [])
      + ofData.map { $0.phrase[language] }
    faults.append(
      Fault(
        place: place,
        person: action.employeeName.map { PlainText.line($0, limit: 80) } ?? "",
        kind: judgement.outcome == .unjudgeable ? judgement.outcome.phrase[language] : "",
        text: reasons.joined(separator: "; ")))
  }

  func rows(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) -> [[OutputCell]] {
    let language = header.language
    func pair(_ label: Text, _ value: String) -> [OutputCell] {
      [.text(label[language], .header), .text(value, .wrapped)]
    }
    var rows: [[OutputCell]] = [
      [.text(Text("Mutu data", "Data quality")[language], .title)],
      pair(Text("Sumber", "Source"), header.source),
      pair(Text("Berdasarkan jadwal per", "By the schedule as of"), header.knownOn.written(language)),
      pair(Text("Dibuat oleh", "Made by"), "freeze-auditor \(header.programVersion)"),
      pair(
        Text("Lengkap", "Complete"),
        isComplete ? Text("ya", "yes")[language] : ReportText.incomplete[language]),
    ]
    rows += header.fileNotes.map { pair(Text("Tentang berkas", "About the file"), $0[language]) }
    if !header.unusedColumns.isEmpty {
      rows.append(
        pair(Text("Kolom tak dipakai", "Columns not used"), header.unusedColumns.joined(separator: ", ")))
    }
    rows += header.assumptions.map { pair(Text("Andaian", "What if"), ReportText.assumption($0, language)) }
    rows += sources.map { pair(Text("Sumber", "Source"), $0.text(language)) }
    rows.append([])
    rows.append(
      [Text("Kesimpulan", "Conclusion"), Text("Catatan", "Records")].map { .text($0[language], .addedHeader) }
    )
    rows.append([
      .text(Text("dibaca", "read")[language], .text), .number(String(counts.read), .integer),
    ])
    for outcome in Outcome.allCases where counts[outcome] > 0 {
      rows.append([
        .text(outcome.phrase[language], outcome.look), .number(String(counts[outcome]), .integer),
      ])
    }
    let found = Note.allCases.filter { notes[$0] != nil }
    if !found.isEmpty {
      rows.append([])
      rows.append(
        [Text("Yang terlihat", "What was seen"), Text("Catatan", "Records")].map {
          .text($0[language], .addedHeader)
        })
      rows += found.map { [.text($0.phrase[language], .wrapped), .number(String(notes[$0] ?? 0), .integer)] }
    }
    return rows + list
  }

  private var list: [[OutputCell]] {
    guard !faults.isEmpty else { return [] }
    let language = header.language
    var rows: [[OutputCell]] = [
      [],
      [
        Text("Di mana", "Where"), Text("Nama", "Name"), Text("Kesimpulan", "Conclusion"),
        Text("Yang perlu dilengkapi", "What to complete"),
      ]
      .map { .text($0[language], .addedHeader) },
    ]
    rows += faults.map {
      [.text($0.place, .text), .text($0.person, .text), .text($0.kind, .text), .text($0.text, .wrapped)]
    }
    if left > 0 {
      rows.append([.text(Text("dan \(left) baris lain", "and \(left) rows more")[language], .text)])
    }
    return rows
  }
}
