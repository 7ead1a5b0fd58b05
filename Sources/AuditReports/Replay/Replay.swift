import FreezeRules

/// What would have been told of each record, and on which day: judged first on the day it was entered (or on the first of the
/// range, when the auditor began), and again on every later day on which something that it hangs on became known.
///
/// Pure: the records stand as they stand now; what they said before they were changed nobody knows.
package final class Replay {
  /// From the day the auditor begins through the last one looked at.
  package let range: ClosedRange<CivilDate>
  /// The days of the range after the first on which rules or calendar changed.
  private let changes: [CivilDate]
  private let knowledge: KnowledgeDays
  /// One for the first day and for each of the changes.
  private let tables: [WindowTable]
  /// Of days between, where the present day itself is what is known.
  private var between: [CivilDate: WindowTable] = [:]
  /// Days of which some act may be anything but outside, by the knowledge of some day of the range.
  private let near: [ClosedRange<CivilDate>]

  /// - Parameter table: rules and calendar, as known on any day.
  package init(_ table: WindowTable, over range: ClosedRange<CivilDate>) {
    self.range = range
    knowledge = KnowledgeDays(table.rulebook, table.calendar)
    changes = knowledge.days(in: range)
    tables = ([range.lowerBound] + changes).map { table.asKnown(on: $0) }
    near = WindowTable.merged(tables.flatMap { $0.coarseRanges(in: nil) })
  }

  /// The windows as known on the days that count, so that a database gives every record near one of them.
  package var states: [WindowTable] { tables }

  /// What would have been told of a record, in the order of the days.
  /// - Parameter judgement: by the knowledge of some day of the range.
  package func events(_ judgement: Judgement, _ approvals: Approvals?) -> [ReplayEvent] {
    let action = judgement.action
    guard mayBeTold(judgement) else { return [] }
    guard let entered = action.recordedOn else { return undated(action, approvals) }
    guard entered <= range.upperBound else { return [] }
    let first = max(entered, range.lowerBound)
    let days = [first] + self.days(of: action, after: first, approvals)
    var events: [ReplayEvent] = []
    var told = Told()
    for (place, day) in days.enumerated() {
      // An answer that hangs on the present day changes once and for good, so that the ends of a stretch tell.
      if place > 0, knowledge.movesWithTheDay {
        told = walk(action, from: days[place - 1], told, to: day, approvals, &events)
      }
      let now = self.told(action, on: day, approvals)
      let because = place == 0 ? [] : self.because(action, on: day, approvals)
      events += now.events(since: told, on: day, because)
      told = now
    }
    if knowledge.movesWithTheDay, let last = days.last, let end = range.upperBound.adding(days: 1) {
      _ = walk(action, from: last, told, to: end, approvals, &events)
    }
    return events
  }

  /// A record that lies outside whatever was known needs no look at each day.
  private func mayBeTold(_ judgement: Judgement) -> Bool {
    guard judgement.outcome == .outside || judgement.outcome == .notCovered else { return true }
    return DateField.allCases.contains { field in
      guard let span = judgement.action.date(field).span else { return false }
      return near.contains { $0.lowerBound <= span.last && span.first <= $0.upperBound }
    }
  }

  /// Nobody knows when it was entered: what is told of it last, without a day.
  private func undated(_ action: PersonnelAction, _ approvals: Approvals?) -> [ReplayEvent] {
    let days = [range.lowerBound] + days(of: action, after: range.lowerBound, approvals)
    for day in ([range.upperBound] + days.reversed()) {
      let told = told(action, on: day, approvals)
      if !told.isEmpty { return told.events(since: Told(), on: nil, []) }
    }
    return []
  }

  /// The days on which an answer may change, ascending: those of rules and calendar, and of the letters about the person.
  private func days(of action: PersonnelAction, after first: CivilDate, _ approvals: Approvals?)
    -> [CivilDate]
  {
    var days = changes.filter { $0 > first }
    for letter in letters(action, approvals) where first < letter.day && letter.day <= range.upperBound {
      if !days.contains(letter.day) { days.append(letter.day) }
    }
    return days.sorted()
  }

  /// The letters that may count for an act, with the day of each.
  private func letters(_ action: PersonnelAction, _ approvals: Approvals?) -> [(
    number: String, day: CivilDate
  )] {
    var letters = (approvals?.lines(about: action) ?? []).compactMap { line in
      line.letterDate.span.map { (line.letterNo, $0.first) }
    }
    if let day = action.approvalDate.span?.first { letters.append((action.approvalNo ?? "-", day)) }
    return letters
  }

  private func because(_ action: PersonnelAction, on day: CivilDate, _ approvals: Approvals?) -> [String] {
    let letters = letters(action, approvals).filter { $0.day == day }.map(\.number)
    return (knowledge.instruments(on: day) + letters).withoutRepetition
  }

  /// Finds every change after one day and before another by halving.
  /// - Returns: what is told at the end.
  private func walk(
    _ action: PersonnelAction, from first: CivilDate, _ before: Told, to end: CivilDate,
    _ approvals: Approvals?, _ events: inout [ReplayEvent]
  ) -> Told {
    guard first.days(until: end) > 1, let last = end.adding(days: -1) else { return before }
    let after = told(action, on: last, approvals)
    guard after != before else { return before }
    if first.days(until: last) == 1 {
      events += after.events(since: before, on: last, [])
      return after
    }
    guard let middle = first.adding(days: first.days(until: last) / 2), let next = middle.adding(days: 1)
    else { return after }
    let halfway = walk(action, from: first, before, to: next, approvals, &events)
    return walk(action, from: middle, halfway, to: end, approvals, &events)
  }

  private func told(_ action: PersonnelAction, on day: CivilDate, _ approvals: Approvals?) -> Told {
    Told(judge(action, table(on: day), approvals: approvals))
  }

  /// The windows as known on a day of the range.
  private func table(on day: CivilDate) -> WindowTable {
    let place = changes.partitioningIndex { $0 > day }
    let state = tables[place]
    if state.knownOn == day { return state }
    guard knowledge.movesWithTheDay else { return state.unchanged(until: day) }
    if let known = between[day] { return known }
    if between.count > 400 { between = [:] }
    let made = state.asKnown(on: day)
    between[day] = made
    return made
  }
}

