import Foundation
import FreezeRules
import HRRecords
import Postgres
import RuleFiles
import TestSupport
import Testing

@testable import AuditReports

/// The function that a database asks, against the engine itself.
@Suite struct WouldBeTests {
  private static let rules = Result { try RuleSet() }
  private static let script = Result {
    WouldBeScript(
      try rules.get().windows(knownOn: try day("2026-11-25")), region: "16.05", hash: RuleSet.hash)
  }
  private static let installed = Result {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.psql(try script.get().text)
    return database
  }

  private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

  /// What the function is asked.
  private struct Question {
    var kind: String?
    var dates: [String?] = [nil, nil, nil]
    var region: String?
    var post: String?
    var echelon: String?
    var onDay: String
    var postFrom: String?
    var echelonFrom: String?

    /// The record that a form would write.
    var action: PersonnelAction {
      var action = PersonnelAction(
        cells: { field in
          switch field {
          case .actionID: "1"
          case .kind: kind
          case .decreeDate: dates[0]
          case .effectiveDate: dates[1]
          case .inauguratedOn: dates[2]
          case .regionCode: region
          case .postTo: post
          case .echelonTo: echelon
          case .postFrom: postFrom
          case .echelonFrom: echelonFrom
          default: nil
          }
        }, place: "1", region: nil, zone: .wib)
      action.take(site: "16.05")
      return action
    }

    /// The cells of a line of COPY or VALUES.
    var values: String {
      let texts = [kind] + dates + [region, post, echelon, onDay, postFrom, echelonFrom]
      return texts.map { text in
        text.map {
          "'" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        } ?? "NULL"
      }.joined(separator: ",")
    }
  }

  private static let kinds = [
    "mutasi", "Promosi", "DEMOSI", "MJ", "mu", "rotasi/mutasi", "pengangkatan dalam jabatan", "pensiun",
    "KGB",
    "kenaikan pangkat", "pemberhentian", "diberhentikan", "berhenti dari jabatan", "tukar guling", "",
    " mutasi ",
    "mutasi_jabatan", "pensiun dan mutasi", "promosi\u{00A0}jabatan", "m\u{200B}utasi", "mut\u{00E4}si",
    "mutasi\u{2013}promosi",
    "penyetaraan", "hukuman disiplin penurunan jabatan", "mutasi antar daerah", "nonjob", "nonaktif",
    "\u{212A}GB",
  ]
  private static let regions = [
    "16.05", "1605", "16", "36.04", "62.05", "19.71", "91", "91.09", "94.02", "31", "31.71", "34", "73.15",
    "99.99",
    "Kota Palopo", "palopo", "serang", "Kab. Serang", "Provinsi Banten", "Jakarta Pusat",
    "kota adm. jakarta pusat", "DKI Jakarta",
    "Pemerintah Kabupaten Musi Rawas", "Kab. Kep. Seribu", "Daerah Istimewa Yogyakarta",
    "istimewa yogyakarta", "-", " ", "16.05.01",
    "1605012001", "'16.05", "Kota\u{00A0}Palopo", "nowhere", "16.05\u{2014}",
  ]
  private static let echelons = [
    "II.b", "III.a", "iv/b", "Eselon II b", "22", "JPT Pratama", "Non Eselon", "0", "-", "", "xx", "non",
    "Pengawas", "III a", "I\u{00ED}.a",
  ]
  /// Words of which posts are made, so that every list of the engine is met.
  private static let words =
    Vocabulary.posts.values.flatMap { $0 } + [
      "kepala", "ka", "kepsek", "kapus", "plt", "plh", "pj", "penjabat", "pelaksana", "tugas", "harian",
      "wakil", "puskesmas",
      "satuan", "pendidikan", "desa", "hidup", "urusan", "kaur", "hukum", "tua", "dewan", "pengawas",
      "perusahaan", "daerah", "umum",
      "koordinator", "ruang", "nonjob", "non", "job", "ahli", "muda", "madrasah", "asisten", "apoteker",
      "Indralaya", "dr", "3", "guru\u{0301}",
      "\u{2013}", "\u{1F600}", "\u{00E9}cole", "\u{4E2D}",
    ]

