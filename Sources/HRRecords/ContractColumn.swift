import FreezeRules

/// The columns of the contract view `freeze_audit.personnel_action`; a CSV uses the same names.
public enum ContractColumn: String, CaseIterable, Sendable {
  case actionID = "action_id"
  case kind
  case decreeDate = "decree_date"
  case effectiveDate = "effective_date"
  case inauguratedOn = "inaugurated_on"
  case regionCode = "region_code"
  case nip
  case employeeName = "employee_name"
  case postFrom = "post_from"
  case postTo = "post_to"
  case unitFrom = "unit_from"
  case unitTo = "unit_to"
  case echelonFrom = "echelon_from"
  case echelonTo = "echelon_to"
  case postTypeFrom = "post_type_from"
  case postTypeTo = "post_type_to"
  case assignment
  case decreeNo = "decree_no"
  case approvalNo = "approval_no"
  case approvalDate = "approval_date"
  case revokes
  case recordedAt = "recorded_at"
  case changedAt = "changed_at"
  case sourceDates = "source_dates"

  /// Columns without which nothing can be judged.
  public static let required: [ContractColumn] = [.actionID, .kind]
  /// At least one of these is needed as well.
  public static let dates: [ContractColumn] = [.decreeDate, .effectiveDate, .inauguratedOn]
}

extension PersonnelAction {
  /// An act from text cells, as a file has them.
  /// - Parameters:
  ///   - cell: the text of a column, `nil` when the source has no such column or the cell is null.
  ///   - place: names the record where it has no id, such as `baris 12`.
  ///   - region: the site's code, for records without one.
  ///   - zone: the zone for instants where the region does not tell.
  public init(cells cell: (ContractColumn) -> String?, place: String, region: String?, zone: Zone) {
    func text(_ column: ContractColumn) -> String? {
      let text = Cell.text(cell(column))
      return column == .actionID ? text : text.map(Cell.bounded)
    }
    self.init(actionID: text(.actionID) ?? place, kind: text(.kind) ?? "")
    regionCode = text(.regionCode).map { RegionCode.read($0) ?? $0 } ?? region
    nip = text(.nip)
    employeeName = text(.employeeName)
    postFrom = text(.postFrom)
    postTo = text(.postTo)
    unitFrom = text(.unitFrom)
    unitTo = text(.unitTo)
    echelonFrom = text(.echelonFrom)
    echelonTo = text(.echelonTo)
    postTypeFrom = text(.postTypeFrom)
    postTypeTo = text(.postTypeTo)
    assignment = text(.assignment)
    decreeNo = text(.decreeNo)
    approvalNo = Cell.reference(cell(.approvalNo)).map(Cell.bounded)
    approvalDate = DirtyDate.read(cell(.approvalDate))
    revokes = Cell.reference(cell(.revokes)).map(Cell.bounded)
    decreeDate = DirtyDate.read(cell(.decreeDate))
    effectiveDate = DirtyDate.read(cell(.effectiveDate))
    inauguratedOn = DirtyDate.read(cell(.inauguratedOn))
    recordedAt = text(.recordedAt)
    recordedOn = recordedAt.flatMap {
      RecordedInstant.date($0, in: regionCode.flatMap(Zone.init(regionCode:)) ?? zone)
    }
    if recordedAt != nil, recordedOn == nil { readerNotes.append(.unreadableDate) }
    sourceDates = text(.sourceDates)
  }
}
