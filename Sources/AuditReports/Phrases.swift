import FreezeRules

extension Outcome {
  /// A few words for people.
  public var phrase: Bilingual {
    switch self {
    case .inside: Bilingual(id: "di dalam masa larangan", en: "inside the frozen period")
    case .approvalMismatch:
      Bilingual(
        id: "surat persetujuan tidak memuat orang dan jabatan ini",
        en: "the approval letter does not list this person and post")
    case .approvedLate:
      Bilingual(id: "persetujuan terbit setelah tindakan", en: "approved only after the act")
    case .depends:
      Bilingual(
        id: "tergantung cara menghitung atau hari pastinya",
        en: "depends on how it is counted or on the exact day")
    case .reversal:
      Bilingual(id: "pembatalan di dalam masa larangan", en: "a reversal inside the frozen period")
    case .unjudgeable: Bilingual(id: "tidak dapat dinilai", en: "cannot be judged")
    case .approved: Bilingual(id: "disetujui lebih dulu", en: "approved beforehand")
    case .notCovered: Bilingual(id: "di luar cakupan aturan", en: "not covered by the rule")
    case .outside: Bilingual(id: "di luar masa larangan", en: "outside the frozen period")
    }
  }
}

extension Verdict {
  /// The outcome in a few words; what "depends" hangs on is said as far as it is one thing.
  public var phrase: Bilingual {
    guard outcome == .depends else { return outcome.phrase }
    switch (dependsOn.isEmpty, hangsOnPartialDate) {
    case (false, false):
      return Bilingual(id: "tergantung cara menghitung", en: "depends on how it is counted")
    case (true, _): return Bilingual(id: "tergantung hari pastinya", en: "depends on the exact day")
    case (false, true): return outcome.phrase
    }
  }
}

extension Judgement {
  /// ``Verdict/phrase`` of the verdict that counts.
  public var phrase: Bilingual { verdicts.first.map(\.phrase) ?? outcome.phrase }
}

extension DateField {
  /// The term of the trade.
  public var phrase: Bilingual {
    switch self {
    case .decreeDate: Bilingual(id: "tanggal SK", en: "decree date")
    case .effectiveDate: Bilingual(id: "TMT", en: "effective date (TMT)")
    case .inauguratedOn: Bilingual(id: "tanggal pelantikan", en: "inauguration date")
    }
  }
}

extension Axis {
  /// The question that the axis leaves open.
  public var phrase: Bilingual {
    switch self {
    case .boundary: Bilingual(id: "apakah hari batas ikut dihitung", en: "whether the boundary day counts")
    case .direction:
      Bilingual(
        id: "dihitung mundur dari penetapan atau maju dari tindakan",
        en: "counted back from the determination or forward from the act")
    case .monthEnd: Bilingual(id: "pembulatan akhir bulan", en: "how a missing month end is rounded")
    }
  }

  /// One of ``values``, in words.
  public func phrase(_ value: String) -> Bilingual {
    switch value {
    case "included": Bilingual(id: "ikut dihitung", en: "included")
    case "excluded": Bilingual(id: "tidak ikut dihitung", en: "excluded")
    case "back": Bilingual(id: "mundur", en: "back")
    case "forward": Bilingual(id: "maju", en: "forward")
    case "down": Bilingual(id: "ke akhir bulan itu", en: "down")
    case "up": Bilingual(id: "ke awal bulan berikutnya", en: "up")
    default: Bilingual(id: value, en: value)
    }
  }
}

extension PostClass {
  /// A few words for people.
  public var phrase: Bilingual {
    switch self {
    case .structural: Bilingual(id: "struktural", en: "structural")
    case .schoolHead: Bilingual(id: "kepala sekolah", en: "head of a school")
    case .healthCentreHead: Bilingual(id: "kepala puskesmas", en: "head of a health centre")
    case .unitHead: Bilingual(id: "kepala unit (tugas tambahan)", en: "head of a unit (additional duty)")
    case .functional: Bilingual(id: "fungsional", en: "functional")
    case .pelaksana: Bilingual(id: "pelaksana", en: "staff (pelaksana)")
    case .acting: Bilingual(id: "Plt./Plh.", en: "stand-in (Plt./Plh.)")
    case .unknown: Bilingual(id: "tidak disebutkan", en: "not said")
    }
  }
}

