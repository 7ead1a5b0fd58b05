import AuditBase
import AuditReports
import Foundation
import FreezeRules
import TestSupport
import Testing

@testable import AlertMail

/// Routes, the next desk, and the program that gets each item.
@Suite struct DeskTests {
  private func alert(
    _ id: String, _ outcome: String = "inside", region: String? = nil, units: [String] = [],
    days: [String] = [],
    since: String? = nil, seq: Int64 = 1
  ) -> OpenAlert {
    var alert = OpenAlert(alertID: id, outcome: outcome, rule: "pasal-71-2", election: "pilkada-2024")
    alert.region = region
    alert.units = units
    alert.days = days
    alert.since = since
    alert.seq = seq
    return alert
  }

  private static let today = CivilDate(iso: "2026-03-02") ?? .max

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var regions: [Regions.Term]?
    var units: [String] = []
    var outcomes: Set<Outcome> = []
    var urgency: DeskFilter.Urgency?
    let takes: [String]
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "everything", takes: ["ogan", "province", "dinas", "depends", "soon", "unknown"]),
    Case(
      name: "one region", regions: [.code("16.05")], takes: ["ogan", "unknown", "depends", "soon", "dinas"]),
    Case(
      name: "regencies of a province", regions: [.within("16")],
      takes: ["ogan", "unknown", "depends", "soon", "dinas"]),
    Case(
      name: "the province alone", regions: [.code("16")],
      takes: ["province", "unknown", "depends", "soon", "dinas"]),
    Case(
      name: "a unit, in any case", units: ["dinas  KESEHATAN"],
      takes: ["dinas", "unknown", "depends", "soon", "ogan", "province"]),
    Case(
      name: "another unit", units: ["Dinas Sosial"],
      takes: ["unknown", "depends", "soon", "ogan", "province"]),
    Case(name: "an outcome", outcomes: [.depends], takes: ["depends"]),
    Case(name: "before the oath", urgency: .upcoming, takes: ["soon", "unknown", "depends", "dinas"]),
    Case(name: "after the oath", urgency: .past, takes: ["ogan", "province", "unknown", "depends", "dinas"]),
  ]

  @Test(arguments: cases)
  func `a desk gets what it asked for, and what cannot be told`(_ one: Case) {
    var filter = DeskFilter()
    filter.regions = one.regions.map { Regions($0).members(.shipped) }
    filter.units = one.units
    filter.outcomes = one.outcomes
    filter.urgency = one.urgency
    let alerts = [
      alert("ogan", region: "16.05", days: ["2024-03-22"]),
      alert("province", region: "16", days: ["2024-03-22"]),
      alert("dinas", units: ["UPTD", "Dinas Kesehatan Kota"]), alert("depends", "depends"),
      alert("soon", days: ["2026-02-25", "2026-03-10"]), alert("unknown"),
    ]
    #expect(
      alerts.filter { filter.takes($0, today: Self.today) }.map(\.alertID).sorted() == one.takes.sorted())
  }

  @Test func `the morning of an oath is before it, as on top of the mail`() {
    var filter = DeskFilter()
    for (urgency, day, takes) in [
      (DeskFilter.Urgency.upcoming, "2026-03-02", true), (.past, "2026-03-02", false),
      (.upcoming, "2026-03-01", false), (.past, "2026-03-01", true),
    ] {
      filter.urgency = urgency
      #expect(filter.takes(alert("a", days: [day]), today: Self.today) == takes, "\(urgency) \(day)")
    }
  }

  @Test(arguments: [
    // Friday noon; the week after has no holiday.
    ("2026-02-27T05:00:00Z", 1, "2026-03-02T07:30", false),
    ("2026-02-27T05:00:00Z", 1, "2026-03-03T07:30", true),
    // Nyepi on Thursday does not count.
    ("2026-03-16T05:00:00Z", 3, "2026-03-20T07:30", false),
    ("2026-03-16T05:00:00Z", 3, "2026-03-23T07:30", true),
  ])
  func `working days count from the day after`(_ since: String, _ days: Int, _ now: String, _ isOverdue: Bool)
    throws
  {
    let escalation = Escalation(desk: Desk(name: "x", to: []), workingDays: days)
    let found = escalation.overdue([alert("a", since: since)], now: try moment(now), try self.days())
    #expect(!found.isEmpty == isOverdue)
    var answered = alert("a", since: since)
    answered.state = "clarified"
    #expect(escalation.overdue([answered], now: try moment(now), try self.days()).isEmpty)
    #expect(
      escalation.overdue([alert("a", "reversal", since: since)], now: try moment(now), try self.days())
        .isEmpty)
  }

  private func days() throws -> WorkingDays { try AlertMailTests.days() }

  // MARK: Whole runs

  /// A folder with a sendmail that keeps each mail, and the program of the hook.
  private struct Place {
    let folder: URL
    var state: String { folder.path + "/state" }

    init() throws {
      folder = try temporaryFolder()
      try script("sendmail", "cat > \(folder.path)/$(date +%s%N).eml\n")
      try script(
        "hook", "cat >> \(folder.path)/items\nexit $(cat \(folder.path)/status 2>/dev/null || echo 0)\n")
    }

    func script(_ name: String, _ text: String) throws {
      let path = folder.path + "/" + name
      try Data(("#!/bin/sh\n" + text).utf8).write(to: URL(fileURLWithPath: path + ".txt"))
      // Written by another process: one that is forked here just now would hold it open for writing.
      #expect(try runProcess("install", ["-m", "755", path + ".txt", path]).status == 0)
    }

    func mails() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".eml") }
        .sorted().map {
          String(decoding: try Data(contentsOf: folder.appendingPathComponent($0)), as: UTF8.self)
        }
    }

    func items() throws -> [[String: Any]] {
      guard let data = FileManager.default.contents(atPath: folder.path + "/items") else { return [] }
      return try data.split(separator: UInt8(ascii: "\n")).map {
        try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
      }
    }
  }

  /// A program that another test starts just now may hold the lock for a moment, until it is itself.
  private func folder(_ path: String) throws -> MailFolder {
    for _ in 0..<500 {
      do throws(MailFolder.Failure) { return try MailFolder(path) } catch {
        guard error.isBusy else { throw error }
        _ = poll(nil, 0, 10)
      }
    }
    return try MailFolder(path)
  }

  private func mailer(
    _ place: Place, _ ledger: StubLedger, _ events: [LogEvent] = [], now: String = "2026-03-02T07:30",
    change: (inout Mailer.Settings) -> Void = { _ in }
  ) throws -> Mailer {
    var settings = Mailer.Settings(
      from: try #require(MailAddress("freeze@example.go.id")),
      to: [try #require(MailAddress("a@example.go.id"))],
      sendmail: Sendmail(program: place.folder.path + "/sendmail", timeout: 10), digestAt: 7 * 60,
      workingDays: try days(),
      digest: Digest.Settings(language: .indonesian, personalData: .masked, region: "16.05", program: "test"))
    change(&settings)
    return Mailer(
      settings: settings, ledger: ledger, ledgerProblem: nil, now: try moment(now), canReadAgain: false,
      read: { _, _ in batch(events) }, announce: { _ in })
  }

  private func event(_ seq: Int, region: String, kind: String = "raised") -> LogEvent {
    var fields = AlertMailTests.event(seq, kind).fields
    fields["FREEZE_REGION"] = region
    return LogEvent(fields: fields, origin: .log)
  }

  @Test func `a desk is told of its own, once, and of nothing else`() throws {
    let place = try Place()
    let events = [
      event(1, region: "16.05"), event(2, region: "16.10"), event(3, region: "16.05", kind: "cleared"),
    ]
    let run = { (shown: [LogEvent]) in
      try self.mailer(place, StubLedger(events), shown) {
        $0.filter.regions = Regions([.code("16.10")]).members(.shipped)
      }.run(try folder(place.state))
    }
    #expect(try run(events) == .sent(1))
    let mail = try #require(try place.mails().first)
    #expect(mail.contains("act-2") && !mail.contains("act-1"))
    #expect(try run(events) == .idle(.alreadyToday))
    #expect(try place.mails().count == 1)
  }

  @Test func `what nobody answered goes to the next desk once, and says why`() throws {
    let place = try Place()
    var ledger = StubLedger([event(1, region: "16.05"), event(2, region: "16.05")])
    var answered = alert("alert-2", since: "2026-02-02T05:00:00Z", seq: 2)
    answered.state = "reported"
    ledger.open = [alert("alert-1", since: "2026-02-02T05:00:00Z", seq: 1), answered]
    let run = { [ledger] in
      try self.mailer(place, ledger) {
        $0.isNextDesk = true
        $0.escalation = Escalation(desk: Desk(name: "escalate", to: []), workingDays: 3)
      }.run(try folder(place.state))
    }
    #expect(try run() == .sent(1))
    let mail = try #require(try place.mails().first)
    #expect(mail.contains("act-1") && !mail.contains("act-2"))
    #expect(mail.contains("Diteruskan kepada Anda") && mail.contains("3 hari kerja"))
    #expect(try run() == .idle(.alreadyToday))
    #expect(try place.mails().count == 1)
  }

  @Test(arguments: [true, false])
  func `what is passed on is not new, and the mail knows how the audit is`(_ isWell: Bool) throws {
    let place = try Place()
    var ledger = StubLedger([event(1, region: "16.05")])
    ledger.open = [alert("alert-1", since: "2026-02-02T05:00:00Z", seq: 1)]
    if !isWell { ledger.watch.sources[0].isEvaluated = false }
    let mailer = try mailer(place, ledger) {
      $0.isNextDesk = true
      $0.escalation = Escalation(desk: Desk(name: "escalate", to: []), workingDays: 3)
    }
    let (events, cursor) = try mailer.take(MailState(), try folder(place.state))
    let mail = mailer.compose(events, cursor: cursor, MailState()).0
    #expect(!mail.subject.contains("TIDAK TERJANGKAU") && !mail.subject.contains("baru"), "\(mail.subject)")
    #expect(mail.subject.contains("1 peringatan belum ditanggapi"), "\(mail.subject)")
    #expect(!mail.text.contains("tidak dapat ditanya") && !mail.text.contains("sejak ringkasan sebelumnya"))
    #expect(!isWell || !mail.text.lowercased().contains("peringatan baru"), "\(mail.text)")
    #expect(mail.text.contains("Sumber simpeg: \(isWell ? "terpantau" : "BUTA")"), "\(mail.text)")
    #expect(mail.subject.contains("BUTA") == !isWell, "\(mail.subject)")
  }

  @Test(
    arguments: [
      ("raised", "inside", nil, false), ("acknowledged", "inside", nil, false),
      ("noted", "inside", nil, false),
      ("withdrawn", "inside", nil, false), ("acknowledgement_expiring", "inside", nil, false),
      ("cleared", "outside", "di dalam masa larangan (Pasal 71)", false),
      ("cleared", "outside", "inside the frozen period (Pasal 71)", false),
      ("acknowledged", "approved-late", nil, true), ("withdrawn", "approved-late", nil, true),
      ("noted", "approved-late", nil, true),
      // What it was is not said: better a mail too many.
      ("cleared", "outside", nil, true),
    ] as [(String, String, String?, Bool)])
  func `a desk of one outcome gets nothing of another`(
    _ kind: String, _ outcome: String, _ before: String?, _ takes: Bool
  ) {
    var filter = DeskFilter()
    filter.outcomes = [.approvedLate]
    var fields = AlertMailTests.event(1, kind, outcome: outcome).fields
    fields["FREEZE_BEFORE"] = before
    let event = LogEvent(fields: fields, origin: .ledger)
    #expect(filter.takes(event, regions: [:], today: Self.today) == takes)
    filter.outcomes = [.inside]
    #expect(filter.takes(event, regions: [:], today: Self.today) == (!takes || outcome == "outside"))
  }

  @Test func `the site's own words stand before and after, as text`() throws {
    let place = try Place()
    let mailer = try mailer(place, StubLedger([event(1, region: "16.05")]), [event(1, region: "16.05")]) {
      $0.digest.head = "Yth. <b>Kepala</b>\r\nBcc: x@y"
      $0.digest.foot = "Hormat kami"
    }
    #expect(try mailer.run(try folder(place.state)) == .sent(1))
    let mail = try #require(try place.mails().first)
    let head = try #require(mail.split(separator: "\n\n", maxSplits: 1).first)
    #expect(!head.contains("Bcc:"))
    #expect(mail.contains("Hormat kami") && mail.contains("&lt;b&gt;Kepala"))
  }

  @Test func `somebody new gets news and no history`() throws {
    let place = try Place()
    let old = [event(1, region: "16.05")]
    #expect(try mailer(place, StubLedger(old), old).run(try folder(place.state)) == .sent(1))
    let known = try MailFolder(place.state, isReadOnly: true).state()
    let folder = try folder(MailFolder.path(of: "route x a@example.go.id", in: place.state))
    try folder.seed(known)
    let events = old + [event(2, region: "16.05")]
    #expect(try mailer(place, StubLedger(events), events).run(folder) == .sent(1))
    let mail = try #require(try place.mails().last)
    #expect(mail.contains("act-2") && !mail.contains("act-1,"))
  }

  // MARK: notify.exec

  /// - Parameter inLog: what comes on standard input, `nil`: all of it. An empty ledger: it cannot be asked.
  private func notify(_ place: Place, _ events: [LogEvent], inLog: [LogEvent]? = nil, hasLedger: Bool = true)
    throws
    -> Notifier.Outcome
  {
    var ledger = StubLedger(events)
    ledger.isAway = !hasLedger
    return try Notifier(program: place.folder.path + "/hook", timeout: 10, personalData: .masked).run(
      try folder(place.state), try mailer(place, ledger, inLog ?? events), announce: { _ in })
  }

  @Test func `each item is handed over once, as JSON`() throws {
    let place = try Place()
    let events = [event(1, region: "16.05"), event(2, region: "16.10")]
    #expect(try notify(place, events) == .told(2, refused: 0))
    #expect(try notify(place, events) == .told(0, refused: 0))
    #expect(try notify(place, events + [event(3, region: "16.05")]) == .told(1, refused: 0))
    let items = try place.items()
    #expect(items.map { $0["seq"] as? Int } == [1, 2, 3])
    #expect(items[0]["event"] as? String == "raised" && items[0]["news"] as? String == "new")
    #expect(items[1]["region"] as? String == "16.10" && items[0]["decree_date"] as? String == "2024-03-21")
    #expect(Set(items.compactMap { $0["id"] as? String }).count == 3)
  }

  @Test(arguments: [true, false])
  func `what the program does not take is tried again, in order, and what it took is not`(_ hasLedger: Bool)
    throws
  {
    let place = try Place()
    let events = (1...3).map { event($0, region: "16.05") }
    // The second one fails once.
    try place.script(
      "hook",
      "read line; case \"$line\" in *'\"seq\":2'*) [ -e \(place.folder.path)/again ] || { touch \(place.folder.path)/again; exit 75; };; esac; echo \"$line\" >> \(place.folder.path)/items\n"
    )
    guard case .delayed(let text, told: 1) = try notify(place, events, hasLedger: hasLedger) else {
      Issue.record("not delayed")
      return
    }
    #expect(text.english.contains("status 75"))
    // From standard input nothing comes a second time: it was kept.
    #expect(try notify(place, events, inLog: [], hasLedger: hasLedger) == .told(2, refused: 0))
    #expect(try notify(place, events, hasLedger: hasLedger) == .told(0, refused: 0))
    #expect(try place.items().map { $0["seq"] as? Int } == [1, 2, 3])
  }

  @Test func `an item that is refused for good holds up no other`() throws {
    let place = try Place()
    try Data("65".utf8).write(to: place.folder.appendingPathComponent("status"))
    let events = (1...2).map { event($0, region: "16.05") }
    #expect(try notify(place, events) == .told(0, refused: 2))
    #expect(try notify(place, events) == .told(0, refused: 0))
  }

  @Test func `a program that is not there is named, and nothing is lost`() throws {
    let place = try Place()
    let events = [event(1, region: "16.05")]
    try FileManager.default.removeItem(atPath: place.folder.path + "/hook")
    #expect(throws: MailFolder.Failure.self) { try notify(place, events) }
    try place.script("hook", "cat >> \(place.folder.path)/items\n")
    #expect(try notify(place, events) == .told(1, refused: 0))
  }
}
