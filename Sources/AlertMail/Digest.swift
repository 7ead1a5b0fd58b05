import AuditBase
import AuditReports
import Crypto
import FreezeRules

/// One digest: what HR reads, before it is text, HTML or CSV.
package struct Digest: Sendable {
  /// What a digest is made with.
  package struct Settings: Sendable {
    /// Language of everything but what the log itself says.
    package var language: Language
    /// How much of a person is shown.
    package var personalData: PersonalData
    /// Region, for subject and threads.
    package var region: String?
    /// Version of the program.
    package var program: String
    /// The site's own words before and after the digest, a paragraph a line.
    package var head: String?
    package var foot: String?

    /// Settings of these parts.
    package init(language: Language, personalData: PersonalData, region: String?, program: String) {
      self.language = language
      self.personalData = personalData
      self.region = region
      self.program = program
    }
  }

  /// One event as a line of the page.
  struct Row: Sendable {
    let event: LogEvent
    /// The sentence.
    let sentence: String
    /// Number, record, NIP.
    let facts: String
    /// What the log says beyond its first sentence.
    let details: [String]
  }

  /// Rows whose details are the same.
  struct Block: Sendable {
    var rows: [Row]
    let details: [String]
  }

  /// One decree.
  struct Group: Sendable {
    let title: String
    var blocks: [Block]
    /// The command that answers it.
    var command: String?
    var count: Int { blocks.reduce(0) { $0 + $1.rows.count } }
  }

  /// The rows of a block that a page has room for.
  struct ShownBlock {
    let rows: ArraySlice<Row>
    let details: [String]
    /// How many rows the details hold for.
    let of: Int
  }

  /// One kind of news.
  struct Section: Sendable {
    let title: String
    let groups: [Group]
    var count: Int { groups.reduce(0) { $0 + $1.count } }
    /// Rows of the decrees that a page has no room for.
    var hidden: Int { groups.dropFirst(Digest.shownGroups).reduce(0) { $0 + $1.count } }
  }

  /// The settings it was made with.
  package let settings: Settings
  /// The instant it tells of.
  package let moment: Moment
  let events: NewEvents
  /// One line, without anything personal.
  package let subject: String
  /// The first sentence.
  let lead: String
  /// What needs a look before anything else.
  let attention: [String]
  let sections: [Section]
  let notices: Section
  let openLines: [String]
  let openGroups: [(title: String, count: Int)]
  let tally: [String]
  /// Every row that the page tells of.
  let rows: [Row]

  /// Rows that fit on a page; when there are more, all of them go along as CSV.
  static let page = 25
  /// Rows of one decree shown on a page that does not hold all.
  static let shownRows = 10
  /// Different details of one decree shown on such a page.
  static let shownBlocks = 3
  /// Decrees shown in one section.
  static let shownGroups = 40

  /// Whether the rows go along as CSV.
  package var isLong: Bool { rows.count > Self.page }

  /// Text for one line of a mail: nothing in it can break out of its place.
  static func plain(_ text: String, limit: Int = 1500) -> String { PlainText.line(text, limit: limit) }

  /// Makes a digest of what came in.
  package init(_ events: NewEvents, settings: Settings, moment: Moment, workingDays: WorkingDays) {
    self.settings = settings
    self.moment = moment
    self.events = events
    let words = DigestWords(settings: settings)
    var rows: [NewsSection: [Row]] = [:]
    var last: [String: NewsSection] = [:]
    for event in events.news {
      if let id = event[.alertID] { last[id] = event.section }
    }
    let closed = Set(last.filter { $0.value == .closed }.keys)
    for event in events.news {
      rows[event.section, default: []].append(words.row(event, closed: closed))
    }
    func section(_ kind: NewsSection) -> Section {
      Section(title: words.title(kind), groups: words.groups(rows[kind] ?? []))
    }
    sections = [NewsSection.new, .changed, .closed, .acknowledged].map(section)
    notices = section(.notice)
    self.rows = NewsSection.allCases.flatMap { rows[$0] ?? [] }
    let numbers = NewsSection.allCases.map { rows[$0]?.count ?? 0 }
    let alerts = events.open.filter { Outcome(rawValue: $0.outcome) != .reversal }
    lead = words.lead(numbers, open: alerts.count)
    subject = words.subject(numbers, open: alerts.count, isBlind: events.isBlind)
    attention = words.attention(events, year: moment.date.year, workingDays)
    openLines = words.open(
      alerts, reversals: events.open.count - alerts.count, isFromLedger: events.head != nil)
    openGroups = words.openGroups(alerts)
    tally = words.tally(events, numbers, moment)
  }

  /// Whether it tells of alerts, and so has to say what an alert is.
  var saysCaution: Bool { rows.contains { $0.event[.alertID] != nil } || openGroups.count > 0 }

  /// Elections told of, the one with most news first.
  private var elections: [String] {
    let news = rows.compactMap { $0.event[.election] }
    let named = news.isEmpty ? events.open.map(\.election) : news
    let counts = Dictionary(named.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// The mail. The same digest gives the same bytes and the same Message-ID.
  package func message(from: MailAddress, to: [MailAddress]) -> MailMessage {
    let region = settings.region.map(Self.token) ?? "region"
    let text = DigestText.render(self)
    let html = DigestHTML.render(self).string
    let csv = isLong ? DigestCSV.render(self) : ""
    var hasher = SHA256()
    for part in [
      from.address, to.map(\.address).joined(separator: ","), subject, moment.mailDate, text, html, csv,
    ] {
      hasher.update(data: Array(part.utf8) + [0])
    }
    let hash = Hex.encode(hasher.finalize().prefix(12))
    let numbers = events.news.compactMap(\.seq)
    let range = numbers.isEmpty ? "none" : "\(numbers.min() ?? 0)-\(numbers.max() ?? 0)"
    var extra = [(name: "X-Freeze-Auditor-Events", value: range)]
    if let head = events.head {
      extra.append((name: "X-Freeze-Auditor-Ledger", value: "\(head.seq) \(head.hash)"))
    }
    return MailMessage(
      from: from, to: to, subject: subject, date: moment.mailDate,
      messageID: "<freeze-auditor.\(range).\(hash)@\(from.host)>",
      references: elections.prefix(8).map {
        "<freeze-auditor.thread.\(region).\(Self.token($0))@\(from.host)>"
      },
      language: settings.language.rawValue, extra: extra, text: text, html: html,
      attachments: isLong
        ? [
          MailMessage.Attachment(
            name: "freeze-auditor-\(moment.date)-\(range).csv", type: "text/csv; charset=utf-8",
            content: [0xEF, 0xBB, 0xBF] + Array(csv.utf8))
        ] : [])
  }

  /// Letters, digits, `.` and `-` of a text, for a Message-ID.
  private static func token(_ text: String) -> String {
    let kept = text.utf8.prefix(60).filter {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 46
    }
    let token = String(decoding: kept, as: UTF8.self).split(separator: ".").joined(separator: ".")
    return token.isEmpty ? "x" : token
  }
}

extension Digest.Group {
  /// What of it a page shows, and how many rows it does not.
  func page(isLong: Bool) -> (blocks: [Digest.ShownBlock], hidden: Int) {
    var shown: [Digest.ShownBlock] = []
    var number = 0
    for (index, block) in blocks.enumerated() where index < Digest.shownBlocks || !isLong {
      let room = isLong ? max(0, Digest.shownRows - number) : block.rows.count
      let rows = block.rows.prefix(room)
      number += rows.count
      if !rows.isEmpty {
        shown.append(Digest.ShownBlock(rows: rows, details: block.details, of: block.rows.count))
      }
    }
    return (shown, count - number)
  }
}
