/// What the engine says of one record under one rule and election; declared strongest first.
public enum Outcome: String, Sendable, CaseIterable, Comparable {
  /// Inside on every reading still open; no approval covers it.
  case inside
  /// Inside; the record cites a letter whose annex does not list this person and post.
  case approvalMismatch = "approval-mismatch"
  /// Inside; the approval that covers it is dated after the act's first inside date.
  case approvedLate = "approved-late"
  /// Inside on some open readings only, or a partial date straddles the edge.
  case depends
  /// Inside, and the record revokes another act of its source that is not plainly another person's.
  case reversal
  /// No usable date, an unknown kind, or a day that hangs on a fact nobody knows.
  case unjudgeable
  /// An approval in time covers this person and post.
  case approved
  /// The post, assignment or kind was out of scope on that date.
  case notCovered = "not-covered"
  /// Outside on every reading.
  case outside

  /// What becomes of it.
  public enum Level: Sendable {
    /// An alert.
    case alert
    /// Said, but not an alert.
    case notice
    /// Nothing to say.
    case silent
  }

  /// What becomes of it.
  public var level: Level {
    switch self {
    case .inside, .approvalMismatch, .approvedLate, .depends: .alert
    case .reversal, .unjudgeable: .notice
    case .approved, .notCovered, .outside: .silent
    }
  }

  /// 0 for the strongest.
  public var rank: Int {
    switch self {
    case .inside: 0
    case .approvalMismatch: 1
    case .approvedLate: 2
    case .depends: 3
    case .reversal: 4
    case .unjudgeable: 5
    case .approved: 6
    case .notCovered: 7
    case .outside: 8
    }
  }

  /// Stronger is less.
  public static func < (a: Outcome, b: Outcome) -> Bool { a.rank < b.rank }
}

/// One record under one rule and election, with the derivation that led there.
public struct Verdict: Sendable {
  /// The rule, election, readings, edges and citations it was judged by.
  public let window: Window
  /// What was found.
  public let outcome: Outcome
  /// The dates that are inside on at least one open reading.
  public let insideDates: [DateField]
  /// The only inside dates are the first or last day of the window.
  public let isBoundaryDay: Bool
  /// The open axes that change the verdict.
  public let dependsOn: [Axis]
  /// Open readings on which the act is certainly inside.
  public let insideOn: ReadingSet
  /// Open readings on which it may be inside.
  public let maybeInsideOn: ReadingSet
  /// The earliest inside day.
  public let firstInside: CivilDate?
  /// The approval looked for, where the act is inside or may be.
  public internal(set) var approval: ApprovalFinding?
  /// Whether the post is covered, where the act is inside or may be.
  public let coverage: CoverageFinding?
  /// What nobody knows and the answer hangs on.
  public internal(set) var missing: [MissingFact]
  /// What a reader should know of this verdict.
  public internal(set) var notes: [Note]
  /// The steps taken on this record, `nil` where no date of it comes near the window.
  public internal(set) var ownSteps: [Step]?

  /// Days from the first inside date to the determination; negative after it.
  public var daysToDetermination: Int? {
    guard let firstInside, let determination = window.determination else { return nil }
    return firstInside.days(until: determination)
  }

  /// The law, what closed an axis, what decided the coverage.
  public var citations: [String] {
    var all = window.citations
    if let row = coverage?.row, !all.contains(row.citation) { all.append(row.citation) }
    return all
  }
}

/// One step of a derivation: its input, its result, its citation. Text is made from it on demand only.
public enum Step: Sendable, Hashable {
  /// The label and what it means; the kind derived from the posts.
  case kind(recorded: String, scope: KindLabels.Scope, derived: Kind?)
  /// A date of the act against the window.
  case date(DateField, RecordedDate, Position)
  /// A date lies in the window, but no version of the rule was in force.
  case noRuleInForce(CivilDate)
  /// Coverage of the post.
  case coverage(CoverageFinding)
  /// The record revokes another act, which was found in its source or not.
  case reversal(of: String, isFound: Bool)
  /// An instrument permits acts of this kind although the rule forbids the others.
  case exception(RuleException)
  /// A day that nobody knows decides.
  case missing(MissingFact)
  /// The approval looked for.
  case approval(ApprovalFinding)
  /// The end.
  case outcome(Outcome)

