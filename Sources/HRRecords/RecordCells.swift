import FreezeRules

/// A column of the contract view `freeze_audit.personnel_action`; a file uses the same names.
package typealias ContractColumn = PersonnelAction.Field

extension PersonnelAction {
  private static let fields = Field.allCases

  /// An act from text cells, as a file or the ledger has them.
  /// - Parameters:
  ///   - cell: the text of a column, `nil` when the source has no such column or the cell is null.
  ///   - place: names the record where it has no id, such as `baris 12`.
  ///   - region: the site's code, for records without one.
  ///   - zone: the zone for instants where the region does not tell.
  package init(cells cell: (Field) -> String?, place: String, region: String?, zone: Zone) {
    self.init(actionID: "", kind: "")
    for field in Self.fields {
      if let text = cell(field) { read(text, as: field) }
    }
    complete(place: place, region: region, zone: zone)
  }

  /// Takes in the cell of one column.
  mutating func read(_ cell: String, as field: Field) {
    func text() -> String? { Cell.text(cell).map(Cell.bounded) }
    switch field {
    case .actionID: actionID = Cell.text(cell) ?? ""
    case .kind: kind = text() ?? ""
    case .decreeDate: decreeDate = DirtyDate.read(cell)
    case .effectiveDate: effectiveDate = DirtyDate.read(cell)
    case .inauguratedOn: inauguratedOn = DirtyDate.read(cell)
    case .regionCode: regionCode = text().map { RegionCode.read($0) ?? $0 }
    case .nip: nip = text()
    case .employeeName: employeeName = text()
    case .postFrom: postFrom = text()
    case .postTo: postTo = text()
    case .unitFrom: unitFrom = text()
    case .unitTo: unitTo = text()
    case .echelonFrom: echelonFrom = text()
    case .echelonTo: echelonTo = text()
    case .postTypeFrom: postTypeFrom = text()
    case .postTypeTo: postTypeTo = text()
    case .assignment: assignment = text()
    case .decreeNo: decreeNo = text()
    case .approvalNo: approvalNo = Cell.reference(cell).map(Cell.bounded)
    case .approvalDate: approvalDate = DirtyDate.read(cell)
    case .revokes: revokes = Cell.reference(cell).map(Cell.bounded)
    case .recordedAt: recordedAt = text()
    case .changedAt: break
    case .sourceDates: sourceDates = text()
    }
  }

  /// After the last cell: what the site says where the record does not, and the day on which the record was entered.
  mutating func complete(place: String, region: String?, zone: Zone) {
    if actionID.isEmpty { actionID = place }
    regionCode = regionCode ?? region
    guard let recordedAt else { return }
    recordedOn = RecordedInstant.date(recordedAt, in: regionCode.flatMap(Zone.init(regionCode:)) ?? zone)
    if recordedOn == nil { readerNotes.append(.unreadableDate) }
  }
}
