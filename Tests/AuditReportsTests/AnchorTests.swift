import AuditBase
import FreezeRules
import RuleFiles
import Testing

@testable import AuditReports

/// A rule may hang on any event of the calendar: every text names that event with its own day, and no other.
@Suite struct AnchorTests {
  /// One day of its own for each event, so that a text which names the wrong one gives itself away.
  private static let calendar = """
    complete_through: [{date: 2030-12-31, instrument: "Kalender K", known_from: 2016-01-01}]
    verified_on: 2026-01-20
    elections:
      - id: pemilihan
        regions: ["16.05"]
        determination: [{date: 2024-09-22, instrument: "Penetapan A", known_from: 2022-01-01}]
        term_end: [{date: 2025-06-30, instrument: "Akhir B", known_from: 2022-01-01}]
    inaugurations:
      - id: pelantikan
        regions: ["16.05"]
        date: [{date: 2023-02-20, instrument: "Pelantikan C", known_from: 2022-01-01}]
    acting_heads:
      - {region: "16.05", kind: pj, from: 2022-09-01, until: 2023-01-17, instrument: "Penunjukan D", known_from: 2022-01-01}
    """

  /// The day and instrument of an event as the calendar has them, and an act's day inside the window that hangs on it.
  private func event(_ anchor: EdgeRule.Anchor) -> (
    opens: EdgeRule, closes: EdgeRule, day: String, act: String
  ) {
    let edge = EdgeRule(anchor: anchor)
    return switch anchor {
    case .determination: (EdgeRule(anchor: anchor, months: -6), edge, "2024-09-22", "2024-05-02")
    case .termEnd: (EdgeRule(anchor: anchor, months: -6), edge, "2025-06-30", "2025-05-02")
    case .inauguration: (edge, EdgeRule(anchor: anchor, months: 6), "2023-02-20", "2023-05-02")
    case .actingFrom: (edge, EdgeRule(anchor: .actingUntil), "2022-09-01", "2022-10-02")
    case .actingUntil:
      (EdgeRule(anchor: .actingFrom), EdgeRule(anchor: anchor, months: 2), "2023-01-17", "2022-10-02")
    }
  }

  private func table(_ anchor: EdgeRule.Anchor) throws -> WindowTable {
    var rulebook = try RuleSet().rulebook
    let (opens, closes, _, _) = event(anchor)
    let version = RuleVersion(
      inForceFrom: date("2016-07-01"), inForceUntil: nil, knownFrom: date("2016-07-01"), opens: opens,
      closes: closes,
      citation: "Aturan uji")
    rulebook.rules = [Rule(id: "uji", enabled: true, versions: [version], closedAxes: [])]
    let calendar = try ElectionCalendar(yaml: Self.calendar, file: "calendar.yaml", hash: "h")
    return WindowTable(rulebook, calendar, knownOn: date("2026-01-01"))
  }

  @Test(
    "alert, explain, windows and HTML name the event with its day", arguments: EdgeRule.Anchor.allCases,
    Language.allCases)
  func everyText(_ anchor: EdgeRule.Anchor, _ language: Language) throws {
    let table = try table(anchor)
    let (_, _, iso, inside) = event(anchor)
    let day = date(iso).written(language)
    let window = try #require(table.windows.first)
    #expect(table.windows.count == 1 && window.anchorKind == anchor)
    let name = anchor.phrase[language]
    let action = act("1") { $0.decreeDate = .known(DateSpan(date(inside)), original: inside) }
    let judgement = judge(action, table, approvals: nil)
    let verdict = try #require(judgement.verdicts.first)
    #expect(!verdict.insideDates.isEmpty, "\(verdict.outcome)")

    // The line of the alert, and of the digest.
    let counted = window.counted(language)
    #expect(counted.contains(day) && counted.contains(window.anchor.instrument))
    #expect(anchor == .determination || counted.contains(name))
    let explained = Explanation.text(judgement, language, knownOn: table.knownOn)
    #expect(explained.lowercased().contains("\(name) \(day)".lowercased()), "\(explained)")
    let described = WindowText.describe(window, language)
    #expect(described.contains("\(name) \(day): \(window.anchor.instrument)"), "\(described)")
    let html = try report(
      .html, [action],
      try header {
        $0.table = table; $0.language = language
      })
    #expect(html.contains(window.anchor.instrument))
    let escaped = name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "&#39;")
    let heading = "<dt>\(escaped)"
    #expect(html.lowercased().contains(heading.lowercased()), "the card of the window")

    let others = EdgeRule.Anchor.allCases.filter { $0 != anchor && !(anchor.isActing && $0.isActing) }
    for (text, place) in [
      (counted, "alert"), (explained, "explain"), (described, "windows"), (html, "HTML"),
      (judgement.summary(language), "summary"), (verdict.changes(language).joined(), "changes"),
    ] {
      for other in others where other != .determination || anchor != .termEnd || place != "explain" {
        #expect(
          !text.contains(date(event(other).day).written(language)),
          "\(place) names \(other) \(event(other).day)")
        if place != "HTML" {
          #expect(!text.contains(other.phrase[language] + " "), "\(place) names \(other)")
        }
      }
    }
  }
}

extension EdgeRule.Anchor {
  fileprivate var isActing: Bool { self == .actingFrom || self == .actingUntil }
}
