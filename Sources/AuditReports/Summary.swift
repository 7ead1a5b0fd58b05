import AuditBase
import FreezeRules

extension Judgement {
  /// One sentence that an HR officer understands: what, which date, which window, what approval, and that it needs
  /// clarification. Never calls anything a violation.
  package func summary(_ language: Language) -> String {
    summary(language, of: relevantVerdicts.first)
  }

  /// The window has an answer, but the act lies where facts are missing: outside of every window is not free there.
  func isGap(_ verdict: Verdict) -> Bool { outcome == .unjudgeable && verdict.outcome != .unjudgeable }

  /// The sentence about one of its verdicts.
  package func summary(_ language: Language, of verdict: Verdict?) -> String {
    var text = ""
    forEachPartOfSubject(language) { text += $0 }
    return text + ": " + sentence(language, of: verdict)
  }

  /// What is said of the act by one of its verdicts.
  func sentence(_ language: Language, of verdict: Verdict?) -> String {
    guard let verdict, !isGap(verdict) else { return reasonWithoutVerdict[language] }
    let window =
      "\(verdict.window.ruleTitle), \(verdict.window.span(language)), \(verdict.window.anchor.instrument)"
    let dates = verdict.insideDates.map {
      "\($0.phrase[language]) \(action.date($0).written(language) ?? "-")"
    }.joined(separator: ", ")
    let isOne = verdict.insideDates.count == 1
    let approval = verdict.approval?.phrase[language] ?? ""
    let sentence: Text
    switch verdict.outcome {
    case .inside, .approvalMismatch, .approvedLate:
      sentence = Text(
        "\(dates) jatuh di dalam masa larangan (\(window)); \(approval); perlu klarifikasi",
        "\(dates) \(isOne ? "falls" : "fall") inside the frozen period (\(window)); \(approval); needs clarification (perlu klarifikasi)"
      )
    case .depends:
      // Certainly inside: then it is the letter that may be in time or late.
      let isInside = verdict.insideOn == verdict.window.openReadings
      let exactDay = Text("hari pastinya", "the exact day")
      let axes = verdict.dependsOn.map { $0.phrase(in: verdict.window)[language] }
      let reasons =
        axes + verdict.disputes.map { $0.question[language] }
        + (verdict.hangsOnPartialDate ? ["\(exactDay[language]) (\(Note.partialDate.phrase[language]))"] : [])
      sentence = Text(
        "\(dates) \(isInside ? "di dalam" : "mungkin di dalam") masa larangan (\(window)), tergantung \(reasons.joined(separator: "; ")); \(approval); perlu klarifikasi",
        "\(dates) \(isInside ? (isOne ? "is" : "are") : "may be") inside the frozen period (\(window)), depending on \(reasons.joined(separator: "; ")); \(approval); needs clarification (perlu klarifikasi)"
      )
    case .reversal:
      let revoked = PlainText.line(action.revokes ?? "-", limit: 60)
      let isAsked = verdict.approval.map { $0.standing != .none } ?? false
      sentence = Text(
        "membatalkan \(revoked) di dalam masa larangan (\(window)); bukan tindakan baru, "
          + (isAsked
            ? "\(approval); perlu klarifikasi"
            : "perlu klarifikasi apakah Menteri sudah dimintai persetujuan"),
        "revokes \(revoked) inside the frozen period (\(window)); not a fresh act, "
          + (isAsked
            ? "\(approval); needs clarification (perlu klarifikasi)"
            : "needs clarification (perlu klarifikasi) whether the Minister was asked"))
    case .approved:
      sentence = Text(
        "\(dates) di dalam masa larangan (\(window)), \(approval)",
        "\(dates) \(isOne ? "is" : "are") inside the frozen period (\(window)), \(approval)")
    case .notCovered:
      sentence = Text("di luar cakupan aturan", "not covered by the rule")
    case .outside:
      sentence = Text(
        "di luar masa larangan (\(window))", "outside the frozen period (\(window))")
    case .unjudgeable: sentence = reasonWithoutVerdict
    }
    return sentence[language]
  }

  /// Which act, whose it is and by which decree.
  func forEachPartOfSubject(_ language: Language, _ give: (String) -> Void) {
    give(PlainText.line(action.kind, limit: 40))
    if let name = action.employeeName {
      give(Text(" a.n. ", " of ")[language])
      give(PlainText.line(name, limit: 60))
    }
    if let decree = action.decreeNo {
      let number = PlainText.line(decree, limit: 60)
      give(DecreeName.saysSK(number) ? " (" : " (SK ")
      give(number)
      give(")")
    }
  }

