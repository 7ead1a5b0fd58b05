import FreezeRules

/// The shipped rule `pasal-71-2` (with its two neighbours) and calendar, built in code, so that this package needs no
/// YAML; and dates from a fixed seed.
enum Sample {
  static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? .min
  }

  static let law = day(2016, 7, 1)

  static func rule(_ id: String, opens: EdgeRule, closes: EdgeRule, citation: String) -> Rule {
    Rule(
      id: id, enabled: true,
      versions: [
        RuleVersion(
          inForceFrom: law, inForceUntil: nil, knownFrom: law, opens: opens, closes: closes,
          citation: citation)
      ], closedAxes: [])
  }

  static let rulebook: Rulebook = {
    func row(_ post: PostClass, _ covered: CoverageRow.Answer) -> CoverageRow {
      CoverageRow(post: post, covered: covered, from: law, until: nil, knownFrom: law, citation: "UU 10/2016")
    }
    return Rulebook(
      rules: [
        rule(
          "pasal-71-2", opens: EdgeRule(anchor: .determination, months: -6),
          closes: EdgeRule(anchor: .determination),
          citation: "UU 10/2016 Pasal 71 ayat (2)"),
        rule(
          "pasal-71-2-tail", opens: EdgeRule(anchor: .determination, days: 1),
          closes: EdgeRule(anchor: .termEnd),
          citation: "UU 10/2016 Pasal 71 ayat (2)"),
        rule(
          "pasal-162-3", opens: EdgeRule(anchor: .inauguration),
          closes: EdgeRule(anchor: .inauguration, months: 6),
          citation: "UU 10/2016 Pasal 162 ayat (3)"),
      ],
      coverage: [
        row(.structural, .yes), row(.schoolHead, .yes), row(.healthCentreHead, .yes), row(.unitHead, .yes),
        row(.functional, .no), row(.pelaksana, .no), row(.acting, .no),
      ],
      kinds: KindLabels(
        inScope: ["mutasi": .mutasi, "promosi": .promosi, "demosi": .demosi, "MJ": Kind?.none],
        outOfScope: ["pensiun", "kenaikan pangkat"], citation: "UU 10/2016"),
      backdatingDays: 31, hash: "")
  }()

  /// The 2024 wave alone: three windows, as an ordinary region has them.
  static let calendar = ElectionCalendar(
    elections: [
      Election(
        id: "pilkada-2024", regions: .all,
        determinations: [
          CalendarFact(.day(day(2024, 9, 22)), instrument: "PKPU 2/2024", knownFrom: day(2024, 1, 26))
        ],
        termEnds: [
          CalendarFact(.day(day(2025, 2, 20)), instrument: "Pelantikan", knownFrom: day(2025, 2, 20))
        ])
    ],
    inaugurations: [
      Inauguration(
        id: "serentak-2025", regions: .all,
        dates: [
          CalendarFact(.day(day(2025, 2, 20)), instrument: "Pelantikan", knownFrom: day(2025, 2, 20))
        ])
    ], completeThrough: [Dated(day(2030, 11, 18), instrument: "MK", knownFrom: law)],
    verifiedOn: day(2026, 1, 20), hash: "")

  /// Every wave there was, with the oaths of the older ones known as spans: what an ordinary region has of the shipped calendar.
  static let country: ElectionCalendar = {
    func election(_ year: Int, _ determination: CivilDate, oath: String) -> Election {
      Election(
        id: "pilkada-\(year)", regions: Regions([.wave(year)]),
        determinations: [CalendarFact(.day(determination), instrument: "PKPU", knownFrom: law)],
        termEnds: [CalendarFact(.open, instrument: "UU 10/2016", knownFrom: law)], succeededBy: [oath])
    }
    func oath(_ id: String, wave: Int, _ day: CalendarDay) -> Inauguration {
      Inauguration(
        id: id, regions: Regions([.wave(wave)]),
        dates: [CalendarFact(day, instrument: "Pelantikan", knownFrom: law)])
    }
    return ElectionCalendar(
      elections: [
        election(2015, day(2015, 8, 24), oath: "pelantikan-2016"),
        election(2017, day(2016, 10, 24), oath: "pelantikan-2017"),
        election(2018, day(2018, 2, 12), oath: "pelantikan-2018"),
        election(2020, day(2020, 9, 23), oath: "serentak-2021"),
        election(2024, day(2024, 9, 22), oath: "serentak-2025"),
      ],
      inaugurations: [
        oath("pelantikan-2016", wave: 2015, .between(day(2016, 2, 17), day(2017, 2, 28))),
        oath("pelantikan-2017", wave: 2017, .between(day(2017, 5, 22), day(2017, 12, 31))),
        oath("pelantikan-2018", wave: 2018, .between(day(2018, 9, 1), day(2019, 12, 31))),
        oath("serentak-2021", wave: 2020, .between(day(2021, 2, 26), day(2021, 8, 31))),
        oath("serentak-2025", wave: 2024, .day(day(2025, 2, 20))),
      ], completeThrough: [Dated(day(2030, 11, 18), instrument: "MK", knownFrom: law)],
      verifiedOn: day(2026, 1, 20), hash: "")
  }()

  static let countryTable = WindowTable(rulebook, country, knownOn: day(2026, 11, 22))

  /// All windows, every reading open.
  static let table = WindowTable(rulebook, calendar, declared: [], knownOn: day(2026, 11, 22))

  /// One rule and election, as a single verdict needs it.
  static let oneRule = WindowTable(
    Rulebook(
      rules: [rulebook.rules[0]], coverage: rulebook.coverage, kinds: rulebook.kinds, backdatingDays: 31,
      hash: ""),
    calendar, declared: [], knownOn: day(2026, 11, 22))

  /// An act as HR has it, inside on its oath day.
  static let act: PersonnelAction = {
    var act = PersonnelAction(actionID: "7", kind: "mutasi")
    act.regionCode = "16.05"
    act.nip = "198501012010011001"
    act.employeeName = "Nama Pegawai"
    act.postFrom = "Kepala Bidang Anggaran"
    act.postTo = "Sekretaris Dinas Kesehatan"
    act.echelonFrom = "III.b"
    act.echelonTo = "III.a"
    act.decreeNo = "821/123/2024"
    act.decreeDate = .known(DateSpan(day(2024, 3, 21)), original: "2024-03-21")
    act.effectiveDate = .known(DateSpan(day(2024, 3, 25)), original: "2024-03-25")
    act.inauguratedOn = .known(DateSpan(day(2024, 3, 22)), original: "2024-03-22")
    return act
  }()

  /// Pairs of an act and a determination: days since 2000, the act within a year of the edge.
  static func pairs(_ count: Int, seed: UInt64) -> (acts: [Int32], determinations: [Int32]) {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var acts: [Int32] = []
    var determinations: [Int32] = []
    let first = day(2015, 1, 1).daysSince2000
    for _ in 0..<count {
      let determination = first + next(6575)
      determinations.append(Int32(determination))
      acts.append(Int32(determination - 182 + next(61) - 30))
    }
    return (acts, determinations)
  }
}
