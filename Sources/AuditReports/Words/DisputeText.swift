import AuditBase
import FreezeRules

/// A question that the record or the law leaves open and that the verdict "depends" hangs on, beside the readings of the
/// law and dates known in part.
struct Dispute {
  /// Follows "depends on".
  let question: Text
  /// What would settle it, as one clause.
  let settledBy: Text

  init?(_ note: Note) {
    switch note {
    case .contradictsItself:
      question = Text("apa sebenarnya tindakan ini", "what the act really was")
      settledBy = Text(
        "SK dan jabatan sebelum dan sesudahnya, yang menunjukkan penggantian pejabat atau bukan",
        "the decree and the posts before and after, which show whether an official was replaced")
    case .governorElection:
      question = Text(
        "apakah pemilihan gubernur mengikat kabupaten/kota",
        "whether a governor's election binds regencies and cities")
      settledBy = Text(
        "putusan atau surat yang menyatakan apakah pemilihan gubernur mengikat kabupaten/kota",
        "a ruling or letter that says whether a governor's election binds regencies and cities")
    case .regionElsewhere:
      question = Text(
        "wilayah mana yang benar, yang tertulis pada catatan atau wilayah instansi ini",
        "which region is right, the record's or this site's own")
      settledBy = Text(
        "wilayah yang benar pada catatan: pejabat yang menetapkan SK menentukannya",
        "the right region in the record: whoever issued the decree decides it")
    default: return nil
    }
  }
}

extension Verdict {
  /// The questions in dispute, none unless the verdict hangs on something.
  var disputes: [Dispute] { outcome == .depends ? notes.compactMap(Dispute.init) : [] }
}
