import AuditBase
import FreezeRules
import Testing

@testable import AuditReports

/// Before the oath something can be done; after it, something else.
@Suite struct UrgencyTests {
  private func span(_ text: String) throws -> DateSpan { try #require(WrittenDay.span(text)) }

  @Test(
    arguments: [
      // (oath, TMT, decree, today, field that counts, days left)
      ("2024-04-01", "2024-05-01", "2024-03-25", "2024-03-26", DateField.inauguratedOn, 6),
      ("2024-04-01", "2024-05-01", "2024-03-25", "2024-04-01", .inauguratedOn, 0),
      ("2024-04-01", "2024-05-01", "2024-03-25", "2024-04-02", .inauguratedOn, nil),
      ("", "2024-05-01", "2024-03-25", "2024-04-02", .effectiveDate, 29),
      ("besok", "2024-05-01", "2024-03-25", "2024-04-02", .effectiveDate, 29),
      ("", "", "2024-03-25", "2024-03-24", .decreeDate, 1),
      ("2024-04", "", "2024-03-25", "2024-04-10", .inauguratedOn, 0),
      ("2024-04", "", "2024-03-25", "2024-03-31", .inauguratedOn, 1),
    ] as [(String, String, String, String, DateField, Int?)])
  func theOathCountsThenTheEffectiveDateThenTheDecree(
    _ oath: String, _ effective: String, _ decree: String, _ today: String, _ field: DateField, _ left: Int?
  ) throws {
    func recorded(_ text: String) -> RecordedDate {
      if text.isEmpty { return .absent(original: nil) }
      return WrittenDay.span(text).map { .known($0, original: text) } ?? .unreadable(original: text)
    }
    let action = act("1") {
      $0.inauguratedOn = recorded(oath)
      $0.effectiveDate = recorded(effective)
      $0.decreeDate = recorded(decree)
    }
    let day = try #require(action.actDay)
    #expect(day.field == field)
    #expect(day.isAhead(on: date(today)) == (left != nil))
    if let left { #expect(day.daysLeft(on: date(today)) == left) }
    let judgement = judge(action, try windows(), approvals: nil)
    #expect(judgement.outcome == .inside || oath == "besok")
    #expect((judgement.ahead(on: date(today)) != nil) == (left != nil))
  }

  @Test func theSubjectSaysHowManyAndHowSoon() throws {
    let today = date("2026-11-25")
    func day(_ text: String, _ field: DateField = .inauguratedOn) throws -> ActDay {
      ActDay(field: field, span: try span(text))
    }
    let soon = [try day("2026-12-01"), try day("2026-12-01")]
    #expect(AheadText.clause(soon, on: today)?.indonesian == "2 orang dilantik 1 Des, 6 hari lagi")
    #expect(AheadText.clause(soon, on: today)?.english == "2 people to be sworn in 1 Dec, in 6 days")
    #expect(
      AheadText.clause(soon + [try day("2027-02-01")], on: today)?.indonesian
        == "2 orang dilantik 1 Des, 6 hari lagi (+1 orang sesudahnya)")
    #expect(
      AheadText.clause([try day("2026-11-25")], on: today)?.indonesian == "1 orang dilantik 25 Nov, hari ini")
    #expect(
      AheadText.clause([try day("2026-11-26", .effectiveDate)], on: today)?.indonesian
        == "1 orang mulai bertugas (TMT) 26 Nov, besok")
    #expect(
      AheadText.clause([try day("2027-06-01")], on: today)?.indonesian
        == "1 orang dilantik 1 Jun 2027, 188 hari lagi")
    #expect(AheadText.clause([], on: today) == nil)
  }

  /// The report to the Minister is due on the 7th working day after the act, holidays left out where they are known.
  @Test(arguments: [
    ("2024-03-22", "2024-04-02"), ("2026-12-01", "2026-12-10"), ("2026-12-21", "2027-01-01"),
    ("2026-05-11", "2026-05-22"),
  ])
  func theReportIsDueSevenWorkingDaysLater(_ oath: String, _ due: String) throws {
    let step = NextStep(
      .inside, actDay: ActDay(field: .inauguratedOn, span: try span(oath)), letterBy: date(oath),
      today: date("2028-01-01"))
    #expect(step.reportBy == date(due))
    let text = try #require(step.text)
    #expect(
      text.indonesian.contains("laporan kepada Menteri paling lambat \(date(due).written(.indonesian))"))
    #expect(text.indonesian.contains("hari libur nasional belum diperhitungkan") == (date(due).year != 2026))
  }

  @Test(arguments: Language.allCases)
  func whatIsToComeGetsOtherAdviceThanWhatIsDone(_ language: Language) throws {
    let action = act("1") { $0.inauguratedOn = .known(DateSpan(date("2024-04-01")), original: "") }
    let judgement = judge(action, try windows(), approvals: nil)
    func step(_ today: String) throws -> String {
      try #require(judgement.nextStep(language, knownOn: date(today)))
    }
    // The decree of 22 March decides: before it a letter is in time, after it a new decree is needed.
    let (early, late, past) = (try step("2024-03-20"), try step("2024-03-26"), try step("2024-04-02"))
    let words =
      language == .indonesian
      ? ("12 hari lagi", "sudah lewat", "laporan kepada Menteri", "tunda")
      : ("in 12 days", "is over", "report to the Minister", "put it off")
    #expect(early.hasPrefix(words.3) && early.contains(words.0) && !early.contains(words.1))
    #expect(late.hasPrefix(words.3) && late.contains(words.1))
    #expect(!past.contains(words.3) && past.contains(words.2))
    let day = date("2024-03-22").written(language)
    #expect(early.contains(day) && late.contains(day) && past.contains(day))
  }

  @Test func theHeadlineSaysWhatWasFound() {
    func headline(_ outcomes: [Outcome: Int]) -> Text {
      var counts = Counts()
      for (outcome, count) in outcomes { counts.add(outcome, count) }
      return Text(Headline(counts).text(.indonesian), Headline(counts).text(.english))
    }
    #expect(headline([.unjudgeable: 6]) == Text("6 dari 6 tidak dapat dinilai", "6 of 6 could not be judged"))
    #expect(
      headline([.unjudgeable: 2, .outside: 1])
        == Text("2 dari 3 tidak dapat dinilai", "2 of 3 could not be judged"))
    #expect(
      headline([.inside: 1, .unjudgeable: 5])
        == Text("1 dari 6 catatan perlu klarifikasi", "1 of 6 records need clarification"))
    #expect(
      headline([.outside: 8])
        == Text(
          "Tidak ada yang perlu diklarifikasi, dari 8 catatan", "Nothing needs clarification, of 8 records"))
    #expect(
      headline([:]) == Text("Tidak ada satu catatan pun yang dibaca", "Not a single record was read"))
    #expect(headline([.inside: 12_000, .outside: 345]).indonesian.hasPrefix("12.000 dari 12.345 "))
  }

  @Test func noReportShowsTheShapeOfItsData() throws {
    for acts in [[], [act("1")], [act("2") { $0.decreeDate = .absent(original: nil) }]] {
      for language in Language.allCases {
        for format in [ReportFormat.html, .table] {
          let text = try report(format, acts, try header { $0.language = language })
          #expect(!text.contains("[\"") && !text.contains("[]") && !text.contains("Optional("))
          #expect(!text.contains("infinity"))
        }
      }
    }
  }

  @Test(arguments: [
    ("2024-03-22", "22 Maret 2024"), ("2024-03", "Maret 2024"), ("2024", "2024"), ("infinity", nil),
    ("-infinity", nil), ("-", nil), ("", nil), ("31-02-2024", "“31-02-2024”"),
  ])
  func aDayIsWrittenAsPeopleWriteIt(_ text: String, _ written: String?) {
    #expect(WrittenDay.text(text, .indonesian) == written)
  }
}
