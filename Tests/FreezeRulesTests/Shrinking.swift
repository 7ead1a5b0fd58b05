import FreezeRules
import Testing

/// A generator with a seed, so that a failure can be run again (xorshift64*).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed == 0 ? 1 : seed }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 2_685_821_657_736_338_717
  }
}

/// A value that can be made simpler while a property keeps failing.
protocol Shrinkable {
  /// Simpler ones, the simplest first.
  var simpler: [Self] { get }
}

extension Int: Shrinkable {
  /// Towards 0: a few small numbers of the same sign, then halves, years and single steps.
  var simpler: [Int] {
    let sign = self < 0 ? -1 : 1
    return [0, sign, 2 * sign, 6 * sign, self / 2, self - 12 * sign, self - sign].filter {
      abs($0) < abs(self)
    }
  }
}

extension CivilDate: Shrinkable {
  /// Towards 1 January 2000: the year, then the month, then the day.
  var simpler: [CivilDate] {
    [
      CivilDate(year: 2000, month: month, day: day),
      CivilDate(year: (year + 2000) / 2, month: month, day: day),
      CivilDate(year: year + (year < 2000 ? 1 : -1), month: month, day: day),
      CivilDate(year: year, month: 1, day: day), CivilDate(year: year, month: month - 1, day: day),
      CivilDate(year: year, month: month, day: 1), CivilDate(year: year, month: month, day: day - 1),
    ].compactMap { $0 }.filter {
      (abs($0.year - 2000), $0.month, $0.day) < (abs(year - 2000), month, day)
    }
  }
}

/// A day and a number of months.
struct Move: Shrinkable, CustomStringConvertible {
  var date: CivilDate
  var other: CivilDate
  var months: Int

  var simpler: [Move] {
    months.simpler.map { Move(date: date, other: other, months: $0) }
      + date.simpler.map { Move(date: $0, other: other, months: months) }
      + other.simpler.map { Move(date: date, other: $0, months: months) }
  }

  var description: String { "\(date) (and \(other)) moved by \(months) months" }

  static func random(_ generator: inout SeededGenerator) -> Move {
    func date() -> CivilDate {
      // Day 28 and later half of the time: that is where months differ.
      let day =
        Bool.random(using: &generator)
        ? Int.random(in: 28...31, using: &generator) : Int.random(in: 1...27, using: &generator)
      return CivilDate(
        year: .random(in: 1600...2400, using: &generator), month: .random(in: 1...12, using: &generator),
        day: day)
        ?? date()
    }
    return Move(date: date(), other: date(), months: .random(in: -240...240, using: &generator))
  }
}

/// Tries a property on many values; a failure is shrunk and reported with its seed.
func check<Value: Shrinkable>(
  _ name: String, times: Int = 20_000, seed: UInt64? = nil, _ make: (inout SeededGenerator) -> Value,
  location: SourceLocation = #_sourceLocation, _ holds: (Value) -> Bool
) {
  if let found = counterexample(times: times, seed: seed ?? .random(in: 1...(.max)), make, holds) {
    Issue.record("\(name): seed \(found.seed): \(found.value)", sourceLocation: location)
  }
}

/// The simplest value found for which a property does not hold.
func counterexample<Value: Shrinkable>(
  times: Int, seed: UInt64, _ make: (inout SeededGenerator) -> Value, _ holds: (Value) -> Bool
) -> (value: Value, seed: UInt64)? {
  var generator = SeededGenerator(seed: seed)
  for _ in 0..<times {
    var value = make(&generator)
    guard !holds(value) else { continue }
    while let next = value.simpler.first(where: { !holds($0) }) { value = next }
    return (value, seed)
  }
  return nil
}
