import Foundation
import TestSupport
import Testing

/// `audit --since`: what is new, settled, changed and the same against an earlier report.
@Suite struct SinceTests {
  private let header = "action_id,kind,decree_no,decree_date,inaugurated_on,nip,employee_name,post_to\n"
  private let region = ["--region", "16.05", "--known-on", "2024-10-01"]

  private func row(_ id: String, _ date: String, no: String = "800/1", oath: String = "") -> String {
    "\(id),mutasi,\(no),\(date),\(oath),,,\n"
  }

  private var earlier: String {
    header + row("same", "2024-05-02") + row("changed", "2024-05-02") + row("settled", "2024-05-02")
      + row("gone", "2024-05-02") + row("free", "2019-05-02") + "broken,mutasi,800/9,kapan,,,,\n"
  }
  private var later: String {
    header + row("same", "2024-05-02") + row("changed", "2024-06-02") + row("settled", "2019-05-02")
      + row("new", "2024-05-02") + row("free", "2019-05-02") + "broken,mutasi,800/9,kapan,,,,\n"
  }

  private func run(_ place: Workplace, _ arguments: [String]) throws -> ProcessResult {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path, ["audit"] + arguments + region + ["--lang", "en"],
      directory: place.folder, timeout: 120)
  }

  private func written(_ format: String, _ more: [String] = []) throws -> Workplace {
    let place = try Workplace(["a.csv": earlier, "b.csv": later])
    let before = try run(place, ["a.csv", "--format", format, "--output", "before"] + more)
    #expect(before.status == 3, "\(before.errorText)")
    return place
  }

  @Test(arguments: [("json", []), ("ndjson", []), ("json", ["--mask"]), ("json", ["--show", "all"])])
  func `an earlier report in any form`(_ format: String, _ more: [String]) throws {
    let place = try written(format, more)
    let result = try run(place, ["b.csv", "--since", "before", "--format", "json"])
    #expect(result.status == 3, "a record still cannot be judged")
    let report = try object(result.outputText)
    let since = try #require(report["since"] as? [String: Any])
    #expect(since["new"] as? Int == 1 && since["changed"] as? Int == 1)
    #expect(since["same"] as? Int == 2 && since["settled"] as? Int == 1, "\(since)")
    #expect(since["vanished"] as? Int == 1 && since["not_compared"] as? Int == 0, "\(since)")
    let settled = try #require(report["settled"] as? [[String: Any]])
    #expect(settled.map { $0["action_id"] as? String } == ["settled"])
    #expect(settled.map { $0["now"] as? String } == ["outside"])
    let vanished = try #require(report["vanished"] as? [[String: Any]])
    #expect(vanished.map { $0["action_id"] as? String } == ["gone"])
    let findings = try #require(report["findings"] as? [[String: Any]])
    let changes = findings.map { "\($0["action_id"] ?? "") \($0["since"] ?? "-")" }
    #expect(changes.sorted() == ["broken same", "changed changed", "new new", "same same"])
    let changed = try #require(findings.first { $0["action_id"] as? String == "changed" })
    #expect(changed["since_changed"] as? [String] == ["decree_date"])
  }

  @Test(arguments: ["table", "html", "csv", "ndjson", "xlsx"])
  func `every format tells of it`(_ format: String) throws {
    let place = try written("json")
    let result = try run(place, ["b.csv", "--since", "before", "--format", format, "--output", "after"])
    #expect(result.status == 3)
    guard format != "xlsx" else { return }
    let text = try place.read("after") + result.errorText
    if format == "csv" || format == "ndjson" {
      #expect(text.contains("new") && text.contains("decree_date"))
    }
    #expect(text.contains("1 new, 1 settled, 1 changed, 2 same, 1 vanished"), "\(text.prefix(3000))")
    #expect(text.contains("gone") && text.contains("VANISHED"))
    #expect(text.contains("changed: decree date") || format == "csv" || format == "ndjson")
    // In a terminal only what is not as it was.
    if format == "table" { #expect(!text.contains("[same]")) }
  }

  @Test func `The exit status says whether there is news`() throws {
    let place = try Workplace(["a.csv": header + row("x", "2024-05-02") + row("y", "2024-05-02")])
    #expect(try run(place, ["a.csv", "--format", "json", "--output", "before"]).status == 1)
    #expect(try run(place, ["a.csv", "--since", "before"]).status == 0)
    try place.write("b.csv", header + row("x", "2024-05-02"))
    #expect(try run(place, ["b.csv", "--since", "before"]).status == 1, "what vanished is news")
    try place.write("b.csv", header + row("x", "2024-05-02") + row("y", "2019-05-02"))
    #expect(try run(place, ["b.csv", "--since", "before"]).status == 0, "settled is no news")
    try place.write("c.csv", header + row("x", "2024-05-03") + row("y", "2024-05-02"))
    #expect(try run(place, ["c.csv", "--since", "before"]).status == 1)
    // The report of the comparison is the next one's earlier report.
    _ = try run(place, ["c.csv", "--since", "before", "--format", "json", "--output", "second"])
    #expect(try run(place, ["c.csv", "--since", "second"]).status == 0)
  }

  private static let listHeader = "Nama,NIP,Jenis,Nomor SK,Tanggal SK,Tanggal Pelantikan\n"
  private static let people = [
    "Ali,198001012006041001,mutasi,800/1,2024-05-02,2024-05-03",
    "Budi,198001012006041002,mutasi,800/1,2024-05-02,2024-05-03",
    "Cici,198001012006041003,mutasi,800/9,2024-05-02,2024-05-03",
  ]
  private static let unnamed = [
    "mutasi,800/1,2024-05-02,2024-05-03", "mutasi,800/1,2024-05-02,2024-05-03",
    "mutasi,800/2,2024-05-02,2024-05-03",
  ]

  struct Line: Sendable, CustomTestStringConvertible {
    let name: String
    var header = SinceTests.listHeader
    var before = SinceTests.people
    let after: [String]
    /// new, settled, vanished, changed, same
    let counts: [Int]
    var testDescription: String { name }
  }

  static let lines = [
    Line(name: "one gone", after: [people[1], people[2]], counts: [0, 0, 1, 0, 2]),
    Line(name: "sorted otherwise", after: people.reversed(), counts: [0, 0, 0, 0, 3]),
    Line(
      name: "one before all", after: ["Dedi,198001012006041004,mutasi,800/1,2024-05-02,"] + people,
      counts: [1, 0, 0, 0, 3]),
    Line(
      name: "one moved, another's date corrected",
      after: [people[2], people[0].replacing("2024-05", with: "2019-05"), people[1]],
      counts: [0, 1, 0, 0, 2]),
    Line(
      name: "one changed",
      after: [people[2], people[1], people[0].replacing("2024-05-03", with: "2024-05-04")],
      counts: [0, 0, 0, 1, 2]),
    Line(
      name: "by name alone", before: people.map { $0.replacing(#/19800101200604100./#, with: "") },
      after: [people[2], people[1]].map { $0.replacing(#/19800101200604100./#, with: "") },
      counts: [0, 0, 1, 0, 2]),
    Line(
      name: "one person twice under one decree",
      before: [people[0], people[0].replacing("mutasi", with: "promosi")],
      after: [people[0].replacing("mutasi", with: "promosi")], counts: [0, 0, 1, 0, 1]),
    Line(
      name: "one gone of two whose NIP is as damaged",
      before: people.map { $0.replacing(#/04100./#, with: "041000") },
      after: people.dropFirst().map { $0.replacing(#/04100./#, with: "041000") }, counts: [0, 0, 1, 0, 2]),
    Line(
      name: "nobody is named", header: "Jenis,Nomor SK,Tanggal SK,Tanggal Pelantikan\n", before: unnamed,
      after: [unnamed[2], unnamed[0]], counts: [0, 0, 1, 0, 2]),
  ]

  @Test(arguments: lines, [[], ["--mask"]])
  func `a list without ids is compared by its people, not by its lines`(_ one: Line, _ more: [String]) throws
  {
    let place = try Workplace([
      "a.csv": one.header + one.before.joined(separator: "\n") + "\n",
      "b.csv": one.header + one.after.joined(separator: "\n") + "\n",
    ])
    #expect(try run(place, ["a.csv", "--format", "json", "--output", "before"] + more).status == 1)
    let result = try run(place, ["b.csv", "--since", "before", "--format", "json"])
    let since = try #require(try object(result.outputText)["since"] as? [String: Any])
    let counts = ["new", "settled", "vanished", "changed", "same"].map { since[$0] as? Int ?? -1 }
    #expect(counts == one.counts, "\(since)")
    #expect(result.status == (counts[0] + counts[2] + counts[3] > 0 ? 1 : 0))
    if one.name.hasPrefix("one gone"), more.isEmpty {
      let table = try run(place, ["b.csv", "--since", "before"]).outputText
      #expect(table.contains("(Ali)") && !table.contains("(Cici)"), "\(table)")
    }
  }

  @Test(arguments: [
    ("", "no report"), ("[1]", "no report"), ("{\"findings\":3,\"format_version\":1}", "no report"),
    ("{\"format_version\":9,\"findings\":[]}", "no report"), ("{\"action_id\":\"x\"}", "no report"),
    ("{\"action_id\":\"x\",\"outcome\":\"<script>\"}", "no report"),
  ])
  func `what is no report is refused`(_ text: String, _ complaint: String) throws {
    let place = try Workplace(["a.csv": later, "before": text])
    let result = try run(place, ["a.csv", "--since", "before"])
    #expect(result.status == 64 && result.errorText.contains(complaint), "\(result.errorText)")
    #expect(try run(place, ["a.csv", "--since", "tidak-ada"]).status == 64)
  }

  @Test func `A hostile earlier report stays text`() throws {
    let evil = "\\u001b[31m<script>alert(1)</script>\\u202e"
    let place = try Workplace([
      "a.csv": later,
      "before":
        "{\"format_version\":1,\"known_on\":\"\(evil)\",\"findings\":[{\"action_id\":\"\(evil)\",\"outcome\":\"inside\",\"decree_no\":\"\(String(repeating: "9", count: 10_000))\"}]}",
    ])
    for format in ["table", "html"] {
      let text = try run(place, ["a.csv", "--since", "before", "--format", format]).outputText
      #expect(!text.contains("\u{1B}"))
      #expect(format == "table" || !text.contains("<script>alert"))
    }
  }
}

/// `audit --letters`: each letter of the Minister against the oaths.
@Suite struct LettersTests {
  static let nips = (1...6).map { "19800101200604100\($0)" }

  private var records: String {
    let rows = [
      "in,mutasi,800/1,2024-05-02,2024-05-03,\(Self.nips[0]),Ani,Camat A,",
      "other,mutasi,800/1,2024-05-02,2024-05-03,\(Self.nips[1]),Budi,Camat Z,",
      "cites,mutasi,800/1,2024-05-02,2024-05-03,\(Self.nips[2]),Cici,Camat C,100.2/1",
      "beside,mutasi,800/1,2024-05-02,2024-05-03,\(Self.nips[3]),Dedi,Camat D,",
      "later,mutasi,800/2,2024-05-02,2024-12-01,\(Self.nips[4]),Eni,Camat E,",
      "unrelated,mutasi,800/7,2024-05-02,2024-05-03,198001012006041009,Gani,Camat G,",
      "long ago,mutasi,700/1,2010-05-02,2010-05-03,\(Self.nips[5]),Feri,Camat F,",
    ]
    return "action_id,kind,decree_no,decree_date,inaugurated_on,nip,employee_name,post_to,approval_no\n"
      + rows.joined(separator: "\n") + "\n"
  }

  private var annex: String {
    let posts = ["A", "B", nil, nil, "E", "F"]
    let rows = zip(Self.nips, posts).compactMap { nip, post in
      post.map { "100.2/1,2024-04-30,\(nip),Camat \($0)" }
    }
    return "letter_no,letter_date,nip,post_to\n" + rows.joined(separator: "\n") + "\n"
  }

  private func run(_ place: Workplace, _ arguments: [String]) throws -> ProcessResult {
    try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["audit", "r.csv", "--region", "16.05", "--known-on", "2024-10-01", "--lang", "en"] + arguments,
      directory: place.folder, timeout: 120)
  }

  @Test func `every person of a letter has one standing`() throws {
    let place = try Workplace(["r.csv": records, "annex.csv": annex])
    let result = try run(place, ["--approvals", "annex.csv", "--letters", "--format", "json"])
    #expect(result.status == 1)
    let letters = try #require(try object(result.outputText)["letters"] as? [[String: Any]])
    #expect(letters.count == 1 && letters[0]["letter_no"] as? String == "100.2/1")
    let people = try #require(letters[0]["people"] as? [[String: Any]])
    let standings = people.map { "\($0["nip"] as? String ?? "") \($0["standing"] as? String ?? "")" }
    #expect(
      standings.sorted()
        == zip(
          Self.nips,
          [
            "inaugurated", "other-post", "not-in-annex", "not-in-annex", "not-inaugurated", "not-inaugurated",
          ]
        ).map { "\($0) \($1)" })
    #expect(
      letters[0]["counts"] as? [String: Int]
        == ["inaugurated": 1, "not-in-annex": 2, "other-post": 1, "not-inaugurated": 2, "unmatchable": 0])
  }

  @Test func `a line that names nobody is not told as not inaugurated`() throws {
    let place = try Workplace([
      "r.csv": records, "annex.csv": annex + "100.2/1,2024-04-30,198001012,Camat Q\n",
    ])
    let result = try run(place, ["--approvals", "annex.csv", "--letters", "--format", "json"])
    #expect(result.status == 3)
    let letters = try #require(try object(result.outputText)["letters"] as? [[String: Any]])
    #expect(
      letters[0]["counts"] as? [String: Int]
        == ["inaugurated": 1, "not-in-annex": 2, "other-post": 1, "not-inaugurated": 2, "unmatchable": 1])
    let text = try run(place, ["--approvals", "annex.csv", "--letters"])
    let said = text.outputText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(said.contains("1 in the annex without a whole NIP, not matched"), "\(said)")
  }

  @Test(arguments: ["table", "html", "csv"])
  func `for reading, and masked where asked`(_ format: String) throws {
    let place = try Workplace(["r.csv": records, "annex.csv": annex])
    let text = try run(place, ["--approvals", "annex.csv", "--letters", "--format", format]).outputText
    for expected in ["Dedi", "inaugurated, not in the annex", "the oath is to come", "no record"] {
      #expect(text.contains(expected), "\(expected): \(text.suffix(3000))")
    }
    let masked = try run(place, ["--approvals", "annex.csv", "--letters", "--format", format, "--mask"])
      .outputText
    #expect(!masked.contains("Dedi") && !masked.contains(Self.nips[5]))
  }

  @Test func `the page and the workbook hold it without being asked`() throws {
    let place = try Workplace(["r.csv": records, "annex.csv": annex])
    let html = try run(place, ["--approvals", "annex.csv", "--format", "html"]).outputText
    #expect(html.contains("Letters and oaths"))
    #expect(!(try run(place, ["--format", "html"]).outputText.contains("Letters and oaths")))
    #expect(
      try run(place, ["--approvals", "annex.csv", "--format", "xlsx", "--output", "x.xlsx"]).status == 1)
  }

  @Test func `without an annex there is nothing to hold against, and that is said`() throws {
    let place = try Workplace(["r.csv": records])
    let result = try run(place, ["--letters"])
    #expect(result.status == 0 && result.outputText.contains("--approvals"), "\(result.outputText)")
  }
}
