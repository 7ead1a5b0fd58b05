import AuditBase
import AlertLedger
import FreezeRules
import Testing

@testable import AuditService

/// One source of the daemon, without a server: inputs in, effects out, time is an argument.
@Suite struct SourceStateTests {
  private static let monday = CivilDate(iso: "2026-03-02") ?? .min
  private static let tuesday = CivilDate(iso: "2026-03-03") ?? .min

  private static func failure(
    _ kind: SourceState.Failure.Kind = .other, _ words: String = "gone", isPassing: Bool = false
  ) -> SourceState.Failure {
    SourceState.Failure(kind: kind, message: Text(words, words), isPassing: isPassing)
  }

  private static func scanned(
    _ id: Int = 7, _ result: Result<Int, SourceState.Failure> = .success(30), isPartial: Bool = false,
    generation: Int = 1, isStuck: Bool = false
  ) -> SourceState.Scanned {
    SourceState.Scanned(
      id: id, isPartial: isPartial, generation: generation, isStuck: isStuck, result: result)
  }

  /// What was done, in a word each.
  private static func name(_ effect: SourceState.Effect) -> String {
    switch effect {
    case .openLedger(let wantsHealth): wantsHealth ? "open+health" : "open"
    case .scan(let order):
      (["scan", "\(order.knownOn)"] + (order.named ?? [])
        + (order.checksPrivileges ? ["privileges"] : [])).joined(separator: " ")
    case .interruptScan: "interrupt"
    case .append(let gap): "append" + (gap.map { " gap \($0)" } ?? "")
    case .emit: "emit"
    case .complete: "complete"
    case .warnOfPrivileges: "warn"
    case .confirm: "confirm"
    case .sayBlind(let cause): "blind: \(cause.english.prefix(20))"
    case .sayStandby: "standby"
    case .closeLedger: "close"
    }
  }

  /// A source with its clock.
  private struct Watched {
    var state = SourceState(interval: 300, zone: .wib)
    var now = SourceState.Now(sinceBoot: .seconds(100), today: SourceStateTests.monday)

    mutating func tell(_ inputs: SourceState.Input...) -> [String] {
      inputs.flatMap { state.receive($0, now: now).map(SourceStateTests.name) }
    }

    mutating func later(_ seconds: Int, _ today: CivilDate? = nil) {
      now.sinceBoot += .seconds(seconds)
      now.today = today ?? now.today
    }

    var isDue: Bool { state.isDue(now) }

    /// A whole pass that is evaluated.
    mutating func pass() {
      _ = tell(.turn, .ledgerOpened(generation: 1, health: nil), .scanBegan(id: 7))
      _ = tell(
        .scanned(SourceStateTests.scanned()), .ledgerOpened(generation: 1, health: nil), .appended, .written)
    }

    /// As far as the end of a scan.
    mutating func scan(named: Bool = false) {
      _ = tell(.turn, .ledgerOpened(generation: 1, health: nil), .scanBegan(id: 7))
    }
  }

