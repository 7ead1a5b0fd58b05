/// Judges one record by every rule and election that apply to its region.
///
/// Pure: the same record, rules, calendar, approvals and day of knowledge give the same judgement, whatever the
/// clock, the machine's zone, or the other records.
/// - Parameters:
///   - declared: ids of the partial waves that the site took part in.
///   - approvals: `nil` when there is no approvals source; then the record's own approval counts, marked so.
///   - knownOn: facts and clarifications that became known later are left out.
public func judge(
  _ action: PersonnelAction, rulebook: Rulebook, calendar: ElectionCalendar, declared: Set<String> = [],
  approvals: Approvals?, knownOn: CivilDate
) -> Judgement {
  judge(action, WindowTable(rulebook, calendar, declared: declared, knownOn: knownOn), approvals: approvals)
}

/// Judges one record by a table made once for many.
public func judge(_ action: PersonnelAction, _ table: WindowTable, approvals: Approvals?) -> Judgement {
  let scope = table.rulebook.kinds.scope(of: action.kind)
  let derived = DerivedKind(action)
  var notes = action.readerNotes

  if case .inScope(let recorded?) = scope, let kind = derived.kind, kind != recorded {
    notes.append(.kindDiffers)
  }
  if derived.isLowerInSameTier { notes.append(.lowerEchelonSameTier) }
  for field in DateField.allCases {
    switch action.date(field) {
    case .known(let span, _): if !span.isExact { notes.append(.partialDate) }
    case .unreadable: notes.append(.unreadableDate)
    case .absent: break
    }
  }
  if let nip = action.nip, NIP(nip) == nil { notes.append(.nipDamaged) }
  if action.regionCode == nil { notes.append(.regionUnknown) }

  var verdicts: [Verdict] = []
  for window in table.windows where window.regions.include(action.regionCode, declared: window.isDeclared) {
    let verdict = Case(action: action, window: window, scope: scope, derived: derived.kind)
      .verdict(table, approvals: approvals)
    // Two versions of one rule over one election: the act falls under the one that says more.
    if let last = verdicts.last(where: {
      $0.window.rule == window.rule && $0.window.election == window.election
    }) {
      guard verdict.outcome < last.outcome else { continue }
      verdicts.removeAll { $0.window === last.window }
    }
    verdicts.append(verdict)
  }
  verdicts = verdicts.enumerated().sorted {
    ($0.element.outcome.rank, $0.offset) < ($1.element.outcome.rank, $1.offset)
  }.map(\.element)

  for verdict in verdicts { notes += verdict.notes }
  return Judgement(
    action: action, outcome: verdicts.first?.outcome ?? outcomeWithoutWindow(action, scope), scope: scope,
    derivedKind: derived.kind, notes: Note.allCases.filter(notes.contains), verdicts: verdicts)
}

/// Where no window applies to the region at all, the record itself can still be out of scope or unjudgeable.
private func outcomeWithoutWindow(_ action: PersonnelAction, _ scope: KindLabels.Scope) -> Outcome {
  switch scope {
  case .outOfScope: return .notCovered
  case .unknown: return .unjudgeable
  case .inScope:
    let dates = DateField.allCases.map { action.date($0) }
    let isUnreadable = dates.contains { if case .unreadable = $0 { true } else { false } }
    return isUnreadable || dates.allSatisfy({ $0.span == nil }) ? .unjudgeable : .outside
  }
}

/// One record under one window, on its way to a verdict.
private struct Case {
  let action: PersonnelAction
  let window: Window
  let scope: KindLabels.Scope
  let derived: Kind?

  var steps: [Step] = []
  var notes: [Note] = []
  var insideDates: [DateField] = []
  var insideOn = ReadingSet.none
  var maybeInsideOn = ReadingSet.none
  var firstInside: CivilDate?
  var hasUnreadable = false
  var hasKnown = false
  var allBefore = true
  var nearestBefore: CivilDate?
  var beforeForce: CivilDate?
  var onlyBoundary = true

  init(action: PersonnelAction, window: Window, scope: KindLabels.Scope, derived: Kind?) {
    self.action = action
    self.window = window
    self.scope = scope
    self.derived = derived
    steps.reserveCapacity(8)
    steps.append(.kind(recorded: action.kind, scope: scope, derived: derived))
    for field in DateField.allCases { place(field) }
  }

  /// Sets one date of the act against the window.
  private mutating func place(_ field: DateField) {
    let recorded = action.date(field)
    switch recorded {
    case .absent: steps.append(.date(field, recorded, .absent))
    case .unreadable:
      hasUnreadable = true
      steps.append(.date(field, recorded, .unreadable))
    case .known(let span, _):
      hasKnown = true
      if span.last >= window.earliest { allBefore = false }
      nearestBefore = max(nearestBefore ?? span.last, span.last)
      steps.append(.date(field, recorded, place(field, span)))
    }
  }

