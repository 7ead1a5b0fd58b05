import FreezeRules
import RuleFiles
import TestSupport
import Testing

/// Every fact that somebody saw or announced is shipped as a day, the others as spans, what is only remembered not at all.
@Suite struct ShippedFacts {
  let rules: RuleSet
  let table: WindowTable
  let almanac = Almanac(years: 2014...2032)

  init() throws {
    rules = try RuleSet()
    table = rules.windows(knownOn: try #require(CivilDate(iso: "2026-11-22")))
  }

  func day(_ iso: String) throws -> CivilDate { try #require(CivilDate(iso: iso), "\(iso)") }
  func index(_ iso: String) throws -> Int {
    let date = try day(iso)
    return almanac.index(date.year, date.month, date.day)
  }
  func day(_ index: Int) throws -> CivilDate { try day(almanac.text(index)) }

  /// The facts of one kind that name a region with a day.
  func facts(_ kind: String, of code: String) -> [CalendarFact] {
    let lists: [[CalendarFact]] =
      switch kind {
      case "vote": rules.calendar.elections.map(\.votes)
      case "determination": rules.calendar.elections.map(\.determinations)
      case "inauguration": rules.calendar.inaugurations.map(\.dates)
      default: rules.calendar.elections.map(\.termEnds) + rules.calendar.inaugurations.map(\.termEnds)
      }
    let places: [Regions] =
      switch kind {
      case "vote", "determination": rules.calendar.elections.map(\.regions)
      case "inauguration": rules.calendar.inaugurations.map(\.regions)
      default: rules.calendar.elections.map(\.regions) + rules.calendar.inaugurations.map(\.regions)
      }
    return zip(lists, places).flatMap { facts, regions in
      facts.filter { TermsByHand.contains(code, $0.regions ?? regions.terms, except: $0.except) }
    }
  }

  @Test func `what was seen or announced is a day with the day from which it was known`() throws {
    var count = 0
    for row in try RegionData.rows("events.csv") where ["yes", "announced"].contains(row["verified"]) {
      let day = try day(row["date"] ?? "")
      for code in try RegionData.codes(row["where"] ?? "") {
        let found = facts(row["kind"] ?? "", of: code).filter { $0.day.value == .day(day) }
        #expect(!found.isEmpty, "\(row)")
        count += 1
        if let known = row["known_from"], known.count == 10 {
          #expect(found.contains { $0.day.knownFrom.description == known }, "\(row): \(found)")
        }
        if row["verified"] == "announced" {
          #expect(found.allSatisfy { $0.day.instrument.contains("announced") }, "\(row)")
        }
      }
    }
    #expect(count > 1500)
  }

  @Test func `what is only remembered freezes nothing by a day of its own`() throws {
    for row in try RegionData.rows("events.csv") where row["verified"] == "no" {
      let day = try day(row["date"] ?? "")
      for code in try RegionData.codes(row["where"] ?? "") {
        let windows = table.windows(in: code)
        switch row["kind"] {
        case "determination": #expect(!windows.contains { $0.determination == day }, "\(row)")
        case "inauguration":
          #expect(
            !windows.contains { $0.anchor.value == .day(day) && $0.rule == "pasal-162-3" }
              || code == "64.07" || code == "64.74", "\(row) \(code)")
        default: break
        }
      }
    }
  }

  /// 545 regions, each with its own day or span; what is frozen counted by the definition of the readings.
  @Test func `the windows of every region of 2024 are those that follow from the data`() throws {
    let rows = try RegionData.rows("oaths-2024.csv")
    #expect(rows.count == 545)
    for row in rows {
      let code = try #require(row["code"])
      let determination = try index(code == "62.05" ? "2025-06-16" : "2024-09-22")
      let earliest = try index(row["earliest"] ?? "")
      let latest = try row["latest"].flatMap { $0.isEmpty ? nil : try index($0) }
      // SE 1575 closed the boundary of the determination; that of the oath is open.
      let opens = almanac.moved(determination, -6, up: false)
      #expect(try planned(opens - 1, code) == .free, "\(code)")
      #expect(try planned(opens, code) == .frozen, "\(code)")
      #expect(try planned(determination, code) == .frozen, "\(code)")
      #expect(try planned(determination + 1, code) == .frozen, "\(code)")
      #expect(try planned(earliest, code) == .frozen, "\(code)")
      let halfYear = almanac.moved(earliest, 6, up: false)
      switch (row["how"], latest) {
      case ("range", let latest?):
        let end = almanac.moved(latest, 6, up: false)
        #expect(try planned(halfYear - 1, code) == .frozen, "\(code)")
        #expect(try planned(halfYear + 1, code) == .notEvaluated, "\(code)")
        #expect(try planned(end - 1, code) == .notEvaluated, "\(code)")
        #expect(try planned(end + 1, code) == .free, "\(code)")
      case ("open", nil):
        // Half a year back from the end of August is no day of February.
        #expect(try planned(halfYear - 5, code) == .frozen, "\(code)")
        for later in [halfYear + 1, halfYear + 700, try index("2030-11-18")] {
          #expect(try planned(later, code) == .notEvaluated, "\(code)")
        }
      case ("seen", let latest?), ("announced", let latest?):
        #expect(latest == earliest)
        #expect(try planned(halfYear - 1, code) == .frozen, "\(code)")
        #expect(try planned(halfYear, code) == .disputed, "\(code)")
        #expect(try planned(halfYear + 1, code) == .free, "\(code)")
      default: Issue.record("\(row)")
      }
    }
  }

  func planned(_ index: Int, _ code: String) throws -> PlannedDay.Answer {
    PlannedDay(try day(index), region: code, table).answer
  }

  /// The instrument says what the data say of how a day is known.
  @Test func `a day that was announced says so`() throws {
    for row in try RegionData.rows("oaths-2024.csv") where row["how"] == "announced" {
      let window = table.windows(in: row["code"]).first { $0.election == "serentak-2025" }
      #expect(window?.anchor.instrument.contains("announced") == true, "\(row)")
    }
  }

  /// A start does not look again whether they do.
  @Test func `the facts of the shipped calendar hold together`() throws {
    #expect(rules.calendar.problem() == nil)
    #expect(throws: Never.self) {
      _ = try ElectionCalendar(yaml: Shipped.calendarText, file: "calendar.yaml", hash: "")
    }
  }

  @Test func `every fact has its instrument, and was known no later than the facts were checked`() {
    let all =
      rules.calendar.elections.flatMap { $0.determinations + $0.termEnds + $0.votes }
      + rules.calendar.inaugurations.flatMap { $0.dates + $0.termEnds }
    #expect(all.count > 90)
    for fact in all {
      #expect(fact.day.instrument.count > 3)
      #expect(fact.day.knownFrom <= rules.calendar.verifiedOn)
    }
  }
}

/// The regions of a calendar's words, by the words of the documentation and the codes alone.
enum TermsByHand {
  static let groups = (try? RegionData.groups()) ?? [:]

  static func contains(_ code: String, _ terms: [Regions.Term], except: [Regions.Term] = []) -> Bool {
    terms.contains { isMember(code, $0) } && !except.contains { isMember(code, $0) }
  }

  private static func isMember(_ code: String, _ term: Regions.Term) -> Bool {
    switch term {
    case .all: true
    case .wave(let year): groups["W\(year)"]?.contains(code) == true
    case .code(let own): code == own
    case .within(let province): code.count > 2 && code.hasPrefix(province + ".")
    }
  }
}
