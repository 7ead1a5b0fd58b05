import FreezeRules

/// Reads the date spellings met in HR data (DOMAIN 8) without ever guessing.
///
/// - Nothing: blank, `-`, `null`, `0000-00-00`, 0001-01-01, 1970-01-01, +/-infinity, in any spelling.
/// - A day: `YYYY-MM-DD`, `DD-MM-YYYY` (also with `/`, `.` or blanks), `YYYYMMDD`, `02-Feb-2022`, `2 Februari 2022`, each with
///   an optional time of day, which is dropped as written: a civil date has no zone. Only a time that says it is UTC and is
///   so late that it was the next day already in Indonesia (00:00 WIB is 17:00 UTC of the day before) is unreadable.
/// - A month or year: `YYYY-MM`, `MM/YYYY`, `Maret 2024`, `YYYY`, and MySQL's `2024-03-00`.
/// - Anything else, an impossible day or a year outside 1945...2199 is unreadable: it could be any day.
package enum DirtyDate {
  /// What the text says; `nil` is the database's null.
  package static func read(_ text: String?) -> RecordedDate {
    guard let text else { return .absent(original: nil) }
    // What a database writes, and a clean file.
    if text.utf8.count == 10, let day = CivilDate(iso: text), RecordedDate.plausibleYears.contains(day.year),
      text != "1970-01-01"
    {
      return .known(DateSpan(day), original: text)
    }
    let trimmed = trim(text)
    if absentWords.contains(trimmed.lowercased()) { return .absent(original: trimmed.isEmpty ? nil : text) }
    guard let written = withoutTime(trimmed), let tokens = tokens(written) else {
      return .unreadable(original: text)
    }
    switch spell(tokens) {
    case .absent: return .absent(original: text)
    case .span(let span):
      guard RecordedDate.plausibleYears.contains(span.first.year) else { return .unreadable(original: text) }
      return .known(span, original: text)
    case .unreadable: return .unreadable(original: text)
    }
  }

  /// Without outer blanks of any kind, marks of no width and the apostrophe of a spreadsheet.
  static func trim(_ text: String) -> String {
    // Nearly every text begins and ends with a plain character.
    if let first = text.utf8.first, let last = text.utf8.last, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last), first != UInt8(ascii: "'")
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
    return String(view)
  }

  private static let absentWords: Set = [
    "", "-", "--", "---", "\u{2013}", "\u{2014}", "null", "nil", "none", "n/a", "na", "kosong", "tidak ada",
    "belum",
    "infinity", "-infinity", "+infinity", "\\n",
  ]

  private enum Token {
    case number(Int, digits: Int)
    case month(Int)
  }

  /// Cuts a time of day (`… 07:00:00+07`, `…T00:00Z`); `nil` where it moves the day.
  private static func withoutTime(_ text: String) -> Substring? {
    guard let colon = text.firstIndex(of: ":") else { return text[...] }
    var start = colon
    while start > text.startIndex, text[text.index(before: start)].isNumber {
      start = text.index(before: start)
    }
    guard start > text.startIndex else { return text[...] }
    let separator = text.index(before: start)
    guard text[separator] == "T" || text[separator] == "t" || text[separator].isWhitespace else {
      return text[...]
    }
    let time = text[start...].lowercased()
    guard time.allSatisfy({ $0.isNumber || ":.+-z ".contains($0) || "witabpm".contains($0) }) else {
      return text[...]
    }
    let isUTC = ["z", "+00", "+0000", "+00:00", "-00", "-00:00"].contains { time.hasSuffix($0) }
    if isUTC, let hour = Int(text[start..<colon]), hour >= 15 { return nil }
    return text[..<separator]
  }

  /// Numbers and month names; `nil` for anything that is neither, nor a separator, nor the name of a day.
  private static func tokens(_ text: Substring) -> [Token]? {
    var tokens: [Token] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isASCII, first.isNumber {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 8, let value = Int(digits) else { return nil }
        tokens.append(.number(value, digits: digits.count))
        rest = rest.dropFirst(digits.count)
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter }
        rest = rest.dropFirst(word.count)
        let key = word.lowercased()
        if weekdays.contains(key) { continue }
        guard let month = months[key] else { return nil }
        tokens.append(.month(month))
      } else if "-/., ".contains(first) || first.isWhitespace {
        rest = rest.dropFirst()
      } else {
        return nil
      }
    }
    return tokens
  }

  private enum Spelling {
    case absent
    case span(DateSpan)
    case unreadable
  }

  private static func spell(_ tokens: [Token]) -> Spelling {
    switch tokens.count {
    case 3:
      switch (tokens[0], tokens[1], tokens[2]) {
      case (.number(let y, digits: 4), .number(let m, _), .number(let d, let width)) where width <= 2:
        return day(y, m, d)
      case (.number(let d, let width), .number(let m, _), .number(let y, digits: 4)) where width <= 2:
        return day(y, m, d)
      case (.number(let d, let width), .month(let m), .number(let y, digits: 4)) where width <= 2:
        return day(y, m, d)
      case (.month(let m), .number(let d, let width), .number(let y, digits: 4)) where width <= 2:
        return day(y, m, d)
      default: return .unreadable
      }
    case 2:
      switch (tokens[0], tokens[1]) {
      case (.number(let y, digits: 4), .number(let m, let width)) where width <= 2: return day(y, m, 0)
      case (.number(let m, let width), .number(let y, digits: 4)) where width <= 2: return day(y, m, 0)
      case (.month(let m), .number(let y, digits: 4)): return day(y, m, 0)
      default: return .unreadable
      }
    case 1:
      switch tokens[0] {
      case .number(let y, digits: 4): return day(y, 0, 0)
      case .number(let all, digits: 8): return day(all / 10_000, all / 100 % 100, all % 100)
      case .number(0, _): return .absent
      default: return .unreadable
      }
    default: return .unreadable
    }
  }

  private static func day(_ y: Int, _ m: Int, _ d: Int) -> Spelling {
    switch (y, m, d) {
    case (0, 0, 0), (1, 1, 1), (1970, 1, 1): return .absent
    case (_, 0, 0): return DateSpan(year: y).map { .span($0) } ?? .unreadable
    case (_, _, 0): return DateSpan(year: y, month: m).map { .span($0) } ?? .unreadable
    default: return CivilDate(year: y, month: m, day: d).map { .span(DateSpan($0)) } ?? .unreadable
    }
  }

  private static let weekdays: Set = [
    "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad", "monday", "tuesday", "wednesday",
    "thursday",
    "friday", "saturday", "sunday",
  ]

  private static let months: [String: Int] = {
    let names: [[String]] = [
      ["jan", "januari", "january"], ["feb", "februari", "february", "peb", "pebruari"],
      ["mar", "maret", "march", "mrt"],
      ["apr", "april"], ["mei", "may"], ["jun", "juni", "june"], ["jul", "juli", "july"],
      ["agu", "ags", "agt", "agust", "agustus", "aug", "august"], ["sep", "sept", "september"],
      ["okt", "oktober", "oct", "october"], ["nov", "nop", "november", "nopember"],
      ["des", "desember", "dec", "december"],
    ]
    var table: [String: Int] = [:]
    for (index, spellings) in names.enumerated() {
      for spelling in spellings { table[spelling] = index + 1 }
    }
    return table
  }()
}