  @Test func `A pass from its turn to its end`() {
    var source = Watched()
    #expect(source.isDue)
    #expect(source.tell(.turn) == ["open+health"])
    #expect(!source.isDue)
    #expect(
      source.tell(.ledgerOpened(generation: 1, health: nil)) == ["scan 2026-03-02 privileges"])
    #expect(source.tell(.scanBegan(id: 7)) == [])
    #expect(source.tell(.scanned(Self.scanned())) == ["open"])
    #expect(source.tell(.ledgerOpened(generation: 1, health: nil)) == ["append"])
    #expect(source.tell(.appended) == ["emit", "complete", "warn", "confirm"])
    #expect(source.tell(.written) == [])
    #expect(source.state.phase == .waiting && !source.isDue)
    source.later(300)
    #expect(source.isDue)
    // Privileges are asked for once, the health once, the day stays known.
    #expect(source.tell(.turn, .ledgerOpened(generation: 1, health: nil)) == ["open", "scan 2026-03-02"])
  }

  /// A scan that ends in some way, and what follows from it; then whether the next pass is due at once.
  struct End: Sendable, CustomTestStringConvertible {
    let name: String
    let scanned: SourceState.Scanned
    var then: [SourceState.Input] = [.ledgerOpened(generation: 1, health: nil)]
    let effects: [String]
    var isDueAtOnce = false
    /// Seconds until the next pass, where it is not due at once.
    var next = 300
    var testDescription: String { name }
  }

  static let ends: [End] = [
    End(
      name: "the source is away", scanned: scanned(7, .failure(failure())), effects: ["open", "blind: gone"],
      next: 1),
    End(
      name: "a session ended: tried once more before anybody is told",
      scanned: scanned(7, .failure(failure(isPassing: true))), effects: ["open"], next: 1),
    End(
      name: "the ledger was read anew meanwhile", scanned: scanned(),
      then: [.ledgerOpened(generation: 2, health: nil)], effects: ["open"], isDueAtOnce: true),
    End(
      name: "a failure compared with an old ledger is not said", scanned: scanned(7, .failure(failure())),
      then: [.ledgerOpened(generation: 2, health: nil)], effects: ["open"], isDueAtOnce: true),
    End(
      name: "another daemon writes now", scanned: scanned(), then: [.ledgerHeld(health: nil)],
      effects: ["open"]),
    End(
      name: "the ledger is away", scanned: scanned(), then: [.failed(failure(.other, "ledger"))],
      effects: ["open", "close", "blind: ledger"], next: 1),
    End(
      name: "the ledger is lost while it is written", scanned: scanned(),
      then: [.ledgerOpened(generation: 1, health: nil), .appended, .failed(failure(.other, "ledger"))],
      effects: [
        "open", "append", "emit", "complete", "warn", "confirm", "close", "blind: ledger",
      ], next: 1),
    End(
      name: "the lease is lost while it is written", scanned: scanned(),
      then: [.ledgerOpened(generation: 1, health: nil), .failed(failure(.leaseLost))],
      effects: ["open", "append", "close"]),
    End(
      name: "a scan of another pass is nobody's", scanned: scanned(6), then: [], effects: [],
      next: 0),
    End(
      name: "a scan that stood still is blind", scanned: scanned(7, .failure(failure()), isStuck: true),
      effects: ["open", "blind: gone"], next: 1),
  ]

  @Test(arguments: ends)
  func `How a scan ends decides what is done`(_ end: End) {
    var source = Watched()
    source.scan()
    var effects = source.tell(.scanned(end.scanned))
    for input in end.then { effects += source.tell(input) }
    #expect(effects == end.effects)
    if end.next == 0 {
      #expect(source.state.phase == .scanning(id: 7, isPartial: false))
      return
    }
    #expect(source.state.phase == .waiting)
    #expect(source.isDue == end.isDueAtOnce)
    if !end.isDueAtOnce {
      source.later(end.next - 1)
      #expect(!source.isDue || end.next == 1)
      source.later(1)
      #expect(source.isDue)
    }
  }

  @Test func `Told to stop, nothing follows any more`() {
    var source = Watched()
    source.scan()
    #expect(source.tell(.scanned(Self.scanned())) == ["open"])
    #expect(source.tell(.failed(Self.failure(.stopping))) == [])
    source = Watched()
    #expect(source.tell(.turn, .failed(Self.failure(.stopping))) == ["open+health"])
  }

  @Test func `What may pass is blindness the second time, and may pass again once a pass was good`() {
    let passing = SourceState.Input.scanned(Self.scanned(7, .failure(Self.failure(isPassing: true))))
    var source = Watched()
    for round in 0..<2 {
      source.scan()
      #expect(source.tell(passing, .ledgerOpened(generation: 1, health: nil)) == ["open"], "\(round)")
      source.later(1)
      source.scan()
      #expect(
        source.tell(passing, .ledgerOpened(generation: 1, health: nil)) == ["open", "blind: gone"], "\(round)"
      )
      source.later(60)
      source.pass()
      source.later(300)
    }
  }

  // MARK: What the source says

  @Test func `Records it names are a partial pass at once and a full one seconds later`() {
    var source = Watched()
    // Before the first full pass nothing is known that a part could be compared with.
    #expect(source.tell(.changed(.named(["a"]))) == [])
    #expect(
      source.tell(.turn, .ledgerOpened(generation: 1, health: nil)).last == "scan 2026-03-02 privileges")
    source = Watched()
    source.pass()
    #expect(source.tell(.changed(.named(["a", "b"]))) == [])
    #expect(source.isDue)
    #expect(source.tell(.turn, .ledgerOpened(generation: 1, health: nil)) == ["open", "scan 2026-03-02 a b"])
    #expect(source.tell(.scanBegan(id: 8)) == [])
    #expect(source.tell(.scanned(Self.scanned(8, .success(2), isPartial: true))) == ["open"])
    #expect(
      source.tell(.ledgerOpened(generation: 1, health: nil), .appended, .written) == [
        "append", "emit", "confirm",
      ])
    #expect(!source.isDue)
    source.later(5)
    #expect(source.isDue)
    #expect(source.tell(.turn, .ledgerOpened(generation: 1, health: nil)) == ["open", "scan 2026-03-02"])
  }

  @Test func `A partial pass that finds nothing, or fails, is followed by a full one at once`() {
    for result: Result<Int, SourceState.Failure> in [.success(0), .failure(Self.failure())] {
      var source = Watched()
      source.pass()
      _ = source.tell(.changed(.named(["a"])))
      source.scan()
      _ = source.tell(
        .scanned(Self.scanned(7, result, isPartial: true)), .ledgerOpened(generation: 1, health: nil),
        .appended, .written)
      #expect(source.state.phase == .waiting && source.isDue)
      #expect(source.tell(.turn, .ledgerOpened(generation: 1, health: nil)) == ["open", "scan 2026-03-02"])
    }
  }

  @Test func `More names than are worth looking up, or none, ask for a full pass`() {
    for change in [
      Listener.Change.somewhere, .named((0...Listener.Change.most).map { "\($0)" }),
    ] {
      var source = Watched()
      source.pass()
      _ = source.tell(.changed(change))
      #expect(source.tell(.turn, .ledgerOpened(generation: 1, health: nil)) == ["open", "scan 2026-03-02"])
    }
  }

  @Test func `What is asked for while a pass runs is answered by the next one`() {
    var source = Watched()
    source.scan()
    _ = source.tell(.asked)
    #expect(!source.isDue)
    _ = source.tell(
      .scanned(Self.scanned()), .ledgerOpened(generation: 1, health: nil), .appended, .written)
    #expect(source.isDue)
  }

  // MARK: Places, standby, clocks

  @Test func `A scan that gives its place up begins anew when it is its turn, and nobody is told`() {
    var source = Watched()
    source.scan()
    source.later(6)
    #expect(source.tell(.placeNeeded) == ["interrupt"])
    #expect(source.tell(.scanned(Self.scanned(7, .failure(Self.failure(.stopping))))) == [])
    #expect(source.isDue && source.state.turn.isSlow(now: source.now.sinceBoot))
  }

  @Test func `Standby is said, and a lease holder that reads nothing is told after some time`() {
    var source = Watched()
    #expect(source.tell(.turn, .ledgerHeld(health: nil)) == ["open+health", "standby"])
    #expect(!source.isDue)
    source.later(901)
    #expect(
      source.tell(.turn, .ledgerHeld(health: nil)) == [
        "open+health", "standby", "blind: another daemon holds",
      ])
    source.later(901)
    // Ours again: everything is read, and the time of standby begins anew.
    source.pass()
    source.later(300)
    #expect(source.tell(.turn, .ledgerHeld(health: nil)) == ["open", "standby"])
  }

  /// The last good pass on a day, the clock of the machine on another, and the day that judges.
  @Test(arguments: [
    ("2026-03-01", "2026-03-02", "2026-03-02"), ("2026-03-03", "2026-03-02", "2026-03-03"),
    ("2026-03-04", "2026-03-02", "2026-03-04"), ("2026-03-05", "2026-03-02", "2026-03-05"),
    ("2026-03-02", "1970-01-01", "2026-03-02"),
  ])
  func `What was known is not forgotten for a clock that was set back`(
    _ last: String, _ today: String, _ day: String
  ) {
    var source = Watched()
    source.now.today = CivilDate(iso: today) ?? .min
    var health = LedgerStore.Health(state: "evaluated")
    let epoch = CivilDate(iso: "2000-01-01") ?? .min
    health.lastGood = epoch.days(until: CivilDate(iso: last) ?? .min) * 86_400
    _ = source.tell(.turn)
    #expect(source.tell(.ledgerOpened(generation: 1, health: health)) == ["scan \(day) privileges"])
  }

  @Test func `What was known survives, whatever a later pass of another daemon said`() {
    var source = Watched()
    var health = LedgerStore.Health(state: "evaluated")
    health.viewSignature = "action_id:25,=known_on:2027-01-09"
    _ = source.tell(.turn)
    #expect(
      source.tell(.ledgerOpened(generation: 1, health: health)) == ["scan 2027-01-09 privileges"])
  }

  @Test func `The mark of a reading that nobody lived to end is said before the source is read anew`() {
    var source = Watched()
    var health = LedgerStore.Health(state: "evaluated")
    health.viewSignature = "action_id:25,=reading:2026-03-01T10:00:00Z"
    _ = source.tell(.turn)
    #expect(
      source.tell(.ledgerOpened(generation: 1, health: health)) == [
        "blind: the auditor died whi", "scan 2026-03-02 privileges",
      ])
  }

  @Test func `Passes that the source asks for take a tenth of the time at most`() {
    var source = Watched()
    source.pass()
    // A full pass of 2 s; whoever may connect asks for more.
    source.later(300)
    source.scan()
    source.later(2)
    _ = source.tell(
      .scanned(Self.scanned()), .ledgerOpened(generation: 1, health: nil), .appended, .written)
    for _ in 0..<19 {
      _ = source.tell(.changed(.somewhere))
      #expect(!source.isDue)
      source.later(1)
    }
    source.later(1)
    #expect(source.isDue)
    _ = source.tell(.changed(.somewhere))
    source.scan()
    _ = source.tell(
      .scanned(Self.scanned()), .ledgerOpened(generation: 1, health: nil), .appended, .written)
    // A person's changes come in bursts, and are looked at at once; who goes on for ever waits.
    var looks = 0
    for _ in 0..<60 {
      _ = source.tell(.changed(.named(["x"])))
      if source.isDue {
        source.scan()
        source.later(1)
        let scanned = Self.scanned(7, isPartial: source.state.phase == .scanning(id: 7, isPartial: true))
        _ = source.tell(.scanned(scanned), .ledgerOpened(generation: 1, health: nil), .appended, .written)
        looks += 1
      } else {
        source.later(1)
      }
    }
    #expect((8...24).contains(looks), "\(looks)")
  }

  @Test func `A time without any pass is told with the first one, once`() {
    var source = Watched()
    var health = LedgerStore.Health(state: "evaluated")
    health.secondsSinceGood = 7200
    _ = source.tell(.turn, .ledgerOpened(generation: 1, health: health), .scanBegan(id: 7))
    _ = source.tell(.scanned(Self.scanned()))
    #expect(source.tell(.ledgerOpened(generation: 1, health: nil)) == ["append gap 7200"])
    // Appended, but the log does not take it: it stands in the ledger, and is not told again.
    _ = source.tell(.appended, .failed(Self.failure()))
    source.later(60)
    source.scan()
    _ = source.tell(.scanned(Self.scanned()))
    #expect(source.tell(.ledgerOpened(generation: 1, health: nil)) == ["append"])
  }

  @Test func `A pass that runs over midnight is followed by one of the new day`() {
    var source = Watched()
    source.scan()
    source.later(30, Self.tuesday)
    _ = source.tell(
      .scanned(Self.scanned()), .ledgerOpened(generation: 1, health: nil), .appended, .written)
    #expect(source.isDue)
    #expect(source.tell(.turn, .ledgerOpened(generation: 1, health: nil)) == ["open", "scan 2026-03-03"])
  }

  // MARK: Reload

  @Test func `A scan that was under way at a reload is compared with the old ledger and read again`() {
    var source = Watched()
    source.scan()
    source.state = source.state.reloaded(interval: 60, zone: .wit)
    #expect(!source.isDue)
    #expect(source.tell(.scanned(Self.scanned()), .ledgerOpened(generation: 2, health: nil)) == ["open"])
    #expect(source.isDue)
  }
}
