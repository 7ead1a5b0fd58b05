import Foundation
import Glibc
import TestSupport
import Testing

/// Every statement that ever reaches a source, as the server logged it: the list is the contract with sites whose source is no
/// plain PostgreSQL primary.
@Suite struct StatementTests {
  private static let order =
    #"ORDER BY v.decree_date, replace(lower(v.decree_no::text COLLATE "C"), ?, ?), v.source_dates::text COLLATE "C", v.action_id::text COLLATE "C""#
  /// Labels that nobody knows.
  private static let rest =
    #" OR (v.kind IS NULL OR v.kind::text COLLATE "C" <> ALL ($?::text[]))"#

  /// What reading needs on any server: plain SELECTs in a read-only transaction. `RECORD` is the array of the view's columns,
  /// `MAYBE` the coarse predicate (comparisons of dates joined by AND and OR), `NATURE` what the catalog tells of the view's
  /// dates, `ORDERS` the search for a cell that is month-first, `?` a constant.
  private static let needed: Set<String> = [
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "COMMIT", "SET LOCAL DateStyle = ?",
    "SET LOCAL IntervalStyle = ?", "SET LOCAL TimeZone = ?", "SET LOCAL bytea_output = ?",
    "SET LOCAL idle_in_transaction_session_timeout = ?", "SET LOCAL lock_timeout = ?",
    "SET LOCAL row_security = off", "SET LOCAL jit = off",
    "SET LOCAL search_path = pg_catalog, pg_temp", "SET LOCAL statement_timeout = ?",
    "SELECT * FROM VIEW WHERE false", "SELECT ? FROM VIEW AS v LIMIT ?",
    #"SELECT count(*) FILTER (WHERE v.kind::text COLLATE "C" = ANY ($?::text[])), count(*) FROM VIEW AS v WHERE true"#,
    #"SELECT v.kind::text COLLATE "C", count(*) FROM VIEW AS v WHERE true AND (v.kind::text COLLATE "C" = ANY ($?::text[])) IS NOT TRUE GROUP BY ?"#,
    #"SELECT RECORD FROM VIEW AS v WHERE (MAYBE) AND true \#(order)"#,
    #"SELECT RECORD FROM VIEW AS v WHERE (MAYBE\#(rest)) AND true \#(order)"#,
    #"SELECT RECORD FROM VIEW AS v WHERE (true) AND true \#(order)"#,
    "SELECT RECORD FROM VIEW AS v WHERE (MAYBE) AND true",
    "SELECT RECORD FROM VIEW AS v WHERE v.action_id::text = ANY ($?::text[])",
    "SELECT RECORD FROM VIEW AS v WHERE v.action_id IS NULL OR (v.action_id::text ~ ? OR octet_length(v.action_id::text) > ?) AND v.action_id::text <> ALL ($?::text[])",
    "SELECT (transaction_timestamp() AT TIME ZONE ?)::text || ?, extract(epoch FROM transaction_timestamp() - ?)::bigint::text",
    "BELOW", "ORDERS",
    "SELECT count(*) FROM VIEW AS v", "SELECT (pg_catalog.current_setting(?)::int / ?)::text",
    "SELECT pg_catalog.format(?, n.nspname, c.relname), EXISTS (SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = ? AND NOT a.attisdropped)::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE (n.nspname = ? AND c.relname = ? OR c.oid = pg_catalog.to_regclass($?)) AND c.relkind IN (?, ?, ?, ?, ?) AND (c.relname <> ? OR pg_catalog.has_schema_privilege(n.oid, ?) AND pg_catalog.has_table_privilege(c.oid, ?)) ORDER BY c.relname = ? LIMIT ?",
    "SELECT letter_no::text, letter_date::text, nip::text, post_to::text, region_code::text FROM freeze_audit.approval",
  ]