  private static func post(_ dice: inout Dice) -> String? {
    switch dice.below(12) {
    case 0: nil
    case 1: dice.pick(["", "-", "null", "...", "N/A", "\u{2014}"])
    case 2...5:
      dice.pick([
        "Camat Indralaya", "Kepala Dinas Pendidikan", "Guru Ahli Muda", "Kepala SDN 12", "Plt. Camat",
        "Lurah", "Staf Ahli Bupati",
        "Kepala Ruang ICU", "Direktur PDAM", "Kepala Desa Sukamaju", "Pensiunan", "Wakil Kepala Sekolah",
        "Kepala UPTD Puskesmas X",
      ])
    default:
      (0...dice.below(5)).map { _ in dice.pick(words) }.joined(
        separator: dice.pick([" ", ". ", "-", "/", "\u{00A0}"]))
    }
  }

  /// Days near an edge of some window more often than not.
  private static func date(_ dice: inout Dice, _ edges: [CivilDate]) -> String? {
    switch dice.below(20) {
    case 0...6: return nil
    case 7:
      return dice.pick([
        "infinity", "-infinity", "1970-01-01", "1900-01-01", "0204-03-22", "9999-12-31", "2300-01-01",
        "0001-01-01",
      ])
    case 8...14: return dice.pick(edges).adding(days: dice.below(7) - 3)?.description
    default: return CivilDate(daysSince2000: 5500 + dice.below(6000))?.description
    }
  }

  private static func question(_ dice: inout Dice, _ edges: [CivilDate], _ known: [CivilDate]) -> Question {
    let day =
      dice.below(3) == 0
      ? known[known.count - 1] : dice.pick(known).adding(days: dice.below(5) - 2) ?? known[0]
    var question = Question(
      kind: dice.below(30) == 0 ? nil : dice.pick(dice.below(2) == 0 ? ["mutasi", "promosi"] : kinds),
      onDay: day.description)
    question.dates = (0..<3).map { _ in date(&dice, edges) }
    question.region = dice.below(12) == 0 ? nil : dice.pick(regions)
    question.post = post(&dice)
    question.echelon = dice.below(3) == 0 ? nil : dice.pick(echelons)
    if dice.below(3) == 0 { question.postFrom = post(&dice) }
    if dice.below(4) == 0 { question.echelonFrom = dice.pick(echelons) }
    return question
  }