/// What is told of a record by one state of knowledge: each verdict that is an alert or a reversal, or that it cannot be judged.
private struct Told: Equatable {
  struct Item: Equatable {
    /// `nil`: the record as a whole.
    let rule: String?
    let election: String?
    let outcome: Outcome
  }

  private var items: [Item] = []
  /// What became of the verdicts that are not told.
  private var others: [Item] = []

  init() {}

  init(_ judgement: Judgement) {
    for verdict in judgement.verdicts {
      let item = Item(rule: verdict.window.rule, election: verdict.window.election, outcome: verdict.outcome)
      if verdict.outcome.level == .alert || verdict.outcome == .reversal {
        items.append(item)
      } else {
        others.append(item)
      }
    }
    if judgement.outcome == .unjudgeable {
      items.append(Item(rule: nil, election: nil, outcome: .unjudgeable))
    }
  }

  static func == (a: Told, b: Told) -> Bool { a.items == b.items }

  var isEmpty: Bool { items.isEmpty }

  private func outcome(_ rule: String?, _ election: String?, in items: [Item]) -> Outcome? {
    items.first { $0.rule == rule && $0.election == election }?.outcome
  }

  /// What somebody who was told `earlier` is told on a day.
  func events(since earlier: Told, on day: CivilDate?, _ because: [String]) -> [ReplayEvent] {
    func event(_ change: ReplayEvent.Change, _ item: Item, _ outcome: Outcome) -> ReplayEvent {
      ReplayEvent(
        day: day, change: change, outcome: outcome, rule: item.rule, election: item.election,
        because: because)
    }
    var events: [ReplayEvent] = []
    for item in items {
      switch outcome(item.rule, item.election, in: earlier.items) {
      case item.outcome: continue
      case nil: events.append(event(.told, item, item.outcome))
      case .some: events.append(event(.changed, item, item.outcome))
      }
    }
    for item in earlier.items where outcome(item.rule, item.election, in: items) == nil {
      // That it could not be judged is over once something is told of it.
      if item.outcome == .unjudgeable, !items.isEmpty { continue }
      events.append(event(.withdrawn, item, outcome(item.rule, item.election, in: others) ?? .outside))
    }
    return events
  }
}

/// One thing told of a record.
package struct ReplayEvent: Sendable, Equatable {
  /// What it is.
  package enum Change: String, Sendable, CaseIterable {
    /// For the first time under this rule and election, or again.
    case told
    /// With another outcome than before.
    case changed
    /// No longer an alert.
    case withdrawn
  }

  /// The day; `nil`: nobody knows when the record was entered.
  package let day: CivilDate?
  /// What it is.
  package let change: Change
  /// What it says.
  package let outcome: Outcome
  /// `nil` where the record as a whole cannot be judged.
  package let rule: String?
  /// The election of the verdict.
  package let election: String?
  /// The instruments and letters that became known on the day; empty where the record was entered then.
  package let because: [String]

  /// Raises an alert.
  package var isAlert: Bool {
    change != .withdrawn && (outcome.level == .alert || outcome == .reversal)
  }
}

extension Array where Element: Comparable {
  /// The place of the first element that fits, of elements of which those that fit come last.
  fileprivate func partitioningIndex(_ fits: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if fits(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
