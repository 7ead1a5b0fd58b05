import Foundation
import FreezeRules
import Postgres
import TestSupport
import Testing

@testable import HRRecords

/// One table of cases, `Cases/date-spellings.csv`, for the reader of files and for `parse_date` of sql/install.sql, and both
/// against each other on spellings that nobody thought of.
@Suite("files and SQL read every spelling alike") struct DateSpellingsTests {
  /// A spelling and what it means: `day`, `day-first`, `month-first` or `either` with days, `zones` with the days in WIB, WITA
  /// and WIT, `month`, `year`, `none`, `unreadable`.
  static let cases: [(spelling: String, means: String)] = {
    let path = repositoryRoot.appendingPathComponent("Tests/HRRecordsTests/Cases/date-spellings.csv")
    guard let data = try? Data(contentsOf: path), var reader = Optional(CSVReader(Pieces(Array(data), 4096)))
    else { return [] }
    var row = FileRow()
    var cases: [(String, String)] = []
    while (try? reader.next(into: &row)) ?? false { cases.append((row.text(0), row.text(1))) }
    return Array(cases.dropFirst())
  }()

  /// What a spelling means, in the words of the table.
  static func meaning(_ text: String) -> String {
    let spelling = DateSpelling(text)
    let days = Zone.allCases.map { DirtyDate.read(text, zone: $0) }
    if case .absent = days[0] { return "none" }
    if case .unreadable = days[0] { return "unreadable" }
    let texts = days.map { $0.span?.description ?? "?" }
    if Set(texts).count > 1 { return "zones " + texts.joined(separator: " ") }
    switch spelling.form {
    case .dayFirst: return "day-first " + texts[0]
    case .monthFirst: return "month-first " + texts[0]
    case .either(_, let monthFirst): return "either \(texts[0]) \(monthFirst)"
    default:
      return (texts[0].count == 10 ? "day " : texts[0].count == 7 ? "month " : "year ") + texts[0]
    }
  }

  /// The date that `parse_date` gives for a meaning.
  static func date(_ means: String) -> String? {
    let words = means.split(separator: " ").map(String.init)
    func early(_ day: String, _ first: Int) -> String {
      "\(first - (Int(day.prefix(4)) ?? 0))\(day.dropFirst(4)) BC"
    }
    switch words[0] {
    case "none": return nil
    case "unreadable": return "4713-01-01 BC"
    case "month": return words[1] + "-01 BC"
    case "year": return words[1] + "-01-02 BC"
    case "zones": return early(words[1], words[2] == words[1] ? 4801 : 5201)
    case "month-first": return early(words[1], 5601)
    default: return words[1]
    }
  }

  @Test func theTableIsThere() { #expect(Self.cases.count > 300) }

  @Test func filesReadTheTable() {
    for (spelling, means) in Self.cases {
      #expect(Self.meaning(spelling) == means, "\"\(spelling)\"")
      #expect(ReservedDate.sql(spelling) == Self.date(means), "\"\(spelling)\"")
    }
  }

  @Test("parse_date reads the table, whatever the session says of dates and zones")
  func parseDateReadsTheTable() throws {
    let database = try Self.database.get()
    for settings in ["", "SET DateStyle = 'SQL, MDY'; SET TimeZone = 'America/New_York'"] {
      let found = try Self.parsed(Self.cases.map(\.spelling), database, settings)
      for (index, (spelling, means)) in Self.cases.enumerated() where found[index] != Self.date(means) {
        Issue.record("\"\(spelling)\": \(found[index] ?? "NULL") is not \(means)")
      }
    }
  }

  @Test("a reserved date means the same to the reader of views as its text to the reader of files")
  func reservedDatesAreUnderstood() {
    for (spelling, means) in Self.cases {
      guard let date = Self.date(means) else { continue }
      for zone in Zone.allCases {
        let view = DirtyDate.read(date, zone: zone)
        let file = DirtyDate.read(spelling, zone: zone)
        #expect(view.span == file.span, "\"\(spelling)\" in \(zone)")
        if case .absent = view { Issue.record("\"\(spelling)\" was lost") }
      }
    }
  }

  @Test("both agree on a hundred thousand made-up spellings", arguments: [1, 2])
  func fuzz(seed: UInt64) throws {
    var maker = SpellingMaker(seed: seed)
    let spellings = (0..<50_000).map { _ in maker.spelling() }
    let found = try Self.parsed(spellings, try Self.database.get(), "")
    var reported = 0
    for (index, spelling) in spellings.enumerated() where found[index] != ReservedDate.sql(spelling) {
      reported += 1
      if reported <= 20 {
        Issue.record(
          "\"\(spelling)\": SQL \(found[index] ?? "NULL"), files \(ReservedDate.sql(spelling) ?? "NULL")")
      }
    }
    #expect(reported == 0)
    // The generator is worth something only where it makes dates as well as nonsense.
    let kinds = Set(spellings.prefix(5000).map { Self.meaning($0).split(separator: " ")[0] })
    #expect(kinds.count == 9, "\(kinds)")
  }

  @Test(
    "a column may be said to be month-first",
    arguments: [
      ("03/05/2024", "2024-03-05"), ("3/25/2024 12:00:00 AM", "2024-03-25"), ("22/03/2024", "4713-01-01 BC"),
      ("2024-03-05", "2024-03-05"), ("5 Maret 2024", "2024-03-05"), ("", nil),
      ("Mon, 3/25/2024", "2024-03-25"),
    ] as [(String, String?)])
  func monthFirst(spelling: String, expected: String?) throws {
    var connection = try Self.database.get().connect()
    let result = try connection.query(
      "SELECT freeze_audit.parse_date($1, 'MDY')::text", [.text(spelling)], binary: false)
    #expect(result.string(row: 0, column: 0) == expected)
  }

  /// What `parse_date` gives for each text, in one statement.
  private static func parsed(_ texts: [String], _ database: ThrowawayDatabase, _ settings: String) throws
    -> [String?]
  {
    var connection = try database.connect()
    if !settings.isEmpty { try connection.execute(settings) }
    let result = try connection.query(
      "SELECT to_char(d, 'YYYY-MM-DD') || CASE WHEN d < '0001-01-01' THEN ' BC' ELSE '' END FROM (SELECT freeze_audit.parse_date(t) AS d, n FROM unnest($1::text[]) WITH ORDINALITY AS u (t, n)) AS x ORDER BY n",
      [.texts(texts)], binary: false)
    return (0..<result.count).map { result.string(row: $0, column: 0) }
  }

  private static let database = Result {
    let database = try ThrowawayCluster.shared.createDatabase()
    try database.psql(file: repositoryRoot.appendingPathComponent("sql/install.sql"))
    return database
  }
}

/// Makes spellings of dates, good and bad: pieces that dates are made of, put together, then spoilt now and then.
private struct SpellingMaker {
  private var random: Random

