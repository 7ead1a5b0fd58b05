import AuditBase
import FreezeRules

/// What to do, and what would change the conclusion, for all acts of one kind: said once where a report has many SKs. The
/// days stand beside each SK.
struct NextStepLegend: Hashable {
  let outcome: Outcome
  /// Whether the act can still be put off.
  let isAhead: Bool

  /// What it holds for.
  var title: Text {
    let phrase = outcome.phrase
    guard outcome.level == .alert else { return phrase }
    return isAhead
      ? Text(phrase.indonesian + ", belum berlaku", phrase.english + ", not yet done")
      : Text(phrase.indonesian + ", sudah berjalan", phrase.english + ", already done")
  }

  /// What to do.
  var step: Text? {
    let order = NextStep.lawfulOrder
    switch (outcome, isAhead) {
    case (.inside, true), (.depends, true):
      return Text(
        "tunda sampai ada surat persetujuan Menteri yang lampirannya memuat orang dan jabatannya; bila batas suratnya sudah lewat, dengan SK baru sesudah surat itu (urutan yang sah: \(order.indonesian)); atau batalkan",
        "put it off until there is a letter of the Minister whose annex lists person and post; where its last day is over, with a new decree after the letter (the lawful order: \(order.english)); or cancel it"
      )
    case (.inside, false), (.depends, false):
      return Text(
        "cari surat persetujuan Menteri bertanggal paling lambat hari yang tertulis pada SK-nya, yang lampirannya memuat orang dan jabatannya; laporkan kepada Menteri; bila surat tidak ada, klarifikasi kepada Kemendagri atau batalkan",
        "look for a letter of the Minister dated no later than the day beside the decree, whose annex lists person and post; report to the Minister; if there is no letter, clear it up with the Ministry or cancel the act"
      )
    default:
      return NextStep(outcome, actDay: nil, letterBy: nil, today: .min).text
    }
  }

  /// What would change the conclusion.
  var change: Text? {
    switch outcome {
    case .inside, .approvalMismatch, .approvedLate:
      return Text(
        "surat Menteri bertanggal paling lambat hari yang tertulis pada SK-nya untuk orang dan jabatannya (menjadi disetujui); bukti bahwa kedua jabatan di luar cakupan; jadwal yang bergeser; tanggal SK, TMT atau pelantikan yang ternyata lain",
        "a letter of the Minister dated no later than the day beside the decree for person and post (then approved); proof that both posts are out of scope; a schedule that moves; a decree, effective or oath date that turns out to be another"
      )
    case .depends:
      return Text(
        "keputusan tentang cara hitung yang masih diperdebatkan, atau hari pasti dari tanggal yang tercatat hanya bulan atau tahunnya; selain itu seperti pada yang di dalam masa larangan",
        "a ruling on the way of counting that is in dispute, or the exact day of a date known to the month or year only; besides, as for what is inside"
      )
    case .reversal:
      return Text(
        "bila ternyata bukan pembatalan: di dalam masa larangan",
        "if it turns out not to be a reversal: inside the frozen period")
    case .unjudgeable:
      return Text(
        "tanggal yang terbaca, jenis tindakan yang dikenal, atau fakta yang disebut pada catatannya",
        "a date that can be read, a known kind of act, or the fact named beside the record")
    case .approved, .notCovered, .outside: return nil
    }
  }
}
