import AuditBase
import AlertLedger
import FreezeRules

/// One source as the daemon sees it: when its next pass is due, and how far the pass under way has come.
///
/// Pure: what happened comes in, with the time; what is to be done goes out as effects, which the daemon carries out in their
/// order. An effect that fails is answered with ``Input/failed(_:)``, and those after it are dropped.
struct SourceState: Sendable {
  /// Where the pass under way stands.
  enum Phase: Sendable, Equatable {
    /// None is under way.
    case waiting
    /// Its turn came; the ledger is asked whether this daemon may write.
    case opening(named: [String]?)
    /// Records are read and judged; `id` is `nil` until the scan has begun.
    case scanning(id: Int?, isPartial: Bool)
    /// The scan is over; what follows from it is written.
    case settling(Scanned)
  }

  private(set) var phase = Phase.waiting
  private(set) var schedule: PassSchedule
  private(set) var turn = FairQueue.Turn()
  /// The day whose knowledge judges.
  private(set) var knownOn: CivilDate?
  private let interval: Int
  private let zone: Zone
  /// Seconds in which no daemon evaluated it, before this one began: to be said with the first pass.
  private var gap: Int?
  /// Since when another daemon holds the lease.
  private var standbySince: Duration?
  /// The local date when the last full pass began: one that runs over midnight is followed by one of the new day.
  private var startedOn: CivilDate?
  /// The last pass failed for what the next second may have mended, and nobody was told.
  private var isRepeated = false
  /// Whether the role can write to the source was asked, once a start.
  private var didCheckPrivileges = false
  /// A full pass was evaluated by the configuration in use.
  private var isKnown = false
  /// Records the source says were changed, to be read before the pass that follows.
  private var named: [String] = []
  /// How long passes that the source asks for have to wait.
  private var rest = Rest()
  private var beganAt: Duration?

  /// - Parameters:
  ///   - interval: seconds between passes.
  ///   - zone: of the source's dates.
  init(interval: Int, zone: Zone) {
    self.interval = interval
    self.zone = zone
    schedule = PassSchedule(interval: .seconds(interval))
  }

  /// Whether this scan is the one under way.
  func isScanning(_ id: Int) -> Bool {
    if case .scanning(id, _) = phase { true } else { false }
  }

  /// Whether a scan should begin.
  func isDue(_ now: Now) -> Bool {
    !turn.isRunning && phase == .waiting
      && (!named.isEmpty && now.sinceBoot >= rest.partial
        || schedule.isDue(now: now.sinceBoot, today: now.today))
  }
}

// MARK: The course of a pass

extension SourceState.Failure {
  /// The scan is no longer the one that counts, or the ledger another one: it begins anew.
  static let over = SourceState.Failure(
    kind: .leaseLost,
    message: Text(
      "pemeriksaan diulang: arsip peringatan berganti", "the pass is repeated: the ledger changed hands"),
    isPassing: true)
}

extension SourceState {
  /// Takes in what happened.
  /// - Returns: what is to be done, in order.
  mutating func receive(_ input: Input, now: Now) -> [Effect] {
    switch (input, phase) {
    case (.asked, _): schedule.ask()
    case (.changed(let change), _): hear(change, now)
    case (.turn, .waiting): return begin(now)
    case (.ledgerOpened(let generation, let health), .opening(let named)):
      return scan(named, health, generation, now)
    case (.ledgerHeld(let health), .opening): return standBy(health, now)
    case (.scanBegan(let id), .scanning(_, let isPartial)):
      phase = .scanning(id: id, isPartial: isPartial)
      turn.begin(now: now.sinceBoot)
      beganAt = now.sinceBoot
    case (.placeNeeded, .scanning):
      turn.giveUp()
      return [.interruptScan]
    case (.scanned(let scanned), .scanning(let id, _)) where scanned.id == id: return settle(scanned, now)
    case (.ledgerOpened(let generation, _), .settling(let scanned)):
      return write(scanned, generation, now)
    case (.ledgerHeld, .settling): end(isEvaluated: true, now)
    case (.appended, .settling(let scanned)):
      if scanned.isPartial { return [.emit, .confirm] }
      gap = nil
      return [.emit, .complete, .warnOfPrivileges, .confirm]
    case (.written, .settling(let scanned)): written(scanned, now)
    case (.failed(let failure), .opening), (.failed(let failure), .scanning(nil, _)):
      return giveUp(failure, [], now)
    case (.failed(let failure), .settling):
      return failure.kind == .leaseLost
        ? stop([.closeLedger], isEvaluated: true, now) : giveUp(failure, [.closeLedger], now)
    default: break
    }
    return []
  }

