import Testing

@testable import HRRecords

/// What may be a date of an act is told from what is none.
@Suite struct DateSuspicionTests {
  @Test(arguments: [
    ("22/03/24", true), ("22-03-24", true), ("3/22/24", true), ("24-03-22", true), ("Maret 2024", true),
    ("Jumat Kliwon 22 Maret 2024", true), ("Jumat, 22 Maret 2024", true), ("tgl. 22-03-2024", true),
    ("2024-03-22", true), ("2024-03-22T00:00:00+07:00", true), ("22 Mar 24", true),
    ("2024", false), ("12/2024", false), ("III/d", false), ("1.02.03", false), ("45/60/70", false),
    ("0811-222-333", false), ("Jl. Merdeka 22", false), ("198001012005011001", false), ("-", false),
    ("belum ada", false), ("Kepala Dinas 2 orang sejak dulu", false),
  ])
  func `a cell is suspected`(_ text: String, _ isSuspected: Bool) {
    #expect((DateSuspicion.spelling(text, soundsLikeDate: false) != nil) == isSuspected)
  }

  @Test(
    arguments: [
      ("821.2/5/2024 tanggal 22 Maret 2024", "2024-03-22"), ("821.2/5/2024, 22-03-2024", "2024-03-22"),
      ("SK Bupati No 5 tgl. 22/03/2024", "2024-03-22"), ("800/1 TANGGAL 22-03-2024", "2024-03-22"),
      ("821.2/5/2024", nil), ("821.2/5, Lampiran II", nil), ("821.2/22-03-2024", nil), ("tanggal", nil),
    ] as [(String, String?)])
  func `a date behind a decree's number is found`(_ text: String, _ day: String?) throws {
    let found = DateSuspicion.inNumber(text)
    #expect((found != nil) == (day != nil))
    if let day { #expect(found?.mayBe(DateSpelling(day)) == true) }
  }
}
