import AuditBase
import FreezeRules

/// The words of our own sentences, and the months: what a finished sentence says beside the texts of its record.
///
/// A sentence is made of fields that were masked before, so nothing has to be looked for in it. Only what an older version wrote,
/// or one that was told to write in full, is masked as a whole: then a person called Mei must not spoil the day.
enum OwnWords {
  /// In lower case.
  static let all: Set<String> = {
    let months = MonthNames.indonesian + MonthNames.english
    let shorts = (1...12).flatMap { [MonthNames.short($0, .indonesian), MonthNames.short($0, .english)] }
    let texts: [Text] =
      AlertText.Lead.allCases.map(\.text) + AlertText.Label.allCases.map(\.text)
      + Outcome.allCases.map(\.phrase) + Note.allCases.map(\.phrase) + DateField.allCases.map(\.phrase)
      + AnswerState.allCases.map(\.phrase)
      + Note.allCases.compactMap(Dispute.init).flatMap { [$0.question, $0.settledBy] }
      + PersonnelAction.Field.allCases.map(\.phrase) + [NextStep.lawfulOrder, sentences]
    let written = months + shorts + texts.flatMap { [$0.indonesian, $0.english] }
    return Set(written.flatMap { $0.lowercased().split { !$0.isLetter }.map(String.init) })
  }()

  /// What is written around the fields of a record.
  private static let sentences = Text(
    """
    a.n. SK tanggal TMT pelantikan jatuh di dalam mungkin masa larangan s.d. tergantung; apakah hari batas ikut dihitung mundur dari maju
    tindakan pembulatan akhir bulan pastinya perlu klarifikasi membatalkan bukan tindakan baru apakah Menteri sudah dimintai persetujuan
    disetujui bertanggal baru terbit tidak terbaca untuk jabatan lain lampiran surat tidak memuat orang dan jabatan ini ditemukan
    persetujuan tertulis Menteri dicari menurut NIP dan jabatan baru dalam data itu sendiri lampiran surat persetujuan
    data riwayat tidak ada lagi sumber Penghapusan yang pernah diperingatkan oleh sampai sebelum sesudah muncul jadwal berubah
    kesimpulan aturan kini menjadi data riwayatnya catatannya berubah diketahui ketika peringatannya terbit di luar cakupan penetapan pasangan calon
    wilayah kepala daerah pelantikan dicatat dari jabatannya orang tunda batas lewat hari lagi tempuh urutan yang sah dengan atau batalkan
    belum ditetapkan antara dan sesudahnya catatan keterangan ditanggapi UU PP PKPU MK SE Mendagri Kepmendagri Kemendagri Pasal ayat
    Kab. Kota Kabupaten Provinsi
    """,
    """
    of decree date effective inauguration falls fall inside is are may be the frozen period to depending on whether boundary day counts
    counted back from forward act how a missing month end is rounded the exact day needs clarification perlu klarifikasi revokes not a fresh
    act whether the Minister was asked approved by approval came only dated date cannot be read has no for another post annex does not list
    this person and post written no was found looked for in annexes of letters by NIP and new post record itself until before again holds
    record changed now schedule outcome rules no longer in the source deletion had an alert determination of candidates counted known
    region recorded as posts still open between or later remark acknowledged on
    """)
}
