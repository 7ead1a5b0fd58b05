/// Judges one record by every rule and election that apply to its region.
///
/// Pure: the same record, rules, calendar, approvals and day of knowledge give the same judgement, whatever the
/// clock, the machine's zone, or the other records.
/// - Parameters:
///   - action: the record.
///   - rulebook: every rule in each of its versions.
///   - calendar: every election with the determinations known of it.
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
  for versions in table.versions
  where versions[0].regions.include(action.regionCode, declared: versions[0].isDeclared) {
    var judged = Case(versions: versions, scope: scope, posts: posts)
    verdicts.append(judged.verdict(action, nip, derived.kind, table, approvals: approvals))
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

/// What lies inside a window, of the dates whose day is covered or of those whose day is not.
private struct Inside {
  var dates: [DateField] = []
  var on = ReadingSet.none
  var maybeOn = ReadingSet.none
  /// On each reading, packed: the earliest day on which the act can first have been inside, and the latest.
  var firstFrom = SIMD8<Int32>(repeating: .max)
  var firstUntil = SIMD8<Int32>(repeating: .max)
  var isOnlyBoundary = true
  /// The day whose coverage counts.
  var coverageDay = CivilDate.max

  /// The earliest day on which the act can have been inside on any open reading.
  var first: CivilDate? {
    let packed = firstFrom.min()
    return packed == .max ? nil : CivilDate(uncheckedPacked: packed)
  }

  mutating func add(_ field: DateField, _ found: Inside) {
    coverageDay = min(coverageDay, found.coverageDay)
    dates.append(field)
    on = on.union(found.on)
    maybeOn = maybeOn.union(found.maybeOn)
    firstFrom = pointwiseMin(firstFrom, found.firstFrom)
    firstUntil = pointwiseMin(firstUntil, found.firstUntil)
    isOnlyBoundary = isOnlyBoundary && found.isOnlyBoundary
  }
}

/// One record under one rule and election, on its way to a verdict.
private struct Case {
  /// One window for each version of the rule; all have the same readings open.
  let versions: [Window]
  let scope: KindLabels.Scope
  let posts: PostPair

  /// The version that the act falls under.
  var window: Window
  var steps: [Step] = []
  var notes: [Note] = []
  var covered = Inside()
  var uncovered = Inside()
  var hasUnreadable = false
  var hasKnown = false
  var beforeForce: CivilDate?

  /// An act is judged by the dates on which its posts are covered; where there is none, by the others.
  var inside: Inside { covered.dates.isEmpty ? uncovered : covered }

  init(versions: [Window], scope: KindLabels.Scope, posts: PostPair) {
    self.versions = versions
    self.scope = scope
    self.posts = posts
    window = versions[0]
    steps.reserveCapacity(8)
  }

  /// Sets one date of the act against the window.
  private mutating func place(_ field: DateField, _ recorded: RecordedDate, _ table: WindowTable) {
    switch recorded {
    case .absent: steps.append(.date(field, recorded, .absent))
    case .unreadable:
      hasUnreadable = true
      steps.append(.date(field, recorded, .unreadable))
    case .known(let span, _):
      hasKnown = true
      steps.append(.date(field, recorded, place(field, span, table)))
    }
  }

  private mutating func place(_ field: DateField, _ span: DateSpan, _ table: WindowTable) -> Step.Position {
    // Cheap and frequent: before the window on every reading, or after it.
    guard versions.contains(where: { span.last >= $0.earliest && span.first <= $0.closes ?? .max }) else {
      return .outside
    }
    var found = Inside()
    var last = CivilDate.min
    // How many days of the span are inside, on each reading.
    var days = SIMD8<Int32>(repeating: 0)
    let openReadings = window.openReadings
    for version in versions {
      let inForceFrom = version.version.inForceFrom
      let inForceUntil = version.version.inForceUntil ?? .max
      var isTouched = false
      for index in 0..<8 {
        let reading = Reading(rawValue: UInt8(truncatingIfNeeded: index))
        guard openReadings.contains(reading) else { continue }
        let opens = max(version.firstDays[index], span.first)
        let ends = min(version.lastDays[index], span.last)
        guard opens <= ends else { continue }
        let from = max(opens, inForceFrom)
        let through = min(ends, inForceUntil)
        guard from <= through else {
          if !version.force.touch(opens, ends) { beforeForce = opens }
          continue
        }
        isTouched = true
        found.maybeOn.insert(reading)
        found.firstFrom[index] = min(found.firstFrom[index], from.packed)
        last = max(last, through)
        days[index] &+= from == through ? 1 : Int32(truncatingIfNeeded: from.days(until: through) + 1)
      }
      if isTouched, !(span.isExact && version.boundaryDays.contains(span.first)) {
        found.isOnlyBoundary = false
      }
    }
    // No two versions are in force on one day: days in all of the span are all of its days.
    let whole = span.isExact ? 1 : Int32(truncatingIfNeeded: span.first.days(until: span.last) + 1)
    for index in 0..<8 where days[index] == whole {
      found.on.insert(Reading(rawValue: UInt8(truncatingIfNeeded: index)))
      found.firstUntil[index] = span.last.packed
    }
    guard let first = found.first else { return .outside }
    let position: Step.Position = found.on == window.openReadings ? .inside : .depends
    guard case .inScope = scope else {
      covered.add(field, found)
      return position
    }
    let coverage = table.rulebook.coverageDay(of: posts, from: first, through: last, knownOn: table.knownOn)
    found.coverageDay = coverage.day
    guard !coverage.isOut else {
      uncovered.add(field, found)
      return position
    }
    if !coverage.isWhole {
      // Of the days that a month or year can be, some are covered and some are not.
      found.on = .none
      found.firstUntil = SIMD8(repeating: .max)
      found.firstFrom = pointwiseMax(found.firstFrom, SIMD8(repeating: coverage.day.packed))
    }
    covered.add(field, found)
    return coverage.isWhole ? position : .depends
  }

  mutating func verdict(
    _ action: PersonnelAction, _ nip: UInt64?, _ derived: Kind?, _ table: WindowTable, approvals: Approvals?
  ) -> Verdict {
    steps.append(.kind(recorded: action.kind, scope: scope, derived: derived))
    place(.decreeDate, action.decreeDate, table)
    place(.effectiveDate, action.effectiveDate, table)
    place(.inauguratedOn, action.inauguratedOn, table)
    let inside = self.inside
    let firstInside = inside.first
    if versions.count > 1 { window = decisive(action, firstInside) }
    var approval: ApprovalFinding?
    var coverage: CoverageFinding?
    var answers = Answers(insideOn: inside.on, maybeInsideOn: inside.maybeOn)
    let outcome: Outcome
    switch scope {
    case .outOfScope: outcome = .notCovered
    case .unknown: outcome = .unjudgeable
    case .inScope:
      if !hasKnown {
        outcome = .unjudgeable
      } else if let firstInside {
        let finding = table.rulebook.coverage(of: posts, on: inside.coverageDay, knownOn: table.knownOn)
        coverage = finding
        (outcome, approval) = insideOutcome(
          action, nip, inside, firstInside, finding, table, approvals, &answers)
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
      window: window, outcome: outcome, insideDates: inside.dates,
      isBoundaryDay: !inside.dates.isEmpty && inside.isOnlyBoundary,
      dependsOn: answers.axes(window.openReadings), insideOn: inside.on, maybeInsideOn: inside.maybeOn,
      firstInside: firstInside, approval: approval, coverage: coverage, notes: notes, steps: steps)
  }

  /// The version in force on the first inside day; without one, on some day of the act.
  private func decisive(_ action: PersonnelAction, _ firstInside: CivilDate?) -> Window {
    if let firstInside {
      return versions.first {
        $0.version.inForceFrom <= firstInside && firstInside <= $0.version.inForceUntil ?? .max
      } ?? window
    }
    return versions.first { action.isUnder($0.version) } ?? window
  }

  private mutating func insideOutcome(
    _ action: PersonnelAction, _ nip: UInt64?, _ inside: Inside, _ firstInside: CivilDate,
    _ coverage: CoverageFinding, _ table: WindowTable, _ approvals: Approvals?, _ answers: inout Answers
  ) -> (Outcome, ApprovalFinding?) {
    if !covered.dates.isEmpty, !uncovered.dates.isEmpty {
      steps.append(
        .coverage(table.rulebook.coverage(of: posts, on: uncovered.coverageDay, knownOn: table.knownOn)))
    }
    steps.append(.coverage(coverage))
    if coverage.answer == .notCovered { return (.notCovered, nil) }
    if coverage.answer == .assumed { notes.append(.coverageAssumed) }
    if let revoked = action.revokes { steps.append(.reversal(of: revoked)) }

    let approval =
      approvals?.find(action, nip, firstInside: firstInside, knownOn: table.knownOn)
      ?? Approvals.asRecorded(action, firstInside: firstInside, knownOn: table.knownOn)
    steps.append(.approval(approval))
    if approval.basis == .asRecorded, approval.standing != .none { notes.append(.approvalAsRecorded) }
    if approval.standing == .undated { notes.append(.approvalUndated) }
    if approval.isOtherPost { notes.append(.approvalOtherPost) }
    if approval.isPostUnchecked { notes.append(.approvalPostUnchecked) }

    // Also where the day is in dispute or a letter is there: putting people back must not weigh more on a doubtful day.
    if action.revokes != nil { return (.reversal, approval) }
    if approval.standing == .before { return (.approved, approval) }
    let lateOn = late(approval, inside)
    if approval.standing == .after { answers.lateOn = lateOn }
    guard inside.on == window.openReadings else { return (.depends, approval) }
    switch approval.standing {
    case .after:
      // In time on some open readings, or by some of the days a partial date can be.
      if lateOn == inside.on { return (.approvedLate, approval) }
      if let letter = approval.letterDate, !letter.isExact { notes.append(.partialDate) }
      return (.depends, approval)
    case .notInAnnex: return (.approvalMismatch, approval)
    case .before, .undated, .otherPost, .none: return (.inside, approval)
    }
  }

  /// The readings on which the letter is certainly dated after the act's first inside day.
  private func late(_ approval: ApprovalFinding, _ inside: Inside) -> ReadingSet {
    guard approval.standing == .after, let letter = approval.letterDate else { return .none }
    var late = ReadingSet.none
    for index in 0..<8 where letter.first.packed > inside.firstUntil[index] {
      late.insert(Reading(rawValue: UInt8(truncatingIfNeeded: index)))
    }
    return late.intersection(inside.on)
  }

  private mutating func noteBackdating(_ action: PersonnelAction, _ table: WindowTable) {
    guard let recordedOn = action.recordedOn, recordedOn >= window.earliest,
      window.closes.map({ recordedOn <= $0 }) ?? true,
      let nearest = DateField.allCases.compactMap({ action.date($0).span?.last }).max(),
      nearest < window.earliest, nearest.days(until: window.earliest) <= table.rulebook.backdatingDays,
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
