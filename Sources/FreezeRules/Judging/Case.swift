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
struct Inside {
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
struct Case {
  let group: WindowGroup
  let traits: ActTraits

  /// The version that the act falls under.
  private var window: Window
  private var steps: [Step] = []
  private var notes: [Note] = []
  private var covered = Inside()
  private var uncovered = Inside()
  private var beforeForce: CivilDate?
  /// The days of the act that a window may freeze, depending on a day nobody knows.
  private var unknown: (first: CivilDate, last: CivilDate)?
  private var missing: [MissingFact] = []

  /// One window for each version of the rule; all have the same readings open.
  private var versions: [Window] { group.versions }

  /// An act is judged by the dates on which its posts are covered; where there is none, by the others.
  private var inside: Inside { covered.dates.isEmpty ? uncovered : covered }

  init(group: WindowGroup, traits: ActTraits) {
    self.group = group
    self.traits = traits
    window = group.head
    steps.reserveCapacity(8)
  }

  /// Sets one date of the act against the window.
  private mutating func place(_ field: DateField, _ recorded: RecordedDate, _ table: WindowTable) {
    switch recorded {
    case .absent: steps.append(.date(field, recorded, .absent))
    case .unreadable: steps.append(.date(field, recorded, .unreadable))
    case .known(let span, _):
      steps.append(.date(field, recorded, place(field, span, table)))
    }
  }

  private mutating func place(_ field: DateField, _ span: DateSpan, _ table: WindowTable) -> Step.Position {
    // Cheap and frequent: before the window on every reading, or after it.
    guard span.last >= group.first, span.first <= group.last else { return .outside }
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
    guard let first = found.first else { return placeInDoubt(span) }
    return cover(field, &found, first, last, table)
  }