/// The instant a record was entered, as the civil date in its region's zone.
package enum RecordedInstant {
  private static let zones = [
    "WIB": "+07", "WITA": "+08", "WIT": "+09", "UTC": "Z", "GMT": "Z", "ASIA/JAKARTA": "+07",
    "ASIA/MAKASSAR": "+08",
    "ASIA/JAYAPURA": "+09",
  ]

  /// Reads `YYYY-MM-DD[ T]HH:MM[:SS[.fff]][Z|+07[:00]|+0700|WIB|WITA|WIT|UTC]` or a bare date; a time without offset is local already, and
  /// so is one behind a date in another spelling.
  package static func date(_ text: String, in zone: Zone) -> CivilDate? {
    let trimmed = DirtyDate.trim(text)
    guard trimmed.utf8.count >= 10, let day = CivilDate(iso: trimmed.prefix(10)) else {
      guard case .known(let span, _) = DirtyDate.read(trimmed), span.isExact else { return nil }
      return span.first
    }
    let parts = trimmed.dropFirst(10).drop { $0 == "T" || $0 == "t" || $0 == " " }
    guard !parts.isEmpty else { return day }
    let clock = parts.prefix { $0.isNumber || ":.,".contains($0) }
    let fields = clock.split(whereSeparator: { ":.,".contains($0) })
    guard fields.count >= 2, let hour = Int(fields[0]), let minute = Int(fields[1]), hour < 25, minute < 60
    else { return nil }
    let second = fields.count > 2 ? Int(fields[2]) ?? 0 : 0
    var offset = parts.dropFirst(clock.count).filter { $0 != " " }
    offset = zones[offset.uppercased()] ?? offset
    guard let sign = offset.first else { return day }
    var offsetSeconds = 0
    if sign == "+" || sign == "-" {
      let digits = offset.dropFirst().filter(\.isNumber)
      guard let value = Int(digits), !digits.isEmpty else { return nil }
      let (hours, minutes) = digits.count <= 2 ? (value, 0) : (value / 100, value % 100)
      offsetSeconds = (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
    } else if sign != "Z" && sign != "z" {
      return nil
    }
    return zone.date(
      atSecondsSince2000: day.daysSince2000 * 86_400 + hour * 3600 + minute * 60 + second - offsetSeconds)
  }
}
