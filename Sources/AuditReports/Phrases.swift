import AuditBase
import FreezeRules

extension Outcome {
  /// A few words for people.
  package var phrase: Text {
    switch self {
    case .inside: Text("di dalam masa larangan", "inside the frozen period")
    case .approvalMismatch:
      Text(
        "surat persetujuan tidak memuat orang dan jabatan ini",
        "the approval letter does not list this person and post")
    case .approvedLate:
      Text("persetujuan terbit setelah tindakan", "approved only after the act")
    case .depends:
      Text(
        "tergantung cara menghitung atau hari pastinya",
        "depends on how it is counted or on the exact day")
    case .reversal:
      Text("pembatalan di dalam masa larangan", "a reversal inside the frozen period")
    case .unjudgeable: Text("tidak dapat dinilai", "cannot be judged")
    case .approved: Text("disetujui lebih dulu", "approved beforehand")
    case .notCovered: Text("di luar cakupan aturan", "not covered by the rule")
    case .outside: Text("di luar masa larangan", "outside the frozen period")
    }
  }
}

extension Outcome {
  /// The outcome in a few words; what "depends" hangs on is said as far as it is one thing.
  /// - Parameters:
  ///   - axes: whether it hangs on a way of counting.
  ///   - isPartial: whether it hangs on a date known in part.
  ///   - notes: those of the verdict.
  package func phrase(axes: Bool, isPartial: Bool, notes: [Note]) -> Text {
    guard self == .depends else { return phrase }
    let disputes = notes.compactMap(Dispute.init).map(\.question)
    let reasons =
      disputes + (axes ? [Text("cara menghitung", "how it is counted")] : [])
      + (isPartial ? [Text("hari pastinya", "the exact day")] : [])
    if let reason = reasons.first, reasons.count == 1 {
      return Text("tergantung \(reason.indonesian)", "depends on \(reason.english)")
    }
    return disputes.isEmpty
      ? phrase : Text("tergantung hal yang belum pasti", "depends on what is not certain")
  }
}

extension Verdict {
  /// ``Outcome/phrase(axes:isPartial:notes:)``
  package var phrase: Text {
    outcome.phrase(axes: !dependsOn.isEmpty, isPartial: hangsOnPartialDate, notes: notes)
  }
}

extension Judgement {
  /// ``Verdict/phrase`` of the verdict that makes the outcome; beyond the calendar none does.
  package var phrase: Text { verdicts.first { $0.outcome == outcome }.map(\.phrase) ?? outcome.phrase }
}

extension DateField {
  /// The term of the trade.
  package var phrase: Text {
    switch self {
    case .decreeDate: Text("tanggal SK", "decree date")
    case .effectiveDate: Text("TMT", "effective date (TMT)")
    case .inauguratedOn: Text("tanggal pelantikan", "inauguration date")
    }
  }
}

extension Axis {
  /// The question that the axis leaves open in a window.
  package func phrase(in window: Window) -> Text {
    let anchor = window.anchorKind.phrase
    return switch self {
    case .boundary: Text("apakah hari batas ikut dihitung", "whether the boundary day counts")
    case .direction where window.version.opens.months != 0:
      Text(
        "dihitung mundur dari \(anchor.indonesian) atau maju dari tindakan",
        "counted back from the \(anchor.english) or forward from the act")
    case .direction:
      Text(
        "dihitung maju dari \(anchor.indonesian) atau mundur dari tindakan",
        "counted forward from the \(anchor.english) or back from the act")
    case .monthEnd: Text("pembulatan akhir bulan", "how a missing month end is rounded")
    }
  }

  /// One of ``values``, in words.
  package func phrase(_ value: String) -> Text {
    switch value {
    case "included": Text("ikut dihitung", "included")
    case "excluded": Text("tidak ikut dihitung", "excluded")
    case "back": Text("mundur", "back")
    case "forward": Text("maju", "forward")
    case "down": Text("ke akhir bulan itu", "down")
    case "up": Text("ke awal bulan berikutnya", "up")
    default: Text(value, value)
    }
  }
}

