// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that measuring never slows the tests or the build of the product. `Sources/FreezeRules` is a
// link to the engine's own sources: it imports nothing, so nothing has to be fetched, and the name of the folder that
// holds the clone does not matter.
let package = Package(
  name: "engine-benchmark",
  targets: [
    .target(name: "FreezeRules", resources: [.embedInCode("Shipped/regions.csv")]),
    .target(name: "CAllocations"),
    .executableTarget(name: "engine-benchmark", dependencies: ["CAllocations", "FreezeRules"]),
  ],
  swiftLanguageModes: [.v6]
)
