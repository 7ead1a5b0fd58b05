import FreezeRules
import RuleFiles
import TestSupport
import Testing

/// What may be frozen and what must be, by trying every day that a fact can be: shares the facts with the engine, no code.
struct FreezeModel {
  /// 2016-07-01, the first day of the law, to the last day asked about.
  static let days = first...last
  static let almanac = Almanac(years: 2013...2045)
  static let first = almanac.index(2016, 7, 1)
  static let last = almanac.index(2035, 12, 31)

  /// The facts of one wave that hold in a region.
  struct Wave: Hashable {
    /// All days that the determination can be.
    var determinations: ClosedRange<Int>
    /// All days that the oath can be; `nil`: none is known.
    var oaths: ClosedRange<Int>?
    /// The term goes on until something else is known.
    var isTermOpen: Bool
    var isBoundaryClosed: Bool
  }

  /// By day from ``first``.
  var may: [Bool]
  var must: [Bool]

  /// Days around which an answer changes.
  var edges: [Int] {
    may.indices.dropFirst().filter { may[$0] != may[$0 - 1] || must[$0] != must[$0 - 1] }.map {
      $0 + Self.first
    }
  }

  init(_ waves: [Wave]) {
    may = Array(repeating: false, count: Self.days.count)
    must = may
    for wave in waves {
      let (counts, all) = Self.frozen(wave)
      for index in may.indices where counts[index] > 0 {
        may[index] = true
        if counts[index] == all { must[index] = true }
      }
    }
  }

  /// How many of all combinations of days and readings freeze each day.
  private static func frozen(_ wave: Wave) -> (counts: [Int], all: Int) {
    var changes = [Int](repeating: 0, count: days.count + 1)
    var all = 0
    func add(_ from: Int, _ through: Int) {
      let (from, through) = (max(from, first), min(through, last))
      all += 1
      guard from <= through else { return }
      changes[from - first] += 1
      changes[through + 1 - first] -= 1
    }
    let readings = ReadingName.all.filter { $0.included || !wave.isBoundaryClosed }
    for determination in wave.determinations {
      let opens = readings.map { firstFrozen(determination, $0) }
      guard let oaths = wave.oaths else {
        for from in opens {
          if wave.isTermOpen { add(from, last) }
          // Nobody knows the end: it can be any day after the determination.
          if !wave.isTermOpen {
            for end in stride(from: determination, through: last, by: 1) { add(from, end) }
          }
        }
        continue
      }
      for oath in oaths {
        // No oath comes before the determination; combinations that cannot be are not counted.
        guard oath >= determination else { continue }
        // The boundary of the oath is open whatever a circular says of the determination's.
        for (from, reading) in zip(opens, readings) {
          add(from, max(oath, lastFrozen(oath, reading)))
          guard wave.isBoundaryClosed else { continue }
          let other = ReadingName(included: false, forward: reading.forward, up: reading.up)
          add(from, max(oath, lastFrozen(oath, other)))
        }
      }
    }
    var running = 0
    return (
      changes.dropLast().map {
        running += $0; return running
      }, all
    )
  }

  /// The first frozen day before each day and the last one after it, on each reading, by the definition.
  private static let edges: [String: (first: [Int], last: [Int])] = Dictionary(
    uniqueKeysWithValues: ReadingName.all.map { reading in
      let inner = almanac.index(2015, 1, 1)...almanac.index(2037, 12, 31)
      var (firsts, lasts) = (
        [Int](repeating: 0, count: inner.upperBound + 1), [Int](repeating: 0, count: inner.upperBound + 1)
      )
      for day in inner {
        let (back, on) = (almanac.moved(day, -6, up: false), almanac.moved(day, 6, up: false))
        firsts[day] =
          (back - 4...back + 4).first { almanac.isFrozen($0, before: day, months: 6, reading) } ?? back
        lasts[day] = (on - 4...on + 4).last { almanac.isFrozen($0, after: day, months: 6, reading) } ?? on
      }
      return (reading.description, (firsts, lasts))
    })

  private static func firstFrozen(_ anchor: Int, _ reading: ReadingName) -> Int {
    edges[reading.description]?.first[anchor] ?? 0
  }

  private static func lastFrozen(_ anchor: Int, _ reading: ReadingName) -> Int {
    edges[reading.description]?.last[anchor] ?? 0
  }
}

/// The facts of the shipped calendar as known on a day, chosen by the words of its documentation.
struct FactsByHand {
  let calendar: ElectionCalendar
  let knownOn: CivilDate

  func waves(of code: String) -> [FreezeModel.Wave] {
    let own = code.hasPrefix("31.") ? "31" : code
    return calendar.elections.compactMap { election in
      guard TermsByHand.contains(own, election.regions.terms, except: election.regions.except),
        let determination = holding(election.determinations, own), let days = range(determination)
      else { return nil }
      let successors = calendar.inaugurations.filter {
        election.succeededBy.contains($0.id)
          && TermsByHand.contains(own, $0.regions.terms, except: $0.regions.except)
      }
      let oath = successors.compactMap { holding($0.dates, own) }.first
      return FreezeModel.Wave(
        determinations: days, oaths: oath.flatMap(range),
        isTermOpen: holding(election.termEnds, own) == .open,
        isBoundaryClosed: election.id == "pilkada-2024" && knownOn.description >= "2024-03-29")
    }
  }

