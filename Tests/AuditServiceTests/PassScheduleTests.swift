import FreezeRules
import Testing

@testable import AuditService

/// When a pass is due: time is an argument.
@Suite struct PassScheduleTests {
  private func day(_ text: String) -> CivilDate { CivilDate(iso: text) ?? .min }
  private let monday = CivilDate(iso: "2026-03-02") ?? .min
  private let tuesday = CivilDate(iso: "2026-03-03") ?? .min

  /// A schedule of five minutes after a good pass at 1000 s on Monday.
  private func running() -> PassSchedule {
    var schedule = PassSchedule(interval: .seconds(300))
    schedule.started()
    schedule.completed(now: .seconds(1000), today: monday, isEvaluated: true)
    return schedule
  }

  @Test func `A pass at start, then one an interval`() {
    var schedule = PassSchedule(interval: .seconds(300))
    #expect(schedule.isDue(now: .seconds(5), today: monday))
    schedule.started()
    schedule.completed(now: .seconds(10), today: monday, isEvaluated: true)
    #expect(!schedule.isDue(now: .seconds(309), today: monday))
    #expect(schedule.wait(now: .seconds(309)) == .seconds(1))
    #expect(schedule.isDue(now: .seconds(310), today: monday))
  }

  @Test func `What is asked for by some time comes then, and puts off nothing`() {
    var schedule = running()
    schedule.ask(by: .seconds(1011))
    schedule.ask(by: .seconds(1012))
    #expect(!schedule.isDue(now: .seconds(1010), today: monday))
    #expect(schedule.wait(now: .seconds(1010)) == .seconds(1))
    #expect(schedule.isDue(now: .seconds(1011), today: monday))
    // Also where it was asked for while a pass ran; the next one answers it.
    schedule.completed(now: .seconds(1010), today: monday, isEvaluated: true)
    #expect(schedule.isDue(now: .seconds(1011), today: monday))
    schedule.started()
    schedule.completed(now: .seconds(1012), today: monday, isEvaluated: true)
    #expect(!schedule.isDue(now: .seconds(1013), today: monday))
    schedule = running()
    schedule.ask(by: .seconds(9000))
    #expect(schedule.isDue(now: .seconds(1300), today: monday))
  }

  @Test func `One pass after local midnight, and only one`() {
    var schedule = running()
    #expect(!schedule.isDue(now: .seconds(1010), today: monday))
    #expect(schedule.isDue(now: .seconds(1015), today: tuesday))
    schedule.completed(now: .seconds(1016), today: tuesday, isEvaluated: true)
    #expect(!schedule.isDue(now: .seconds(1020), today: tuesday))
  }

  @Test func `A pass that runs over midnight is followed by one of the new day`() {
    var schedule = running()
    // It began on Monday and ends on Tuesday: what it judged was known on Monday.
    schedule.completed(now: .seconds(1400), today: monday, isEvaluated: true)
    #expect(schedule.isDue(now: .seconds(1401), today: tuesday))
  }

  @Test(arguments: ["2026-03-01", "2026-03-03", "2020-01-01", "2036-01-01"])
  func `A wall clock that jumps is one pass there, and neither skips nor doubles the interval`(
    _ jumped: String
  ) {
    var schedule = running()
    #expect(schedule.isDue(now: .seconds(1100), today: day(jumped)))
    schedule.completed(now: .seconds(1101), today: day(jumped), isEvaluated: true)
    #expect(!schedule.isDue(now: .seconds(1102), today: day(jumped)))
    #expect(schedule.isDue(now: .seconds(1401), today: day(jumped)))
    // And back.
    #expect(schedule.isDue(now: .seconds(1110), today: monday))
  }

  @Test func `What is asked for while a pass runs is answered by the next one, at once`() {
    var schedule = running()
    schedule.ask()
    schedule.started()
    #expect(!schedule.isDue(now: .seconds(1010), today: monday))
    // Committed after the snapshot of the pass under way.
    schedule.ask()
    schedule.completed(now: .seconds(1011), today: monday, isEvaluated: true)
    #expect(schedule.isDue(now: .seconds(1011), today: monday))
    schedule.started()
    schedule.completed(now: .seconds(1012), today: monday, isEvaluated: true)
    #expect(!schedule.isDue(now: .seconds(1012), today: monday))
  }

  @Test func `A machine that slept makes up with one pass`() {
    var schedule = running()
    #expect(schedule.isDue(now: .seconds(1000 + 86_400 * 3), today: day("2026-03-05")))
    schedule.completed(now: .seconds(1001 + 86_400 * 3), today: day("2026-03-05"), isEvaluated: true)
    #expect(!schedule.isDue(now: .seconds(1002 + 86_400 * 3), today: day("2026-03-05")))
  }

  @Test
  func `A source that is away is tried again after 1, 2, 4 ... seconds, at most a minute or the interval`() {
    let waits = (1...9).map { PassSchedule.backOff($0, .seconds(300)) }
    #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
    #expect(PassSchedule.backOff(Int.max, .seconds(300)) == .seconds(60))
    #expect(PassSchedule.backOff(6, .seconds(20)) == .seconds(20))
    var schedule = running()
    schedule.completed(now: .seconds(2000), today: monday, isEvaluated: false)
    #expect(!schedule.isDue(now: .seconds(2000), today: tuesday), "midnight adds nothing to the retries")
    #expect(schedule.isDue(now: .seconds(2001), today: monday))
    schedule.completed(now: .seconds(2001), today: monday, isEvaluated: false)
    #expect(!schedule.isDue(now: .seconds(2002), today: monday))
    #expect(schedule.isDue(now: .seconds(2003), today: monday))
    // Healed: the rhythm is the old one, and midnight counts again.
    schedule.completed(now: .seconds(2003), today: monday, isEvaluated: true)
    #expect(schedule.isDue(now: .seconds(2004), today: tuesday))
  }

  @Test func `What is asked for is due at once, also while the source is away`() {
    var schedule = running()
    schedule.ask()
    #expect(schedule.isDue(now: .seconds(1001), today: monday))
    schedule.completed(now: .seconds(1002), today: monday, isEvaluated: false)
    schedule.ask()
    #expect(schedule.isDue(now: .seconds(1002), today: monday))
  }
}
