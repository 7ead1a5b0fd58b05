import FreezeRules
import RuleFiles
import Testing

@testable import HRRecords

/// Every spelling of the field, and what it must be read as: a day, a month, a year, `absent` or `unreadable`.
@Suite struct DirtyDateTests {
  @Test func theOriginalSpellingIsKept() {
    #expect(DirtyDate.read("22 Maret 2024").original == "22 Maret 2024")
    #expect(DirtyDate.read("besok") == .unreadable(original: "besok"))
    #expect(DirtyDate.read(" 0000-00-00 ") == .absent(original: " 0000-00-00 "))
  }

  @Test func nullIsAbsentWithoutText() { #expect(DirtyDate.read(nil) == .absent(original: nil)) }

  @Test func everyDayOfTenYearsIsReadInEverySpelling() throws {
    let months = [
      "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
      "November",
      "Desember",
    ]
    var day = try #require(CivilDate(year: 2016, month: 1, day: 1))
    let last = try #require(CivilDate(year: 2026, month: 1, day: 1))
    while day < last {
      let iso = day.description
      let (y, m, d) = (String(iso.prefix(4)), String(iso.dropFirst(5).prefix(2)), String(iso.suffix(2)))
      for text in [
        iso, "\(d)-\(m)-\(y)", "\(d)/\(m)/\(y)", "\(day.day) \(months[day.month - 1]) \(y)", y + m + d,
      ] {
        guard case .known(let span, _) = DirtyDate.read(text), span.isExact, span.first == day else {
          Issue.record("\(text) was not read as \(day)")
          return
        }
      }
      day = try #require(day.adding(days: 1))
    }
  }

  @Test(arguments: [
    ("2024-03-21 17:30:00+00", "2024-03-22"), ("2024-03-21T17:30:00Z", "2024-03-22"),
    ("2024-03-21 16:59:59Z", "2024-03-21"), ("2024-03-22 00:00:00+07", "2024-03-22"),
    ("2024-03-22 00:00:00", "2024-03-22"), ("2024-03-22", "2024-03-22"),
    ("2024-03-22 00:30+0900", "2024-03-21"),
  ])
  func anInstantIsTheDayInTheZoneOfTheRegion(_ text: String, _ day: String) {
    #expect(DirtyDate.read(text, zone: .wib).span?.description == day)
  }
}

/// The columns that say "there is a letter" and "this undoes another act": a word for "none" must not say so.
@Suite struct ReferenceCells {
  static func act(_ column: ContractColumn, _ text: String) -> PersonnelAction {
    PersonnelAction(cells: { $0 == column ? text : nil }, place: "1", region: nil, zone: .wib)
  }

  @Test(arguments: [
    "0", "00", "-", "—", ".", "n/a", "NULL", "none", "False", "N", "tidak", "Tidak ada", "belum ada",
    "kosong", "NIHIL",
    " ", "0.0",
  ])
  func `a word for nothing is no reference`(text: String) {
    #expect(Self.act(.revokes, text).revokes == nil)
    #expect(Self.act(.approvalNo, text).approvalNo == nil)
  }

  @Test(arguments: ["7", "821/1", "X/OTDA", "100.2.2.6/4407/OTDA", "SK 0", "000123"])
  func `anything else is`(text: String) {
    #expect(Self.act(.revokes, text).revokes == text)
    #expect(Self.act(.approvalNo, text).approvalNo == text)
  }

  @Test(arguments: [
    ("2024-03-22 00:30 WIB", "2024-03-22"), ("2024-03-21 23:30 WIT", "2024-03-21"),
    ("2024-03-21 23:30:00 UTC", "2024-03-22"), ("2024-03-21 23:30:00,123+00", "2024-03-22"),
    ("2024-03-21 17:00:00.5Z", "2024-03-22"),
  ])
  func `an instant is read in the spellings of exports`(text: String, day: String) {
    let act = Self.act(.recordedAt, text)
    #expect(act.recordedOn?.description == day)
    #expect(!act.readerNotes.contains(.unreadableDate))
  }

  @Test func `an instant that cannot be read is said`() {
    #expect(Self.act(.recordedAt, "2024-03-22 08:00 kemarin").readerNotes.contains(.unreadableDate))
  }

  @Test(arguments: ["16.05", "1605", "Kab. Musi Rawas", ""])
  func `an annex is matched whatever its region is written as`(region: String) throws {
    let line = ApprovalLine(cells: [
      "letter_no": "L/1", "letter_date": "2024-05-10", "nip": "198501012010011001", "post_to": "Camat",
      "region_code": region,
    ])
    var act = Self.act(.nip, "198501012010011001")
    act.kind = "mutasi"
    act.regionCode = "16.05"
    act.postTo = "Camat"
    act.decreeDate = DirtyDate.read("2024-05-17")
    let today = try #require(CivilDate(iso: "2026-01-01"))
    let judgement = judge(
      act, try RuleSet().windows(declared: [], knownOn: today), approvals: Approvals([line]))
    #expect(judgement.outcome == .approved)
  }
}
