import FreezeRules

/// What one text says of a date, before its column's order of day and month and its region's zone are known.
struct DateSpelling: Equatable {
  enum Form: Equatable {
    case absent
    /// A month or a year.
    case part(DateSpan)
    /// A day whichever comes first.
    case day(CivilDate)
    /// All in numbers, and a day only with the day first.
    case dayFirst(CivilDate)
    /// All in numbers, and a day only with the month first.
    case monthFirst(CivilDate)
    /// All in numbers, and a day both ways.
    case either(dayFirst: CivilDate, monthFirst: CivilDate)
    case unreadable
  }

  private(set) var form = Form.unreadable
  /// The minute of the day in UTC, from the day as written; `nil`: no zone was written.
  private(set) var minuteInUTC: Int?

  /// More bytes than this are no date.
  static let maximumBytes = 1000

  /// Reads a text.
  init(_ text: String) {
    if let common = Self.common(text.utf8) {
      form = common
      return
    }
    guard text.utf8.count <= Self.maximumBytes, let written = Self.normalised(text) else { return }
    if Self.saysNothing(written) {
      form = .absent
      return
    }
    if let whole = Self.date(written[...]) {
      form = whole
      return
    }
    let rearranged = Self.yearBeforeTime(written)
    guard let (place, minute, offset) = Self.clock(in: rearranged) else { return }
    var date = rearranged[..<place]
    Self.dropClockWord(&date)
    switch Self.date(date) {
    case nil, .part, .unreadable: return
    case .absent: form = .absent
    case let day?:
      form = day
      minuteInUTC = offset.map { minute - $0 }
    }
  }

  /// `DD-MM-YYYY`, also with `/` or `.`: most of what is not ISO.
  private static func common(_ text: String.UTF8View) -> Form? {
    guard text.count == 10 else { return nil }
    var numbers = (0, 0, 0)
    var sign: UInt8 = 0
    for (place, byte) in text.enumerated() {
      switch place {
      case 2, 5:
        guard byte == 45 || byte == 46 || byte == 47, place == 2 || byte == sign else { return nil }
        sign = byte
      default:
        guard isDigit(byte) else { return nil }
        let digit = Int(byte - 48)
        if place < 2 {
          numbers.0 = numbers.0 * 10 + digit
        } else if place < 5 {
          numbers.1 = numbers.1 * 10 + digit
        } else {
          numbers.2 = numbers.2 * 10 + digit
        }
      }
    }
    return Self.numbers(numbers.0, numbers.1, numbers.2)
  }

  /// By how many days the day as written lies before that of the zone, -1...1.
  func shift(_ zone: Zone) -> Int {
    guard let minuteInUTC else { return 0 }
    return (minuteInUTC + zone.offsetHours * 60 + 2 * 1440) / 1440 - 2
  }

  /// Lower-case ASCII with single plain blanks, without padding, marks of no width and what a spreadsheet adds to say "this
  /// is text"; `nil` where another character is left.
  static func normalised(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 9...13, 32, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
        if bytes.last != blank { bytes.append(blank) }
      case 0...31, 127...159, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: continue
      case 0x60, 0xB4, 0x2018...0x201B, 0x2032: bytes.append(UInt8(ascii: "'"))
      case 0x201C...0x201F: bytes.append(UInt8(ascii: "\""))
      case 0x2010...0x2015, 0x2212: bytes.append(UInt8(ascii: "-"))
      case 65...90: bytes.append(UInt8(scalar.value) | 0x20)
      case 33...126: bytes.append(UInt8(scalar.value))
      default: return nil
      }
    }
    var view = bytes[...]
    func strip() {
      while let first = view.first, first == blank || first == UInt8(ascii: "'") { view.removeFirst() }
      while view.last == blank { view.removeLast() }
    }
    strip()
    let quote = UInt8(ascii: "\"")
    let opening = view.first == UInt8(ascii: "=") ? 1 : 0
    if view.count >= opening + 2, view[view.startIndex + opening] == quote, view.last == quote {
      view = view.dropFirst(opening + 1).dropLast()
      strip()
    }
    return Array(view)
  }

  private static let blank = UInt8(ascii: " ")
  static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }

  private static func saysNothing(_ written: [UInt8]) -> Bool {
    guard let first = written.first else { return true }
    if written.allSatisfy({ signs.contains($0) }) { return true }
    // Nought is how a spreadsheet and MySQL write an empty date.
    if first == 48 {
      let digits = written.drop { $0 == 48 }
      guard let sign = digits.first else { return true }
      return (sign == UInt8(ascii: ".") || sign == UInt8(ascii: ",")) && digits.count > 1
        && digits.dropFirst().allSatisfy { $0 == 48 }
    }
    return !isDigit(first) && DateWords.absent.contains(String(decoding: written, as: UTF8.self))
  }

  private static let signs = Set("-./_* ".utf8)
}

