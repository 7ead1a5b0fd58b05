/// One line of the annex of a Minister's letter: one person, one post.
public struct ApprovalLine: Sendable, Hashable {
  /// Number of the letter.
  public var letterNo: String
  /// Date of the letter.
  public var letterDate: RecordedDate
  /// As found.
  public var nip: String?
  /// The post approved.
  public var postTo: String?
  /// Kemendagri code, `nil` when the line does not say.
  public var regionCode: String?

  /// A line of these parts.
  public init(
    letterNo: String, letterDate: RecordedDate, nip: String?, postTo: String?, regionCode: String? = nil
  ) {
    self.letterNo = letterNo
    self.letterDate = letterDate
    self.nip = nip
    self.postTo = postTo
    self.regionCode = regionCode
  }
}

/// Every approval the auditor was given. Where there is such a source, the annex decides; a record's own
/// `approval_no` only says which letter it relies on.
public struct Approvals: Sendable {
  private var byNIP: [NIP: [ApprovalLine]] = [:]
  /// Lines whose NIP could not be read: they can match nobody, and the caller says so.
  public private(set) var unmatchable: [ApprovalLine] = []
  /// Lines in all.
  public private(set) var count = 0

  /// Indexes the lines by person.
  public init(_ lines: some Sequence<ApprovalLine>) {
    for line in lines {
      count += 1
      if let nip = line.nip.flatMap(NIP.init) {
        byNIP[nip, default: []].append(line)
      } else {
        unmatchable.append(line)
      }
    }
  }

  /// The lines about the person of this act, in the order given.
  public func lines(about action: PersonnelAction) -> [ApprovalLine] {
    action.nip.flatMap(NIP.init).flatMap { byNIP[$0] } ?? []
  }

  /// What the annexes say of the person and post of this act.
  func find(_ action: PersonnelAction, firstInside: CivilDate) -> ApprovalFinding {
    let cited = action.approvalNo
    let lines =
      lines(about: action).filter { line in
        guard let code = line.regionCode, let region = action.regionCode else { return true }
        return Regions.covers(code, region)
      }
    let post = action.postTo.map(Self.normalised)
    func finding(_ line: ApprovalLine, _ standing: ApprovalFinding.Standing, unchecked: Bool)
      -> ApprovalFinding
    {
      ApprovalFinding(
        standing: standing, basis: .annex, letterNo: line.letterNo, letterDate: line.letterDate.span,
        isPostUnchecked: unchecked)
    }
    // Best first: an approval in time decides, whichever letter the record cites; then late; then undated.
    var best: ApprovalFinding?
    for line in lines {
      let linePost = line.postTo.map(Self.normalised)
      if let post, let linePost, post != linePost { continue }
      let found = finding(
        line, ApprovalFinding.Standing(letterDate: line.letterDate, firstInside: firstInside),
        unchecked: post == nil || linePost == nil)
      if best.map({ found.standing < $0.standing }) ?? true { best = found }
    }
    if let best { return best }
    if let cited {
      return ApprovalFinding(
        standing: .notInAnnex, basis: .annex, letterNo: cited, letterDate: action.approvalDate.span,
        isPostUnchecked: false, isOtherPost: !lines.isEmpty)
    }
    if let other = lines.first { return finding(other, .otherPost, unchecked: false) }
    return ApprovalFinding(
      standing: .none, basis: .annex, letterNo: nil, letterDate: nil, isPostUnchecked: false)
  }

  /// Without an approvals source, what the record says of itself.
  static func asRecorded(_ action: PersonnelAction, firstInside: CivilDate) -> ApprovalFinding {
    guard let letter = action.approvalNo else {
      return ApprovalFinding(
        standing: .none, basis: .asRecorded, letterNo: nil, letterDate: nil, isPostUnchecked: false)
    }
    return ApprovalFinding(
      standing: ApprovalFinding.Standing(letterDate: action.approvalDate, firstInside: firstInside),
      basis: .asRecorded, letterNo: letter, letterDate: action.approvalDate.span, isPostUnchecked: false)
  }

  /// Posts are compared without case, punctuation and runs of blanks.
  static func normalised(_ post: String) -> String {
    var result = ""
    for character in post.lowercased() where character.isLetter || character.isNumber {
      result.append(character)
    }
    return result
  }
}

/// The approval looked for, and what was found.
public struct ApprovalFinding: Sendable, Hashable {
  /// How it stands to the act; the order is the order in which a line decides.
  public enum Standing: String, Sendable, CaseIterable, Comparable {
    /// Dated on or before the act's first inside date.
    case before
    /// Dated after it.
    case after
    /// Without a usable date: it settles nothing.
    case undated
    /// The annex lists the person for another post.
    case otherPost = "other_post"
    /// The record cites a letter, no annex lists the person and post.
    case notInAnnex = "not_in_annex"
    /// Nothing found, nothing cited.
    case none

    /// Where the letter's date lies. A date known to the month only counts by its last day.
    init(letterDate: RecordedDate, firstInside: CivilDate) {
      guard let span = letterDate.span else {
        self = .undated
        return
      }
      self = span.last <= firstInside ? .before : .after
    }

    private var rank: Int {
      switch self {
      case .before: 0
      case .after: 1
      case .undated: 2
      case .otherPost: 3
      case .notInAnnex: 4
      case .none: 5
      }
    }

    public static func < (a: Standing, b: Standing) -> Bool { a.rank < b.rank }
  }

  /// What decided.
  public enum Basis: String, Sendable {
    /// An approvals source.
    case annex
    /// The record's own columns.
    case asRecorded = "as_recorded"
  }

  /// How it stands.
  public let standing: Standing
  /// What decided.
  public let basis: Basis
  /// The letter found or cited.
  public let letterNo: String?
  /// Its date as far as known.
  public let letterDate: DateSpan?
  /// The person matched, the post could not be compared.
  public let isPostUnchecked: Bool
  /// The annexes list the person, for another post.
  public let isOtherPost: Bool

  init(
    standing: Standing, basis: Basis, letterNo: String?, letterDate: DateSpan?, isPostUnchecked: Bool,
    isOtherPost: Bool = false
  ) {
    self.standing = standing
    self.basis = basis
    self.letterNo = letterNo
    self.letterDate = letterDate
    self.isPostUnchecked = isPostUnchecked
    self.isOtherPost = isOtherPost || standing == .otherPost
  }
}
