import AuditBase
import Foundation
import FreezeRules
import Postgres
import RuleFiles
import TestSupport
import Testing

@testable import HRRecords

/// The contract view read from a real server.
@Suite struct ContractViewTests {
  private static let dates = ["decree_date", "effective_date", "inaugurated_on"]

  /// A database with a table behind a contract view of these columns (name and type).
  private func database(_ columns: [(String, String)], encoding: String? = nil) throws -> ThrowawayDatabase {
    let database = try ThrowawayCluster.shared.createDatabase(prefix: "view", encoding: encoding)
    let list = columns.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    try database.run(
      "CREATE SCHEMA freeze_audit; CREATE TABLE public.act (\(list)); CREATE VIEW freeze_audit.personnel_action AS SELECT * FROM public.act"
    )
    return database
  }

  private static let usual = [
    ("action_id", "text"), ("kind", "text"), ("decree_date", "date"), ("effective_date", "date"),
    ("inaugurated_on", "date"), ("source_dates", "text"), ("nip", "text"), ("employee_name", "text"),
  ]

  private func table() throws -> WindowTable {
    let today = try #require(CivilDate(iso: "2026-01-01"))
    return try RuleSet().windows(knownOn: today)
  }

  /// Judges through the view; the outcome of each record told one by one, and the counts of the rest.
  private func judged(_ database: ThrowawayDatabase, _ scan: Scan, _ table: WindowTable) throws -> (
    told: [String: [Outcome]], rest: [Outcome: Int]
  ) {
    var view = try ContractView(
      ViewAddress(
        conninfo: database.socketConninfo, view: "freeze_audit.personnel_action", region: "16.05", zone: .wib)
    )
    var told: [String: [Outcome]] = [:]
    let rest = try view.read(RecordQuery(scan, table)) { record in
      let action = record.action()
      told[action.actionID, default: []].append(judge(action, table, approvals: nil).outcome)
    }
    try view.close()
    return (told, rest)
  }