  /// Records it names are read at once, and all of them some seconds later: so an alert comes within milliseconds, without
  /// a pass over everything for each change, and nothing rests on what was said.
  ///
  /// Whoever may connect can say so, as often as he likes: passes that follow from it take a tenth of the time at most.
  private mutating func hear(_ change: Listener.Change, _ now: Now) {
    switch change {
    case .named(let ids) where isKnown && named.count + ids.count <= Listener.Change.most:
      named += ids
      schedule.ask(by: max(rest.full, now.sinceBoot + .seconds(5)))
    case .named, .somewhere: schedule.ask(by: max(rest.full, now.sinceBoot))
    }
  }

  private mutating func begin(_ now: Now) -> [Effect] {
    turn.pass(now: now.sinceBoot)
    // Where a full pass is due it reads the named records as well.
    let isFull = named.isEmpty || schedule.isDue(now: now.sinceBoot, today: now.today)
    phase = .opening(named: isFull ? nil : named)
    named = []
    if isFull {
      startedOn = now.today
      schedule.started()
    }
    return [.openLedger(wantsHealth: knownOn == nil)]
  }

  private mutating func scan(
    _ named: [String]?, _ health: LedgerStore.Health?, _ generation: Int, _ now: Now
  ) -> [Effect] {
    standbySince = nil
    let day = learn(health, now.today)
    phase = .scanning(id: nil, isPartial: named != nil)
    let order = Effect.scan(
      Order(knownOn: day, today: now.today, named: named, checksPrivileges: !didCheckPrivileges))
    // Of a daemon before this one: it did not live to see the end of its reading.
    return (health?.readingSince).map { [.sayBlind(Self.diedWhileReading($0)), order] } ?? [order]
  }

  /// Takes today for the day whose knowledge judges, unless the wall clock was set back: what was known is not forgotten.
  /// - Parameter health: how the passes of any daemon came out, for the first pass of this one.
  private mutating func learn(_ health: LedgerStore.Health?, _ today: CivilDate) -> CivilDate {
    let last = health?.lastGood.flatMap(zone.date(atSecondsSince2000:))
    let before = [knownOn, last, health?.knownOn].compactMap(\.self).max()
    if let seconds = health?.secondsSinceGood, seconds > 2 * interval + 60 { gap = Int(seconds) }
    let day = max(before ?? today, today)
    knownOn = day
    return day
  }

  /// Another daemon holds the lease: it is asked for again at its own rhythm, and once it is ours everything is read at once.
  private mutating func standBy(_ health: LedgerStore.Health?, _ now: Now) -> [Effect] {
    let since = standbySince ?? now.sinceBoot
    standbySince = since
    end(isEvaluated: true, now)
    // Two regions with one ledger, say: then nobody reads this source, and both would be content.
    return Self.isNeglected(health, standbyFor: now.sinceBoot - since, interval: interval)
      ? [.sayStandby, .sayBlind(Self.neglected)] : [.sayStandby]
  }

