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
  let posts = action.posts
  let derived = DerivedKind(posts)
  let nip = action.nip.flatMap(NIP.number)
  var verdicts: [Verdict] = []
  for window in table.windows where window.regions.include(action.regionCode, declared: window.isDeclared) {
    var judged = Case(window: window, scope: scope, posts: posts)
    let verdict = judged.verdict(action, nip, derived.kind, table, approvals: approvals)
    // Two versions of one rule over one election: the act falls under the one that says more, else under the one
    // that was in force.
    if let index = verdicts.firstIndex(where: {
      $0.window.rule == window.rule && $0.window.election == window.election
    }) {
      let other = verdicts[index]
      let isBetter =
        verdict.outcome == other.outcome
        ? action.isUnder(window.version) && !action.isUnder(other.window.version)
        : verdict.outcome < other.outcome
      if isBetter { verdicts[index] = verdict }
    } else {
      verdicts.append(verdict)
    }
  }
  // Dates just before one window but inside another were not put back to escape the freeze.
  if verdicts.contains(where: { !$0.insideDates.isEmpty }) {
    for index in verdicts.indices { verdicts[index].notes.removeAll { $0 == .possibleBackdating } }
  }
  verdicts.sortByOutcome()
  return Judgement(
    action: action, outcome: verdicts.first?.outcome ?? outcomeWithoutWindow(action, scope), scope: scope,
    derivedKind: derived.kind, notes: notes(action, nip, table, scope, derived, verdicts), verdicts: verdicts)
}

extension [Verdict] {
  /// Strongest first; equal ones keep their order. A handful of elements: insertion beats a general sort.
  fileprivate mutating func sortByOutcome() {
    for end in indices.dropFirst() {
      var index = end
      while index > 0, self[index].outcome < self[index - 1].outcome {
        swapAt(index, index - 1)
        index -= 1
      }
    }
  }
}

