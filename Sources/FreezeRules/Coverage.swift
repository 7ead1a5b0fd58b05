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
      CoverageFinding(answer: answer, left: posts.left, taken: posts.taken, row: row)
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
