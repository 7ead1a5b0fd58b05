import AuditBase
import FreezeRules
import Testing

@testable import RuleFiles

/// A calendar that is wrong is refused with its name, the line, the key, and what is allowed.
@Suite struct BadCalendars {
  static let good = """
    complete_through:
      - {date: 2030-11-18, instrument: MK, known_from: 2025-06-26}
    verified_on: 2026-01-20
    elections:
      - id: e
        regions: [wave 2024]
        except: ["16.05"]
        determination:
          - {date: 2024-09-22, instrument: A, known_from: 2024-01-26}
          - {date: 2024-09-23, instrument: B, known_from: 2024-02-26}
          - {regions: ["62.05"], date: {between: [2025-06-01, 2025-06-16]}, instrument: B, known_from: 2025-05-26}
        term_end: {date: open, instrument: C, known_from: 2024-01-26}
        succeeded_by: [i]
    inaugurations:
      - id: i
        regions: [wave 2024]
        except: ["16.05"]
        date:
          - {date: 2025-02-20, except: ["36.04", "62.05"], instrument: D, known_from: 2025-02-11}
          - {regions: ["36.04"], date: 2025-05-27, instrument: D, known_from: 2025-05-27}
    acting_heads:
      - {region: "82.05", kind: pj, from: 2015-09-01, until: 2016-02-17, instrument: E, known_from: 2015-09-01}
    """

  static let oathOfSerang =
    "      - {regions: [\"36.04\"], date: 2025-05-27, instrument: D, known_from: 2025-05-27}\n"

  @Test func `the good file is read`() throws {
    let calendar = try ElectionCalendar(yaml: Self.good, file: "calendar.yaml", hash: "")
    #expect(calendar.ids == ["e", "i"])
    #expect(calendar.actingHeads.map(\.id) == ["pj-82.05-2015-09-01"])
  }

