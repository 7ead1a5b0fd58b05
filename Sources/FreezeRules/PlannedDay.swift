/// May an official be replaced on a day, and if not, from when: the answer before anyone signs.
public struct PlannedDay: Sendable {
  /// The day asked about.
  public let date: CivilDate
  /// The windows in which the day is frozen on every open reading.
  public let frozenBy: [Window]
  /// The windows in which the day is frozen on some open readings only.
  public let disputedBy: [Window]
  /// The first day from which no reading of any window freezes; `nil` while an end is not known.
  public let freeFrom: CivilDate?
  /// The next window to open after the day, when the day is free.
  public let nextWindow: Window?
  /// Whether any rule was in force on the day: looking before the first version is not freedom.
  public let isRuleInForce: Bool

  /// Free on every reading of every window.
  public var isFree: Bool { isRuleInForce && frozenBy.isEmpty && disputedBy.isEmpty }

  /// - Parameter region: Kemendagri code, `nil`: only what applies everywhere.
  public init(_ date: CivilDate, region: String?, _ table: WindowTable) {
    let windows = table.windows(in: region)
    func state(_ window: Window, _ day: CivilDate) -> BulkScreen.Code { BulkScreen(window).code(day.packed) }
    self.date = date
    frozenBy = windows.filter { state($0, date) == 2 }
    disputedBy = windows.filter { state($0, date) == 1 }
    isRuleInForce = table.rulebook.rules.contains { rule in
      rule.enabled && rule.versions.contains { $0.knownFrom <= table.knownOn && $0.isInForce(on: date) }
    }
    // Windows join: the day after one closes may lie in the next (2024-03-22 to 2025-08-20).
    var day: CivilDate? = date
    while let candidate = day {
      let over = windows.filter { state($0, candidate) > 0 }
      if over.isEmpty { break }
      let ends = over.map(\.closes)
      day = ends.contains(nil) ? nil : ends.compactMap { $0 }.max()?.adding(days: 1)
    }
    freeFrom = day
    nextWindow = windows.filter { $0.earliest > date }.min { $0.earliest < $1.earliest }
  }
}
