import AuditBase
import FreezeRules

/// `windows --format sql`: a table of days and a function `freeze_audit.would_be` that a database asks before anyone signs.
///
/// The text depends on rules, calendar, elections of the site and the program alone, never on the day it was written, so that
/// `doctor` writes it again to see whether what is installed is out of date.
package struct WouldBeScript {
  /// The script, ready for psql.
  package let text: String
  /// What it was made from, as the comment of the function says it: `rules … calendar … script …`.
  package let basis: String

  /// - Parameters:
  ///   - table: rules and calendar, as known on any day: the function knows what was known on each.
  ///   - region: code or name of the region taken for an act without one.
  ///   - hash: SHA-256 in hex.
  package init(_ table: WindowTable, region: String?, hash: (String) -> String) {
    let days = DayTable(table)
    let names = Vocabulary.regions(table.calendar.registry)
    let home = region.flatMap { table.calendar.registry.named($0) }.map { days.placeOfRegion[$0.index] }
    var parts = Self.words(table.rulebook)
    parts["rows"] = Self.rows(days) + Self.regions(names, days)
    let codes = names.filter { $0.key.level == nil && RegionCode.isCode($0.key.name) }
    parts["codes"] = Self.object(
      Dictionary(
        codes.map { ($0.key.name, "\(days.placeOfRegion[$0.value])") },
        uniquingKeysWith: { first, _ in first }))
    parts["default_place"] = "\(home ?? 0)"
    // A province covers its regencies, which places do not tell apart: there the region that is given counts alone.
    let isProvince = region.flatMap { table.calendar.registry.named($0) }?.code.contains(".") == false
    parts["home_place"] = isProvince ? "0" : parts["default_place"]
    parts["coverage"] = Self.coverage(table.rulebook)
    parts["coverage_changes"] = Self.changes(table.rulebook)
    parts["calendar_end"] = Self.calendarEnd(table.calendar)
    parts["states"] = DayTable.State.allCases.map { Self.quoted($0.rawValue) }.joined(separator: ", ")
    let years = RecordedDate.plausibleYears
    parts["first_date"] = "\(years.lowerBound)-01-01"
    parts["last_date"] = "\(years.upperBound)-12-31"
    parts["fillers_of_dates"] = Self.array(Self.fillersOfDates)
    parts["padding"] =
      "E'" + ((1...32).map { $0 } + [127]).map { "\\x" + Hex.encode([UInt8($0)]) }.joined() + "'"
    let signs = SignRanges.shipped
    (parts["blanks"], parts["invisible"], parts["signs"]) = (signs.blanks, signs.invisible, signs.signs)
    let template = String(decoding: PackageResources.would_be_sql, as: UTF8.self)
    parts["basis"] = ""
    let unsigned = Self.fill(template, parts)
    basis =
      "rules \(table.rulebook.hash) calendar \(table.calendar.hash) script \(hash(unsigned))"
    parts["basis"] = basis
    text = Self.fill(template, parts)
  }

  /// Gives the comment of the function of a database, no row where there is none. Anybody may read it.
  package static let installedQuery = """
    SELECT pg_catalog.obj_description(p.oid, 'pg_proc') FROM pg_catalog.pg_proc AS p \
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace \
    WHERE n.nspname = 'freeze_audit' AND p.proname = 'would_be' LIMIT 1
    """

  /// What an installed function was made from, as its comment says.
  package static func basis(inComment comment: String) -> String {
    comment.split(separator: "\n").last.map(String.init) ?? ""
  }

  /// What stands for "no date" in a column of dates; inside the years that can be meant only 1970-01-01 does.
  private static let fillersOfDates = [
    "0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "9999-12-31",
    "1970-01-01",
  ]

  private static func fill(_ template: String, _ parts: [String: String]) -> String {
    var text = ""
    var rest = template[...]
    while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
      text += rest[..<start.lowerBound]
      text += parts[String(rest[start.upperBound..<end.lowerBound])] ?? ""
      rest = rest[end.upperBound...]
    }
    return text + rest
  }

  // MARK: Words

  private static func words(_ rulebook: Rulebook) -> [String: String] {
    var parts = Vocabulary.posts.mapValues { array($0) }
    let kinds = rulebook.kinds
    var phrases: [String: String] = [:]
    // In the order in which the engine looks: the first list that has a phrase decides.
    for phrase in kinds.leaving { phrases[phrase] = "leaving" }
    for phrase in kinds.outOfScope { phrases[phrase] = "out" }
    for phrase in kinds.inScope.keys { phrases[phrase] = "in" }
    parts["phrases"] = object(phrases)
    parts["fillers"] = array(kinds.fillers.sorted())
    parts["longest"] = "\(max(1, kinds.longestPhrase))"
    parts["echelons"] = object(Vocabulary.echelons)
    return parts
  }

  /// A JSON object as the text of a literal. A key beyond ASCII is left out: no label comes to it (such letters become X).
  private static func object(_ pairs: [String: String]) -> String {
    let members = pairs.sorted { $0.key < $1.key }.filter { $0.key.utf8.allSatisfy { $0 < 0x80 } }.map {
      pair in
      let key = pair.key.utf8.map { byte -> String in
        isWordByte(byte) || byte == 0x20 ? String(UnicodeScalar(byte)) : "\\u00" + Hex.encode([byte])
      }
      return "\"\(key.joined())\": \"\(pair.value)\""
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  /// An array of words or days as the text of a literal; nothing else can equal a word.
  private static func array(_ words: [String]) -> String {
    "{"
      + words.filter { $0.utf8.allSatisfy { isWordByte($0) || $0 == 45 } && !$0.isEmpty }.joined(
        separator: ",") + "}"
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte)
  }

  // MARK: Rules and calendar

  /// The row that became known last decides, of equals the first.
  private static func coverage(_ rulebook: Rulebook) -> String {
    rulebook.coverage.enumerated().sorted {
      ($1.element.knownFrom, $0.offset) < ($0.element.knownFrom, $1.offset)
    }.map { _, row in
      "        WHEN class = \(quoted(row.post.rawValue)) AND act_day >= DATE '\(row.from)'"
        + (row.until.map { " AND act_day <= DATE '\($0)'" } ?? "")
        + " AND known >= DATE '\(row.knownFrom)' THEN \(quoted(row.covered.rawValue))"
    }.joined(separator: "\n")
  }

  private static func changes(_ rulebook: Rulebook) -> String {
    let days = rulebook.coverage.flatMap { [$0.from, $0.until?.adding(days: 1) ?? $0.from] }
    return array(Set(days).sorted().map(\.description))
  }

  private static func calendarEnd(_ calendar: ElectionCalendar) -> String {
    Set(calendar.completeThrough.map(\.knownFrom)).sorted(by: >).compactMap { day in
      calendar.completeThrough(knownOn: day).map {
        "        WHEN known >= DATE '\(day)' THEN DATE '\($0.value)'"
      }
    }.joined(separator: "\n")
  }

  // MARK: Rows

  private static func rows(_ days: DayTable) -> String {
    insert(
      into: "would_be_window",
      days.rows.map { row in
        let (span, look) = (row.days, row.days.window)
        let missing = span.missing.map { $0.sentence(.indonesian) }.joined(separator: " ")
        return [
          "\(row.place)", date(row.knownFrom), row.knownThrough.map(date) ?? "'infinity'", date(span.first),
          span.last == .max ? "'infinity'" : date(span.last), quoted(span.state.rawValue), "\(span.on.bits)",
          "\(look?.open.bits ?? 0)", "\(span.order)", quoted(look?.rule), quoted(look?.election),
          look?.isByGovernor == true ? "true" : "false",
          span.permits.isEmpty
            ? "NULL" : quoted("{" + span.permits.map(\.rawValue).joined(separator: ",") + "}"),
          look.map { date($0.earliest) } ?? "NULL", (look?.closes).map(date) ?? "NULL",
          quoted(look?.citation),
          quoted(look?.instrument), quoted(missing.isEmpty ? nil : missing),
        ].joined(separator: ",")
      })
  }

  private static func regions(_ names: [Vocabulary.RegionName: Int], _ days: DayTable) -> String {
    insert(
      into: "would_be_region",
      names.sorted {
        ($0.key.name, $0.key.level?.rawValue ?? "") < ($1.key.name, $1.key.level?.rawValue ?? "")
      }.map {
        "\(quoted($0.key.name)),\(quoted($0.key.level?.rawValue ?? "")),\(days.placeOfRegion[$0.value])"
      })
  }

  private static func insert(into table: String, _ rows: [String]) -> String {
    var text = ""
    for start in stride(from: 0, to: rows.count, by: 500) {
      text += "INSERT INTO freeze_audit.\(table) VALUES\n("
      text += rows[start..<min(start + 500, rows.count)].joined(separator: "),\n(") + ");\n"
    }
    return text
  }

  private static func date(_ day: CivilDate) -> String { "'\(day)'" }

  private static func quoted(_ text: String?) -> String {
    guard let text else { return "NULL" }
    return "'"
      + PlainText.line(text).split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      + "'"
  }
}

