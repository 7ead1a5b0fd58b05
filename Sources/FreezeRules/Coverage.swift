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
  func coverage(of action: PersonnelAction, on day: CivilDate, knownOn: CivilDate) -> CoverageFinding {
    let left = PostClass(
      post: action.postFrom, echelon: action.echelonFrom, postType: action.postTypeFrom, assignment: nil)
    let taken = PostClass(
      post: action.postTo, echelon: action.echelonTo, postType: action.postTypeTo,
      assignment: action.assignment)
    func row(_ post: PostClass) -> CoverageRow? {
      var best: CoverageRow?
      for row in coverage
      where row.post == post && row.knownFrom <= knownOn && row.from <= day
        && (row.until.map { day <= $0 } ?? true)
      {
        if best.map({ $0.knownFrom < row.knownFrom }) ?? true { best = row }
      }
      return best
    }
    func finding(_ answer: CoverageFinding.Answer, _ row: CoverageRow?) -> CoverageFinding {
      CoverageFinding(answer: answer, left: left, taken: taken, row: row)
    }
    let takenRow = row(taken)
    // A stand-in keeps the own post: nothing else about the act matters.
    if taken == .acting, let takenRow, takenRow.covered == .no { return finding(.notCovered, takenRow) }
    let leftRow = row(left)
    for row in [leftRow, takenRow] {
      if let row, row.covered == .yes { return finding(.covered, row) }
    }
    if let leftRow, let takenRow, leftRow.covered == .no, takenRow.covered == .no {
      return finding(.notCovered, takenRow)
    }
    return finding(.assumed, [takenRow, leftRow].compactMap { $0 }.first { $0.covered == .open })
  }
}
