import Foundation
import Testing
import TestSupport

/// A code of somewhere else, typed into a row.
@Suite struct SiteRegionDaemonTests {
  @Test func `The daemon alerts by the site's region as well, and the ledger can be judged again`() throws {
    let bench = try Bench()
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date, decree_no, region) VALUES
        ('own', 'mutasi', '2025-08-01', 'SK 1', NULL), ('typed', 'mutasi', '2025-08-01', 'SK 2', '19.01'),
        ('later', 'mutasi', '2026-08-01', 'SK 3', '19.71')
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    #expect(Set(daemon.log("raised").map { $0["FREEZE_ACTION_ID"] }) == ["own", "typed"])
    let typed = try #require(daemon.log("raised").first { $0["FREEZE_ACTION_ID"] == "typed" })
    #expect(typed["FREEZE_REGION"] == "19.01", "\(typed)")
    #expect(daemon.stop().status == 0)
    let verified = try bench.command("alerts", "verify", "--recompute")
    #expect(verified.status == 0, "\(verified.outputText)")
    let explained = try bench.command("explain", "typed", "--lang", "en")
    #expect(explained.outputText.contains("a region that is not this site's"), "\(explained.outputText)")
  }
}