  /// One that names its regions goes before one that does not; of the rest the one known last, but a day within a span is never
  /// given up for the span.
  private func holding(_ facts: [CalendarFact], _ code: String) -> CalendarDay? {
    let mine = facts.filter {
      $0.day.knownFrom <= knownOn && TermsByHand.contains(code, $0.regions ?? [.all], except: $0.except)
    }
    let named = mine.filter { $0.regions != nil }
    var held: CalendarDay?
    for fact in (named.isEmpty ? mine : named).sorted(by: { $0.day.knownFrom < $1.day.knownFrom }) {
      guard let old = held.flatMap(range), let new = range(fact.day.value), new != old,
        new.lowerBound <= old.lowerBound, new.upperBound >= old.upperBound
      else {
        held = fact.day.value
        continue
      }
    }
    return held
  }

  /// Every day that a fact can be; a day beyond the last one asked about stands for all later ones.
  private func range(_ day: CalendarDay) -> ClosedRange<Int>? {
    func index(_ day: CivilDate) -> Int { FreezeModel.almanac.index(day.year, day.month, day.day) }
    return switch day {
    case .day(let day): index(day)...index(day)
    case .between(let first, let last): index(first)...index(last)
    case .after(let day): index(day)...FreezeModel.last + 200
    case .open: nil
    }
  }

  /// The last day that the calendar is complete for, by the words of the file.
  var end: Int {
    let known = calendar.completeThrough.filter { $0.knownFrom <= knownOn }
    guard let day = known.max(by: { $0.knownFrom < $1.knownFrom })?.value else { return 0 }
    return FreezeModel.almanac.index(day.year, day.month, day.day)
  }
}

@Suite(.serialized) struct OutsideIsProved {
  static let act: PersonnelAction = {
    var act = PersonnelAction(actionID: "1", kind: "mutasi")
    act.echelonFrom = "III.a"
    act.echelonTo = "III.a"
    return act
  }()

  static func outcome(_ index: Int, _ region: String?, _ table: WindowTable) throws -> Outcome {
    let text = FreezeModel.almanac.text(index)
    var act = act
    act.regionCode = region
    act.inauguratedOn = .known(DateSpan(try #require(CivilDate(iso: text))), original: text)
    return judge(act, table, approvals: nil).outcome
  }

  /// Every region, and the acts that name none. `outside` is said exactly where no day of any fact and no reading freezes,
  /// `inside` exactly where all of them do.
  @Test(arguments: ["2026-11-22", "2025-03-01", "2021-03-15", "2020-02-01", "2018-03-01"])
  func `no act is outside unless every fact needed was known`(known: String) throws {
    let knownOn = try #require(CivilDate(iso: known))
    let rules = try RuleSet()
    let table = rules.windows(knownOn: knownOn)
    let facts = FactsByHand(calendar: rules.calendar, knownOn: knownOn)
    var models: [[FreezeModel.Wave]: FreezeModel] = [:]
    var mayAnywhere = [Bool](repeating: false, count: FreezeModel.days.count)
    var judged = 0
    for region in RegionRegistry.shipped.regions {
      let waves = facts.waves(of: region.code)
      let isNew = models[waves] == nil
      let model = models[waves] ?? FreezeModel(waves)
      if isNew {
        models[waves] = model
        for index in model.may.indices where model.may[index] { mayAnywhere[index] = true }
      }
      let reach = isNew ? 3 : known == "2026-11-22" ? 1 : 0
      let end = facts.end
      var days = Set((model.edges + [end, end + 1]).flatMap { $0 - reach...$0 + reach })
      if isNew { days.formUnion(stride(from: FreezeModel.first, through: FreezeModel.last, by: 97)) }
      for day in days.sorted() where FreezeModel.days.contains(day) {
        let (may, must) = (model.may[day - FreezeModel.first], model.must[day - FreezeModel.first])
        let outcome = try Self.outcome(day, region.code, table)
        judged += 1
        let isRight =
          must
          ? outcome == .inside
          : may
            ? outcome == .depends || outcome == .unjudgeable
            : outcome == (day > end ? .unjudgeable : .outside)
        guard isRight else {
          Issue.record(
            "\(region.code) \(FreezeModel.almanac.text(day)) known on \(known): \(outcome), may \(may), must \(must)"
          )
          break
        }
      }
    }
    for day in stride(from: FreezeModel.first, through: FreezeModel.last, by: 11) {
      let outcome = try Self.outcome(day, nil, table)
      #expect(
        outcome != .outside || !mayAnywhere[day - FreezeModel.first] && day <= facts.end,
        "no region, \(FreezeModel.almanac.text(day)) known on \(known)")
    }
    #expect(judged > 3000)
  }
}
