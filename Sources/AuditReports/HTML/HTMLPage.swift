import AuditBase
import FreezeRules

/// The parts of the page around the SKs.
struct HTMLPage {
  let header: ReportHeader
  let text: HTMLText
  let tally: HTMLTally
  let filters: HTMLFilters
  let decrees: [HTMLDecree]
  let common: HTMLCommon
  /// Rows of people.
  let shown: Int
  let counts: Counts
  let isComplete: Bool
  let changes: ChangeCounts
  let sources: [SourceLine]
  /// How it is cut into files.
  let pages: HTMLPages
  /// The rows of the people of each SK.
  let bodies: Spool

  /// So many SKs that each points at what all of its kind share, and paper is saved.
  var isLong: Bool { decrees.count > 12 || shown > 40 }
  /// So many that paper is saved wherever it can be read all the same.
  private var isTight: Bool { decrees.count > 150 || shown > 300 }

  /// Source, and what all of it is about.
  var subject: HTML {
    let region: HTML = common.region.map { " · \($0)" } ?? HTML()
    return "<bdi>\(PlainText.line(header.source, limit: 200))</bdi>\(region)"
  }

  /// Rows of the table of page one, at most.
  private var mostRows: Int { pages.isCut ? 3_000 : 1_000 }

  /// The columns of that table.
  static let columns: [Text] = [
    Text("SK", "Decree (SK)"), Text("Pelantikan", "Oath"), Text("Orang", "People"),
    Text("Disetujui", "Approved"), Text("Tidak dalam lampiran", "Not in the annex"),
    Text("Surat terlambat", "Letter late"), Text("Tanpa surat", "No letter"), Text("Lainnya", "Other"),
    Text("Pasal dan masa larangan", "Article and frozen period"), Text("Surat paling lambat", "Letter by"),
    Text("Tanggapan", "Answer"), Text("Paraf", "Initials"),
  ]