  private mutating func place(_ field: DateField, _ span: DateSpan) -> Step.Position {
    // Cheap and frequent: before the window on every reading, or after it.
    if span.last < window.earliest { return .outside }
    if let closes = window.closes, span.first > closes { return .outside }
    var certain = ReadingSet.none
    var possible = ReadingSet.none
    let inForceFrom = window.version.inForceFrom
    let inForceUntil = window.version.inForceUntil ?? .max
    for reading in window.openReadings.members {
      let first = window.firstDay(reading)
      let last = window.lastDay(reading)
      guard span.first <= last, span.last >= first else { continue }
      guard span.last >= inForceFrom, span.first <= inForceUntil else {
        beforeForce = span.first
        continue
      }
      possible.insert(reading)
      if span.first >= max(first, inForceFrom), span.last <= min(last, inForceUntil) {
        certain.insert(reading)
      }
    }
    guard possible != .none else { return .outside }
    insideDates.append(field)
    insideOn = insideOn.union(certain)
    maybeInsideOn = maybeInsideOn.union(possible)
    firstInside = min(firstInside ?? .max, max(span.first, window.earliest, inForceFrom))
    if !(span.isExact && window.boundaryDays.contains(span.first)) { onlyBoundary = false }
    return certain == window.openReadings ? .inside : .depends
  }

  /// The axes along which a step between two open readings changes the answer.
  private var dependsOn: [Axis] {
    guard insideOn != maybeInsideOn || (insideOn != .none && insideOn != window.openReadings) else {
      return []
    }
    return Axis.allCases.filter { axis in
      window.openReadings.members.contains { reading in
        let other = reading.flipped(axis)
        return window.openReadings.contains(other)
          && (insideOn.contains(reading) != insideOn.contains(other)
            || maybeInsideOn.contains(reading) != maybeInsideOn.contains(other))
      }
    }
  }

  consuming func verdict(_ table: WindowTable, approvals: Approvals?) -> Verdict {
    var approval: ApprovalFinding?
    var coverage: CoverageFinding?
    let outcome: Outcome
    switch scope {
    case .outOfScope: outcome = .notCovered
    case .unknown: outcome = .unjudgeable
    case .inScope:
      if !hasKnown {
        outcome = .unjudgeable
      } else if let firstInside {
        (outcome, coverage, approval) = insideOutcome(firstInside, table, approvals)
      } else if hasUnreadable {
        outcome = .unjudgeable
      } else if let beforeForce {
        notes.append(.noRuleInForce)
        steps.append(.noRuleInForce(beforeForce))
        outcome = .notCovered
      } else {
        outcome = .outside
        noteBackdating(table)
      }
    }
    steps.append(.outcome(outcome))
    return Verdict(
      window: window, outcome: outcome, insideDates: insideDates,
      isBoundaryDay: !insideDates.isEmpty && onlyBoundary, dependsOn: dependsOn, insideOn: insideOn,
      maybeInsideOn: maybeInsideOn, firstInside: firstInside, approval: approval, coverage: coverage,
      notes: notes,
      steps: steps)
  }

  private mutating func insideOutcome(
    _ firstInside: CivilDate, _ table: WindowTable, _ approvals: Approvals?
  ) -> (Outcome, CoverageFinding?, ApprovalFinding?) {
    let coverage = table.rulebook.coverage(of: action, on: firstInside, knownOn: table.knownOn)
    steps.append(.coverage(coverage))
    if coverage.answer == .notCovered { return (.notCovered, coverage, nil) }
    if coverage.answer == .assumed { notes.append(.coverageAssumed) }

    if let revoked = action.revokes {
      // Also where the day is in dispute: putting people back must not weigh more on a doubtful day.
      steps.append(.reversal(of: revoked))
      return (.reversal, coverage, nil)
    }

    let approval =
      approvals?.find(action, firstInside: firstInside)
      ?? Approvals.asRecorded(action, firstInside: firstInside)
    steps.append(.approval(approval))
    if approval.basis == .asRecorded, approval.standing != .none { notes.append(.approvalAsRecorded) }
    if approval.standing == .undated { notes.append(.approvalUndated) }
    if approval.isOtherPost { notes.append(.approvalOtherPost) }
    if approval.isPostUnchecked { notes.append(.approvalPostUnchecked) }

    if approval.standing == .before { return (.approved, coverage, approval) }
    guard insideOn == window.openReadings else { return (.depends, coverage, approval) }
    switch approval.standing {
    case .after: return (.approvedLate, coverage, approval)
    case .notInAnnex: return (.approvalMismatch, coverage, approval)
    case .before, .undated, .otherPost, .none: return (.inside, coverage, approval)
    }
  }

  private mutating func noteBackdating(_ table: WindowTable) {
    guard allBefore, let nearestBefore, let recordedOn = action.recordedOn, recordedOn >= window.earliest,
      window.closes.map({ recordedOn <= $0 }) ?? true,
      nearestBefore.days(until: window.earliest) <= table.rulebook.backdatingDays
    else { return }
    notes.append(.possibleBackdating)
  }
}

extension ReadingSet {
  fileprivate func union(_ other: ReadingSet) -> ReadingSet { ReadingSet(bits: bits | other.bits) }
}