  /// What is tried because it helps, and done without where it is refused: `--workers`, the wake-up by NOTIFY, and what
  /// `doctor` and the start of the daemon find out about rights and place.
  private static let optional: Set<String> = [
    // Of which rules and calendar freeze_audit.would_be is, where it is installed.
    "SELECT pg_catalog.obj_description(p.oid, ?) FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = ? AND p.proname = ? LIMIT ?",
    #"EXPLAIN SELECT v.kind::text COLLATE "C", count(*) FROM VIEW AS v GROUP BY ?"#,
    // Whether indexes find the rows near a window, where labels that nobody knows are fetched as well.
    "EXPLAIN SELECT ? FROM VIEW AS v WHERE (MAYBE) AND true",
    "EXPLAIN SELECT ? FROM VIEW AS v WHERE (MAYBE) AND (v.action_id <= $? OR v.action_id IS NULL)",
    "SELECT ? FROM VIEW AS v WHERE false AND (v.action_id <= $? OR v.action_id IS NULL)",
    "SELECT ? FROM VIEW AS v WHERE false AND v.action_id > $? AND v.action_id <= $?",
    "SELECT ? FROM VIEW AS v WHERE false AND v.action_id > $?",
    "SELECT pg_catalog.pg_export_snapshot()", "SET TRANSACTION SNAPSHOT ?",
    "SELECT b.key::text FROM (SELECT percentile_disc(?::float8[]) WITHIN GROUP (ORDER BY v.action_id) AS keys, count(*) AS sampled FROM (SELECT v.action_id FROM VIEW AS v WHERE random() < ?) AS v) AS s, unnest(s.keys) WITH ORDINALITY AS b (key, place) WHERE s.sampled >= ? ORDER BY b.place",
    #"SELECT v.kind::text COLLATE "C", count(*) FROM VIEW AS v WHERE (v.action_id <= $? OR v.action_id IS NULL) GROUP BY ?"#,
    #"SELECT v.kind::text COLLATE "C", count(*) FROM VIEW AS v WHERE v.action_id > $? AND v.action_id <= $? GROUP BY ?"#,
    #"SELECT v.kind::text COLLATE "C", count(*) FROM VIEW AS v WHERE v.action_id > $? GROUP BY ?"#,
    "SELECT RECORD FROM VIEW AS v WHERE (MAYBE) AND v.action_id > $? AND v.action_id <= $?",
    "SELECT RECORD FROM VIEW AS v WHERE (MAYBE) AND v.action_id > $?",
    #"SELECT RECORD FROM VIEW AS v WHERE (MAYBE\#(rest)) AND (v.action_id <= $? OR v.action_id IS NULL)"#,
    // The labels of the first rows, where those are cheap.
    "EXPLAIN SELECT v.kind FROM VIEW AS v WHERE true LIMIT ?",
    "EXPLAIN SELECT v.kind FROM VIEW AS v WHERE (v.action_id <= $? OR v.action_id IS NULL) LIMIT ?",
    "EXPLAIN SELECT v.kind FROM VIEW AS v WHERE v.action_id > $? AND v.action_id <= $? LIMIT ?",
    "EXPLAIN SELECT v.kind FROM VIEW AS v WHERE v.action_id > $? LIMIT ?",
    #"SELECT DISTINCT v.kind::text COLLATE "C" FROM (SELECT v.kind FROM VIEW AS v WHERE true LIMIT ?) AS v"#,
    "SELECT pg_catalog.pg_is_in_recovery()", "LISTEN ?",
    // Where a person watches the progress bar.
    "EXPLAIN SELECT ? FROM VIEW",
    "SELECT (pg_catalog.inet_server_addr() IS NULL OR pg_catalog.inet_server_addr() << ? OR pg_catalog.inet_server_addr() = ?)::text",
    "PRIVILEGES",
  ]

