// MARK: A time behind a date

extension DateSpelling {
  /// `fri mar 22 00:00:00 wib 2024`, as Java prints an instant, with the year before the time.
  static func yearBeforeTime(_ written: [UInt8]) -> [UInt8] {
    var text = written
    // The T of ISO 8601.
    if let t = text.indices.dropFirst().dropLast().first(where: {
      text[$0] == UInt8(ascii: "t") && isDigit(text[$0 - 1]) && isDigit(text[$0 + 1])
    }) {
      text[t] = UInt8(ascii: " ")
    }
    let words = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 6, words[0].allSatisfy(isLetter), words[1].allSatisfy(isLetter), !words[0].isEmpty,
      !words[1].isEmpty, (1...2).contains(words[2].count), words[2].allSatisfy(isDigit),
      words[3].count == 8,
      words[3].enumerated().allSatisfy({ place, byte in
        place % 3 == 2 ? byte == UInt8(ascii: ":") : isDigit(byte)
      }), (1...4).contains(words[4].count), words[4].allSatisfy(isLetter), words[5].count == 4,
      words[5].allSatisfy(isDigit)
    else { return text }
    return Array([words[0], words[1], words[2], words[5], words[3], words[4]].joined(separator: " ".utf8))
  }

  /// Where a time of day behind a blank begins, its minute of the day, and the minutes its zone is ahead of UTC, `nil` where
  /// none is written. `nil` where there is no time or it is none of any day.
  static func clock(in text: [UInt8]) -> (place: Int, minute: Int, offset: Int?)? {
    for place in text.indices.dropFirst()
    where text[place - 1] == UInt8(ascii: " ") && isDigit(text[place]) {
      var reader = ClockReader(text[place...])
      guard let time = reader.read() else { continue }
      guard let minute = time.minute, !time.hasBadZone else { return nil }
      return (place - 1, minute, time.offset)
    }
    return nil
  }

  /// `pukul`, `jam` and the like at the end of what stands before the time.
  static func dropClockWord(_ date: inout ArraySlice<UInt8>) {
    func strip() { while let last = date.last, " ,".utf8.contains(last) { date.removeLast() } }
    strip()
    guard let blank = date.lastIndex(of: UInt8(ascii: " ")) else { return }
    var word = date[date.index(after: blank)...]
    if let last = word.last, ".:".utf8.contains(last) { word.removeLast() }
    if DateWords.clocks.contains(String(decoding: word, as: UTF8.self)) {
      date = date[..<blank]
      strip()
    }
  }
}

/// `9:30`, `09.30.00`, `00:00:00.000Z`, `9.30 pm`, `10:00:00 GMT+0700 (Western Indonesia Time)`.
private struct ClockReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  /// What has the shape of a time to its end; the minute is `nil` where no clock shows it.
  mutating func read() -> (minute: Int?, offset: Int?, hasBadZone: Bool)? {
    guard let hour = number(1...2), take(":."), let minute = number(2...2) else { return nil }
    var second = 0
    if rest.count > 2, let sign = rest.first, ":.".utf8.contains(sign),
      rest.dropFirst().prefix(2).allSatisfy(DateSpelling.isDigit)
    {
      rest.removeFirst()
      guard let seconds = number(2...2) else { return nil }
      second = seconds
      if rest.count > 1, let sign = rest.first, ".,".utf8.contains(sign),
        DateSpelling.isDigit(rest[rest.startIndex + 1])
      {
        rest = rest.dropFirst().drop(while: DateSpelling.isDigit)
      }
    }
    _ = take(" ")
    var hour24: Int? = hour < 24 ? hour : nil
    if rest.starts(with: "am".utf8) || rest.starts(with: "pm".utf8) {
      let isAfternoon = rest.first == UInt8(ascii: "p")
      rest = rest.dropFirst(2)
      _ = take(" ")
      hour24 = (1...12).contains(hour) ? hour % 12 + (isAfternoon ? 12 : 0) : nil
    }
    guard let zone = zone() else { return nil }
    return (
      hour24.flatMap { minute < 60 && second <= 60 ? $0 * 60 + minute : nil }, zone.offset, zone.isBad
    )
  }

  private mutating func take(_ signs: String) -> Bool {
    guard let first = rest.first, signs.utf8.contains(first) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func number(_ widths: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix(widths.upperBound).prefix(while: DateSpelling.isDigit)
    guard widths.contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  /// What is left: a zone, a remark in brackets, both or neither; `nil` for anything else.
  private mutating func zone() -> (offset: Int?, isBad: Bool)? {
    if rest.last == UInt8(ascii: ")"), let open = rest.firstIndex(of: UInt8(ascii: "(")) {
      let remark = rest[(open + 1)...].dropLast()
      guard remark.allSatisfy({ DateSpelling.isLetter($0) || $0 == UInt8(ascii: " ") }) else { return nil }
      rest = rest[..<open]
      if rest.last == UInt8(ascii: " ") { rest.removeLast() }
    }
    if rest.isEmpty { return (nil, false) }
    if let known = DateWords.zones[String(decoding: rest, as: UTF8.self)] { return (known, false) }
    if rest.starts(with: "utc".utf8) || rest.starts(with: "gmt".utf8) { rest = rest.dropFirst(3) }
    guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    rest.removeFirst()
    let hours: Int?
    var minutes = 0
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      hours = number(1...2)
      guard hours != nil, rest.startIndex == colon, take(":"), let part = number(2...2) else { return nil }
      minutes = part
    } else {
      guard rest.count <= 4 else { return nil }
      hours = number(rest.count > 2 ? (rest.count - 2)...(rest.count - 2) : 1...2)
      if !rest.isEmpty {
        guard let part = number(2...2) else { return nil }
        minutes = part
      }
    }
    guard let hours, rest.isEmpty else { return nil }
    return ((hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1), hours > 14 || minutes > 59)
  }
}
