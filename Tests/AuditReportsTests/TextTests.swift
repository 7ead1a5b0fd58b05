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

  @Test func actsOfOneSKComeTogetherInBoundedMemory() {
    var order = DecreeOrder<Int>(batch: 6)
    var given: [[Int]] = []
    var continued: [Bool] = []
    func note(_ groups: [DecreeOrder<Int>.Group]) {
      given += groups.map(\.elements)
      continued += groups.map(\.isContinued)
    }
    for (index, number) in ["A", "B", "a ", nil, "B", nil, "A", "C", nil, nil].enumerated() {
      note(order.add(act("\(index)") { $0.decreeNo = number }, index))
    }
    note(order.take())
    #expect(given == [[0, 2], [1, 4], [3, 5], [6], [7], [8, 9]])
    #expect(continued == [false, false, false, true, false, false])
  }

  @Test func actsThatComeBySKAreHeldForOneSKOnly() {
    var order = DecreeOrder<Int>(isSorted: true)
    var given: [[[Int]]] = []
    for (index, number) in ["A", "a ", "B", nil, nil, "C", "A"].enumerated() {
      given.append(order.add(act("\(index)") { $0.decreeNo = number }, index).map(\.elements))
    }
    #expect(given == [[], [], [[0, 1]], [[2]], [], [[3, 4]], [[5]]])
    #expect(order.take().map(\.isContinued) == [true], "an SK that comes again is marked, never lost")
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
