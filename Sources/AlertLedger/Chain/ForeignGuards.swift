import AuditBase
import Crypto
import FreezeRules
import Postgres

/// A trigger as `sql/install.sql` makes it.
struct ShippedTrigger {
  let name: String
  /// As ``LedgerStore/triggers()`` spells it: table, function, the catalog's bits for when it fires, and what else would
  /// change that.
  let definition: String

  private init(_ name: String, on table: String, _ function: String, _ type: Int, transition: String = "") {
    self.name = name
    definition = "\(name) ON \(table): freeze_audit.\(function)() \(type) \(transition)"
  }

  static let all = [
    ShippedTrigger("alert_event_append", on: "alert_event", "check_append", 4, transition: "appended"),
    ShippedTrigger("alert_event_fold", on: "alert_event", "fold_append", 4, transition: "appended"),
    ShippedTrigger("alert_event_no_change", on: "alert_event", "refuse_change", 27),
    ShippedTrigger("alert_event_no_truncate", on: "alert_event", "refuse_change", 34),
    ShippedTrigger("alert_emitted_no_change", on: "alert_emitted", "refuse_change", 27),
    ShippedTrigger("alert_emitted_no_truncate", on: "alert_emitted", "refuse_change", 34),
  ]
}

/// What somebody made of the ledger's tables: a trigger that leaves rows out, a rule, a guard that guards nothing.
extension LedgerStore {
  private static let tables = """
    (SELECT c.oid, c.relname::text AS name, c.relkind, c.relpersistence, c.relrowsecurity \
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace \
    WHERE n.nspname = 'freeze_audit' AND c.relname IN ('alert_event', 'alert_emitted', 'lease', 'source_health', \
    'alert_open', 'alert_fold'))
    """

  /// The triggers on the ledger's tables.
  func triggers() throws(LedgerError) -> (active: Set<String>, foreign: [String]) {
    let found = try rows(
      """
      SELECT t.tgname::text, c.name, p.pronamespace::regnamespace::text || '.' || p.proname, t.tgenabled = 'A', \
      t.tgname || ' ON ' || c.name || ': ' || p.pronamespace::regnamespace || '.' || p.proname || '() ' || t.tgtype || ' ' \
      || coalesce(t.tgnewtable, '') || CASE WHEN t.tgqual IS NULL AND t.tgattr::text = '' AND t.tgnargs = 0 \
      AND t.tgoldtable IS NULL THEN '' ELSE ' WHEN' END \
      FROM pg_catalog.pg_trigger AS t JOIN \(Self.tables) AS c ON c.oid = t.tgrelid \
      JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal ORDER BY c.name, t.tgname
      """
    ) { row throws(PostgresError) in
      (
        text:
          "\(row.string(at: 0) ?? "") ON freeze_audit.\(row.string(at: 1) ?? "") (\(row.string(at: 2) ?? "")())",
        isActive: try row.bool(at: 3) ?? false, definition: row.string(at: 4) ?? ""
      )
    }
    let shipped = Set(ShippedTrigger.all.map(\.definition))
    return (
      Set(found.filter(\.isActive).map(\.definition)),
      found.filter { !shipped.contains($0.definition) }.map { "TRIGGER \($0.text)" }
    )
  }

  /// Rules on the tables, and tables that are no ordinary ones any more.
  func strangers() throws(LedgerError) -> [String] {
    try texts(
      """
      SELECT 'RULE ' || r.rulename || ' ON freeze_audit.' || c.name FROM pg_catalog.pg_rewrite AS r \
      JOIN \(Self.tables) AS c ON c.oid = r.ev_class WHERE c.relkind = 'r' \
      UNION ALL SELECT 'VIEW freeze_audit.' || c.name FROM \(Self.tables) AS c WHERE c.relkind NOT IN ('r', 'p') \
      UNION ALL SELECT 'ROW LEVEL SECURITY ON freeze_audit.' || c.name FROM \(Self.tables) AS c WHERE c.relrowsecurity \
      UNION ALL SELECT 'UNLOGGED freeze_audit.' || c.name FROM \(Self.tables) AS c WHERE c.relpersistence <> 'p' \
      UNION ALL SELECT i.inhrelid::regclass || ' INHERITS (freeze_audit.' || c.name || ')' \
      FROM pg_catalog.pg_inherits AS i JOIN \(Self.tables) AS c ON c.oid = i.inhparent ORDER BY 1
      """)
  }

  /// SHA-256 of the bodies of the guards' functions, and their settings, as in `sql/install.sql`.
  static let shippedFunctions: [String: (body: String, settings: String)] = [
    "fold_append": (
      "7b18c998b6ddd77c157deade89ce0924032fdba960899877ef348689fac16cae", "search_path=pg_catalog"
    ),
    "check_append": (
      "54237bb97d90154c252dde75e22d26f06cc7b7a13deff7b4a56925221ca9ffa5",
      "search_path=pg_catalog,enable_seqscan=off,enable_indexscan=on"
    ),
    "remove_sealed": (
      "6518a7a73351e6dda88f12a25a14a1fb8efdb4411fd210ae158f2a43ef5ca30c", "search_path=pg_catalog"
    ),
    "says_alert": ("65ac951133cc0a2df922d4bac0f84750e2e6ee1ffe821a325100f21c5096230c", ""),
    "refuse_change": (
      "64c4e0621b8d0b7231028d8eef23268904de1316819401c6dec542da651da6a9", "search_path=pg_catalog"
    ),
  ]

  /// The functions of the guards that are not the shipped ones.
  func replacedFunctions() throws(LedgerError) -> [String] {
    let found = try rows(
      """
      SELECT p.proname::text, p.prosrc, coalesce(array_to_string(p.proconfig, ','), ''), \
      l.lanname IN ('plpgsql', 'sql') AND p.prosecdef = (p.proname = 'fold_append') FROM pg_catalog.pg_proc AS p \
      JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang \
      WHERE n.nspname = 'freeze_audit' AND (p.proname IN ('check_append', 'fold_append', 'refuse_change') AND p.pronargs = 0 \
      OR p.oid IN (to_regprocedure('freeze_audit.says_alert(text,text,bigint,text)'), \
      to_regprocedure('freeze_audit.remove_sealed(bigint)'))) \
      ORDER BY p.proname
      """
    ) { row throws(PostgresError) in
      (
        name: row.string(at: 0) ?? "", body: row.string(at: 1) ?? "", settings: row.string(at: 2) ?? "",
        isPlain: try row.bool(at: 3) ?? false
      )
    }
    return found.filter { function in
      guard function.isPlain, let shipped = Self.shippedFunctions[function.name] else { return true }
      // psql on another system may have sent the file with its line ends.
      let body = function.body.replacing("\r\n", with: "\n")
      return Hex.encode(SHA256.hash(data: Array(body.utf8))) != shipped.body
        || function.settings != shipped.settings
    }.map { "freeze_audit.\($0.name)()" }
  }
}
