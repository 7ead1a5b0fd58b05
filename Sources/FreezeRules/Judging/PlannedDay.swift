/// May an official be replaced on a day, and if not, until when: the answer before anyone signs.
public struct PlannedDay: Sendable {
  /// The answer in one word.
  public enum Answer: String, Sendable {
    /// Free on every open reading of every window, or out of scope on that day.
    case free
    /// Frozen on every open reading of some window.
    case frozen
    /// Frozen on some open readings only, or by the governor's election where the site holds it to bind.
    case disputed
    /// No rule was in force, or a fact that would decide was not known: nothing can be said.
    case notEvaluated = "not_evaluated"
  }

  /// The day asked about.
  public let date: CivilDate
  /// The region asked about, `nil`: none there is was named.
  public let region: Region?
  /// The answer.
  public let answer: Answer
  /// The windows in which the day is frozen on every open reading.
  public let frozenBy: [Window]
  /// The windows in which the day is frozen on some open readings only.
  public let disputedBy: [Window]
  /// The post asked about, as given.
  public let post: String?
  /// Whether that post is covered on the day, and by which row.
  public let coverage: CoverageFinding?
  /// The last day on which some reading still freezes, windows that join taken together; `nil` while an end is not known,
  /// and where nothing freezes.
  public let frozenThrough: CivilDate?
  /// The day after it, `nil` also where that day cannot be called free: no rule in force, a fact not known.
  public let freeFrom: CivilDate?
  /// The next window to open after the day, when the day is free.
  public let nextWindow: Window?
  /// Whether every rule was in force on the day: looking before the first version is not freedom.
  public let isRuleInForce: Bool
  /// What may freeze the day, or the first one after the freeze, were it known.
  public let missing: [MissingFact]

  /// Free on every reading of every window.
  public var isFree: Bool { answer == .free }
  /// The post is out of scope on that day.
  public var isOutOfScope: Bool { coverage?.answer == .notCovered }

  /// The answer for one day.
  /// - Parameters:
  ///   - date: the day on which somebody is to be replaced.
  ///   - region: code or name, `nil`: only what applies everywhere is known.
  ///   - post: the post to be left or taken, such as `Camat` or `Plt Camat`; `nil`: a covered one.
  ///   - table: the windows, as known on a day.
  public init(_ date: CivilDate, region: String?, post: String? = nil, _ table: WindowTable) {
    let (found, applying) = table.applying(region)
    let windows = applying.groups.flatMap(\.versions)
    func state(_ window: Window, _ day: CivilDate) -> BulkScreen.Code {
      let code = BulkScreen(window).code(day.packed)
      return window.isByGovernor ? min(code, 1) : code
    }
    self.date = date
    self.region = found
    self.post = post
    frozenBy = windows.filter { state($0, date) == 2 }
    disputedBy = windows.filter { state($0, date) == 1 }
    isRuleInForce = table.isRuleInForce(on: date)
    coverage = post.map { post in
      var action = PersonnelAction(actionID: "", kind: "")
      action.postFrom = post
      action.postTo = post
      return table.rulebook.coverage(of: action, on: date, knownOn: table.knownOn)
    }
    // Windows join: the day after one closes may lie in the next (2024-03-22 to 2025-08-20).
    var day: CivilDate? = date
    while let candidate = day {
      let over = windows.filter { state($0, candidate) > 0 }
      if over.isEmpty { break }
      let last = over.map { BulkScreen($0).lastDay }.max() ?? .max
      day = last == .max ? nil : last.adding(days: 1)
    }
    let hits = !frozenBy.isEmpty || !disputedBy.isEmpty
    frozenThrough = hits ? day?.adding(days: -1) : nil
    nextWindow = windows.filter { $0.earliest > date }.min { $0.earliest < $1.earliest }
    // The day itself where nothing freezes it, else the first one after the freeze.
    let asked = day ?? date
    missing = hits && day == nil ? [] : table.missing(on: asked, applying, region: found, as: region)
    freeFrom = missing.isEmpty && table.isRuleInForce(on: asked) ? day : nil
    if !isRuleInForce, !hits {
      answer = .notEvaluated
    } else if coverage?.answer == .notCovered {
      answer = .free
    } else if !frozenBy.isEmpty {
      answer = .frozen
    } else if !disputedBy.isEmpty {
      answer = .disputed
    } else {
      answer = missing.isEmpty ? .free : .notEvaluated
    }
  }
}

extension WindowTable {
  /// What nobody knows and a day that no window certainly freezes hangs on.
  func missing(
    on day: CivilDate, _ applying: RegionWindows, region: Region?, as text: String?
  ) -> [MissingFact] {
    var facts: [MissingFact] = []
    for window in applying.groups.flatMap(\.versions)
    where !window.isCertain && window.reach.first <= day && day <= window.reach.last
      && window.version.isInForce(on: day)
    {
      for fact in window.uncertain {
        let own = region.map { fact.of($0.deciding) } ?? fact
        if !facts.contains(own) { facts.append(own) }
      }
    }
    if applying.disputed.contains(where: { $0.contains(day) }) {
      facts.append(MissingFact(regionUnknown: text))
    }
    if day > completeThrough?.value ?? .min { facts.append(MissingFact(calendarEnds: completeThrough)) }
    return facts
  }

  /// What nobody knows of a region (`nil`: of all of them), each once.
  public func missing(in region: String?) -> [MissingFact] {
    var facts: [MissingFact] = []
    let found = region.flatMap { calendar.registry.deciding($0) }
    for window in found == nil ? windows : windows(in: region) {
      for fact in window.uncertain {
        let own = found.map { fact.of($0.deciding) } ?? fact
        if !facts.contains(own) { facts.append(own) }
      }
    }
    return facts
  }
}
