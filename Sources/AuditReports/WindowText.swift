import FreezeRules

/// A window for a terminal.
public enum WindowText {
  /// Several lines, the last one empty.
  public static func describe(_ window: Window, _ language: Language) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    var lines = ["\(window.rule) · \(window.election): \(window.span(language))"]
    lines.append("  \(window.version.citation)")
    lines.append(
      "  \(window.anchorKind.phrase[language]) \(window.anchor.value): \(window.anchor.instrument), "
        + say("diketahui sejak", "known from") + " \(window.anchor.knownFrom)")
    if let raw = window.rawEdge {
      lines.append(
        "  " + say("hari batas sebelum pembulatan", "boundary before rounding") + ": \(raw)"
          + (raw.exists ? "" : say(" (hari itu tidak ada)", " (no such day)")))
      let movesOpening = window.version.opens.months != 0
      lines.append(
        "  "
          + (movesOpening ? say("hari pertama", "first frozen day") : say("hari terakhir", "last frozen day"))
          + ":")
      for reading in Reading.allCases {
        let day = movesOpening ? window.firstDay(reading) : window.lastDay(reading)
        let isOpen = window.openReadings.contains(reading)
        lines.append(
          "    \(reading.name.padding(to: 17)) \(day)" + (isOpen ? "" : say("  (ditutup)", "  (closed)")))
      }
    }
    if let termEnd = window.termEnd, window.version.closes.anchor == .termEnd {
      let day = if case .day(let day) = termEnd.value { "\(day)" } else { say("masih terbuka", "still open") }
      lines.append(
        "  \(EdgeRule.Anchor.termEnd.phrase[language]) \(day): \(termEnd.instrument), "
          + say("diketahui sejak", "known from") + " \(termEnd.knownFrom)")
    }
    for axis in window.closedAxes {
      lines.append(
        "  \(axis.axis.phrase[language]): \(axis.axis.phrase(axis.value)[language]) (\(axis.citation), "
          + say("diketahui sejak", "known from")
          + " \(axis.knownFrom))")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// At least `width` characters, filled with blanks.
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

extension EdgeRule.Anchor {
  /// The event in the words of the field.
  public var phrase: Bilingual {
    switch self {
    case .determination: Bilingual(id: "penetapan", en: "determination")
    case .termEnd: Bilingual(id: "akhir masa jabatan", en: "end of term")
    case .inauguration: Bilingual(id: "pelantikan", en: "inauguration")
    }
  }
}
