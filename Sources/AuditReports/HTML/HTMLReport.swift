import AuditBase
import FreezeRules

/// One self-contained page, also a paper: the answer, what can still be put off, a row an SK, a picture of time, the people of
/// each SK, sums, data quality, the law, and how it was made.
///
/// No script, no network, nothing outside the file; the same input gives the same bytes. A very long one is cut into files, the
/// first of which lists them.
struct HTMLReport: ReportWriter {
  var header: ReportHeader
  let sink: ReportSink
  private let text: HTMLText
  private var order: DecreeOrder<Act>
  private var decrees: [HTMLDecree] = []
  private var tally: HTMLTally
  private var filters = HTMLFilters()
  private let judging: HTMLJudging
  private var approved = ApprovedActs()
  private var changes = ChangeCounts()
  private var number = 0
  private let bodies = Spool()

  /// A finding, and what is said of its judgement. A class only so that what is held is not copied.
  final class Act {
    let finding: ReportedRecord
    let judged: HTMLJudged

    init(_ finding: ReportedRecord, _ judged: HTMLJudged) {
      self.finding = finding
      self.judged = judged
    }
  }

  init(header: ReportHeader, sink: @escaping ReportSink) {
    self.header = header
    self.sink = sink
    order = DecreeOrder(on: header.knownOn, isSorted: header.isByDecree)
    text = HTMLText(language: header.language)
    tally = HTMLTally(header: header)
    judging = HTMLJudging(text)
  }

  mutating func add(_ finding: ReportedRecord) throws {
    changes.add(finding.comparison)
    let places = finding.judgement.relevantPlaces
    tally.count(finding.judgement, places)
    let judged = judging(finding.judgement, places) { tally.number(of: $0) }
    // Apart: as an argument it would be made while `self` is read, and what is held copied for every act.
    let complete = order.add(finding.judgement, Act(finding, judged), of: finding.source)
    try render(complete)
  }

  mutating func pass(_ judgement: Judgement) {
    tally.count(judgement, judgement.relevantPlaces)
    tally.pass(judgement)
    approved.pass(judgement)
  }

  private mutating func render(_ groups: [DecreeOrder<Act>.Group]) throws {
    for group in groups {
      var facts = DecreeFacts()
      var people: [HTMLPerson] = []
      people.reserveCapacity(group.elements.count)
      for act in group.elements {
        number += 1
        // Once: its parts are lent from it, where each use of the act's own would copy them.
        let finding = act.finding
        facts.add(finding.judgement, on: header.knownOn, header.workingDays)
        tally.place(finding.judgement, number: number)
        let place = filters.place(finding.judgement, text)
        people.append(HTMLPerson(finding, number: number, judged: act.judged, filters: place, text))
      }
      decrees.append(try HTMLDecree(group, facts: facts, people: people, text, into: bodies))
    }
  }

  mutating func finish(_ counts: Counts, isComplete: Bool, sources: [SourceLine]) throws {
    try render(order.take())
    // Every batch is in order; of several, so is the whole.
    for place in decrees.indices where !decrees[place].isContinued {
      guard let date = decrees[place].date else { continue }
      decrees[place].approvedBesides = approved.of(decrees[place].number, date).count
    }
    let places = decrees.indices.sorted { (decrees[$0].urgency, $0) < (decrees[$1].urgency, $1) }
    let ordered = places.map { decrees[$0] }
    let page = HTMLPage(
      header: header, text: text, tally: tally, filters: filters, decrees: ordered,
      common: HTMLCommon(ordered, header.language),
      shown: number, counts: counts, isComplete: isComplete, changes: changes, sources: sources,
      pages: HTMLPages(header.pages, people: ordered.map(\.count)), bodies: bodies)
    decrees = []
    try page.pages.write { number, sink in
      try sink(page.pageHead(number).bytes)
      for place in page.pages.decrees(of: number) { try sink(page.decrees[place].block(place + 1, page)) }
      try sink(page.pageFoot.bytes)
    }
    try sink(page.head.bytes)
    try sink(header.sectionsHTML(isLeading: true).bytes)
    if !page.pages.isCut {
      for (index, decree) in page.decrees.enumerated() { try sink(decree.block(index + 1, page)) }
    }
    try sink(header.sectionsHTML(isLeading: false).bytes)
    try sink(page.foot.bytes)
  }
}
