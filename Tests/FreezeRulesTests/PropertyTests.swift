import FreezeRules
import Testing

/// Laws of the shipped code, on random dates of eight centuries and moves of up to twenty years either way.
/// Every run takes a new seed and prints it; `seed:` of ``check`` repeats one.
@Suite struct MonthMoveProperties {
  let seed = UInt64.random(in: 1...(.max))
  init() { print("MonthMoveProperties: seed \(seed)") }

  @Test func `moves are weakly monotone after either rounding`() {
    for end in MonthEnd.allCases {
      check("monotone, rounding \(end)", seed: seed, Move.random) { move in
        guard let a = move.date.moved(byMonths: move.months).rounded(end),
          let b = move.other.moved(byMonths: move.months).rounded(end)
        else { return false }
        return move.date < move.other ? a <= b : move.other < move.date ? b <= a : a == b
      }
    }
  }

  @Test func `every edge is weakly monotone in its anchor on every reading`() {
    for reading in Reading.allCases {
      check("first day, \(reading.name)", times: 4000, seed: seed, Move.random) { move in
        guard let a = Window.firstDay(of: move.date, months: move.months, reading),
          let b = Window.firstDay(of: move.other, months: move.months, reading)
        else { return false }
        return move.date < move.other ? a <= b : move.other < move.date ? b <= a : a == b
      }
      check("last day, \(reading.name)", times: 4000, seed: seed, Move.random) { move in
        guard let a = Window.lastDay(of: move.date, months: move.months, reading),
          let b = Window.lastDay(of: move.other, months: move.months, reading)
        else { return false }
        return move.date < move.other ? a <= b : move.other < move.date ? b <= a : a == b
      }
    }
  }

  @Test func `down is never after up, and they meet exactly where the day exists`() {
    check("down <= up", seed: seed, Move.random) { move in
      let raw = move.date.moved(byMonths: move.months)
      guard let down = raw.rounded(.down), let up = raw.rounded(.up) else { return false }
      return down <= up && (down == up) == raw.exists && down.days(until: up) <= 1
    }
  }

  @Test func `twelve months are a year before rounding`() {
    check("12 months", seed: seed, Move.random) { move in
      let raw = move.date.moved(byMonths: 12 * (move.months % 20))
      return raw.year == move.date.year + move.months % 20 && raw.month == move.date.month
        && raw.day == move.date.day
    }
  }

  @Test func `moves add up before rounding, forward and back`() {
    check("a + b", seed: seed, Move.random) { move in
      guard let once = move.date.moved(byMonths: move.months).rounded(.down), move.date.day <= 28 else {
        return true
      }
      return once.moved(byMonths: -move.months).rounded(.up) == move.date
    }
  }

  @Test func `a date insensitive to reading is one whose readings are equal`() {
    check("insensitive", times: 5000, seed: seed, Move.random) { move in
      func firsts(_ included: Bool) -> Set<CivilDate?> {
        Set(
          Reading.allCases.filter { $0.boundaryIncluded == included }.map {
            Window.firstDay(of: move.date, months: move.months, $0)
          })
      }
      // By the definition: no direction and no month end changes whether any day near the edge is frozen.
      guard let edge = move.date.moved(byMonths: move.months).rounded(.down) else { return false }
      func isInsensitive(_ included: Bool) -> Bool {
        (-5...5).allSatisfy { offset in
          guard let act = edge.adding(days: offset) else { return false }
          let answers = [false, true].flatMap { forward in
            MonthEnd.allCases.map { end -> Bool in
              let (mine, limit) =
                forward
                ? (act.moved(byMonths: -move.months).rounded(end), move.date)
                : (act, move.date.moved(byMonths: move.months).rounded(end) ?? .max)
              guard let mine else { return false }
              return included ? mine >= limit : mine > limit
            }
          }
          return Set(answers).count == 1
        }
      }
      return isInsensitive(true) == (firsts(true).count == 1)
        && isInsensitive(false) == (firsts(false).count == 1)
    }
  }

  @Test func `the two exact laws hold for negative months as well`() {
    check("equivalences", seed: seed, Move.random) { move in
      guard let downA = move.date.moved(byMonths: move.months).rounded(.down),
        let upA = move.date.moved(byMonths: move.months).rounded(.up),
        let downD = move.other.moved(byMonths: -move.months).rounded(.down),
        let upD = move.other.moved(byMonths: -move.months).rounded(.up)
      else { return false }
      return (downA >= move.other) == (move.date >= upD) && (upA > move.other) == (move.date > downD)
    }
  }

  @Test func `packed months compare as the rounded dates do`() {
    check("packed", seed: seed, Move.random) { move in
      guard let down = move.date.moved(byMonths: move.months).rounded(.down),
        let up = move.date.moved(byMonths: move.months).rounded(.up)
      else { return false }
      let packed = move.date.moved(byMonths: move.months).packed
      return (packed >= move.other.packed) == (down >= move.other)
        && (packed > move.other.packed) == (up > move.other)
    }
  }

  @Test func `a failure shrinks to a case a person can read`() throws {
    // "Moving back by a month and forward again is the identity" is false; the shrinker finds a small witness.
    let found = counterexample(times: 100_000, seed: 20_240_322, Move.random) { move in
      move.date.moved(byMonths: move.months).rounded(.down)?.moved(byMonths: -move.months).rounded(.down)
        == move.date
    }
    let value = try #require(found).value
    #expect(abs(value.months) <= 13)
    #expect(abs(value.date.year - 2000) <= 1)
    #expect(value.other == (try day("2000-01-01")))
  }
}