/// The characters beyond ASCII that part words, as ranges of a bracket expression of PostgreSQL, by the very properties that the
/// engine goes by.
private struct SignRanges {
  /// White space.
  let blanks: String
  /// What is not seen at all, such as a mark that breaks no line.
  let invisible: String
  /// Everything that is no letter, no digit, and no mark upon one.
  let signs: String

  static let shipped = SignRanges()

  private init() {
    var blanks = Ranges()
    var invisible = Ranges()
    var signs = Ranges()
    // Ideographs and syllables are letters throughout, and so is what lies beyond.
    for value in [UInt32](0x80...0x33FF) + [UInt32](0xA000...0xABFF) + [UInt32](0xE000...0x16FFF)
      + [UInt32](0x1B000...0x1FBFF)
    {
      guard let scalar = UnicodeScalar(value) else { continue }
      let category = scalar.properties.generalCategory
      guard category != .unassigned else { continue }
      // What joins the character before or after it takes no part of its own.
      let isJoined =
        ("a" + String(Character(scalar))).count == 1 || (String(Character(scalar)) + "a").count == 1
      let character = Character(scalar)
      let isSign = !isJoined && !character.isLetter && !character.isNumber
      signs.add(value, isSign)
      blanks.add(value, isSign && character.isWhitespace)
      invisible.add(value, isSign && category == .format)
    }
    (self.blanks, self.invisible, self.signs) = (blanks.text, invisible.text, signs.text)
  }

  /// Values in ascending order, runs as one; between two of a run none is another.
  private struct Ranges {
    private var found: [(first: UInt32, last: UInt32)] = []
    private var isOpen = false

    mutating func add(_ value: UInt32, _ isMember: Bool) {
      if isMember, isOpen {
        found[found.count - 1].last = value
      } else if isMember {
        found.append((value, value))
      }
      isOpen = isMember
    }

    var text: String {
      func escape(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        let width = value > 0xFFFF ? 8 : 4
        return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
      }
      return found.map { $0.first == $0.last ? escape($0.first) : escape($0.first) + "-" + escape($0.last) }
        .joined()
    }
  }
}