extension PostClass {
  /// A few words for people.
  package var phrase: Text {
    switch self {
    case .structural: Text("struktural", "structural")
    case .schoolHead: Text("kepala sekolah", "head of a school")
    case .healthCentreHead: Text("kepala puskesmas", "head of a health centre")
    case .unitHead: Text("kepala unit (tugas tambahan)", "head of a unit (additional duty)")
    case .functional: Text("fungsional", "functional")
    case .pelaksana: Text("pelaksana", "staff (pelaksana)")
    case .acting: Text("Plt./Plh.", "stand-in (Plt./Plh.)")
    case .villageOfficer: Text("kepala atau perangkat desa", "village officer")
    case .enterpriseDirector: Text("direksi BUMD", "director of a regional enterprise")
    case .unknown: Text("tidak disebutkan", "not said")
    }
  }
}

extension Note {
  /// A few words for people.
  package var phrase: Text {
    switch self {
    case .kindDiffers:
      Text(
        "jenis yang dicatat berbeda dari jabatan sebelum dan sesudah",
        "the recorded kind differs from the posts before and after")
    case .lowerEchelonSameTier:
      Text("eselon lebih rendah pada tingkat yang sama", "a lower echelon in the same tier")
    case .possibleBackdating:
      Text(
        "mungkin bertanggal mundur: baru dicatat di dalam masa larangan",
        "possibly back-dated: first recorded inside the window")
    case .coverageAssumed: Text("cakupan jabatan diandaikan", "coverage of the post is assumed")
    case .approvalAsRecorded:
      Text(
        "persetujuan menurut catatan itu sendiri, belum dicocokkan dengan lampiran",
        "approval as the record has it, not matched with an annex")
    case .approvalUndated:
      Text(
        "persetujuan tanpa tanggal tidak membuktikan apa pun",
        "an approval without a date settles nothing")
    case .approvalDateUnreadable:
      Text("tanggal persetujuan tidak terbaca", "the date of the approval cannot be read")
    case .approvalOtherPost:
      Text(
        "lampiran memuat orang ini untuk jabatan lain", "the annex lists this person for another post"
      )
    case .approvalPostUnchecked:
      Text(
        "jabatan dalam lampiran tidak dapat dicocokkan", "the post in the annex could not be compared"
      )
    case .partialDate:
      Text(
        "tanggal hanya diketahui sampai bulan atau tahun", "a date is known to the month or year only"
      )
    case .unreadableDate: Text("ada tanggal yang tidak terbaca", "a date cannot be read")
    case .nipDamaged: Text("NIP tidak utuh", "the NIP is damaged")
    case .duplicateActionID:
      Text(
        "ID dipakai lebih dari satu catatan", "the id is used by more than one record")
    case .shortRow:
      Text("baris lebih pendek dari kepala tabel", "the row has fewer cells than the header of its table")
    case .unreadableLine:
      Text("baris berkas tidak terbaca", "the line of the file cannot be read")
    case .encodingRepaired: Text("ada teks yang bukan UTF-8", "some text was not UTF-8")
    case .noRuleInForce:
      Text("belum ada aturan yang berlaku pada tanggal itu", "no rule was in force on that date")
    case .regionUnknown: Text("wilayah tidak diketahui", "the region is not known")
    case .regionElsewhere:
      Text(
        "wilayah pada catatan bukan wilayah instansi ini; dinilai menurut keduanya; periksa wilayahnya",
        "the record names a region that is not this site's; judged by both; check the region")
    case .calendarEnds:
      Text("tanggalnya di luar jangkauan kalender", "a date lies beyond the end of the calendar")
    case .factUnknown:
      Text(
        "kesimpulan tergantung hari yang belum diketahui", "the answer depends on a day that nobody knows")
    case .governorElection:
      Text(
        "hanya pemilihan gubernur; apakah mengikat kabupaten/kota belum pernah diputus",
        "the governor's election alone; whether it binds regencies was never ruled")
    case .contradictsItself:
      Text(
        "catatan bertentangan: label atau penugasannya bukan penggantian, jabatan, eselon atau pelantikannya menunjukkan penggantian",
        "the record contradicts itself: label or assignment say no replacement, its posts, echelon or oath say one"
      )
    case .revokedNotFound:
      Text(
        "tindakan yang dicabut tidak ditemukan, atau milik orang lain",
        "the act it revokes was not found, or is another person's")
    case .approvalWithoutNumber:
      Text(
        "persetujuan tanpa nomor surat tidak dihitung", "an approval without a letter number does not count")
    case .approvalBeforeLaw:
      Text(
        "surat yang lebih tua dari aturannya tidak dihitung", "a letter older than the law does not count")
    case .approvalDoesNotHelp:
      Text(
        "aturan ini tidak mengenal persetujuan", "this rule knows no approval")
    }
  }
}

