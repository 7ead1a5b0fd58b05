import AuditBase
import Foundation
import FreezeRules
import RuleFiles
import Testing

/// What a site knows better than the shipped calendar: `calendar_additions`, `--calendar-add`.
@Suite struct SiteFacts {
  static let actingHeadOfSula = """
    acting_heads:
      - {region: "82.05", kind: pj, from: 2015-09-01, until: 2016-02-17, instrument: Kepmendagri, known_from: 2015-09-01}
    """

  /// The shipped rules and calendar with additions, through files as a site has them.
  static func rules(_ additions: String..., governorBinds: Bool = false) throws -> RuleSet {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("additions-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (index, text) in additions.enumerated() {
      let path = folder.appendingPathComponent("\(index).yaml").path
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      paths.append(path)
    }
    return try RuleSet(additions: paths, governorBinds: governorBinds)
  }

  static let knownOn = "2026-11-22"

  func table(_ rules: RuleSet, knownOn: String = knownOn) throws -> WindowTable {
    rules.windows(knownOn: try #require(CivilDate(iso: knownOn)))
  }

  func act(_ region: String?, _ oath: String, kind: String = "mutasi") throws -> PersonnelAction {
    CaseFiles.record(
      ["kind": kind, "inaugurated_on": oath, "echelon_from": "III.a", "echelon_to": "III.a"], region: region)
  }

  /// By id, a fact on top of the shipped ones; alert ids hang on the id of the election, which does not change.
  @Test(
    "a site's own day of the oath settles what the shipped span left open",
    arguments: [
      // region, the addition, an act unjudgeable before, outcome after, an act still frozen
      (
        "17.01", "{regions: [\"17.01\"], date: 2025-06-05, instrument: Berita acara, known_from: 2025-06-05}",
        "2026-01-10", Outcome.outside, "2025-12-04"
      ),
      (
        "19.05", "{regions: [\"19.05\"], date: 2025-05-28, instrument: Berita acara, known_from: 2025-05-28}",
        "2025-11-29", .outside, "2025-11-27"
      ),
      // Known sooner than the span of 2 June, which it lies in, and later.
      (
        "19.05", "{regions: [\"19.05\"], date: 2025-06-02, instrument: Berita acara, known_from: 2025-07-01}",
        "2025-12-01", .inside, "2025-12-01"
      ),
      (
        "11.09",
        "{regions: [Kab. Simeulue], date: 2025-03-09, instrument: Berita acara, known_from: 2025-03-09}",
        "2025-09-10", .outside, "2025-09-08"
      ),
      (
        "33.16", "{regions: [\"33.16\"], date: 2021-02-26, instrument: Berita acara, known_from: 2021-02-26}",
        "", .outside, "2021-08-25"
      ),
    ])
  func ownOath(region: String, fact: String, act: String, after: Outcome, frozen: String) throws {
    let wave = region == "33.16" ? "serentak-2021" : "serentak-2025"
    let own = try table(try Self.rules("inaugurations: [{id: \(wave), date: [\(fact)]}]"))
    let shipped = try table(try RuleSet())
    if !act.isEmpty {
      #expect(judge(try self.act(region, act), shipped, approvals: nil).outcome == .unjudgeable)
      #expect(judge(try self.act(region, act), own, approvals: nil).outcome == after)
    }
    #expect(judge(try self.act(region, frozen), own, approvals: nil).outcome == .inside)
    #expect(own.calendar.ids == shipped.calendar.ids)
    let missing = own.missing(in: region)
    #expect(!missing.contains { $0.election == wave }, "\(missing)")
    // The neighbours keep what they had.
    #expect(
      own.windows(in: "17.02").map { [$0.election, "\($0.reach)"] }
        == shipped.windows(in: "17.02").map { [$0.election, "\($0.reach)"] })
  }

