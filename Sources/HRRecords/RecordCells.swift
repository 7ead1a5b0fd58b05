import FreezeRules

/// A column of the contract view `freeze_audit.personnel_action`; a file uses the same names.
package typealias ContractColumn = PersonnelAction.Field

extension PersonnelAction {
  /// The region first: it tells the zone of instants.
  static let fields = [Field.regionCode] + Field.allCases.filter { $0 != .regionCode }

  /// An act from text cells, as a file or the ledger has them.
  /// - Parameters:
  ///   - cell: the text of a column, `nil` when the source has no such column or the cell is null.
  ///   - place: names the record where it has no id, such as `baris 12`.
  ///   - region: the site's code, for records without one.
  ///   - zone: the zone for instants where the region does not tell.
  package init(cells cell: (Field) -> String?, place: String, region: String?, zone: Zone) {
    self.init(actionID: "", kind: "")
    let reading = CellReading(zone: zone, region: region)
    for field in Self.fields {
      if let text = cell(field) { read(text, as: field, reading) }
    }
    complete(place: place, reading)
  }

  /// Takes in the cell of one column; the region comes before the dates.
  mutating func read(_ cell: String, as field: Field, _ reading: CellReading) {
    func text() -> String? { Cell.text(cell).map(Cell.bounded) }
    func date() -> RecordedDate {
      DirtyDate.read(cell, zone: reading.zoneOfInstants(regionCode), order: reading.orders[field])
    }
    switch field {
    case .actionID:
      actionID = Cell.text(cell) ?? ""
      spelledID = actionID.utf8.elementsEqual(cell.utf8) ? nil : cell
    case .kind: kind = text() ?? ""
    case .decreeDate: decreeDate = date()
    case .effectiveDate: effectiveDate = date()
    case .inauguratedOn: inauguratedOn = date()
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
    case .approvalDate: approvalDate = date()
    case .revokes: revokes = Cell.reference(cell).map(Cell.bounded)
    case .recordedAt: recordedAt = text()
    case .changedAt: break
    case .sourceDates: sourceDates = text()
    case .pertekNo: pertekNo = Cell.reference(cell).map(Cell.bounded)
    case .pertekDate: pertekDate = date()
    }
  }

  /// After the last cell: what the site says where the record does not, and the day on which the record was entered.
  mutating func complete(place: String, _ reading: CellReading) {
    if actionID.isEmpty { actionID = place }
    take(site: reading.region)
    guard let recordedAt else { return }
    switch DirtyDate.read(
      recordedAt, zone: reading.zone(regionCode), order: reading.orders[.recordedAt])
    {
    case .known(let span, _) where span.isExact: recordedOn = span.first
    case .absent: break
    default: readerNotes.append(.unreadableDate)
    }
  }
}

/// What the cells of one source share.
struct CellReading: Sendable {
  /// For instants of records whose region does not tell.
  let zone: Zone
  /// The site's code for records without one.
  let region: String?
  /// Which of day and month comes first, column by column.
  var orders = DateOrders()

  init(zone: Zone, region: String?, orders: DateOrders = DateOrders()) {
    self.zone = zone
    self.region = region
    self.orders = orders
  }

  /// How far days that the view made of instants by its session's zone may be off in a record's zone.
  var sessionZone = ViewNature.SessionZone.unused

  /// The same with these orders.
  func with(_ orders: DateOrders) -> CellReading {
    var reading = self
    reading.orders = orders
    return reading
  }

  /// By how many days a date of the view may lie beside the day in the record's zone.
  func uncertainty(_ regionCode: String?) -> ClosedRange<Int> {
    switch sessionZone {
    case .unused: return 0...0
    case .whenRefreshed: return -1...1
    case .whenRead:
      let ahead = zone(regionCode).offsetHours - zone.offsetHours
      return min(0, ahead.signum())...max(0, ahead.signum())
    }
  }

  /// The zone of a record.
  func zone(_ regionCode: String?) -> Zone { regionCode.flatMap(Zone.init(regionCode:)) ?? zone }

  /// The zone that makes a day of an instant, `nil` where neither record nor site says where it was: WIB is only what is taken
  /// for want of a better, and in the east it may be the day after.
  func zoneOfInstants(_ regionCode: String?) -> Zone? {
    if let zone = regionCode.flatMap(Zone.init(regionCode:)) { return zone }
    return region == nil && zone == .wib ? nil : zone
  }
}
