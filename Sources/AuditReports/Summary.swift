import FreezeRules

extension Judgement {
  /// One sentence that an HR officer understands: what, which date, which window, what approval, and that it needs
  /// clarification. Never calls anything a violation.
  public func summary(_ language: Language, _ personalData: PersonalData) -> String {
    summary(language, personalData, of: relevantVerdicts.first)
  }

  /// The sentence about one of its verdicts.
  public func summary(_ language: Language, _ personalData: PersonalData, of verdict: Verdict?) -> String {
    let kind = PlainText.line(personalData.kind(action), limit: 40)
    let name = personalData.name(action.employeeName).map { PlainText.line($0, limit: 60) }
    let who = name.map { Bilingual(id: " a.n. \($0)", en: " of \($0)") } ?? Bilingual(id: "", en: "")
    let decree =
      action.decreeNo.map {
        let number = PlainText.line($0, limit: 60)
        return number.lowercased().hasPrefix("sk") ? " (\(number))" : " (SK \(number))"
      } ?? ""
    let subject = Bilingual(id: kind + who.indonesian, en: kind + who.english)[language] + decree

    guard let verdict else {
      return subject + ": " + reasonWithoutVerdict[language]
    }
    let window =
      "\(verdict.window.ruleTitle), \(verdict.window.span(language)), \(verdict.window.anchor.instrument)"
    let dates = verdict.insideDates.map { "\($0.phrase[language]) \(action.date($0).display ?? "-")" }
      .joined(separator: ", ")
    let approval = verdict.approval?.phrase[language] ?? ""
    let sentence: Bilingual
    switch verdict.outcome {
    case .inside, .approvalMismatch, .approvedLate:
      sentence = Bilingual(
        id: "\(dates) jatuh di dalam masa larangan (\(window)); \(approval); perlu klarifikasi",
        en:
          "\(dates) falls inside the frozen period (\(window)); \(approval); needs clarification (perlu klarifikasi)"
      )
    case .depends:
      // Certainly inside: then it is the letter that may be in time or late.
      let isInside = verdict.insideOn == verdict.window.openReadings
      let exactDay = Bilingual(id: "hari pastinya", en: "the exact day")
      let axes = verdict.dependsOn.map { $0.phrase[language] }
      let reasons =
        axes
        + (verdict.hangsOnPartialDate ? ["\(exactDay[language]) (\(Note.partialDate.phrase[language]))"] : [])
      sentence = Bilingual(
        id:
          "\(dates) \(isInside ? "di dalam" : "mungkin di dalam") masa larangan (\(window)), tergantung \(reasons.joined(separator: "; ")); \(approval); perlu klarifikasi",
        en:
          "\(dates) \(isInside ? "is" : "may be") inside the frozen period (\(window)), depending on \(reasons.joined(separator: "; ")); \(approval); needs clarification (perlu klarifikasi)"
      )
    case .reversal:
      let revoked = PlainText.line(action.revokes ?? "-", limit: 60)
      let isAsked = verdict.approval.map { $0.standing != .none } ?? false
      sentence = Bilingual(
        id: "membatalkan \(revoked) di dalam masa larangan (\(window)); bukan tindakan baru, "
          + (isAsked
            ? "\(approval); perlu klarifikasi"
            : "perlu klarifikasi apakah Menteri sudah dimintai persetujuan"),
        en: "revokes \(revoked) inside the frozen period (\(window)); not a fresh act, "
          + (isAsked
            ? "\(approval); needs clarification (perlu klarifikasi)"
            : "needs clarification (perlu klarifikasi) whether the Minister was asked"))
    case .approved:
      sentence = Bilingual(
        id: "\(dates) di dalam masa larangan (\(window)), \(approval)",
        en: "\(dates) is inside the frozen period (\(window)), \(approval)")
    case .notCovered:
      sentence = Bilingual(id: "di luar cakupan aturan", en: "not covered by the rule")
    case .outside:
      sentence = Bilingual(
        id: "di luar masa larangan (\(window))", en: "outside the frozen period (\(window))")
    case .unjudgeable: sentence = reasonWithoutVerdict
    }
    return subject + ": " + sentence[language]
  }

  /// Why nothing could be said, with the text as found.
  var reasonWithoutVerdict: Bilingual {
    let unreadable = DateField.allCases.filter {
      if case .unreadable = action.date($0) { true } else { false }
    }
    let found = (unreadable.isEmpty ? DateField.allCases : unreadable).compactMap { field in
      action.date(field).original.map { "\(field.rawValue)=\"\(PlainText.line($0, limit: 40))\"" }
    }
    let dates = (found + (action.sourceDates.map { [PlainText.line($0, limit: 120)] } ?? [])).joined(
      separator: ", ")
    if notes.contains(.unreadableLine) {
      return Bilingual(
        id: "\(action.actionID) tidak terbaca; perbaiki tanda kutip atau jumlah kolomnya",
        en: "\(action.actionID) cannot be read; mend its quotes or its number of columns")
    }
    switch scope {
    case .unknown:
      return Bilingual(
        id: "jenis tindakan tidak dikenal; perlu dilengkapi",
        en: "the kind of act is not known; it needs completing")
    case .outOfScope: return Bilingual(id: "di luar cakupan aturan", en: "not covered by the rule")
    case .inScope where outcome == .outside:
      return Bilingual(id: "tidak ada jendela yang berlaku", en: "no window applies")
    case .inScope where !unreadable.isEmpty:
      return Bilingual(
        id: "tanggal tidak terbaca, bisa hari apa pun (\(dates)); perlu dilengkapi",
        en: "a date that cannot be read could be any day (\(dates)); it needs completing")
    case .inScope:
      return Bilingual(
        id: "tidak ada tanggal yang dapat dipakai (\(dates.isEmpty ? "kosong" : dates)); perlu dilengkapi",
        en: "no usable date (\(dates.isEmpty ? "empty" : dates)); it needs completing")
    }
  }
}