  @Test func `an acting head binds at any time, with the exceptions of the circular`() throws {
    let own = try table(
      try Self.rules(
        """
        acting_heads:
          - {region: "36.71", kind: pj, from: 2022-12-26, until: 2024-12-31, instrument: Kepmendagri, known_from: 2022-12-26}
          - {region: Kab. Serang, kind: plt, from: 2023-03-01, until: open, instrument: Kepmendagri, known_from: 2023-03-01}
        """))
    func outcome(_ region: String, _ day: String, kind: String = "mutasi", letter: String? = nil) throws
      -> Outcome?
    {
      var action = try act(region, day, kind: kind)
      if let letter {
        action.approvalNo = "100.2.2.6/1/OTDA"
        action.approvalDate = .known(DateSpan(try #require(CivilDate(iso: letter))), original: letter)
      }
      return judge(action, own, approvals: nil).verdicts.first { $0.window.rule == "pp-49-2008-132a" }?
        .outcome
    }
    #expect(try outcome("36.71", "2023-05-17") == .inside)
    #expect(try outcome("36.71", "2022-12-26") == .inside)
    #expect(try outcome("36.71", "2024-12-31") == .inside)
    #expect(try outcome("36.71", "2022-12-25") == .outside)
    #expect(try outcome("36.71", "2025-01-01") == .outside)
    #expect(try outcome("36.71", "2023-05-17", letter: "2023-05-01") == .approved)
    #expect(try outcome("36.71", "2023-05-17", letter: "2023-06-01") == .approvedLate)
    #expect(
      try outcome("36.71", "2023-05-17", kind: "pembebasan dari jabatan karena hukuman disiplin")
        == .notCovered)
    #expect(try outcome("36.71", "2023-05-17", kind: "mutasi antar instansi") == .notCovered)
    #expect(try outcome("36.71", "2023-05-17", kind: "mutasi antar OPD") == .inside)
    // While the head is open it has no end; neither region binds the other.
    #expect(try outcome("36.04", "2029-05-17") == .inside)
    #expect(try outcome("36.73", "2023-05-17") == nil)
    #expect(try outcome("36", "2023-05-17") == nil)
    // Discipline is an exception of this rule alone.
    let disciplined = judge(
      try act("36.71", "2024-05-17", kind: "pembebasan dari jabatan karena hukuman disiplin"), own,
      approvals: nil)
    #expect(disciplined.verdicts.first { $0.window.rule == "pasal-71-2" }?.outcome == .inside)
  }

  @Test func `before the circular of 2022 there was no exception`() throws {
    let own = try table(try Self.rules(Self.actingHeadOfSula))
    let action = try act("82.05", "2015-12-01", kind: "pembebasan dari jabatan karena hukuman disiplin")
    #expect(judge(action, own, approvals: nil).outcome == .inside)
    #expect(
      judge(try act("82.05", "2015-12-01"), try table(try RuleSet()), approvals: nil).outcome != .inside)
  }

  @Test func `an acting head of before is nothing for a day after, and of no other rule`() throws {
    let own = try table(try Self.rules(Self.actingHeadOfSula))
    #expect(judge(try act("82.05", "2023-05-17"), own, approvals: nil).outcome == .outside)
    #expect(PlannedDay(try #require(CivilDate(iso: "2023-05-17")), region: "82.05", own).answer == .free)
    #expect(PlannedDay(try #require(CivilDate(iso: "2015-12-01")), region: "82.05", own).answer == .frozen)
  }

