// swift-tools-version: 6.1
import PackageDescription

// Arrows point down only: a target imports only targets listed above it.
// `swift build -Xswiftc -warnings-as-errors` is what CI runs.
let package = Package(
  name: "freeze-auditor",
  products: [
    .executable(name: "freeze-auditor", targets: ["freeze-auditor"]),
    .library(name: "FreezeRules", targets: ["FreezeRules"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "CLinux"),
    .target(name: "FreezeRules", resources: [.embedInCode("Shipped/regions.csv")]),
    .target(name: "AuditBase"),
    .target(name: "Postgres", dependencies: ["CLibPQ"]),
    .target(name: "SystemLog", dependencies: ["AuditBase", "CLinux"]),
    .target(name: "Workbook", dependencies: ["AuditBase"]),
    .target(
      name: "RuleFiles",
      dependencies: ["AuditBase", "FreezeRules", "Yams", .product(name: "Crypto", package: "swift-crypto")],
      resources: [
        .embedInCode("Shipped/rules.yaml"), .embedInCode("Shipped/calendar.yaml"),
        .embedInCode("Shipped/rule-tests.yaml"),
      ]),
    .target(name: "HRRecords", dependencies: ["AuditBase", "FreezeRules", "Postgres", "Workbook"]),
    .target(
      name: "AlertLedger",
      dependencies: [
        "FreezeRules", "AuditBase", "Postgres", .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "AuditReports",
      dependencies: ["FreezeRules", "AuditBase", "Workbook"],
      exclude: ["Schema"],
      resources: [
        .embedInCode("Shipped/holidays.txt"), .embedInCode("Shipped/forms/form-a.txt"),
        .embedInCode("Shipped/forms/temuan.txt"), .embedInCode("Shipped/forms/laporan-menteri.txt"),
        .embedInCode("WouldBe/would-be.sql"),
      ]),
    .target(
      name: "AlertMail",
      dependencies: [
        "AuditBase", "AuditReports", "FreezeRules", "SystemLog", "Workbook",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "AuditService",
      dependencies: [
        "AlertLedger", "AlertMail", "AuditReports", "FreezeRules", "HRRecords", "AuditBase", "Postgres",
        "RuleFiles", "SystemLog",
      ]),
    .executableTarget(
      name: "freeze-auditor",
      dependencies: [
        "AlertLedger", "AlertMail", "AuditReports", "AuditService", "FreezeRules", "HRRecords", "AuditBase",
        "Postgres",
        "RuleFiles", "SystemLog", "Workbook",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // What several test targets share: a throwaway PostgreSQL, a calendar written out as a table.
    .target(name: "TestSupport", dependencies: ["Postgres"], path: "Tests/TestSupport"),
    .testTarget(name: "AuditBaseTests", dependencies: ["AuditBase"]),
    .testTarget(name: "FreezeRulesTests", dependencies: ["FreezeRules", "TestSupport"]),
    .testTarget(
      name: "RuleFilesTests",
      dependencies: ["AuditBase", "RuleFiles", "FreezeRules", "HRRecords", "TestSupport"],
      resources: [.copy("Cases")]),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"]),
    .testTarget(
      name: "SystemLogTests", dependencies: ["AuditBase", "SystemLog"],
      exclude: ["Prometheus", "journald.sh"]),
    .testTarget(name: "WorkbookTests", dependencies: ["Workbook"]),
    .testTarget(
      name: "HRRecordsTests",
      dependencies: ["AuditBase", "HRRecords", "RuleFiles", "FreezeRules", "TestSupport", "Postgres"],
      exclude: ["Cases"]),
    .testTarget(name: "AlertLedgerTests", dependencies: ["AlertLedger", "FreezeRules", "AuditBase"]),
    .testTarget(
      name: "AuditReportsTests",
      dependencies: [
        "AuditReports", "FreezeRules", "AuditBase", "HRRecords", "Postgres", "RuleFiles", "TestSupport",
        "Workbook",
      ]),
    .testTarget(
      name: "AlertMailTests",
      dependencies: [
        "AuditBase", "AlertMail", "AuditReports", "FreezeRules", "TestSupport", "Workbook",
      ]),
    .testTarget(
      name: "AuditServiceTests",
      dependencies: [
        "AuditBase", "AuditService", "AlertLedger", "AlertMail", "FreezeRules", "HRRecords", "Postgres",
        "RuleFiles", "SystemLog", "TestSupport", "Workbook",
      ],
      exclude: ["Schemas", "WallClock/wallclock.c"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["AuditBase", "freeze-auditor", "FreezeRules", "Postgres", "TestSupport", "Workbook"]),
  ],
  swiftLanguageModes: [.v6]
)

// Tests/Fuzz/run.sh sets this: a program of libFuzzer has no place in an ordinary build.
if Context.environment["FREEZE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz-parsers",
      dependencies: [
        "AlertLedger", "AlertMail", "AuditService", "FreezeRules", "HRRecords", "AuditBase", "RuleFiles",
        "SystemLog", "Workbook",
      ],
      path: "Tests/Fuzz/Parsers"))
}