  /// No date can be read, or one cannot.
  private var dateIsAmiss: Bool {
    let dates = DateField.allCases.map { action.date($0) }
    return dates.allSatisfy { $0.span == nil }
      || dates.contains { if case .unreadable = $0 { true } else { false } }
  }

  /// Whether the record itself lacks something, whatever the calendar knows.
  var isRecordAmiss: Bool { scope == .unknown || dateIsAmiss }

  /// Why nothing could be said, with the text as found.
  var reasonWithoutVerdict: Text {
    let unreadable = DateField.allCases.filter {
      if case .unreadable = action.date($0) { true } else { false }
    }
    let found = (unreadable.isEmpty ? DateField.allCases : unreadable).compactMap { field -> Text? in
      guard let original = action.date(field).original else { return nil }
      let found = "“\(PlainText.line(original, limit: 40))”"
      let text = Text("\(field.phrase.indonesian) \(found)", "\(field.phrase.english) \(found)")
      guard let day = action.date(field).serialDay else { return text }
      return Text(
        text.indonesian
          + ", tampaknya nomor seri Excel dari \(day.written(.indonesian)): format kolom itu sebagai tanggal, lalu simpan lagi",
        text.english
          + ", looks like an Excel serial of \(day.written(.english)): format the column as a date and save again"
      )
    }
    let source = action.sourceDates.map { [Text(same: PlainText.line($0, limit: 120))] } ?? []
    let dates = Text(
      (found + source).map(\.indonesian).joined(separator: ", "),
      (found + source).map(\.english).joined(separator: ", "))
    if notes.contains(.shortRow) {
      return Text(
        "\(action.actionID) lebih pendek dari kepala tabel (Excel membuang sel kosong di akhir baris); simpan ulang sebagai \"CSV UTF-8\" atau isi kolom terakhirnya",
        "\(action.actionID) has fewer cells than the header (Excel leaves out empty cells at the end); save again as \"CSV UTF-8\" or fill its last column"
      )
    }
    if notes.contains(.unreadableLine) {
      return Text(
        "\(action.actionID) tidak terbaca; perbaiki tanda kutip atau jumlah kolomnya",
        "\(action.actionID) cannot be read; mend its quotes or its number of columns")
    }
    if !missing.isEmpty {
      let facts = Text(missing.clause(.indonesian), missing.clause(.english))
      let other = scope == .unknown || !unreadable.isEmpty ? reasonInRecord(unreadable, dates) : nil
      return Text(
        "belum dapat dinilai: \(facts.indonesian)" + (other.map { "; " + $0.indonesian } ?? ""),
        "cannot be judged yet: \(facts.english)" + (other.map { "; " + $0.english } ?? ""))
    }
    return reasonInRecord(unreadable, dates)
  }

  /// What the record itself lacks.
  private func reasonInRecord(_ unreadable: [DateField], _ dates: Text) -> Text {
    switch scope {
    case .unknown where action.kind.isEmpty:
      return Text(
        "jenis tindakan kosong; perlu dilengkapi", "the kind of act is empty; it needs completing")
    case .unknown:
      return Text(
        "jenis tindakan tidak dikenal; perlu dilengkapi",
        "the kind of act is not known; it needs completing")
    case .outOfScope: return Text("di luar cakupan aturan", "not covered by the rule")
    case .leaving where !dateIsAmiss:
      return Text(
        "labelnya dapat berarti akhir masa kerja atau pembebasan dari jabatan; isi jabatan barunya",
        "its label can mean the end of service or a removal from the post; fill in the post taken")
    case .inScope where outcome == .outside, .leaving where outcome == .outside:
      return Text("tidak ada masa larangan yang berlaku", "no window applies")
    case .inScope where !unreadable.isEmpty, .leaving where !unreadable.isEmpty:
      return Text(
        "tanggal tidak terbaca, bisa hari apa pun (\(dates.indonesian)); perlu dilengkapi",
        "a date that cannot be read could be any day (\(dates.english)); it needs completing")
    case .inScope, .leaving:
      return Text(
        "tidak ada tanggal yang dapat dipakai (\(dates.indonesian.isEmpty ? "kosong" : dates.indonesian)); perlu dilengkapi",
        "no usable date (\(dates.english.isEmpty ? "empty" : dates.english)); it needs completing")
    }
  }
}
