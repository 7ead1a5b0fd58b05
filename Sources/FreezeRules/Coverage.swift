/// Whether the post of an act was covered on its day, and on whose authority.
public struct CoverageFinding: Sendable, Hashable {
  /// The answer.
  public enum Answer: String, Sendable {
    /// The post left or the post taken is covered.
    case covered
    /// Both posts are out of scope, or the act is a stand-in's.
    case notCovered = "not_covered"
    /// The record or the instruments do not say; covered is assumed.
    case assumed
  }

  /// The day asked about.
  public let day: CivilDate
  /// The answer.
  public let answer: Answer
  /// Class of the post left.
  public let left: PostClass
  /// Class of the post taken.
  public let taken: PostClass
  /// The row that decided, `nil` when assumed because no row speaks.
  public let row: CoverageRow?
}

extension Rulebook {
  /// Coverage of an act of that day, as known on `knownOn`.
  public func coverage(of action: PersonnelAction, on day: CivilDate, knownOn: CivilDate) -> CoverageFinding {
    coverage(of: action.posts, on: day, knownOn: knownOn)
  }

  func coverage(of posts: PostPair, on day: CivilDate, knownOn: CivilDate) -> CoverageFinding {
    func finding(_ answer: CoverageFinding.Answer, _ row: CoverageRow?) -> CoverageFinding {
      CoverageFinding(day: day, answer: answer, left: posts.left, taken: posts.taken, row: row)
    }
    let taken = coverageRow(posts.taken, on: day, knownOn: knownOn)
    // A stand-in keeps the own post: nothing else about the act matters.
    if posts.taken == .acting, let taken, taken.covered == .no { return finding(.notCovered, taken) }
    let left = coverageRow(posts.left, on: day, knownOn: knownOn)
    if let left, left.covered == .yes { return finding(.covered, left) }
    if let taken, taken.covered == .yes { return finding(.covered, taken) }
    if let left, let taken, left.covered == .no, taken.covered == .no { return finding(.notCovered, taken) }
    if let taken, taken.covered == .open { return finding(.assumed, taken) }
    return finding(.assumed, left?.covered == .open ? left : nil)
  }

  /// Coverage over the days that an act can be of: on the first one covered, else the first one assumed to be.
  ///
  /// - Returns: the finding of that day, and whether every day is in scope, or every day is out of it.
  func coverage(
    of posts: PostPair, from first: CivilDate, through last: CivilDate, knownOn: CivilDate
  ) -> (CoverageFinding, isWhole: Bool) {
    let start = coverage(of: posts, on: first, knownOn: knownOn)
    guard first < last else { return (start, true) }
    // Only where some row begins or has just ended can the answer change.
    let days = coverage.flatMap { [$0.from, $0.until?.adding(days: 1) ?? $0.from] }
    let findings =
      [start]
      + days.filter { first < $0 && $0 <= last }.sorted().map {
        coverage(of: posts, on: $0, knownOn: knownOn)
      }
    let isWhole = Set(findings.map { $0.answer == .notCovered }).count == 1
    return (
      findings.first { $0.answer == .covered } ?? findings.first { $0.answer == .assumed } ?? start, isWhole
    )
  }

  /// The row that speaks of a class of posts on a day: of several, the one that became known last.
  func coverageRow(_ post: PostClass, on day: CivilDate, knownOn: CivilDate) -> CoverageRow? {
    var best: Int?
    for index in coverage.indices {
      // Field by field: a copy of the row would cost more than the comparison.
      guard coverage[index].post == post, coverage[index].from <= day, coverage[index].knownFrom <= knownOn,
        coverage[index].until.map({ day <= $0 }) ?? true
      else { continue }
      if let best, coverage[best].knownFrom >= coverage[index].knownFrom { continue }
      best = index
    }
    return best.map { coverage[$0] }
  }
}