extension Window {
  /// Such as `Pasal 71 ayat (2)`.
  package var ruleTitle: String { version.citation }

  /// `22 Maret 2024 s.d. 22 September 2024`.
  package func span(_ language: Language) -> String { written(language) }

  /// The span, and the day it is counted from with its instrument.
  package func counted(_ language: Language) -> String {
    let event =
      anchorKind == .determination
      ? Text("penetapan pasangan calon", "determination of candidates") : anchorKind.phrase
    return span(language) + ", " + Text("dihitung dari ", "counted from the ")[language]
      + "\(event[language]) \(anchor.value.text(language)) (\(anchor.instrument))"
  }
}

extension ApprovalFinding {
  /// What was found, as a clause.
  package var phrase: Text {
    let letter = letterNo.map { PlainText.line($0, limit: 80) } ?? "-"
    let date = (letterDate?.written(.indonesian) ?? "-", letterDate?.written(.english) ?? "-")
    return switch standing {
    case .before:
      Text(
        "disetujui Menteri (\(letter), \(date.0))", "approved by the Minister (\(letter), \(date.1))")
    case .after:
      letterDate?.isExact == false
        ? Text(
          "persetujuan \(letter) bertanggal \(date.0)", "the approval \(letter) is dated \(date.1)")
        : Text(
          "persetujuan \(letter) baru terbit \(date.0)", "the approval \(letter) came only on \(date.1)")
    case .unreadableDate:
      Text(
        "tanggal persetujuan \(letter) tidak terbaca (\(PlainText.line(dateAsFound ?? "-", limit: 40)))",
        "the date of approval \(letter) cannot be read (\(PlainText.line(dateAsFound ?? "-", limit: 40)))")
    case .undated:
      Text("persetujuan \(letter) tidak bertanggal", "the approval \(letter) has no date")
    case .otherPost:
      Text(
        "persetujuan \(letter) untuk jabatan lain", "the approval \(letter) is for another post")
    case .notInAnnex:
      Text(
        "lampiran persetujuan \(letter) tidak memuat orang dan jabatan ini",
        "the annex of \(letter) does not list this person and post")
    case .none:
      Text(
        "tidak ditemukan persetujuan tertulis Menteri",
        "no written approval of the Minister was found")
    }
  }
}

/// The shipped rules by the article that people know them by.
package enum RuleName {
  /// `Pasal 71 ayat (2)` for `pasal-71-2`; a rule of a site's own by its id.
  package static func phrase(_ id: String) -> Text {
    switch id {
    case "pasal-71-2": Text(same: "Pasal 71 ayat (2)")
    case "pasal-71-2-tail":
      Text("Pasal 71 ayat (2), sesudah penetapan", "Pasal 71 ayat (2), after the determination")
    case "pasal-162-3": Text(same: "Pasal 162 ayat (3)")
    case "pp-49-2008-132a": Text(same: "PP 49/2008 Pasal 132A")
    default: Text(same: PlainText.line(id, limit: 60))
    }
  }
}