  /// The beginning of a document.
  /// - Parameter mark: what its head says besides.
  func start(_ subject: String, mark: HTML = HTML()) -> HTML {
    let language = header.language
    var title = subject
    if let office = header.office.first { title += " · " + PlainText.line(office, limit: 80) }
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex, nofollow">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="freeze-auditor \(header.programVersion)">\(mark)
      <title>\(title) · freeze-auditor</title>
      <style>
      \(HTMLStyle.sheet)</style>
      </head>
      <body class="\(isLong ? "long" : "short")\(isTight ? " tight" : "")">
      <svg class="defs" aria-hidden="true" width="0" height="0"><defs>\(HTMLStyle.glyphs)</defs></svg>

      """
  }

  /// Everything before the SKs.
  var head: HTML {
    """
    \(start(Headline(counts).text(header.language)))\(top)<main>
    \(ahead)\(table)\(timeline)<section id="findings">
    <h2>\(text[.findings])</h2>
    \(filters.html(text))\(steps)\(only)

    """
  }

  private var only: HTML {
    if pages.isCut { return contents }
    return decrees.isEmpty
      ? "<p>\(text[.noFindings])</p>"
      : "<p class=only><a href=\"#findings\">\(text("Tampilkan semua SK", "Show every decree"))</a></p>"
  }

  private var top: HTML {
    let office: HTML =
      header.office.isEmpty
      ? HTML()
      : "<p class=office>\(header.office.map { HTML(text: PlainText.line($0, limit: 120)) }.joined(separator: "<br>"))</p>\n"
    let warnings = sentences.map { "<p class=warn>\($0)</p>\n" as HTML }
    let tiles = Outcome.allCases.filter { counts[$0] > 0 }.map { outcome -> HTML in
      "<li class=\(Self.level(outcome))><svg class=g aria-hidden=true><use href=\"#g-\(outcome.rawValue)\"/></svg><b>\(text.data(counts[outcome]))</b><span>\(outcome.phrase[header.language])</span></li>\n"
    }
    return """
      <header>
      \(office)<p class=kicker>\(text[.kicker])</p>
      <h1>\(headline)</h1>
      <p class=sub>\(ReportText.basis(header.knownOn)[header.language].capitalizedFirst) · \(subject)</p>
      \(warnings)<ul class=tiles>
      \(tiles)</ul>
      <p class=caution>\(text[.caution])</p>
      <nav>\(links)</nav>
      </header>

      """
  }

  /// The sections that there are.
  private var links: HTML {
    let all: [(String, HTMLWord, Bool)] = [
      ("ahead", .ahead, decrees.contains { $0.urgency.ahead != nil }),
      ("decrees", .decrees, !decrees.isEmpty),
      ("timeline", .timeline, true), ("findings", .findings, true), ("quality", .quality, true),
      ("windows", .windows, true), ("made", .made, true),
    ]
    return all.filter(\.2).map { "<a href=\"#\($0.0)\">\(text[$0.1])</a>" as HTML }.joined(separator: " ")
  }

  private var headline: HTML {
    let headline = Headline(counts)
    let words = headline.words[header.language]
    switch headline.finding {
    case .clarification(let count), .unjudged(let count):
      let isUrgent = decrees.contains { $0.urgency.ahead != nil }
      return
        "<data value=\"\(count)\"\(isUrgent ? " class=red" : "")>\(text.number(count))</data> <span>\(text[.of]) \(text.data(counts.read)) \(words)</span>"
    case .nothing:
      return
        "<span>\(words)\(text(", dari ", ", of ")) \(text.data(counts.read)) \(text("catatan", "records"))</span>"
    case .empty: return "<span>\(words)</span>"
    }
  }

  /// What a reader must know before anything else.
  private var sentences: [String] {
    var sentences = ReportText.warnings(header, isComplete)
    if let day = header.comparedKnownOn {
      let (first, last) = (min(day, header.knownOn), max(day, header.knownOn))
      sentences.insert(
        text(
          "Dari pengetahuan \(first.written(.indonesian)) ke \(last.written(.indonesian)): \(changes.phrase(.indonesian)).",
          "From what was known on \(first.written(.english)) to \(last.written(.english)): \(changes.phrase(.english))."
        ), at: 0)
    }
    return sentences + sources.filter { $0.problem != nil }.map { $0.text(header.language) }
  }

  static func level(_ outcome: Outcome) -> String {
    switch outcome.level {
    case .alert: outcome == .depends ? "maybe" : "alert"
    case .notice: "notice"
    case .silent: "silent"
    }
  }

  // MARK: What can still be put off

  private var ahead: HTML {
    let urgent = decrees.enumerated().filter { $0.element.urgency.ahead != nil }
    if urgent.isEmpty { return HTML() }
    // Few have their own step beside them; many share those of their kind.
    let hasSteps = urgent.count <= 4
    let words = [
      text("Kapan", "When"), text("Orang", "People"), text("Surat paling lambat", "Letter by"),
      text("Langkah", "Next step"),
    ]
    let rows = urgent.map { place, decree -> HTML in
      let when = decree.facts.ahead.map { AheadText.day($0, on: header.knownOn)[text.language] } ?? ""
      let by = decree.facts.letterBy.map { $0.written(text.language) } ?? "–"
      let isOver = decree.facts.letterBy.map { $0 < header.knownOn } ?? false
      let step: HTML =
        hasSteps
        ? "<td data-l=\"\(words[3])\">\(decree.facts.step?.text?[text.language] ?? "")" : HTML()
      return """
        <tr><th scope=row><a href="\(pages.file(ofDecree: place))#s\(place + 1)"><bdi>\(decree.name)</bdi></a><td data-l="\(words[0])"><b>\(when)</b><td class=num data-l="\(words[1])">\(text.number(decree.count))<td data-l="\(words[2])">\(by)\(isOver ? text(" (sudah lewat)", " (over)") : "")\(step)

        """
    }
    let last: HTML = hasSteps ? "<th scope=col>\(words[3])" : HTML()
    let shared = HTMLCommon.legends(urgent.map(\.element)).map { legend -> HTML in
      "<p><b>\(legend.title[text.language].capitalizedFirst):</b> \(legend.step?[text.language] ?? "").\n"
    }
    return """
      <section id="ahead" class=ahead>
      <h2>\(text[.ahead])</h2>
      <p class=help>\(text[.aheadHelp])</p>
      <table class="data cards"><thead><tr><th scope=col>SK<th scope=col>\(words[0])<th scope=col class=num>\(words[1])<th scope=col>\(words[2])\(last)</thead><tbody>
      \(rows)</tbody></table>
      \(hasSteps ? HTML() : shared.joined())</section>

      """
  }

  // MARK: A row an SK

  private var table: HTML {
    if decrees.isEmpty { return HTML() }
    let columns = Self.columns.enumerated().map { place, name -> HTML in
      if place == 8, common.law != nil { return HTML() }
      let kind =
        (2...7).contains(place) ? "num" : place == 8 ? "law" : place == 9 ? "by" : place > 9 ? "pen" : "t"
      return "<th scope=col class=\(kind)>\(name[text.language])"
    }
    let law: HTML =
      common.law.map { "<p class=help>\(text("Semuanya", "All of them")): \($0).</p>\n" } ?? HTML()
    let rows = decrees.prefix(mostRows).enumerated().map { $0.element.row($0.offset + 1, self) }
    let hidden = decrees.count - mostRows
    let more: HTML =
      hidden > 0
      ? "<p class=help>\(text("… dan \(text.number(hidden)) SK lagi, lihat Temuan per SK.", "… and \(text.number(hidden)) more, see Findings by decree."))</p>\n"
      : HTML()
    return """
      <section id="decrees"><h2>\(text[.decrees]) (\(text.number(decrees.count)))</h2>
      \(law)<table class="data cards sks"><thead><tr>\(columns)</thead><tbody>
      \(rows)</tbody></table>
      \(more)</section>

      """
  }

  private var timeline: HTML {
    let pictures = tally.timelines(text)
    if pictures.isEmpty { return "<section id=\"timeline\"></section>\n" }
    return """
      <section id="timeline">
      <h2>\(text[.timeline])</h2>
      <p class=help>\(text[.timelineHelp])</p>
      \(pictures)</section>

      """
  }

  /// What all SKs of a kind share.
  var steps: HTML {
    guard isLong else { return HTML() }
    let change = text("Yang akan mengubah kesimpulan", "What would change the conclusion")
    let items = common.legends.enumerated().map { place, legend -> HTML in
      let changes: HTML = legend.change.map { "<p>\(change): \($0[text.language])." as HTML } ?? HTML()
      return
        "<li id=n\(place + 1)><b>\(text("Langkah", "Step")) \(place + 1) – \(legend.title[text.language])</b><p>\(legend.step?[text.language] ?? "").\(changes)\n"
    }
    let paper = text(
      "SK satu orang yang tidak disebut suratnya: catatannya tidak menyebut surat Menteri.",
      "A decree of one person beside which no letter is named cites none.")
    return items.isEmpty
      ? HTML()
      : "<section class=steps><h3>\(text[.steps])</h3><ul>\n\(items)</ul><p class=po>\(paper)</section>\n"
  }

  // MARK: After the SKs

  var foot: HTML {
    let quality = tally.quality(text, file: file(ofPerson:))
    let sums = Outcome.allCases.map { outcome -> HTML in
      "<tr><th scope=row>\(outcome.phrase[header.language])<td class=num>\(text.data(counts[outcome]))\n"
    }
    let made = (self.made + sources.map { ($0.title, $0.result[header.language]) }).map { fact -> HTML in
      "<div><dt>\(fact.0)<dd><bdi>\(fact.1)</bdi></div>\n"
    }
    let none = text(
      "Semua catatan yang dibaca dapat dinilai, tanpa keterangan mutu.",
      "Every record read could be judged, without remarks on quality.")
    return """
      </section>
      \(filters.sums(text))<section id="quality">
      <h2>\(text[.quality])</h2>
      \(quality.isEmpty ? "<p>\(none)</p>" as HTML : "<table class=data><tbody>\n\(quality)</tbody></table>" as HTML)
      </section>
      <section id="windows">
      <h2>\(text[.windows])</h2>
      \(tally.windowCards(text))</section>
      <section id="made">
      <h2>\(text[.made])</h2>
      <dl class=made>
      \(made)</dl>
      <table class="data sum"><thead><tr><th scope=col>\(text[.outcome])<th scope=col class=num>\(text[.count])</thead><tbody>
      \(sums)</tbody><tfoot><tr><th scope=row>\(text[.total])<td class=num>\(text.data(counts.read))</tfoot></table>
      </section>
      </main>
      <footer><p>\(text[.footer])</p></footer>
      </body>
      </html>

      """
  }

  /// The file in which a person stands.
  private func file(ofPerson number: Int) -> String {
    guard pages.isCut else { return "" }
    let place = decrees.firstIndex { $0.first <= number && number < $0.first + $0.count }
    return place.map(pages.file(ofDecree:)) ?? ""
  }

  private var made: [(String, String)] {
    var facts = [
      (text("Program", "Program"), "freeze-auditor \(header.programVersion)"),
      (text("Sumber catatan", "Source of the records"), PlainText.line(header.source, limit: 300)),
      (
        text("Sumber persetujuan", "Source of the approvals"),
        header.approvals.map { PlainText.line($0, limit: 300) }
          ?? text(
            "catatan itu sendiri, atau tabel persetujuan pada basis data",
            "the records themselves, or the database’s table of approvals")
      ),
      (text("Jadwal dan ketentuan per", "Schedule and rules as known on"), text.longDay(header.knownOn)),
    ]
    if let day = header.comparedKnownOn {
      facts.append((text("Dibandingkan dengan", "Compared with"), text.longDay(day)))
    }
    facts += header.assumptions.map {
      (
        text("Andaian", "What if"),
        "\($0.election): \(text("penetapan", "determination")) \(text.longDay($0.determination))"
      )
    }
    if let region = header.region {
      let label = RegionRegistry.shipped.region(code: region)?.label ?? PlainText.line(region, limit: 60)
      facts.append((text("Wilayah", "Region"), label))
    }
    facts.append(
      (
        text("Data pribadi", "Personal data"),
        header.personalData == .masked ? text("disamarkan", "masked") : text("lengkap", "in full")
      ))
    facts.append((text("Kalender", "Calendar"), header.table.calendarState(header.language)))
    facts.append((text("Aturan (SHA-256)", "Rulebook (SHA-256)"), header.table.rulebook.hash))
    facts.append((text("Kalender (SHA-256)", "Calendar (SHA-256)"), header.table.calendar.hash))
    return facts
  }
}