// MARK: A date without a time

extension DateSpelling {
  /// Numbers and at most one name of a month, between signs or blanks.
  private enum Token {
    case number(Int, digits: Int)
    case month(Int)
  }

  /// `nil`: not the shape of a date.
  static func date(_ text: ArraySlice<UInt8>) -> Form? {
    var rest = text
    dropWeekday(&rest)
    for word in ["tanggal", "tgl"] where rest.starts(with: word.utf8) {
      rest = rest.dropFirst(word.utf8.count).drop { ". :".utf8.contains($0) }
      break
    }
    while let last = rest.last, ".,; ".utf8.contains(last) { rest.removeLast() }
    // "22 Maret 2024 M": the Christian era.
    if rest.suffix(2).elementsEqual(" m".utf8) { rest.removeLast(2) }
    if rest.count == 11, DateWords.beforeAll.contains(String(decoding: rest, as: UTF8.self)) {
      return .absent
    }
    guard let tokens = tokens(rest) else { return nil }
    return spell(tokens)
  }

  /// The name of a day before or behind the date.
  private static func dropWeekday(_ rest: inout ArraySlice<UInt8>) {
    func isOfWord(_ byte: UInt8) -> Bool { isLetter(byte) || byte == UInt8(ascii: "'") }
    var front = rest
    if front.starts(with: "hari ".utf8) { front = front.dropFirst(5) }
    let word = front.prefix(while: isOfWord)
    if !word.isEmpty, DateWords.weekdays.contains(String(decoding: word, as: UTF8.self)) {
      let after = front.dropFirst(word.count)
      if after.first.map({ ".,/- ".utf8.contains($0) }) ?? true {
        rest = after.drop { ".,/- ".utf8.contains($0) }
      }
    }
    var back = rest
    if back.last == UInt8(ascii: ")") { back.removeLast() }
    let last = back.reversed().prefix(while: isOfWord).reversed()
    guard !last.isEmpty, DateWords.weekdays.contains(String(decoding: Array(last), as: UTF8.self)) else {
      return
    }
    back = back.dropLast(last.count)
    guard back.last.map({ " ,(".utf8.contains($0) }) ?? false else { return }
    while let sign = back.last, " ,(".utf8.contains(sign) { back.removeLast() }
    rest = back
  }

  private static func tokens(_ text: ArraySlice<UInt8>) -> [Token]? {
    var tokens: [Token] = []
    var rest = text
    var isSeparated = true
    while let first = rest.first {
      if isDigit(first) {
        let digits = rest.prefix(while: isDigit)
        if !isSeparated, case .number? = tokens.last { return nil }
        guard digits.count <= 14, tokens.count < 3 else { return nil }
        tokens.append(
          .number(digits.reduce(0) { $0 * 10 + Int($1 - 48) }, digits: digits.count))
        rest = rest.dropFirst(digits.count)
      } else if isLetter(first) {
        let word = rest.prefix(while: isLetter)
        guard tokens.count < 3, let month = DateWords.months[String(decoding: word, as: UTF8.self)] else {
          return nil
        }
        tokens.append(.month(month))
        rest = rest.dropFirst(word.count)
      } else {
        let signs = rest.prefix { "-/., ".utf8.contains($0) }
        guard !signs.isEmpty, !tokens.isEmpty else { return nil }
        rest = rest.dropFirst(signs.count)
        isSeparated = true
        continue
      }
      isSeparated = false
    }
    return isSeparated ? nil : tokens
  }

