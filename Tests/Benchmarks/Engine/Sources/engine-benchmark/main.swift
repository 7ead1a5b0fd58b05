import Foundation
import FreezeRules

// What the engine takes, beside what others take for less. One core, fixed seed; answers are compared.
//   swift run -c release --package-path Tests/Benchmarks/Engine engine-benchmark [--quick]

let isQuick = CommandLine.arguments.contains("--quick")
var missed: [String] = []

print("1. Bulk: dates against one window, eight readings open, with the depends flag")
if !CommandLine.arguments.contains("--single") { missed += Bulk.run(millions: isQuick ? 4 : 16) }
print("\n2. One record: outcome, notes and the whole derivation, text excluded")
missed += Single.run(times: isQuick ? 50_000 : 400_000)
print(
  "\n3. The same question, one reading: is the act inside the six months counted back from D? (D differs by act)"
)
missed += Rivals.run(count: isQuick ? 100_000 : 1_000_000)

print(missed.isEmpty ? "\nEvery target met." : "\nMISSED: " + missed.joined(separator: "; "))
exit(missed.isEmpty ? 0 : 1)
