import CAllocations
import Foundation
import FreezeRules

enum Bulk {
  /// Judges columns of dates; the target is 200 M acts a second.
  static func run(millions: Int) -> [String] {
    let count = millions << 20
    guard let window = Sample.oneRule.windows.first else { return ["no window"] }
    let screen = BulkScreen(window)
    func column(_ seed: UInt64) -> [Int32] {
      var state = seed
      let first = Sample.day(2015, 1, 1).packed
      let last = Sample.day(2032, 12, 31).packed
      return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return first + Int32(state >> 33) % (last - first)
      }
    }
    let (decrees, effective, inaugurated) = (column(1), column(2), column(3))
    var codes = [UInt8](repeating: 0, count: count)
    var missed: [String] = []

    func measure(_ name: String, _ target: Double, _ judge: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
      var allocations: UInt64 = 0
      let seconds = codes.withUnsafeMutableBufferPointer { codes in
        best(of: 9) {
          let before = allocation_count()
          judge(codes)
          allocations = allocation_count() - before
        }
      }
      let rate = Double(count) / seconds / 1e6
      row(name, number(rate, 0) + " M acts/s", "target \(Int(target))", "\(allocations) allocations")
      if allocations > 0 { missed.append("\(name): allocates") }
      if rate < target { missed.append("\(name): \(number(rate, 0)) M acts/s") }
    }
    decrees.withUnsafeBufferPointer { decrees in
      measure("one date an act", 200) { screen.judge(decrees, into: $0) }
      effective.withUnsafeBufferPointer { effective in
        inaugurated.withUnsafeBufferPointer { inaugurated in
          measure("three dates an act (SK, TMT, oath)", 200) {
            screen.judge(decrees, effective, inaugurated, into: $0)
          }
        }
      }
    }
    let counts = codes.reduce(into: [0, 0, 0]) { $0[Int($1)] += 1 }
    row("of \(count) acts", "outside \(counts[0])", "depends \(counts[1])", "inside \(counts[2])")
    return missed
  }
}
