import AuditReports
import FreezeRules

/// Gathers the acts that letters are held against while a source is read. The annexes may stand in the database itself, and
/// are known only once it was opened.
final class LetterCollector {
  /// Asked for by name: every record is read, also those far from any frozen period.
  let isAsked: Bool
  private let knownOn: CivilDate
  private var tally: LetterTally?

  init(isAsked: Bool, knownOn: CivilDate) {
    self.isAsked = isAsked
    self.knownOn = knownOn
  }

  /// A place is kept for what comes of it, whether or not there are annexes.
  var isExpected = false
  private var earlier: [LetterTally] = []

  /// The annexes of the source that comes next, `nil` where it has none.
  func use(_ approvals: Approvals?) {
    if let tally { earlier.append(tally) }
    tally = approvals.map { LetterTally($0) }
  }

  /// Takes one record.
  func take(_ judgement: Judgement) { tally?.take(judgement) }

  /// What came of it; `nil` where there is nothing to hold against and nobody asked.
  func report(isWhole: Bool) -> LetterReport? {
    let tallies = earlier + (tally.map { [$0] } ?? [])
    guard !tallies.isEmpty || isAsked || isExpected else { return nil }
    return LetterReport(tallies, knownOn: knownOn, isWhole: isWhole)
  }
}
