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
  /// A line, and what of it is compared, ready to be.
  private struct Entry: Sendable {
    let line: ApprovalLine
    let letterNo: String
    let date: DateSpan?
    let post: String?
    let region: String?
  }

  /// By ``NIP/number(_:)``.
  private var byNIP: [UInt64: [Entry]] = [:]
  /// Numbers of the letters there are, normalised.
  private var letters: Set<String> = []
  /// Lines whose NIP could not be read: they can match nobody, and the caller says so.
  public private(set) var unmatchable: [ApprovalLine] = []
  /// All lines, as given.
  public let lines: [ApprovalLine]
  /// Lines in all.
  public var count: Int { lines.count }

  /// Indexes the lines by person.
  public init(_ lines: some Sequence<ApprovalLine>) {
    self.lines = Array(lines)
    for line in self.lines {
      letters.insert(Self.normalised(line.letterNo))
      if let nip = line.nip.flatMap(NIP.number) {
        byNIP[nip, default: []].append(
          Entry(
            line: line, letterNo: line.letterNo, date: line.letterDate.span,
            post: line.postTo.map(Self.normalised),
            // A region that nobody can read narrows nothing: person and post decide.
            region: line.regionCode.flatMap { RegionCode.read($0) ?? RegionRegistry.shipped.named($0)?.code })
        )
      } else {
        unmatchable.append(line)
      }
    }
  }

  /// Everything that `find` looks at for this act: the lines about the person, and a line
  /// without a person for the letter that the record cites, where there is one.
  public func lines(about action: PersonnelAction) -> [ApprovalLine] {
    var lines = (action.nip.flatMap(NIP.number).flatMap { byNIP[$0] } ?? []).map(\.line)
    if let cited = action.approvalNo, letters.contains(Self.normalised(cited)) {
      lines.append(ApprovalLine(letterNo: cited, letterDate: .absent(original: nil), nip: nil, postTo: nil))
    }
    return lines
  }

  /// What the annexes say of the person and post of this act, as far as it could be known on `knownOn`.
  ///
  /// - Parameter nip: ``NIP/number(_:)`` of the person.
  /// - Parameter law: first day in force of the law that asks for the approval: no older letter can be one.
  func find(
    _ action: PersonnelAction, _ nip: UInt64?, law: CivilDate, firstInside: CivilDate, knownOn: CivilDate
  )
    -> ApprovalFinding
  {
    let mine = nip.flatMap { byNIP[$0] } ?? []
    var ignoredLater = false
    var void = ApprovalFinding.Void()
    var other: ApprovalFinding?
    var best: ApprovalFinding?
    for index in mine.indices {
      if let code = mine[index].region, let region = action.regionCode,
        !RegionRegistry.shipped.covers(code, region)
      {
        continue
      }
      let date = mine[index].date
      if let date, date.first > knownOn {
        ignoredLater = true
        continue
      }
      let letter = mine[index].letterNo
      if void.add(letter, date, law) { continue }
      if let post = action.postTo, let linePost = mine[index].post, !TextKey.squeezed(post, is: linePost) {
        let found = ApprovalFinding(
          standing: .otherPost, basis: .annex, letter: ApprovalFinding.Letter(letter, date),
          isPostUnchecked: false)
        if other.map({ found.decides(before: $0) }) ?? true { other = found }
        continue
      }
      let recorded = mine[index].line.letterDate
      let found = ApprovalFinding(
        standing: ApprovalFinding.Standing(recorded, firstInside: firstInside), basis: .annex,
        letter: ApprovalFinding.Letter(letter, date, recorded.original),
        isPostUnchecked: action.postTo == nil || mine[index].post == nil)
      if best.map({ found.decides(before: $0) }) ?? true { best = found }
    }
    if let best { return best }
    if let cited = action.approvalNo, !void.add(cited, action.approvalDate.span, law) {
      if let date = action.approvalDate.span, date.first > knownOn {
        ignoredLater = true
      } else {
        return ApprovalFinding(
          standing: .notInAnnex, basis: .annex,
          letter: ApprovalFinding.Letter(cited, action.approvalDate.span),
          isPostUnchecked: false, isOtherPost: other != nil,
          isLetterUnknown: !letters.contains(Self.normalised(cited)), isIgnoredAsLater: ignoredLater,
          void: void)
      }
    }
    if let other { return other }
    return ApprovalFinding(
      standing: .none, basis: .annex, isPostUnchecked: false,
      isIgnoredAsLater: ignoredLater, void: void)
  }

  /// Without an approvals source, what the record says of itself, as far as it could be known on `knownOn`.
  static func asRecorded(
    _ action: PersonnelAction, law: CivilDate, firstInside: CivilDate, knownOn: CivilDate
  ) -> ApprovalFinding {
    let isLater = action.approvalDate.span.map { $0.first > knownOn } ?? false
    var void = ApprovalFinding.Void()
    // A date alone is a letter that nobody can look up.
    if action.approvalNo == nil, action.approvalDate.span != nil { _ = void.add("", nil, law) }
    guard let letter = action.approvalNo, !isLater, !void.add(letter, action.approvalDate.span, law) else {
      return ApprovalFinding(
        standing: .none, basis: .asRecorded, isPostUnchecked: false,
        isIgnoredAsLater: isLater && action.approvalNo != nil, void: void)
    }
    return ApprovalFinding(
      standing: ApprovalFinding.Standing(action.approvalDate, firstInside: firstInside),
      basis: .asRecorded,
      letter: ApprovalFinding.Letter(letter, action.approvalDate.span, action.approvalDate.original),
      isPostUnchecked: false)
  }

  /// Posts are compared without case, punctuation and runs of blanks.
  static func normalised(_ post: String) -> String { TextKey.squeezed(post) }
}

