import AuditBase
import FreezeRules
import Testing

@testable import AlertLedger

/// (what the ledger says is open, this pass's findings, pass health) -> events, each with a reason.
@Suite struct ReconciliationTests {
  /// A change between two passes, and the one event it must give.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// The record as found by the second pass; `nil`: not among the findings.
    var found: (@Sendable () -> Judgement)?
    /// What the look-up of the record gives when it is not.
    var lookedUp: (@Sendable () -> Judgement)?
    var alertSince: CivilDate?
    let events: [String]
    var testDescription: String { name }
  }

  static let moved = World(determination: day("2024-11-22"), instrument: "PKPU 9/2024")

  static let cases: [Case] = [
    Case(name: "nothing changed", found: { World().judge("x") }, events: []),
    Case(
      name: "stamped again", found: { World().judge("x") { $0.recordedAt = "2024-06-01 00:00:00+00" } },
      events: []),
    Case(
      name: "another date inside", found: { World().judge("x") { $0.decreeDate = known("2024-06-01") } },
      events: ["amended x: record changed: decree_date 2024-05-02 -> 2024-06-01"]),
    Case(
      name: "a name is not told", found: { World().judge("x") { $0.employeeName = "Budi" } },
      events: ["amended x: record changed: employee_name"]),
    Case(
      name: "the schedule moved, still inside",
      found: { moved.judge("x") { $0.decreeDate = known("2024-05-22") } },
      events: ["amended x: record changed: decree_date 2024-05-02 -> 2024-05-22"]),
    Case(
      name: "the schedule moved, outside now", lookedUp: { moved.judge("x") },
      events: ["cleared x: schedule changed: 2024-09-22 (PKPU 2/2024) -> 2024-11-22 (PKPU 9/2024)"]),
    Case(
      name: "approved in time",
      lookedUp: {
        World().judge("x") {
          $0.approvalNo = "7"
          $0.approvalDate = known("2024-05-01")
        }
      }, events: ["cleared x: approved: 7, 2024-05-01; not known when the alert was raised"]),
    Case(
      name: "outside now", lookedUp: { World().judge("x") { $0.decreeDate = known("2024-01-01") } },
      events: ["cleared x: record changed: now outside: decree_date 2024-05-02 -> 2024-01-01"]),
    Case(
      name: "out of scope now", lookedUp: { World().judge("x") { $0.kind = "pensiun" } },
      events: ["cleared x: record changed: now not-covered: kind mutasi -> pensiun"]),
    Case(
      name: "the rule was switched off", lookedUp: { World(isRuleEnabled: false).judge("x") },
      events: ["cleared x: rule or election no longer applies"]),
    Case(
      name: "before alert_since now", lookedUp: { World().judge("x") }, alertSince: day("2024-06-01"),
      events: ["cleared x: before alert_since 2024-06-01"]),
    Case(name: "vanished", events: ["withdrawn x: record vanished from the source"]),
  ]

  @Test(arguments: cases)
  func `Every change is one event with its reason, and is told once`(_ one: Case) throws {
    var ledger = PaperLedger()
    #expect(ledger.pass([World().judge("x")]) == ["raised x: new"])
    let pass = { (ledger: inout PaperLedger) in
      ledger.pass(
        one.found.map { [$0()] } ?? [], found: one.lookedUp.map { [$0()] } ?? [],
        alertSince: one.alertSince)
    }
    #expect(pass(&ledger) == one.events)
    #expect(pass(&ledger) == [])
    #expect(ledger.reread == ledger.state)
    // And back as it was: a closed alert is re-raised under its id, an open one amended or left alone.
    let back = ledger.pass([World().judge("x")])
    if one.events.isEmpty {
      #expect(back == [])
    } else if one.events[0].hasPrefix("amended") {
      #expect(back.count == 1 && back[0].hasPrefix("amended x: record changed"))
    } else {
      #expect(back.count == 1 && back[0].hasPrefix("reraised x: alert again: "))
    }
    #expect(ledger.state.alerts.count == 1)
    #expect(ledger.reread == ledger.state)
  }

  @Test func `A pure change of the schedule amends with both schedules in the reason`() {
    var ledger = PaperLedger()
    let june: (inout PersonnelAction) -> Void = { $0.decreeDate = known("2024-06-20") }
    _ = ledger.pass([World().judge("x", june)])
    #expect(
      ledger.pass([Self.moved.judge("x", june)]) == [
        "amended x: schedule changed: 2024-09-22 (PKPU 2/2024) -> 2024-11-22 (PKPU 9/2024)"
      ])
  }

  @Test func `The order of reading does not matter`() {
    let judgements = [
      World().judge("a"), World().judge("a") { $0.decreeDate = known("2024-06-01") }, World().judge("b"),
      World().judge("c") { $0.kind = "entah" }, World().judge("d") { $0.decreeDate = .absent(original: nil) },
    ]
    var states: Set<String> = []
    for shift in judgements.indices {
      var ledger = PaperLedger()
      _ = ledger.pass(Array(judgements[shift...] + judgements[..<shift]))
      let a = ledger.state.alerts.values.filter { $0.actionID == "a" }.map { "\($0.alertID) \($0.digest)" }
        .sorted()
      #expect(a.count == 2)
      states.insert("\(a) \(ledger.state.qualityDigest)")
      // The same set in another order says nothing.
      #expect(ledger.pass(judgements.reversed()) == [])
    }
    #expect(states.count == 1)
  }

  @Test func `Alerts raised while a pass is under way are those of its end, each once`() {
    let padded = World().judge("b") { ($0.decreeDate, $0.spelledID) = (known("2024-06-02"), " b") }
    let judgements = [
      World().judge("a"), World().judge("a") { $0.decreeDate = known("2024-06-01") }, padded,
      World().judge("b"),
      World().judge("c") { $0.kind = "entah" }, World().judge("a"), World().judge("d"),
    ]
    for shift in judgements.indices {
      var ledger = PaperLedger()
      _ = ledger.pass([World().judge("d") { $0.decreeDate = known("2024-06-03") }])
      var reconciliation = Reconciliation(state: ledger.state, source: "simpeg", alertSince: nil)
      var early = 0
      for judgement in judgements[shift...] + judgements[..<shift] {
        reconciliation.observe(judgement)
        let drawn = reconciliation.drawFresh()
        #expect(drawn.allSatisfy { $0.kind == .raised })
        early += ledger.write(drawn).count
      }
      #expect(reconciliation.findings == 5)
      let rest = reconciliation.events(found: [], today: day("2026-01-01"))
      #expect(early >= 2 && rest.contains { $0.kind == .amended }, "what has an alert waits")
      _ = ledger.write(rest)
      #expect(ledger.reread == ledger.state)
      #expect(ledger.state.open.count == 5)
      #expect(ledger.pass(judgements.reversed()) == [])
      #expect(ledger.pass(judgements) == [])
    }
  }

  @Test func `Unjudgeable records and shared ids are one event for each change of the set`() {
    var ledger = PaperLedger()
    let bad = World().judge("bad") { $0.kind = "entah" }
    let worse = World().judge("worse") { $0.decreeDate = .unreadable(original: "31/02/2024") }
    #expect(ledger.pass([bad]) == ["data_quality -: 1 unjudgeable"])
    #expect(ledger.pass([bad]) == [])
    #expect(ledger.pass([bad, worse]) == ["data_quality -: 2 unjudgeable"])
    #expect(ledger.pass([worse]) == ["data_quality -: 1 unjudgeable"])
    #expect(ledger.pass([]) == ["data_quality -: 0 unjudgeable"])
    let twice = [World().judge("x"), World().judge("x")]
    #expect(
      ledger.pass(twice) == ["raised x: new", "data_quality -: 0 unjudgeable, 1 duplicated action_id (x)"])
    #expect(ledger.pass(twice) == [])
    #expect(ledger.reread == ledger.state)
  }

  @Test func `Blind is said once until it heals, and changes nothing else`() {
    var ledger = PaperLedger()
    _ = ledger.pass([World().judge("x")])
    #expect(
      ledger.write(Reconciliation.blind(ledger.state, cause: "view is gone")) == [
        "audit_blind -: view is gone"
      ])
    #expect(ledger.write(Reconciliation.blind(ledger.state, cause: "something else")) == [])
    #expect(ledger.state.open.count == 1)
    #expect(ledger.reread.blindCause == "view is gone")
    #expect(ledger.pass([World().judge("x")]) == ["audit_resumed -: evaluated again after: view is gone"])
    #expect(ledger.pass([World().judge("x")]) == [])
    #expect(ledger.write(Reconciliation.blind(ledger.state, cause: "again")) == ["audit_blind -: again"])
  }

  @Test(arguments: [
    (alerts: 1, gone: 1, maximum: 20, isSuspicious: false), (10, 2, 20, false), (10, 3, 20, true),
    (4, 2, 20, true),
    (2, 2, 20, true), (2, 2, 100, false), (100, 1, 0, true), (100, 2, 0, true), (5, 0, 0, false),
  ])
  func `A loss is suspicious above the share, and one record only where nothing may go`(
    _ one: (alerts: Int, gone: Int, maximum: Int, isSuspicious: Bool)
  ) {
    var ledger = PaperLedger()
    _ = ledger.pass((0..<one.alerts).map { World().judge("r\($0)") })
    let reconciliation = Reconciliation(state: ledger.state, source: "simpeg", alertSince: nil)
    #expect(
      reconciliation.isLossSuspicious(gone: one.gone, maximumLoss: one.maximum) == one.isSuspicious)
  }

  /// What became of three alerted records, and how many of them the source took away.
  @Test func `Whatever closes alerts weighs as a loss, unless it is the auditor's own rules`() {
    let world = World()
    var ledger = PaperLedger()
    let ids = ["gone", "undated", "moved", "relabelled", "approved", "elsewhere"]
    _ = ledger.pass(ids.map { world.judge($0) })
    let reconciliation = Reconciliation(state: ledger.state, source: "simpeg", alertSince: nil)
    #expect(reconciliation.unseenActionIDs == ids.sorted())
    let changed = reconciliation.events(
      found: [
        world.judge("undated") { $0.decreeDate = .absent(original: nil) },
        world.judge("moved") { $0.decreeDate = known("2019-01-02") },
        world.judge("relabelled") { $0.kind = "pensiun" },
        world.judge("approved") {
          $0.approvalNo = "7"
          $0.approvalDate = known("2024-05-01")
        },
        world.judge("elsewhere") { $0.regionCode = "91.09" },
      ], today: day("2026-01-01"))
    #expect(changed.filter { [.cleared, .withdrawn].contains($0.kind) }.count >= 5)
    #expect(
      reconciliation.closedBySource(changed)
        == changed.filter { [.cleared, .withdrawn].contains($0.kind) }.count)
    // The same records by other rules: nothing that the source did.
    let off = World(isRuleEnabled: false)
    let ruled = reconciliation.events(
      found: ids.map { off.judge($0) }, today: day("2026-01-01"))
    #expect(ruled.count == 6 && reconciliation.closedBySource(ruled) == 0)
    let moved = reconciliation.events(
      found: ids.map { Self.moved.judge($0) }, today: day("2026-01-01"))
    #expect(moved.count == 6 && reconciliation.closedBySource(moved) == 0)
  }

  @Test func `Of a part of the records only what they themselves say follows, and nothing is closed`() throws
  {
    let world = World()
    var ledger = PaperLedger()
    _ = ledger.pass(["stays", "freed", "spoilt", "gone"].map { world.judge($0) })
    var part = Reconciliation(state: ledger.state, source: "simpeg", alertSince: nil)
    let seen = [
      world.judge("stays") { $0.decreeNo = "9" }, world.judge("new"),
      world.judge("freed") { $0.decreeDate = known("2010-01-04") },
      world.judge("spoilt") { $0.kind = "entah" },
    ]
    for judgement in seen { part.observe(judgement) }
    #expect(
      ledger.write(part.eventsOfPart).map { String($0.prefix { $0 != ":" }) } == [
        "amended stays", "raised new",
      ])
    #expect(ledger.state.open.map(\.actionID).sorted() == ["freed", "gone", "new", "spoilt", "stays"])
  }

  // MARK: Identity

  /// Two records that are told by one id, in ways in which that may come about.
  static let twins: [(name: String, first: Judgement, second: Judgement)] = {
    func spelled(_ text: String) -> (inout PersonnelAction) -> Void { { $0.spelledID = text } }
    func june(_ act: inout PersonnelAction) { act.decreeDate = known("2024-06-01") }
    return [
      ("equal ids", World().judge("7"), World().judge("7", june)),
      ("padding", World().judge("7"), World().judge("7", spelled(" 7"))),
      ("two paddings", World().judge("7", spelled("7 ")), World().judge("7", spelled(" 7"))),
      ("a quote", World().judge("7", june), World().judge("7", spelled("'7"))),
      ("no id", World().judge("-"), World().judge("-", june)),
      ("an accent in one character or two", World().judge("caf\u{E9}"), World().judge("cafe\u{301}")),
    ]
  }()

  @Test(arguments: twins.indices)
  func `Each of two records with one id has its alert, and neither hides the other`(_ index: Int) {
    let (_, first, second) = Self.twins[index]
    for (a, b) in [(first, second), (second, first)] {
      var ledger = PaperLedger()
      #expect(ledger.pass([a, b]).filter { $0.hasPrefix("raised") }.count == 2)
      #expect(ledger.pass([b, a]) == [])
      #expect(ledger.state.open.count == 2)
      #expect(ledger.reread == ledger.state)
      // One goes outside: the other keeps its alert, whatever is found under the id.
      let gone = b.action
      let moved = World().judge(gone.actionID) {
        $0 = gone
        $0.decreeDate = known("2010-01-04")
      }
      let told = ledger.pass([a], found: [a, moved])
      #expect(
        ledger.state.open.count == 1
          && told.contains { $0.hasPrefix("cleared") || $0.hasPrefix("withdrawn") }, "\(told)")
      #expect(ledger.pass([a], found: [a, moved]) == [])
      // It comes back, and later the first is deleted.
      _ = ledger.pass([a, b])
      #expect(ledger.state.open.count == 2)
      _ = ledger.pass([b], found: [b])
      #expect(ledger.state.open.count == 1)
      #expect(ledger.pass([b], found: [b]) == [])
    }
  }

  @Test func `A record that was alerted alone keeps its alert when one with its id comes`() {
    for id in [nil, " 7"] as [String?] {
      var ledger = PaperLedger()
      let old = World().judge("7") { $0.spelledID = id }
      _ = ledger.pass([old])
      let before = ledger.state.open.map(\.alertID)
      #expect(
        before == [AlertID(source: "simpeg", actionID: "7", rule: "pasal-71-2", election: "pilkada-2024")])
      let other = World().judge("7") { $0.decreeDate = known("2024-06-01") }
      #expect(ledger.pass([other, old]).filter { !$0.hasPrefix("data_quality") } == ["raised 7: new"])
      #expect(ledger.state.open.count == 2)
    }
  }

  @Test func `What the look-up judges inside stays open, though the scan passed over it`() {
    var ledger = PaperLedger()
    _ = ledger.pass([World().judge("x"), World().judge("y")])
    #expect(ledger.pass([], found: [World().judge("x"), World().judge("y")]) == [])
    #expect(
      ledger.pass([], found: [World().judge("x"), World().judge("y") { $0.decreeNo = "9" }])
        == ["amended y: record changed: decree_no - -> 9"])
    #expect(ledger.state.open.count == 2)
    #expect(ledger.reread == ledger.state)
  }

  @Test func `An act that may be back-dated is told once, and closes nothing`() {
    var ledger = PaperLedger()
    let late = World().judge("late") {
      $0.decreeDate = known("2024-03-20")
      $0.recordedOn = day("2024-05-01")
    }
    #expect(late.outcome == .outside)
    #expect(ledger.pass([late]) == ["data_quality -: 0 unjudgeable, 1 possible_backdating (late)"])
    #expect(ledger.pass([late]) == [])
    #expect(ledger.pass([]) == ["data_quality -: 0 unjudgeable"])
  }

  // MARK: Acceptance

  @Test func `An acceptance names what it accepts, and holds until a pass is evaluated`() {
    var ledger = PaperLedger()
    _ = ledger.write(Reconciliation.blind(ledger.state, cause: "half is gone"))
    let refusal = Text("separuh hilang", "half is gone")
    #expect(!ledger.state.accepts(refusal))
    let told = ledger.write([
      .accepting(Acceptance(author: "Kabid", reason: "arsip dipindah", accepts: "half is gone"))
    ])
    #expect(told == ["accepted -: by Kabid: arsip dipindah; accepts: half is gone"])
    #expect(ledger.state.accepts(refusal) && !ledger.state.accepts(Text("semua hilang", "all is gone")))
    #expect(ledger.reread == ledger.state)
    _ = ledger.pass([])
    #expect(!ledger.state.accepts(refusal))
    #expect(ledger.reread == ledger.state)
    // What was accepted before a new blindness is not what is refused now.
    _ = ledger.write([.accepting(Acceptance(author: "a", reason: "b", accepts: "half is gone"))])
    _ = ledger.write(Reconciliation.blind(ledger.state, cause: "half is gone"))
    #expect(!ledger.state.accepts(refusal))
  }

  // MARK: Acknowledgements

  /// Days around the last day of an acknowledgement (10 May), and what a pass on each says.
  @Test(arguments: [
    ("2026-05-01", []), ("2026-05-06", []), ("2026-05-07", ["acknowledgement_expiring"]),
    ("2026-05-10", ["acknowledgement_expiring"]), ("2026-05-11", ["acknowledgement_expired"]),
    ("2027-01-01", ["acknowledgement_expired"]),
  ])
  func `An acknowledgement's end is announced before it comes`(_ today: String, _ events: [String]) {
    var ledger = acknowledged()
    let told = ledger.pass([World().judge("x")], today: day(today)).map { String($0.prefix { $0 != " " }) }
    #expect(told == events)
    #expect(ledger.pass([World().judge("x")], today: day(today)) == [])
    #expect(ledger.state.open.count == 1)
    #expect(ledger.reread == ledger.state)
  }

  @Test func `An announced acknowledgement still ends, and a wall clock set back does not announce again`() {
    var ledger = acknowledged()
    #expect(ledger.pass([World().judge("x")], today: day("2026-05-09")).count == 1)
    #expect(ledger.pass([World().judge("x")], today: day("2026-05-08")) == [])
    #expect(
      ledger.pass([World().judge("x")], today: day("2026-05-11")) == [
        "acknowledgement_expired x: acknowledged until 2026-05-10"
      ])
    #expect(ledger.state.alerts.values.first?.acknowledgement == nil)
  }

  @Test func `An acknowledgement that a clock ahead of time ended holds again when the clock is set right`() {
    var ledger = acknowledged()
    _ = ledger.pass([World().judge("x")], today: day("2026-05-11"))
    #expect(ledger.pass([World().judge("x")], today: day("2026-05-12")) == [])
    #expect(
      ledger.pass([World().judge("x")], today: day("2026-05-01")) == [
        "acknowledged x: holds again, the clock was set back: by Inspektur until 2026-05-10"
      ])
    #expect(ledger.state.alerts.values.first?.acknowledgement?.legalBasis == "SE 1575")
    #expect(ledger.reread == ledger.state)
    #expect(ledger.pass([World().judge("x")], today: day("2026-05-01")) == [])
    // It ends again in its time; and what changed meanwhile was never acknowledged.
    _ = ledger.pass([World().judge("x")], today: day("2026-05-11"))
    #expect(ledger.pass([World().judge("x") { $0.decreeNo = "9" }], today: day("2026-05-11")).count == 1)
    #expect(ledger.pass([World().judge("x") { $0.decreeNo = "9" }], today: day("2026-05-01")) == [])
  }

  @Test func `What changes is no longer what was acknowledged`() {
    var ledger = acknowledged()
    #expect(ledger.pass([World().judge("x") { $0.decreeNo = "9" }]).count == 1)
    #expect(ledger.state.alerts.values.first?.acknowledgement == nil)
    #expect(ledger.reread == ledger.state)
  }

  private func acknowledged() -> PaperLedger {
    var ledger = PaperLedger()
    _ = ledger.pass([World().judge("x")])
    for alert in ledger.state.open {
      let told = ledger.write([
        .acknowledging(
          alert,
          Acknowledgement(
            author: "Inspektur", reason: "surat masuk", legalBasis: "SE 1575", until: day("2026-05-10")))
      ])
      #expect(told == ["acknowledged x: by Inspektur until 2026-05-10"])
    }
    #expect(ledger.state.alerts.values.first?.acknowledgement?.author == "Inspektur")
    return ledger
  }
}
