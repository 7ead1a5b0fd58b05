import Foundation

/// The best of several runs, in seconds: what the machine can do when nobody else disturbs it.
func best(of runs: Int, _ work: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<runs {
    let start = DispatchTime.now().uptimeNanoseconds
    work()
    best = min(best, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
  }
  return best
}

/// A row of a table.
func row(_ name: String, _ columns: String...) {
  print(
    "  " + name.padding(toLength: 50, withPad: " ", startingAt: 0)
      + columns.map { " " + $0.leftPadded(18) }.joined())
}

extension String {
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

func number(_ value: Double, _ digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }

/// Keeps a result from being optimised away.
@inline(never) func keep<T>(_ value: T) {}
