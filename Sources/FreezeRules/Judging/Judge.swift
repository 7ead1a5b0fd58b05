/// Judges one record by every rule and election that apply to its region.
///
/// Pure: the same record, rules, calendar, approvals and day of knowledge give the same judgement, whatever the
/// clock, the machine's zone, or the other records.
/// - Parameters:
///   - action: the record.
///   - table: the windows of rules and calendar as known on a day; made once for many records.
///   - approvals: `nil` when there is no approvals source; then the record's own approval counts, marked so.
public func judge(_ action: PersonnelAction, _ table: WindowTable, approvals: Approvals?) -> Judgement {
  let own = judgeByRegion(action, table, approvals)
  guard let site = action.siteRegion else { return own }
  var moved = action
  moved.regionCode = site
  return own.joined(judgeByRegion(moved, table, approvals))
}

private func judgeByRegion(_ action: PersonnelAction, _ table: WindowTable, _ approvals: Approvals?)
  -> Judgement
{
  let traits = action.traits(table.rulebook.kinds)
  let (region, applying) = table.applying(action.regionCode)
  var verdicts: [Verdict] = []
  verdicts.reserveCapacity(applying.groups.count)
  for group in applying.groups {
    guard traits.dates.touch(group) else {
      verdicts.append(.untouched(by: action, traits, group.head, table))
      continue
    }
    var judged = Case(group: group, traits: traits)
    verdicts.append(judged.verdict(action, table, approvals: approvals))
  }
  // Dates just before one window but inside another were not put back to escape the freeze.
  if verdicts.contains(where: { !$0.insideDates.isEmpty }) {
    for index in verdicts.indices { verdicts[index].notes.removeAll { $0 == .possibleBackdating } }
  }
  verdicts.sortByOutcome()
  var outcome = verdicts.first?.outcome ?? outcomeWithoutWindow(traits)
  var missing: [MissingFact] = []
  for verdict in verdicts {
    for fact in verdict.missing {
      let own = region.map { fact.of($0.deciding) } ?? fact
      if !missing.contains(own) { missing.append(own) }
    }
  }
  if let gap = traits.gap(applying, table, action) {
    missing += gap.facts
    outcome = min(outcome, gap.isOutOfScope ? .notCovered : .unjudgeable)
  }
  return Judgement(
    action: action, region: region, outcome: outcome, scope: traits.scope, derivedKind: traits.derived.kind,
    notes: notes(action, traits, region, table, verdicts, missing), missing: missing, verdicts: verdicts)
}

/// The dates of an act, looked at once.
struct ActDates {
  /// The first and the last day that some known date can be; `first > last`: no date is known.
  private(set) var first = CivilDate.max
  private(set) var last = CivilDate.min
  private(set) var hasUnreadable = false

  fileprivate mutating func add(_ date: RecordedDate) {
    switch date {
    case .known(let span, _):
      first = min(first, span.first)
      last = max(last, span.last)
    case .unreadable: hasUnreadable = true
    case .absent: break
    }
  }

  var hasKnown: Bool { first <= last }

  /// Whether some date may lie in a window. Cheap and rough: of an act with dates years apart, all years between count.
  @inline(__always) func touch(_ group: WindowGroup) -> Bool { group.first <= last && first <= group.last }
}

/// What is read off a record once, for all windows.
struct ActTraits {
  let scope: KindLabels.Scope
  let posts: PostPair
  let derived: DerivedKind
  let nip: UInt64?
  let dates: ActDates
  /// The label, the assignment or the post type says "no replacement" and the rest of the record says otherwise.
  let contradictsItself: Bool
  /// Judged by the site's region, while the record names another one.
  let isElsewhere: Bool

  /// The label or the assignment puts the act out of scope, and nothing in the record says otherwise.
  var isOutOfScope: Bool { if case .outOfScope = scope { !contradictsItself } else { false } }

  /// The label alone does not tell the removal from a post from the end of service: what the posts say of it, `nil`: a
  /// replacement.
  func leaves(_ action: PersonnelAction) -> Outcome? {
    guard case .leaving = scope else { return nil }
    switch PostName.afterwards(action.postTo) {
    case .left: return .notCovered
    case .unsaid where action.echelonTo == nil && action.postTypeTo == nil: return .unjudgeable
    case .unsaid, .post: return nil
    }
  }

  /// What nobody knows of the days of this act, whatever the windows say: beyond the calendar, or in no region.
  func gap(
    _ applying: RegionWindows, _ table: WindowTable, _ action: PersonnelAction
  ) -> (facts: [MissingFact], isOutOfScope: Bool)? {
    let end = table.lastKnownDay
    guard dates.hasKnown, dates.last > end || !applying.disputed.isEmpty, !isOutOfScope else { return nil }
    var facts: [MissingFact] = []
    var isAnyCovered = false
    for field in DateField.allCases {
      guard let span = action.date(field).span else { continue }
      let isBeyond = span.last > end
      let isDisputed = applying.disputed.contains {
        $0.lowerBound <= span.last && span.first <= $0.upperBound
      }
      guard isBeyond || isDisputed else { continue }
      if isBeyond { facts.append(MissingFact(calendarEnds: table.completeThrough)) }
      if isDisputed { facts.append(MissingFact(regionUnknown: action.regionCode)) }
      let coverage = table.rulebook.coverageDay(
        of: posts, from: span.first, through: span.last, knownOn: table.knownOn)
      if !coverage.isOut || contradictsItself { isAnyCovered = true }
    }
    guard !facts.isEmpty else { return nil }
    // Whoever is out of scope, or leaves the service, is free whatever the calendar says.
    return isAnyCovered && leaves(action) != .notCovered
      ? (Array(Set(facts)).sorted { $0.kind.rawValue < $1.kind.rawValue }, false) : ([], true)
  }
}