  /// Where a date lies.
  public enum Position: String, Sendable {
    /// Inside on every open reading.
    case inside
    /// Inside on some, or a partial date straddles the edge.
    case depends
    /// Outside on every open reading.
    case outside
    /// No date.
    case absent
    /// Not readable: it could be any day.
    case unreadable
    /// Inside or outside, depending on a day that nobody knows.
    case unknown
  }
}

/// Everything the engine says of one record.
public struct Judgement: Sendable {
  /// The record.
  public internal(set) var action: PersonnelAction
  /// The region whose head decides, `nil`: neither the record nor the site names one there is.
  public let region: Region?
  /// The strongest outcome of all verdicts.
  public let outcome: Outcome
  /// The kind as the label says it.
  public let scope: KindLabels.Scope
  /// The kind from the posts before and after, `nil` when unclear.
  public let derivedKind: Kind?
  /// What a reader should know, without repetition, in the order of ``Note``.
  public let notes: [Note]
  /// What nobody knows and the outcome hangs on, each once.
  public internal(set) var missing: [MissingFact]
  /// One verdict a rule and election that apply to the region, strongest first, then in the order of the rulebook.
  public internal(set) var verdicts: [Verdict]

  /// The verdicts worth showing: the strongest; for every rule those with a date inside or near it, else the nearest one.
  public var relevantVerdicts: [Verdict] { relevantPlaces.map { verdicts[$0] } }

  /// Their places among ``verdicts``: a verdict is large to copy.
  public var relevantPlaces: [Int] {
    var shown: [Int] = []
    shown.reserveCapacity(8)
    for place in verdicts.indices where isFirstOfRule(place) { addRelevant(ofRuleAt: place, to: &shown) }
    // The strongest is why the record is what it is, even where it is far from every date that can be read.
    if let first = verdicts.first, !shown.contains(where: { verdicts[$0].window === first.window }) {
      shown.append(0)
    }
    // They are few, and those of a rule come sorted: inserting is quicker than sorting, and keeps equals in order.
    for place in shown.indices.dropFirst() {
      var place = place
      while place > 0, verdicts[shown[place]].outcome.rank < verdicts[shown[place - 1]].outcome.rank {
        shown.swapAt(place, place - 1)
        place -= 1
      }
    }
    return shown
  }

  private func isFirstOfRule(_ place: Int) -> Bool {
    for earlier in 0..<place where verdicts[earlier].window.rule == verdicts[place].window.rule {
      return false
    }
    return true
  }

  /// Of one rule: the windows with a date inside, else the nearest one.
  private func addRelevant(ofRuleAt first: Int, to shown: inout [Int]) {
    let rule = verdicts[first].window.rule
    var hasHit = false
    var nearest = first
    var distance: Int?
    for place in first..<verdicts.count where verdicts[place].window.rule == rule {
      if !verdicts[place].insideDates.isEmpty {
        shown.append(place)
        hasHit = true
      } else if !hasHit, place > first {
        let least = distance ?? self.distance(verdicts[nearest].window)
        let own = self.distance(verdicts[place].window)
        if own < least { nearest = place }
        distance = min(own, least)
      }
    }
    if !hasHit { shown.append(nearest) }
  }

  /// The steps of one of the verdicts; those of the window come from ``Window``.
  public func steps(of verdict: Verdict) -> [Step] {
    if let steps = verdict.ownSteps { return steps }
    let dates = DateField.allCases.map { field -> Step in
      let recorded = action.date(field)
      return switch recorded {
      case .absent: .date(field, recorded, .absent)
      case .unreadable: .date(field, recorded, .unreadable)
      case .known: .date(field, recorded, .outside)
      }
    }
    return [.kind(recorded: action.kind, scope: scope, derived: derivedKind)] + dates + [
      .outcome(verdict.outcome)
    ]
  }

  /// Days between the act's nearest date and the window, 0 inside.
  private func distance(_ window: Window) -> Int {
    func distance(_ date: RecordedDate) -> Int {
      guard let span = date.span else { return .max }
      if span.last < window.earliest { return span.last.days(until: window.earliest) }
      if span.first > window.reach.last { return window.reach.last.days(until: span.first) }
      return 0
    }
    return min(
      distance(action.decreeDate), distance(action.effectiveDate), distance(action.inauguratedOn))
  }
}
