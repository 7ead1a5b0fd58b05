import CAllocations
import FreezeRules

enum Single {
  /// One record at a time; the target is 2 microseconds a verdict.
  static func run(times: Int) -> [String] {
    let inside = Sample.act
    var outside = inside
    outside.decreeDate = .known(DateSpan(Sample.day(2023, 1, 5)), original: "2023-01-05")
    outside.effectiveDate = .absent(original: nil)
    outside.inauguratedOn = outside.decreeDate
    let letter = ApprovalLine(
      letterNo: "X/OTDA", letterDate: .known(DateSpan(Sample.day(2024, 5, 10)), original: ""),
      nip: inside.nip,
      postTo: inside.postTo)
    let annex = Approvals([letter])
    let cases:
      [(name: String, act: PersonnelAction, table: WindowTable, approvals: Approvals?, verdicts: Int)] = [
        ("inside, one rule and election", inside, Sample.oneRule, nil, 1),
        ("inside, matched with an annex (approved-late)", inside, Sample.oneRule, annex, 1),
        ("outside, one rule and election", outside, Sample.oneRule, nil, 1),
        ("inside, three rules", inside, Sample.table, nil, 3),
        // 16.05 voted in 2015, 2020 and 2024.
        ("inside, a region's waves since 2015", inside, Sample.countryTable, nil, 9),
        ("outside, a region's waves since 2015", outside, Sample.countryTable, nil, 9),
      ]
    // Batches of a millisecond: the best one had a core to itself. In rounds, so that no case has all of its batches in a
    // slow second of the machine.
    let batch = 500
    let rounds = 8
    var seconds = Array(repeating: Double.infinity, count: cases.count)
    for _ in 0..<rounds {
      for (index, one) in cases.enumerated() {
        let found = best(of: times / batch / rounds) {
          for _ in 0..<batch { keep(judge(one.act, one.table, approvals: one.approvals).verdicts.count) }
        }
        seconds[index] = min(seconds[index], found)
      }
    }
    var missed: [String] = []
    for (index, one) in cases.enumerated() {
      let micros = seconds[index] / Double(batch) * 1e6
      let each = micros / Double(one.verdicts)
      let before = allocation_count()
      keep(judge(one.act, one.table, approvals: one.approvals).verdicts.count)
      let allocations = allocation_count() - before
      row(
        one.name, number(micros, 2) + " us", number(each, 2) + " us/verdict", "target 2",
        "\(allocations) allocations")
      if each > 2 { missed.append("\(one.name): \(number(each, 2)) us a verdict") }
    }
    let table = best(of: 20) {
      keep(WindowTable(Sample.rulebook, Sample.country, knownOn: Sample.day(2026, 11, 22)).windows.count)
    }
    row("the windows of all regions, made once", number(table * 1e6, 0) + " us")
    return missed
  }
}
