import AuditBase
import FreezeRules

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
      return Text("Jenis", "Kind")[language] + ": \(PlainText.line(recorded, limit: 40)), \(meaning)"
        + (derived.map {
          Text(" (perubahan jabatan menunjukkan \($0.rawValue))", " (by the posts: \($0.rawValue))")[language]
        } ?? "")
    case .date(let field, let recorded, let position):
      let place =
        switch position {
        case .inside: Text("di dalam menurut semua cara hitung", "inside on every reading")[language]
        case .depends where !(recorded.span?.isExact ?? true):
          Text("di dalam atau di luar, tergantung harinya", "inside or outside, by its day of the month")[
            language]
        case .depends: Text("di dalam menurut sebagian cara hitung", "inside on some readings")[language]
        case .outside: Text("di luar menurut semua cara hitung", "outside on every reading")[language]
        case .absent: Text("tidak ada", "none")[language]
        case .unreadable:
          Text("tidak terbaca; bisa hari apa pun", "cannot be read; it could be any day")[language]
        case .unknown:
          Text("tergantung hari yang belum diketahui", "depends on a day nobody knows")[language]
        }
      let value = recorded.written(language) ?? "-"
      return field.phrase[language].capitalizedFirst + " \(value): \(place)"
    case .noRuleInForce(let day):
      return Text("Belum ada aturan yang berlaku pada", "No rule was in force on")[language]
        + " \(day.written(language))"
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
      return Text("Cakupan pada", "Coverage on")[language] + " \(finding.day.written(language))"
        + " (\(finding.left.phrase[language]) → \(finding.taken.phrase[language])): \(answer)"
        + (finding.row.map { " (\($0.citation))" } ?? "")
    case .reversal(let revoked, let isFound):
      return Text("Mencabut", "Revokes")[language] + " \(PlainText.line(revoked, limit: 60))"
        + (isFound
          ? "" : Text(" (tidak ditemukan dalam sumber)", " (not found in the source)")[language])
    case .exception(let exception):
      return Text("Dikecualikan", "Excepted")[language]
        + ": \(exception.citation), " + Text("diketahui sejak", "known from")[language]
        + " \(exception.knownFrom.written(language))"
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
            "; ada surat bertanggal setelah hari penilaian, yang belum dapat diketahui saat itu",
            "; there is a letter dated after the day of knowledge, which could not be known then")[language]
          : "")
    case .outcome(let outcome):
      return Text("Kesimpulan", "Verdict")[language] + ": \(phrase[language])"
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

  /// What would settle a verdict that depends on something: what decides between readings, what is in dispute, and the
  /// dates known to the month or year only.
  func settling(_ language: Language) -> [String] {
    var changes = dependsOn.map { change($0, language) } + disputes.map { $0.settledBy[language] }
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
    return changes
  }

  /// What would change the verdict, each as one clause.
  package func changes(_ language: Language) -> [String] {
    var changes = settling(language)
    if outcome == .outside, window.anchorKind != .inauguration {
      changes.append(
        Text(
          "jadwal yang menggeser \(window.anchorKind.phrase.indonesian) sehingga masa larangan memuat salah satu tanggalnya, atau tanggal yang ternyata lain",
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
    if let firstInside { changes += self.changes(inside: firstInside, language) }
    return changes
  }

  /// What one of the ways of counting decides.
  private func change(_ axis: Axis, _ language: Language) -> String {
    let values = axis.values.map { value -> String in
      let readings = window.openReadings.keeping(axis, value)
      let isInside = readings.members.allSatisfy { insideOn.contains($0) }
      let isOutside = readings.members.allSatisfy { !maybeInsideOn.contains($0) }
      let result =
        isInside
        ? Text("di dalam", "inside")[language]
        : isOutside
          ? Text("di luar", "outside")[language] : Text("masih diperdebatkan", "still open")[language]
      return "\(axis.phrase(value)[language]): \(result)"
    }
    return "\(axis.phrase(in: window)[language]) (\(values.joined(separator: ", ")))"
  }

  /// What would change a verdict about an act of which some day is inside.
  private func changes(inside firstInside: CivilDate, _ language: Language) -> [String] {
    var changes: [String] = []
    switch outcome {
    case .inside, .approvalMismatch, .approvedLate, .depends:
      changes.append(
        Text(
          "persetujuan tertulis Menteri bertanggal paling lambat \(firstInside.written(.indonesian)) yang lampirannya memuat orang dan jabatan ini: disetujui",
          "a written approval of the Minister dated \(firstInside.written(.english)) or before whose annex lists this person and post: approved"
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
            "jadwal yang menggeser \(window.anchorKind.phrase.indonesian) sehingga masa larangan mulai setelah \(firstInside.written(.indonesian)), atau berakhir sebelumnya: di luar",
            "a schedule that moves the \(window.anchorKind.phrase.english) so that the window opens after \(firstInside.written(.english)), or closes before it: outside"
          )[language])
      }
    case .approved:
      changes.append(
        Text(
          "lampiran yang ternyata tidak memuat orang dan jabatan ini, atau tertanggal setelah \(firstInside.written(.indonesian))",
          "an annex that turns out not to list this person and post, or dated after \(firstInside.written(.english))"
        )[language]
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
  package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
