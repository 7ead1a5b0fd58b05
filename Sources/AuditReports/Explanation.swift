import FreezeRules

/// The derivation of a judgement as text: facts, rule version, calendar entry, edge, each date, coverage, approval,
/// verdict, and what would change it.
public enum Explanation {
  /// Several lines without a final newline.
  public static func text(
    _ judgement: Judgement, _ language: Language, _ personalData: PersonalData, knownOn: CivilDate
  ) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    let action = judgement.action
    var lines = [judgement.summary(language, personalData), ""]
    lines.append(
      say("Fakta", "Facts") + " (" + say("menurut yang diketahui pada", "as known on") + " \(knownOn))")
    func fact(_ label: String, _ value: String?) {
      guard let value else { return }
      lines.append("  \(label.padding(to: 20)) \(PlainText.line(value, limit: 200))")
    }
    fact("action_id", action.actionID)
    fact(say("wilayah", "region"), action.regionCode ?? say("tidak diketahui", "not known"))
    fact("NIP", personalData.nip(action.nip))
    fact(say("nama", "name"), personalData.name(action.employeeName))
    fact(say("jenis tercatat", "recorded kind"), personalData.kind(action))
    fact(
      say("jenis dari jabatan", "derived kind"),
      judgement.derivedKind?.rawValue ?? say("tidak jelas", "unclear"))
    fact(say("jabatan lama", "post left"), action.postFrom)
    fact(say("jabatan baru", "post taken"), action.postTo)
    fact(
      say("eselon", "echelon"),
      action.echelonFrom.map { "\($0) → \(action.echelonTo ?? "-")" } ?? action.echelonTo)
    fact(say("penugasan", "assignment"), action.assignment)
    fact(say("nomor SK", "decree number"), action.decreeNo)
    for field in DateField.allCases { fact(field.phrase[language], action.date(field).display ?? "-") }
    fact(say("dicatat", "recorded"), action.recordedAt)
    fact(say("mencabut", "revokes"), action.revokes)
    fact(say("tanggal asli", "original dates"), action.sourceDates)
    if !judgement.notes.isEmpty {
      lines.append(say("Catatan", "Notes"))
      lines += judgement.notes.map { "  - \($0.phrase[language])" }
    }
    for verdict in judgement.relevantVerdicts {
      lines.append("")
      lines += describe(verdict, action, language, personalData)
    }
    if judgement.verdicts.isEmpty {
      lines.append("")
      lines.append(
        say(
          "Tidak ada jendela yang berlaku untuk wilayah ini menurut yang diketahui pada \(knownOn); bukan berarti bebas.",
          "No window applies to this region as known on \(knownOn); that does not mean free."))
    }
    return lines.joined(separator: "\n")
  }

  private static func describe(
    _ verdict: Verdict, _ action: PersonnelAction, _ language: Language, _ personalData: PersonalData
  ) -> [String] {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    let window = verdict.window
    let version = window.version
    var lines = ["\(window.rule) · \(window.election): \(verdict.phrase[language].uppercased())"]
    var number = 0
    func step(_ text: String) {
      number += 1
      lines.append("  \(number). \(text)")
    }
    let until = version.inForceUntil?.description ?? say("sekarang", "now")
    step(
      say("Aturan", "Rule") + ": \(version.citation), " + say("berlaku", "in force")
        + " \(version.inForceFrom) "
        + say("s.d.", "to") + " \(until), " + say("diketahui sejak", "known from") + " \(version.knownFrom)")
    step(
      "\(window.anchorKind.phrase[language].capitalizedFirst) \(window.anchor.value): \(window.anchor.instrument), "
        + say("diketahui sejak", "known from") + " \(window.anchor.knownFrom)")
    if let termEnd = window.termEnd, version.closes.anchor == .termEnd {
      let day = if case .day(let day) = termEnd.value { "\(day)" } else { say("masih terbuka", "still open") }
      step(
        "\(EdgeRule.Anchor.termEnd.phrase[language].capitalizedFirst) \(day): \(termEnd.instrument), "
          + say("diketahui sejak", "known from") + " \(termEnd.knownFrom)")
    }
    if let raw = window.rawEdge {
      let moved = version.opens.months != 0 ? version.opens.months : version.closes.months
      step(
        say("Hari batas", "Edge") + ": \(window.anchor.value) \(moved < 0 ? "−" : "+") \(abs(moved)) "
          + say("bulan", "months") + " = \(raw)"
          + rounding(raw, language))
      if let closing = window.rawClosingEdge {
        step(
          say("Hari batas penutup", "Closing edge") + ": + \(version.closes.months) "
            + say("bulan", version.closes.months == 1 ? "month" : "months") + " = \(closing)"
            + rounding(closing, language))
      }
      step(
        say("Jendela", "Window") + ": \(window.span(language)); "
          + readings(window, language, opening: version.opens.months != 0)
          + (window.rawClosingEdge == nil ? "" : "; " + readings(window, language, opening: false)))
    } else {
      step(say("Jendela", "Window") + ": \(window.span(language))")
    }
    for axis in window.closedAxes {
      step(
        "\(axis.axis.phrase[language]): \(axis.axis.phrase(axis.value)[language]) (\(axis.citation), "
          + say("diketahui sejak", "known from") + " \(axis.knownFrom))")
    }
    for item in verdict.steps.map({ personalData.step($0, of: action) }) {
      step(verdict.describe(item, language) + distance(item, window, language))
    }
    if verdict.outcome == .outside || verdict.outcome == .notCovered || verdict.outcome == .approved {
      lines.append(
        "  " + say("Mengapa tidak ada peringatan", "Why there is no alert") + ": " + whyNot(verdict, language)
      )
    }
    let citations = verdict.citations.joined(separator: "; ")
    lines.append("  " + say("Dasar", "Sources") + ": \(citations)")
    let changes = verdict.changes(language)
    if !changes.isEmpty {
      lines.append("  " + say("Yang akan mengubah kesimpulan ini", "What would change this"))
      lines += changes.map { "    - \($0)" }
    }
    return lines
  }

  private static func rounding(_ raw: RawDate, _ language: Language) -> String {
    (raw.exists
      ? Bilingual(id: " (sebelum pembulatan; hari itu ada)", en: " (before rounding; the day exists)")
      : Bilingual(
        id: " (sebelum pembulatan; hari itu tidak ada)", en: " (before rounding; there is no such day)"))[
        language]
  }

  /// The first (or last) frozen day by the open readings, grouped.
  private static func readings(_ window: Window, _ language: Language, opening opensByMonths: Bool) -> String
  {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    let open = window.openReadings.members
    func day(_ reading: Reading) -> CivilDate {
      opensByMonths ? window.firstDay(reading) : window.lastDay(reading)
    }
    let days = Set(open.map(day)).sorted()
    let edge = opensByMonths ? say("hari pertama", "first day") : say("hari terakhir", "last day")
    if days.count == 1 {
      return edge + say(" sama pada semua bacaan yang terbuka", " the same on every open reading")
    }
    let groups = days.map { value in
      "\(value) (\(open.filter { day($0) == value }.map(\.name).joined(separator: ", ")))"
    }
    return edge + ": " + groups.joined(separator: "; ")
  }

  /// How far a date that is outside lies from the window.
  private static func distance(_ step: Step, _ window: Window, _ language: Language) -> String {
    guard case .date(_, let recorded, .outside) = step, let span = recorded.span else { return "" }
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    if span.last < window.earliest {
      let days = span.last.days(until: window.earliest)
      return say(
        ", \(days) hari sebelum jendela dibuka",
        ", \(days) \(days == 1 ? "day" : "days") before the window opens")
    }
    if let closes = window.closes, span.first > closes {
      let days = closes.days(until: span.first)
      return say(
        ", \(days) hari setelah jendela ditutup",
        ", \(days) \(days == 1 ? "day" : "days") after the window closed")
    }
    return say(", tetapi aturan ini belum atau tidak lagi berlaku", ", but this rule was not in force")
  }

  private static func whyNot(_ verdict: Verdict, _ language: Language) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    switch verdict.outcome {
    case .outside:
      return say(
        "semua tanggal tindakan ini di luar jendela pada setiap bacaan yang terbuka",
        "every date of the act lies outside the window on every open reading")
    case .approved:
      return say(
        "persetujuan tertulis sudah ada sebelum tindakan", "the written approval was there before the act")
    default:
      if verdict.notes.contains(.noRuleInForce) {
        return say("belum ada aturan yang berlaku pada tanggalnya", "no rule was in force on its dates")
      }
      if let coverage = verdict.coverage, coverage.answer == .notCovered {
        return say(
          "jabatan atau penugasannya di luar cakupan pada tanggal itu",
          "the post or assignment was out of scope on that date")
      }
      return say(
        "jenis tindakan ini bukan penggantian pejabat", "this kind of act is no replacement of an official")
    }
  }
}

