/// A calendar written out as a table, and the readings by their definition, a day at a time. Shares no code with the
/// engine: what the engine is compared with.
package struct Almanac {
  /// Year, month, day, one entry a day, from 1 January of the first year.
  package private(set) var days: [(year: Int, month: Int, day: Int)] = []
  /// Index in `days` of the first of a month, by 12 * (year - firstYear) + month - 1.
  private var monthStarts: [Int] = []
  package let firstYear: Int

  package init(years: ClosedRange<Int>) {
    firstYear = years.lowerBound
    for year in years {
      let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        monthStarts.append(days.count)
        for day in 1...length { days.append((year, month + 1, day)) }
      }
    }
    monthStarts.append(days.count)
  }

  /// Index of a day.
  package func index(_ year: Int, _ month: Int, _ day: Int) -> Int {
    monthStarts[12 * (year - firstYear) + month - 1] + day - 1
  }

  /// `YYYY-MM-DD` of an index.
  package func text(_ index: Int) -> String {
    let day = days[index]
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day.year)-" + two(day.month) + "-" + two(day.day)
  }

  /// Index of the day `months` from a day; a day that does not exist becomes the last of its month, or the first of
  /// the next.
  package func moved(_ index: Int, _ months: Int, up: Bool) -> Int {
    let from = days[index]
    let month = 12 * (from.year - firstYear) + from.month - 1 + months
    let length = monthStarts[month + 1] - monthStarts[month]
    if from.day <= length { return monthStarts[month] + from.day - 1 }
    return up ? monthStarts[month + 1] : monthStarts[month + 1] - 1
  }

  /// Whether a day is frozen on a reading named as in the contract (`in-back-down`), by the words of the law alone:
  /// counted back, the day is not before the moved anchor; counted forward, the day moved by the same months does
  /// not stop before the anchor; with the boundary out, "not before" becomes "after".
  package func isFrozen(_ day: Int, before anchor: Int, months: Int, _ reading: ReadingName) -> Bool {
    let (mine, limit) =
      reading.forward
      ? (moved(day, months, up: reading.up), anchor) : (day, moved(anchor, -months, up: reading.up))
    return reading.included ? mine >= limit : mine > limit
  }

  /// The same for a window that ends `months` after its anchor.
  package func isFrozen(_ day: Int, after anchor: Int, months: Int, _ reading: ReadingName) -> Bool {
    let (mine, limit) =
      reading.forward
      ? (day, moved(anchor, months, up: reading.up)) : (moved(day, -months, up: reading.up), anchor)
    return reading.included ? mine <= limit : mine < limit
  }
}

/// A reading by its name.
package struct ReadingName: Sendable, CustomStringConvertible {
  package let included: Bool
  package let forward: Bool
  package let up: Bool

  package init(included: Bool, forward: Bool, up: Bool) {
    (self.included, self.forward, self.up) = (included, forward, up)
  }

  package var description: String {
    (included ? "in" : "out") + (forward ? "-forward" : "-back") + (up ? "-up" : "-down")
  }

  /// In the order of the contract.
  package static let all: [ReadingName] = [true, false].flatMap { included in
    [false, true].flatMap { forward in
      [false, true].map { ReadingName(included: included, forward: forward, up: $0) }
    }
  }
}
