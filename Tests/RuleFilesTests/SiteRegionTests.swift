import FreezeRules
import RuleFiles
import Testing

/// A code typed into a row of a site frees nobody: the act is judged by the row's region and by the site's.
@Suite struct SiteRegionTests {
  private func judged(_ site: String?, _ region: String?, _ day: String) throws -> Judgement {
    var action = PersonnelAction(actionID: "7", kind: "mutasi")
    action.regionCode = region
    action.take(site: site)
    action.decreeDate = .known(DateSpan(try #require(CivilDate(iso: day))), original: day)
    let knownOn = try #require(CivilDate(iso: "2026-11-22"))
    return judge(action, try RuleSet().windows(declared: [], knownOn: knownOn), approvals: nil)
  }

  @Test(arguments: [
    // Pasal 162(3) binds the head of 16.05; Yogyakarta elects no governor, and Pasal 162(3) binds nobody there.
    ("16.05", "34", "2025-08-01", Outcome.depends, true), ("16.05", "34", "2024-05-17", .depends, true),
    // Bangka and Pangkalpinang voted again in 2025: inside by the rows' own region, too, under another rule.
    ("16.05", "19.01", "2025-08-01", .inside, true), ("16.05", "19.71", "2025-08-01", .inside, true),
    ("16.05", "16.05", "2025-08-01", .inside, false), ("16.05", "1605", "2025-08-01", .inside, false),
    // Inside in the row's region alone.
    ("19.01", "16.05", "2025-08-01", .inside, true),
    // Outside in both.
    ("16.05", "16.71", "2026-08-01", .outside, true),
    // Administrative parts and the regencies of a province are its own; a regency's province is not.
    ("31", "31.71", "2024-05-17", .inside, false), ("16", "16.05", "2024-05-17", .inside, false),
    ("16.05", "16", "2024-05-17", .inside, true),
    // Former codes and names are the region that they name.
    ("94.04", "91.09", "2017-11-17", .inside, false),
    ("16.05", "Kabupaten Musi Rawas", "2024-05-17", .inside, false),
    // A code that is none is no other region: its own note says so.
    ("16.05", "99.99", "2024-05-17", .unjudgeable, false),
  ])
  func `The stronger answer holds`(
    _ site: String, _ region: String, _ day: String, _ outcome: Outcome, _ isElsewhere: Bool
  ) throws {
    let judgement = try judged(site, region, day)
    #expect(judgement.outcome == outcome, "\(judgement.outcome)")
    #expect(judgement.notes.contains(.regionElsewhere) == isElsewhere)
    let keys = judgement.verdicts.map { "\($0.window.rule) \($0.window.election)" }
    #expect(Set(keys).count == keys.count)
    #expect(judgement.verdicts.map(\.outcome) == judgement.verdicts.map(\.outcome).sorted())
  }

  @Test func `Without a site, or without a region, nothing is compared`() throws {
    #expect(try !judged(nil, "19.01", "2025-08-01").notes.contains(.regionElsewhere))
    let silent = try judged("16.05", nil, "2025-08-01")
    #expect(silent.outcome == .inside && !silent.notes.contains(.regionElsewhere))
  }
}
