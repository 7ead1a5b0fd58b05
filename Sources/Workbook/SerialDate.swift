/// Days as spreadsheets count them.
package enum SerialDate {
  /// The civil date and time of a number, as `2024-03-22` or `2024-03-22 07:30:00`; `nil` where the number is no date.
  ///
  /// In the ordinary system 1 is 1900-01-01 and 60 is 1900-02-29, a day that never was; zero, which Excel shows as the
  /// zeroth of January, is written `1900-01-00`. In the other system 0 is 1904-01-01. A second is the smallest part kept.
  package static func text(_ serial: Double, is1904: Bool) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    let seconds = Int((serial * 86_400).rounded())
    let (days, rest) = (seconds / 86_400, seconds % 86_400)
    let day: String
    switch (is1904, days) {
    case (false, 0): day = "1900-01-00"
    case (false, 60): day = "1900-02-29"
    default:
      // Days since 1970-01-01: 1899-12-30 is -25569, 1899-12-31 is -25568, 1904-01-01 is -24107.
      day = civil(days - (is1904 ? 24_107 : days < 60 ? 25_568 : 25_569))
    }
    return rest == 0 ? day : day + " " + clock(rest)
  }

  /// The time of day of a number below 1, as `07:30:00`.
  static func time(_ serial: Double) -> String? {
    guard serial >= 0, serial < 1 else { return nil }
    return clock(Int((serial * 86_400).rounded()) % 86_400)
  }

  /// The number of a day in the ordinary system, from its days since 2000-01-01.
  package static func serial(daysSince2000: Int) -> Int { daysSince2000 + 36_526 }

  /// The number of `2024-03-22` or `2024-03-22 07:30:00` in the ordinary system; `nil` before its 29 February and for
  /// anything else.
  package static func serial(_ text: String) -> Double? {
    let numbers = text.split { $0 == "-" || $0 == " " || $0 == ":" }.map { Int($0) ?? -1 }
    guard numbers.count == 3 || numbers.count == 6, numbers.allSatisfy({ $0 >= 0 }), numbers[0] >= 1900 else {
      return nil
    }
    // Days of years that begin in March, in eras of 400 years.
    let year = numbers[1] <= 2 ? numbers[0] - 1 : numbers[0]
    let dayOfYear = (153 * (numbers[1] + (numbers[1] > 2 ? -3 : 9)) + 2) / 5 + numbers[2] - 1
    let days =
      year / 400 * 146_097 + year % 400 * 365 + year % 400 / 4 - year % 400 / 100 + dayOfYear - 693_899
    guard days > 60 else { return nil }
    let seconds = numbers.count == 6 ? numbers[3] * 3600 + numbers[4] * 60 + numbers[5] : 0
    return Double(days) + Double(seconds) / 86_400
  }

  private static func clock(_ seconds: Int) -> String {
    "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Year, month and day of days since 1970-01-01, in eras of 400 years that begin in March.
  private static func civil(_ days: Int) -> String {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return String(repeating: "0", count: max(0, 4 - String(year).count)) + "\(year)-\(two(month))-\(two(day))"
  }
}
