import FreezeRules
import RuleFiles
import Testing

@testable import AuditReports

/// What would have been told of a record, day by day.
@Suite struct ReplayTests {
  private static let set = Result { try RuleSet() }

  private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

  private static func replay(_ from: String, _ to: String, _ set: RuleSet) throws -> Replay {
    Replay(set.windows(knownOn: try day(to)), over: try day(from)...(try day(to)))
  }

  /// `recorded=…; oath=…; …`
  private static func act(_ text: String) throws -> PersonnelAction {
    var action = PersonnelAction(actionID: "1", kind: "mutasi")
    action.regionCode = "33.74"
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=").map { String($0.drop { $0 == " " }) }
      func recorded() throws -> RecordedDate { .known(DateSpan(try day(pair[1])), original: pair[1]) }
      switch pair[0] {
      case "recorded": action.recordedOn = try day(pair[1])
      case "oath": action.inauguratedOn = try recorded()
      case "decree": action.decreeDate = try recorded()
      case "kind": action.kind = pair[1]
      case "region": action.regionCode = pair[1]
      case "letter":
        action.approvalNo = "100.2/1"
        action.approvalDate = try recorded()
      case "month":
        let span = DateSpan(
          year: try #require(Int(pair[1].prefix(4))), month: try #require(Int(pair[1].suffix(2))))
        action.inauguratedOn = .known(try #require(span), original: pair[1])
      default: Issue.record("\(pair[0])")
      }
    }
    return action
  }

  private static func lines(_ events: [ReplayEvent]) -> [String] {
    events.map {
      "\($0.day?.description ?? "-") \($0.change.rawValue) \($0.outcome.rawValue)"
        + ($0.because.isEmpty ? "" : " (\($0.because.joined(separator: "; ")))")
    }
  }

  @Test(arguments: [
    // Told the day it was entered; taken back when the schedule moved.
    (
      "recorded=2020-01-15; oath=2020-02-01",
      ["2020-01-15 told inside", "2020-06-12 withdrawn outside (PKPU 5/2020)"]
    ),
    // Nothing was known to be frozen then; the circular of March 2024 closed the boundary day.
    (
      "recorded=2024-03-25; oath=2024-03-22; region=16.05",
      [
        "2024-03-25 told depends",
        "2024-03-29 changed inside (SE Mendagri 100.2.1.3/1575/SJ)",
      ]
    ),
    // Entered before the schedule was there: told that it cannot be judged, then told.
    (
      "recorded=2024-01-10; oath=2024-05-10; region=16.05",
      ["2024-01-10 told unjudgeable", "2024-01-26 told inside (PKPU 2/2024)"]
    ),
    // The letter came after the record, and before the oath.
    (
      "recorded=2024-04-01; oath=2024-05-10; letter=2024-04-20; region=16.05",
      ["2024-04-01 told inside", "2024-04-20 withdrawn approved (100.2/1)"]
    ),
    // The letter came after the oath.
    (
      "recorded=2024-04-01; oath=2024-05-10; letter=2024-06-01; region=16.05",
      ["2024-04-01 told inside", "2024-06-01 changed approved-late (100.2/1)"]
    ),
    // Entered before the auditor began: on its first day. Entered later than the range: never.
    (
      "recorded=2019-06-01; oath=2020-02-01",
      ["2019-12-01 told inside", "2020-06-12 withdrawn outside (PKPU 5/2020)"]
    ),
    ("recorded=2025-01-01; oath=2024-05-10; region=16.05", []),
    // Nobody knows when: no day is guessed.
    ("oath=2024-05-10; region=16.05", ["- told inside"]),
    ("oath=2020-02-01", ["- told inside"]),
    ("oath=2019-02-01", []),
    ("recorded=2024-01-10; kind=tukar guling; oath=2019-05-10", ["2024-01-10 told unjudgeable"]),
    ("recorded=2024-01-10; kind=pensiun; oath=2024-05-10", []),
    ("recorded=2024-04-01", ["2024-04-01 told unjudgeable"]),
  ])
  func `what is told, and when`(_ record: String, _ expected: [String]) throws {
    let action = try Self.act(record)
    let replay = try Self.replay("2019-12-01", "2024-12-31", try Self.set.get())
    let last = judge(action, replay.states[0].asKnown(on: try Self.day("2024-12-31")), approvals: nil)
    // What another election says of the same act is told besides.
    let own = replay.events(last, nil).filter { $0.rule.map { $0 == "pasal-71-2" } ?? true }
    #expect(Self.lines(own) == expected)
  }

  @Test(arguments: [
    ("recorded=2024-04-01; oath=2024-05-10", "before", 39),
    ("recorded=2024-05-10; oath=2024-05-10", "on_the_day", 0),
    ("recorded=2024-06-01; oath=2024-05-10", "after", -22),
    ("recorded=2024-04-01; month=2024-05", "before", nil),
    ("recorded=2024-05-04; month=2024-05", "unknown", nil),
    ("recorded=2024-06-01; month=2024-05", "after", nil),
    ("recorded=2024-04-01; decree=2024-05-10", "unknown", nil), ("oath=2024-05-10", "unknown", nil),
  ])
  func `how many days before the oath`(_ record: String, _ timing: String, _ days: Int?) throws {
    let replay = try Self.replay("2024-03-30", "2024-12-31", try Self.set.get())
    var tally = ReplayTally(replay, .full)
    var action = try Self.act(record)
    action.regionCode = "16.05"
    tally.take(judge(action, replay.states[0].asKnown(on: try Self.day("2024-12-31")), approvals: nil), nil)
    let row = try #require(tally.rows.first)
    #expect(row.timing.rawValue == timing && row.daysBeforeOath == days)
    #expect(tally.alerted == 1 && tally[row.timing] == 1)
    #expect(tally.undated == (action.recordedOn == nil ? 1 : 0))
    #expect((row.unknown != nil) == (timing == "unknown"))
  }

  /// Where nothing was announced of an election, whatever comes can only come after the present day: each day is another state.
  private static func unannounced(_ set: RuleSet) -> RuleSet {
    var set = set
    set.calendar.elections.append(Election(id: "pilkada-2031", regions: .all, determinations: []))
    return set
  }

  @Test(arguments: [
    ("2020-05-25", "2020-06-20", false, 1), ("2024-01-15", "2024-02-05", false, 2),
    ("2024-03-20", "2024-04-05", false, 3), ("2025-05-20", "2025-06-10", false, 4),
    ("2024-10-01", "2024-11-05", true, 5),
  ])
  func `On each day a replay says what an audit of that day says of the records there were`(
    _ from: String, _ to: String, _ isUnannounced: Bool, _ seed: UInt64
  ) throws {
    let shipped = try Self.set.get()
    let set = isUnannounced ? Self.unannounced(shipped) : shipped
    let replay = try Self.replay(from, to, set)
    let (first, last) = (replay.range.lowerBound, replay.range.upperBound)
    let length = first.days(until: last)
    var dice = Dice(seed: seed)
    func near(_ before: Int, _ after: Int) throws -> CivilDate {
      try #require(first.adding(days: dice.below(before + length + after) - before))
    }
    let letters = Approvals(
      try (0..<40).map { place in
        let date = try near(30, 30)
        return ApprovalLine(
          letterNo: "100/\(place)", letterDate: .known(DateSpan(date), original: "\(date)"),
          nip: "1980010120060410\(10 + place % 20)", postTo: nil)
      })
    var actions: [PersonnelAction] = []
    for place in 0..<120 {
      var action = PersonnelAction(
        actionID: "\(place)", kind: dice.pick(["mutasi", "mutasi", "promosi", "pensiun", "?"]))
      action.regionCode = dice.pick(["16.05", "33.74", "62.05", "36.04", "19.71", nil])
      action.nip = "1980010120060410\(10 + dice.below(30))"
      action.recordedOn = try near(20, 20)
      let oath = try near(200, 200)
      action.inauguratedOn = .known(DateSpan(oath), original: "\(oath)")
      if dice.below(3) == 0 {
        let decree = try near(200, 200)
        action.decreeDate = .known(DateSpan(decree), original: "\(decree)")
      }
      actions.append(action)
    }
    let approvals = seed % 2 == 0 ? letters : nil
    var days = [first]
    while let next = days.last?.adding(days: 1), next <= last { days.append(next) }
    let end = set.windows(knownOn: last)
    let replayed = actions.map { replay.events(judge($0, end, approvals: approvals), approvals) }
    var open = [[String: Outcome]](repeating: [:], count: actions.count)
    var told = 0
    for day in days {
      let table = set.windows(knownOn: day)
      for (place, action) in actions.enumerated() {
        for event in replayed[place] where event.day == day {
          told += 1
          let key = "\(event.rule ?? "-") \(event.election ?? "-")"
          // A verdict replaces that nothing could be said.
          if event.change != .withdrawn { open[place]["- -"] = nil }
          open[place][key] = event.change == .withdrawn ? nil : event.outcome
        }
        var expected: [String: Outcome] = [:]
        if let entered = action.recordedOn, entered <= day {
          let judged = judge(action, table, approvals: approvals)
          for verdict in judged.verdicts where verdict.outcome.level == .alert || verdict.outcome == .reversal
          {
            expected["\(verdict.window.rule) \(verdict.window.election)"] = verdict.outcome
          }
          if judged.outcome == .unjudgeable { expected["- -"] = .unjudgeable }
        }
        #expect(open[place] == expected, "seed \(seed), \(day), \(action)")
      }
    }
    #expect(told > 40, "\(told)")
  }
}

/// A small generator, so that a failing case is the same tomorrow.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, limit)))
  }

  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}
