import AuditBase
import FreezeRules

/// What the acts of one SK come to: what a row an SK says, in HTML, in Excel and in the mail alike.
struct DecreeFacts: Sendable {
  /// How its acts came out.
  private(set) var counts = Counts()
  /// The days of its oaths, some of them.
  private(set) var oaths: [CivilDate] = []
  /// The earliest of the days that a letter must bear at the latest.
  private(set) var letterBy: CivilDate?
  /// The articles that hit.
  private(set) var articles: [String] = []
  /// The windows that hit, those with the same days once.
  private(set) var windows: [Window] = []
  /// The letters of the Minister that its records cite, some of them.
  private(set) var letters: [String] = []
  /// The soonest day that can still be put off.
  private(set) var ahead: ActDay?
  /// The gravest outcome.
  private(set) var strongest: Outcome?
  /// What to do about the gravest of its acts, those to come before the others.
  private(set) var step: NextStep?
  private var urgency: Urgency?

  /// Takes an act.
  mutating func add(_ judgement: Judgement, on today: CivilDate, _ workingDays: WorkingDays) {
    let outcome = judgement.outcome
    counts.add(outcome)
    add(oath: judgement.action.inauguratedOn)
    if let letter = judgement.action.approvalNo.map({ PlainText.line($0, limit: 60) }), letters.count < 8,
      !letter.isEmpty, !letters.contains(letter)
    {
      letters.append(letter)
    }
    if let by = judgement.letterBy { letterBy = min(by, letterBy ?? by) }
    if outcome != .outside && outcome != .notCovered {
      for place in judgement.verdicts.indices where !judgement.verdicts[place].insideDates.isEmpty {
        add(judgement.verdicts[place].window)
      }
    }
    if let day = judgement.ahead(on: today) {
      ahead = ahead.map { $0.span.first <= day.span.first ? $0 : day } ?? day
    }
    if outcome.rank < strongest?.rank ?? .max { strongest = outcome }
    let own = Urgency(judgement, on: today)
    if urgency.map({ own < $0 }) ?? true {
      urgency = own
      step = judgement.step(on: today, workingDays)
    }
  }

  private mutating func add(oath: RecordedDate) {
    guard let day = oath.span, day.isExact, oaths.last != day.first, oaths.count < 8,
      !oaths.contains(day.first)
    else { return }
    oaths.append(day.first)
    oaths.sort()
  }

  private mutating func add(_ window: Window) {
    if windows.contains(where: { $0 === window }) { return }
    let title = window.ruleTitle
    if !articles.contains(title) { articles.append(title) }
    let isKnown = windows.contains {
      $0.rule == window.rule && $0.election == window.election && $0.reach == window.reach
    }
    if !isKnown, windows.count < 6 { windows.append(window) }
  }

  /// Counts an act of the SK that is not shown.
  mutating func pass(_ judgement: Judgement) {
    counts.add(judgement.outcome)
    add(oath: judgement.action.inauguratedOn)
  }

  /// Counts approved acts of the SK that came before any that is shown.
  mutating func addApproved(_ approved: ApprovedActs.OfDecree) {
    counts.add(.approved, approved.count)
    if let oath = approved.oath { add(oath: oath) }
  }

  /// Acts that raise an alert and have no letter at all, or hang on how it is counted.
  var withoutLetter: Int { counts[.inside] + counts[.depends] }
}

/// Approved acts of SKs, which a report counts without showing them: "32 of 34 were approved" is part of the answer.
struct ApprovedActs: Sendable {
  /// Those of one SK.
  struct OfDecree: Sendable {
    var count = 0
    /// The first oath among them.
    var oath: RecordedDate?
  }

  private var byDecree: [String: OfDecree] = [:]

  /// Counts an act that is not shown.
  mutating func pass(_ judgement: Judgement) {
    let action = judgement.action
    guard judgement.outcome == .approved, let key = Self.key(action.decreeNo, action.decreeDate) else {
      return
    }
    byDecree[key, default: OfDecree()].count += 1
    if byDecree[key]?.oath?.span == nil { byDecree[key]?.oath = action.inauguratedOn }
  }

  /// Those of an SK.
  func of(_ number: String?, _ date: RecordedDate) -> OfDecree {
    Self.key(number, date).flatMap { byDecree[$0] } ?? OfDecree()
  }

  private static func key(_ number: String?, _ date: RecordedDate) -> String? {
    number.map {
      DecreeName.folded(PlainText.line($0, limit: 80)) + "\u{0}" + (date.display ?? "")
    }
  }
}