  /// Whether the posts are covered on the days inside, from `first` through `last`.
  @inline(__always)
  private mutating func cover(
    _ field: DateField, _ found: inout Inside, _ first: CivilDate, _ last: CivilDate, _ table: WindowTable
  ) -> Step.Position {
    let position: Step.Position = found.on == window.openReadings ? .inside : .depends
    // What is out of scope or unknown by its label needs no coverage.
    if traits.isOutOfScope || traits.scope == .unknown {
      covered.add(field, found)
      return position
    }
    let coverage = table.rulebook.coverageDay(
      of: traits.posts, from: first, through: last, knownOn: table.knownOn)
    found.coverageDay = coverage.day
    guard !coverage.isOut || traits.contradictsItself else {
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

  /// A date that no reading certainly freezes: whether one may hangs on a day that nobody knows.
  private mutating func placeInDoubt(_ span: DateSpan) -> Step.Position {
    var position = Step.Position.outside
    for version in versions where !version.isCertain {
      let first = max(span.first, version.reach.first, version.version.inForceFrom)
      let last = min(span.last, version.reach.last, version.version.inForceUntil ?? .max)
      guard first <= last else { continue }
      position = .unknown
      unknown = (min(first, unknown?.first ?? .max), max(last, unknown?.last ?? .min))
      missing += version.uncertain.filter { !missing.contains($0) }
    }
    return position
  }

  mutating func verdict(_ action: PersonnelAction, _ table: WindowTable, approvals: Approvals?) -> Verdict {
    steps.append(.kind(recorded: action.kind, scope: traits.scope, derived: traits.derived.kind))
    place(.decreeDate, action.decreeDate, table)
    place(.effectiveDate, action.effectiveDate, table)
    place(.inauguratedOn, action.inauguratedOn, table)
    let inside = self.inside
    let firstInside = inside.first
    if versions.count > 1 { window = decisive(action, firstInside) }
    var answers = Answers(insideOn: inside.on, maybeInsideOn: inside.maybeOn)
    var found = Found()
    let outcome: Outcome
    if traits.isOutOfScope {
      outcome = .notCovered
    } else if traits.scope == .unknown || !traits.dates.hasKnown {
      outcome = .unjudgeable
    } else if let firstInside, !covered.dates.isEmpty || unknown == nil {
      outcome = insideOutcome(action, inside, firstInside, table, approvals, &found, &answers)
    } else if traits.dates.hasUnreadable {
      outcome = .unjudgeable
    } else if let unknown {
      outcome = unknownOutcome(action, unknown, table, approvals, &found)
    } else if let beforeForce {
      notes.append(.noRuleInForce)
      steps.append(.noRuleInForce(beforeForce))
      outcome = .notCovered
    } else {
      outcome = .outside
      if window.isBackdated(action, traits.posts, table) { notes.append(.possibleBackdating) }
    }
    steps.append(.outcome(outcome))
    return Verdict(
      window: window, outcome: outcome, insideDates: inside.dates,
      isBoundaryDay: !inside.dates.isEmpty && inside.isOnlyBoundary && outcome != .notCovered,
      dependsOn: answers.axes(window.openReadings), insideOn: inside.on, maybeInsideOn: inside.maybeOn,
      firstInside: firstInside, approval: found.approval, coverage: found.coverage,
      missing: outcome == .unjudgeable ? missing : [], notes: notes, ownSteps: steps)
  }

  /// What was looked for and found on the way.
  private struct Found {
    var approval: ApprovalFinding?
    var coverage: CoverageFinding?
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

  /// The outcome of an act with a date inside on some reading.
  private mutating func insideOutcome(
    _ action: PersonnelAction, _ inside: Inside, _ firstInside: CivilDate, _ table: WindowTable,
    _ approvals: Approvals?, _ found: inout Found, _ answers: inout Answers
  ) -> Outcome {
    if !covered.dates.isEmpty, !uncovered.dates.isEmpty {
      steps.append(
        .coverage(
          table.rulebook.coverage(of: traits.posts, on: uncovered.coverageDay, knownOn: table.knownOn)))
    }
    let coverage = table.rulebook.coverage(of: traits.posts, on: inside.coverageDay, knownOn: table.knownOn)
    found.coverage = coverage
    steps.append(.coverage(coverage))
    if coverage.answer == .notCovered, !traits.contradictsItself { return .notCovered }
    if let out = traits.leaves(action) { return out }
    if let exception = exception(action, firstInside, table) {
      steps.append(.exception(exception))
      return .notCovered
    }
    if coverage.answer == .assumed { notes.append(.coverageAssumed) }

    let approval = lookForApproval(action, firstInside, table, approvals)
    found.approval = approval
    // Also where the day is in dispute or a letter is there: putting people back must not weigh more on a doubtful day.
    if isReversal(action) { return .reversal }
    if approval.standing == .before { return .approved }
    if let dispute = dispute() { return dispute }
    let lateOn = late(approval, inside)
    if approval.standing == .after { answers.lateOn = lateOn }
    guard inside.on == window.openReadings else { return .depends }
    switch approval.standing {
    case .after:
      // In time on some open readings, or by some of the days a partial date can be.
      if lateOn == inside.on { return .approvedLate }
      if let letter = approval.letterDate, !letter.isExact { notes.append(.partialDate) }
      return .depends
    case .notInAnnex: return .approvalMismatch
    case .before, .unreadableDate, .undated, .otherPost, .none: return .inside
    }
  }

  /// The outcome of an act that is inside or outside depending on a day nobody knows.
  private mutating func unknownOutcome(
    _ action: PersonnelAction, _ days: (first: CivilDate, last: CivilDate), _ table: WindowTable,
    _ approvals: Approvals?, _ found: inout Found
  ) -> Outcome {
    let coverage = table.rulebook.coverageDay(
      of: traits.posts, from: days.first, through: days.last, knownOn: table.knownOn)
    if coverage.isOut, !traits.contradictsItself {
      let finding = table.rulebook.coverage(of: traits.posts, on: coverage.day, knownOn: table.knownOn)
      found.coverage = finding
      steps.append(.coverage(finding))
      return .notCovered
    }
    if let out = traits.leaves(action), out == .notCovered { return out }
    for fact in missing { steps.append(.missing(fact)) }
    // A letter in time answers for both cases.
    let approval = lookForApproval(action, days.first, table, approvals)
    found.approval = approval
    if approval.standing == .before { return .approved }
    notes.append(.factUnknown)
    return .unjudgeable
  }

  /// What an instrument permits although the rule forbids the rest.
  private func exception(
    _ action: PersonnelAction, _ day: CivilDate, _ table: WindowTable
  ) -> RuleException? {
    guard !window.version.exceptions.isEmpty else { return nil }
    let label = TextKey.words(action.kind)
    return window.version.exceptions.first { exception in
      exception.knownFrom <= table.knownOn && exception.from <= day && day <= exception.until ?? .max
        && exception.act.isNamed(by: label)
    }
  }

  private mutating func lookForApproval(
    _ action: PersonnelAction, _ firstInside: CivilDate, _ table: WindowTable, _ approvals: Approvals?
  ) -> ApprovalFinding {
    let law = window.version.inForceFrom
    let approval =
      approvals?.find(action, traits.nip, law: law, firstInside: firstInside, knownOn: table.knownOn)
      ?? Approvals.asRecorded(action, law: law, firstInside: firstInside, knownOn: table.knownOn)
    guard window.version.isApprovable else {
      if approval.standing != .none { notes.append(.approvalDoesNotHelp) }
      let none = approval.withoutEffect
      steps.append(.approval(none))
      return none
    }
    steps.append(.approval(approval))
    if approval.basis == .asRecorded, approval.standing != .none { notes.append(.approvalAsRecorded) }
    if approval.standing == .undated { notes.append(.approvalUndated) }
    if approval.standing == .unreadableDate { notes.append(.approvalDateUnreadable) }
    if approval.isOtherPost { notes.append(.approvalOtherPost) }
    if approval.isPostUnchecked { notes.append(.approvalPostUnchecked) }
    if approval.isWithoutNumber { notes.append(.approvalWithoutNumber) }
    if approval.isBeforeLaw { notes.append(.approvalBeforeLaw) }
    return approval
  }

  /// Whether the act puts people back: only where the act it revokes was found and is not plainly another person's.
  private mutating func isReversal(_ action: PersonnelAction) -> Bool {
    guard let revoked = action.revokes else { return false }
    let isFound = action.revokedAct.concerns(traits.nip)
    steps.append(.reversal(of: revoked, isFound: isFound))
    if !isFound { notes.append(.revokedNotFound) }
    return isFound
  }

  /// Where whether the rule binds at all, or what the act was, is in dispute.
  private mutating func dispute() -> Outcome? {
    if traits.contradictsItself { notes.append(.contradictsItself) }
    if window.isByGovernor { notes.append(.governorElection) }
    if traits.isElsewhere { notes.append(.regionElsewhere) }
    return traits.contradictsItself || window.isByGovernor || traits.isElsewhere ? .depends : nil
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
}
