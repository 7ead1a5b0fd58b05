import FreezeRules
import RuleFiles
import TestSupport
import Testing

@testable import HRRecords

/// Rows that are only counted, by what their label means.
@Suite struct KindCountTests {
  /// Labels of row `n` as SQL, in an order that the first rows tell little, much or everything of.
  @Test(arguments: [
    "'mutasi'",
    "CASE WHEN n <= 2000 THEN 'mutasi' ELSE (ARRAY['Pensiun', ' PROMOSI', 'entah', NULL, 'MJ'])[1 + n % 5] END",
    "CASE WHEN n <= 2000 THEN 'entah' ELSE 'mutasi' END",
    "CASE WHEN n <= 2000 THEN 'pensiun' ELSE 'MUTASI' END",
    "(ARRAY['mutasi', 'Mutasi', 'kenaikan pangkat', 'demosi'])[1 + n % 4]",
    "CASE WHEN n > 29990 THEN repeat('mutasi ', 3000) ELSE 'mutasi' END",
    "NULL::text", "'entah ' || n",
  ])
  func `The counts are those of every row looked at one by one`(_ kind: String) throws {
    let database = try ThrowawayCluster.shared.createDatabase(prefix: "kinds")
    // One row in fifty is near a window, and some dates are no day that anybody can mean.
    try database.run(
      """
      CREATE SCHEMA freeze_audit; CREATE TABLE public.act (action_id int, kind text, decree_date date, effective_date date);
      INSERT INTO public.act SELECT n, \(kind), CASE WHEN n % 50 = 0 THEN '2024-05-01' WHEN n % 777 = 0 THEN '1700-01-01'
        WHEN n % 778 = 0 THEN 'infinity' WHEN n % 779 = 0 THEN '-infinity' WHEN n % 780 = 0 THEN '4000-01-01 BC'
        WHEN n % 781 = 0 THEN '2210-01-01' ELSE '2010-01-01' END::date, NULLIF('2010-01-02'::date, '2010-01-02'::date + n % 3)
        FROM generate_series(1, 30000) AS n;
      CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM public.act; ANALYZE public.act
      """)
    let today = try #require(CivilDate(iso: "2026-01-01"))
    let table = try RuleSet().windows(knownOn: today)

    func counts(_ range: KeyRange, everything: Bool) throws -> [Outcome: Int] {
      var view = try ContractView(
        ViewAddress(
          conninfo: database.socketConninfo, view: "freeze_audit.personnel_action", region: "16.05",
          zone: .wib))
      var query = RecordQuery(.all, table, region: "16.05")
      query.range = range
      query.everything = everything
      var counts: [Outcome: Int] = [:]
      let rest = try view.read(query) {
        counts[judge($0.action(), table, approvals: nil).outcome, default: 0] += 1
      }
      try view.close()
      return counts.merging(rest, uniquingKeysWith: +).filter { $0.value > 0 }
    }
    let each = try counts(.all, everything: true)
    #expect(each.values.reduce(0, +) == 30_000)
    #expect(try counts(.all, everything: false) == each)
    let parts = try KeyRange.between(["9000", "20000"]).map { try counts($0, everything: false) }
    #expect(parts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) } == each)
  }

  @Test(arguments: [
    ("Limit  (cost=0.00..20.33 rows=1000 width=7)", 20.33),
    ("  ->  Seq Scan on act  (cost=0.00..10166 rows=5)", 10166),
    ("Rows removed", nil), ("(cost=", nil), ("", nil),
  ])
  func `A line of a plan tells its cost, or none`(_ line: String, _ cost: Double?) {
    #expect(PlanLine.cost(line) == cost)
  }
}