extension Verdict {
  /// One of its steps in one line.
  func describe(_ step: Step, _ language: Language) -> String {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    switch step {
    case .kind(let recorded, let scope, let derived):
      let meaning =
        switch scope {
        case .inScope: say("penggantian pejabat", "a replacement of an official")
        case .outOfScope: say("tindakan lain yang tidak dilarang", "another act, not frozen")
        case .unknown: say("tidak dikenal", "not known")
        }
      return say("Jenis", "Kind") + " \"\(PlainText.line(recorded, limit: 40))\": \(meaning)"
        + (derived.map { ", " + say("dari jabatannya", "by the posts") + " \($0.rawValue)" } ?? "")
    case .date(let field, let recorded, let position):
      let place =
        switch position {
        case .inside: say("di dalam pada semua bacaan", "inside on every reading")
        case .depends where !(recorded.span?.isExact ?? true):
          say("di dalam atau di luar, tergantung harinya", "inside or outside, by its day of the month")
        case .depends: say("di dalam pada sebagian bacaan", "inside on some readings")
        case .outside: say("di luar pada semua bacaan", "outside on every reading")
        case .absent: say("tidak ada", "none")
        case .unreadable: say("tidak terbaca; bisa hari apa pun", "cannot be read; it could be any day")
        }
      let value = recorded.display.map { PlainText.line($0, limit: 40) } ?? "-"
      return field.phrase[language].capitalizedFirst + " \(value): \(place)"
    case .noRuleInForce(let day):
      return say("Belum ada aturan yang berlaku pada", "No rule was in force on") + " \(day)"
    case .coverage(let finding):
      let answer =
        switch finding.answer {
        case .covered: say("termasuk cakupan", "covered")
        case .notCovered: say("tidak termasuk cakupan", "not covered")
        case .assumed:
          say(
            "diandaikan termasuk cakupan karena catatan tidak menyebutkannya",
            "assumed covered, since the record does not say")
        }
      return say("Cakupan pada", "Coverage on") + " \(finding.day)"
        + " (\(finding.left.phrase[language]) → \(finding.taken.phrase[language])): \(answer)"
        + (finding.row.map { " (\($0.citation))" } ?? "")
    case .reversal(let revoked):
      return say("Mencabut", "Revokes") + " \(PlainText.line(revoked, limit: 60))"
    case .approval(let finding):
      let basis =
        finding.basis == .annex
        ? say("dicari dalam lampiran persetujuan", "looked for in the annexes")
        : say("dicari dalam catatan itu sendiri", "looked for in the record itself")
      return say("Persetujuan Menteri", "Approval of the Minister")
        + ", \(basis): \(finding.phrase[language])"
        + (finding.isLetterUnknown
          ? say(" (lampiran surat itu tidak diberikan)", " (no annex of that letter was given)") : "")
        + (finding.isIgnoredAsLater
          ? say(
            "; ada surat bertanggal setelah hari pengetahuan, yang belum dapat diketahui saat itu",
            "; there is a letter dated after the day of knowledge, which could not be known then") : "")
    case .outcome(let outcome):
      return say("Kesimpulan", "Verdict") + ": \(outcome.rawValue), \(phrase[language])"
        + (outcome.level == .alert
          ? say(" (perlu klarifikasi)", " (perlu klarifikasi: needs clarification)") : "")
    }
  }

