/// What a cell's number format makes of its number.
enum NumberMeaning: Sendable {
  case number, date, dateTime, time
}

/// Reads number formats as far as telling whether they show a date, a time of day, or a number.
enum NumberFormat {
  /// The formats that have a number and no text of their own (ECMA-376 18.8.30, with those of East Asian Excel).
  static func builtIn(_ id: Int) -> NumberMeaning {
    switch id {
    case 14...17, 27...31, 34...36, 50...54, 57, 58, 71...74: .date
    case 22, 77: .dateTime
    case 18...21, 32, 33, 45, 47, 55, 56, 75, 76, 78, 80: .time
    // 46 is [h]:mm:ss, a length of time.
    default: .number
    }
  }

  /// What a format's text shows, such as `[$-421]dd mmmm yyyy;@`. A length of time (`[h]:mm`) is a number.
  static func meaning(_ code: String) -> NumberMeaning {
    for section in sections(code) {
      let meaning = meaning(ofSection: section)
      if meaning != .number { return meaning }
    }
    return .number
  }

  /// The letters of each section that stand for something: quoted text, colours, conditions and locales are left out, a
  /// length of time becomes `#`.
  private static func sections(_ code: String) -> [[Character]] {
    var sections: [[Character]] = [[]]
    func keep(_ character: Character) { sections[sections.count - 1].append(character) }
    var rest = Array(code)[...]
    while let character = rest.popFirst() {
      switch character {
      case "\"":
        while let next = rest.popFirst(), next != "\"" {}
      case "\\", "_", "*": _ = rest.popFirst()
      case "[":
        let inside = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inside.count + 1)
        let letters = Set(inside.map { Character($0.lowercased()) })
        if !letters.isEmpty,
          letters.isSubset(of: ["h"]) || letters.isSubset(of: ["m"]) || letters.isSubset(of: ["s"])
        {
          keep("#")
        }
      case ";": sections.append([])
      default: keep(character)
      }
    }
    return sections
  }

  private static func meaning(ofSection section: [Character]) -> NumberMeaning {
    var text = String(section).lowercased()
    for word in ["general", "standard", "am/pm", "a/p", "e+", "e-"] where text.contains(word) {
      text = text.replacing(word, with: word.hasPrefix("a") ? "h" : "")
    }
    guard !text.contains("#"), !text.contains("?") else { return .number }
    // `m` is a minute behind an hour or in front of a second, else a month.
    var tokens: [(letter: Character, count: Int)] = []
    for character in text {
      // Years of the Gregorian calendar, of an emperor and of the Buddha; days; and how a German Excel spells them.
      guard "ymdhsebjt".contains(character) else { continue }
      if tokens.last?.letter == character {
        tokens[tokens.count - 1].count += 1
      } else {
        tokens.append((character, 1))
      }
    }
    var hasDate = false
    var hasTime = false
    for (index, token) in tokens.enumerated() {
      switch token.letter {
      case "h", "s": hasTime = true
      case "m":
        let isMinute =
          token.count <= 2
          && (index > 0 && tokens[index - 1].letter == "h"
            || index + 1 < tokens.count && tokens[index + 1].letter == "s")
        if isMinute { hasTime = true } else { hasDate = true }
      default: hasDate = true
      }
    }
    return hasDate ? (hasTime ? .dateTime : .date) : hasTime ? .time : .number
  }
}
