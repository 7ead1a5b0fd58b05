/// May an official be replaced on a day, and if not, until when: the answer before anyone signs.
public struct PlannedDay: Sendable {
  /// The answer in one word.
  public enum Answer: String, Sendable {
    /// Free on every open reading of every window, or out of scope on that day.
    case free
    /// Frozen on every open reading of some window.
    case frozen
    /// Frozen on some open readings only.
    case disputed
    /// No rule was in force, or a determination that would decide was not known: nothing can be said.
    case notEvaluated = "not_evaluated"
  }

  /// The day asked about.
  public let date: CivilDate
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
  /// The day after it, `nil` also where that day cannot be called free: no rule in force, a determination not known.
  public let freeFrom: CivilDate?
  /// The next window to open after the day, when the day is free.
  public let nextWindow: Window?
  /// Whether any rule was in force on the day: looking before the first version is not freedom.
  public let isRuleInForce: Bool
  /// What may freeze the day, or the first one after the freeze, had it been known.
  public let undetermined: [MissingDay]
  /// Elections of the region determined before that day whose end of term is in no calendar: whether the prohibition
  /// still goes on cannot be told.
  public let withoutTermEnd: [String]

  /// Free on every reading of every window.
  public var isFree: Bool { answer == .free }
  /// The post is out of scope on that day.
  public var isOutOfScope: Bool { coverage?.answer == .notCovered }

  /// The answer for one day.
  /// - Parameters:
  ///   - date: the day on which somebody is to be replaced.
  ///   - region: Kemendagri code, `nil`: only what applies everywhere.
  ///   - post: the post to be left or taken, such as `Camat` or `Plt Camat`; `nil`: a covered one.
  ///   - table: the windows, as known on a day.
  public init(_ date: CivilDate, region: String?, post: String? = nil, _ table: WindowTable) {
    let windows = table.windows(in: region)
    func state(_ window: Window, _ day: CivilDate) -> BulkScreen.Code { BulkScreen(window).code(day.packed) }
    self.date = date
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
      day =
        over.contains { $0.closes == nil } ? nil : over.map { BulkScreen($0).lastDay }.max()?.adding(days: 1)
    }
    let hits = !frozenBy.isEmpty || !disputedBy.isEmpty
    frozenThrough = hits ? day?.adding(days: -1) : nil
    nextWindow = windows.filter { $0.earliest > date }.min { $0.earliest < $1.earliest }
    // The day itself where nothing freezes it, else the first one after the freeze.
    let asked = day ?? date
    undetermined = hits && day == nil ? [] : table.undetermined(touching: asked, region: region)
    freeFrom = undetermined.isEmpty && table.isRuleInForce(on: asked) ? day : nil
    withoutTermEnd = windows.filter { window in
      table.withoutTermEnd.contains(window.election) && (window.determination.map { $0 < asked } ?? false)
        && table.rulebook.rules.contains { rule in
          rule.enabled && rule.versions.contains { $0.closes.anchor == .termEnd }
        }
    }.map(\.election)
    if !isRuleInForce {
      answer = .notEvaluated
    } else if coverage?.answer == .notCovered {
      answer = .free
    } else if !frozenBy.isEmpty {
      answer = .frozen
    } else if !disputedBy.isEmpty {
      answer = .disputed
    } else {
      answer = undetermined.isEmpty ? .free : .notEvaluated
    }
  }
}

extension WindowTable {
  /// Elections of a region whose determination was not known, and whose window could hold a day.
  ///
  /// An election that is announced but not determined (or suspended) can hold any day. One whose determination was
  /// announced only after ``knownOn`` is said where that later fact would freeze the day: the day cannot be called
  /// free, nor can it be called frozen by a fact that nobody knew.
  func undetermined(touching day: CivilDate, region: String?) -> [MissingDay] {
    undetermined.filter { missing in
      let id = missing.election
      guard let election = calendar.elections.first(where: { $0.id == id }),
        election.regions.include(region, declared: declared.contains(id))
      else { return false }
      if missing.anchor != .determination { return true }
      let later = election.determinations.filter { $0.knownFrom > knownOn }.min {
        $0.knownFrom < $1.knownFrom
      }
      guard election.determinations.asKnown(on: knownOn) == nil, let later else { return true }
      return WindowTable(rulebook, calendar, declared: declared, knownOn: later.knownFrom).windows.contains {
        $0.election == id && BulkScreen($0).code(day.packed) > 0
      }
    }
  }
}
