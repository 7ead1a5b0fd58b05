import Foundation
import TestSupport
import Testing

/// A report that is cut into files, written again with fewer of them.
@Suite struct StalePagesTests {
  /// Twenty thousand acts and some more, each on an SK of its own or many on one.
  private func acts(_ count: Int) -> String {
    "action_id,kind,decree_date,decree_no\n"
      + (1...count).map { "\($0),mutasi,2024-05-01,800/\($0 / 4000)\n" }.joined()
  }

  private func write(_ place: Workplace, _ rows: Int, _ output: String = "laporan.html") throws
    -> ProcessResult
  {
    try place.write("a.csv", acts(rows))
    return try place.run(
      "audit", "--csv", "a.csv", "--format", "html", "--output", output, "--region", "16.05", "--known-on",
      "2026-01-01")
  }

  private func files(_ place: Workplace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: place.folder.path).filter { $0 != "a.csv" }.sorted()
  }

  @Test func `Pages of an earlier report go, what only looks like one stays`() throws {
    let place = try Workplace()
    #expect(try write(place, 24_001).status == 1)
    let names = try files(place)
    let pages = names.count - 1
    #expect(pages >= 4 && names.contains("laporan-\(pages).html"))
    let page = try place.read("laporan-\(pages).html")
    // Another report's page and report, a link to a page, a page under a name further on.
    try place.write("other-1.html", page)
    #expect(try write(place, 10, "laporan-\(pages + 1).html").status == 1)
    let link = place.folder.appendingPathComponent("laporan-\(pages + 2).html").path
    try place.write("kept.html", page)
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: place.folder.appendingPathComponent("kept.html").path)
    try place.write("laporan-\(pages + 3).html", page)

    let less = try write(place, 20_001)
    #expect(less.status == 1)
    let left = try files(place)
    #expect(!left.contains("laporan-\(pages + 3).html"), "\(left)")
    #expect(left.contains("kept.html") && left.contains("laporan-\(pages + 2).html"))
    #expect(left.contains("laporan-\(pages + 1).html") && left.contains("other-1.html"))
    #expect(
      less.errorText.contains("laporan-\(pages + 1).html: bukan halaman laporan ini"), "\(less.errorText)")
    #expect(less.errorText.contains("laporan-\(pages + 2).html: "))

    // One file is enough now: no page is left, and nothing is said of files that nobody takes for one.
    let one = try write(place, 10)
    #expect(
      try files(place).filter { $0.hasPrefix("laporan-") } == [
        "laporan-\(pages + 1).html", "laporan-\(pages + 2).html",
      ])
    #expect(!one.errorText.contains("bukan halaman"), "\(one.errorText)")
    #expect(try place.read("kept.html") == page)
  }
}