  /// Dates that may lie inside or outside because only their month or year is known.
  var partialDates: [DateField] {
    steps.compactMap { step in
      if case .date(let field, .known(let span, _), .depends) = step, !span.isExact { field } else { nil }
    }
  }

  /// The letter came after the act on some of the days that its date can be, and before on others.
  var isLetterPartial: Bool {
    outcome == .depends && approval?.standing == .after && approval?.letterDate?.isExact == false
  }

  /// Whether a date known to the month or year only is among what decides.
  var hangsOnPartialDate: Bool { !partialDates.isEmpty || isLetterPartial }

  /// What would change the verdict, each as one clause.
  ///
  /// First what decides between readings, then the dates known to the month or year only.
  public func changes(_ language: Language) -> [String] {
    func say(_ id: String, _ en: String) -> String { Bilingual(id: id, en: en)[language] }
    var changes: [String] = []
    for axis in dependsOn {
      let values = axis.values.map { value -> String in
        let readings = window.openReadings.keeping(axis, value)
        let isInside = readings.members.allSatisfy { insideOn.contains($0) }
        let isOutside = readings.members.allSatisfy { !maybeInsideOn.contains($0) }
        let result =
          isInside
          ? say("di dalam", "inside")
          : isOutside ? say("di luar", "outside") : say("masih tergantung", "still open")
        return "\(axis.phrase(value)[language]): \(result)"
      }
      changes.append("\(axis.phrase[language]) (\(values.joined(separator: ", ")))")
    }
    if isLetterPartial {
      changes.append(
        say(
          "hari pasti dari surat persetujuan, yang tercatat hanya bulan atau tahunnya",
          "the exact day of the approval letter, of which only month or year is recorded"))
    }
    for field in partialDates {
      changes.append(
        say(
          "hari pasti dari \(field.phrase.indonesian), yang tercatat hanya bulan atau tahunnya",
          "the exact day of the \(field.phrase.english), of which only month or year is recorded"))
    }
    if outcome == .outside, window.determination != nil {
      changes.append(
        say(
          "jadwal yang menggeser \(window.anchorKind.phrase.indonesian) sehingga jendela memuat salah satu tanggalnya, atau tanggal yang ternyata lain",
          "a schedule that moves the \(window.anchorKind.phrase.english) so that the window holds one of its dates, or a date that turns out to be another"
        ))
    }
    if outcome == .unjudgeable {
      changes.append(
        say(
          "tanggal SK, TMT atau pelantikan yang terbaca, dan jenis tindakan yang dikenal",
          "a decree, effective or inauguration date that can be read, and a known kind of act"))
    }
    guard let firstInside else { return changes }
    switch outcome {
    case .inside, .approvalMismatch, .approvedLate, .depends:
      changes.append(
        say(
          "persetujuan tertulis Menteri bertanggal paling lambat \(firstInside) yang lampirannya memuat orang dan jabatan ini: disetujui",
          "a written approval of the Minister dated \(firstInside) or before whose annex lists this person and post: approved"
        ))
      if coverage?.answer == .assumed {
        changes.append(
          say(
            "bukti bahwa kedua jabatan di luar cakupan: tidak termasuk",
            "proof that both posts are out of scope: not covered"))
      }
      if window.determination != nil, window.version.opens.months != 0 {
        changes.append(
          say(
            "jadwal yang menggeser penetapan sehingga jendela dibuka setelah \(firstInside), atau ditutup sebelumnya: di luar",
            "a schedule that moves the determination so that the window opens after \(firstInside), or closes before it: outside"
          ))
      }
    case .approved:
      changes.append(
        say(
          "lampiran yang ternyata tidak memuat orang dan jabatan ini, atau tertanggal setelah \(firstInside)",
          "an annex that turns out not to list this person and post, or dated after \(firstInside)"))
    case .notCovered:
      if coverage?.answer == .notCovered {
        changes.append(
          say(
            "jabatan lama atau baru yang ternyata termasuk cakupan, atau penugasan definitif: di dalam",
            "a post left or taken that turns out to be covered, or a definitive assignment: inside"))
      }
    case .reversal:
      changes.append(
        say(
          "bila tindakan ini ternyata bukan pembatalan: di dalam",
          "if the act turns out not to be a reversal: inside"))
    case .unjudgeable, .outside: break
    }
    return changes
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
