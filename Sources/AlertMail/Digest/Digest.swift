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
    /// What signs the ledger's head.
    package var signing = HeadSigning.none

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
    /// What to do, as of today; empty where there is nothing.
    let step: String
  }

  /// Rows whose details are the same.
  struct Block: Sendable {
    var rows: [Row]
    var details: [String]
  }

  /// One decree.
  struct Group: Sendable {
    let title: String
    var blocks: [Block]
    /// How many events it has; of a wave more than rows.
    let count: Int
    /// The command that answers it.
    let command: String?
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
    /// What holds for every decree of it, said once.
    let common: [String]
    /// The decrees that there is room for.
    let groups: [Group]
    /// How many events it has.
    let count: Int
    /// Events of the decrees that there is no room for.
    var hidden: Int { max(0, count - groups.reduce(0) { $0 + $1.count }) }
  }

  /// How much a digest may hold.
  struct Room: Sendable {
    /// Decrees shown in one section.
    var groups = 40
    /// Rows of one decree shown on a page that does not hold all.
    var rows = 10
    /// Different details of one decree shown on such a page.
    var blocks = 3
    /// Characters of one sentence or line.
    var text = 1500
    /// Rows that go along as a table.
    var attached = NewsTally.room

    /// For pages beside a table that holds every row: the page of a few hundred rows need not.
    static let beside = [
      Room(), Room(rows: 3, blocks: 1), Room(groups: 20, rows: 2, blocks: 1, text: 600),
      Room(groups: 20, rows: 1, blocks: 0, text: 300), Room(groups: 12, rows: 1, blocks: 0, text: 300),
      Room(groups: 6, rows: 1, blocks: 0, text: 300), Room(groups: 3, rows: 1, blocks: 0, text: 200),
    ]

    /// From the one that is for nearly all digests down to what always fits.
    static let all = [
      Room(), Room(text: 600, attached: 1000), Room(groups: 25, rows: 5, blocks: 2, text: 300, attached: 500),
      Room(groups: 10, rows: 3, blocks: 1, text: 200, attached: 100),
      Room(groups: 5, rows: 2, blocks: 0, text: 120, attached: 0),
    ]
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
  /// What is open, a row an SK.
  let decrees: [DecreeRow]
  /// SKs that there is no room for.
  let hiddenDecrees: Int
  let tally: [String]
  /// The ledger's head as a signed note, line by line; empty without a key.
  let note: [String]
  /// Every row that the page tells of.
  let rows: [Row]

  /// How much it may hold.
  let room: Room

  /// Rows that fit on a page; when there are more, they go along as a table.
  static let page = 25
  /// A digest whose rows all go along as a table is not much larger than that: 100 kB for 400 rows.
  static func aim(rows: Int) -> Int { 40_000 + 150 * max(400, rows) }
  /// A digest is never larger than this, in bytes: every mail system takes it.
  package static let limit = 1_000_000

  /// Whether rows go along as a table.
  package var isLong: Bool { events.tally.total > Self.page }
  /// The rows that do.
  var attached: ArraySlice<Row> { rows.prefix(room.attached) }
  /// What to do is told in the table alone: a page of so many decrees has no room for it.
  var isStepAttached: Bool { isLong && room.blocks == 0 && attached.contains { !$0.step.isEmpty } }
  /// Whether that is all of them.
  var isAllAttached: Bool { isLong && attached.count == events.tally.total }

  /// Text for one line of a mail: nothing in it can break out of its place.
  static func plain(_ text: String, limit: Int = 1500) -> String { PlainText.line(text, limit: limit) }

  /// Makes a digest of what came in.
  package init(_ events: NewEvents, settings: Settings, moment: Moment, workingDays: WorkingDays) {
    self.init(events, settings: settings, moment: moment, workingDays: workingDays, room: Room())
  }

  init(_ events: NewEvents, settings: Settings, moment: Moment, workingDays: WorkingDays, room: Room) {
    self.settings = settings
    self.moment = moment
    self.events = events
    self.room = room
    var words = DigestWords(settings: settings, zone: moment.zone, room: room)
    (words.today, words.workingDays) = (moment.date, workingDays)
    words.isPassedOn = events.escalatedAfter != nil
    var rows: [NewsSection: [Row]] = [:]
    let ends = Ends(events)
    for event in events.news { rows[event.section, default: []].append(words.row(event, ends)) }
    func section(_ kind: NewsSection) -> Section {
      let (groups, common) = words.common(words.groups(rows[kind] ?? [], events.tally))
      return Section(title: words.title(kind), common: common, groups: groups, count: events.tally[kind])
    }
    sections = [NewsSection.new, .changed, .closed, .acknowledged].map(section)
    notices = section(.notice)
    self.rows = NewsSection.allCases.flatMap { rows[$0] ?? [] }
    let numbers = events.tally.counts
    let open = events.openAlerts
    let reversals = open.counts.filter { Outcome(rawValue: $0.outcome) == .reversal }
      .reduce(0) { $0 + $1.count }
    lead = words.lead(numbers, open: open.total - reversals)
    let alerts = open.latest.filter { Outcome(rawValue: $0.outcome) != .reversal }
    let made = words.decrees(alerts, moment.date, workingDays)
    decrees = Array(made.rows.prefix(room.groups))
    hiddenDecrees = made.rows.count - decrees.count
    subject = words.subject(
      numbers, open: open.total - reversals,
      alarms: words.alarms(events) + (made.ahead.map { [$0[settings.language]] } ?? []))
    attention = words.attention(events, year: moment.date.year, workingDays)
    openLines = words.open(open, isFromLedger: events.head != nil)
    openGroups = words.openGroups(alerts, of: open.total - reversals)
    tally = words.tally(events, moment)
    note = Self.note(events, settings, moment)
  }

  /// What the news says has ended in the end.
  struct Ends {
    /// Alerts that are closed by it.
    private(set) var closed: Set<String> = []
    /// Sources that are audited again.
    private(set) var seeing: Set<String> = []

    init(_ events: NewEvents) {
      var last: [String: NewsSection] = [:]
      for event in events.news {
        if let id = event[.alertID] { last[id] = event.section }
        if event.event == AlertText.Lead.auditBlind.rawValue { seeing.insert(event[.source] ?? "") }
      }
      closed = Set(last.filter { $0.value == .closed }.keys)
      let blind = events.health?.sources.filter { $0.isEvaluated != true }.map(\.name)
      seeing = blind.map { seeing.subtracting($0) } ?? []
    }
  }

  /// Whether it tells of alerts, and so has to say what an alert is.
  var saysCaution: Bool { rows.contains { $0.event[.alertID] != nil } || openGroups.count > 0 }

  /// Elections told of, the one with most news first.
  private var elections: [String] {
    let news = rows.compactMap { $0.event[.election] }
    let counts =
      news.isEmpty
      ? Dictionary(events.openAlerts.counts.map { ($0.election, $0.count) }, uniquingKeysWith: +)
      : Dictionary(news.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// The mail of what came in: with as much in it as there is room for.
  package static func message(
    _ events: NewEvents, settings: Settings, moment: Moment, workingDays: WorkingDays, from: MailAddress,
    to: [MailAddress]
  ) -> MailMessage {
    func made(_ room: Room) -> (digest: Digest, message: MailMessage) {
      let digest = Digest(events, settings: settings, moment: moment, workingDays: workingDays, room: room)
      return (digest, digest.message(from: from, to: to))
    }
    var small: MailMessage?
    for room in Room.beside {
      let (digest, message) = made(room)
      guard digest.isAllAttached || !digest.isLong else { break }
      small = message
      if message.size <= aim(rows: events.tally.total) { return message }
    }
    if let small, small.size <= limit { return small }
    var message: MailMessage?
    for room in Room.all {
      let made = made(room).message
      message = made
      if made.size <= limit { return made }
    }
    return message
      ?? Digest(events, settings: settings, moment: moment, workingDays: workingDays)
      .message(from: from, to: to)
  }

  /// The mail. The same digest gives the same bytes and the same Message-ID.
  package func message(from: MailAddress, to: [MailAddress]) -> MailMessage {
    let region = settings.region.map(Self.token) ?? "region"
    let text = DigestText.render(self)
    let html = DigestHTML.render(self).string
    let table = isLong && !attached.isEmpty ? DigestTable.render(self) : nil
    var hasher = SHA256()
    for part in [
      from.address, to.map(\.address).joined(separator: ","), subject, moment.mailDate, text, html,
    ] {
      hasher.update(data: Array(part.utf8) + [0])
    }
    hasher.update(data: table?.content ?? [])
    let hash = Hex.encode(hasher.finalize().prefix(12))
    let range = events.told.isEmpty ? "none" : "\(events.told.first)-\(events.told.last)"
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
      attachments: table.map {
        [
          MailMessage.Attachment(
            name: "freeze-auditor-\(moment.date)-\(range).\($0.ending)", type: $0.type, content: $0.content)
        ]
      } ?? [])
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
  /// What of it a page shows, and how many events it does not.
  func page(isLong: Bool, _ room: Digest.Room) -> (blocks: [Digest.ShownBlock], hidden: Int) {
    var shown: [Digest.ShownBlock] = []
    var number = 0
    for (index, block) in blocks.enumerated() where index < max(1, room.blocks) || !isLong {
      let left = isLong ? max(0, room.rows - number) : block.rows.count
      let rows = block.rows.prefix(left)
      number += rows.count
      if !rows.isEmpty {
        shown.append(
          Digest.ShownBlock(
            rows: rows, details: room.blocks > 0 ? block.details : [],
            of: block.rows.count))
      }
    }
    return (shown, count - number)
  }
}
