import Foundation
import FreezeRules

// What the engine takes, beside what others take for less. One core, fixed seed; answers are compared.
//   swift run -c release --package-path Tests/Benchmarks/Engine engine-benchmark [--quick] [bulk] [single] [rivals]

let arguments = CommandLine.arguments.dropFirst()
let isQuick = arguments.contains("--quick")
let parts = arguments.filter { !$0.hasPrefix("-") }
func wants(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }
var missed: [String] = []

if wants("bulk") {
  print("\n1. Bulk: dates against one window, eight readings open, with the depends flag")
  missed += Bulk.run(millions: isQuick ? 4 : 16)
}
if wants("single") {
  print("\n2. One record: outcome, notes and the whole derivation, text excluded")
  missed += Single.run(times: isQuick ? 50_000 : 400_000)
}
if wants("rivals") {
  print("\n3. One reading, another D for every act: is it inside the six months counted back from D?")
  missed += Rivals.run(count: isQuick ? 100_000 : 1_000_000)
}

print(missed.isEmpty ? "\nEvery target met." : "\nMISSED: " + missed.joined(separator: "; "))
exit(missed.isEmpty ? 0 : 1)
