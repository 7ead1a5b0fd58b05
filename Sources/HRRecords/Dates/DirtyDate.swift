import FreezeRules

/// Which of day and month comes first in the all-number dates of a column; its own cells decide.
package enum DateOrder: Sendable, Hashable {
  /// As Indonesia writes; no cell says otherwise.
  case dayFirst
  /// Some cell can only be month-first and none only day-first.
  case monthFirst
  /// Cells prove both: what can be either could be one of two days.
  case mixed
}

/// Reads the date spellings met in HR data (DOMAIN 8) without ever guessing.
///
/// - Nothing: blank, signs only, the words for "none", and the fillers 0000-00-00, 0001-01-01, 1970-01-01, 1900-01-01,
///   30/12/1899, 9999-12-31, +/-infinity, in any spelling.
/// - A day: `YYYY-MM-DD`, `DD-MM-YYYY` (also with `/`, `.`, `,` or blanks), `YYYYMMDD`, `02-Feb-2022`, `2 Februari 2022`,
///   `Maret 22, 2024`, `22-Mar-24`, with or without the name of the day, each with an optional time of day. A time with a
///   zone is an instant: its day is that of the region's zone. Any other time is dropped as written.
/// - A month or year: `YYYY-MM`, `MM/YYYY`, `Maret 2024`, `YYYY`, and MySQL's `2024-03-00`.
/// - Anything else, an impossible day or a year outside 1945...2199 is unreadable: it could be any day.
///
/// `freeze_audit.parse_date` in sql/install.sql reads the same; one table of cases and a comparison over many thousands of
/// made-up spellings hold the two together.
package enum DirtyDate {
  /// What the text says; `nil` is the database's null.
  /// - Parameters:
  ///   - zone: of the record's region, for instants; `nil`: the days that they are in any zone of Indonesia.
  ///   - order: of day and month in the column the text stands in.
  package static func read(
    _ text: String?, zone: @autoclosure () -> Zone? = nil, order: DateOrder = .dayFirst
  ) -> RecordedDate {
    guard let text else { return .absent(original: nil) }
    // What a database writes, and a clean file.
    if text.utf8.count == 10, let day = CivilDate(iso: text), RecordedDate.plausibleYears.contains(day.year),
      text != "1970-01-01"
    {
      return .known(DateSpan(day), original: text)
    }
    if let reserved = ReservedDate(text) { return reserved.recorded(zone: zone(), order: order) }
    return DateSpelling(text).recorded(text, zone: zone, order: order)
  }

  /// Without outer blanks of any kind, marks of no width, the apostrophe of a spreadsheet and its `="…"`.
  static func trim(_ text: String) -> String {
    // Nearly every text begins and ends with a plain character.
    if let first = text.utf8.first, let last = text.utf8.last, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last), first != UInt8(ascii: "'"), first != UInt8(ascii: "=")
    {
      return text
    }
    var view = text.unicodeScalars[...]
    func isPadding(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
        || scalar.properties.generalCategory == .control
    }
    while let first = view.first, isPadding(first) || first == "'" || first == "\u{2019}" {
      view.removeFirst()
    }
    while let last = view.last, isPadding(last) { view.removeLast() }
    // A spreadsheet's way to say "this is text": the quotes belong to the file, not to the cell.
    if view.first == "=", view.count >= 3, view.dropFirst().first == "\"", view.last == "\"" {
      let inner = String(view.dropFirst(2).dropLast())
      return inner.hasPrefix("=") ? inner : trim(inner)
    }
    return String(view)
  }
}

extension DateSpelling {
  /// The date in its record.
  func recorded(_ text: String, zone: () -> Zone?, order: DateOrder) -> RecordedDate {
    let day: CivilDate
    switch form {
    case .absent: return .absent(original: text.allSatisfy(\.isWhitespace) ? nil : text)
    case .unreadable: return .unreadable(original: text)
    case .part(let span): return .known(span, original: text)
    case .day(let only), .dayFirst(let only), .monthFirst(let only): day = only
    case .either(let dayFirst, let monthFirst):
      switch order {
      case .dayFirst: day = dayFirst
      case .monthFirst: day = monthFirst
      case .mixed: return .unreadable(original: text)
      }
    }
    return Self.recorded(day, minuteInUTC == nil ? 0...0 : days(zone()), text)
  }

  /// A day moved to a zone, or to whichever zone it may be.
  static func recorded(_ day: CivilDate, _ moved: ClosedRange<Int>, _ text: String) -> RecordedDate {
    guard let first = day.adding(days: moved.lowerBound), let last = day.adding(days: moved.upperBound),
      let span = DateSpan(first: first, last: last),
      RecordedDate.plausibleYears.contains(first.year), RecordedDate.plausibleYears.contains(last.year)
    else { return .unreadable(original: text) }
    if span.isExact, DateSpelling.isFiller(first.year, first.month, first.day) {
      return .absent(original: text)
    }
    return .known(span, original: text)
  }

  /// By how many days the day as written lies before that of the zone.
  func days(_ zone: Zone?) -> ClosedRange<Int> {
    guard let zone else { return shift(.wib)...shift(.wit) }
    return shift(zone)...shift(zone)
  }
}