  @Test func `A source is sent these statements and no others`() throws {
    let cluster = try ThrowawayCluster.start(
      settings: [
        "max_parallel_workers_per_gather": "0", "log_statement": "all", "log_line_prefix": "~%d~%u~",
        "log_min_messages": "log",
      ])
    defer { cluster.remove() }
    let bench = try Bench(cluster: cluster)
    let ledger = try Bench(cluster: cluster)
    try bench.file(
      "config.yaml",
      """
      region: "16.05"
      source: {conninfo: "\(bench.database.socketConninfo(user: Bench.role))"}
      poll: {interval: 3600, wake_on_notify: true}
      ledger: {lease: 2, conninfo: "\(ledger.database.socketConninfo(user: Bench.role))"}
      """)
    try bench.insert(1...3)
    try bench.run(
      """
      INSERT INTO hr.act (id, kind, decree_date) VALUES ('odd', 'entah', '1999-01-01');
      INSERT INTO freeze_audit.approval (letter_no, letter_date, nip) VALUES ('1', '2024-01-01', '198501012010011001')
      """)
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.run("DELETE FROM hr.act WHERE id = 'r1'")
    try daemon.pass()
    daemon.stop()
    let everything = try bench.command("audit", "--show", "all")
    #expect(everything.status < 64, "\(everything.errorText)")
    // Enough for --workers to share.
    try bench.run(
      "INSERT INTO hr.act (id, kind, decree_date) SELECT 'old' || n, 'mutasi', '1999-05-02' FROM generate_series(1, 120000) AS n"
    )
    for arguments in [
      ["audit"], ["audit", "--scan", "window"], ["audit", "--workers", "3"],
      ["explain", "r2"], ["doctor"],
      ["status"],
      ["audit", "--compare-known-on", "2024-01-01"],
    ] {
      let result = try runProcess(Bench.executable, arguments + ["--config", bench.configPath])
      #expect(result.status < 64, "\(arguments): \(result.errorText)")
    }
    let watched = try runProcess(
      "script",
      ["-qec", "\(try Bench.executable) audit --config \(bench.configPath) --output /dev/null", "/dev/null"])
    #expect(watched.status < 64, "\(watched.outputText)")
    let log = try String(contentsOfFile: cluster.logFile, encoding: .utf8)
    let sent = statements(log, database: bench.database.name)
    #expect(
      sent.subtracting(Self.optional) == Self.needed,
      "\(sent.subtracting(Self.optional).symmetricDifference(Self.needed))")
    #expect(sent.isSuperset(of: Self.optional), "\(Self.optional.subtracting(sent))")
    // No engine's own inner life, no lock, no writing, no stream but rows.
    let foreign =
      #/\b(xmin|xmax|ctid|tableoid|advisory|copy|lock|for (update|share)|insert|update|delete|truncate|cursor|fetch|temp table|tablesample|nextval)\b/#
    for statement in Self.needed {
      #expect(statement.lowercased().firstMatch(of: foreign) == nil, "\(statement)")
    }
  }

  /// The statements of the daemon's role in one database, their values replaced by `?`.
  private func statements(_ log: String, database: String) -> Set<String> {
    let head = "\n~\(database)~\(Bench.role)~LOG:  "
    var found: Set<String> = []
    for part in ("\n" + log).components(separatedBy: "\n~") {
      let entry = "\n~" + part
      guard entry.hasPrefix(head) else { continue }
      let text = entry.dropFirst(head.count)
      guard let start = text.firstRange(of: "statement: ") ?? text.firstRange(of: "execute <unnamed>: ")
      else {
        continue
      }
      for line in text[start.upperBound...].split(separator: ";") {
        found.insert(normal(String(line)))
      }
    }
    return found
  }

  private func normal(_ sql: String) -> String {
    let text = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .replacing(#/'[^']*'/#, with: "?").replacing(#/\b[0-9]+(\.[0-9]+)?\b/#, with: "?")
      .replacing("\"freeze_audit\".\"personnel_action\"", with: "VIEW")
      .replacing(
        #/CASE WHEN octet_length\(([a-z_.]+::text)\) > \? THEN left\([^)]+\)( \|\| \? \|\| md5\([^)]+\))? ELSE [a-z_.]+::text END/#
      ) { "\($0.output.1)" }
      .replacing(#/ARRAY\[v\.[^\]]+\]/#, with: "RECORD").replacing(#/LISTEN .+/#, with: "LISTEN ?")
      .replacing(#/WITH able AS .+/#, with: "PRIVILEGES")
      .replacing(#/WITH RECURSIVE (?:parts|below) .+/#, with: "BELOW")
      .replacing(#/SELECT min\(v\.action_id::text .+/#, with: "ORDERS")
    let comparison =
      #/\(*v\.[a-z_]+ (BETWEEN \? AND \?|[<>]?=? \?|IS (NOT )?NULL)\)*|btrim\(v\.region_code::text\) NOT IN \([?, ]+\)\)*/#
    return text.replacing(#/v\.decree_date (<=|BETWEEN) .* = \?\)\)/#) { match in
      let rest = match.output.0.replacing(comparison, with: "").split(separator: " ")
      return rest.allSatisfy { ["AND", "OR"].contains($0) } ? "MAYBE" : String(match.output.0)
    }
  }
}
