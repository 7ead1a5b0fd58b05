import FreezeRules

/// Compares what the ledger says is open with what one pass found, and decides the events.
///
/// Pure: no clock, no I/O. Feed it every judgement of a pass, ask which alerts it did not see, look those records up in
/// the same snapshot, then ask for the events.
package struct Reconciliation: Sendable {
  let state: LedgerState
  let source: String
  let alertSince: CivilDate?
  private var seen: [AlertID: Seen] = [:]
  /// What the pass found just as the ledger has it, each record spelled as it is told: in 16 bytes, since it is almost all.
  private var known: Set<AlertTable.Key> = []
  private var changed: [AlertID: Finding] = [:]
  /// Findings of records whose id is spelled otherwise than it is told: they give way to one that is spelled so.
  private var spelled: [AlertID: Finding] = [:]
  private var order: [AlertID] = []
  /// Of those, the ones without an open alert that were placed since ``drawFresh()``.
  private var fresh: [AlertID] = []
  /// What was raised while the pass was under way, each with what it says.
  private var drawn: [AlertTable.Key: Digest] = [:]
  private var unjudgeable = 0
  /// Records that hang on a fact nobody knows; they are no matter of data quality.
  private var waiting = 0
  private var missing: [String: (fact: MissingFact, records: Int)] = [:]
  private var duplicates = 0
  private var duplicated: Set<AlertID> = []
  private var duplicatedIDs: Set<String> = []
  /// Dated just before a window, entered within it: outside, and said.
  private var backdatedIDs: Set<String> = []
  private var qualitySum = QualityMark.zero

  /// What the pass found under an id.
  private struct Seen {
    let rank: Int
    let digest: String
    let spelledID: String?
    /// It is just what the open alert says.
    let isKnown: Bool

    init(_ finding: Finding, isKnown: Bool) {
      rank = finding.verdict.outcome.rank
      digest = finding.digest
      spelledID = finding.judgement.action.spelledID
      self.isKnown = isKnown
    }

    /// What an alert says already.
    init(saying digest: String) {
      rank = 0
      self.digest = digest
      spelledID = nil
      isKnown = true
    }

    /// Whose the id is, of two records told by it, whatever the order of reading.
    func comes(before other: Seen) -> Bool {
      let (mine, others) = (order, other.order)
      if mine != others { return mine < others }
      return (spelledID ?? "").utf8.lexicographicallyPrecedes((other.spelledID ?? "").utf8)
    }

    private var order: (Int, Int, Int, String) { (isKnown ? 0 : 1, spelledID == nil ? 0 : 1, rank, digest) }
  }

  /// - Parameters:
  ///   - state: the ledger's fold for this source.
  ///   - source: its name.
  ///   - alertSince: acts wholly before it are no alerts.
  package init(state: LedgerState, source: String, alertSince: CivilDate?) {
    self.state = state
    self.source = source
    self.alertSince = alertSince
  }

  /// Findings seen so far.
  package var findings: Int { seen.count + known.count + drawn.count }
  /// Records that could not be judged.
  package var unjudgeableCount: Int { unjudgeable + waiting }

  /// Takes one judgement of the pass, in any order.
  package mutating func observe(_ judgement: Judgement) {
    observe(judgement, Finding.all(source: source, judgement))
  }

  /// Takes one judgement whose findings are known already.
  package mutating func observe(_ judgement: Judgement, _ findings: [Finding]) {
    if judgement.outcome == .unjudgeable { countUnjudgeable(judgement) }
    guard !isBeforeAlerts(judgement.action) else { return }
    if judgement.notes.contains(.possibleBackdating) {
      backdatedIDs.insert(judgement.action.actionID)
      addToQuality(Array(Finding.factsDigest(judgement.action).utf8))
    }
    for finding in findings { observe(finding) }
  }

  private mutating func observe(_ finding: Finding) {
    let id = finding.alertID
    let new = Seen(finding, isKnown: state.alerts.isOpen(id, saying: finding.digest))
    guard let earlier = earlier(id) else {
      if new.isKnown, new.spelledID == nil, let key = AlertTable.Key(id) {
        known.insert(key)
        return
      }
      return place(finding, new)
    }
    countDuplicate(finding, earlier)
    // The same record twice.
    if new.digest == earlier.digest, new.spelledID?.utf8.map(\.self) == earlier.spelledID?.utf8.map(\.self) {
      return
    }
    var moving = finding
    if new.comes(before: earlier), let other = changed[id] ?? spelled[id] {
      moving = other
      place(finding, new)
    }
    if let next = moving.underNextID(source: source) { observe(next) }
  }

  /// What was found before under an id.
  private mutating func earlier(_ id: AlertID) -> Seen? {
    if let found = seen[id] { return found }
    guard let key = AlertTable.Key(id) else { return nil }
    if let digest = drawn[key] { return Seen(saying: digest.text) }
    guard known.remove(key) != nil, let alert = state.alerts[id] else { return nil }
    let found = Seen(saying: alert.digest)
    seen[id] = found
    return found
  }

  private func isSeen(_ id: AlertID) -> Bool {
    seen[id] != nil || AlertTable.Key(id).map { known.contains($0) || drawn[$0] != nil } ?? false
  }

  private mutating func place(_ finding: Finding, _ new: Seen) {
    let id = finding.alertID
    if seen.updateValue(new, forKey: id) == nil {
      order.append(id)
      if state.alerts[id]?.isOpen != true { fresh.append(id) }
    }
    changed[id] = new.isKnown ? nil : finding
    spelled[id] = new.spelledID == nil ? nil : finding
  }

  /// That two records share an id is said as a matter of data quality; each has an alert.
  private mutating func countDuplicate(_ finding: Finding, _ earlier: Seen) {
    let told = AlertID(
      source: source, actionID: finding.judgement.action.actionID, rule: finding.verdict.window.rule,
      election: finding.verdict.window.election)
    guard told == finding.alertID else { return }
    if !duplicated.contains(told) {
      duplicated.insert(told)
      addToQuality(Array(earlier.digest.utf8))
    }
    addToQuality(Array(finding.digest.utf8))
    duplicates += 1
    duplicatedIDs.insert(finding.judgement.action.actionID)
  }

  func isBeforeAlerts(_ action: PersonnelAction) -> Bool {
    guard let alertSince else { return false }
    let spans = DateField.allCases.compactMap { action.date($0).span }
    return !spans.isEmpty && spans.allSatisfy { $0.last < alertSince }
  }

  /// Order of reading does not matter: the digest of the set is a sum.
  private mutating func countUnjudgeable(_ judgement: Judgement) {
    guard judgement.isQualityMatter else { return countWaiting(judgement.missing, records: 1) }
    countUnjudgeable(QualityMark(judgement.action))
  }

  private mutating func countUnjudgeable(_ mark: QualityMark) {
    unjudgeable += 1
    qualitySum.add(mark)
  }

  /// Takes records that hang on the same facts, which nobody knows.
  private mutating func countWaiting(_ facts: [MissingFact], records: Int) {
    waiting += records
    for key in Set(facts.map(\.key)) {
      guard let fact = facts.first(where: { $0.key == key }) else { continue }
      missing[key] = (fact.withoutRecordText, (missing[key]?.records ?? 0) + records)
    }
  }

  private mutating func addToQuality(_ bytes: [UInt8]) { qualitySum.add(QualityMark(bytes)) }

  /// Takes what an earlier pass made of the same record.
  /// - Returns: false where it does not say enough any more: then the record is to be judged again.
  package mutating func observe(_ trace: Trace) -> Bool {
    switch trace {
    case .quiet: return true
    case .unjudgeable(let mark): countUnjudgeable(mark)
    case .waiting(let facts): countWaiting(facts, records: 1)
    case .found(let marks):
      // Two records told by one id, or an alert that says something else by now, take the whole judgement.
      guard marks.allSatisfy({ !known.contains($0.key) && state.alerts.isOpen($0) }),
        seen.isEmpty || marks.allSatisfy({ seen[$0.key.id] == nil })
      else { return false }
      for mark in marks { known.insert(mark.key) }
    }
    return true
  }

  /// Open alerts that the pass did not see, and those of which more is known than what they say.
  private var unseen: [AlertState] {
    if state.alerts.isAll(known.count) { return [] }
    return state.alerts.open { known.contains($0) || !seen.isEmpty && seen[$0.id] != nil }
  }

  /// Ids of records with an open alert that the pass did not see: look them up in the same snapshot.
  package var unseenActionIDs: [String] {
    // By their bytes: a letter with its accent in one character or two are two ids.
    let ids = Set(unseen.filter { !isSeen($0.alertID) }.map { Array($0.actionID.utf8) })
    return ids.map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  /// What some records say by themselves: raised, amended, re-raised. A part of the records closes nothing, since whoever may
  /// connect can name them: that is left to the full pass.
  package var eventsOfPart: [EventDraft] { eventsOfFindings }

  /// How many findings without an alert wait to be raised.
  package var freshCount: Int { fresh.count }

  /// Takes out the alerts to be raised so far: raising need not wait for the end of a pass, as closing must. From now on they
  /// have their ids, as if they were in the ledger. Whatever has an alert already waits, since whose that is all records say.
  package mutating func drawFresh() -> [EventDraft] {
    let drafts = fresh.compactMap { id -> EventDraft? in
      guard let finding = changed[id], spelled[id] == nil, let key = AlertTable.Key(id),
        let digest = Digest(finding.digest)
      else { return nil }
      drawn[key] = digest
      (seen[id], changed[id]) = (nil, nil)
      return Self.event(finding, previous: state.alerts[id])
    }
    fresh = []
    order.removeAll { seen[$0] == nil }
    return drafts
  }

  private var eventsOfFindings: [EventDraft] {
    order.compactMap { id in changed[id].map { Self.event($0, previous: state.alerts[id]) } }
  }

  /// The events of an evaluated pass, in an order that does not depend on chance.
  /// - Parameters:
  ///   - found: the records that were found under ``unseenActionIDs``, judged.
  ///   - today: for acknowledgements.
  ///   - announceDays: an acknowledgement's end is announced so many days before.
  package func events(
    found: [Judgement], today: CivilDate, announceDays: Int = 3
  ) -> [EventDraft] {
    var events: [EventDraft] = []
    let found = Dictionary(grouping: found) { Array($0.action.actionID.utf8) }
    if let cause = state.blindCause {
      events.append(.resuming(after: cause))
    }
    events += eventsOfFindings
    for alert in unseen.sorted(by: { $0.seq < $1.seq }) {
      if !isSeen(alert.alertID) {
        events += following(alert, found[Array(alert.actionID.utf8)] ?? [])
      } else if changed[alert.alertID] == nil {
        events += alert.acknowledgementEvents(today: today, announceDays: announceDays)
      }
    }
    let digest =
      unjudgeable + duplicates + backdatedIDs.count == 0
      ? "" : qualitySum.text
    if digest != state.qualityDigest {
      var event = EventDraft(
        .dataQuality,
        reason: .dataQuality(
          unjudgeable: unjudgeable, duplicates: duplicates, duplicatedIDs: duplicatedIDs.sorted(),
          backdatedIDs: backdatedIDs.sorted()))
      event.qualityDigest = digest
      events.append(event)
    }
    for (key, found) in missing.sorted(by: { $0.key < $1.key }) where !state.toldMissing.contains(key) {
      events.append(.missing(found.fact, records: found.records))
    }
    return events
  }

  /// The event of a pass that was not evaluated: said once, until it heals. Nothing else changes.
  package static func blind(_ state: LedgerState, cause: String) -> [EventDraft] {
    state.blindCause == nil ? [EventDraft(.auditBlind, reason: .blind(cause: cause))] : []
  }

  /// What was found under an id.
  func digest(seenUnder id: AlertID) -> String? {
    if let found = seen[id] { return found.digest }
    if let digest = AlertTable.Key(id).flatMap({ drawn[$0] }) { return digest.text }
    return isSeen(id) ? state.alerts[id]?.digest : nil
  }
}