  private static func spell(_ tokens: [Token]) -> Form? {
    switch tokens.count {
    case 3:
      switch (tokens[0], tokens[1], tokens[2]) {
      case (.number(let y, digits: 4), .number(let m, 1...2), .number(let d, 1...2)): return civil(y, m, d)
      case (.number(let a, 1...2), .number(let b, 1...2), .number(let y, digits: 4)): return numbers(a, b, y)
      case (.number(let d, 1...2), .month(let m), .number(let y, digits: 4)): return civil(y, m, d)
      // With the month by name the two digits can only be the year; as POSIX reads them.
      case (.number(let d, 1...2), .month(let m), .number(let y, digits: 2)):
        return civil(y < 69 ? 2000 + y : 1900 + y, m, d)
      case (.month(let m), .number(let d, 1...2), .number(let y, digits: 4)): return civil(y, m, d)
      case (.number(let y, digits: 4), .month(let m), .number(let d, 1...2)): return civil(y, m, d)
      default: return nil
      }
    case 2:
      switch (tokens[0], tokens[1]) {
      case (.number(let y, digits: 4), .number(let m, 1...2)): return civil(y, m, 0)
      case (.number(let m, 1...2), .number(let y, digits: 4)): return civil(y, m, 0)
      case (.month(let m), .number(let y, digits: 4)): return civil(y, m, 0)
      case (.number(let y, digits: 4), .month(let m)): return civil(y, m, 0)
      default: return nil
      }
    case 1:
      switch tokens[0] {
      case .number(let y, digits: 4): return civil(y, 0, 0)
      case .number(let all, digits: 8): return civil(all / 10_000, all / 100 % 100, all % 100)
      case .number(let all, digits: 14):
        let time = all % 1_000_000
        guard time / 10_000 < 24, time / 100 % 100 < 60, time % 100 <= 60 else { return nil }
        let date = all / 1_000_000
        return civil(date / 10_000, date / 100 % 100, date % 100)
      default: return nil
      }
    default: return nil
    }
  }

  /// Two numbers before the year.
  private static func numbers(_ a: Int, _ b: Int, _ year: Int) -> Form {
    if a > 12 || b > 12 {
      guard a >= 1, a <= 12 else {
        if case .day(let day) = civil(year, b, a) { return .dayFirst(day) }
        return civil(year, b, a)
      }
      guard case .day(let day) = civil(year, a, b) else { return civil(year, a, b) }
      return .monthFirst(day)
    }
    guard a != b, a > 0, b > 0, case .day(let dayFirst) = civil(year, b, a),
      case .day(let monthFirst) = civil(year, a, b)
    else { return civil(year, b, a) }
    return .either(dayFirst: dayFirst, monthFirst: monthFirst)
  }

  private static func civil(_ y: Int, _ m: Int, _ d: Int) -> Form {
    if isFiller(y, m, d) { return .absent }
    guard RecordedDate.plausibleYears.contains(y) else { return .unreadable }
    switch (m, d) {
    case (0, 0): return DateSpan(year: y).map { .part($0) } ?? .unreadable
    case (_, 0): return DateSpan(year: y, month: m).map { .part($0) } ?? .unreadable
    default: return CivilDate(year: y, month: m, day: d).map { .day($0) } ?? .unreadable
    }
  }

  /// What programs write where there is no date: MySQL's zero, Go's and .NET's first day, the zero of Unix, of Excel (1900
  /// and 1904), LibreOffice and SQL Server, and the last day of all.
  static func isFiller(_ y: Int, _ m: Int, _ d: Int) -> Bool {
    switch (y, m, d) {
    case (0, 0, 0), (1, 1, 1), (1970, 1, 1), (1899, 12, 30...31), (1900, 0...1, 0...1), (1904, 1, 1),
      (1753, 1, 1), (9999, 12, 31):
      true
    default: false
    }
  }
}
