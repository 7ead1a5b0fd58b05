import AuditBase
import FreezeRules

/// What to do about an act, from what was found, the days that count, and today. The report says it of a judgement, the mail
/// of what the ledger tells.
package struct NextStep: Sendable {
  /// What was found.
  package let outcome: Outcome
  /// When the act takes hold.
  package let actDay: ActDay?
  /// The day that a letter of the Minister must bear at the latest.
  package let letterBy: CivilDate?
  /// Today.
  package let today: CivilDate
  /// For the report to the Minister.
  package let workingDays: WorkingDays

  /// A step of these parts.
  package init(
    _ outcome: Outcome, actDay: ActDay?, letterBy: CivilDate?, today: CivilDate,
    workingDays: WorkingDays = .shipped
  ) {
    self.outcome = outcome
    self.actDay = actDay
    self.letterBy = letterBy
    self.today = today
    self.workingDays = workingDays
  }

  /// The order of a lawful act inside the window.
  package static let lawfulOrder = Text(
    "pertek BKN (I-MUT), permohonan SI-OLA, surat persetujuan Menteri, SK, pelantikan, laporan dalam 7 hari kerja",
    "BKN pertek (I-MUT), SI-OLA application, the Minister's letter of approval, decree, oath, report within 7 working days"
  )

  /// The day until which the act is to be reported to the Minister: 7 working days after it.
  package var reportBy: CivilDate? {
    guard let span = actDay?.span, span.isExact else { return nil }
    return workingDays.day(7, after: span.first)
  }

  /// One sentence without a full stop, `nil` where there is nothing to do.
  package var text: Text? {
    switch outcome {
    case .inside, .depends, .approvalMismatch, .approvedLate:
      guard let day = actDay, day.isAhead(on: today) else { return past }
      return ahead(day)
    case .reversal:
      return Text(
        "pastikan SK yang dibatalkan disebut dengan benar, dan tanyakan kepada Kemendagri apakah pembatalan ini memerlukan persetujuan",
        "make sure that the revoked decree is named rightly, and ask the Ministry whether this reversal needs approval"
      )
    case .unjudgeable:
      return Text(
        "lengkapi tanggal atau jenisnya dari SK asli, lalu periksa lagi",
        "complete its dates or its kind from the decree itself, then check again")
    case .approved:
      return Text(
        "simpan surat dan lampirannya bersama SK; laporkan dalam 7 hari kerja sesudah pelantikan",
        "keep letter and annex with the decree; report within 7 working days after the oath")
    case .notCovered, .outside: return nil
    }
  }

  /// Somebody can still put it off.
  private func ahead(_ day: ActDay) -> Text {
    let when = AheadText.day(day, on: today)
    let order = Self.lawfulOrder
    switch outcome {
    case .approvalMismatch:
      return Text(
        "tunda (\(when.indonesian)) bagi yang tidak tercantum dalam lampiran surat Menteri, sampai ada surat tersendiri; atau keluarkan dari SK",
        "put it off (\(when.english)) for whoever the annex of the Minister's letter does not list, until there is a letter of their own; or take them off the decree"
      )
    case .approvedLate:
      return Text(
        "tunda (\(when.indonesian)); suratnya bertanggal sesudah SK ini: terbitkan SK baru sesudah surat itu, atau tanyakan kepada Kemendagri lebih dulu",
        "put it off (\(when.english)); the letter is dated after this decree: issue a new decree after the letter, or ask the Ministry first"
      )
    default: break
    }
    guard let letterBy, letterBy < today else {
      let by = letterBy.map { ($0.written(.indonesian), $0.written(.english)) } ?? ("-", "-")
      return Text(
        "tunda (\(when.indonesian)) sampai ada surat persetujuan Menteri bertanggal paling lambat \(by.0) yang lampirannya memuat orang dan jabatan ini (urutan yang sah: \(order.indonesian)); atau batalkan",
        "put it off (\(when.english)) until there is a letter of the Minister dated \(by.1) or before whose annex lists this person and post (the lawful order: \(order.english)); or cancel it"
      )
    }
    return Text(
      "tunda (\(when.indonesian)); batas surat Menteri sudah lewat (\(letterBy.written(.indonesian))): tempuh urutan yang sah (\(order.indonesian)) dengan SK baru sesudah surat itu; atau batalkan",
      "put it off (\(when.english)); the last day for the Minister's letter is over (\(letterBy.written(.english))): go through the lawful order (\(order.english)) with a new decree after the letter; or cancel it"
    )
  }

  /// What is done is proved, reported, cleared up or taken back.
  private var past: Text {
    let report = reportSentence
    switch outcome {
    case .approvalMismatch:
      return Text(
        "cocokkan lampiran surat orang demi orang; yang tidak tercantum: klarifikasi kepada Kemendagri, surat tersendiri, atau pembatalan\(report.indonesian)",
        "compare the annex person by person; whoever is not listed: clear it up with the Ministry, a letter of their own, or cancel\(report.english)"
      )
    case .approvedLate:
      return Text(
        "tanyakan kepada Kemendagri apakah surat itu berlaku bagi tindakan yang mendahuluinya; bila tidak, batalkan\(report.indonesian)",
        "ask the Ministry whether the letter holds for an act before it; if not, cancel it\(report.english)")
    default:
      let by = letterBy.map { ($0.written(.indonesian), $0.written(.english)) } ?? ("-", "-")
      return Text(
        "cari surat persetujuan Menteri bertanggal paling lambat \(by.0) yang lampirannya memuat orang dan jabatan ini; bila tidak ada, klarifikasi kepada Kemendagri atau batalkan\(report.indonesian)",
        "look for a letter of the Minister dated \(by.1) or before whose annex lists this person and post; if there is none, clear it up with the Ministry or cancel the act\(report.english)"
      )
    }
  }

  /// `; laporan kepada Menteri paling lambat 3 April 2024 (7 hari kerja sesudah 22 Maret 2024)`.
  private var reportSentence: Text {
    guard let due = reportBy, let day = actDay?.span.first else { return Text("", "") }
    let isKnown = (day.year...due.year).allSatisfy(workingDays.knows)
    let counted =
      isKnown
      ? Text("", "")
      : Text(", hari libur nasional belum diperhitungkan", ", public holidays not taken into account")
    return Text(
      "; laporan kepada Menteri paling lambat \(due.written(.indonesian)) (7 hari kerja sesudah \(day.written(.indonesian))\(counted.indonesian))",
      "; report to the Minister by \(due.written(.english)) (7 working days after \(day.written(.english))\(counted.english))"
    )
  }
}

extension Judgement {
  /// What to do about the record.
  package func step(on today: CivilDate, _ workingDays: WorkingDays = .shipped) -> NextStep {
    NextStep(
      outcome, actDay: action.actDay, letterBy: letterBy, today: today, workingDays: workingDays)
  }

  /// What to do about the record, as one sentence; `nil` where there is nothing to do.
  package func nextStep(
    _ language: Language, knownOn: CivilDate, _ workingDays: WorkingDays = .shipped
  ) -> String? {
    guard outcome == .unjudgeable, !missing.isEmpty else {
      return step(on: knownOn, workingDays).text?[language]
    }
    // Nothing in the decree settles what the calendar does not know.
    let wanted =
      missing.settling(language)
      + (isRecordAmiss ? [step(on: knownOn, workingDays).text?[language]].compactMap(\.self) : [])
    return Text("lengkapi: ", "supply: ")[language] + wanted.joined(separator: "; ")
  }

  /// The day that a letter of the Minister must bear at the latest: that of the first date inside.
  package var letterBy: CivilDate? {
    switch outcome {
    case .inside, .approvalMismatch, .approvedLate, .depends: verdicts.lazy.compactMap(\.firstInside).min()
    default: nil
    }
  }
}
