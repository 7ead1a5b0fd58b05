import AuditBase
import FreezeRules

/// A window for a terminal.
package enum WindowText {
  /// Several lines, the last one empty.
  package static func describe(_ window: Window, _ language: Language) -> String {
    var lines = ["\(window.ruleTitle) · \(window.election): \(window.span(language))"]
    if language == .english { lines.append("  \(window.rule)") }
    lines.append(
      "  \(window.anchorKind.phrase[language]) \(window.anchor.value.text(language)): \(window.anchor.instrument), "
        + Text("diketahui sejak", "known from")[language] + " \(window.anchor.knownFrom.written(language))")
    if let raw = window.rawEdge {
      lines.append(
        "  " + Text("hari batas sebelum pembulatan", "boundary before rounding")[language]
          + ": \(raw.written(language))"
          + (raw.exists ? "" : Text(" (hari itu tidak ada)", " (no such day)")[language]))
      let movesOpening = window.version.opens.months != 0
      lines.append(
        "  "
          + (movesOpening
            ? Text("hari pertama", "first frozen day")[language]
            : Text("hari terakhir", "last frozen day")[language])
          + ":")
      for reading in Reading.allCases {
        let day = movesOpening ? window.firstDay(reading) : window.lastDay(reading)
        let isOpen = window.openReadings.contains(reading)
        lines.append(
          "    \(day == .max ? Text("belum diketahui", "not known yet")[language] : day.written(language)): "
            + ReadingText.phrase(reading, language)
            + (language == .english ? " [\(reading.name)]" : "")
            + (isOpen ? "" : Text("  (tidak dipakai lagi)", "  (closed)")[language]))
      }
    }
    if let termEnd = window.termEnd, window.version.closes.anchor == .termEnd {
      let day = termEnd.value.text(language)
      lines.append(
        "  \(EdgeRule.Anchor.termEnd.phrase[language]) \(day): \(termEnd.instrument), "
          + Text("diketahui sejak", "known from")[language] + " \(termEnd.knownFrom.written(language))")
    }
    for axis in window.closedAxes {
      lines.append(
        "  \(axis.axis.phrase(in: window)[language]): \(axis.axis.phrase(axis.value)[language]) (\(axis.citation), "
          + Text("diketahui sejak", "known from")[language]
          + " \(axis.knownFrom.written(language)))")
    }
    for fact in window.uncertain { lines.append("  ! " + fact.sentence(language)) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// At least `width` characters, filled with blanks.
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

extension EdgeRule.Anchor {
  /// The event in the words of the field.
  package var phrase: Text {
    switch self {
    case .determination: Text("penetapan", "determination")
    case .termEnd: Text("akhir masa jabatan", "end of term")
    case .inauguration: Text("pelantikan kepala daerah", "inauguration of the head")
    case .actingFrom: Text("awal masa Pj./Plt. kepala daerah", "start of the acting head's time")
    case .actingUntil: Text("akhir masa Pj./Plt. kepala daerah", "end of the acting head's time")
    }
  }
}