  init(seed: UInt64) { random = Random(seed: seed) }

  private mutating func pick<T>(_ from: [T]) -> T { from[random.below(from.count)] }
  private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

  private static let months = DateWords.months.keys.sorted()
  private static let weekdays = DateWords.weekdays.sorted()
  private static let words =
    DateWords.absent.sorted() + ["besok", "menyusul", "hari", "tanggal", "tgl", "m", "T", "Z", "pukul"]
  private static let years = [
    "2024", "2023", "1970", "1900", "0001", "9999", "1899", "2199", "2200", "1945", "1944", "24", "99",
    "0000",
  ]
  private static let separators = ["-", "/", ".", " ", ", ", " - ", "--", "", ","]
  private static let odd = [
    "\u{A0}", "\u{200B}", "\t", "\u{2019}", "'", "\"", "=", "–", "é", "(", ")", ";", ":", "\u{FEFF}", "`",
    "0", "x",
    "\u{2028}", "\u{AD}", "  ",
  ]

  mutating func spelling() -> String {
    var text = date()
    if chance(15) { text = cased(pick(Self.weekdays)) + pick([", ", " ", ",", "/", ""]) + text }
    if chance(5) { text = pick(["hari ", "tanggal ", "tgl. ", "tgl ", "'", "=\"", "\""]) + text }
    if chance(40) { text += time() }
    if chance(5) {
      text += pick([" (" + pick(Self.weekdays) + ")", ", " + pick(Self.weekdays), ".", " M", "\"", ";"])
    }
    while chance(12) { text = spoilt(text) }
    return chance(5) ? cased(pick(Self.words)) : text
  }

  private mutating func number(_ limit: Int) -> String {
    let value = String(random.below(limit + 1))
    return chance(60) && value.count == 1 ? "0" + value : value
  }

  private mutating func cased(_ word: String) -> String {
    chance(30) ? word.uppercased() : chance(50) ? word : word.prefix(1).uppercased() + word.dropFirst()
  }

  private mutating func date() -> String {
    let a = pick(Self.separators)
    let b = chance(85) ? a : pick(Self.separators)
    let (day, month, year) = (number(33), number(13), pick(Self.years))
    let name = cased(pick(Self.months))
    switch random.below(13) {
    case 0, 1: return year + a + month + b + day
    case 2, 3, 4: return day + a + month + b + year
    case 5: return month + a + day + b + year
    case 6, 7: return day + a + name + b + year
    case 8: return name + a + day + b + year
    case 9: return year + a + name + b + day
    case 10: return pick([year + a + month, month + a + year, name + a + year, year + a + name, year])
    case 11:
      return pick([
        "20240322", "20241332", "20240322101112", "20240322256060", "45373", "-0001-11-30", "1/0/1900",
      ])
    default: return String(random.below(100_000_000))
    }
  }

  private mutating func time() -> String {
    let sign = pick([":", ".", ":"])
    var text =
      pick([" ", "T", "t", ", ", " pukul ", " jam ", " pkl. ", " at ", "  "]) + number(25) + sign + two(61)
    if chance(60) { text += (chance(90) ? sign : pick([":", "."])) + two(62) }
    if chance(15) { text += pick([".", ","]) + String(random.below(1000)) }
    if chance(10) { text += pick([" ", ""]) + pick(["AM", "PM", "am", "pm"]) }
    if chance(45) {
      text += pick([" ", ""])
      text += pick([
        "Z", "UTC", "GMT", "WIB", "WITA", "WIT", "+07", "+0700", "+07:00", "-05:00", "+8", "+09", "GMT+7",
        "+15", "+700", "UTC+0900", "+07:70",
      ])
    }
    if chance(5) { text += pick([" (Western Indonesia Time)", " (WIB)", " (7)"]) }
    return text
  }

  private mutating func two(_ limit: Int) -> String {
    let value = String(random.below(limit + 1))
    return value.count == 1 ? "0" + value : value
  }

  private mutating func spoilt(_ text: String) -> String {
    var characters = Array(text)
    let place = random.below(characters.count + 1)
    switch random.below(3) {
    case 0 where place < characters.count: characters.remove(at: place)
    case 1 where place < characters.count: characters.insert(characters[place], at: place)
    default: characters.insert(contentsOf: pick(Self.odd), at: place)
    }
    return String(characters)
  }
}
