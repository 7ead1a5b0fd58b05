import AuditBase
import FreezeRules

/// Days as people write them: `22 Maret 2024`. Formats for programs keep `2024-03-22`.
enum MonthNames {
  static let indonesian = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
  ]
  static let english = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  /// The name of a month, 1...12.
  static func long(_ month: Int, _ language: Language) -> String {
    (language == .indonesian ? indonesian : english)[month - 1]
  }

  /// Its first three letters; August is `Agu` to Indonesians, too.
  static func short(_ month: Int, _ language: Language) -> String { String(long(month, language).prefix(3)) }
}

extension CivilDate {
  /// `22 Maret 2024`.
  package func written(_ language: Language) -> String {
    "\(day) \(MonthNames.long(month, language)) \(year)"
  }

  /// `22 Mar 2024`, or `22 Mar` where the year is plain.
  package func short(_ language: Language, withYear: Bool = true) -> String {
    "\(day) \(MonthNames.short(month, language))" + (withYear ? " \(year)" : "")
  }
}

extension RawDate {
  /// `31 Februari 2023`, a day that need not exist.
  func written(_ language: Language) -> String { "\(day) \(MonthNames.long(month, language)) \(year)" }
}

extension DateSpan {
  /// `22 Maret 2024`, `Maret 2024`, `2024`, or from one day to another.
  package func written(_ language: Language) -> String {
    if isExact { return first.written(language) }
    if self == DateSpan(year: first.year, month: first.month) {
      return "\(MonthNames.long(first.month, language)) \(first.year)"
    }
    if self == DateSpan(year: first.year) { return "\(first.year)" }
    return "\(first.written(language)) " + Text("s.d.", "to")[language] + " \(last.written(language))"
  }

  /// `22 Mar 2024` and so on.
  func short(_ language: Language, withYear: Bool = true) -> String {
    isExact ? first.short(language, withYear: withYear) : written(language)
  }
}

extension RecordedDate {
  /// As people write it; where there is no date, the text as found, and `nil` where there is nothing at all.
  ///
  /// What only stands for "no date" (`infinity`, `0000-00-00`) is put in quotes, so that nobody takes it for one.
  package func written(_ language: Language) -> String? {
    switch self {
    case .known(let span, _): span.written(language)
    case .absent, .unreadable:
      original.map { PlainText.line($0, limit: 40) }.flatMap { $0.isEmpty ? nil : "“\($0)”" }
    }
  }
}

/// A day as a program wrote it (`2024-03-22`, `2024-03`), in the words of people; any other text in quotes, and nothing for
/// what only stands for "no date".
package enum WrittenDay {
  /// The span that such a text means.
  package static func span(_ text: String) -> DateSpan? {
    if let day = CivilDate(iso: text) { return DateSpan(day) }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      parts.first?.utf8.count == 4, let year = parts.first.flatMap({ Int($0) }),
      RecordedDate.plausibleYears.contains(year)
    else { return nil }
    switch parts.count {
    case 1: return DateSpan(year: year)
    case 2: return parts[1].utf8.count == 2 ? Int(parts[1]).flatMap { DateSpan(year: year, month: $0) } : nil
    default: return nil
    }
  }

  /// `22 Maret 2024` for `2024-03-22`.
  package static func text(_ text: String?, _ language: Language) -> String? {
    guard let text, !text.isEmpty else { return nil }
    if let span = span(text), RecordedDate.plausibleYears.contains(span.first.year) {
      return span.written(language)
    }
    let plain = PlainText.line(text, limit: 20)
    return plain.lowercased().hasSuffix("infinity") || !plain.contains(where: \.isNumber) ? nil : "“\(plain)”"
  }
}

extension PersonnelAction {
  /// Number and date of BKN's pertek, as far as the record has them.
  package func pertek(_ language: Language) -> String? {
    let parts = [pertekNo, pertekDate.written(language)].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
