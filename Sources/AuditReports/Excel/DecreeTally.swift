import AuditBase
import FreezeRules
import Workbook

/// What the acts of each SK came to, for the sheet with one row an SK.
struct DecreeTally {
  private struct Decree {
    let number: String?
    let date: RecordedDate
    let source: String?
    var facts = DecreeFacts()
    /// What was answered to every act shown; `nil`: not the same to all.
    var answers: [ShownAnswer]??

    var sharedAnswers: [ShownAnswer] { (answers ?? nil) ?? [] }
  }

  let header: ReportHeader
  private var decrees: [Decree] = []
  private var places: [String: Int] = [:]
  private var approved = ApprovedActs()

  init(header: ReportHeader) { self.header = header }

  /// Takes an act that is shown.
  mutating func add(_ finding: ReportedRecord) {
    let action = finding.judgement.action
    let key = Self.key(action, finding.source)
    let place = places[key] ?? decrees.count
    if place == decrees.count {
      places[key] = place
      decrees.append(
        Decree(number: action.decreeNo, date: action.decreeDate, source: finding.source))
    }
    decrees[place].facts.add(finding.judgement, on: header.knownOn, header.workingDays)
    guard finding.judgement.outcome.level != .silent else { return }
    switch decrees[place].answers {
    case nil: decrees[place].answers = .some(finding.answers)
    case .some(let known) where known != finding.answers: decrees[place].answers = .some(nil)
    default: break
    }
  }

  /// Takes an act that is only counted; an SK of which nothing is shown gets no row.
  mutating func pass(_ judgement: Judgement) {
    if let place = places[Self.key(judgement.action, nil)] {
      decrees[place].facts.pass(judgement)
    } else {
      approved.pass(judgement)
    }
  }

  private static func key(_ action: PersonnelAction, _ source: String?) -> String {
    (action.decreeNo?.lowercased().filter { !$0.isWhitespace } ?? "") + "\u{0}"
      + (action.decreeDate.display ?? "") + "\u{0}" + (source ?? "")
  }

  /// Gives the rows with their header: what needs an answer first, then by date.
  func forEachRow(_ body: ([OutputCell]) throws -> Void) rethrows {
    let language = header.language
    let columns = [
      AnswerColumn.decree.title, AnswerColumn.decreeDate.title, Text("Pelantikan", "Oath"),
      Text("Sisa hari", "Days left"), Text("Orang", "People"),
      Text("Perlu klarifikasi", "Need clarification"),
      Text("Pembatalan", "Reversals"), Text("Tidak dapat dinilai", "Cannot be judged"),
      Text("Disetujui", "Approved"), Text("Di luar", "Outside"),
      Text("Kesimpulan terberat", "Strongest conclusion"), Text("Pasal", "Article"),
      Text("Surat paling lambat", "Letter dated by"), Text("Yang harus dilakukan", "What to do"),
      AnswerColumn.answer.title,
    ].map { $0[language] }
    let source = header.namesSources ? [Text("Sumber", "Source")[language]] : []
    let ordered = decrees.sorted { first, second in
      func place(_ decree: Decree) -> (CivilDate, Int, CivilDate, String) {
        // What can still be put off, then by gravity; what nobody can judge last.
        let rank = decree.facts.strongest.map { $0 == .unjudgeable ? 99 : $0.rank } ?? 99
        return (
          decree.facts.ahead?.span.first ?? .max, rank, decree.date.span?.first ?? .max, decree.number ?? ""
        )
      }
      return place(first) < place(second)
    }
    try body((columns + source).map { .text($0, .addedHeader) })
    for decree in ordered { try body(row(decree)) }
  }

  private func row(_ decree: Decree) -> [OutputCell] {
    let language = header.language
    var facts = decree.facts
    facts.addApproved(approved.of(decree.number, decree.date))
    func count(_ outcomes: [Outcome]) -> OutputCell {
      let sum = outcomes.reduce(0) { $0 + facts.counts[$1] }
      return .number(String(sum), .integer)
    }
    let strongest = facts.strongest
    let cells: [OutputCell] = [
      .text(decree.number ?? Text("(tanpa nomor SK)", "(no decree number)")[language], .text),
      .date(decree.date),
      facts.oaths.count == 1
        ? .day(facts.oaths[0])
        : .text(facts.oaths.map { $0.written(language) }.joined(separator: "\n"), .wrapped),
      facts.ahead.map { .number(String($0.daysLeft(on: header.knownOn)), .integer) } ?? .empty,
      .number(String(facts.counts.read), .integer),
      count(Outcome.allCases.filter { $0.level == .alert }), count([.reversal]), count([.unjudgeable]),
      count([.approved]), count([.notCovered, .outside]),
      strongest.map { .text($0.phrase[language], $0.look) } ?? .empty,
      .text(facts.articles.joined(separator: "\n"), .wrapped),
      facts.letterBy.map { .day($0) } ?? .empty,
      .text(facts.step?.text?[language] ?? "", .wrapped),
      strongest.map { $0.level == .silent ? .empty : .answer(decree.sharedAnswers, written: nil, language) }
        ?? .empty,
    ]
    return cells + (header.namesSources ? [.text(decree.source ?? "", .text)] : [])
  }
}
