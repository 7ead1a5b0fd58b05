import AuditBase

/// Finds a person's NIP and name wherever they stand in a text, and hides them: `Camat (Budi Santoso)` becomes
/// `Camat (B*** S***)`.
///
/// - The digits of the NIP, however they are grouped; and every other number built like one, since a record without a NIP
///   may carry it in its id or its SK number.
/// - Each word of the name of two letters or more, alone or run together with its other words, in any case.
package struct PersonInText: Sendable {
  private let numbers: [[UInt8]]
  private let words: Set<String>
  /// First bytes of the words: hardly any word of a text begins like one.
  private let initials: Set<UInt8>
  /// No text with fewer digits holds a number to hide.
  private let fewestDigits: Int
  /// Words that follow each other in a name: `Mei Lestari` is one, wherever it stands, `1 Mei 2026` is a day.
  private let pairs: Set<[String]>

  /// What identifies one person, or a person before and after a correction.
  package init(nips: [String?], names: [String?]) {
    numbers = nips.compactMap { $0 }.map { $0.unicodeScalars.compactMap(Self.digit) }.filter { $0.count >= 6 }
    let named = names.compactMap { $0 }.map { name in
      PersonName.words(name).filter { !$0.isTitle }
        .flatMap { Self.letterRuns(String($0.text)).map(\.folded) }.filter { $0.count > 1 }
    }
    words = Set(named.joined())
    pairs = Set(named.flatMap { zip($0, $0.dropFirst()).map { [$0, $1] } })
    initials = Set(words.compactMap(\.utf8.first))
    fewestDigits = numbers.map(\.count).reduce(18, min)
  }

  /// Nobody in particular: what is built like a NIP.
  package static let any = PersonInText(nips: [], names: [])

  /// The text with everything of this person hidden.
  package func hidden(_ text: String) -> String { hidingName(hidingNumbers(text)) { _ in false } }

  /// The same for a sentence that we wrote around a record: our own words and the names of months stay where they stand alone,
  /// also where somebody is called Mei, Juli or Surat.
  /// - Parameter spared: further words that are not the record's, in lower case.
  package func hidden(inSentence text: String, sparing spared: Set<String> = []) -> String {
    hidingName(hidingNumbers(text)) { OwnWords.all.contains($0) || spared.contains($0) }
  }

  // MARK: Numbers

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII { return (48...57).contains(scalar.value) ? UInt8(scalar.value - 48) : nil }
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
      return nil
    }
    return UInt8(value)
  }

  private static func digitCount(_ text: String) -> Int {
    if isASCII(text) { return text.utf8.count { 48...57 ~= $0 } }
    return text.unicodeScalars.count { digit($0) != nil }
  }

  private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

  /// The text without what is built like a NIP; for what holds no word of a record.
  package func hidingNumbers(_ text: String) -> String {
    // Hardly any text holds that many digits.
    guard Self.digitCount(text) >= fewestDigits else { return text }
    var scalars = Array(text.unicodeScalars)
    var places: [Int] = []
    var gap = 0
    for index in scalars.indices {
      if Self.digit(scalars[index]) != nil {
        places.append(index)
        gap = 0
      } else {
        gap += 1
        // More than two signs in a row, or a letter, end a number that is written in groups.
        if gap > 2 || Self.isAlphabetic(scalars[index]) {
          hide(places, in: &scalars)
          places = []
        }
      }
    }
    hide(places, in: &scalars)
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }

  /// Hides what is a NIP among the digits that stand together, but for its last four.
  private func hide(_ places: [Int], in scalars: inout [Unicode.Scalar]) {
    let digits = places.compactMap { Self.digit(scalars[$0]) }
    var start = 0
    while start < digits.count {
      let rest = digits[start...]
      let own = numbers.first { rest.starts(with: $0) }?.count
      let isShaped = Self.isShapedLikeNIP(rest) && (start == 0 || places[start] > places[start - 1] + 1)
      guard let count = own ?? (isShaped ? 18 : nil) else {
        start += 1
        continue
      }
      for place in places[start..<(start + max(0, count - 4))] { scalars[place] = "*" }
      start += count
    }
  }

  /// 18 digits: a day of birth, a month of appointment, sex, serial.
  private static func isShapedLikeNIP(_ digits: ArraySlice<UInt8>) -> Bool {
    guard digits.count >= 18 else { return false }
    let values = digits.prefix(18).map(Int.init)
    func number(_ range: Range<Int>) -> Int { values[range].reduce(0) { $0 * 10 + $1 } }
    return (1930...2020).contains(number(0..<4)) && (1...12).contains(number(4..<6))
      && (1...31).contains(number(6..<8)) && (1950...2100).contains(number(8..<12))
      && (1...12).contains(number(12..<14)) && (1...2).contains(values[14])
  }

  // MARK: The name

  private struct Run {
    let range: Range<String.Index>
    let text: Substring
    var folded: String { text.lowercased() }
  }

  /// The tables of Unicode are asked only where it has to be: nearly every text is in ASCII.
  private static func isLetter(_ character: Character) -> Bool {
    guard let byte = character.asciiValue else { return character.isLetter }
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static func isAlphabetic(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return scalar.properties.isAlphabetic }
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= UInt8(scalar.value) | 0x20
  }

  /// Letters that stand together, with the marks on them.
  private static func letterRuns(_ text: String) -> [Run] {
    var runs: [Run] = []
    var start: String.Index?
    let isASCII = isASCII(text)
    // Where all is in ASCII a byte is a character, but for the end of a line, which is no letter either way.
    for index in isASCII ? Array(text.utf8.indices) : Array(text.indices) {
      if isASCII ? 97...122 ~= text.utf8[index] | 0x20 : Self.isLetter(text[index]) {
        start = start ?? index
      } else if let begun = start {
        runs.append(Run(range: begun..<index, text: text[begun..<index]))
        start = nil
      }
    }
    if let begun = start { runs.append(Run(range: begun..<text.endIndex, text: text[begun...])) }
    return runs
  }

  private func hidingName(_ text: String, isSpared: (String) -> Bool) -> String {
    guard !words.isEmpty else { return text }
    var result = ""
    var next = text.startIndex
    let runs = Self.letterRuns(text)
    for (place, run) in runs.enumerated() where mayBeName(run) && isName(run.folded[...]) {
      if isSpared(run.folded), !isBesideName(place, runs, text) { continue }
      result += text[next..<run.range.lowerBound] + run.text.prefix(1) + "***"
      next = run.range.upperBound
    }
    return next == text.startIndex ? text : result + text[next...]
  }

  /// Whether it begins like a word of the name; of what is not in ASCII nothing is said.
  private func mayBeName(_ run: Run) -> Bool {
    guard let first = run.text.utf8.first, first < 0x80 else { return true }
    return initials.contains(first | 0x20)
  }

  /// Whether the word before or after it is the one of the name, with nothing but space between them.
  private func isBesideName(_ place: Int, _ runs: [Run], _ text: String) -> Bool {
    func isPair(_ first: Int) -> Bool {
      guard runs.indices.contains(first), runs.indices.contains(first + 1) else { return false }
      let (one, two) = (runs[first], runs[first + 1])
      return pairs.contains([one.folded, two.folded])
        && text[one.range.upperBound..<two.range.lowerBound].allSatisfy { $0 == " " }
    }
    return isPair(place - 1) || isPair(place)
  }

  /// Whether a run of letters is a word of the name, or nothing but words of the name run together.
  private func isName(_ run: Substring) -> Bool {
    if words.contains(String(run)) { return true }
    return words.contains { $0.count > 2 && run.hasPrefix($0) && isName(run.dropFirst($0.count)) }
  }
}