  /// The governor of Jawa Tengah was elected in 2018, the head of Blora was not.
  @Test func `a site may hold its regencies bound by the governor's election: then it depends`() throws {
    let shipped = try table(try RuleSet())
    let bound = try table(try Self.rules(governorBinds: true))
    for (region, day, without, with) in [
      ("33.16", "2017-11-17", Outcome.unjudgeable, Outcome.depends),
      ("33.73", "2018-06-01", .unjudgeable, .depends),
      ("33", "2017-11-17", .inside, .inside), ("33.13", "2017-11-17", .inside, .inside),
      ("34.71", "2018-05-17", .unjudgeable, .unjudgeable), ("31.71", "2017-08-01", .inside, .inside),
      ("33.73", "2023-05-17", .outside, .outside),
    ] {
      let before = judge(try act(region, day), shipped, approvals: nil)
      let after = judge(try act(region, day), bound, approvals: nil)
      #expect(after.outcome == with, "\(region) \(day)")
      #expect(after.notes.contains(.governorElection) == (with == .depends), "\(region) \(day)")
      if region == "33.16" || region == "33.73" {
        #expect(before.outcome != .inside && before.outcome != .depends, "\(region) \(day)")
      }
      _ = without
    }
    let asked = PlannedDay(try #require(CivilDate(iso: "2018-05-17")), region: "33.73", bound)
    #expect(asked.answer == .disputed)
  }

  @Test(
    "an act dated before 2022 may carry an old code of Papua",
    arguments: [
      // Mimika was 91.09; of the wave of 2018.
      ("91.09", "2017-11-17", "94.04", Outcome.inside), ("94.04", "2017-11-17", "94.04", .inside),
      // Puncak Jaya was 91.07; of 2017.
      ("91.07", "2016-09-01", "94.02", .inside),
    ])
  func oldCodes(code: String, day: String, region: String, outcome: Outcome) throws {
    let judgement = judge(try act(code, day), try table(try RuleSet()), approvals: nil)
    #expect(judgement.outcome == outcome)
    #expect(judgement.region?.code == region)
    #expect(!judgement.notes.contains(.regionUnknown))
  }

  @Test(
    "parts of Jakarta follow the province, Yogyakarta elects no governor, a province binds itself alone",
    arguments: [
      ("31.71", "2024-05-17", Outcome.inside), ("31.01", "2016-09-01", .inside),
      ("31.75", "2025-08-19", .inside),
      ("Kota Administrasi Jakarta Timur", "2024-05-17", .inside), ("31", "2024-05-17", .inside),
      ("34", "2024-05-17", .outside), ("34", "2020-05-17", .outside), ("34", "2025-05-17", .outside),
      ("DI Yogyakarta", "2024-05-17", .outside), ("34.04", "2024-05-17", .inside),
      ("34", "2031-05-17", .unjudgeable),
      // The province voted in 2020, these regencies did not: Merangin (2018), Kota Jambi (2018).
      ("15", "2020-05-17", .inside), ("15.02", "2020-09-01", .outside), ("15.71", "2020-09-01", .outside),
      ("Kabupaten Musi Rawas", "2020-05-17", .inside), ("musi rawas", "2020-12-15", .inside),
    ])
  func whoIsBound(region: String, day: String, outcome: Outcome) throws {
    #expect(judge(try act(region, day), try table(try RuleSet()), approvals: nil).outcome == outcome)
  }

  @Test func `what is missing is named with the region it is missing for`() throws {
    let table = try table(try RuleSet())
    let judgement = judge(try act("17.01", "2026-06-01"), table, approvals: nil)
    #expect(judgement.outcome == .unjudgeable)
    #expect(judgement.missing.map(\.kind) == [.factUnknown])
    #expect(judgement.missing.map(\.election) == ["serentak-2025"])
    #expect(judgement.missing.map(\.anchor) == [.inauguration])
    #expect(judgement.missing.map(\.region) == ["17.01"])
    #expect(judgement.notes.contains(.factUnknown))

    let beyond = judge(try act("17.02", "2031-06-01"), table, approvals: nil)
    #expect(beyond.missing.map(\.kind) == [.calendarEnds])
    #expect(beyond.missing.first?.known?.instrument == "MK 135/PUU-XXII/2024")

    let nowhere = judge(try act("17.99", "2024-05-17"), table, approvals: nil)
    #expect(nowhere.missing.map(\.kind) == [.regionUnknown])
    #expect(nowhere.missing.map(\.region) == ["17.99"])
    #expect(nowhere.notes.contains(.regionUnknown))
  }

  @Test func `the addition of a new election with its own id is one more`() throws {
    let own = try table(
      try Self.rules(
        """
        complete_through: {date: 2032-12-31, instrument: Perpu, known_from: 2026-03-01}
        verified_on: 2026-10-01
        elections:
          - id: pilkada-2031
            regions: ["16.05"]
            determination: {date: 2031-09-22, instrument: PKPU 1/2030, known_from: 2026-03-01}
        """))
    #expect(own.calendar.verifiedOn.description == "2026-10-01")
    #expect(judge(try act("16.05", "2031-05-17"), own, approvals: nil).outcome == .inside)
    #expect(judge(try act("16.05", "2031-12-17"), own, approvals: nil).outcome == .unjudgeable)
    #expect(judge(try act("16.06", "2031-05-17"), own, approvals: nil).outcome == .outside)
    #expect(judge(try act("16.06", "2033-01-01"), own, approvals: nil).outcome == .unjudgeable)
  }

  @Test(
    "an addition that contradicts the shipped calendar is refused with its own file and line",
    arguments: [
      (
        "inaugurations:\n  - {id: serentak-2025, date: {regions: [\"36.04\"], date: 2025-06-01, instrument: A, known_from: 2025-06-01}}",
        2, "had its oath on 2025-05-27"
      ),
      (
        "inaugurations:\n  - {id: serentak-2025, date: {regions: [\"34\"], date: 2025-06-01, instrument: A, known_from: 2025-06-01}}",
        2, "takes no part"
      ),
      (
        "inaugurations:\n  - {id: pelantikan-ulang-2025, date: {regions: [\"36.04\"], date: 2025-11-01, instrument: A, known_from: 2025-11-01}}",
        2, "takes no part"
      ),
      (
        "acting_heads: [{region: Serang, kind: pj, from: 2015-09-01, until: open, instrument: A, known_from: 2015-09-01}]",
        1, "more than one region"
      ),
      ("election: []", 1, "unknown key"),
    ])
  func contradiction(text: String, line: Int, says: String) throws {
    let error = try #require(throws: FileError.self) { _ = try Self.rules(text) }
    #expect(error.file.hasSuffix("0.yaml"))
    #expect(error.line == line)
    #expect(error.message.english.contains(says), "\(error.message.english)")
  }
}
