import AuditBase
import FreezeRules
import Testing

@testable import AuditReports

@Suite struct TextTests {
  @Test func everyLineFitsAndNothingIsLost() {
    let texts = [
      "satu dua tiga empat lima enam tujuh", String(repeating: "x", count: 95), "漢字 漢字漢字漢字漢字漢字漢字漢字漢字",
      "a\u{301}e\u{301} b",
      "", "😀😀😀 😀😀😀",
    ]
    for text in texts {
      for width in [12, 20, 40] {
        let lines = TextWidth.wrap(text, indent: "  ", width)
        #expect(lines.allSatisfy { TextWidth.of($0) <= width }, "\(text) in \(width)")
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
        #expect(TextWidth.of(TextWidth.fit(text, width)) <= width)
      }
    }
  }

  private func judged(_ id: String, _ number: String?, _ day: String = "2024-03-22") throws -> Judgement {
    let action = act(id) {
      $0.decreeNo = number
      $0.decreeDate = .known(DateSpan(date(day)), original: day)
    }
    return judge(action, try windows(), approvals: nil)
  }

  @Test func actsOfOneSKComeTogetherInBoundedMemory() throws {
    var order = DecreeOrder<Int>(on: date("2026-01-01"), batch: 6)
    var given: [[Int]] = []
    var continued: [Bool] = []
    func note(_ groups: [DecreeOrder<Int>.Group]) {
      given += groups.map(\.elements)
      continued += groups.map(\.isContinued)
    }
    for (index, number) in ["A", "B", "a ", nil, "B", nil, "A", "C", nil, nil].enumerated() {
      note(order.add(try judged("\(index)", number), index))
    }
    note(order.take())
    #expect(given == [[0, 2], [1, 4], [3, 5], [6], [7], [8, 9]])
    #expect(continued == [false, false, false, true, false, false])
  }

  @Test func actsThatComeBySKAreNeverCutInTwo() throws {
    var order = DecreeOrder<Int>(on: date("2026-01-01"), isSorted: true, batch: 2)
    var given: [[[Int]]] = []
    for (index, number) in ["A", "a ", "A", "B", "C", "A"].enumerated() {
      given.append(order.add(try judged("\(index)", number), index).map(\.elements))
    }
    #expect(given == [[], [], [], [[0, 1, 2]], [], [[3], [4]]])
    #expect(order.take().map(\.isContinued) == [true], "an SK that comes again is marked, never lost")
  }

  /// What can still be put off comes first, the soonest before the others; then by gravity and day; garbage last.
  @Test func whatSomebodyCanStillPutOffComesFirst() throws {
    let days = ["2024-08-01", "2024-03-20", "2024-05-01", "2024-04-01", "2024-06-01", "2024-03-25"]
    var order = DecreeOrder<String>(on: date("2024-05-15"))
    for day in days { _ = order.add(try judged(day, day, day), day) }
    let garbage = judge(
      act("x") {
        $0.decreeNo = "0"
        $0.decreeDate = .absent(original: "0000-00-00")
      }, try windows(), approvals: nil)
    _ = order.add(garbage, "garbage")
    let given = order.take()
    #expect(
      given.flatMap(\.elements) == [
        "2024-06-01", "2024-08-01", "2024-03-25", "2024-04-01", "2024-05-01", "2024-03-20", "garbage",
      ])
    #expect(given.map { $0.urgency.ahead != nil } == [true, true, false, false, false, false, false])
  }

  @Test(arguments: [
    (Outcome.outside, Outcome.inside, Change.becameFrozen), (.inside, .outside, .becameFree),
    (.depends, .inside, .changed), (.outside, .approved, .changed), (.inside, .inside, .unchanged),
    (.unjudgeable, .inside, .changed), (.outside, .reversal, .becameFrozen),
    (.approvedLate, .notCovered, .becameFree),
  ])
  func aChangeIsNamedByWhichSideItLeads(_ from: Outcome, _ to: Outcome, _ change: Change) {
    #expect(Change(from: from, to: to) == change)
  }
}
