import FreezeRules
import TestSupport
import Testing

/// What any implementation of the eight readings must satisfy.
@Suite struct SpecReadings {
  static let almanac = Almanac(years: 1997...2103)

  @Test func `the eight readings have the names of the contract, in its order`() {
    #expect(
      Reading.allCases.map(\.name) == [
        "in-back-down", "in-back-up", "in-forward-down", "in-forward-up", "out-back-down", "out-back-up",
        "out-forward-down", "out-forward-up",
      ])
    #expect(Reading.allCases.map(\.name) == ReadingName.all.map(\.description))
  }

  /// Sweeps both dates forward together: by the definition, the first frozen day never moves back as D advances
  /// (checked on the way), so every D of the century is looked at, with every reading.
  @Test(arguments: [1, 6, 12], ReadingName.all)
  func `the first frozen day agrees with the definition for every determination 2000 to 2100`(
    months: Int, name: ReadingName
  ) throws {
    let almanac = Self.almanac
    let reading = try #require(Reading.allCases.first { $0.name == name.description })
    let start = almanac.index(2000, 1, 1)
    let end = almanac.index(2100, 12, 31)
    var first = start - 31 * months - 40
    for anchor in start...end {
      while !almanac.isFrozen(first, before: anchor, months: months, name) { first += 1 }
      let day = almanac.days[anchor]
      let expected = almanac.days[first]
      guard let date = CivilDate(year: day.year, month: day.month, day: day.day),
        let found = Window.firstDay(of: date, months: -months, reading),
        found.day == expected.day, found.month == expected.month, found.year == expected.year,
        // The day before is free: the sweep cannot have passed the first one.
        !almanac.isFrozen(first - 1, before: anchor, months: months, name)
      else {
        Issue.record("D \(almanac.text(anchor)), \(months) months, \(name): expected \(almanac.text(first))")
        return
      }
    }
  }

  @Test(arguments: [1, 6, 12], ReadingName.all)
  func `the last frozen day after an inauguration agrees with the definition for every day 2000 to 2100`(
    months: Int, name: ReadingName
  ) throws {
    let almanac = Self.almanac
    let reading = try #require(Reading.allCases.first { $0.name == name.description })
    var last = almanac.index(2000, 1, 1)
    for anchor in almanac.index(2000, 1, 1)...almanac.index(2100, 12, 31) {
      last = max(last, anchor)
      while almanac.isFrozen(last + 1, after: anchor, months: months, name) { last += 1 }
      let day = almanac.days[anchor]
      let expected = almanac.days[last]
      guard let date = CivilDate(year: day.year, month: day.month, day: day.day),
        let found = Window.lastDay(of: date, months: months, reading),
        found.day == expected.day, found.month == expected.month, found.year == expected.year,
        almanac.isFrozen(last, after: anchor, months: months, name)
      else {
        Issue.record(
          "anchor \(almanac.text(anchor)), \(months) months, \(name): expected \(almanac.text(last))")
        return
      }
    }
  }

  /// Every D of 2015 to 2032, every act within a year before and after its edge: 9.6 million pairs a length.
  @Test(arguments: [1, 6, 12])
  func `the two exact laws hold on every pair within a year around each edge`(months: Int) throws {
    var dates: [CivilDate] = []
    var date = try day("2012-01-01")
    while date.year < 2035 {
      dates.append(date)
      date = try #require(date.adding(days: 1))
    }
    func packed(_ months: Int, _ end: MonthEnd) throws -> [Int32] {
      try dates.map { try #require($0.moved(byMonths: months).rounded(end)).packed }
    }
    let acts = dates.map(\.packed)
    let (forwardDown, forwardUp) = (try packed(months, .down), try packed(months, .up))
    let (backDown, backUp) = (try packed(-months, .down), try packed(-months, .up))
    let first = try #require(dates.firstIndex(of: try day("2015-01-01")))
    let last = try #require(dates.firstIndex(of: try day("2032-12-31")))
    let broken = acts.withUnsafeBufferPointer { acts in
      forwardDown.withUnsafeBufferPointer { forwardDown in
        forwardUp.withUnsafeBufferPointer { forwardUp in
          var edge = 0
          for anchor in first...last {
            let (limit, down, up) = (acts[anchor], backDown[anchor], backUp[anchor])
            while acts[edge] < down { edge += 1 }
            var act = edge - 366
            while act <= edge + 366 {
              if (forwardDown[act] >= limit) != (acts[act] >= up)
                || (forwardUp[act] > limit) != (acts[act] > down)
              {
                return "a \(dates[act]), D \(dates[anchor])"
              }
              act += 1
            }
          }
          return ""
        }
      }
    }
    #expect(broken == "")
  }

  @Test(arguments: [
    // D, then the first frozen day on each reading in the order of the contract (DOMAIN 3).
    (
      "2024-09-22",
      [
        "2024-03-22", "2024-03-22", "2024-03-22", "2024-03-22", "2024-03-23", "2024-03-23", "2024-03-23",
        "2024-03-23",
      ]
    ),
    (
      "2023-08-31",
      [
        "2023-02-28", "2023-03-01", "2023-03-01", "2023-03-01", "2023-03-01", "2023-03-02", "2023-03-01",
        "2023-03-01",
      ]
    ),
    (
      "2023-02-28",
      [
        "2022-08-28", "2022-08-28", "2022-08-28", "2022-08-28", "2022-08-29", "2022-08-29", "2022-09-01",
        "2022-08-29",
      ]
    ),
    (
      "2023-03-01",
      [
        "2022-09-01", "2022-09-01", "2022-09-01", "2022-08-29", "2022-09-02", "2022-09-02", "2022-09-02",
        "2022-09-02",
      ]
    ),
    // Every wave there was.
    ("2016-10-24", Array(repeating: "2016-04-24", count: 4) + Array(repeating: "2016-04-25", count: 4)),
    ("2018-02-12", Array(repeating: "2017-08-12", count: 4) + Array(repeating: "2017-08-13", count: 4)),
    ("2020-07-08", Array(repeating: "2020-01-08", count: 4) + Array(repeating: "2020-01-09", count: 4)),
    ("2020-09-23", Array(repeating: "2020-03-23", count: 4) + Array(repeating: "2020-03-24", count: 4)),
    ("2025-07-22", Array(repeating: "2025-01-22", count: 4) + Array(repeating: "2025-01-23", count: 4)),
    // A leap day at either end.
    (
      "2024-08-31",
      [
        "2024-02-29", "2024-03-01", "2024-03-01", "2024-03-01", "2024-03-01", "2024-03-02", "2024-03-01",
        "2024-03-01",
      ]
    ),
    (
      "2024-02-29",
      [
        "2023-08-29", "2023-08-29", "2023-08-29", "2023-08-29", "2023-08-30", "2023-08-30", "2023-09-01",
        "2023-08-30",
      ]
    ),
  ])
  func `the first days of the published examples`(determination: String, expected: [String]) throws {
    let date = try day(determination)
    #expect(
      Reading.allCases.compactMap { Window.firstDay(of: date, months: -6, $0)?.description } == expected)
  }

  /// DOMAIN 3: readings on the same side of the boundary disagree on 301 of 6,575 dates, and 180 of those need no
  /// rounding when counted back.
  @Test func `301 of 6575 determinations are sensitive, 180 of them without any rounding`() throws {
    var all = 0
    var sensitive = 0
    var unrounded = 0
    var date = try day("2015-01-01")
    while date <= (try day("2032-12-31")) {
      all += 1
      let firsts = Reading.allCases.compactMap { Window.firstDay(of: date, months: -6, $0) }
      if Set(firsts.prefix(4)).count > 1 || Set(firsts.suffix(4)).count > 1 {
        sensitive += 1
        if date.moved(byMonths: -6).exists { unrounded += 1 }
      }
      date = try #require(date.adding(days: 1))
    }
    #expect([all, sensitive, unrounded] == [6575, 301, 180])
  }
}

/// The date written `YYYY-MM-DD`.
func day(_ iso: String) throws -> CivilDate {
  try #require(CivilDate(iso: iso), "\(iso) is no date")
}