/// What a reader should know, each once, in the order of ``Note``.
private func notes(
  _ action: PersonnelAction, _ nip: UInt64?, _ table: WindowTable, _ scope: KindLabels.Scope,
  _ derived: DerivedKind, _ verdicts: [Verdict]
) -> [Note] {
  var notes = action.readerNotes
  if case .inScope(let recorded?) = scope, let kind = derived.kind, kind != recorded {
    notes.append(.kindDiffers)
  }
  if derived.isLowerInSameTier { notes.append(.lowerEchelonSameTier) }
  var isAnyKnown = false
  var isAnyInForce = false
  for field in DateField.allCases {
    switch action.date(field) {
    case .known(let span, _):
      if !span.isExact { notes.append(.partialDate) }
      isAnyKnown = true
      if table.force.touch(span.first, span.last) { isAnyInForce = true }
    case .unreadable: notes.append(.unreadableDate)
    case .absent: break
    }
  }
  if isAnyKnown, !isAnyInForce { notes.append(.noRuleInForce) }
  if action.nip != nil, nip == nil { notes.append(.nipDamaged) }
  if !(action.regionCode.map(RegionCode.isCode) ?? false) { notes.append(.regionUnknown) }
  for index in verdicts.indices { notes += verdicts[index].notes }
  return notes.count < 2 ? notes : Note.allCases.filter(notes.contains)
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

extension PersonnelAction {
  /// Whether some known date lies in the force of a version.
  fileprivate func isUnder(_ version: RuleVersion) -> Bool {
    DateField.allCases.contains { field in
      guard let span = date(field).span else { return false }
      return version.inForceFrom <= span.last && span.first <= version.inForceUntil ?? .max
    }
  }
}

/// One record under one window, on its way to a verdict.
private struct Case {
  let window: Window
  let scope: KindLabels.Scope
  let posts: PostPair

  var steps: [Step] = []
  var notes: [Note] = []
  var insideDates: [DateField] = []
  var insideOn = ReadingSet.none
  var maybeInsideOn = ReadingSet.none
  /// On each reading, packed: the earliest day on which the act can first have been inside, and the latest.
  var firstInsideFrom = SIMD8<Int32>(repeating: .max)
  var firstInsideUntil = SIMD8<Int32>(repeating: .max)
  var hasUnreadable = false
  var hasKnown = false
  var allBefore = true
  var nearestBefore: CivilDate?
  var beforeForce: CivilDate?
  var onlyBoundary = true

  init(window: Window, scope: KindLabels.Scope, posts: PostPair) {
    self.window = window
    self.scope = scope
    self.posts = posts
    steps.reserveCapacity(8)
  }

  /// Sets one date of the act against the window.
  private mutating func place(_ field: DateField, _ recorded: RecordedDate) {
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
    for index in 0..<8 {
      let reading = Reading(rawValue: UInt8(truncatingIfNeeded: index))
      guard window.openReadings.contains(reading) else { continue }
      let first = max(window.firstDays[index], span.first)
      let last = min(window.lastDays[index], span.last)
      guard first <= last else { continue }
      guard first <= inForceUntil, last >= inForceFrom else {
        if !window.force.touch(first, last) { beforeForce = first }
        continue
      }
      possible.insert(reading)
      let from = max(first, inForceFrom)
      firstInsideFrom[index] = min(firstInsideFrom[index], from.packed)
      if from == span.first, min(last, inForceUntil) == span.last {
        certain.insert(reading)
        firstInsideUntil[index] = min(firstInsideUntil[index], span.last.packed)
      }
    }
    guard possible != .none else { return .outside }
    insideDates.append(field)
    insideOn = insideOn.union(certain)
    maybeInsideOn = maybeInsideOn.union(possible)
    if !(span.isExact && window.boundaryDays.contains(span.first)) { onlyBoundary = false }
    return certain == window.openReadings ? .inside : .depends
  }

  /// The earliest day on which the act can have been inside on any open reading.
  private var firstInside: CivilDate? {
    let packed = firstInsideFrom.min()
    return packed == .max ? nil : CivilDate(uncheckedPacked: packed)
  }

  mutating func verdict(
    _ action: PersonnelAction, _ nip: UInt64?, _ derived: Kind?, _ table: WindowTable, approvals: Approvals?
  ) -> Verdict {
    steps.append(.kind(recorded: action.kind, scope: scope, derived: derived))
    place(.decreeDate, action.decreeDate)
    place(.effectiveDate, action.effectiveDate)
    place(.inauguratedOn, action.inauguratedOn)
    var approval: ApprovalFinding?
    var coverage: CoverageFinding?
    var answers = Answers(insideOn: insideOn, maybeInsideOn: maybeInsideOn)
    let outcome: Outcome
    let firstInside = self.firstInside
    switch scope {
    case .outOfScope: outcome = .notCovered
    case .unknown: outcome = .unjudgeable
    case .inScope:
      if !hasKnown {
        outcome = .unjudgeable
      } else if let firstInside {
        (outcome, coverage, approval) = insideOutcome(action, nip, firstInside, table, approvals, &answers)
      } else if hasUnreadable {
        outcome = .unjudgeable
      } else if let beforeForce {
        notes.append(.noRuleInForce)
        steps.append(.noRuleInForce(beforeForce))
        outcome = .notCovered
      } else {
        outcome = .outside
        noteBackdating(action, table)
      }
    }
    steps.append(.outcome(outcome))
    return Verdict(
      window: window, outcome: outcome, insideDates: insideDates,
      isBoundaryDay: !insideDates.isEmpty && onlyBoundary, dependsOn: answers.axes(window.openReadings),
      insideOn: insideOn, maybeInsideOn: maybeInsideOn, firstInside: firstInside, approval: approval,
      coverage: coverage, notes: notes, steps: steps)
  }

  private mutating func insideOutcome(
    _ action: PersonnelAction, _ nip: UInt64?, _ firstInside: CivilDate, _ table: WindowTable,
    _ approvals: Approvals?, _ answers: inout Answers
  ) -> (Outcome, CoverageFinding?, ApprovalFinding?) {
    let coverage = table.rulebook.coverage(of: posts, on: firstInside, knownOn: table.knownOn)
    steps.append(.coverage(coverage))
    if coverage.answer == .notCovered { return (.notCovered, coverage, nil) }
    if coverage.answer == .assumed { notes.append(.coverageAssumed) }

    if let revoked = action.revokes {
      // Also where the day is in dispute: putting people back must not weigh more on a doubtful day.
      steps.append(.reversal(of: revoked))
      return (.reversal, coverage, nil)
    }

    let approval =
      approvals?.find(action, nip, firstInside: firstInside, knownOn: table.knownOn)
      ?? Approvals.asRecorded(action, firstInside: firstInside, knownOn: table.knownOn)
    steps.append(.approval(approval))
    if approval.basis == .asRecorded, approval.standing != .none { notes.append(.approvalAsRecorded) }
    if approval.standing == .undated { notes.append(.approvalUndated) }
    if approval.isOtherPost { notes.append(.approvalOtherPost) }
    if approval.isPostUnchecked { notes.append(.approvalPostUnchecked) }

    if approval.standing == .before { return (.approved, coverage, approval) }
    let lateOn = late(approval)
    if approval.standing == .after { answers.lateOn = lateOn }
    guard insideOn == window.openReadings else { return (.depends, coverage, approval) }
    switch approval.standing {
    case .after:
      // In time on some open readings, or by some of the days a partial date can be.
      if lateOn == insideOn { return (.approvedLate, coverage, approval) }
      if let letter = approval.letterDate, !letter.isExact { notes.append(.partialDate) }
      return (.depends, coverage, approval)
    case .notInAnnex: return (.approvalMismatch, coverage, approval)
    case .before, .undated, .otherPost, .none: return (.inside, coverage, approval)
    }
  }

  /// The readings on which the letter is certainly dated after the act's first inside day.
  private func late(_ approval: ApprovalFinding) -> ReadingSet {
    guard approval.standing == .after, let letter = approval.letterDate else { return .none }
    var late = ReadingSet.none
    for index in 0..<8 where letter.first.packed > firstInsideUntil[index] {
      late.insert(Reading(rawValue: UInt8(truncatingIfNeeded: index)))
    }
    return late.intersection(insideOn)
  }

  private mutating func noteBackdating(_ action: PersonnelAction, _ table: WindowTable) {
    guard allBefore, let nearestBefore, let recordedOn = action.recordedOn, recordedOn >= window.earliest,
      window.closes.map({ recordedOn <= $0 }) ?? true,
      nearestBefore.days(until: window.earliest) <= table.rulebook.backdatingDays,
      // Whoever is out of scope has no freeze to escape.
      table.rulebook.coverage(of: posts, on: window.earliest, knownOn: table.knownOn).answer != .notCovered
    else { return }
    notes.append(.possibleBackdating)
  }
}

/// What each reading answers, and so which axes change the verdict. Rounding has no part in it.
private struct Answers {
  let insideOn: ReadingSet
  let maybeInsideOn: ReadingSet
  var lateOn = ReadingSet.none

  /// The axes along which a step between two open readings changes the answer.
  func axes(_ open: ReadingSet) -> [Axis] {
    if [insideOn, maybeInsideOn, lateOn].allSatisfy({ $0 == open || $0 == .none }) { return [] }
    return Axis.allCases.filter { axis in
      open.members.contains { reading in
        let other = reading.flipped(axis)
        return open.contains(other)
          && [insideOn, maybeInsideOn, lateOn].contains { $0.contains(reading) != $0.contains(other) }
      }
    }
  }
}
