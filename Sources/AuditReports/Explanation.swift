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
      Text("Fakta", "Facts")[language] + " (" + Text("menurut yang diketahui pada", "as known on")[language]
        + " \(knownOn))")
    func fact(_ label: String, _ value: String?) {
      guard let value else { return }
      lines.append("  \(label.padding(to: 20)) \(PlainText.line(value, limit: 200))")
    }
    fact("action_id", action.actionID)
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
    fact(Text("penugasan", "assignment")[language], action.assignment)
    fact(Text("nomor SK", "decree number")[language], action.decreeNo)
    for field in DateField.allCases { fact(field.phrase[language], action.date(field).display ?? "-") }
    fact(Text("dicatat", "recorded")[language], action.recordedAt)
    fact(Text("mencabut", "revokes")[language], action.revokes)
    fact(Text("tanggal asli", "original dates")[language], action.sourceDates)
    if !judgement.notes.isEmpty {
      lines.append(Text("Catatan", "Notes")[language])
      lines += judgement.notes.map { "  - \($0.phrase[language])" }
    }
    for verdict in judgement.relevantVerdicts {
      lines.append("")
      lines += describe(verdict, of: judgement, language)
    }
    if judgement.verdicts.isEmpty {
      lines.append("")
      lines.append(
        Text(
          "Tidak ada jendela yang berlaku untuk wilayah ini menurut yang diketahui pada \(knownOn); bukan berarti bebas.",
          "No window applies to this region as known on \(knownOn); that does not mean free.")[language])
    }
    return lines.joined(separator: "\n")
  }

  private static func describe(
    _ verdict: Verdict, of judgement: Judgement, _ language: Language
  ) -> [String] {
    let window = verdict.window
    let version = window.version
    var lines = ["\(window.rule) · \(window.election): \(verdict.phrase[language].uppercased())"]
    var number = 0
    func step(_ text: String) {
      number += 1
      lines.append("  \(number). \(text)")
    }
    let until = version.inForceUntil?.description ?? Text("sekarang", "now")[language]
    step(
      Text("Aturan", "Rule")[language] + ": \(version.citation), " + Text("berlaku", "in force")[language]
        + " \(version.inForceFrom) "
        + Text("s.d.", "to")[language] + " \(until), " + Text("diketahui sejak", "known from")[language]
        + " \(version.knownFrom)")
    step(
      "\(window.anchorKind.phrase[language].capitalizedFirst) \(window.anchor.value.text(language)): \(window.anchor.instrument), "
        + Text("diketahui sejak", "known from")[language] + " \(window.anchor.knownFrom)")
    if let termEnd = window.termEnd, version.closes.anchor == .termEnd {
      let day = termEnd.value.text(language)
      step(
        "\(EdgeRule.Anchor.termEnd.phrase[language].capitalizedFirst) \(day): \(termEnd.instrument), "
          + Text("diketahui sejak", "known from")[language] + " \(termEnd.knownFrom)")
    }
    if let raw = window.rawEdge {
      let moved = version.opens.months != 0 ? version.opens.months : version.closes.months
      step(
        Text("Hari batas", "Edge")[language]
          + ": \(window.anchor.value.text(language)) \(moved < 0 ? "−" : "+") \(abs(moved)) "
          + Text("bulan", "months")[language] + " = \(raw)"
          + rounding(raw, language))
      if let closing = window.rawClosingEdge {
        step(
          Text("Hari batas penutup", "Closing edge")[language] + ": + \(version.closes.months) "
            + Text("bulan", version.closes.months == 1 ? "month" : "months")[language] + " = \(closing)"
            + rounding(closing, language))
      }
      step(
        Text("Jendela", "Window")[language] + ": \(window.span(language)); "
          + readings(window, language, opening: version.opens.months != 0)
          + (window.rawClosingEdge == nil ? "" : "; " + readings(window, language, opening: false)))
    } else {
      step(Text("Jendela", "Window")[language] + ": \(window.span(language))")
    }
    for axis in window.closedAxes {
      step(
        "\(axis.axis.phrase(in: window)[language]): \(axis.axis.phrase(axis.value)[language]) (\(axis.citation), "
          + Text("diketahui sejak", "known from")[language] + " \(axis.knownFrom))")
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
    let days = Set(open.map(day)).sorted()
    let edge =
      opensByMonths
      ? Text("hari pertama", "first day")[language] : Text("hari terakhir", "last day")[language]
    if days.count == 1 {
      return edge + Text(" sama pada semua bacaan yang terbuka", " the same on every open reading")[language]
    }
    let groups = days.map { value in
      "\(value) (\(open.filter { day($0) == value }.map(\.name).joined(separator: ", ")))"
    }
    return edge + ": " + groups.joined(separator: "; ")
  }

  /// How far a date that is outside lies from the window.
  private static func distance(_ step: Step, _ window: Window, _ language: Language) -> String {
    guard case .date(_, let recorded, .outside) = step, let span = recorded.span else { return "" }
    if span.last < window.earliest {
      let days = span.last.days(until: window.earliest)
      return Text(
        ", \(days) hari sebelum jendela dibuka",
        ", \(days) \(days == 1 ? "day" : "days") before the window opens")[language]
    }
    if span.first > window.reach.last {
      let days = window.reach.last.days(until: span.first)
      return Text(
        ", \(days) hari setelah jendela ditutup",
        ", \(days) \(days == 1 ? "day" : "days") after the window closed")[language]
    }
    return Text(", tetapi aturan ini belum atau tidak lagi berlaku", ", but this rule was not in force")[
      language]
  }

  private static func whyNot(_ verdict: Verdict, _ language: Language) -> String {
    switch verdict.outcome {
    case .outside:
      return Text(
        "semua tanggal tindakan ini di luar jendela pada setiap bacaan yang terbuka",
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

extension Verdict {
  /// One of its steps in one line.
  func describe(_ step: Step, _ language: Language) -> String {
    switch step {
    case .kind(let recorded, let scope, let derived):
      let meaning =
        switch scope {
        case .inScope: Text("penggantian pejabat", "a replacement of an official")[language]
        case .leaving:
          Text(
            "akhir masa kerja atau pembebasan dari jabatan", "the end of service or a removal from the post")[
              language]
        case .outOfScope: Text("tindakan lain yang tidak dilarang", "another act, not frozen")[language]
        case .unknown: Text("tidak dikenal", "not known")[language]
        }
      return Text("Jenis", "Kind")[language] + " \"\(PlainText.line(recorded, limit: 40))\": \(meaning)"
        + (derived.map { ", " + Text("dari jabatannya", "by the posts")[language] + " \($0.rawValue)" } ?? "")
    case .date(let field, let recorded, let position):
      let place =
        switch position {
        case .inside: Text("di dalam pada semua bacaan", "inside on every reading")[language]
        case .depends where !(recorded.span?.isExact ?? true):
          Text("di dalam atau di luar, tergantung harinya", "inside or outside, by its day of the month")[
            language]
        case .depends: Text("di dalam pada sebagian bacaan", "inside on some readings")[language]
        case .outside: Text("di luar pada semua bacaan", "outside on every reading")[language]
        case .absent: Text("tidak ada", "none")[language]
        case .unreadable:
          Text("tidak terbaca; bisa hari apa pun", "cannot be read; it could be any day")[language]
        case .unknown:
          Text("tergantung hari yang belum diketahui", "depends on a day nobody knows")[language]
        }
      let value = recorded.display.map { PlainText.line($0, limit: 40) } ?? "-"
      return field.phrase[language].capitalizedFirst + " \(value): \(place)"
    case .noRuleInForce(let day):
      return Text("Belum ada aturan yang berlaku pada", "No rule was in force on")[language] + " \(day)"
    case .coverage(let finding):
      let answer =
        switch finding.answer {
        case .covered: Text("termasuk cakupan", "covered")[language]
        case .notCovered: Text("tidak termasuk cakupan", "not covered")[language]
        case .assumed:
          Text(
            "diandaikan termasuk cakupan karena catatan tidak menyebutkannya",
            "assumed covered, since the record does not say")[language]
        }
      return Text("Cakupan pada", "Coverage on")[language] + " \(finding.day)"
        + " (\(finding.left.phrase[language]) → \(finding.taken.phrase[language])): \(answer)"
        + (finding.row.map { " (\($0.citation))" } ?? "")
    case .reversal(let revoked, let isFound):
      return Text("Mencabut", "Revokes")[language] + " \(PlainText.line(revoked, limit: 60))"
        + (isFound
          ? "" : Text(" (tidak ditemukan dalam sumber)", " (not found in the source)")[language])
    case .exception(let exception):
      return Text("Dikecualikan", "Excepted")[language]
        + ": \(exception.citation), " + Text("diketahui sejak", "known from")[language]
        + " \(exception.knownFrom)"
    case .missing(let fact): return fact.sentence(language)
    case .approval(let finding):
      let basis =
        finding.basis == .annex
        ? Text("dicari dalam lampiran persetujuan", "looked for in the annexes")[language]
        : Text("dicari dalam catatan itu sendiri", "looked for in the record itself")[language]
      return Text("Persetujuan Menteri", "Approval of the Minister")[language]
        + ", \(basis): \(finding.phrase[language])"
        + (finding.isLetterUnknown
          ? Text(" (lampiran surat itu tidak diberikan)", " (no annex of that letter was given)")[language]
          : "")
        + (finding.isIgnoredAsLater
          ? Text(
            "; ada surat bertanggal setelah hari pengetahuan, yang belum dapat diketahui saat itu",
            "; there is a letter dated after the day of knowledge, which could not be known then")[language]
          : "")
    case .outcome(let outcome):
      return Text("Kesimpulan", "Verdict")[language] + ": \(outcome.rawValue), \(phrase[language])"
        + (outcome.level == .alert
          ? Text(" (perlu klarifikasi)", " (perlu klarifikasi: needs clarification)")[language] : "")
    }
  }

  /// Dates that may lie inside or outside because only their month or year is known.
  var partialDates: [DateField] {
    (ownSteps ?? []).compactMap { step in
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
  package func changes(_ language: Language) -> [String] {
    var changes: [String] = []
    for axis in dependsOn {
      let values = axis.values.map { value -> String in
        let readings = window.openReadings.keeping(axis, value)
        let isInside = readings.members.allSatisfy { insideOn.contains($0) }
        let isOutside = readings.members.allSatisfy { !maybeInsideOn.contains($0) }
        let result =
          isInside
          ? Text("di dalam", "inside")[language]
          : isOutside
            ? Text("di luar", "outside")[language] : Text("masih tergantung", "still open")[language]
        return "\(axis.phrase(value)[language]): \(result)"
      }
      changes.append("\(axis.phrase(in: window)[language]) (\(values.joined(separator: ", ")))")
    }
    if isLetterPartial {
      changes.append(
        Text(
          "hari pasti dari surat persetujuan, yang tercatat hanya bulan atau tahunnya",
          "the exact day of the approval letter, of which only month or year is recorded")[language])
    }
    for field in partialDates {
      changes.append(
        Text(
          "hari pasti dari \(field.phrase.indonesian), yang tercatat hanya bulan atau tahunnya",
          "the exact day of the \(field.phrase.english), of which only month or year is recorded")[language])
    }
    if outcome == .outside, window.anchorKind != .inauguration {
      changes.append(
        Text(
          "jadwal yang menggeser \(window.anchorKind.phrase.indonesian) sehingga jendela memuat salah satu tanggalnya, atau tanggal yang ternyata lain",
          "a schedule that moves the \(window.anchorKind.phrase.english) so that the window holds one of its dates, or a date that turns out to be another"
        )[language])
    }
    for fact in missing { changes.append(fact.settle(language)) }
    if outcome == .unjudgeable, missing.isEmpty {
      changes.append(
        Text(
          "tanggal SK, TMT atau pelantikan yang terbaca, dan jenis tindakan yang dikenal",
          "a decree, effective or inauguration date that can be read, and a known kind of act")[language])
    }
    guard let firstInside else { return changes }
    switch outcome {
    case .inside, .approvalMismatch, .approvedLate, .depends:
      changes.append(
        Text(
          "persetujuan tertulis Menteri bertanggal paling lambat \(firstInside) yang lampirannya memuat orang dan jabatan ini: disetujui",
          "a written approval of the Minister dated \(firstInside) or before whose annex lists this person and post: approved"
        )[language])
      if coverage?.answer == .assumed {
        changes.append(
          Text(
            "bukti bahwa kedua jabatan di luar cakupan: tidak termasuk",
            "proof that both posts are out of scope: not covered")[language])
      }
      if window.version.opens.months != 0 {
        changes.append(
          Text(
            "jadwal yang menggeser \(window.anchorKind.phrase.indonesian) sehingga jendela dibuka setelah \(firstInside), atau ditutup sebelumnya: di luar",
            "a schedule that moves the \(window.anchorKind.phrase.english) so that the window opens after \(firstInside), or closes before it: outside"
          )[language])
      }
    case .approved:
      changes.append(
        Text(
          "lampiran yang ternyata tidak memuat orang dan jabatan ini, atau tertanggal setelah \(firstInside)",
          "an annex that turns out not to list this person and post, or dated after \(firstInside)")[language]
      )
    case .notCovered:
      if coverage?.answer == .notCovered {
        changes.append(
          Text(
            "jabatan lama atau baru yang ternyata termasuk cakupan, atau penugasan definitif: di dalam",
            "a post left or taken that turns out to be covered, or a definitive assignment: inside")[language]
        )
      }
    case .reversal:
      changes.append(
        Text(
          "bila tindakan ini ternyata bukan pembatalan: di dalam",
          "if the act turns out not to be a reversal: inside")[language])
    case .unjudgeable, .outside: break
    }
    return changes
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
