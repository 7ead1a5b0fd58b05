import AuditBase
import FreezeRules
import Postgres

/// The order of day and month in the columns of a view.
extension ContractView {
  /// What a scan of all records found before this one of a few; else it is found out now.
  mutating func recallOrders() throws(SourceError) {
    guard !isOrderProved, let orders = kept?.orders.withLock({ $0 }) else { return try proveOrders() }
    isOrderProved = true
    shape = RecordShape(columns: columns, reading: shape.reading.with(orders))
  }

  /// The orders that its records are read by.
  package var orders: DateOrders { shape.reading.orders }

  /// Finds out, once a scan: only where the view reads dates from texts, since a date of the database has no order.
  package mutating func proveOrders() throws(SourceError) {
    guard !isOrderProved else { return }
    isOrderProved = true
    defer { if let kept { kept.orders.withLock { [orders] in $0 = orders } } }
    let dates = ContractColumn.days.filter(columns.contains)
    guard nature.parseDate == .current || columns.contains(.sourceDates) else { return }
    let found = try proofs(dates.map { ($0, isMonthFirst($0)) })
    guard !found.isEmpty else { return }
    // A view without the texts cannot tell what stood in the cells that could be either.
    let opposite =
      columns.contains(.sourceDates)
      ? try proofs(found.keys.map { ($0, Self.sourceDate($0, "(1[3-9]|2[0-9]|3[01])", "(0?[1-9]|1[0-2])")) })
      : [:]
    var orders = DateOrders()
    for column in dates {
      guard let monthFirst = found[column] else { continue }
      var proof = OrderProof()
      proof.set(monthFirst: monthFirst, dayFirst: opposite[column])
      orders[column] = proof.order
      if columns.contains(.sourceDates) {
        if let remark = proof.remark(column.rawValue) { remarks.sentences.append(remark) }
        continue
      }
      let (place, text) = (monthFirst.place, monthFirst.text)
      remarks.say(
        id:
          "kolom \"\(column.rawValue)\": \(place.indonesian) \"\(text)\" hanya bisa bulan-hari-tahun; karena view tidak punya source_dates, tanggal 1 sampai 12 di kolom itu bisa dua arti dan tidak dibaca. Pakai freeze_audit.parse_date(kolom, 'MDY'), atau tambahkan source_dates",
        en:
          "column \"\(column.rawValue)\": \(place.english) \"\(text)\" can only be month-day-year; since the view has no source_dates, days 1 to 12 of that column could be either and are not read. Use freeze_audit.parse_date(column, 'MDY'), or add source_dates"
      )
    }
    shape = RecordShape(columns: columns, reading: shape.reading.with(orders))
  }

  /// True for rows whose cell can only be month-first.
  private func isMonthFirst(_ column: ContractColumn) -> String {
    let reserved = "v.\(column.rawValue) BETWEEN '3656-01-01 BC' AND '3402-12-31 BC'"
    guard columns.contains(.sourceDates) else { return reserved }
    return
      "(\(reserved) OR v.\(column.rawValue) IS NULL AND \(Self.sourceDate(column, "(0?[1-9]|1[0-2])", "(1[3-9]|2[0-9]|3[01])")))"
  }

  /// True for rows whose text in `source_dates` has two such numbers before a year.
  private static func sourceDate(_ column: ContractColumn, _ first: String, _ second: String) -> String {
    "v.source_dates::text COLLATE \"C\" ~ '(^|\\u003b)[[:space:]]*\(column.rawValue)[[:space:]]*=[^\\u003b0-9]*\(first)[-/. ]+\(second)[-/. ]+[0-9]{4}([^0-9]|$)'"
  }

  /// For each condition that holds for some row, one such row.
  private mutating func proofs(
    _ conditions: [(column: ContractColumn, condition: String)]
  ) throws(SourceError) -> [ContractColumn: OrderProof.Cell] {
    let first = conditions.map { "min(v.action_id::text COLLATE \"C\") FILTER (WHERE \($0.condition))" }
    let any = conditions.map(\.condition).joined(separator: " OR ")
    do throws(PostgresError) {
      let result = try connection.query(
        "SELECT \(first.joined(separator: ", ")) FROM \(view) AS v WHERE \(any)", binary: false,
        operation: "orders")
      var proofs: [ContractColumn: OrderProof.Cell] = [:]
      for (index, (column, condition)) in conditions.enumerated() {
        guard let id = result.string(row: 0, column: index) else { continue }
        let told = Cell.text(id) ?? "-"
        proofs[column] = OrderProof.Cell(
          place: Text("catatan \(told)", "record \(told)"), text: try spelling(column, of: id, condition))
      }
      return proofs
    } catch { throw SourceError(error, view: name, conninfo: "") }
  }

  /// What stands in the cell of a record, as far as the view shows it.
  private mutating func spelling(
    _ column: ContractColumn, of id: String, _ condition: String
  ) throws(PostgresError) -> String {
    let text = columns.contains(.sourceDates) ? "v.source_dates::text" : "NULL::text"
    let result = try connection.query(
      "SELECT \(text), v.\(column.rawValue)::text FROM \(view) AS v WHERE v.action_id::text = $1 AND (\(condition)) LIMIT 1",
      [.text(id)], binary: false, operation: "orders")
    guard !result.isEmpty else { return "" }
    if let source = result.string(row: 0, column: 0).flatMap({ SourceDates($0)[column] }) { return source }
    guard case .monthFirst(let day)? = result.string(row: 0, column: 1).flatMap({ ReservedDate($0)?.meaning })
    else { return "" }
    return "\(day.month)/\(day.day)/\(day.year)"
  }
}
