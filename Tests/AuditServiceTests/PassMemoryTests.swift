import FreezeRules
@testable import HRRecords
import RuleFiles
import Testing

@testable import AlertLedger
@testable import AuditService

/// What a pass remembers of records is given back as it was, for as long as all that judged is the same, and of no other record.
@Suite struct PassMemoryTests {
  private static func context(_ change: (inout Facts) -> Void = { _ in }) -> PassMemory.Context {
    var facts = Facts()
    change(&facts)
    return PassMemory.Context(
      knownOn: facts.day, today: facts.today, rulebookHash: facts.rules, calendarHash: facts.calendar,
      alertSince: facts.alertSince, source: facts.source, shape: facts.shape, orders: DateOrders(),
      approvals: facts.approvals)
  }

  struct Facts {
    var day = CivilDate(iso: "2026-03-02") ?? .min
    var today = CivilDate(iso: "2026-03-02") ?? .min
    var rules = "r"
    var calendar = "c"
    var alertSince: CivilDate?
    var source = SourceSettings(
      name: "simpeg", conninfo: "", view: "v", region: "16.05", zone: .wib, elections: [], approvalsPath: nil)
    var shape = SourceShape(columns: ["kind:25"], annexes: nil)
    var approvals: [ApprovalLine]?
  }

  private static func record(_ number: Int) -> PassMemory.Record {
    Array("record \(number)".utf8).withUnsafeBytes { PassMemory.Record($0) }
  }

  private static let marks = Result {
    var action = PersonnelAction(actionID: "r", kind: "mutasi")
    action.regionCode = "16.05"
    action.decreeDate = .known(DateSpan(CivilDate(iso: "2024-05-02") ?? .min), original: "2024-05-02")
    let table = try RuleSet(rulesPath: nil, calendarPath: nil).windows(
      declared: [], knownOn: CivilDate(iso: "2026-03-02") ?? .min)
    return Finding.all(source: "simpeg", judge(action, table, approvals: nil)).compactMap(
      AlertTable.Mark.init)
  }

  private static func known(_ number: Int) throws -> PassMemory.Known {
    let marks = try marks.get()
    #expect(!marks.isEmpty)
    switch number % 4 {
    case 0: return PassMemory.Known(outcome: .outside, ahead: nil, trace: .quiet)
    case 1:
      return PassMemory.Known(
        outcome: .inside, ahead: nil, trace: .found(marks[...]))
    case 2:
      return PassMemory.Known(
        outcome: .unjudgeable, ahead: nil, trace: .unjudgeable(QualityMark(high: UInt64(number), low: 7)))
    default: return PassMemory.Known(outcome: .unjudgeable, ahead: nil, trace: .waiting([]))
    }
  }

  @Test func `Every record is given back as it was kept, and no other`() throws {
    var memory = PassMemory(capacity: 1000)
    memory.begin(Self.context())
    for number in 0..<500 {
      #expect(memory.recall(Self.record(number)) == nil)
      memory.keep(Self.record(number), try Self.known(number))
    }
    memory.end()
    memory.begin(Self.context())
    for number in 0..<500 { #expect(memory.recall(Self.record(number)) == (try Self.known(number))) }
    for number in 500..<1000 { #expect(memory.recall(Self.record(number)) == nil) }
    #expect(memory.count == 500)
  }

  @Test func `Whatever judges is part of it`() throws {
    let changes: [(String, (inout Facts) -> Void)] = [
      ("the day of knowledge", { $0.day = CivilDate(iso: "2026-03-03") ?? .min }),
      ("today", { $0.today = CivilDate(iso: "2026-03-03") ?? .min }), ("the rules", { $0.rules = "s" }),
      ("the calendar", { $0.calendar = "d" }), ("alert_since", { $0.alertSince = .min }),
      ("the region of the site", { $0.source.region = "16.06" }),
      ("the elections of the site", { $0.source.elections = ["x"] }),
      ("the columns of the view", { $0.shape = SourceShape(columns: [], annexes: nil) }),
      ("the definitions below it", { $0.shape.definitions = ["v": "2"] }),
      ("an annex", { $0.approvals = [] }),
    ]
    for (name, change) in changes {
      var memory = PassMemory(capacity: 10)
      memory.begin(Self.context())
      memory.keep(Self.record(0), try Self.known(0))
      memory.begin(Self.context(change))
      #expect(memory.recall(Self.record(0)) == nil, "\(name)")
      #expect(memory.count == 0)
    }
  }

  @Test func `What is no longer read is forgotten, what is read stays`() throws {
    var memory = PassMemory(capacity: 1000)
    memory.begin(Self.context())
    for number in 0..<100 { memory.keep(Self.record(number), try Self.known(number)) }
    memory.end()
    memory.begin(Self.context())
    for number in 0..<40 { _ = memory.recall(Self.record(number)) }
    memory.end()
    #expect(memory.count == 40)
    for number in 0..<40 { #expect(memory.recall(Self.record(number)) == (try Self.known(number))) }
    #expect(memory.recall(Self.record(41)) == nil)
  }

  @Test func `It has a bound`() throws {
    var memory = PassMemory(capacity: 10)
    memory.begin(Self.context())
    for number in 0..<100 { memory.keep(Self.record(number), try Self.known(number)) }
    #expect(memory.count == 10)
    for number in 0..<10 { #expect(memory.recall(Self.record(number)) == (try Self.known(number))) }
  }

  @Test func `It is given out once, to one pass`() {
    let kept = KeptMemory()
    kept.keep(PassMemory(capacity: 1))
    #expect(kept.take() != nil)
    #expect(kept.take() == nil)
  }
}
