import FreezeRules
import Testing

@Suite struct EchelonAndKind {
  @Test(
    arguments: [
      ("II.b", 2, 1), ("IIb", 2, 1), ("II/b", 2, 1), ("II B", 2, 1), ("ii.b", 2, 1), ("Eselon II.b", 2, 1),
      ("Es. II b", 2, 1), ("Esl II-b", 2, 1), ("22", 2, 1), ("11", 1, 0), ("12", 1, 1), ("21", 2, 0),
      ("31", 3, 0),
      ("32", 3, 1), ("41", 4, 0), ("42", 4, 1), ("51", 5, 0), ("III.a", 3, 0), ("IV.a", 4, 0), ("V.a", 5, 0),
      ("2b", 2, 1),
      ("III", 3, nil), ("3", 3, nil), ("JPT Pratama", 2, nil), ("jpt madya", 1, nil),
      ("Administrator", 3, nil),
      ("Pengawas", 4, nil), (" III.a ", 3, 0),
    ] as [(String, Int, Int?)])
  func `an echelon is read`(text: String, tier: Int, half: Int?) throws {
    guard case .level(let echelon) = Echelon.read(text) else {
      Issue.record("\(text): \(Echelon.read(text))")
      return
    }
    #expect(echelon.tier == tier)
    #expect(echelon.half == half)
  }

