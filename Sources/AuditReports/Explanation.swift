import AuditBase
import FreezeRules

/// The derivation of a judgement as text: facts, rule version, calendar entry, edge, each date, coverage, approval,
/// verdict, and what would change it.
package enum Explanation {
  /// Several lines without a final newline.
  package static func text(
    _ judgement: Judgement, _ language: Language, knownOn: CivilDate
  ) -> String {
    let action = judgement.action
    var lines = [judgement.summary(language), ""]
    lines.append(
      Text("Fakta", "Facts")[language] + " (" + ReportText.basis(knownOn)[language] + ")")
    func fact(_ label: String, _ value: String?) {
      guard let value else { return }
      lines.append("  \(label.padding(to: 20)) \(PlainText.line(value, limit: 200))")
    }
    fact("ID", action.actionID)
    fact(Text("wilayah", "region")[language], judgement.regionLabel(language))
    fact("NIP", action.nip)
    fact(Text("nama", "name")[language], action.employeeName)
    fact(Text("jenis tercatat", "recorded kind")[language], action.kind)
    fact(
      Text("jenis dari jabatan", "derived kind")[language],
      judgement.derivedKind?.rawValue ?? Text("tidak jelas", "unclear")[language])
    fact(Text("jabatan lama", "post left")[language], action.postFrom)
    fact(Text("jabatan baru", "post taken")[language], action.postTo)
    fact(
      Text("eselon", "echelon")[language],
      action.echelonFrom.map { "\($0) → \(action.echelonTo ?? "-")" } ?? action.echelonTo)
    fact(
      Text("penugasan", "assignment")[language],
      action.assignment.map { AssignmentText.phrase($0)[language] })
    fact(Text("nomor SK", "decree number")[language], action.decreeNo)
    for field in DateField.allCases {
      fact(field.phrase[language], action.date(field).written(language) ?? "-")
    }
    fact(Text("pertek BKN", "BKN's pertek")[language], action.pertek(language))
    fact(Text("dicatat", "recorded")[language], action.recordedAt)
    fact(Text("mencabut", "revokes")[language], action.revokes)
    fact(Text("tanggal asli", "original dates")[language], action.sourceDates)
    if !judgement.notes.isEmpty {
      lines.append(Text("Keterangan", "Notes")[language])
      lines += judgement.notes.map { "  - \($0.phrase[language])" }
    }
    lines += unknown(judgement.missing, language)
    let (deciding, others) = decided(judgement)
    for verdict in deciding {
      lines.append("")
      lines += describe(verdict, of: judgement, language)
    }
    if !others.isEmpty {
      lines.append("")
      lines.append(Text("Aturan lain", "Other rules")[language])
      lines += others.map { brief($0, of: judgement, language) }
    }
    if judgement.verdicts.isEmpty {
      lines.append("")
      lines.append(
        Text(
          "Tidak ada masa larangan yang berlaku untuk wilayah ini, \(ReportText.basis(knownOn).indonesian); bukan berarti bebas.",
          "No window applies to this region as known on \(knownOn.written(.english)); that does not mean free."
        )[language])
    }
    return lines.joined(separator: "\n")
  }

  private static func unknown(_ missing: [MissingFact], _ language: Language) -> [String] {
    if missing.isEmpty { return [] }
    return [Text("Yang belum diketahui", "What is not known")[language]]
      + missing.map { "  - " + $0.sentence(language) }
      + ["  " + Text("Yang akan melengkapinya", "What would settle it")[language]]
      + missing.settling(language).map { "    - " + $0 }
  }

  /// The verdicts that make the act what it is, and those that only do not speak against it.
  private static func decided(_ judgement: Judgement) -> (deciding: [Verdict], others: [Verdict]) {
    let relevant = judgement.relevantVerdicts
    let deciding = relevant.filter { verdict in
      verdict.outcome == judgement.outcome
        && (!verdict.insideDates.isEmpty || !verdict.missing.isEmpty || verdict.coverage != nil)
    }
    // Where no date comes near any rule, the first one stands for all; it decides nothing where facts are missing.
    let shown =
      deciding.isEmpty ? Array(relevant.prefix(1).filter { !judgement.isGap($0) }) : deciding
    return (shown, relevant.filter { verdict in !shown.contains { $0.window === verdict.window } })
  }

  /// A rule that does not decide, in one line.
  private static func brief(_ verdict: Verdict, of judgement: Judgement, _ language: Language) -> String {
    let window = verdict.window
    var distances: [String] = []
    for step in judgement.steps(of: verdict) {
      let text = distance(step, window, language)
      if !text.isEmpty, distances.isEmpty { distances.append(text) }
    }
    return "  \(window.ruleTitle) · \(window.election), \(window.span(language)): \(verdict.phrase[language])"
      + distances.joined()
  }

  private static func describe(
    _ verdict: Verdict, of judgement: Judgement, _ language: Language
  ) -> [String] {
    let window = verdict.window
    let version = window.version
    var lines = ["\(window.ruleTitle) · \(window.election): \(verdict.phrase[language].uppercased())"]
    var number = 0
    func step(_ text: String) {
      number += 1
      lines.append("  \(number). \(text)")
    }
    let until = version.inForceUntil?.written(language) ?? Text("sekarang", "now")[language]
    step(
      Text("Aturan", "Rule")[language] + ": \(version.citation), " + Text("berlaku", "in force")[language]
        + " \(version.inForceFrom.written(language)) "
        + Text("s.d.", "to")[language] + " \(until), " + Text("diketahui sejak", "known from")[language]
        + " \(version.knownFrom.written(language))")
    step(
      "\(window.anchorKind.phrase[language].capitalizedFirst) \(window.anchor.value.text(language)): \(window.anchor.instrument), "
        + Text("diketahui sejak", "known from")[language] + " \(window.anchor.knownFrom.written(language))")
    if let termEnd = window.termEnd, version.closes.anchor == .termEnd {
      let day = termEnd.value.text(language)
      step(
        "\(EdgeRule.Anchor.termEnd.phrase[language].capitalizedFirst) \(day): \(termEnd.instrument), "
          + Text("diketahui sejak", "known from")[language] + " \(termEnd.knownFrom.written(language))")
    }
    for text in span(of: window, language) { step(text) }
    for axis in window.closedAxes {
      step(
        "\(axis.axis.phrase(in: window)[language]): \(axis.axis.phrase(axis.value)[language]) (\(axis.citation), "
          + Text("diketahui sejak", "known from")[language] + " \(axis.knownFrom.written(language)))")
    }
    for item in judgement.steps(of: verdict) {
      step(verdict.describe(item, language) + distance(item, window, language))
    }
    if verdict.outcome == .outside || verdict.outcome == .notCovered || verdict.outcome == .approved {
      lines.append(
        "  " + Text("Mengapa tidak ada peringatan", "Why there is no alert")[language] + ": "
          + whyNot(verdict, language)
      )
    }
    let citations = verdict.citations.joined(separator: "; ")
    lines.append("  " + Text("Dasar", "Sources")[language] + ": \(citations)")
    let changes = verdict.changes(language)
    if !changes.isEmpty {
      lines.append("  " + Text("Yang akan mengubah kesimpulan ini", "What would change this")[language])
      lines += changes.map { "    - \($0)" }
    }
    return lines
  }

  /// The days at the window's edges and how they are counted.
  private static func span(of window: Window, _ language: Language) -> [String] {
    let version = window.version
    let span = Text("Masa larangan", "Window")[language] + ": \(window.span(language))"
    guard let raw = window.rawEdge else { return [span] }
    let moved = version.opens.months != 0 ? version.opens.months : version.closes.months
    var lines: [String] = [
      Text("Hari batas", "Edge")[language]
        + ": \(window.anchor.value.text(language)) \(moved < 0 ? "−" : "+") \(abs(moved)) "
        + Text("bulan", "months")[language] + " = \(raw.written(language))"
        + rounding(raw, language)
    ]
    if let closing = window.rawClosingEdge {
      lines.append(
        Text("Hari batas penutup", "Closing edge")[language] + ": + \(version.closes.months) "
          + Text("bulan", version.closes.months == 1 ? "month" : "months")[language]
          + " = \(closing.written(language))"
          + rounding(closing, language))
    }
    lines.append(
      span + "; " + readings(window, language, opening: version.opens.months != 0)
        + (window.rawClosingEdge == nil ? "" : "; " + readings(window, language, opening: false)))
    return lines
  }

  private static func rounding(_ raw: RawDate, _ language: Language) -> String {
    (raw.exists
      ? Text(" (sebelum pembulatan; hari itu ada)", " (before rounding; the day exists)")
      : Text(
        " (sebelum pembulatan; hari itu tidak ada)", " (before rounding; there is no such day)"))[
        language]
  }

  /// The first (or last) frozen day by the open readings, grouped.
  private static func readings(_ window: Window, _ language: Language, opening opensByMonths: Bool) -> String
  {
    let open = window.openReadings.members
    func day(_ reading: Reading) -> CivilDate {
      opensByMonths ? window.firstDay(reading) : window.lastDay(reading)
    }
    let days = Set(open.map(day))
    let edge =
      opensByMonths
      ? Text("hari pertama", "first day")[language] : Text("hari terakhir", "last day")[language]
    if days.count == 1 {
      return edge + Text(" sama menurut semua cara hitung", " the same on every open reading")[language]
    }
    return edge + ": " + ReadingText.groups(open, language, day: day).joined(separator: "; ")
  }

  /// How far a date that is outside lies from the window.
  private static func distance(_ step: Step, _ window: Window, _ language: Language) -> String {
    guard case .date(_, let recorded, .outside) = step, let span = recorded.span else { return "" }
    if span.last < window.earliest {
      let days = span.last.days(until: window.earliest)
      return Text(
        ", \(days) hari sebelum masa larangan mulai",
        ", \(days) \(days == 1 ? "day" : "days") before the window opens")[language]
    }
    if span.first > window.reach.last {
      let days = window.reach.last.days(until: span.first)
      return Text(
        ", \(days) hari setelah masa larangan berakhir",
        ", \(days) \(days == 1 ? "day" : "days") after the window closed")[language]
    }
    return Text(", tetapi aturan ini belum atau tidak lagi berlaku", ", but this rule was not in force")[
      language]
  }

  private static func whyNot(_ verdict: Verdict, _ language: Language) -> String {
    switch verdict.outcome {
    case .outside:
      return Text(
        "semua tanggal tindakan ini di luar masa larangan menurut setiap cara hitung",
        "every date of the act lies outside the window on every open reading")[language]
    case .approved:
      return Text(
        "persetujuan tertulis sudah ada sebelum tindakan", "the written approval was there before the act")[
          language]
    default:
      if verdict.notes.contains(.noRuleInForce) {
        return Text("belum ada aturan yang berlaku pada tanggalnya", "no rule was in force on its dates")[
          language]
      }
      if let coverage = verdict.coverage, coverage.answer == .notCovered {
        return Text(
          "jabatan atau penugasannya di luar cakupan pada tanggal itu",
          "the post or assignment was out of scope on that date")[language]
      }
      return Text(
        "jenis tindakan ini bukan penggantian pejabat", "this kind of act is no replacement of an official")[
          language]
    }
  }
}