  private mutating func settle(_ scanned: Scanned, _ now: Now) -> [Effect] {
    let isFailed = if case .failure = scanned.result { true } else { false }
    let gaveUp = turn.isGivingUp
    turn.end(now: now.sinceBoot, isFailed: isFailed)
    if let beganAt { rest.after(now.sinceBoot - beganAt, isPartial: scanned.isPartial, now: now.sinceBoot) }
    // A partial pass is followed by a full one, which says what is wrong.
    if isFailed, !scanned.isStuck, gaveUp || scanned.isPartial {
      phase = .waiting
      schedule.ask()
      return []
    }
    phase = .settling(scanned)
    return [.openLedger(wantsHealth: false)]
  }

  /// A process that was frozen, or a slow scan, may come back after the ledger changed hands: then what it was compared with
  /// is out of date, and even "nothing changed" is not for this daemon to say.
  private mutating func write(_ scanned: Scanned, _ generation: Int, _ now: Now) -> [Effect] {
    guard generation == scanned.generation else {
      phase = .waiting
      schedule.ask()
      return []
    }
    switch scanned.result {
    case .success: return [.append(gap: scanned.isPartial ? nil : gap)]
    case .failure(let failure): return giveUp(failure, [], now)
    }
  }

  private mutating func written(_ scanned: Scanned, _ now: Now) {
    guard !scanned.isPartial else {
      phase = .waiting
      // Named was what is not there, or not by that name.
      if case .success(0) = scanned.result { schedule.ask(by: max(rest.full, now.sinceBoot)) }
      return
    }
    isKnown = true
    isRepeated = false
    didCheckPrivileges = true
    end(isEvaluated: true, now)
  }

  /// The pass is not evaluated. Where a session had ended or the server was just restarting nobody is told before it was tried
  /// once more.
  private mutating func giveUp(_ failure: Failure, _ effects: [Effect], _ now: Now) -> [Effect] {
    if failure.kind == .stopping { return [] }
    if failure.isPassing, !isRepeated {
      isRepeated = true
      return stop(effects, isEvaluated: false, now)
    }
    return stop(effects + [.sayBlind(failure.message)], isEvaluated: false, now)
  }

  private mutating func stop(_ effects: [Effect], isEvaluated: Bool, _ now: Now) -> [Effect] {
    end(isEvaluated: isEvaluated, now)
    return effects
  }

  private mutating func end(isEvaluated: Bool, _ now: Now) {
    phase = .waiting
    schedule.completed(
      now: now.sinceBoot, today: startedOn ?? now.today, isEvaluated: isEvaluated)
  }
}

// MARK: Reload and standby

extension SourceState {
  /// The same source by another configuration: what a pass learned of the records no longer holds.
  func reloaded(interval: Int, zone: Zone) -> SourceState {
    var new = SourceState(interval: interval, zone: zone)
    new.phase = phase
    new.turn = turn
    new.knownOn = knownOn
    new.standbySince = standbySince
    new.rest = rest
    return new
  }

  /// Whether the daemon that holds the lease leaves a source unread, as far as can be told after so long a standby.
  static func isNeglected(_ health: LedgerStore.Health?, standbyFor time: Duration, interval: Int) -> Bool {
    let patience = max(600, 3 * interval)
    return time > .seconds(patience) && health?.state != "blind"
      && (health?.secondsSinceGood ?? .max) > patience
  }

  private static func diedWhileReading(_ since: String) -> Text {
    Text(
      "auditor mati saat membaca sumber ini (mulai \(since)): mungkin dihentikan atau kehabisan memori; lihat journalctl -u freeze-auditor. Sumber dibaca ulang sekarang",
      "the auditor died while it read this source (begun \(since)): it may have been killed or have run out of memory; see journalctl -u freeze-auditor. The source is read anew now"
    )
  }

  private static let neglected = Text(
    "layanan lain menulis arsip peringatan, tetapi tidak memeriksa sumber ini; satu arsip peringatan hanya untuk satu layanan (atau cadangannya)",
    "another daemon holds the lease of the ledger but does not read this source; a ledger is for one daemon (or its standby)"
  )
}
