import Testing

@testable import AuditService

/// Three clocks, and whether a pass may be judged by them.
@Suite struct ClocksTests {
  private static let day = 86_400

  @Test(arguments: [
    (machine: 0, source: 0, ledger: 0, disagrees: false), (0, day, 0, false), (0, -day, 0, false),
    (0, day + 61, 0, true), (0, 0, day + 61, true), (-day - 61, 0, 0, true), (0, day, -61, true),
    (-30 * 365 * day, 0, 0, true),
  ])
  func `A day apart is no zone and no drift`(
    _ one: (machine: Int, source: Int, ledger: Int, disagrees: Bool)
  ) {
    let clocks = Clocks(
      machine: 850_000_000 + one.machine, source: 850_000_000 + one.source, ledger: 850_000_000 + one.ledger)
    #expect((clocks.disagreement(source: "s") != nil) == one.disagrees)
  }

  @Test func `All three times are named`() throws {
    let clocks = Clocks(machine: -1, source: 86_400 + 3661, ledger: 0)
    let told = try #require(clocks.disagreement(source: "simpeg")).message.english
    for time in ["1999-12-31 23:59 UTC", "2000-01-02 01:01 UTC", "2000-01-01 00:00 UTC", "simpeg"] {
      #expect(told.contains(time), "\(told)")
    }
  }
}
