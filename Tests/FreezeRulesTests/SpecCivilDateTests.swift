import FreezeRules
import TestSupport
import Testing

/// What any calendar must satisfy.
@Suite struct SpecCivilDate {
  /// One full cycle of leap years, every day; the other years of the range are looked at a month at a time below.
  @Test func `every day of 1895 to 2300 has one number, one text and one place in the order`() throws {
    let almanac = Almanac(years: 1895...2300)
    let first = try #require(CivilDate(year: 1895, month: 1, day: 1))
    var previous = try #require(first.adding(days: -1))
    for (index, day) in almanac.days.enumerated() {
      guard let date = CivilDate(year: day.year, month: day.month, day: day.day), date.year == day.year,
        date.month == day.month, date.day == day.day, date > previous,
        date.daysSince2000 == first.daysSince2000 + index,
        CivilDate(daysSince2000: date.daysSince2000) == date
      else {
        Issue.record("\(day)")
        return
      }
      previous = date
    }
  }

  @Test func `months have their lengths in every year of the range`() {
    var number = CivilDate.min.daysSince2000
    for year in 1...9999 {
      let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        guard let last = CivilDate(year: year, month: month + 1, day: length),
          last.daysSince2000 == number + length - 1,
          CivilDate(daysSince2000: number)?.day == 1,
          CivilDate(year: year, month: month + 1, day: length + 1) == nil
        else {
          Issue.record("\(year)-\(month + 1)")
          return
        }
        number += length
      }
    }
    #expect(number - 1 == CivilDate.max.daysSince2000)
  }

  @Test func `days are written and read as YYYY-MM-DD`() throws {
    var date = try day("1999-12-01")
    while date.year < 2033 {
      guard CivilDate(iso: date.description) == date else {
        Issue.record("\(date)")
        return
      }
      date = try #require(date.adding(days: 1))
    }
    #expect(CivilDate.min.description == "0001-01-01")
    #expect(CivilDate.max.description == "9999-12-31")
  }

  @Test(arguments: [
    "", "2024", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00",
    "0000-01-01",
    "2024-1-01", "2024-01-1", " 2024-01-01", "2024-01-01 ", "2024/01/01", "20240101", "-024-01-01",
    "+024-01-01",
    "2024-01-0١", "२०२४-०१-०१", "10000-01-01", "2024-04-31", "infinity",
  ])
  func `no day is read from`(text: String) {
    #expect(CivilDate(iso: text) == nil)
  }

  @Test func `the range ends where it says`() {
    #expect(CivilDate(year: 0, month: 12, day: 31) == nil)
    #expect(CivilDate(year: 10_000, month: 1, day: 1) == nil)
    #expect(CivilDate(year: .max, month: 1, day: 1) == nil)
    #expect(CivilDate(year: 2024, month: .min, day: .max) == nil)
    #expect(CivilDate.min.adding(days: -1) == nil)
    #expect(CivilDate.max.adding(days: 1) == nil)
    #expect(CivilDate(daysSince2000: .min) == nil)
    #expect(CivilDate(daysSince2000: .max) == nil)
    #expect(CivilDate.max.moved(byMonths: 1).rounded(.down) == nil)
    #expect(CivilDate.min.moved(byMonths: -1).rounded(.up) == nil)
    #expect(CivilDate.min.moved(byMonths: -1).description == "0000-12-01")
    #expect(CivilDate.max.moved(byMonths: 1).description == "10000-01-31")
  }

  @Test func `day numbers are those of PostgreSQL`() throws {
    #expect(try day("2000-01-01").daysSince2000 == 0)
    #expect(try day("1999-12-31").daysSince2000 == -1)
    // select date '2024-03-22' - date '2000-01-01'
    #expect(try day("2024-03-22").daysSince2000 == 8847)
    #expect(try day("2024-03-22").days(until: day("2024-09-22")) == 184)
    #expect(try day("2024-09-22").days(until: day("2024-03-22")) == -184)
  }

  @Test(arguments: [
    ("2023-08-31", -6, "2023-02-31", "2023-02-28", "2023-03-01"),
    ("2024-08-31", -6, "2024-02-31", "2024-02-29", "2024-03-01"),
    ("2024-08-29", -6, "2024-02-29", "2024-02-29", "2024-02-29"),
    ("2023-08-29", -6, "2023-02-29", "2023-02-28", "2023-03-01"),
    ("2023-12-31", 6, "2024-06-31", "2024-06-30", "2024-07-01"),
    ("2024-01-31", -2, "2023-11-31", "2023-11-30", "2023-12-01"),
    ("2024-01-15", -1, "2023-12-15", "2023-12-15", "2023-12-15"),
    ("2024-01-31", -25, "2021-12-31", "2021-12-31", "2021-12-31"),
    ("2025-08-31", 6, "2026-02-31", "2026-02-28", "2026-03-01"),
    ("2024-02-29", 12, "2025-02-29", "2025-02-28", "2025-03-01"),
  ])
  func `moving and rounding are two steps`(from: String, months: Int, raw: String, down: String, up: String)
    throws
  {
    let moved = try day(from).moved(byMonths: months)
    #expect(moved.description == raw)
    #expect(moved.exists == (down == up))
    #expect(moved.rounded(.down) == (try day(down)))
    #expect(moved.rounded(.up) == (try day(up)))
  }

  @Test func `what is not true of month arithmetic`() throws {
    // There and back is not where you were.
    let start = try day("2024-03-31")
    #expect(
      start.moved(byMonths: -1).rounded(.down)?.moved(byMonths: 1).rounded(.down) == (try day("2024-03-29")))
    // Two moves are not one.
    let twice = try day("2023-12-31").moved(byMonths: 2).rounded(.down)?.moved(byMonths: 2).rounded(.down)
    #expect(twice == (try day("2024-04-29")))
    #expect(try day("2023-12-31").moved(byMonths: 4).rounded(.down) == (try day("2024-04-30")))
    // Different days can meet: moving is monotone, not strictly.
    #expect(
      try day("2023-08-29").moved(byMonths: -6).rounded(.down)
        == day("2023-08-31").moved(byMonths: -6).rounded(.down))
  }

  @Test(arguments: [
    ("2024-03", "2024-03-01", "2024-03-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02", "2023-02-01", "2023-02-28"), ("2024", "2024-01-01", "2024-12-31"),
    ("2024-03-22", "2024-03-22", "2024-03-22"),
  ])
  func `a partial date is the range of its days`(text: String, first: String, last: String) throws {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    let span =
      switch parts.count {
      case 1: DateSpan(year: parts[0])
      case 2: DateSpan(year: parts[0], month: parts[1])
      default: DateSpan(try day(text))
      }
    #expect(span?.first == (try day(first)))
    #expect(span?.last == (try day(last)))
    #expect(span?.isExact == (first == last))
    #expect(span?.description == text)
    #expect(DateSpan(year: 2024, month: 13) == nil)
    #expect(DateSpan(year: 0) == nil)
  }
}