/// The approval looked for, and what was found.
public struct ApprovalFinding: Sendable, Hashable {
  /// How it stands to the act; the order is the order in which a line decides.
  public enum Standing: String, Sendable, CaseIterable, Comparable {
    /// Dated on or before the act's first inside date.
    case before
    /// With a date that nobody can read: it may be in time.
    case unreadableDate = "unreadable_date"
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
    init(_ letterDate: RecordedDate, firstInside: CivilDate) {
      switch letterDate {
      case .absent: self = .undated
      case .unreadable: self = .unreadableDate
      case .known(let span, _): self = span.last <= firstInside ? .before : .after
      }
    }

    private var rank: Int {
      switch self {
      case .before: 0
      case .unreadableDate: 1
      case .after: 2
      case .undated: 3
      case .otherPost: 4
      case .notInAnnex: 5
      case .none: 6
      }
    }

    /// What decides sooner is less.
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
  public internal(set) var letterNo: String?
  /// Its date as far as known.
  public let letterDate: DateSpan?
  /// Its date as found, where there is one.
  public internal(set) var dateAsFound: String?
  /// The person matched, the post could not be compared.
  public let isPostUnchecked: Bool
  /// The annexes list the person, for another post.
  public let isOtherPost: Bool
  /// The record cites a letter of which no annex was given at all.
  public let isLetterUnknown: Bool
  /// There is an approval dated after the day of knowledge: it could not be known then and was left out.
  public let isIgnoredAsLater: Bool
  /// A letter without a number was left out: nobody can look it up.
  public let isWithoutNumber: Bool
  /// A letter older than the law was left out.
  public let isBeforeLaw: Bool

  /// Lines that are no approval, whatever else they say.
  struct Void {
    private(set) var hasWithoutNumber = false
    private(set) var hasBeforeLaw = false

    /// Whether a letter is void; keeps why.
    mutating func add(_ letterNo: String, _ date: DateSpan?, _ law: CivilDate) -> Bool {
      // Almost every number has a letter or digit of ASCII: only others are looked at as characters.
      let isNumber =
        letterNo.utf8.contains { TextKey.lowercasedAlphanumeric($0) != nil }
        || letterNo.contains { $0.isLetter || $0.isNumber }
      if !isNumber {
        hasWithoutNumber = true
        return true
      }
      if let date, date.last < law {
        hasBeforeLaw = true
        return true
      }
      return false
    }
  }

  /// A letter as found or cited.
  struct Letter {
    var number: String?
    var date: DateSpan?
    var dateAsFound: String?

    init(_ number: String? = nil, _ date: DateSpan? = nil, _ dateAsFound: String? = nil) {
      self.number = number
      self.date = date
      self.dateAsFound = dateAsFound
    }
  }

  init(
    standing: Standing, basis: Basis, letter: Letter = Letter(), isPostUnchecked: Bool,
    isOtherPost: Bool = false, isLetterUnknown: Bool = false,
    isIgnoredAsLater: Bool = false, void: Void = Void()
  ) {
    isWithoutNumber = void.hasWithoutNumber
    isBeforeLaw = void.hasBeforeLaw
    self.standing = standing
    self.basis = basis
    letterNo = letter.number
    letterDate = letter.date
    dateAsFound = letter.dateAsFound
    self.isPostUnchecked = isPostUnchecked
    self.isOtherPost = isOtherPost || standing == .otherPost
    self.isLetterUnknown = isLetterUnknown
    self.isIgnoredAsLater = isIgnoredAsLater
  }

  /// The same where the rule knows no approval.
  var withoutEffect: ApprovalFinding {
    ApprovalFinding(
      standing: .none, basis: basis, letter: ApprovalFinding.Letter(letterNo, letterDate),
      isPostUnchecked: false)
  }

  /// Whether this line decides rather than `other`: best standing, then the earlier letter, then its number, so that
  /// the order of the lines never matters.
  fileprivate func decides(before other: ApprovalFinding) -> Bool {
    if standing != other.standing { return standing < other.standing }
    let mine = (letterDate?.last ?? .max, letterNo ?? "", isPostUnchecked ? 1 : 0)
    return mine < (other.letterDate?.last ?? .max, other.letterNo ?? "", other.isPostUnchecked ? 1 : 0)
  }
}
