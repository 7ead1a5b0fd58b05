import Foundation
import FreezeRules
import HRRecords
import RuleFiles
import Testing

/// A verdict follows from the record, the rules and the day of knowledge: from nothing else.
@Suite struct Independence {
  /// Acts around every edge there is, made from a seed.
  static func acts(_ seed: UInt64, _ count: Int) throws -> [PersonnelAction] {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let edges = try [
      "2016-07-01", "2017-08-12", "2020-01-08", "2020-03-23", "2024-03-22", "2024-09-22", "2025-02-20",
      "2025-08-20",
    ]
    .map { try #require(CivilDate(iso: $0)) }
    func date() -> String {
      switch next(6) {
      case 0: return ["", "-", "0000-00-00", "2024-03", "2020", "tgl SK"][next(6)]
      default: return edges[next(edges.count)].adding(days: next(9) - 4)?.description ?? ""
      }
    }
    let posts = ["", "Camat", "Guru", "Kepala Sekolah", "Kepala Puskesmas Kota", "Staf", "Plt Camat"]
    let echelons = ["", "II.b", "III.a", "IVb", "42", "Non Eselon"]
    return (0..<count).map { index in
      CaseFiles.record(
        [
          "action_id": "\(index)", "kind": ["mutasi", "Promosi", "MJ", "pensiun", "aneh"][next(5)],
          "region_code": ["16.05", "33.74", "19.01", "33.73", "73.71", "17.01", "34", ""][next(8)],
          "decree_date": date(),
          "effective_date": date(),
          "inaugurated_on": date(), "post_from": posts[next(posts.count)],
          "post_to": posts[next(posts.count)],
          "echelon_from": echelons[next(echelons.count)], "echelon_to": echelons[next(echelons.count)],
          "approval_no": ["", "X/OTDA"][next(2)], "approval_date": date(),
          "revokes": next(8) == 0 ? "821/1" : "",
          "recorded_at": ["", "2024-03-22T00:30:00+07:00"][next(2)],
        ], region: nil)
    }
  }

  /// Everything that is said of a record.
  static func said(_ judgement: Judgement) -> String {
    "\(judgement.action.actionID) \(judgement.outcome) \(judgement.notes) "
      + judgement.verdicts.map {
        "\($0.window.rule)/\($0.window.election) \($0.outcome) \($0.insideDates) \($0.dependsOn) \($0.isBoundaryDay) \($0.ownSteps ?? [])"
      }.joined()
  }

  @Test func `the order of records, rules' elections and annex lines changes nothing`() throws {
    let seed = UInt64.random(in: 1...(.max))
    print("Independence: seed \(seed)")
    let acts = try Self.acts(seed, 400)
    let rules = try RuleSet()
    var turned = rules
    turned.calendar.elections.reverse()
    turned.calendar.inaugurations.reverse()
    turned.rulebook.coverage.reverse()
    let knownOn = try #require(CivilDate(iso: "2026-11-22"))
    let table = rules.windows(knownOn: knownOn)
    let turnedTable = turned.windows(knownOn: knownOn)
    let forward = acts.map { Self.said(judge($0, table, approvals: nil)) }
    let backward = acts.reversed().map { Self.said(judge($0, table, approvals: nil)) }
    #expect(forward == backward.reversed(), "seed \(seed)")
    for act in acts {
      let one = judge(act, table, approvals: nil)
      let other = judge(act, turnedTable, approvals: nil)
      #expect(one.outcome == other.outcome && one.notes == other.notes, "seed \(seed): \(act)")
    }
  }

  @Test func `the order of the annex lines changes nothing`() throws {
    let nip = "198501012010011001"
    let lines = [
      ApprovalLine(cells: ["letter_no": "A", "letter_date": "2024-05-10", "nip": nip, "post_to": "Camat"]),
      ApprovalLine(cells: ["letter_no": "B", "letter_date": "2024-05-10", "nip": nip, "post_to": "Camat"]),
      ApprovalLine(cells: ["letter_no": "C", "letter_date": "2024-06-10", "nip": nip, "post_to": "Camat"]),
      ApprovalLine(cells: ["letter_no": "D", "nip": nip, "post_to": "Lurah"]),
      ApprovalLine(cells: ["letter_no": "E", "letter_date": "2024-01-10", "nip": nip, "post_to": "Kabag"]),
    ]
    let act = CaseFiles.record(
      ["kind": "mutasi", "inaugurated_on": "2024-05-17", "nip": nip, "post_to": "Camat"], region: "33.74")
    let table = try RuleSet().windows(declared: [], knownOn: try #require(CivilDate(iso: "2026-11-22")))
    for rotation in lines.indices {
      for candidates in [lines, lines.reversed()] {
        let turned = candidates[rotation...] + candidates[..<rotation]
        let approval = judge(act, table, approvals: Approvals(turned)).verdicts.first?.approval
        #expect(approval?.letterNo == "A")
        #expect(approval?.standing == .before)
      }
    }
  }

  @Test func `the bulk screen says what the judge says`() throws {
    let table = try RuleSet().windows(knownOn: try #require(CivilDate(iso: "2020-02-01")))
    let later = try RuleSet().windows(knownOn: try #require(CivilDate(iso: "2026-11-22")))
    for window in table.windows + later.windows {
      let screen = BulkScreen(window)
      let owner = table.windows.contains { $0 === window } ? table : later
      var dates: [CivilDate] = []
      var day = try #require(window.earliest.adding(days: -3))
      while day <= window.closes?.adding(days: 3) ?? window.earliest.adding(days: 40) ?? day {
        dates.append(day)
        day = try #require(day.adding(days: 1))
      }
      var codes = [UInt8](repeating: 9, count: dates.count)
      dates.map(\.packed).withUnsafeBufferPointer { dates in
        codes.withUnsafeMutableBufferPointer { screen.judge(dates, into: $0) }
      }
      for (date, code) in zip(dates, codes) {
        var act = PersonnelAction(actionID: "1", kind: "mutasi")
        act.regionCode = RegionRegistry.shipped.regions.first { window.regions.contains($0.index) }?.code
        act.echelonFrom = "III.a"
        act.echelonTo = "III.a"
        act.inauguratedOn = .known(DateSpan(date), original: "")
        let verdict = judge(act, owner, approvals: nil).verdicts.first { $0.window === window }
        let expected: UInt8 =
          switch verdict?.outcome {
          case .inside: 2
          case .depends: 1
          default: 0
          }
        guard code == expected else {
          Issue.record("\(window.rule)/\(window.election) \(date): screen \(code), judge \(expected)")
          return
        }
      }
    }
  }
}

/// `check`: may an official be replaced on a day?
@Suite struct PlannedDays {
  @Test(
    arguments: [
      // day, post, region, waves, known on, answer, free from
      ("2024-03-21", nil, "33.74", [], "2026-11-22", "free", "2024-03-21"),
      ("2024-03-22", nil, "33.74", [], "2026-11-22", "frozen", "2025-08-21"),
      ("2024-03-22", nil, "33.74", [], "2024-03-28", "disputed", nil),
      ("2024-09-22", nil, "33.74", [], "2026-11-22", "frozen", "2025-08-21"),
      ("2025-08-19", nil, "33.74", [], "2026-11-22", "frozen", "2025-08-21"),
      ("2025-08-20", nil, "33.74", [], "2026-11-22", "disputed", "2025-08-21"),
      ("2025-08-21", nil, "33.74", [], "2026-11-22", "free", "2025-08-21"),
      ("2024-12-01", nil, "33.74", [], "2024-12-01", "frozen", nil),
      ("2024-05-17", "Guru", "33.74", [], "2026-11-22", "free", "2025-08-21"),
      ("2024-05-17", "Plt Camat", "33.74", [], "2026-11-22", "free", "2025-08-21"),
      ("2024-05-17", "Camat", "33.74", [], "2026-11-22", "frozen", "2025-08-21"),
      ("2024-05-17", "Kepala Sekolah", "33.74", [], "2026-11-22", "frozen", "2025-08-21"),
      ("2024-05-17", "Kepala Desa", "33.74", [], "2026-11-22", "free", "2025-08-21"),
      ("2024-05-17", "Direktur PDAM", "33.74", [], "2026-11-22", "free", "2025-08-21"),
      ("2017-11-17", "Kepala Sekolah", "73.73", [], "2026-11-22", "free", "2019-03-27"),
      ("2017-11-17", "Kepala Sekolah", "73.73", [], "2018-04-17", "frozen", nil),
      ("2020-02-01", nil, "33.74", [], "2020-06-11", "frozen", nil),
      ("2020-02-01", nil, "33.74", [], "2020-06-12", "free", "2020-02-01"),
      ("2020-02-01", nil, "73.73", [], "2020-06-11", "free", "2020-02-01"),
      ("2020-02-01", nil, "73.73", ["pilkada-2020"], "2020-06-11", "frozen", nil),
      ("2020-02-01", nil, "33.74", [], "2019-08-08", "not_evaluated", nil),
      ("2024-04-01", nil, "33.74", [], "2024-01-10", "not_evaluated", nil),
      ("2016-06-30", nil, "33.73", [], "2026-11-22", "not_evaluated", nil),
      ("2016-07-01", nil, "33.73", [], "2026-11-22", "frozen", nil),
      ("2015-01-01", nil, "33.74", [], "2026-11-22", "not_evaluated", nil),
      ("2025-03-03", nil, "19.01", [], "2026-11-22", "frozen", "2026-05-06"),
      ("2025-09-01", nil, "19.01", [], "2026-11-22", "frozen", "2026-05-06"),
      ("2025-09-15", nil, "36.04", [], "2026-11-22", "frozen", "2025-11-28"),
      ("2025-09-15", nil, "Kab. Serang", [], "2026-11-22", "frozen", "2025-11-28"),
      ("2026-02-18", nil, "91", [], "2026-11-22", "frozen", "2026-04-09"),
      ("2020-05-01", nil, "16.05", [], "2026-11-22", "frozen", nil),
      ("2020-12-01", nil, "16.05", [], "2026-11-22", "frozen", nil),
      ("2031-06-01", nil, "16.05", [], "2026-11-22", "not_evaluated", nil),
      ("2030-11-18", nil, "16.05", [], "2026-11-22", "free", "2030-11-18"),
      ("2024-05-17", nil, "34", [], "2026-11-22", "free", "2024-05-17"),
      ("2024-05-17", nil, "34.04", [], "2026-11-22", "frozen", "2025-08-21"),
      ("2024-05-17", nil, "31.73", [], "2026-11-22", "frozen", "2025-08-21"),
      ("2025-06-01", nil, "17.01", [], "2026-11-22", "frozen", nil),
      ("2026-06-01", nil, "17.01", [], "2026-11-22", "not_evaluated", nil),
      ("2024-05-17", nil, "99", [], "2026-11-22", "not_evaluated", nil),
      ("2023-05-17", nil, "99", [], "2026-11-22", "free", "2023-05-17"),
    ] as [(String, String?, String, [String], String, String, String?)])
  func `a day is answered`(
    date: String, post: String?, region: String, waves: [String], knownOn: String, answer: String,
    freeFrom: String?
  ) throws {
    let table = try RuleSet().windows(declared: waves, knownOn: try #require(CivilDate(iso: knownOn)))
    let planned = PlannedDay(try #require(CivilDate(iso: date)), region: region, post: post, table)
    #expect(planned.answer.rawValue == answer)
    if let freeFrom { #expect(planned.freeFrom?.description == freeFrom) }
    if answer == "frozen", freeFrom == nil { #expect(planned.freeFrom == nil) }
  }

  @Test func `a day that nobody has seen is said`() throws {
    let table = try RuleSet().windows(knownOn: try #require(CivilDate(iso: "2026-11-22")))
    let planned = PlannedDay(try #require(CivilDate(iso: "2020-10-01")), region: "33.74", table)
    #expect(planned.missing.map(\.election) == ["serentak-2021"])
  }
}
