import Foundation
import TestSupport
import Testing

/// `windows --format sql` as the README puts it, and what `doctor` says of it.
@Suite struct WouldBeCommandTests {
  private func doctor(_ place: Workplace) throws -> String {
    try place.run("doctor", "--config", "config.yaml", "--lang", "en").outputText
  }

  @Test func `The README's section works, and doctor says when it is out of date`() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    let place = try Workplace([
      "config.yaml": "region: \"16.05\"\nsource: {conninfo: \"\(database.socketConninfo)\"}\n"
    ])
    #expect(try doctor(place).contains("note    would_be: freeze_audit.would_be is not installed (optional)"))
    let readme = try String(contentsOf: repositoryRoot.appendingPathComponent("README.md"), encoding: .utf8)
    let section = try #require(
      readme.components(separatedBy: "\n## ").first { $0.hasPrefix("Before anyone signs, inside SIMPEG") })
    let commands = section.components(separatedBy: "```sh\n")[1].components(separatedBy: "```")[0]
    try database.run("DROP ROLE IF EXISTS simpeg_app; CREATE ROLE simpeg_app LOGIN")
    var told = ""
    for line in commands.split(separator: "\n").map(String.init) {
      guard line.hasPrefix("psql") else {
        let arguments = line.split(separator: " ").dropFirst().map(String.init)
        let result = try runProcess(
          try builtExecutable(named: "freeze-auditor").path, arguments + ["--config", "config.yaml"],
          directory: place.folder, timeout: 120)
        #expect(result.status == 0, "\(line): \(result.errorText)")
        continue
      }
      if line.contains("-f ") {
        try database.psql(file: place.folder.appendingPathComponent("would-be.sql"))
      } else {
        let sql = line.components(separatedBy: "-c \"")[1].dropLast()
        told += try database.psql(String(sql) + ";").outputText
      }
    }
    #expect(told.contains("inside|inside|pasal-71-2|pilkada-2024|2024-03-22|2024-09-22"), "\(told)")
    #expect(try doctor(place).contains("good    would_be"))
    // Another region, another calendar: what is installed answers otherwise.
    try place.write("config.yaml", "region: \"36.04\"\nsource: {conninfo: \"\(database.socketConninfo)\"}\n")
    #expect(
      try doctor(place).contains(
        "FAILED  would_be: freeze_audit.would_be is out of date (another program or region)"))
    let calendar = try place.run("calendar", "--print").outputText
    try place.write("calendar.yaml", calendar + "\n# changed\n")
    try place.write(
      "config.yaml",
      "region: \"16.05\"\ncalendar: calendar.yaml\nsource: {conninfo: \"\(database.socketConninfo)\"}\n")
    #expect(try doctor(place).contains("out of date (another calendar)"))
  }

  @Test(arguments: [["--known-on", "2024-03-01"], ["--determination", "pilkada-2024=2024-10-22"]])
  func `what would make the function say half of what was known is refused`(_ arguments: [String]) throws {
    let place = try Workplace()
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["windows", "--format", "sql", "--lang", "en"] + arguments,
      directory: place.folder, timeout: 120)
    #expect(result.status == 64 && result.errorText.contains("leave out --known-on"))
  }
}