  /// 20,000 acts, or as many as the environment says: Tests/Benchmarks/WouldBe asks for a million.
  @Test func `The function says what the engine says, whatever it is asked`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["FREEZE_WOULD_BE_ACTS"].flatMap { Int($0) } ?? 20_000
    let seed = environment["FREEZE_WOULD_BE_SEED"].flatMap { UInt64($0) } ?? 19
    print("would_be: \(count) acts, seed \(seed)")
    let set = try Self.rules.get()
    let days = KnowledgeDays(set.rulebook, set.calendar).days(in: CivilDate.min...CivilDate.max)
    let known = [try Self.day("2008-01-01")] + days + [try Self.day("2026-11-25")]
    var tables: [CivilDate: WindowTable] = [:]
    let edges =
      set.windows(knownOn: try Self.day("2026-11-25")).windows.flatMap { window in
        [window.earliest, window.latest, window.closes ?? window.latest, window.reach.last]
      }.filter { $0.year < 2100 } + [
        try Self.day("2028-12-31"), try Self.day("2030-11-18"), try Self.day("2016-06-30"),
      ]
    var dice = Dice(seed: seed)
    var connection = try Self.installed.get().connect()
    var seen: [String: Int] = [:]
    for start in stride(from: 0, to: count, by: 5_000) {
      let questions = (start..<min(start + 5_000, count)).map { _ in Self.question(&dice, edges, known) }
      let lines = questions.enumerated().map { "(\($0),\($1.values))" }.joined(separator: ",")
      let answers = try connection.query(
        """
        SELECT w.outcome, w.reason, w.rule, w.election, w.explanation FROM (VALUES \(lines)) AS a (n, k, d, t, o, r, p, e, q, pf, ef),
        LATERAL freeze_audit.would_be(a.k, a.d::date, a.t::date, a.o::date, a.r, a.p, a.e, a.q::date, a.pf, a.ef) AS w ORDER BY a.n
        """, binary: false)
      #expect(answers.count == questions.count)
      for (row, question) in questions.enumerated() {
        let day = try Self.day(question.onDay)
        // Between two days of change every table is the one before.
        let state = known.last { $0 <= day } ?? day
        let table = tables[state] ?? set.windows(knownOn: state)
        tables[state] = table
        let judged = judge(question.action, table, approvals: nil)
        let outcome = answers.string(row: row, column: 0) ?? "-"
        seen[outcome, default: 0] += 1
        let matches = judged.outcome.rawValue == outcome
        #expect(
          matches,
          "seed \(seed): \(question), \(judged.outcome) is not \(outcome) (\(answers.string(row: row, column: 1) ?? "-"))"
        )
        if !matches { seen["wrong", default: 0] += 1 }
        if seen["wrong", default: 0] > 20 { return }
        #expect(answers.string(row: row, column: 4)?.isEmpty == false, "\(question)")
        guard matches, let rule = answers.string(row: row, column: 2), judged.outcome.level == .alert else {
          continue
        }
        let election = answers.string(row: row, column: 3)
        #expect(
          judged.verdicts.contains {
            $0.window.rule == rule && $0.window.election == election && $0.outcome == judged.outcome
          }, "\(question)")
      }
    }
    print(
      "would_be: \(seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
    for outcome in ["inside", "depends", "unjudgeable", "not-covered", "outside"] {
      #expect(seen[outcome, default: 0] > count / 100, "\(outcome) is hardly met: \(seen)")
    }
  }

  @Test func `A region typed into a form frees nobody of the site's own window`() throws {
    var connection = try Self.installed.get().connect()
    // Aceh elected nobody in 2020, Musi Rawas did.
    for (region, isElsewhere) in [("'11'", true), ("'16.05'", false), ("NULL", false), ("'Aceh'", true)] {
      let answer = try connection.query(
        "SELECT outcome, election, explanation FROM freeze_audit.would_be('mutasi', '2020-08-01', NULL, NULL, \(region), 'Camat', 'III.a')",
        binary: false)
      #expect(
        answer.string(row: 0, column: 0) == (isElsewhere ? "depends" : "inside")
          && answer.string(row: 0, column: 1) == "pilkada-2020",
        "\(region)")
      #expect(
        answer.string(row: 0, column: 2)?.contains("menurut wilayah SIMPEG ini") == isElsewhere, "\(region)")
    }
    // Of a province its regencies are told by their own windows alone, as the service does.
    let province = try ThrowawayCluster.shared.createDatabase()
    try province.psql(
      WouldBeScript(
        try Self.rules.get().windows(knownOn: try Self.day("2026-11-25")), region: "11", hash: RuleSet.hash
      ).text)
    #expect(
      try province.value(
        "SELECT outcome FROM freeze_audit.would_be('mutasi', '2020-08-01', NULL, NULL, '11.05', 'Camat', 'III.a')"
      )
        == "outside")
  }

  @Test func `Hostile input is answered, never an error`() throws {
    var connection = try Self.installed.get().connect()
    let texts = [
      "NULL", "''", "'\u{1B}[31m'", "'; DROP TABLE x; --'", "repeat('mutasi ', 100000)",
      "repeat('x', 5000000)", "E'\\u0301\\u0301'",
      "'$function$'", "'\u{202E}\u{200B}'", "'\u{1F468}\u{200D}\u{1F469}'", "'%s%n\\'", "'{\"a\":1}'",
    ]
    let dates = [
      "NULL", "'infinity'", "'-infinity'", "'4713-01-01 BC'", "'5874897-12-31'", "'2024-03-01 BC'",
    ]
    for text in texts {
      for date in dates {
        let result = try connection.query(
          "SELECT outcome, explanation FROM freeze_audit.would_be(\(text), \(date), \(date), \(date), \(text), \(text), \(text), \(date), \(text), \(text))",
          binary: false)
        #expect(["unjudgeable", "not-covered"].contains(result.string(row: 0, column: 0) ?? "-"))
        #expect(result.string(row: 0, column: 1)?.isEmpty == false)
        let valid = try connection.query(
          "SELECT outcome FROM freeze_audit.would_be('mutasi', '2024-05-10', \(date), NULL, '16.05', \(text), \(text), NULL)",
          binary: false)
        #expect(valid.string(row: 0, column: 0) != nil)
      }
    }
  }

  @Test(arguments: ["LATIN1", "SQL_ASCII"])
  func `a database in another encoding takes it`(_ encoding: String) throws {
    let server = try ThrowawayCluster.shared.createDatabase()
    let name = "enc_\(encoding.lowercased())"
    try server.run(
      "CREATE DATABASE \(name) ENCODING '\(encoding)' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    var connection = try Connection(conninfo: server.cluster.socketConninfo(database: name))
    try connection.execute(try Self.script.get().text)
    let answer = try connection.query(
      "SELECT outcome FROM freeze_audit.would_be('mutasi', '2024-05-10', NULL, NULL, 'Kab. Musi Rawas', 'Camat', NULL)",
      binary: false)
    #expect(answer.string(row: 0, column: 0) == "inside")
  }

  @Test func `It runs twice without harm, and the form's role may ask and nothing else`() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    let script = try Self.script.get()
    try database.psql(script.text)
    try database.psql(script.text)
    #expect(
      script.text.utf8.allSatisfy { $0 < 0x80 } || script.text.contains("SET LOCAL client_encoding = 'UTF8'"))
    try database.run(
      "DROP ROLE IF EXISTS simpeg_form; CREATE ROLE simpeg_form LOGIN IN ROLE freeze_auditor_form; CREATE ROLE would_be_stranger LOGIN"
    )
    let ask =
      "SELECT outcome FROM freeze_audit.would_be('mutasi', '2024-05-10', NULL, NULL, '16.05', 'Camat', 'III.a');"
    #expect(try database.psql(ask, user: "simpeg_form").outputText.contains("inside"))
    #expect(throws: (any Error).self) { try database.psql(ask, user: "would_be_stranger") }
    for denied in [
      "DELETE FROM freeze_audit.would_be_window;", "CREATE TABLE freeze_audit.mine (x int);",
      "UPDATE freeze_audit.would_be_region SET place = 0;",
    ] {
      #expect(throws: (any Error).self) { try database.psql(denied, user: "simpeg_form") }
    }
    let bare = try database.value(
      """
      SELECT string_agg(c.relname || '.' || a.attname, ' ') FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.relname IN ('would_be_window', 'would_be_region') AND col_description(c.oid, a.attnum) IS NULL
      """)
    #expect(bare == nil, "without a comment: \(bare ?? "")")
    let silent = try database.value(
      "SELECT string_agg(p.proname, ' ') FROM pg_proc p WHERE p.proname LIKE 'would%' AND obj_description(p.oid, 'pg_proc') IS NULL"
    )
    #expect(silent == nil, "without a comment: \(silent ?? "")")
    let comment = try database.value(WouldBeScript.installedQuery)
    #expect(WouldBeScript.basis(inComment: comment ?? "") == script.basis)
    try database.psql(file: repositoryRoot.appendingPathComponent("sql/uninstall.sql"))
    #expect(try database.value("SELECT count(*)::text FROM pg_proc WHERE proname LIKE 'would%'") == "0")
    #expect(try database.value("SELECT to_regnamespace('freeze_audit')::text") == nil)
    try database.psql(file: repositoryRoot.appendingPathComponent("sql/uninstall.sql"))
  }

  @Test func `The script depends on rules, calendar and region, not on the day`() throws {
    let set = try Self.rules.get()
    let again = WouldBeScript(
      set.windows(knownOn: try Self.day("2019-01-01")), region: "16.05", hash: RuleSet.hash)
    #expect(try Self.script.get().text == again.text)
    let elsewhere = WouldBeScript(
      set.windows(knownOn: try Self.day("2019-01-01")), region: "36.04", hash: RuleSet.hash)
    #expect(elsewhere.basis != again.basis)
  }
}
