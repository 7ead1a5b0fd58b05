import AuditBase
import FreezeRules
import Synchronization
import Testing

@testable import AuditReports

/// A report that is too long for one file.
@Suite struct HTMLPagesTests {
  /// The files of a report, which is cut above ten people into pages of four.
  private func files(_ actions: [PersonnelAction]) throws -> [String: String] {
    let names: @Sendable (Int) -> String = { $0 == 0 ? "lap oran.html" : "lap oran-\($0).html" }
    let box = Box()
    let header = try header {
      $0.pages = ReportPages(most: 10, size: 4, name: names) { number, body in
        var bytes: [UInt8] = []
        try body { bytes += $0 }
        box.keep(names(number), String(decoding: bytes, as: UTF8.self))
      }
    }
    box.keep(names(0), try report(.html, actions, header))
    return box.files
  }

  private final class Box: Sendable {
    private let kept = Mutex<[String: String]>([:])
    var files: [String: String] { kept.withLock { $0 } }
    func keep(_ name: String, _ text: String) { kept.withLock { $0[name] = text } }
  }

  private func acts(_ count: Int) -> [PersonnelAction] {
    (1...count).map { number in
      act("\(number)") {
        $0.decreeNo = "800/\(number / 3)"
        if number % 7 == 0 { $0.decreeDate = .absent(original: "0000-00-00") }
      }
    }
  }

  @Test func `Up to the limit all is one file`() throws { #expect(try files(acts(10)).count == 1) }

  @Test func `Every person stands in one file, and every link leads to its place`() throws {
    let files = try files(acts(30))
    #expect(files.count > 5)
    let index = try #require(files["lap oran.html"])
    #expect(!index.contains("<tr class=\"f "), "no person in the summary")
    let people = files.values.flatMap { $0.matches(of: #/id=(f[0-9]+) /#).map { String($0.1) } }
    #expect(people.count == 30 && Set(people).count == 30)
    var reached: Set<String> = []
    for (name, html) in files {
      #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
      for link in html.matches(of: #/href="([^"#]*)(?:#([a-z0-9-]+))?"/#) {
        let file = link.1.isEmpty ? name : String(link.1).replacing("%20", with: " ")
        let target = try #require(files[file], "\(name): \(link.0)")
        reached.insert(file)
        guard let id = link.2 else { continue }
        #expect(target.contains("id=\(id)") || target.contains("id=\"\(id)\""), "\(name): \(link.0)")
      }
    }
    #expect(reached == Set(files.keys))
    // The summary leads to each page, and a page to the next one and back.
    for number in 1..<files.count {
      #expect(index.contains("href=\"lap%20oran-\(number).html\""))
      #expect(try #require(files["lap oran-\(number).html"]).contains("href=\"lap%20oran.html\""))
    }
  }
}
