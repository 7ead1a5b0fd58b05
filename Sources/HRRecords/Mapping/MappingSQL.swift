import AuditBase
import FreezeRules

/// The proposal as a file for psql: it makes the contract view, and may be run again.
struct MappingSQL {
  let proposal: MappingProposal
  let language: Language

  /// The whole file.
  var text: String {
    [header, Self.before, view, Self.after].joined(separator: "\n")
  }

  private func say(_ id: String, _ en: String) -> String { Text(id, en)[language] }

  /// A comment to the end of the line: what a catalog calls its columns must not end it early.
  private func comment(_ text: String) -> String { "-- " + Self.oneLine(text) }

  static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            " "
          default: scalar
          }
        }))
  }

  // MARK: Parts

  private var header: String {
    var lines = [
      say(
        "Usulan freeze-auditor map: view kontrak atas \(proposal.table.quoted) (\(proposal.sample.rows) baris diperiksa).",
        "Proposed by freeze-auditor map: the contract view over \(proposal.table.quoted) (\(proposal.sample.rows) rows looked at)."
      ),
      say(
        "Baca dulu, ubah yang perlu, lalu jalankan sebagai pemilik tabel: psql -v ON_ERROR_STOP=1 -d BASISDATA -f BERKAS",
        "Read it, change what needs changing, then run it as the owner of the tables: psql -v ON_ERROR_STOP=1 -d DATABASE -f FILE"
      ),
      say(
        "sql/install.sql harus sudah dijalankan di basis data itu.",
        "sql/install.sql must have been run in that database."),
    ]
    for warning in proposal.warnings { lines.append(say("Perhatikan: ", "Note: ") + warning[language]) }
    return lines.map(comment).joined(separator: "\n") + "\n"
  }

  private var view: String {
    """
    CREATE OR REPLACE VIEW freeze_audit.personnel_action AS
    WITH history AS (
    \(history)
    ), marked AS (
    \(marked)
    ), told AS (
    \(told)
    )
    SELECT
    \(selection)
    FROM told AS t;

    COMMENT ON VIEW freeze_audit.personnel_action IS
        'Contract view of freeze-auditor: one row for each act on an official''s post, made by the site over its own tables';
    """
  }

  /// Each column of the site's tables as what it means, row by row.
  private var history: String {
    var columns: [String] = ["\(sortKey) AS sort_key", "\(person) AS person"]
    for column in proposal.columns where column.inner != nil {
      columns.append("\(column.inner ?? "NULL") AS \(column.column.rawValue)")
    }
    var lines = [
      "    SELECT", columns.map { "        " + $0 }.joined(separator: ",\n"),
      "    FROM \(proposal.table.quoted) AS r",
    ]
    if let join = proposal.persons, usesPersons {
      lines.append(
        "    "
          + comment(
            say(
              "LEFT: tindakan yang orangnya tidak ditemukan tetap dinilai.",
              "LEFT: an act whose person is not found is judged all the same.")))
      lines.append(
        "    LEFT JOIN \(join.table.quoted) AS p ON p.\(join.other.quoted)::text = r.\(join.own.quoted)::text"
      )
    }
    if let condition = notDeleted { lines.append("    WHERE \(condition)") }
    return lines.joined(separator: "\n")
  }

  private var usesPersons: Bool { proposal.columns.contains { $0.inner?.hasPrefix("p.") ?? false } }

  private var sortKey: String {
    guard proposal.key.count == 1, let key = proposal.key.first, key.shape != .other else {
      return proposal[.actionID]?.inner ?? "NULL::text"
    }
    return "r.\(key.quoted)"
  }

  /// Who it is. An NIP is one person's with or without dots; what is none, or a filler, tells nobody from anybody.
  private var person: String {
    guard let source = proposal.meaning.person else { return "NULL::text" }
    let text = "r.\(source.quoted)::text COLLATE \"C\""
    let known = "CASE WHEN btrim(\(text)) IN ('', '-', '0', '2147483647') THEN NULL"
    guard proposal.meaning[.nip] == source else { return "\(known) ELSE btrim(\(text)) END" }
    let digits = "regexp_replace(\(text), '[^0-9]', '', 'g')"
    return "\(known) WHEN length(\(digits)) = 18 THEN \(digits) ELSE btrim(\(text)) END"
  }

  private var notDeleted: String? {
    guard let mark = proposal.meaning.deleted else { return nil }
    switch mark.shape {
    case .boolean: return "r.\(mark.quoted) IS NOT TRUE"
    case .date, .timestamp, .timestamptz: return "r.\(mark.quoted) IS NULL"
    case .integer: return "coalesce(r.\(mark.quoted), 0) = 0"
    case .text, .uuid, .other:
      return """
        lower(coalesce(btrim(r.\(mark.quoted)::text), '')) IN ('', '0', '-', 'f', 'false', 'n', 'no', 'tidak', 'null', \
        '0000-00-00', '0000-00-00 00:00:00')
        """
    }
  }

  private func has(_ column: ContractColumn) -> Bool { proposal[column]?.inner != nil }

  /// A stand-in's row is no post of its own; a row with an echelon, a structural type or the name of a head is one that leads.
  private var marked: String {
    var standIn: [String] = []
    if has(.assignment) { standIn.append("coalesce(upper(btrim(h.assignment)) IN ('PLT', 'PLH'), false)") }
    if has(.postTo) {
      standIn.append(
        "coalesce(h.post_to COLLATE \"C\" ~* '^ *(plt|plh|pelaksana +(tugas|harian))([^a-z]|$)', false)")
    }
    var leads: [String] = []
    if has(.echelonTo) {
      leads.append(
        "coalesce(h.echelon_to COLLATE \"C\" !~* '^ *(-|0+|99|null|none|non.*|tidak.*)? *$', false)")
    }
    if has(.postTypeTo) {
      leads.append(
        "coalesce(lower(btrim(h.post_type_to)) IN ('1', 'struktural', 'jabatan struktural', 'jpt', 'administrator', 'pengawas'), false)"
      )
    }
    if has(.postTo) {
      leads.append(
        """
        coalesce(h.post_to COLLATE "C" ~* '^ *((pj|penjabat)[. ]+)?(kepala|ka[. ]|sekretaris|camat|lurah|asisten|inspektur|\
        direktur|wakil direktur|kabid|kasi|kasub|kabag|kadis|kaban|sekdis|sekcam|staf ahli)', false)
        """)
    }
    let days = Self.ordering.filter(has).map { "\(day($0)) AS \($0.rawValue)_order" }
    return """
          SELECT h.*,
              \(standIn.isEmpty ? "false" : standIn.joined(separator: "\n            OR ")) AS is_stand_in,
              \(leads.isEmpty ? "true" : leads.joined(separator: "\n            OR ")) AS is_leading,
              \(days.joined(separator: ",\n            "))
          FROM history AS h
      """
  }

  private static let ordering: [ContractColumn] = [.effectiveDate, .decreeDate, .inauguratedOn]

  /// The day by which a row has its place. What parse_date could not read to the day is a reserved one before Christ: a
  /// month or a year counts from its first day, what nobody can read has no day and goes last.
  private func day(_ column: ContractColumn) -> String {
    let name = "h.\(column.rawValue)"
    guard proposal.textDates.contains(where: { $0.0 == column }) else { return name }
    let year = "extract(year FROM \(name))::int"
    return """
      (\(name) + make_interval(years => CASE
                  WHEN \(name) > '0001-01-01' THEN 0
                  WHEN \(year) BETWEEN -2199 AND -1945 THEN -2 * \(year) - 1
                  WHEN \(year) BETWEEN -2856 AND -2602 THEN 4800
                  WHEN \(year) BETWEEN -3256 AND -3002 THEN 5200
                  WHEN \(year) BETWEEN -3656 AND -3402 THEN 5600 END))::date
      """
  }

  /// The row before of the same person, by the day it took effect.
  private var told: String {
    var columns = ["m.*"]
    for column in proposal.columns where column.isLagged {
      guard let taken = column.column.taken, has(taken) else { continue }
      columns.append("lag(m.\(taken.rawValue)) OVER career AS \(column.column.rawValue)_before")
    }
    let days = Self.ordering.filter(has).map { "m.\($0.rawValue)_order" }
    let order = (["coalesce(\(days.joined(separator: ", ")))"] + days + ["m.sort_key"]).joined(
      separator: ", ")
    columns.append("m.person IS NOT NULL AND row_number() OVER career = 1 AS is_first")
    return """
          SELECT \(columns.joined(separator: ",\n            "))
          FROM marked AS m
          WINDOW career AS (PARTITION BY m.person, m.is_stand_in ORDER BY \(order))
      """
  }

  private var selection: String {
    let columns = proposal.columns.map { column -> (String, String) in
      (expression(column), comment(reason(column)))
    }
    return columns.enumerated().map { index, line in
      "    \(line.1)\n    \(line.0) AS \(proposal.columns[index].column.rawValue)\(index + 1 < columns.count ? "," : "")"
    }.joined(separator: "\n")
  }

  private func reason(_ column: ProposedColumn) -> String {
    let sources = column.sources.isEmpty ? "" : column.sources.joined(separator: ", ") + ": "
    return sources + column.reason[language] + (counted(column).map { "; " + $0 } ?? "")
  }

  private func counted(_ column: ProposedColumn) -> String? {
    guard !column.isLagged, !column.sources.isEmpty, let evidence = column.evidence else { return nil }
    return say(
      "terisi \(evidence.filled), terbaca \(evidence.readable), tidak terbaca \(evidence.unreadable)",
      "filled \(evidence.filled), readable \(evidence.readable), unreadable \(evidence.unreadable)")
  }

  private func expression(_ column: ProposedColumn) -> String {
    let name = column.column.rawValue
    if column.column == .kind {
      return """
        CASE
                WHEN t.kind IS NOT NULL THEN t.kind
                WHEN t.is_first AND NOT t.is_leading AND NOT t.is_stand_in THEN 'pengangkatan pns'
                ELSE 'mutasi'
            END
        """
    }
    if column.isLagged, let taken = column.column.taken, has(taken) {
      return "CASE WHEN t.person IS NOT NULL AND NOT t.is_stand_in THEN t.\(name)_before END"
    }
    guard column.inner != nil else { return "NULL::\(column.column.type)" }
    return "t.\(name)"
  }

  // MARK: What every mapping has

  private static let before = """
    BEGIN;
    SET LOCAL lock_timeout = '30s';

    DO $before$
    DECLARE
        -- Every column of the contract, in its order. Names and types are what the auditor looks for.
        contract constant text := '\(ContractColumn.allCases.map { "\($0.rawValue) \($0.fullType)" }.joined(separator: ", "))';
        existing text;
    BEGIN
        IF to_regprocedure('freeze_audit.parse_date(text)') IS NULL THEN
            RAISE EXCEPTION 'freeze_audit is not installed in this database' USING HINT = 'Run sql/install.sql first.';
        END IF;
        SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
        INTO existing
        FROM pg_attribute AS a
        WHERE a.attrelid = to_regclass('freeze_audit.personnel_action') AND a.attnum > 0 AND NOT a.attisdropped;
        -- CREATE OR REPLACE VIEW cannot change a column: a view of another shape goes first, without CASCADE.
        IF existing <> contract THEN
            DROP VIEW freeze_audit.personnel_action;
            RAISE NOTICE 'the view freeze_audit.personnel_action had other columns and is made anew';
        END IF;
    END
    $before$;

    """

  private static let after = """

    -- The view reads the tables below it as its owner: the reader needs no privilege on them. Do not set security_invoker.
    REVOKE ALL ON freeze_audit.personnel_action FROM PUBLIC;
    DO $grant$
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'freeze_auditor_read') THEN
            REVOKE ALL ON freeze_audit.personnel_action FROM freeze_auditor_read;
            GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;
        ELSE
            RAISE WARNING 'role freeze_auditor_read does not exist; nobody but the owner can read the view'
                USING HINT = 'As a superuser run: CREATE ROLE freeze_auditor_read NOLOGIN; Then run install.sql and this file again.';
        END IF;
    END
    $grant$;

    COMMIT;

    """
}

extension MappingProposal {
  /// The file for psql, its comments in a language.
  package func sql(_ language: Language) -> String { MappingSQL(proposal: self, language: language).text }
}

extension ContractColumn {
  /// As a cast writes it.
  var type: String {
    switch self {
    case .decreeDate, .effectiveDate, .inauguratedOn, .approvalDate, .pertekDate: "date"
    case .recordedAt, .changedAt: "timestamptz"
    default: "text"
    }
  }

  /// As the catalog writes it.
  var fullType: String { type == "timestamptz" ? "timestamp with time zone" : type }

  /// Of a column that says what was before: the one that says what came.
  var taken: ContractColumn? {
    switch self {
    case .postFrom: .postTo
    case .unitFrom: .unitTo
    case .echelonFrom: .echelonTo
    case .postTypeFrom: .postTypeTo
    default: nil
    }
  }
}