// Of the record, not initialisers: those would take a copy of all of it.
extension PersonnelAction {
  fileprivate func traits(_ kinds: KindLabels) -> ActTraits {
    let scope = kinds.scope(of: kind)
    let posts = self.posts
    var dates = ActDates()
    dates.add(decreeDate)
    dates.add(effectiveDate)
    dates.add(inauguratedOn)
    return ActTraits(
      scope: scope, posts: posts, derived: DerivedKind(posts), nip: nip.flatMap(NIP.number), dates: dates,
      contradictsItself: contradictsItself(posts, scope),
      isElsewhere: siteRegion != nil && siteRegion == regionCode)
  }
}

extension Verdict {
  /// The verdict of a window that no date of the act comes near. Most are such, so nothing is made for them; the steps
  /// follow from the record (``Judgement/steps(of:)``).
  fileprivate static func untouched(
    by action: PersonnelAction, _ traits: ActTraits, _ window: Window, _ table: WindowTable
  ) -> Verdict {
    var notes: [Note] = []
    let outcome: Outcome
    switch traits.scope {
    case .outOfScope: outcome = .notCovered
    case .unknown: outcome = .unjudgeable
    case .inScope, .leaving:
      if traits.dates.hasKnown, !traits.dates.hasUnreadable {
        outcome = .outside
        if window.isBackdated(action, traits.posts, table) { notes.append(.possibleBackdating) }
      } else {
        outcome = .unjudgeable
      }
    }
    return Verdict(
      window: window, outcome: outcome, insideDates: [], isBoundaryDay: false, dependsOn: [], insideOn: .none,
      maybeInsideOn: .none, firstInside: nil, approval: nil, coverage: nil, missing: [], notes: notes,
      ownSteps: nil)
  }
}

extension Window {
  /// Whether a record was entered inside with dates just before it.
  func isBackdated(_ action: PersonnelAction, _ posts: PostPair, _ table: WindowTable) -> Bool {
    guard let recordedOn = action.recordedOn, recordedOn >= earliest, recordedOn <= reach.last,
      let nearest = DateField.allCases.compactMap({ action.date($0).span?.last }).max(),
      nearest < earliest, nearest.days(until: earliest) <= table.rulebook.backdatingDays
    else { return false }
    // Whoever is out of scope has no freeze to escape.
    return table.rulebook.coverage(of: posts, on: earliest, knownOn: table.knownOn).answer != .notCovered
  }
}

extension Judgement {
  /// With what the site's own region says of the same act: of each rule and election the stronger verdict.
  fileprivate func joined(_ site: Judgement) -> Judgement {
    var verdicts = verdicts
    for verdict in site.verdicts {
      let place = verdicts.firstIndex {
        $0.window.rule == verdict.window.rule && $0.window.election == verdict.window.election
      }
      if let place {
        if verdict.outcome < verdicts[place].outcome { verdicts[place] = verdict }
      } else {
        verdicts.append(verdict)
      }
    }
    verdicts.sortByOutcome()
    let said = notes + site.notes + [.regionElsewhere]
    return Judgement(
      action: action, region: region, outcome: min(outcome, site.outcome), scope: scope,
      derivedKind: derivedKind,
      notes: Note.allCases.filter(said.contains),
      missing: missing + site.missing.filter { !missing.contains($0) },
      verdicts: verdicts)
  }
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
  _ action: PersonnelAction, _ traits: ActTraits, _ region: Region?, _ table: WindowTable,
  _ verdicts: [Verdict],
  _ missing: [MissingFact]
) -> [Note] {
  var notes = action.readerNotes
  if case .inScope(let recorded?) = traits.scope, let kind = traits.derived.kind, kind != recorded {
    notes.append(.kindDiffers)
  }
  if traits.derived.isLowerInSameTier { notes.append(.lowerEchelonSameTier) }
  var isAnyKnown = false
  var isAnyInForce = false
  for field in DateField.allCases {
    switch action.date(field) {
    case .known(let span, _):
      if !span.isExact { notes.append(.partialDate) }
      isAnyKnown = true
      if table.isRuleInForce(span.first, span.last) { isAnyInForce = true }
    case .unreadable: notes.append(.unreadableDate)
    case .absent: break
    }
  }
  if isAnyKnown, !isAnyInForce, !verdicts.contains(where: { !$0.insideDates.isEmpty }) {
    notes.append(.noRuleInForce)
  }
  if action.nip != nil, traits.nip == nil { notes.append(.nipDamaged) }
  if region == nil { notes.append(.regionUnknown) }
  for fact in missing {
    switch fact.kind {
    case .calendarEnds: notes.append(.calendarEnds)
    case .factUnknown: notes.append(.factUnknown)
    case .regionUnknown: break
    }
  }
  for index in verdicts.indices { notes += verdicts[index].notes }
  return notes.count < 2 ? notes : Note.allCases.filter(notes.contains)
}

/// Where no window applies to the region at all, the record itself can still be out of scope or unjudgeable.
private func outcomeWithoutWindow(_ traits: ActTraits) -> Outcome {
  switch traits.scope {
  case .outOfScope: .notCovered
  case .unknown: .unjudgeable
  case .inScope, .leaving: traits.dates.hasUnreadable || !traits.dates.hasKnown ? .unjudgeable : .outside
  }
}