  @Test(arguments: ["Non Eselon", "non-eselon", "NonEselon", "0", "00", "99", "Non Job"])
  func `no echelon is said to be none`(text: String) { #expect(Echelon.read(text) == .none) }

  @Test(arguments: [
    nil, "", "-", "?", "VI.a", "II.c", "13", "61", "10", "222", "Guru", "a", "b", "es", "III/a-b",
  ])
  func `what is not understood is not guessed`(text: String?) { #expect(Echelon.read(text) == .unsaid) }
}

@Suite struct NIPs {
  @Test(arguments: [
    "198501012010011001", "19850101 201001 1 001", "19850101.201001.1.001", "'198501012010011001",
    "19850101-201001-1-001", "\u{200B}198501012010011001", "198501012021211001",
  ])
  func `eighteen digits are read in every spelling`(text: String) {
    #expect(NIP(text)?.digits.count == 18)
    #expect(NIP(text)?.digits.hasPrefix("19850101") == true)
  }

  @Test(arguments: [
    "", "-", "19850101201001100", "1985010120100110011", "198501012010011000", "1.98501E+17",
    "NIP 198501012010011001x",
  ])
  func `a damaged one is not`(text: String) { #expect(NIP(text) == nil) }
}

@Suite struct Zones {
  @Test(arguments: [
    ("11", "WIB"), ("16.05", "WIB"), ("31.71", "WIB"), ("36", "WIB"), ("61", "WIB"), ("62", "WIB"),
    ("51.71", "WITA"),
    ("52", "WITA"), ("63", "WITA"), ("64", "WITA"), ("65", "WITA"), ("71.73", "WITA"), ("76", "WITA"),
    ("81", "WIT"),
    ("82", "WIT"), ("91", "WIT"), ("94.04", "WIT"), ("96", "WIT"), ("Kab. Mimika", "WIT"), ("palopo", "WITA"),
    (" 91.09", "WIT"),
  ])
  func `a region has the zone of its province`(code: String, zone: String) {
    #expect(Zone(regionCode: code)?.rawValue == zone)
  }

  @Test(arguments: ["", "00", "10", "99", "x", "Serang"])
  func `an unknown province has none`(code: String) { #expect(Zone(regionCode: code) == nil) }

  @Test func `midnight is local`() throws {
    // 2024-03-21 17:00 UTC is midnight in WIB.
    let seconds = 8846 * 86_400 + 17 * 3600
    #expect(Zone.wib.date(atSecondsSince2000: seconds) == (try day("2024-03-22")))
    #expect(Zone.wib.date(atSecondsSince2000: seconds - 1) == (try day("2024-03-21")))
    #expect(Zone.wita.date(atSecondsSince2000: seconds - 3600) == (try day("2024-03-22")))
    #expect(Zone.wita.date(atSecondsSince2000: seconds - 3601) == (try day("2024-03-21")))
    #expect(Zone.wit.date(atSecondsSince2000: seconds - 7200) == (try day("2024-03-22")))
    #expect(Zone.wit.date(atSecondsSince2000: seconds - 7201) == (try day("2024-03-21")))
    #expect(Zone.wib.date(atSecondsSince2000: -7 * 3600 - 1) == (try day("1999-12-31")))
  }
}

/// `depends` has nothing to do with rounding.
@Suite struct DependsIsAVerdict {
  static func table(_ determination: String) throws -> WindowTable {
    let edge = EdgeRule(anchor: .determination, months: -6)
    let from = try day("2015-01-01")
    let rule = Rule(
      id: "r", enabled: true,
      versions: [
        RuleVersion(
          inForceFrom: from, inForceUntil: nil, knownFrom: from, opens: edge,
          closes: EdgeRule(anchor: .determination), citation: "x")
      ],
      // One side of the boundary, so that only direction and month end are open.
      closedAxes: [
        ClosedAxis(axis: .boundary, value: "included", elections: [], citation: "x", knownFrom: from)
      ])
    let election = Election(
      id: "e", regions: .all,
      determinations: [CalendarFact(.day(try day(determination)), instrument: "x", knownFrom: from)])
    let rulebook = Rulebook(
      rules: [rule], coverage: [],
      kinds: KindLabels(inScope: ["mutasi": .mutasi], outOfScope: [], citation: "x"),
      backdatingDays: 0, hash: "")
    return WindowTable(
      rulebook,
      ElectionCalendar(
        elections: [election], inaugurations: [],
        completeThrough: [Dated(.max, instrument: "x", knownFrom: .min)], verifiedOn: .max, hash: ""),
      declared: [],
      knownOn: try day("2026-11-22"))
  }

  @Test(arguments: [
    // determination, whether counting back rounds, act, outcome, axes
    ("2023-08-31", true, "2023-02-28", Outcome.depends, [Axis.direction, .monthEnd]),
    ("2023-08-31", true, "2023-03-01", .inside, []),
    ("2023-08-31", true, "2023-02-27", .outside, []),
    ("2023-03-01", false, "2022-08-29", .depends, [.direction, .monthEnd]),
    ("2023-03-01", false, "2022-08-31", .depends, [.direction, .monthEnd]),
    ("2023-03-01", false, "2022-09-01", .inside, []),
    ("2023-03-01", false, "2022-08-28", .outside, []),
    ("2024-09-22", false, "2024-03-22", .inside, []),
    ("2024-09-22", false, "2024-03-21", .outside, []),
  ])
  func `it is decided on the verdict over the open readings`(
    determination: String, rounds: Bool, act: String, outcome: Outcome, axes: [Axis]
  ) throws {
    let table = try Self.table(determination)
    var action = PersonnelAction(actionID: "1", kind: "mutasi")
    action.inauguratedOn = .known(DateSpan(try day(act)), original: act)
    let verdict = try #require(judge(action, table, approvals: nil).verdicts.first)
    #expect(try day(determination).moved(byMonths: -6).exists == !rounds)
    #expect(verdict.outcome == outcome)
    #expect(verdict.dependsOn == axes)
  }

  @Test func `axes that contradict each other stay open instead of closing everything`() throws {
    var table = try Self.table("2024-09-22")
    var rulebook = table.rulebook
    rulebook.rules[0].closedAxes.append(
      ClosedAxis(
        axis: .boundary, value: "excluded", elections: [], citation: "y", knownFrom: try day("2015-01-01")))
    table = WindowTable(rulebook, table.calendar, declared: [], knownOn: table.knownOn)
    #expect(table.windows.first?.openReadings == .all)
  }

  @Test(
    arguments: [
      ("16", "16"), ("16.05", "16.05"), (" 16.05 ", "16.05"), ("1605", "16.05"), ("160501", "16.05.01"),
      ("1605012001", "16.05.01.2001"), ("16.05.01.2001", "16.05.01.2001"), ("", nil), ("1", nil),
      ("165", nil), ("16.5", nil),
      ("16.05.", nil), (".16", nil), ("16.05.01.201", nil), ("Kota X", nil), ("１６", nil),
    ] as [(String, String?)])
  func `a region code is read as the ministry writes it`(text: String, code: String?) {
    #expect(RegionCode.read(text) == code)
  }
}
