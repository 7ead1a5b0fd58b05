import AuditBase
import Testing

@testable import AuditReports

/// What the ledger keeps as a code is told in words, in both languages; what is in no known form stays as it is.
@Suite("Reasons in words") struct ReasonWordsTests {
  @Test(arguments: [
    ("new", "baru", "new"),
    (
      "record changed: now outside: decree_date 2024-05-02 -> 2024-01-02",
      "catatannya berubah, kini di luar masa larangan: tanggal SK 2 Mei 2024 menjadi 2 Januari 2024",
      "the record changed, now outside the frozen period: decree date 2 May 2024 to 2 January 2024"
    ),
    (
      "record changed: employee_name, post_to Camat, A -> Camat, B",
      "catatannya berubah: nama, jabatan baru Camat, A menjadi Camat, B",
      "the record changed: name, new post Camat, A to Camat, B"
    ),
    (
      "alert again: record changed: revokes - -> 9",
      "muncul lagi: catatannya berubah: SK yang dicabut - menjadi 9",
      "alert again: the record changed: revoked decree - to 9"
    ),
    (
      "schedule changed: 2024-09-22 (PKPU 2/2024) -> 2024-11-22 (PKPU 8/2024)",
      "jadwal berubah: 22 September 2024 (PKPU 2/2024) menjadi 22 November 2024 (PKPU 8/2024)",
      "schedule changed: 22 September 2024 (PKPU 2/2024) to 22 November 2024 (PKPU 8/2024)"
    ),
    (
      "outcome changed: inside -> depends",
      "kesimpulan berubah: di dalam masa larangan menjadi tergantung cara menghitung atau hari pastinya",
      "outcome changed: inside the frozen period to depends on how it is counted or on the exact day"
    ),
    (
      "before alert_since 2025-01-01", "sebelum 1 Januari 2025 (alert_since)",
      "before 1 January 2025 (alert_since)"
    ),
    (
      "by Kabid Mutasi until 2026-12-31", "oleh Kabid Mutasi sampai 31 Desember 2026",
      "by Kabid Mutasi until 31 December 2026"
    ),
    (
      "letter-requested by Kabid on 2026-11-25: surat 12",
      "surat persetujuan diminta oleh Kabid, 25 November 2026: surat 12",
      "letter requested by Kabid, 25 November 2026: surat 12"
    ),
    (
      "13 unjudgeable, 2 duplicated action_id (a, b), 1 possible_backdating (mundur-1)",
      "13 tidak dapat dinilai, 2 ID dipakai lebih dari satu catatan (a, b), 1 mungkin bertanggal mundur (mundur-1)",
      "13 cannot be judged, 2 ids that more than one record bears (a, b), 1 possibly back-dated (mundur-1)"
    ),
    (
      "2 unjudgeable, 2 duplicated action_id", "2 tidak dapat dinilai, 2 ID dipakai lebih dari satu catatan",
      "2 cannot be judged, 2 ids that more than one record bears"
    ),
    (
      "approved: 100/OTDA, 2024-03-20; not known when the alert was raised",
      "disetujui: 100/OTDA, 20 Maret 2024; belum diketahui ketika peringatannya terbit",
      "approved: 100/OTDA, 20 March 2024; not known when the alert was raised"
    ),
    ("<script>alert(1)</script>", "<script>alert(1)</script>", "<script>alert(1)</script>"), ("", "", ""),
  ])
  func words(_ reason: String, _ indonesian: String, _ english: String) {
    #expect(ReasonWords.text(reason, .indonesian) == indonesian)
    #expect(ReasonWords.text(reason, .english) == english)
  }
}
