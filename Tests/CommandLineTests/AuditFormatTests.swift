import Foundation
import TestSupport
import Testing

@Suite struct AuditFormatTests {
  static let recordKeys = [
    "action_id", "region", "region_name", "nip", "name", "recorded_kind", "derived_kind", "outcome",
    "decree_no",
    "decree_date",
    "effective_date", "inaugurated_on", "recorded_at", "notes", "verdicts", "missing_facts",
    "summary",
  ]
  static let outcomes = [
    "inside", "approval-mismatch", "approved-late", "depends", "reversal", "unjudgeable", "approved",
    "not-covered",
    "outside",
  ]

  @Test func aRecordHasTheContractsKeysInTheContractsOrder() throws {
    let place = try Workplace(["a.csv": "action_id,kind,decree_date,region_code\n7,mutasi,2024-03-22,36.04\n"]
    )
    let result = try place.run("audit", "--csv", "a.csv", "--format", "ndjson", "--known-on", "2024-05-01")
    #expect(result.status == 1)
    let line = result.outputText.trimmingCharacters(in: .newlines)
    #expect(topLevelKeys(line) == Self.recordKeys)
    #expect(
      line.contains("\"region\":\"36.04\",\"region_name\":\"Kab. Serang (36.04)\",\"nip\":null,\"name\":null")
    )
    #expect(
      line.contains(
        "{\"rule\":\"pasal-71-2\",\"election\":\"pilkada-2024\",\"outcome\":\"inside\",\"inside_dates\":[\"decree_date\"],\"boundary_day\":true,\"depends_on\":[],\"opens\":\"2024-03-22\",\"closes\":\"2024-09-22\",\"determination\":\"2024-09-22\",\"instrument\":\"PKPU 2/2024\",\"approval\":null,\"days_to_determination\":184,\"citations\":["
      ))
  }

  @Test func theReportAsOneObjectHasTheContractsKeys() throws {
    let place = try Workplace(["a.csv": "action_id,kind,decree_date\n7,mutasi,2024-03-22\n"])
    let text = try place.run("audit", "--csv", "a.csv", "--format", "json").outputText
    #expect(topLevelKeys(text) == ["format_version", "known_on", "source", "complete", "counts", "findings"])
    let report = try object(text)
    #expect(report["format_version"] as? Int == 1 && report["source"] as? String == "a.csv")
  }

  /// The heart of issue 6: ids, order, outcomes and numbers are the same whatever the format, and nothing is lost.
  @Test(arguments: 1...4) func everyFormatSaysTheSame(_ seed: UInt64) throws {
    let place = try Workplace(["a.csv": dirtyCSV(rows: 120, seed: seed)])
    for show in ["findings", "all"] {
      func run(_ format: String) throws -> String {
        let result = try place.run(
          "audit", "--csv", "a.csv", "--format", format, "--show", show, "--known-on", "2026-01-01",
          "--region", "16.05")
        #expect(result.status == 3, "\(result.errorText)")
        return result.outputText
      }
      let records = try run("ndjson").split(separator: "\n").map { try object(String($0)) }
      let expected = records.map { "\($0["action_id"] ?? "") \($0["outcome"] ?? "")" }

      let report = try object(try run("json"))
      let findings = try #require(report["findings"] as? [[String: Any]])
      #expect(findings.map { "\($0["action_id"] ?? "") \($0["outcome"] ?? "")" } == expected)
      let counts = try #require(report["counts"] as? [String: Int])
      #expect(Self.outcomes.reduce(0) { $0 + (counts[$1] ?? 0) } == counts["read"])
      if show == "all" { #expect(counts["read"] == records.count) }
      for outcome in Self.outcomes
      where show == "all" || !["approved", "not-covered", "outside"].contains(outcome) {
        #expect(records.count { $0["outcome"] as? String == outcome } == counts[outcome])
      }

      let rows = table(try run("csv"))
      #expect(rows.map { "\($0["action_id"] ?? "") \($0["outcome"] ?? "")" } == expected)
      #expect(rows.map { $0["summary"] ?? "" } == records.map { $0["summary"] as? String ?? "" }.map(folded))

      let html = try run("html")
      let items = html.matches(of: #/<tr class="f ([^" ]*)[^"]*" id=f\d+ data-id="([^"]*)">/#)
      #expect(items.map { "\($0.2) \($0.1)" } == expected)
      let values = html.matches(of: #/<data value="(\d+)">/#).map { String($0.1) }
      let alerts = ["inside", "approval-mismatch", "approved-late", "depends"].reduce(0) {
        $0 + (counts[$1] ?? 0)
      }
      #expect(values.prefix(2) == ["\(alerts)", "\(counts["read"] ?? -1)"])
      #expect(values.suffix(10) == (Self.outcomes + ["read"]).map { "\(counts[$0] ?? -1)" })

      let text = try run("table")
      let ids = text.matches(of: #/(?m)^  \[([^\]]*)\] /#).map { String($0.1) }
      #expect(ids == records.map { $0["action_id"] as? String ?? "" })
      #expect(text.contains("\(alerts) dari \(counts["read"] ?? -1) catatan perlu klarifikasi"))
    }
  }

  /// As a line of CSV shows it.
  private func folded(_ text: String) -> String { text.hasPrefix("'") ? String(text.dropFirst()) : text }

  @Test func anSKScatteredOverTheFileIsOneGroup() throws {
    var text = "action_id,kind,decree_no,decree_date\n"
    for index in 1...40 { text += "\(index),mutasi,800/\(index % 4),2024-04-01\n" }
    let place = try Workplace(["a.csv": text])
    let ids = try place.findings(["--csv", "a.csv"]).compactMap { $0["action_id"] as? String }
    #expect(ids.count == 40 && ids.prefix(10) == ["1", "5", "9", "13", "17", "21", "25", "29", "33", "37"])
    let output = try place.run("audit", "--csv", "a.csv", "--lang", "en").outputText
    #expect(output.matches(of: #/(?m)^SK 800/\d · 1 April 2024 · 10 people$/#).count == 4)
  }

  @Test func outputIsValidByThePublishedSchema() throws {
    let schema = try Schema(
      file: repositoryRoot.appendingPathComponent("Sources/AuditReports/Schema/audit.schema.json"))
    let place = try Workplace(["a.csv": dirtyCSV(rows: 400, seed: 99)])
    for more in [
      [], ["--show", "all"], ["--lang", "en", "--mask"], ["--determination", "pilkada-2024=2024-10-22"],
      ["--known-on", "2024-04-01", "--compare-known-on", "2024-03-25"],
    ] {
      let result = try runProcess(
        try builtExecutable(named: "freeze-auditor").path,
        ["audit", "--csv", "a.csv", "--format", "json"] + more,
        directory: place.folder)
      let report = try JSONSerialization.jsonObject(with: result.output)
      #expect(schema.problems(report) == [])
    }
    // Every shape that JSON takes: replays, letters, and what an earlier report is compared with.
    try place.write(
      "b.csv",
      """
      action_id,kind,decree_no,inaugurated_on,recorded_at,nip,post_to,pertek_no
      early,mutasi,800/1,2024-05-10,2024-04-01,198001012006041001,Camat A,PK-1
      same,promosi,800/1,2024-05-10,2024-05-10,198001012006041002,Camat B,
      moved,mutasi,800/2,2024-03-22,2024-03-25,,,
      undated,mutasi,800/4,2024-05-11,,,,
      bad,mutasi,800/4,2024-13-11,2024-05-12,,,

      """)
    try place.write(
      "letters.csv", "letter_no,letter_date,nip,post_to\nM/1,2024-04-02,198001012006041001,Camat A\n")
    func run(_ arguments: [String]) throws -> ProcessResult {
      try runProcess(
        try builtExecutable(named: "freeze-auditor").path, ["audit", "--region", "16.05"] + arguments,
        directory: place.folder, timeout: 120)
    }
    try place.write("then.json", try run(["a.csv", "--format", "json"]).outputText)
    for arguments in [
      ["b.csv", "--replay", "2024-03-01..2024-12-31"],
      ["a.csv", "--replay", "2019-01-01..2024-12-31", "--mask"],
      ["b.csv", "--letters", "--approvals", "letters.csv"], ["b.csv", "--since", "then.json"],
      ["a.csv", "--since", "then.json", "--show", "all"],
    ] {
      let result = try run(["--format", "json"] + arguments)
      let report = try JSONSerialization.jsonObject(with: result.output)
      #expect(schema.problems(report, kinds: ["report", "replay", "letters"]) == [], "\(arguments)")
    }
    let lines = try run(["b.csv", "--format", "ndjson", "--replay", "2024-03-01.."])
    for line in lines.outputText.split(separator: "\n") {
      #expect(schema.problems(try object(String(line)), kinds: ["replay_row"]) == [])
    }
    // The validator itself must be able to say no.
    #expect(schema.problems(["format_version": 2]).count > 3)
  }

  @Test func theCSVOpensRightInASpreadsheet() throws {
    let place = try Workplace([
      "a.csv": """
      action_id,kind,decree_date,inaugurated_on,nip,employee_name,post_to,region_code
      7,mutasi,2024-03,22/03/2024,198501012010011001,"=HYPERLINK(""http://x"")","+cmd|' /C calc'!A1;=2",16.05

      """
    ])
    let result = try place.run("audit", "--csv", "a.csv", "--format", "csv", "--csv-separator", ";")
    #expect(result.output.starts(with: [0xEF, 0xBB, 0xBF]))
    let lines = result.outputText.components(separatedBy: "\r\n")
    #expect(lines.count == 3 && lines[2].isEmpty, "CRLF ends every line")
    for row in table(result.outputText, separator: ";", keepsApostrophes: true) {
      #expect(
        row.values.allSatisfy { $0.firstMatch(of: #/^\s*[=+@-]/#) == nil }, "no cell begins like a formula")
    }
    let row = try #require(table(result.outputText, separator: ";").first)
    #expect(row["alert_id"]?.count == 32 && row["answer"] == "", "the columns by which answers come back")
    #expect(row["nip"] == "198501012010011001" && lines[1].contains(";'198501012010011001;"))
    #expect(lines[1].contains(";'16.05;"), "a region is no time of day")
    #expect(
      lines[1].contains(";2024-03-22;"), "a day is a plain ISO date, which every spreadsheet takes for one")
    #expect(lines[1].contains(";'2024-03;"), "a month must not become a day")
    #expect(lines[1].contains("\"'+cmd|' /C calc'!A1;=2\""), "quoted whatever the separator")
  }

  @Test func theTableFitsTheWidthAndHasColourOnlyOnATerminal() throws {
    let place = try Workplace(["a.csv": dirtyCSV(rows: 60, seed: 3)])
    let long = try Workplace([
      "a.csv":
        "action_id,kind,decree_no,decree_date,employee_name,post_to\n1,mutasi,\(String(repeating: "9", count: 300)),2024-04-01,\(String(repeating: "漢字", count: 40)),\(String(repeating: "x", count: 10_000))\n"
    ])
    for (place, columns) in [(place, 40), (place, 72), (long, 40), (long, 120)] {
      let result = try place.run("audit", "--csv", "a.csv", environment: ["COLUMNS": "\(columns)"])
      #expect(!result.outputText.contains("\u{1B}"))
      for line in result.outputText.split(separator: "\n") {
        let width = line.reduce(0) { $0 + ($1.unicodeScalars.contains { $0.value >= 0x2E80 } ? 2 : 1) }
        #expect(width <= columns, "\(line)")
      }
    }
    // util-linux `script` gives it a terminal.
    let program = try builtExecutable(named: "freeze-auditor").path
    func onTerminal(_ prefix: String) throws -> String {
      try runProcess(
        "script",
        ["-qec", "stty cols 60; \(prefix) \(program) audit --csv a.csv --region 16.05", "/dev/null"],
        environment: ["NO_COLOR": "", "TERM": "xterm"], directory: place.folder
      ).outputText
    }
    let coloured = try onTerminal("")
    #expect(
      coloured.contains("\u{1B}[1;33m") && !coloured.contains("\u{1B}[1;31m"),
      "red is for what can be put off")
    let plain = coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    #expect(plain.split(whereSeparator: \.isNewline).allSatisfy { $0.count <= 60 })
    #expect(!(try onTerminal("NO_COLOR=1")).contains("\u{1B}[1;31m"))
    #expect(!(try onTerminal("TERM=dumb")).contains("\u{1B}[1;31m"))
  }

  @Test func hostileTextReachesNoTerminalAndNoMarkup() throws {
    let hostile =
      "\"<script>alert(1)</script>\u{1B}[2J\u{202E}evil\u{0007} '&quot; \"\"\u{301} onmouseover=x <img src=x onerror=y>\""
    let place = try Workplace([
      "a.csv":
        "action_id,kind,decree_no,decree_date,employee_name,post_from,post_to,approval_no,revokes\n\(hostile),mutasi,\(hostile),2024-04-01,\(hostile),\(hostile),\(hostile),\(hostile),\n"
    ])
    for format in ["table", "csv", "html", "ndjson", "json"] {
      let text = try place.run("audit", "--csv", "a.csv", "--format", format).outputText
      #expect(!text.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"), "\(format)")
      guard format == "html" else { continue }
      #expect(!text.contains("<script") && !text.contains("<img"))
      // Any quote from the data is escaped, also one with a combining mark behind it.
      #expect(!text.unicodeScalars.split(separator: "\u{301}").dropLast().contains { $0.last == "\"" })
    }
  }
}

/// A validator for the part of JSON Schema that the published schema uses; any other keyword is an error.
struct Schema {
  private let root: [String: Any]

  init(file: URL) throws { root = try object(String(decoding: try Data(contentsOf: file), as: UTF8.self)) }

  func problems(_ value: Any) -> [String] { check(value, root, "$") }

  /// What is wrong with it as the definition it comes nearest to.
  func problems(_ value: Any, kinds: [String]) -> [String] {
    kinds.map { check(value, ["$ref": "#/$defs/\($0)"], "$") }.min { $0.count < $1.count } ?? ["no kind"]
  }

  private func check(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    var problems: [String] = []
    let isBool = (value as? NSNumber).map { CFBooleanLike($0) } ?? false
    for (keyword, rule) in schema {
      switch keyword {
      case "$schema", "title", "description", "$defs": break
      case "$ref":
        let name = (rule as? String ?? "").replacingOccurrences(of: "#/$defs/", with: "")
        guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
          return ["\(path): \(rule)"]
        }
        problems += check(value, target, path)
      case "type":
        let types = rule as? [String] ?? [rule as? String ?? ""]
        let isOne = types.contains { type in
          switch type {
          case "null": value is NSNull
          case "string": value is String
          case "boolean": isBool
          case "integer":
            !isBool && (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
          case "array": value is [Any]
          case "object": value is [String: Any]
          default: false
          }
        }
        if !isOne { return ["\(path): not \(types)"] }
      case "const": if "\(rule)" != "\(value)" { problems.append("\(path): not \(rule)") }
      case "enum":
        if !((rule as? [Any])?.contains { "\($0)" == "\(value)" } ?? false) {
          problems.append("\(path): \(value)")
        }
      case "pattern":
        let isMatch =
          (value as? String)?.range(of: rule as? String ?? "$.", options: .regularExpression) != nil
        if value is String && !isMatch { problems.append("\(path): \(value)") }
      case "minimum":
        if let number = value as? Double, number < rule as? Double ?? 0 { problems.append("\(path)") }
      case "required":
        let keys = (value as? [String: Any])?.keys.map { $0 } ?? []
        problems += (rule as? [String] ?? []).filter { !keys.contains($0) }.map { "\(path).\($0) is missing" }
      case "properties":
        for (key, sub) in rule as? [String: [String: Any]] ?? [:] {
          if let child = (value as? [String: Any])?[key] { problems += check(child, sub, "\(path).\(key)") }
        }
      case "additionalProperties":
        let known = (schema["properties"] as? [String: Any])?.keys.map { $0 } ?? []
        problems += ((value as? [String: Any])?.keys.filter { !known.contains($0) } ?? []).map {
          "\(path).\($0) unknown"
        }
      case "items":
        for (index, item) in (value as? [Any] ?? []).enumerated() {
          problems += check(item, rule as? [String: Any] ?? [:], "\(path)[\(index)]")
        }
      case "anyOf":
        let all = (rule as? [[String: Any]] ?? []).map { check(value, $0, path) }
        if !all.contains([]) { problems += all.first ?? [] }
      default: problems.append("\(path): the keyword \(keyword) is not known to this test")
      }
    }
    return problems
  }

  private func CFBooleanLike(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
