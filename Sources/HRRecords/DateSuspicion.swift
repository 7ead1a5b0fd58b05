import FreezeRules

/// What may be a date of an act in a cell that is not read as one: wider than ``DateSpelling``, since a date that is missed
/// calls an act free, while one suspected wrongly is a line in a map.
enum DateSuspicion {
  /// The days that a cell may mean, `nil` for none of concern.
  /// - Parameter soundsLikeDate: the column's name speaks of days: a cell that cannot be read is of concern as well.
  static func spelling(_ text: String, soundsLikeDate: Bool) -> DateSpelling? {
    let whole = DateSpelling(text)
    switch whole.form {
    case .absent: return nil
    case .day, .dayFirst, .monthFirst, .either: return whole
    // A month by its name; a year alone counts something, mostly.
    case .part: return soundsLikeDate || !text.contains(where: \.isLetter) ? nil : whole
    case .unreadable:
      if soundsLikeDate || isShort(text) { return whole }
      return afterWords(text)
    }
  }

  /// The date at the end of a decree's number: `821.2/5/2024 tanggal 22 Maret 2024`, `821.2/5/2024, 22-03-2024`.
  static func inNumber(_ text: String) -> DateSpelling? {
    let words = text.split(whereSeparator: \.isWhitespace)
    let marker = words.lastIndex { word in
      let bare = word.lowercased().filter(\.isLetter)
      return ["tanggal", "tgl", "tertanggal", "bertanggal", "dated"].contains(bare)
    }
    let tails = [
      marker.map { words[($0 + 1)...].joined(separator: " ") },
      text.lastIndex(of: ",").map { String(text[text.index(after: $0)...]) },
    ]
    return tails.lazy.compactMap(\.self).compactMap { spelling($0, soundsLikeDate: false) }.first
  }

  /// `22/03/24`, as Excel writes a day of its own accord: no day that can be told, and no number either.
  private static func isShort(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let sign = bytes.first(where: { $0 == 0x2F || $0 == 0x2D }) else { return false }
    let parts = bytes.split(separator: sign, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count <= 2 ? Int(String(decoding: $0, as: UTF8.self)) : nil }
    guard numbers.count == 3, parts.count == 3 else { return false }
    let day = 1...31
    let month = 1...12
    return day.contains(numbers[0]) && month.contains(numbers[1])
      || month.contains(numbers[0]) && day.contains(numbers[1])
      || month.contains(numbers[1]) && day.contains(numbers[2])
  }

  /// A day behind a word or two: `Jumat Kliwon 22 Maret 2024`, `tgl. 22-03-2024`.
  private static func afterWords(_ text: String) -> DateSpelling? {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let first = words.firstIndex(where: { $0.first?.isNumber == true }), (1...2).contains(first),
      words[..<first].allSatisfy({ $0.allSatisfy { $0.isLetter || ".,:'".contains($0) } })
    else { return nil }
    let rest = DateSpelling(words[first...].joined(separator: " "))
    switch rest.form {
    case .day, .dayFirst, .monthFirst, .either: return rest
    case .absent, .part, .unreadable: return nil
    }
  }
}

extension DateSpelling {
  /// Whether both may mean the same day.
  func mayBe(_ other: DateSpelling) -> Bool { !days.isDisjoint(with: other.days) }

  private var days: Set<CivilDate> {
    switch form {
    case .absent, .part, .unreadable: []
    case .day(let day), .dayFirst(let day), .monthFirst(let day): [day]
    case .either(let one, let other): [one, other]
    }
  }
}