  @Test(arguments: ["text", "bigint", "uuid", "timestamptz"])
  func `Ranges of keys hold every row once, whatever the key, and are read in one snapshot`(_ type: String)
    throws
  {
    let database = try database([("action_id", type), ("kind", "text"), ("decree_date", "date")])
    let key: String =
      switch type {
      case "uuid": "md5(n::text)::uuid"
      case "timestamptz": "'2020-01-01'::timestamptz + n * interval '7 minutes'"
      case "bigint": "(n::bigint * n) % 1000003 - 500000"
      default: "(ARRAY['', 'a''b', 'É', 'z\\'])[1 + n % 4] || n % 5000"
      }
    // Ids that come twice or not at all, labels nobody knows, dates inside and outside.
    try database.run(
      """
      INSERT INTO public.act SELECT CASE WHEN n % 1000 <> 0 THEN \(key) END, CASE WHEN n % 50 = 0 THEN 'entah' ELSE 'mutasi' END,
        CASE WHEN n % 40 = 0 THEN '2015-01-01'::date + n % 3900 ELSE '2010-01-01' END FROM generate_series(1, 120000) AS n
      """)
    let table = try table()
    let whole = try judged(database, .all, table)

    var first = try open(database)
    let partition = try first.partition(into: 3)
    #expect(partition.ranges.count == 3)
    // Written after the snapshot: seen by none.
    try database.run("DELETE FROM public.act WHERE decree_date > '2024-01-01'")
    var told: [String: [Outcome]] = [:]
    var rest: [Outcome: Int] = [:]
    for range in partition.ranges {
      var view = try open(database, snapshot: partition.snapshot)
      var count = 0
      var query = RecordQuery(.all, table)
      query.range = range
      let part = try view.read(query) { record in
        let action = record.action()
        told[action.actionID, default: []].append(judge(action, table, approvals: nil).outcome)
        count += 1
      }
      rest.merge(part) { $0 + $1 }
      #expect(count + part.values.reduce(0, +) > 10_000, "a fair share")
      try view.close()
    }
    try first.close()
    #expect(
      told.mapValues { $0.map(\.rawValue).sorted() } == whole.told.mapValues { $0.map(\.rawValue).sorted() })
    #expect(rest == whole.rest)
  }

  @Test
  func
    `Rows are counted alike whether the server counts them or somebody watches, and come by decree if asked`()
    throws
  {
    let database = try database(Self.usual + [("decree_no", "text")])
    try database.run(
      """
      INSERT INTO public.act (action_id, kind, decree_date, decree_no)
      SELECT n::text, (ARRAY['mutasi', ' MUTASI ', 'pensiun', 'entah', '', NULL])[1 + n % 6],
        CASE WHEN n % 9 = 0 THEN '2024-05-02'::date + n % 4 ELSE '2010-01-01' END, 'SK ' || n % 7 FROM generate_series(1, 4000) AS n
      """)
    let table = try table()
    func read(watched: Bool) throws -> (ids: [String], decrees: [String], rest: [Outcome: Int], seen: Int) {
      var view = try open(database)
      var (ids, decrees, seen) = ([String](), [String](), 0)
      var query = RecordQuery(.all, table)
      query.isByDecree = true
      let rest = try view.read(query, progress: watched ? { seen = max(seen, $0) } : nil) { record in
        let action = record.action()
        ids.append(action.actionID)
        let decree = "\(action.decreeDate.span.map { "\($0.first)" } ?? "-") \(action.decreeNo ?? "-")"
        if decree.hasPrefix("2024"), decrees.last != decree { decrees.append(decree) }
      }
      try view.close()
      return (ids, decrees, rest, seen)
    }
    let counted = try read(watched: false)
    let watched = try read(watched: true)
    #expect(counted.ids == watched.ids && counted.rest == watched.rest)
    #expect(counted.ids.count + counted.rest.values.reduce(0, +) == 4000)
    #expect(counted.decrees == counted.decrees.sorted() && counted.decrees.count == 28)
    #expect(watched.seen == 4000 && counted.seen == 0)
  }

  @Test func `A label nobody knows is fetched whatever its bytes, its form or its collation`() throws {
    let database = try database(Self.usual)
    try database.run(
      """
      CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
      INSERT INTO public.act (action_id, kind, decree_date) VALUES ('1', 'mutasi', '2010-01-01'),
        ('2', E'Mut\\u00e1si', '2010-01-01'), ('3', E'Muta\\u0301si', '2010-01-01'), ('4', NULL, '2010-01-01');
      DROP VIEW freeze_audit.personnel_action;
      CREATE VIEW freeze_audit.personnel_action AS SELECT action_id COLLATE loose AS action_id, kind COLLATE loose AS kind,
        decree_date, effective_date, inaugurated_on, source_dates, nip, 'SK 1'::text COLLATE loose AS employee_name FROM public.act
      """)
    let table = try table()
    for progress in [nil, { _ in }] as [((Int) -> Void)?] {
      var view = try open(database)
      var ids: [String] = []
      let rest = try view.read(RecordQuery(.all, table), progress: progress) {
        ids.append($0.action().actionID)
      }
      try view.close()
      #expect(ids == ["2", "3", "4"] && rest[.outside] == 1)
    }
    let bytes = try self.database(Self.usual, encoding: "SQL_ASCII")
    try bytes.run(
      "INSERT INTO public.act (action_id, kind, decree_date) VALUES ('1', 'mutasi', '2024-05-01'), ('2', E'Mut\\341si', '2010-05-01')"
    )
    let told = try judged(bytes, .all, table).told
    #expect(told == ["1": [.inside], "2": [.unjudgeable]])
  }

  @Test func `What a report shows: an id that came before is marked, and everything is fetched if asked`()
    throws
  {
    let database = try database(Self.usual)
    try database.run(
      """
      INSERT INTO public.act (action_id, kind, decree_date) VALUES ('1', 'mutasi', '2024-05-01'), ('1', 'mutasi', '2024-05-02'),
        ('2', 'pensiun', '2010-01-01'), ('3', 'mutasi', '2010-01-01')
      """)
    let table = try table()
    var view = try open(database)
    var notes: [String: [[Note]]] = [:]
    var query = RecordQuery(.all, table)
    query.everything = true
    var ids = DuplicateIDs()
    let rest = try view.read(query) { record in
      var action = record.action()
      ids.mark(&action)
      notes[action.actionID, default: []].append(action.readerNotes)
    }
    #expect(rest.isEmpty)
    #expect(notes == ["1": [[], [.duplicateActionID]], "2": [[]], "3": [[]]])
  }

  @Test
  func
    `source_dates tells each date apart, the letter's too, and a text that names a column settles nothing`()
    throws
  {
    let database = try database(Self.usual + [("approval_no", "text"), ("approval_date", "date")])
    try database.run(
      """
      INSERT INTO public.act (action_id, kind, decree_date, approval_no, source_dates) VALUES
        ('1', 'mutasi', '2024-05-01', 'X/1', 'decree_date=2024-05-01; approval_date=2024-03'),
        ('2', 'mutasi', NULL, NULL, 'decree_date=2010-01-01; effective_date=2010-01-01; effective_date=2010')
      """)
    var view = try open(database)
    var acts: [String: PersonnelAction] = [:]
    let table = try table()
    _ = try view.read(RecordQuery(.all, table)) { record in
      let action = record.action()
      acts[action.actionID] = action
    }
    #expect(acts["1"]?.approvalDate.span == DateSpan(year: 2024, month: 3))
    guard case .unreadable = acts["2"]?.decreeDate, case .unreadable = acts["2"]?.effectiveDate else {
      Issue.record("\(String(describing: acts["2"]))")
      return
    }
  }

  @Test func `A kept session serves the next reading, and a dead one is replaced without a word`() throws {
    let database = try database(Self.usual)
    try database.run("INSERT INTO public.act (action_id) VALUES ('x')")
    let kept = KeptSession()
    let own = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kept'"
    func read() throws -> String? {
      var view = try ContractView(
        ViewAddress(
          conninfo: database.socketConninfo + " application_name=kept", view: "freeze_audit.personnel_action",
          region: nil, zone: .wib), kept: kept)
      #expect(try !view.isEmpty())
      try view.close()
      return try database.value("SELECT string_agg(pid::text, ',') \(own)")
    }
    let first = try read()
    let second = try read()
    #expect(first != nil && first == second, "one session for both")
    try database.run("SELECT pg_terminate_backend(pid, 10000) \(own)")
    let third = try read()
    #expect(third != nil && third != first)
  }

  @Test func `A view too small to share is one range`() throws {
    let database = try database(Self.usual)
    try database.run("INSERT INTO public.act (action_id) SELECT 'x' FROM generate_series(1, 500)")
    var view = try open(database)
    #expect(try view.partition(into: 4).ranges == [.all])
  }

  private func open(_ database: ThrowawayDatabase, snapshot: String? = nil) throws -> ContractView {
    try ContractView(
      ViewAddress(
        conninfo: database.socketConninfo, view: "freeze_audit.personnel_action", region: "16.05", zone: .wib),
      snapshot: snapshot)
  }

  @Test(arguments: [1, 2, 3])
  func `The coarse predicate is wider than the law: random rows come out as in a file`(_ seed: Int) throws {
    let database = try database(Self.usual)
    try database.run(
      """
      SELECT setseed(0.\(seed));
      INSERT INTO public.act SELECT 'r' || n,
        (ARRAY['mutasi', ' PROMOSI ', 'Demosi', 'pensiun', 'entah', '', NULL, 'MJ'])[1 + floor(random() * 8)],
        d.a, d.b, d.c,
        CASE WHEN random() < 0.1 THEN (ARRAY['decree_date=2024-03', 'effective_date=2024', 'inaugurated_on=31/02/2024',
          'decree_date=-', 'x'])[1 + floor(random() * 5)] END
      FROM generate_series(1, 4000) AS n, LATERAL (SELECT
        CASE WHEN random() < 0.3 THEN NULL WHEN random() < 0.05 THEN (ARRAY['infinity', '-infinity', '1970-01-01',
          '0001-01-01', '9999-12-31', '0204-03-22', '2200-01-01', '1944-12-31'])[1 + floor(random() * 8)]::date
          ELSE '2015-01-01'::date + n % 3900 + floor(random() * 40)::int END AS a,
        CASE WHEN random() < 0.5 THEN NULL ELSE '2015-01-01'::date + n % 3900 + floor(random() * 90)::int END AS b,
        CASE WHEN random() < 0.7 THEN NULL ELSE '2023-09-01'::date + floor(random() * 800)::int END AS c) AS d
      """)
    let table = try table()
    // The same rows as a file: every one is judged, no predicate comes between.
    var connection = try database.connect()
    var whole: [String: Outcome] = [:]
    try connection.stream(
      "SELECT \(Self.usual.map { "\($0.0)::text" }.joined(separator: ", ")) FROM public.act"
    ) { row in
      var cells: [String: String] = [:]
      for (index, column) in Self.usual.enumerated() { cells[column.0] = row.string(at: index) }
      // What the view's reader takes from source_dates a file has in the date columns themselves.
      for part in (cells["source_dates"] ?? "").split(separator: ";") {
        let pair = part.split(separator: "=").map(String.init)
        if pair.count == 2, case .absent = DirtyDate.read(cells[pair[0]]) { cells[pair[0]] = pair[1] }
      }
      let action = PersonnelAction(
        cells: { cells[$0.rawValue] }, place: "-", region: "16.05", zone: .wib)
      whole[action.actionID] = judge(action, table, approvals: nil).outcome
    }
    #expect(whole.count == 4000)

    let all = try judged(database, .all, table)
    #expect(all.told.values.allSatisfy { $0.count == 1 })
    for (id, outcomes) in all.told { #expect(outcomes == whole[id].map { [$0] }, "\(id)") }
    // Nothing that is said lies among the rows that were only counted, and the counts add up.
    let untold = whole.filter { all.told[$0.key] == nil }
    #expect(untold.values.allSatisfy { $0 == .outside || $0 == .notCovered })
    #expect(all.rest[.outside] == untold.values.count { $0 == .outside })
    #expect(all.rest[.notCovered] == untold.values.count { $0 == .notCovered })

    let window = try judged(database, .window, table)
    #expect(window.rest.isEmpty)
    for (id, outcome) in whole where outcome.level == .alert || outcome == .reversal {
      #expect(window.told[id] == [outcome], "\(id)")
    }
  }

  @Test(arguments: [
    ("'infinity', NULL, NULL, NULL", Outcome.unjudgeable), ("'-infinity', NULL, NULL, NULL", .unjudgeable),
    ("'0001-01-01', NULL, NULL, NULL", .unjudgeable), ("'1970-01-01', NULL, NULL, NULL", .unjudgeable),
    ("'10000-01-01', NULL, NULL, NULL", .unjudgeable), ("'infinity', '2024-05-05', NULL, NULL", .inside),
    ("NULL, NULL, NULL, NULL", .unjudgeable), ("'2024-05-05 BC', NULL, NULL, NULL", .unjudgeable),
    ("NULL, NULL, NULL, 'decree_date=2024-03'", .depends),
    ("NULL, NULL, NULL, 'decree_date=2024-05'", .inside),
    ("'2019-01-01', NULL, NULL, NULL", .outside),
  ])
  func `Strange dates never make a record outside`(_ values: String, _ outcome: Outcome) throws {
    let database = try database(Self.usual)
    try database.run(
      "INSERT INTO public.act (action_id, kind, decree_date, effective_date, inaugurated_on, source_dates) VALUES ('x', 'mutasi', \(values))"
    )
    let found = try judged(database, .all, try table())
    #expect(found.told["x"] == [outcome] || (outcome == .outside && found.rest[.outside] == 1), "\(found)")
  }

  @Test func `Duplicates are each read, a name of 5 MB is cut, one column of dates is enough`() throws {
    let database = try database([
      ("kind", "varchar(9)"), ("action_id", "bigint"), ("inaugurated_on", "date"), ("employee_name", "text"),
    ])
    try database.run(
      """
      INSERT INTO public.act VALUES ('mutasi', 7, '2024-05-05', 'a'), ('mutasi', 7, '2024-05-05', 'b'),
      ('mutasi', 8, '2024-05-05', repeat('é', 2500000))
      """)
    var view = try ContractView(
      ViewAddress(
        conninfo: database.socketConninfo, view: "freeze_audit.personnel_action", region: nil, zone: .wib))
    var names: [String: [Int]] = [:]
    let table = try table()
    _ = try view.read(RecordQuery(.window, table)) { record in
      let action = record.action()
      names[action.actionID, default: []].append(action.employeeName?.utf8.count ?? 0)
    }
    #expect(names == ["7": [1, 1], "8": [4003]])
    var found = 0
    try view.find(["7", "nobody"]) { _ in found += 1 }
    #expect(found == 2)
    try view.close()
  }

  @Test func `An id with blanks around it is found again under its clean name`() throws {
    let database = try database([
      ("action_id", "char(6)"), ("kind", "text"), ("decree_date", "date"), ("nip", "text"),
    ])
    try database.run("INSERT INTO public.act VALUES (' 7', 'mutasi', '2024-05-05', NULL)")
    var view = try ContractView(
      ViewAddress(
        conninfo: database.socketConninfo, view: "freeze_audit.personnel_action", region: nil, zone: .wib))
    var ids: [String] = []
    try view.find(["7"]) { ids.append($0.actionID) }
    #expect(ids == ["7"])
    try view.close()
  }

  /// Ids are told without padding, quotes and marks of no width; a record must be found again under what was told.
  @Test(arguments: ["UTF8", "SQL_ASCII"])
  func `Every id is found again under the name it was told by`(_ encoding: String) throws {
    let database = try database(Self.usual, encoding: encoding)
    let spellings = [
      "plain", "'12345", "\u{200B}a", "b\u{FEFF}", "c\u{2003}", "\u{3000}d", "e\u{85}", "\u{0B}f", " g ",
      "'h'",
    ]
    let values = spellings.map { "('\($0.replacing("'", with: "''"))', 'mutasi', date '2024-05-05')" }
    try database.run(
      "INSERT INTO public.act (action_id, kind, decree_date) VALUES (NULL, 'mutasi', '2024-05-05'), \(values.joined(separator: ", "))"
    )
    func view() throws -> ContractView {
      try ContractView(
        ViewAddress(
          conninfo: database.socketConninfo, view: "freeze_audit.personnel_action", region: nil, zone: .wib))
    }
    var reading = try view()
    var told: [String] = []
    let table = try table()
    _ = try reading.read(RecordQuery(.window, table)) { told.append($0.action().actionID) }
    try reading.close()
    #expect(told.count == spellings.count + 1)
    var again = try view()
    var found: [String] = []
    try again.find(told) { found.append($0.actionID) }
    try again.close()
    #expect(found.sorted() == told.sorted())
  }

  @Test func `Bytes that are no UTF-8 are repaired and said, the record is judged`() throws {
    let database = try database(Self.usual, encoding: "SQL_ASCII")
    try database.run(
      "INSERT INTO public.act (action_id, kind, decree_date, employee_name) VALUES ('x', 'mutasi', '2024-05-05', convert_from('\\xe9ab'::bytea, 'SQL_ASCII'))"
    )
    var view = try ContractView(
      ViewAddress(
        conninfo: database.socketConninfo, view: "freeze_audit.personnel_action", region: nil, zone: .wib))
    var notes: [Note] = []
    let table = try table()
    _ = try view.read(RecordQuery(.all, table)) { notes = judge($0.action(), table, approvals: nil).notes }
    #expect(notes.contains(.encodingRepaired))
    try view.close()
  }

  @Test(arguments: [
    ([("kind", "text"), ("decree_date", "date")], "action_id"),
    ([("action_id", "text"), ("decree_date", "date")], "kind"),
    (
      [("action_id", "text"), ("kind", "text")], "decree_date, effective_date, inaugurated_on (at least one)"
    ),
    ([("action_id", "text"), ("kind", "text"), ("decree_date", "text")], "must be of type date"),
    ([("action_id", "text"), ("kind", "text"), ("decree_date", "timestamptz")], "AT TIME ZONE"),
    (
      [("action_id", "text"), ("kind", "text"), ("decree_date", "date"), ("recorded_at", "timestamp")],
      "recorded_at"
    ),
  ])
  func `A view of another shape is refused with what to do`(_ columns: [(String, String)], _ words: String)
    throws
  {
    let database = try database(columns)
    do {
      let view = try ContractView(
        ViewAddress(
          conninfo: database.socketConninfo, view: "freeze_audit.personnel_action", region: nil, zone: .wib))
      try view.close()
      Issue.record("accepted")
    } catch {
      #expect(error.cause == .shape)
      #expect(error.message.english.contains(words), "\(error.message.english)")
    }
  }

  @Test func `Row security that would hide records is refused, not obeyed`() throws {
    let database = try database(Self.usual)
    try database.run(
      """
      DO $$ BEGIN CREATE ROLE view_reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
      GRANT USAGE ON SCHEMA freeze_audit TO view_reader; GRANT SELECT ON freeze_audit.personnel_action, public.act TO view_reader;
      ALTER VIEW freeze_audit.personnel_action SET (security_invoker = true);
      INSERT INTO public.act (action_id, kind, decree_date) VALUES ('x', 'mutasi', '2024-05-05');
      ALTER TABLE public.act ENABLE ROW LEVEL SECURITY; CREATE POLICY nothing ON public.act USING (false)
      """)
    #expect(throws: SourceError.self) {
      let view = try ContractView(
        ViewAddress(
          conninfo: database.socketConninfo(user: "view_reader"), view: "freeze_audit.personnel_action",
          region: nil, zone: .wib))
      try view.close()
    }
  }
}
