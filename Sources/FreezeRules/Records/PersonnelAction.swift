/// One mutasi, promosi or demosi of one person, as the record has it. Text is as found, outer blanks removed,
/// empty text is `nil`.
public struct PersonnelAction: Sendable, Hashable {
  /// Unique in its source.
  public var actionID: String
  /// The id as the source spells it, where that is not ``actionID``: with padding, say. Two spellings are two records.
  public var spelledID: String?
  /// The label, as found.
  public var kind: String
  /// Kemendagri code of the record, or of the site where the record has none; `nil` when neither says.
  public var regionCode: String?
  /// Kemendagri code of the site, where the record names a region that is none of its own: the act is judged by both.
  public var siteRegion: String?
  /// As found; ``NIP`` reads it.
  public var nip: String?
  /// As found.
  public var employeeName: String?
  /// The post left.
  public var postFrom: String?
  /// The post taken.
  public var postTo: String?
  /// The unit left.
  public var unitFrom: String?
  /// The unit taken.
  public var unitTo: String?
  /// Echelon of the post left; ``Echelon`` reads it.
  public var echelonFrom: String?
  /// Echelon of the post taken.
  public var echelonTo: String?
  /// 1 structural, 2 functional, 4 pelaksana, or the word.
  public var postTypeFrom: String?
  /// The same for the post taken.
  public var postTypeTo: String?
  /// D, TT, PLT, PLH, PJ.
  public var assignment: String?
  /// Number of the SK.
  public var decreeNo: String?
  /// Number of the Minister's letter that the record cites.
  public var approvalNo: String?
  /// Its date.
  public var approvalDate: RecordedDate
  /// The act or SK that this one revokes.
  public var revokes: String?
  /// What was found in the source under it.
  public var revokedAct: RevokedAct
  /// Tanggal SK.
  public var decreeDate: RecordedDate
  /// TMT.
  public var effectiveDate: RecordedDate
  /// Tanggal pelantikan.
  public var inauguratedOn: RecordedDate
  /// The day, in the region's zone, on which the record was entered.
  public var recordedOn: CivilDate?
  /// The instant as text, for display.
  public var recordedAt: String?
  /// The original spelling of the dates, where the view has it.
  public var sourceDates: String?
  /// Number of BKN's technical consideration, as found.
  public var pertekNo: String?
  /// Its date.
  public var pertekDate: RecordedDate
  /// What the reader noticed.
  public var readerNotes: [Note]

  /// An act with nothing known but its id and kind.
  public init(actionID: String, kind: String) {
    self.actionID = actionID
    self.kind = kind
    approvalDate = .absent(original: nil)
    pertekDate = .absent(original: nil)
    revokedAct = .notFound
    decreeDate = .absent(original: nil)
    effectiveDate = .absent(original: nil)
    inauguratedOn = .absent(original: nil)
    readerNotes = []
  }

  /// Takes the region of the site: for a record that names none, and beside one of somewhere else, so that a code typed
  /// into a row frees nobody.
  public mutating func take(site: String?) {
    guard let site else { return }
    guard let own = regionCode else {
      regionCode = site
      return
    }
    let registry = RegionRegistry.shipped
    if own != site, registry.named(own) != nil, !registry.covers(site, own) { siteRegion = site }
  }

  /// The recorded date in one of the three fields.
  public func date(_ field: DateField) -> RecordedDate {
    switch field {
    case .decreeDate: decreeDate
    case .effectiveDate: effectiveDate
    case .inauguratedOn: inauguratedOn
    }
  }
}

/// What the source holds under the action id or SK number that a record says it revokes.
public enum RevokedAct: Sendable, Hashable {
  /// Nothing, or nobody looked.
  case notFound
  /// Acts of these people; `nil` is one whose NIP is missing or damaged.
  case found([UInt64?])

  /// The acts of one id or number, with the NIP of each as recorded.
  public init(nips: [String?]) {
    self = nips.isEmpty ? .notFound : .found(Array(Set(nips.map { $0.flatMap(NIP.number) })))
  }

  /// Whether one of them may be this person's.
  func concerns(_ nip: UInt64?) -> Bool {
    guard case .found(let people) = self else { return false }
    return nip == nil || people.contains { $0 == nil || $0 == nip }
  }
}

/// Something about a record that a reader of the verdict should know.
public enum Note: String, Sendable, CaseIterable {
  /// The label says another kind than the posts before and after.
  case kindDiffers = "kind_differs"
  /// A lower echelon in the same tier.
  case lowerEchelonSameTier = "lower_echelon_same_tier"
  /// First recorded inside the window with dates just before it.
  case possibleBackdating = "possible_backdating"
  /// The record does not say enough about the posts; covered was assumed.
  case coverageAssumed = "coverage_assumed"
  /// No approvals source: the record's own approval was taken as it is.
  case approvalAsRecorded = "approval_as_recorded"
  /// An approval without a date settles nothing.
  case approvalUndated = "approval_undated"
  /// The date of an approval cannot be read: it accuses nobody.
  case approvalDateUnreadable = "approval_date_unreadable"
  /// The annex lists this person for another post.
  case approvalOtherPost = "approval_other_post"
  /// The record or the annex names no post, so only the person was matched.
  case approvalPostUnchecked = "approval_post_unchecked"
  /// A date is known to the month or year only.
  case partialDate = "partial_date"
  /// A date could not be read.
  case unreadableDate = "unreadable_date"
  /// The NIP has not 18 digits or was damaged by a spreadsheet.
  case nipDamaged = "nip_damaged"
  /// Another record has the same action_id.
  case duplicateActionID = "duplicate_action_id"
  /// The line of the file could not be read.
  case unreadableLine = "unreadable_line"
  /// The row of the file has fewer cells than its header.
  case shortRow = "short_row"
  /// Text that was not valid in its encoding was repaired.
  case encodingRepaired = "encoding_repaired"
  /// A date lies in a window but before the first version of the rule.
  case noRuleInForce = "no_rule_in_force"
  /// Neither the record nor the site names a region that there is.
  case regionUnknown = "region_unknown"
  /// The record names a region that is none of the site's: both were judged, and what is inside by the site's alone is
  /// `depends`.
  case regionElsewhere = "region_elsewhere"
  /// A date lies beyond the end of the calendar.
  case calendarEnds = "calendar_ends"
  /// A day on which the answer hangs is known as a span only, or not at all.
  case factUnknown = "fact_unknown"
  /// The site holds its regencies bound by the governor's election, which no ruling settles.
  case governorElection = "governor_election"
  /// The label, the assignment or the post type says "no replacement", the rest of the record says otherwise.
  case contradictsItself = "contradicts_itself"
  /// The act that the record says it revokes is not in the source, or is another person's.
  case revokedNotFound = "revoked_not_found"
  /// An approval without a letter number does not count.
  case approvalWithoutNumber = "approval_without_number"
  /// An approval older than the law does not count.
  case approvalBeforeLaw = "approval_before_law"
  /// The rule has no clause about approvals: none helps.
  case approvalDoesNotHelp = "approval_does_not_help"
}
