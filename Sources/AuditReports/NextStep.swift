import AuditBase
import FreezeRules

extension Judgement {
  /// What to do about the record, as one sentence; `nil` where there is nothing to do.
  ///
  /// What is still to come can be put off; what is done is reported, cleared up or taken back.
  package func nextStep(_ language: Language, knownOn: CivilDate) -> String? {
    let letterBy = letterBy.map { $0.written(language) } ?? "-"
    let isToCome = verdicts.flatMap(\.insideDates).contains { field in
      action.date(field).span.map { $0.last > knownOn } ?? false
    }
    let order = Text(
      "pertek BKN (I-MUT), permohonan SI-OLA, surat Menteri, SK, pelantikan, laporan dalam 7 hari kerja",
      "BKN pertek (I-MUT), SI-OLA application, the Minister's letter, decree, oath, report within 7 working days"
    )
    let text: Text
    switch outcome {
    case .inside, .depends:
      text =
        isToCome
        ? Text(
          "tunda sampai ada surat persetujuan Menteri bertanggal paling lambat \(letterBy) (\(order.indonesian)); atau batalkan",
          "put it off until there is a letter of the Minister dated \(letterBy) or before (\(order.english)); or cancel it"
        )
        : Text(
          "cari surat persetujuan Menteri bertanggal paling lambat \(letterBy) yang lampirannya memuat orang dan jabatan ini; bila tidak ada, klarifikasi kepada Kemendagri atau batalkan",
          "look for a letter of the Minister dated \(letterBy) or before whose annex lists this person and post; if there is none, clear it up with the Ministry or cancel the act"
        )
    case .approvalMismatch:
      text = Text(
        "cocokkan lampiran surat orang demi orang; yang tidak tercantum memerlukan surat tersendiri atau dibatalkan",
        "compare the annex person by person; whoever is not listed needs a letter of their own, or the act is cancelled"
      )
    case .approvedLate:
      text = Text(
        "tanyakan kepada Kemendagri apakah surat itu berlaku bagi tindakan yang mendahuluinya; bila tidak, batalkan",
        "ask the Ministry whether the letter holds for an act before it; if not, cancel the act")
    case .reversal:
      text = Text(
        "pastikan SK yang dibatalkan disebut dengan benar, dan tanyakan kepada Kemendagri apakah pembatalan ini memerlukan persetujuan",
        "make sure that the revoked decree is named rightly, and ask the Ministry whether this reversal needs approval"
      )
    case .unjudgeable:
      text = Text(
        "lengkapi tanggal atau jenisnya dari SK asli, lalu periksa lagi",
        "complete its dates or its kind from the decree itself, then check again")
    case .approved:
      text = Text(
        "simpan surat dan lampirannya bersama SK; laporkan dalam 7 hari kerja sesudah pelantikan",
        "keep letter and annex with the decree; report within 7 working days after the oath")
    case .notCovered, .outside: return nil
    }
    return text[language]
  }

  /// The day that a letter of the Minister must bear at the latest: that of the first date inside.
  package var letterBy: CivilDate? {
    switch outcome {
    case .inside, .approvalMismatch, .approvedLate, .depends: verdicts.compactMap(\.firstInside).min()
    default: nil
    }
  }
}

extension CivilDate {
  /// `22 Maret 2024`.
  package func written(_ language: Language) -> String {
    let months: [String] =
      switch language {
      case .indonesian:
        [
          "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember",
        ]
      case .english:
        [
          "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December",
        ]
      }
    return "\(day) \(months[month - 1]) \(year)"
  }
}
