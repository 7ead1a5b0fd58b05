import Foundation
import FreezeRules
import RuleFiles
import Testing

/// Every example of the documentation of `FreezeRules`, compiled and run. The last test looks each one up in this file, so
/// that neither can change without the other.
@Suite struct DocumentationExamples {
  let rulebook: Rulebook
  let calendar: ElectionCalendar
  let table: WindowTable

  init() throws {
    let rules = try RuleSet()
    rulebook = rules.rulebook
    calendar = rules.calendar
    table = rules.windows(declared: [], knownOn: try #require(CivilDate(iso: "2024-12-01")))
  }

  func day(_ iso: String) throws -> CivilDate { try #require(CivilDate(iso: iso)) }

  // swift-format-ignore
  @Test func `the examples of FreezeRules`() throws {
    let table = WindowTable(rulebook, calendar, declared: [], knownOn: try day("2024-03-25"))
    var act = PersonnelAction(actionID: "1", kind: "mutasi")
    act.regionCode = "Kab. Musi Rawas"
    act.decreeDate = .known(DateSpan(try day("2024-03-21")), original: "21-03-2024")
    act.inauguratedOn = .known(DateSpan(try day("2024-03-22")), original: "22-03-2024")
    let judgement = judge(act, table, approvals: nil)
    #expect(judgement.outcome == .depends)
    #expect(judgement.verdicts.first?.dependsOn == [.boundary])
    #expect(judgement.verdicts.first?.insideDates == [.inauguratedOn])

    let later = WindowTable(rulebook, calendar, declared: [], knownOn: try day("2024-03-29"))
    #expect(judge(act, later, approvals: nil).outcome == .inside)
  }

  // swift-format-ignore
  @Test func `the examples of Readings`() throws {
    let september = try day("2024-09-22")
    let firsts = Reading.allCases.map { Window.firstDay(of: september, months: -6, $0)?.description }
    #expect(firsts.prefix(4) == ["2024-03-22", "2024-03-22", "2024-03-22", "2024-03-22"])
    #expect(firsts.suffix(4) == ["2024-03-23", "2024-03-23", "2024-03-23", "2024-03-23"])

    let march = try day("2023-03-01")
    #expect(march.moved(byMonths: -6).exists)
    let forwardUp = Reading(boundaryIncluded: true, forward: true, monthEnd: .up)
    let backDown = Reading(boundaryIncluded: true, forward: false, monthEnd: .down)
    #expect(Window.firstDay(of: march, months: -6, forwardUp)?.description == "2022-08-29")
    #expect(Window.firstDay(of: march, months: -6, backDown)?.description == "2022-09-01")
  }

  // swift-format-ignore
  @Test func `the examples of MonthArithmetic`() throws {
    let raw = try day("2023-08-31").moved(byMonths: -6)
    #expect(raw.description == "2023-02-31")
    #expect(!raw.exists)
    #expect(raw.rounded(.down)?.description == "2023-02-28")
    #expect(raw.rounded(.up)?.description == "2023-03-01")

    let start = try day("2024-03-31")
    let there = try #require(start.moved(byMonths: -1).rounded(.down))
    #expect(there.moved(byMonths: 1).rounded(.down)?.description == "2024-03-29")

    let end = try day("2023-12-31")
    let half = try #require(end.moved(byMonths: 2).rounded(.down))
    #expect(half.moved(byMonths: 2).rounded(.down)?.description == "2024-04-29")
    #expect(end.moved(byMonths: 4).rounded(.down)?.description == "2024-04-30")

    let a = try day("2023-08-29").moved(byMonths: -6).rounded(.down)
    let b = try day("2023-08-31").moved(byMonths: -6).rounded(.down)
    #expect(a == b)
  }

  // swift-format-ignore
  @Test func `the examples of TwoTimeAxes`() throws {
    var moved = PersonnelAction(actionID: "1", kind: "mutasi")
    moved.regionCode = "33.74"
    moved.inauguratedOn = .known(DateSpan(try day("2020-02-01")), original: "2020-02-01")
    let before = WindowTable(rulebook, calendar, knownOn: try day("2020-06-11"))
    let after = WindowTable(rulebook, calendar, knownOn: try day("2020-06-12"))
    #expect(judge(moved, before, approvals: nil).outcome == .inside)
    #expect(judge(moved, after, approvals: nil).outcome == .outside)

    let early = PlannedDay(try day("2015-01-01"), region: "16.05", after)
    #expect(early.answer == .notEvaluated)
    #expect(!early.isFree)

    let today = WindowTable(rulebook, calendar, knownOn: try day("2026-11-22"))
    let later = PlannedDay(try day("2031-06-01"), region: "16.05", today)
    #expect(later.answer == .notEvaluated)
    #expect(later.missing.map(\.kind) == [.calendarEnds])

    let unseen = PlannedDay(try day("2021-10-01"), region: "16.05", today)
    #expect(unseen.answer == .notEvaluated)
    #expect(unseen.missing.map(\.election) == ["serentak-2021"])

    let days = KnowledgeDays(rulebook, calendar)
    #expect(days.days(in: (try day("2020-06-01"))...(try day("2020-06-30"))) == [try day("2020-06-12")])
    #expect(days.instruments(on: try day("2020-06-12")) == ["PKPU 5/2020"])
  }

  // swift-format-ignore
  @Test func `the examples of Pasal71Ayat2`() throws {
    let window = try #require(
      table.windows(in: "16.05").first { $0.rule == "pasal-71-2" && $0.election == "pilkada-2024" })
    #expect(window.earliest.description == "2024-03-22")
    #expect(window.closes?.description == "2024-09-22")
  }

  // swift-format-ignore
  @Test func `the examples of Pasal71Ayat2Tail`() throws {
    let tail = try #require(
      table.windows(in: "16.05").first { $0.rule == "pasal-71-2-tail" && $0.election == "pilkada-2024" })
    #expect(tail.earliest.description == "2024-09-23")
    #expect(tail.closes == nil)

    let known = WindowTable(rulebook, calendar, knownOn: try day("2026-01-20"))
    func tailOf2024(_ region: String) -> Window? {
      known.windows(in: region).first { $0.rule == "pasal-71-2-tail" && $0.election == "pilkada-2024" }
    }
    #expect(tailOf2024("16.05")?.closes?.description == "2025-02-20")
    #expect(tailOf2024("Kab. Serang")?.closes?.description == "2025-05-27")
  }