  @Test(arguments: [
    BadFiles.Bad(
      "unknown key", "regions: [wave 2024]", "region: all", 6, "elections[0].region",
      "allowed: id, regions, except, determination, term_end"),
    BadFiles.Bad("duplicated id", "- id: i", "- id: e", 15, "inaugurations[0].id", "\"e\" is taken"),
    BadFiles.Bad(
      "missing instrument", "instrument: A, ", "", 9, "elections[0].determination[0]",
      "\"instrument\" is required"),
    BadFiles.Bad(
      "an instrument that is a dash", "instrument: A", "instrument: \"-\"", 9,
      "elections[0].determination[0].instrument", "names no instrument"),
    BadFiles.Bad(
      "missing known_from", ", known_from: 2024-01-26}\n      - {date: 2024-09-23",
      "}\n      - {date: 2024-09-23", 9,
      "elections[0].determination[0]", "\"known_from\" is required"),
    BadFiles.Bad(
      "missing determination", "    determination:\n", "    vote:\n", 5, "elections[0]",
      "\"determination\" is required"),
    BadFiles.Bad(
      "impossible date", "2024-09-22", "2024-09-31", 9, "elections[0].determination[0].date", "YYYY-MM-DD"),
    BadFiles.Bad(
      "two facts from one day", "2024-02-26", "2024-01-26", 10, "elections[0].determination[1].known_from",
      "same day"),
    BadFiles.Bad(
      "term ends before the determination",
      "date: open, instrument: C, known_from: 2024-01-26}\n    succeeded_by: [i]\n",
      "date: 2024-02-20, instrument: C, known_from: 2024-01-26}\n", 12,
      "elections[0].term_end", "not after the determination"),
    BadFiles.Bad(
      "term ends on the day of the determination",
      "date: open, instrument: C, known_from: 2024-01-26}\n    succeeded_by: [i]\n",
      "date: 2024-09-23, instrument: C, known_from: 2024-01-26}\n", 12,
      "elections[0].term_end", "not after the determination"),
    BadFiles.Bad(
      "an oath before the determination", "{date: 2025-02-20", "{date: 2024-02-20", 19,
      "inaugurations[0].date[0]", "not after the determination"),
    BadFiles.Bad(
      "a span that ends before it begins", "[2025-06-01, 2025-06-16]", "[2025-06-16, 2025-06-01]", 11,
      "elections[0].determination[2].date.between", "ends (2025-06-01) before it begins"),
    BadFiles.Bad(
      "a span of one day", "[2025-06-01, 2025-06-16]", "[2025-06-16]", 11,
      "elections[0].determination[2].date", "{between: [day, day]} or {after: day}"),
    BadFiles.Bad(
      "a span of both kinds", "{between: [2025-06-01, 2025-06-16]}",
      "{between: [2025-06-01, 2025-06-16], after: 2025-06-01}", 11, "elections[0].determination[2].date",
      "{between: [day, day]} or {after: day}"),
    BadFiles.Bad(
      "a span of another word", "{between: [2025-06-01, 2025-06-16]}", "{before: 2025-06-01}", 11,
      "elections[0].determination[2].date.before", "allowed: between, after"),
    BadFiles.Bad(
      "a region that does not exist", "\"62.05\"", "\"62.99\"", 11,
      "elections[0].determination[2].regions[0]", "nearest:"),
    BadFiles.Bad(
      "a code with a bad group", "\"62.05\"", "\"62.5\"", 11, "elections[0].determination[2].regions[0]",
      "Kemendagri"),
    BadFiles.Bad(
      "a name of nobody", "\"62.05\"", "Barito Udara", 11, "elections[0].determination[2].regions[0]",
      "Kab. Barito Utara (62.05)"),
    BadFiles.Bad(
      "a name of two", "\"62.05\"", "Serang", 11, "elections[0].determination[2].regions[0]",
      "more than one region: Kab. Serang (36.04), Kota Serang (36.73)"),
    BadFiles.Bad(
      "a part of Jakarta", "\"62.05\"", "\"31.71\"", 11, "elections[0].determination[2].regions[0]",
      "write \"31\""),
    BadFiles.Bad(
      "the regencies of a regency", "\"62.05\"", "62.05.*", 11, "elections[0].determination[2].regions[0]",
      "region"),
    BadFiles.Bad(
      "a wave that no region has", "regions: [wave 2024]", "regions: [wave 2019]", 6,
      "elections[0].regions[0]",
      "no region has that wave; allowed: wave 2015, wave 2017, wave 2018, wave 2020, wave 2024, wave 2025"),
    BadFiles.Bad(
      "a region that takes no part", "\"62.05\"", "\"34\"", 11, "elections[0].determination[2].regions",
      "takes no part here"),
    BadFiles.Bad(
      "a region that is taken out", "regions: [\"36.04\"]", "regions: [\"16.05\"]", 20,
      "inaugurations[0].date[1].regions", "takes no part here"),
    BadFiles.Bad("no region", "regions: [wave 2024]", "regions: []", 6, "elections[0].regions", "empty"),
    BadFiles.Bad(
      "two oaths of one region in one wave", oathOfSerang,
      oathOfSerang
        + "      - {regions: [\"36.04\", \"36.03\"], date: 2025-06-02, instrument: D, known_from: 2025-06-02}\n",
      21, "inaugurations[0].date[2].date", "Kab. Serang (36.04) had its oath on 2025-05-27"),
    BadFiles.Bad(
      "two oaths of one region known on one day", oathOfSerang,
      oathOfSerang
        + "      - {regions: [\"36.04\"], date: 2025-05-28, instrument: D, known_from: 2025-05-27}\n",
      21, "inaugurations[0].date[2].known_from", "same day"),
    BadFiles.Bad(
      "two inaugurations of one wave", "acting_heads:",
      "  - {id: j, regions: [wave 2024], date: {date: 2025-06-02, instrument: D, known_from: 2025-06-02}}\nacting_heads:",
      21, "inaugurations[1].date", "is inaugurated in i, the same wave"),
    BadFiles.Bad(
      "a successor that is none", "succeeded_by: [i]", "succeeded_by: [k]", 13,
      "elections[0].succeeded_by[0]", "there is no inauguration \"k\"; there are: i"),
    BadFiles.Bad(
      "an acting head of nowhere", "region: \"82.05\"", "region: \"82.99\"", 22, "acting_heads[0].region",
      "nearest:"),
    BadFiles.Bad(
      "an acting head of a third kind", "kind: pj", "kind: pjs", 22, "acting_heads[0].kind",
      "allowed: pj, plt"),
    BadFiles.Bad(
      "an acting head who leaves before he comes", "until: 2016-02-17", "until: 2015-02-17", 22,
      "acting_heads[0].until", "before from 2015-09-01"),
    BadFiles.Bad(
      "two acting heads at a time",
      "known_from: 2015-09-01}",
      "known_from: 2015-09-01}\n  - {region: \"82.05\", kind: plt, from: 2016-02-16, until: open, instrument: E, known_from: 2016-02-16}",
      23, "acting_heads[1].from", "Kab. Kepulauan Sula (82.05) has an acting head on 2016-02-16 already"),
    BadFiles.Bad(
      "no end at all", "  - {date: 2030-11-18, instrument: MK, known_from: 2025-06-26}\n", "  []\n", 2,
      "complete_through", "at least one"),
    BadFiles.Bad(
      "two ends known on one day", "known_from: 2025-06-26}\n",
      "known_from: 2025-06-26}\n  - {date: 2031-11-18, instrument: MK, known_from: 2025-06-26}\n", 3,
      "complete_through[1].known_from", "same day"),
    BadFiles.Bad("a day of checking that is none", "2026-01-20", "2026", 3, "verified_on", "YYYY-MM-DD"),
    BadFiles.Bad("a mapping instead of a text", "id: e", "id: {a: b}", 5, "elections[0].id", "text"),
    BadFiles.Bad(
      "a key twice", "    regions: [wave 2024]\n", "    regions: [wave 2024]\n    regions: all\n", 0,
      "regions", "duplicate key"),
    // The old format: what to write instead.
    BadFiles.Bad(
      "declared", "regions: [wave 2024]", "regions: declared", 6, "elections[0].regions",
      "the wave follows from the region; write for example regions: [wave 2020]"),
    BadFiles.Bad(
      "an inauguration of one day",
      "    date:\n      - {date: 2025-02-20, except: [\"36.04\", \"62.05\"], instrument: D, known_from: 2025-02-11}\n      - {regions: [\"36.04\"], date: 2025-05-27, instrument: D, known_from: 2025-05-27}\n",
      "    date: 2025-02-20\n    instrument: D\n    known_from: 2025-02-11\n", 19,
      "inaugurations[0].instrument", "old format: a date is now a fact with its source"),
    BadFiles.Bad(
      "no complete_through",
      "complete_through:\n  - {date: 2030-11-18, instrument: MK, known_from: 2025-06-26}\n",
      "", 1, "", "\"complete_through\" is required"),
    BadFiles.Bad("no verified_on", "verified_on: 2026-01-20\n", "", 1, "", "\"verified_on\" is required"),
  ])
  func `it is refused`(bad: BadFiles.Bad) throws {
    try BadFiles().expect(bad, Self.good) { text throws(FileError) in
      _ = try ElectionCalendar(yaml: text, file: "calendar.yaml", hash: "")
    }
  }
}
