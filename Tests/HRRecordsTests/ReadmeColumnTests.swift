import Foundation
import FreezeRules
import Testing
import TestSupport

@testable import HRRecords

/// The README's table of the contract view is what the reader knows.
@Suite struct ReadmeColumnTests {
  @Test func `The README names every column of the contract view, and no other`() throws {
    let readme = try String(contentsOf: repositoryRoot.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = readme.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let start = try #require(lines.firstIndex(of: "| column | type | |"))
    let rows = lines[(start + 2)...].prefix { $0.hasPrefix("|") }
    let named = rows.flatMap { row in
      row.split(separator: "|", maxSplits: 2)[0].matches(of: #/`(\w+)`/#).map { String($0.output.1) }
    }
    #expect(named.sorted() == ContractColumn.allCases.map(\.rawValue).sorted())
  }
}
