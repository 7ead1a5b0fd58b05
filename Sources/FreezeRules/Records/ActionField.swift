extension PersonnelAction {
  /// One column of an act. The contract view, the header of a file, the facts in the ledger and the report are read from this
  /// one table, in this order.
  ///
  /// A new column is a case here and a property of ``PersonnelAction``; the compiler then leads to ``text(_:)``, ``keeping``
  /// and the reader of cells.
  public enum Field: String, CaseIterable, Sendable {
    /// Unique in its source.
    case actionID = "action_id"
    /// The label of the act, such as `mutasi`.
    case kind
    /// Tanggal SK.
    case decreeDate = "decree_date"
    /// TMT.
    case effectiveDate = "effective_date"
    /// Tanggal pelantikan.
    case inauguratedOn = "inaugurated_on"
    /// Kemendagri code.
    case regionCode = "region_code"
    /// Eighteen digits.
    case nip
    /// The official's name.
    case employeeName = "employee_name"
    /// The post left.
    case postFrom = "post_from"
    /// The post taken.
    case postTo = "post_to"
    /// The unit left.
    case unitFrom = "unit_from"
    /// The unit taken.
    case unitTo = "unit_to"
    /// Echelon of the post left.
    case echelonFrom = "echelon_from"
    /// Echelon of the post taken.
    case echelonTo = "echelon_to"
    /// Structural, functional or pelaksana, of the post left.
    case postTypeFrom = "post_type_from"
    /// The same of the post taken.
    case postTypeTo = "post_type_to"
    /// Definitive or as PLT, PLH, PJ.
    case assignment
    /// Number of the SK.
    case decreeNo = "decree_no"
    /// Number of the Minister's letter.
    case approvalNo = "approval_no"
    /// Its date.
    case approvalDate = "approval_date"
    /// The act or SK that this one revokes.
    case revokes
    /// When the record was entered.
    case recordedAt = "recorded_at"
    /// When it was last changed.
    case changedAt = "changed_at"
    /// The original spelling of the dates.
    case sourceDates = "source_dates"
    /// Number of BKN's technical consideration (pertimbangan teknis, pertek).
    case pertekNo = "pertek_no"
    /// Its date.
    case pertekDate = "pertek_date"

    /// What the ledger does with it.
    public enum Keeping: Sendable {
      /// A fact that is judged: a change of it changes the alert.
      case fact
      /// Kept beside the facts: an import that stamps every row anew changes nothing.
      case stamp
      /// Kept where there is one: nothing is judged by it, and a record without it is written as it always was.
      case remark
      /// Not kept.
      case none
    }

    /// What the ledger does with it.
    public var keeping: Keeping {
      switch self {
      case .actionID, .kind, .decreeDate, .effectiveDate, .inauguratedOn, .regionCode, .nip, .employeeName,
        .postFrom,
        .postTo, .unitFrom, .unitTo, .echelonFrom, .echelonTo, .postTypeFrom, .postTypeTo, .assignment,
        .decreeNo,
        .approvalNo, .approvalDate, .revokes:
        .fact
      case .recordedAt: .stamp
      case .changedAt, .sourceDates: .none
      case .pertekNo, .pertekDate: .remark
      }
    }

    /// Names a person: told in part, or not at all, where personal data is masked.
    public var isPersonal: Bool { self == .nip || self == .employeeName }

    /// Fields without which nothing can be judged.
    public static let required: [Field] = [.actionID, .kind]
    /// At least one of these is needed as well.
    public static let dates: [Field] = [.decreeDate, .effectiveDate, .inauguratedOn]
    /// Every field that holds a day.
    public static let days: [Field] = dates + [.approvalDate, .pertekDate]
  }

  /// A field as found in the record, `nil` where it has none.
  public func text(_ field: Field) -> String? {
    switch field {
    case .actionID: actionID
    case .kind: kind
    case .decreeDate: decreeDate.original
    case .effectiveDate: effectiveDate.original
    case .inauguratedOn: inauguratedOn.original
    case .regionCode: regionCode
    case .nip: nip
    case .employeeName: employeeName
    case .postFrom: postFrom
    case .postTo: postTo
    case .unitFrom: unitFrom
    case .unitTo: unitTo
    case .echelonFrom: echelonFrom
    case .echelonTo: echelonTo
    case .postTypeFrom: postTypeFrom
    case .postTypeTo: postTypeTo
    case .assignment: assignment
    case .decreeNo: decreeNo
    case .approvalNo: approvalNo
    case .approvalDate: approvalDate.original
    case .revokes: revokes
    case .recordedAt: recordedAt
    case .changedAt: nil
    case .sourceDates: sourceDates
    case .pertekNo: pertekNo
    case .pertekDate: pertekDate.original
    }
  }
}
