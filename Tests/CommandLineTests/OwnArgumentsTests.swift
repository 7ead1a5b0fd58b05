import Foundation
import Testing
import TestSupport

/// What a person types is hostile text like any other.
@Suite struct OwnArgumentsTests {
  @Test(
    arguments: [
      ["explain", "7\nfreeze-auditor: semua baik", "--csv", "/nirgends"],
      ["audit", "--csv", "/tidak\nfreeze-auditor: semua baik"],
      ["audit", "--csv=/tidak\nfreeze-auditor: semua baik"],
      ["audit", "/tidak\r\nfreeze-auditor: semua baik"],
      ["audit", "--format", "x\nfreeze-auditor: semua baik"],
      ["audit", "--known-on=x\u{2028}freeze-auditor: semua baik"],
      ["frobnicate\nfreeze-auditor: semua baik"],
      ["check-config", "--config", "/tidak\nfreeze-auditor: semua baik"],
    ])
  func `A line break in an argument makes no line of its own`(_ arguments: [String]) throws {
    let result = try runProcess(builtExecutable(named: "freeze-auditor").path, arguments)
    #expect(result.status != 0)
    let lines = result.errorText.split(whereSeparator: \.isNewline)
    #expect(
      !lines.isEmpty && !lines.contains { $0.hasPrefix("freeze-auditor: semua baik") }, "\(result.errorText)")
  }
}
