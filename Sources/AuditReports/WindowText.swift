import FreezeRules

/// A window for a terminal.
public enum WindowText {
  /// Several lines, the last one empty.
  public static func describe(_ window: Window, _ language: Language) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    var lines = ["\(window.rule) · \(window.election): \(window.span(language))"]
    lines.append("  \(window.version.citation)")
    let anchor =
      window.determination == nil ? say("pelantikan", "inauguration") : say("penetapan", "determination")
    lines.append(
      "  \(anchor) \(window.anchor.value): \(window.anchor.instrument), "
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
    for axis in window.closedAxes {
      lines.append(
        "  \(axis.axis.rawValue) = \(axis.value): \(axis.citation), " + say("diketahui sejak", "known from")
          + " \(axis.knownFrom)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// At least `width` characters, filled with blanks.
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
