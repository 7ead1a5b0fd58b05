import FreezeRules

/// The working week: Monday to Friday, less the holidays of a list.
package struct WorkingDays: Sendable {
  private let holidays: [CivilDate: String]
  private let years: Set<Int>

  /// The list compiled into the program.
  package static var shippedText: String { String(decoding: PackageResources.holidays_txt, as: UTF8.self) }

  /// A line that is not `YYYY-MM-DD remark`.
  package struct BadLine: Error, Equatable {
    /// 1-based.
    package let line: Int

    /// A complaint about a line.
    package init(line: Int) { self.line = line }
  }

  /// Reads a list: one `YYYY-MM-DD` a line, then a remark; `#` begins a comment. A YAML list (`- 2026-01-01 # …`)
  /// is read as well.
  package init(_ text: String) throws(BadLine) {
    var holidays: [CivilDate: String] = [:]
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      var line = line.drop(while: \.isWhitespace)
      if line.hasPrefix("- ") { line = line.dropFirst(2).drop(while: \.isWhitespace) }
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("\u{FEFF}") && line.count == 1 { continue }
      let day = line.prefix { !$0.isWhitespace }
      guard let date = CivilDate(iso: day) else { throw BadLine(line: index + 1) }
      holidays[date] = String(line.dropFirst(day.count).drop { $0.isWhitespace || $0 == "#" })
    }
    self.holidays = holidays
    years = Set(holidays.keys.map(\.year))
  }

  /// What kind of day it is.
  package enum Day: Sendable, Equatable {
    case working, weekend
    case holiday(String)
  }

  /// The kind of a day.
  package subscript(date: CivilDate) -> Day {
    // 2000-01-01 was a Saturday.
    let weekday = (date.daysSince2000 % 7 + 7) % 7
    if weekday < 2 { return .weekend }
    return holidays[date].map { .holiday($0) } ?? .working
  }

  /// Whether the list knows the holidays of a year.
  package func knows(year: Int) -> Bool { years.contains(year) }

  /// By the list compiled in.
  package static let shipped = (try? WorkingDays(shippedText)) ?? WorkingDays()

  /// Every Monday to Friday.
  package init() {
    holidays = [:]
    years = []
  }

  /// The day on which `count` working days after `day` are over; `nil` beyond the calendar's days.
  package func day(_ count: Int, after day: CivilDate) -> CivilDate? {
    var left = count
    var date = day
    while left > 0 {
      guard let next = date.adding(days: 1) else { return nil }
      date = next
      if self[date] == .working { left -= 1 }
    }
    return date
  }
}
