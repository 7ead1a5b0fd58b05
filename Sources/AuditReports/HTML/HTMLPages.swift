import AuditBase
import FreezeRules

/// Further files of a report, beside the one that was asked for.
package struct ReportPages: Sendable {
  /// More findings than these are cut into pages: no browser likes a file of hundreds of megabytes.
  package static let limit = 20_000
  /// More than these are cut.
  let most: Int
  /// People on one page, or one SK where that has more.
  let size: Int
  /// Gives a page's bytes to a sink.
  package typealias Body = (@escaping ReportSink) throws -> Void
  /// Names a page.
  package typealias Naming = @Sendable (Int) -> String
  /// Writes a page.
  package typealias Writing = @Sendable (Int, Body) throws -> Void

  /// The name of a page's file, as a link from another one; 0 is the report itself.
  let name: Naming
  /// Writes a page.
  let write: Writing

  /// Pages of these names, written by this.
  package init(
    most: Int = limit, size: Int = 5_000, name: @escaping Naming, write: @escaping Writing
  ) {
    self.most = most
    self.size = size
    self.name = name
    self.write = write
  }

  /// What the head of each page says of the report that it is a part of: by it a later report knows the pages of an earlier one.
  package static func mark(of report: String) -> HTML {
    "<meta name=\"part-of\" content=\"\(HTMLPages.encoded(report))\">"
  }
}

/// Which SK stands in which file.
struct HTMLPages {
  private let pages: ReportPages?
  /// The place of the first SK of each page; empty: all are in the report itself.
  private let starts: [Int]
  private let count: Int

  /// - Parameter people: of each SK.
  init(_ pages: ReportPages?, people: [Int]) {
    var starts: [Int] = []
    if let pages, people.reduce(0, +) > pages.most {
      var onPage = pages.size
      for (place, number) in people.enumerated() {
        if onPage + number > pages.size {
          starts.append(place)
          onPage = 0
        }
        onPage += number
      }
    }
    self.pages = pages
    self.starts = starts
    count = people.count
  }

  /// Whether the report is cut.
  var isCut: Bool { !starts.isEmpty }
  /// The numbers of the pages.
  var numbers: [Int] { starts.indices.map { $0 + 1 } }

  /// The SKs of a page.
  func decrees(of page: Int) -> Range<Int> { starts[page - 1]..<(page < starts.count ? starts[page] : count) }

  /// A page's file, for a link.
  func file(_ page: Int) -> String { pages.map { Self.encoded($0.name(page)) } ?? "" }

  /// The file in which an SK stands, seen from the report itself.
  func file(ofDecree place: Int) -> String {
    starts.lastIndex { $0 <= place }.map { file($0 + 1) } ?? ""
  }

  /// What the head of a page says.
  var mark: HTML { pages.map { ReportPages.mark(of: $0.name(0)) } ?? HTML() }

  /// Writes the pages, one after the other.
  func write(_ body: (Int, @escaping ReportSink) throws -> Void) throws {
    guard let pages else { return }
    for number in numbers { try pages.write(number) { try body(number, $0) } }
  }

  /// A name as a part of a URL.
  fileprivate static func encoded(_ name: String) -> String {
    name.utf8.reduce(into: "") { text, byte in
      let isPlain =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-_.".utf8.contains(byte)
      text += isPlain ? String(UnicodeScalar(byte)) : "%" + Hex.encode([byte]).uppercased()
    }
  }
}

extension HTMLPage {
  /// What stands in the place of the SKs where they are in files of their own.
  var contents: HTML {
    guard pages.isCut else { return HTML() }
    let items = pages.numbers.map { number -> HTML in
      let places = pages.decrees(of: number)
      let people = decrees[places].reduce(0) { $0 + $1.count }
      return
        "<li><a href=\"\(pages.file(number))\">\(title(of: number))</a>: <bdi>\(decrees[places.lowerBound].name)</bdi> … <bdi>\(decrees[places.upperBound - 1].name)</bdi> (\(text.people(people)))\n"
    }
    return """
      <p class=help>\(text("Terlalu banyak untuk satu berkas: SK demi SK ada pada halaman berikut, di folder yang sama dengan berkas ini.", "Too many for one file: the decrees, one by one, are on these pages, in the same folder as this file."))</p>
      <ul>
      \(items)</ul>

      """
  }

  private func title(of number: Int) -> String {
    text("Halaman \(number) dari \(pages.numbers.count)", "Page \(number) of \(pages.numbers.count)")
  }

  /// Everything before the SKs of a page.
  func pageHead(_ number: Int) -> HTML {
    let back: HTML = "<a href=\"\(pages.file(0))\">\(text("Ringkasan", "Summary"))</a>"
    let before: HTML =
      number > 1
      ? " <a rel=prev href=\"\(pages.file(number - 1))\">← \(title(of: number - 1))</a>" : HTML()
    let next: HTML =
      number < pages.numbers.count
      ? " <a rel=next href=\"\(pages.file(number + 1))\">\(title(of: number + 1)) →</a>" : HTML()
    return """
      \(start(title(of: number), mark: pages.mark))<header>
      <p class=kicker>\(text[.kicker])</p>
      <h1><span>\(title(of: number))</span></h1>
      <p class=sub>\(subject)</p>
      <p class=caution>\(text[.caution])</p>
      <nav>\(back)\(before)\(next)</nav>
      </header>
      <main>
      <section id="findings">
      \(steps)
      """
  }

  /// Everything after them.
  var pageFoot: HTML {
    """
    </section>
    <section id="windows">
    <h2>\(text[.windows])</h2>
    \(tally.windowCards(text))</section>
    </main>
    <footer><p>\(text[.footer])</p></footer>
    </body>
    </html>

    """
  }
}
