import AuditBase
import FreezeRules
import Workbook

/// What the acts of each SK came to, for the sheet with one row an SK.
struct DecreeTally {
  private struct Decree {
    let number: String?
    let date: RecordedDate
    let source: String?
    var counts = Counts()
    var oaths: [CivilDate] = []
    var letterBy: CivilDate?
    var articles: [String] = []
    /// The gravest of its acts, and what to do about it. Not the judgement itself: a list may have an SK a row.
    var strongest: Outcome?
    var step: String?
    /// What was answered to every act shown; `nil`: not the same to all.
    var answers: [ShownAnswer]??

    var sharedAnswers: [ShownAnswer] { (answers ?? nil) ?? [] }
  }

  let header: ReportHeader
  private var decrees: [Decree] = []
  private var places: [String: Int] = [:]

  init(header: ReportHeader) { self.header = header }

  /// Takes an act that is shown.
  mutating func add(_ finding: ReportedRecord) {
    let place = add(finding.judgement, finding.source, isShown: true)
    guard let place, finding.judgement.outcome.level != .silent else { return }
    switch decrees[place].answers {
    case nil: decrees[place].answers = .some(finding.answers)
    case .some(let known) where known != finding.answers: decrees[place].answers = .some(nil)
    default: break
    }
  }

  /// Takes an act that is only counted; an SK of which nothing is shown gets no row.
  mutating func pass(_ judgement: Judgement) { _ = add(judgement, nil, isShown: false) }

  private mutating func add(_ judgement: Judgement, _ source: String?, isShown: Bool) -> Int? {
    let action = judgement.action
    let key =
      (action.decreeNo?.lowercased().filter { !$0.isWhitespace } ?? "") + "\u{0}"
      + (action.decreeDate.display ?? "") + "\u{0}" + (source ?? "")
    let place: Int
    if let known = places[key] {
      place = known
    } else {
      guard isShown else { return nil }
      place = decrees.count
      places[key] = place
      decrees.append(Decree(number: action.decreeNo, date: action.decreeDate, source: source))
    }
    decrees[place].counts.add(judgement.outcome)
    if let oath = action.inauguratedOn.span, oath.isExact, !decrees[place].oaths.contains(oath.first),
      decrees[place].oaths.count < 8
    {
      decrees[place].oaths.append(oath.first)
    }
    if let letterBy = judgement.letterBy {
      decrees[place].letterBy = min(letterBy, decrees[place].letterBy ?? letterBy)
    }
    for verdict in judgement.verdicts where !verdict.insideDates.isEmpty {
      let title = verdict.window.ruleTitle
      if !decrees[place].articles.contains(title) { decrees[place].articles.append(title) }
    }
    if judgement.outcome.rank < decrees[place].strongest?.rank ?? .max {
      decrees[place].strongest = judgement.outcome
      decrees[place].step = judgement.nextStep(header.language, knownOn: header.knownOn)
    }
    return place
  }

  /// Gives the rows with their header: what needs an answer first, then by date.
  func forEachRow(_ body: ([OutputCell]) throws -> Void) rethrows {
    let language = header.language
    let columns = [
      AnswerColumn.decree.title, AnswerColumn.decreeDate.title, Text("Pelantikan", "Oath"),
      Text("Orang", "People"), Text("Perlu klarifikasi", "Need clarification"),
      Text("Pembatalan", "Reversals"), Text("Tidak dapat dinilai", "Cannot be judged"),
      Text("Disetujui", "Approved"), Text("Di luar", "Outside"),
      Text("Kesimpulan terberat", "Strongest conclusion"), Text("Pasal", "Article"),
      Text("Surat paling lambat", "Letter dated by"), Text("Yang harus dilakukan", "What to do"),
      AnswerColumn.answer.title,
    ].map { $0[language] }
    let source = header.namesSources ? [Text("Sumber", "Source")[language]] : []
    let ordered = decrees.sorted { first, second in
      let ranks = (first.strongest?.rank ?? 99, second.strongest?.rank ?? 99)
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      return (first.date.span?.first ?? .max, first.number ?? "") < (
        second.date.span?.first ?? .max, second.number ?? ""
      )
    }
    try body((columns + source).map { .text($0, .addedHeader) })
    for decree in ordered { try body(row(decree)) }
  }

  private func row(_ decree: Decree) -> [OutputCell] {
    let language = header.language
    func count(_ outcomes: [Outcome]) -> OutputCell {
      let sum = outcomes.reduce(0) { $0 + decree.counts[$1] }
      return .number(String(sum), .integer)
    }
    let oaths = decree.oaths.sorted()
    let strongest = decree.strongest
    let cells: [OutputCell] = [
      .text(decree.number ?? Text("(tanpa nomor SK)", "(no decree number)")[language], .text),
      .date(decree.date),
      oaths.count == 1
        ? .day(oaths[0]) : .text(oaths.map { $0.written(language) }.joined(separator: "\n"), .wrapped),
      .number(String(decree.counts.read), .integer),
      count(Outcome.allCases.filter { $0.level == .alert }), count([.reversal]), count([.unjudgeable]),
      count([.approved]), count([.notCovered, .outside]),
      strongest.map { .text($0.phrase[language], $0.look) } ?? .empty,
      .text(decree.articles.joined(separator: "\n"), .wrapped),
      decree.letterBy.map { .day($0) } ?? .empty,
      .text(decree.step ?? "", .wrapped),
      strongest.map { $0.level == .silent ? .empty : .answer(decree.sharedAnswers, language) } ?? .empty,
    ]
    return cells + (header.namesSources ? [.text(decree.source ?? "", .text)] : [])
  }
}
