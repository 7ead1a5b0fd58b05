import FreezeRules

/// What `freeze_audit.parse_date` says where a column of type `date` has no word for it: a date before Christ, which no act
/// of an Indonesian government has. So the shortest mapping, `parse_date(column) AS decree_date`, loses nothing.
///
/// | date | means |
/// |---|---|
/// | `4713-01-01 BC` | a text that nobody can read |
/// | `2024-03-01 BC`, `2024-01-02 BC` | the month, the year 2024 |
/// | a day 4800 years earlier (2777 BC for 2024) | an instant: that day in WIB and WITA, the next in WIT |
/// | a day 5200 years earlier (3177 BC) | an instant: that day in WIB, the next in WITA and WIT |
/// | a day 5600 years earlier (3577 BC) | that day, by a spelling that can only be month-first |
struct ReservedDate {
  enum Meaning: Equatable {
    case unreadable
    case part(DateSpan)
    /// The day in WIB, and by how many days it is later in the other zones.
    case instant(CivilDate, wita: Int, wit: Int)
    case monthFirst(CivilDate)
  }

  let meaning: Meaning

  /// 400 years are a whole number of weeks and days, so the month and day stay readable.
  static let daysOf400Years = 146_097
  /// What is told of a text that the view no longer holds.
  static let lost = "tidak terbaca (parse_date)"

  /// The meaning of a date as the server spells it, `nil` for any other text.
  init?(_ text: String) {
    guard text.utf8.count == 13, text.hasSuffix(" BC") else { return nil }
    let bytes = Array(text.utf8)
    guard bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    let plausible = RecordedDate.plausibleYears
    func reserved(_ first: Int) -> CivilDate? {
      plausible.contains(first - year) ? CivilDate(year: first - year, month: month, day: day) : nil
    }
    if plausible.contains(year), day == 1, let span = DateSpan(year: year, month: month) {
      meaning = .part(span)
    } else if plausible.contains(year), month == 1, day == 2, let span = DateSpan(year: year) {
      meaning = .part(span)
    } else if let found = reserved(4801) {
      meaning = .instant(found, wita: 0, wit: 1)
    } else if let found = reserved(5201) {
      meaning = .instant(found, wita: 1, wit: 1)
    } else if let found = reserved(5601) {
      meaning = .monthFirst(found)
    } else {
      meaning = .unreadable
    }
  }

  /// The date in its record.
  func recorded(zone: Zone?, order: DateOrder) -> RecordedDate {
    switch meaning {
    case .unreadable: .unreadable(original: Self.lost)
    case .part(let span): .known(span, original: span.description)
    case .monthFirst(let day): .known(DateSpan(day), original: day.description)
    case .instant(let day, let wita, let wit):
      switch zone {
      case .wib: DateSpelling.recorded(day, 0...0, day.description)
      case .wita: DateSpelling.recorded(day, wita...wita, day.description)
      case .wit: DateSpelling.recorded(day, wit...wit, day.description)
      case nil: DateSpelling.recorded(day, 0...wit, day.description)
      }
    }
  }

  /// What `parse_date` gives for a text: a day as `YYYY-MM-DD`, a reserved date, `nil` for null.
  static func sql(_ text: String) -> String? {
    let spelling = DateSpelling(text)
    let (wib, wita, wit) = (spelling.shift(.wib), spelling.shift(.wita), spelling.shift(.wit))
    let unreadable = "4713-01-01 BC"
    let day: CivilDate
    var isMonthFirst = false
    switch spelling.form {
    case .absent: return nil
    case .unreadable: return unreadable
    case .part(let span):
      let text = span.first.description
      return span.first.month == span.last.month ? text + " BC" : text.prefix(4) + "-01-02 BC"
    case .day(let only), .dayFirst(let only), .either(let only, _): day = only
    case .monthFirst(let only): (day, isMonthFirst) = (only, true)
    }
    switch DateSpelling.recorded(day, wib...wit, text) {
    case .absent: return nil
    case .unreadable: return unreadable
    case .known(let span, _):
      func early(_ first: Int) -> String {
        let year = String(first - span.first.year)
        return year + span.first.description.dropFirst(4) + " BC"
      }
      if isMonthFirst { return span.isExact ? early(5601) : unreadable }
      if span.isExact { return span.first.description }
      return early(wita == wib ? 4801 : 5201)
    }
  }
}