  // swift-format-ignore
  @Test func `the examples of Pasal162Ayat3`() throws {
    let boundaryIn = Reading(boundaryIncluded: true, forward: true, monthEnd: .down)
    let boundaryOut = Reading(boundaryIncluded: false, forward: true, monthEnd: .down)
    let oath = try day("2025-02-20")
    #expect(Window.lastDay(of: oath, months: 6, boundaryIn)?.description == "2025-08-20")
    #expect(Window.lastDay(of: oath, months: 6, boundaryOut)?.description == "2025-08-19")

    let all = WindowTable(rulebook, calendar, knownOn: try day("2026-11-22"))
    let planned = PlannedDay(try day("2024-05-17"), region: "16.05", all)
    #expect(planned.answer == .frozen)
    #expect(planned.freeFrom?.description == "2025-08-21")
  }

  // swift-format-ignore
  @Test func `the examples of Pasal132A`() throws {
    let head = ActingHead(
      region: "82.05", kind: .pj, from: try day("2015-09-01"), until: .day(try day("2016-02-17")),
      instrument: "Kepmendagri", knownFrom: try day("2015-09-01"))
    var own = calendar
    own.actingHeads = [head]
    let sula = WindowTable(rulebook, own, knownOn: try day("2026-11-22"))
    let acting = try #require(sula.windows(in: "82.05").first { $0.rule == "pp-49-2008-132a" })
    #expect(acting.election == "pj-82.05-2015-09-01")
    #expect(acting.reach.last.description == "2016-02-17")
    #expect(!sula.windows(in: "82.06").contains { $0.rule == "pp-49-2008-132a" })
  }

  @Test func `every example of the documentation is above, word for word`() throws {
    let here = URL(fileURLWithPath: #filePath)
    let compiled = try String(contentsOf: here, encoding: .utf8).split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
    let catalog = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/FreezeRules/FreezeRules.docc")
    var examples = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: catalog.path) where file.hasSuffix(".md")
    {
      let text = try String(contentsOf: catalog.appendingPathComponent(file), encoding: .utf8)
      for block in text.components(separatedBy: "```swift\n").dropFirst() {
        let code = block.components(separatedBy: "```")[0].split(separator: "\n").map {
          $0.trimmingCharacters(in: .whitespaces)
        }.joined(separator: "\n")
        examples += 1
        #expect(compiled.contains(code), "\(file): \(code)")
      }
    }
    #expect(examples > 10)
  }
}
