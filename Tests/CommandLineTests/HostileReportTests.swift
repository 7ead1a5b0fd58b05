import Foundation
import TestSupport
import Testing

/// What a database may hold at its worst, through every report: harmless, and all of it there.
@Suite("Hostile records in reports") struct HostileReportTests {
  private static let markup = "<img src=x onerror=alert(1)>"
  private static let turned = "Budi\u{202E}isamroN\u{0007}\u{001B}[31m"
  private static let number = String(repeating: "8", count: 10_000)

  private func place() throws -> Workplace {
    var rows = ["ID,Jenis,No SK,Tgl SK,Tgl Pelantikan,NIP,Nama,Jabatan Baru"]
    for n in 1...300 {
      rows.append(
        "w\(n),mutasi,800/1/2024,2024-05-02,2024-05-03,1985010120100110\(n % 90 + 10),Orang \(n),Camat \(n)")
    }
    rows.append(
      "m,mutasi,800/2/2024,2024-05-02,,198501012010011111,\"\(Self.markup)\",\"=HYPERLINK(\"\"http://x\"\")\""
    )
    rows.append("t,mutasi,800/3/2024,2024-05-02,,198501012010011112,\(Self.turned),Camat")
    rows.append("l,mutasi,\(Self.number),2024-05-02,,198501012010011113,Panjang,Camat")
    let letters = [
      "letter_no,letter_date,nip,post_to", "\"\(Self.markup)\",2024-04-01,198501012010011111,\"=1+1\"",
      "\(Self.turned),2024-04-01,198501012010011112,+Camat",
      "\(Self.number),2024-04-01,198501012010011113,Lurah",
      "@SUM(A1),2024-04-01,198501012010011114,Camat\u{202E}",
    ]
    return try Workplace([
      "a.csv": rows.joined(separator: "\n") + "\n", "s.csv": letters.joined(separator: "\n") + "\n",
    ])
  }

  @Test(arguments: [
    ["--format", "html"], ["--format", "table"], ["--letters"], ["--letters", "--format", "html"],
    ["--format", "json"], ["--format", "csv"], ["--since", "before.json", "--format", "html"],
  ])
  func `Nothing of it gets out of its place`(_ arguments: [String]) throws {
    let place = try place()
    if arguments.contains("--since") {
      try place.write("before.json", #"{"format_version":1,"findings":[]}"#)
    }
    let result = try runProcess(
      try builtExecutable(named: "freeze-auditor").path,
      ["audit", "a.csv", "--region", "16.05", "--approvals", "s.csv"] + arguments, directory: place.folder,
      timeout: 120)
    #expect([1, 3].contains(result.status), "\(result.errorText)")
    let text = result.outputText
    #expect(!text.contains("\u{001B}") && !text.contains("\u{0007}") && !text.contains("\u{202E}"))
    if arguments.contains("html") {
      #expect(!text.contains("<img") && text.contains("&lt;img"))
      // A number of 10,000 digits does not make the page.
      #expect(text.count < 3_000_000 && !text.contains(Self.number))
    }
    if arguments.contains("csv") {
      #expect(!text.contains(",=") && !text.contains(",+") && !text.contains(",@"))
    }
  }

  @Test func `300 people of one SK are one block and one row of the summary`() throws {
    let place = try place()
    let table = try place.run("audit", "a.csv", "--region", "16.05").outputText
    #expect(table.contains("SK 800/1/2024 · 2 Mei 2024 · 300 orang"), "\(table.prefix(400))")
    #expect(table.components(separatedBy: "SK 800/1/2024 · ").count == 2)
    let html = try place.run("audit", "a.csv", "--region", "16.05", "--format", "html").outputText
    #expect(html.contains(">300<"))
    #expect(
      try place.run("audit", "a.csv", "--region", "16.05", "--format", "xlsx", "-o", "a.xlsx").status == 1)
  }
}
