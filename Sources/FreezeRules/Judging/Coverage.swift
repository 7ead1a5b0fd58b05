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
    let (answer, row) = decide(posts, on: day, knownOn: knownOn)
    return CoverageFinding(
      day: day, answer: answer, left: posts.left, taken: posts.taken, row: row.map { coverage[$0] })
  }

  /// The answer for a day, and the index of the row that decided. Makes no finding: a verdict asks for each of its dates.
  private func decide(
    _ posts: PostPair, on day: CivilDate, knownOn: CivilDate
  ) -> (CoverageFinding.Answer, row: Int?) {
    let taken = coverageRow(posts.taken, on: day, knownOn: knownOn)
    // A stand-in keeps the own post: nothing else about the act matters.
    if posts.taken == .acting, let taken, coverage[taken].covered == .no { return (.notCovered, taken) }
    let left = posts.left == posts.taken ? taken : coverageRow(posts.left, on: day, knownOn: knownOn)
    if let left, coverage[left].covered == .yes { return (.covered, left) }
    if let taken, coverage[taken].covered == .yes { return (.covered, taken) }
    if let left, let taken, coverage[left].covered == .no, coverage[taken].covered == .no {
      return (.notCovered, taken)
    }
    if let taken, coverage[taken].covered == .open { return (.assumed, taken) }
    return (.assumed, left.flatMap { coverage[$0].covered == .open ? $0 : nil })
  }

  /// Coverage over the days that an act can be of.
  ///
  /// - Returns: the first day covered, else the first one assumed to be, else the first of all; whether it is out of scope;
  ///   and whether that is so of every day.
  func coverageDay(
    of posts: PostPair, from first: CivilDate, through last: CivilDate, knownOn: CivilDate
  ) -> (day: CivilDate, isOut: Bool, isWhole: Bool) {
    let start = decide(posts, on: first, knownOn: knownOn).0
    guard first < last else { return (first, start == .notCovered, true) }
    // Only where some row begins or has just ended can the answer change.
    let changes = coverage.flatMap { [$0.from, $0.until?.adding(days: 1) ?? $0.from] }
    let days =
      [(first, start)]
      + changes.filter { first < $0 && $0 <= last }.sorted().map {
        ($0, decide(posts, on: $0, knownOn: knownOn).0)
      }
    let (day, answer) =
      days.first { $0.1 == .covered } ?? days.first { $0.1 == .assumed } ?? (first, start)
    return (day, answer == .notCovered, Set(days.map { $0.1 == .notCovered }).count == 1)
  }

  /// The row that speaks of a class of posts on a day: of several, the one that became known last.
  private func coverageRow(_ post: PostClass, on day: CivilDate, knownOn: CivilDate) -> Int? {
    var best: Int?
    for index in coverage.indices {
      // Field by field: a copy of the row would cost more than the comparison.
      guard coverage[index].post == post, coverage[index].from <= day, coverage[index].knownFrom <= knownOn,
        coverage[index].until.map({ day <= $0 }) ?? true
      else { continue }
      if let best, coverage[best].knownFrom >= coverage[index].knownFrom { continue }
      best = index
    }
    return best
  }
}
