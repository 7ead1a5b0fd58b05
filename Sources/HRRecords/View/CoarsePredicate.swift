import FreezeRules

/// The days of which an act may be anything but outside: near the windows of the source's own region, and for records of
/// other regions near those of any.
package struct NearDays: Sendable {
  /// For records of the source's region; without one, of any.
  let own: [ClosedRange<CivilDate>]
  /// For records of other regions.
  let any: [ClosedRange<CivilDate>]
  /// The spellings of the source's region, `nil`: it has none.
  let codes: [String]?

  /// Near some window of a table, or of others that must find everything as well.
  package init(_ table: WindowTable, _ others: [WindowTable] = [], region: String? = nil) {
    let tables = [table] + others
    func days(_ region: String?) -> [ClosedRange<CivilDate>] {
      WindowTable.merged(tables.flatMap { $0.coarseRanges(in: region) })
    }
    let code = region.flatMap { table.calendar.registry.named($0)?.code }
    own = days(code)
    any = days(nil)
    codes = code.map { [$0, $0.filter { $0 != "." }, ""] }
  }

  /// The days as text: `2024-02-20..2025-08-20+…/…`, those of the source's region first.
  package var text: String {
    [own, any].map { $0.map { "\($0.lowerBound)..\($0.upperBound)" }.joined(separator: "+") }.joined(
      separator: "/")
  }
}

/// Which rows must be looked at, and in which order, as SQL.
extension ContractView {
  /// True for every row that can be anything but `outside` or `not-covered`: a date in the span, a date that is no
  /// plausible day, or no date at all. May be NULL, which means no. Tested to be wider than the law. Plain comparisons
  /// joined by OR, so that indexes on the dates can serve.
  func coarsePredicate(_ near: NearDays) -> String {
    let fields = ContractColumn.dates.filter(columns.contains)
    let dates = fields.map { "v.\($0.rawValue)" }
    let plausible = RecordedDate.plausibleYears
    var alternatives: [String] = []
    // Days that the view made of instants may be the days beside those of the record's zone.
    let beside = nature.sessionZone == .unused ? 0 : 1
    func widened(_ days: [ClosedRange<CivilDate>]) -> [ClosedRange<CivilDate>] {
      days.map {
        ($0.lowerBound.adding(days: -beside) ?? $0.lowerBound)...($0.upperBound.adding(days: beside)
          ?? $0.upperBound)
      }
    }
    // In a column that is month-first the view may have turned day and month round.
    for field in fields where shape.reading.orders[field] != .dayFirst {
      alternatives.append("extract(day FROM v.\(field.rawValue)) <= 12")
    }
    // No plausible day is looked at as well, and joined with the days that it touches: each comparison costs time.
    let implausible =
      [
        CivilDate(year: plausible.lowerBound - 1, month: 12, day: 31).map { CivilDate.min...$0 },
        CivilDate(year: plausible.upperBound + 1, month: 1, day: 1).map { $0...CivilDate.max },
      ].compactMap { $0 }
    let looked = WindowTable.merged(widened(near.own) + implausible)
    for date in dates {
      // Open at its ends, beyond which the server has days as well.
      alternatives += looked.map {
        switch ($0.lowerBound == .min, $0.upperBound == .max) {
        case (true, true): "\(date) IS NOT NULL"
        case (true, false): "\(date) <= '\($0.upperBound)'"
        case (false, true): "\(date) >= '\($0.lowerBound)'"
        case (false, false): "\(date) BETWEEN '\($0.lowerBound)' AND '\($0.upperBound)'"
        }
      }
      if columns.contains(.regionCode), let codes = near.codes {
        // Records of other regions, or of none that there is, are near the windows of any.
        let list = codes.map { "'\($0)'" }.joined(separator: ", ")
        let isOther = "v.region_code IS NOT NULL AND btrim(v.region_code::text) NOT IN (\(list))"
        alternatives += widened(near.any).map {
          "(\(date) BETWEEN '\($0.lowerBound)' AND '\($0.upperBound)' AND \(isOther))"
        }
      }
    }
    alternatives.append(
      "(" + dates.map { "(\($0) IS NULL OR \($0) = '1970-01-01')" }.joined(separator: " AND ") + ")")
    if columns.contains(.sourceDates) {
      // A date that the mapping could not read may be a month or a year: its text decides.
      let isMissing = dates.map { "\($0) IS NULL OR \($0) = '1970-01-01'" }.joined(separator: " OR ")
      alternatives.append("(v.source_dates IS NOT NULL AND (\(isMissing)))")
    }
    return alternatives.joined(separator: " OR ")
  }

  /// Acts of one decree together, decrees by date. A report that shows them so need not hold them.
  var decreeOrder: String {
    var keys: [String] = []
    if columns.contains(.decreeDate) { keys.append("v.decree_date") }
    if columns.contains(.decreeNo) {
      keys.append("replace(lower(v.decree_no::text COLLATE \"C\"), ' ', '')")
    }
    // Where the date is a month or a year, its text tells the decrees apart.
    if columns.contains(.sourceDates) { keys.append("v.source_dates::text COLLATE \"C\"") }
    return " ORDER BY " + (keys + ["v.action_id::text COLLATE \"C\""]).joined(separator: ", ")
  }
}
