import FreezeRules
import Testing

@testable import HRRecords

/// Every spelling of the field, and what it must be read as: a day, a month, a year, `absent` or `unreadable`.
@Suite struct DirtyDateTests {
  @Test(arguments: [
    ("2024-03-22", "2024-03-22"), ("22-03-2024", "2024-03-22"), ("22/03/2024", "2024-03-22"),
    ("22.03.2024", "2024-03-22"), ("2/3/2024", "2024-03-02"), ("2024/3/2", "2024-03-02"),
    ("20240322", "2024-03-22"), ("02-Feb-2022", "2022-02-02"), ("2-feb-2022", "2022-02-02"),
    ("2 Februari 2022", "2022-02-02"), ("2 Pebruari 2022", "2022-02-02"),
    ("Jumat, 22 Maret 2024", "2024-03-22"),
    ("22 MARET 2024", "2024-03-22"), ("1 Mei 2024", "2024-05-01"), ("17 Agustus 2024", "2024-08-17"),
    ("17 Agt 2024", "2024-08-17"), ("1 Oktober 2024", "2024-10-01"), ("30 Nopember 2024", "2024-11-30"),
    ("31 Desember 2024", "2024-12-31"), ("31 Des 2024", "2024-12-31"), ("March 22, 2024", "2024-03-22"),
    (" 2024-03-22 ", "2024-03-22"), ("\u{A0}2024-03-22\u{200B}", "2024-03-22"), ("'2024-03-22", "2024-03-22"),
    ("2024-03-22 00:00:00", "2024-03-22"), ("2024-03-22T14:59:59Z", "2024-03-22"),
    ("2024-03-22 00:00:00+07", "2024-03-22"), ("22/03/2024 07:30", "2024-03-22"),
    ("29-02-2024", "2024-02-29"),
    ("2024-03", "2024-03"), ("03/2024", "2024-03"), ("Maret 2024", "2024-03"), ("2024-03-00", "2024-03"),
    ("2024", "2024"), ("2024-00-00", "2024"),
  ])
  func isRead(_ text: String, as expected: String) {
    guard case .known(let span, let original) = DirtyDate.read(text) else {
      Issue.record("\(text) was read as \(DirtyDate.read(text))")
      return
    }
    #expect(span.description == expected)
    #expect(original == text, "the original spelling is kept")
  }

  @Test(arguments: [
    "", " ", "-", "--", "–", "null", "NULL", "0000-00-00", "0000-00-00 00:00:00", "0001-01-01", "01-01-0001",
    "1970-01-01", "01/01/1970", "1970-01-01 07:00:00", "infinity", "-infinity", "Infinity", "00-00-0000", "0",
    "n/a", "kosong", "\\N",
  ])
  func isNoDate(_ text: String) {
    guard case .absent = DirtyDate.read(text) else {
      Issue.record("\(text) was read as \(DirtyDate.read(text))")
      return
    }
  }

  @Test(arguments: [
    "31-02-2024", "2023-02-29", "2024-13-01", "22-13-2024", "32/01/2024", "10000-01-01", "0204-03-22",
    "9999-12-31", "3/4/24", "besok", "22 Marret 2024", "SK TEMP", "45373", "2024-03-22 atau 23", "2024-W12",
    "2024-03-22/2024-03-25", "２０２４-０３-２２", "24-03-22", "2024-03-21T17:00:00Z", "2024-03-21 17:00:00+00",
  ])
  func isUnreadableAndShownAsFound(_ text: String) {
    #expect(DirtyDate.read(text) == .unreadable(original: text))
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
    #expect(RecordedInstant.date(text, in: .wib)?.description == day)
  }
}
