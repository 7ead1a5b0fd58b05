import CAllocations
import FreezeRules

enum Single {
  /// One record at a time; the target is 2 microseconds a verdict.
  static func run(times: Int) -> [String] {
    var missed: [String] = []
    func measure(
      _ name: String, _ act: PersonnelAction, _ table: WindowTable, _ approvals: Approvals?, verdicts: Int
    ) {
      // Batches of a millisecond: the best one had a core to itself.
      let batch = 500
      let seconds = best(of: times / batch) {
        for _ in 0..<batch { keep(judge(act, table, approvals: approvals).verdicts.count) }
      }
      let micros = seconds / Double(batch) * 1e6
      let each = micros / Double(verdicts)
      let before = allocation_count()
      keep(judge(act, table, approvals: approvals).verdicts.count)
      let allocations = allocation_count() - before
      row(
        name, number(micros, 2) + " us", number(each, 2) + " us/verdict", "target 2",
        "\(allocations) allocations")
      if each > 2 { missed.append("\(name): \(number(each, 2)) us a verdict") }
    }
    let inside = Sample.act
    var outside = inside
    outside.decreeDate = .known(DateSpan(Sample.day(2023, 1, 5)), original: "2023-01-05")
    outside.effectiveDate = .absent(original: nil)
    outside.inauguratedOn = outside.decreeDate
    let letter = ApprovalLine(
      letterNo: "X/OTDA", letterDate: .known(DateSpan(Sample.day(2024, 5, 10)), original: ""),
      nip: inside.nip,
      postTo: inside.postTo)
    measure("inside, one rule and election", inside, Sample.oneRule, nil, verdicts: 1)
    measure(
      "inside, matched with an annex (approved-late)", inside, Sample.oneRule, Approvals([letter]),
      verdicts: 1)
    measure("outside, one rule and election", outside, Sample.oneRule, nil, verdicts: 1)
    measure("inside, three rules", inside, Sample.table, nil, verdicts: 3)
    return missed
  }
}