extension Note {
  /// A few words for people.
  public var phrase: Bilingual {
    switch self {
    case .kindDiffers:
      Bilingual(
        id: "jenis yang dicatat berbeda dari jabatan sebelum dan sesudah",
        en: "the recorded kind differs from the posts before and after")
    case .lowerEchelonSameTier:
      Bilingual(id: "eselon lebih rendah pada tingkat yang sama", en: "a lower echelon in the same tier")
    case .possibleBackdating:
      Bilingual(
        id: "mungkin bertanggal mundur: baru dicatat di dalam jendela",
        en: "possibly back-dated: first recorded inside the window")
    case .coverageAssumed: Bilingual(id: "cakupan jabatan diandaikan", en: "coverage of the post is assumed")
    case .approvalAsRecorded:
      Bilingual(
        id: "persetujuan menurut catatan itu sendiri, belum dicocokkan dengan lampiran",
        en: "approval as the record has it, not matched with an annex")
    case .approvalUndated:
      Bilingual(
        id: "persetujuan tanpa tanggal tidak membuktikan apa pun",
        en: "an approval without a date settles nothing")
    case .approvalOtherPost:
      Bilingual(
        id: "lampiran memuat orang ini untuk jabatan lain", en: "the annex lists this person for another post"
      )
    case .approvalPostUnchecked:
      Bilingual(
        id: "jabatan dalam lampiran tidak dapat dicocokkan", en: "the post in the annex could not be compared"
      )
    case .partialDate:
      Bilingual(
        id: "tanggal hanya diketahui sampai bulan atau tahun", en: "a date is known to the month or year only"
      )
    case .unreadableDate: Bilingual(id: "ada tanggal yang tidak terbaca", en: "a date cannot be read")
    case .nipDamaged: Bilingual(id: "NIP tidak utuh", en: "the NIP is damaged")
    case .duplicateActionID:
      Bilingual(
        id: "action_id dipakai lebih dari satu catatan", en: "the action_id is used by more than one record")
    case .unreadableLine:
      Bilingual(id: "baris berkas tidak terbaca", en: "the line of the file cannot be read")
    case .encodingRepaired: Bilingual(id: "ada teks yang bukan UTF-8", en: "some text was not UTF-8")
    case .noRuleInForce:
      Bilingual(id: "belum ada aturan yang berlaku pada tanggal itu", en: "no rule was in force on that date")
    case .regionUnknown: Bilingual(id: "wilayah tidak diketahui", en: "the region is not known")
    }
  }
}

extension Window {
  /// Such as `Pasal 71 ayat (2)`.
  public var ruleTitle: String { version.citation }

  /// `2024-03-22 s.d. 2024-09-22`.
  public func span(_ language: Language) -> String {
    let end = closes?.description ?? Bilingual(id: "belum diketahui", en: "not known yet")[language]
    return "\(earliest) " + Bilingual(id: "s.d.", en: "to")[language] + " \(end)"
  }
}

extension ApprovalFinding {
  /// What was found, as a clause.
  public var phrase: Bilingual {
    let letter = letterNo.map { PlainText.line($0, limit: 80) } ?? "-"
    let date = letterDate?.description ?? "-"
    return switch standing {
    case .before:
      Bilingual(
        id: "disetujui Menteri (\(letter), \(date))", en: "approved by the Minister (\(letter), \(date))")
    case .after:
      letterDate?.isExact == false
        ? Bilingual(
          id: "persetujuan \(letter) bertanggal \(date)", en: "the approval \(letter) is dated \(date)")
        : Bilingual(
          id: "persetujuan \(letter) baru terbit \(date)", en: "the approval \(letter) came only on \(date)")
    case .undated:
      Bilingual(id: "persetujuan \(letter) tidak bertanggal", en: "the approval \(letter) has no date")
    case .otherPost:
      Bilingual(
        id: "persetujuan \(letter) untuk jabatan lain", en: "the approval \(letter) is for another post")
    case .notInAnnex:
      Bilingual(
        id: "lampiran persetujuan \(letter) tidak memuat orang dan jabatan ini",
        en: "the annex of \(letter) does not list this person and post")
    case .none:
      Bilingual(
        id: "tidak ditemukan persetujuan tertulis Menteri",
        en: "no written approval of the Minister was found")
    }
  }
}
