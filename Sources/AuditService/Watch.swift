import AlertLedger
import FreezeRules
import HRRecords

/// One source as the daemon sees it.
struct Watch {
  let source: SourceSettings
  var schedule: PassSchedule
  var turn = Rota.Turn()
  /// The reading under way, by the board's number.
  var readingID: Int?
  /// The day whose knowledge judges.
  private(set) var knownOn: CivilDate?
  /// Seconds in which no daemon evaluated it, before this one began: to be said with the first pass.
  var gap: Int?
  /// Since when another daemon holds the lease.
  var standbySince: Duration?
  /// The local date when the last pass began: one that runs over midnight is followed by one of the new day.
  var startedOn: CivilDate?
  /// A person reloaded: the next pass accepts a changed view and a large loss.
  var acceptsChange = false
  /// Its last reading was refused for what a person can accept by a reload: a changed view, a large loss.
  var awaitsAcceptance = false
  /// A session ended under the last pass, or a server was just restarting: this one is its repetition, and no other follows.
  private(set) var isRepeated = false
  /// Whether the role can write to the source was asked, once a start.
  var didCheckPrivileges = false
  var listener: Listener?
  /// Records the source says were changed, to be read before the pass that follows.
  var named: [String] = []
  /// The session of the last pass, kept where the source can wake us.
  let kept = KeptSession()
  /// What the last pass made of the records.
  var memory: PassMemory?

  init(_ source: SourceSettings, interval: Duration) {
    self.source = source
    schedule = PassSchedule(interval: interval)
  }

  var today: CivilDate { Today.date(in: source.zone) }

  /// Takes today for the day whose knowledge judges, unless the wall clock was set back a day or two: what was known is not
  /// forgotten for that. A larger step back is a correction.
  /// - Parameter health: how the passes of any daemon came out, for the first pass of this one.
  mutating func learn(_ health: LedgerStore.Health?, interval: Int) {
    let today = today
    let before = knownOn ?? health?.lastGood.flatMap(source.zone.date(atSecondsSince2000:))
    if let seconds = health?.secondsSinceGood, seconds > 2 * interval + 60 { gap = Int(seconds) }
    if let before, today < before, today.days(until: before) <= 2 {
      knownOn = before
    } else {
      knownOn = today
    }
  }

  /// The same source with another configuration: what a pass learned of the records no longer holds.
  mutating func succeed(_ old: Watch) {
    knownOn = old.knownOn
    turn = old.turn
    readingID = old.readingID
    standbySince = old.standbySince
    // Only what was refused and said is accepted, not whatever comes next.
    acceptsChange = old.awaitsAcceptance || old.acceptsChange
  }

  /// Whether a failed pass is tried again before anybody is told: once, where the session had ended or the server was just
  /// restarting (a minor update, a pooler, an idle time-out), which the next second may have mended.
  mutating func repeats(after error: any Error) -> Bool {
    let isPassing = (error as? SourceError)?.isPassing ?? (error as? LedgerError)?.isPassing ?? false
    guard isPassing, !isRepeated else { return false }
    isRepeated = true
    return true
  }

  /// A pass was evaluated.
  mutating func succeeded() { isRepeated = false }

  /// Whether the daemon that holds the lease leaves a source unread, as far as can be told after so long a standby.
  static func isNeglected(_ health: LedgerStore.Health?, standbyFor time: Duration, interval: Int) -> Bool {
    let patience = max(600, 3 * interval)
    return time > .seconds(patience) && health?.state != "blind"
      && (health?.secondsSinceGood ?? .max) > patience
  }

  /// Whether a reading should begin.
  func isDue(now: Duration) -> Bool {
    !turn.isRunning && (!named.isEmpty || schedule.due(now: now, today: today) != nil)
  }

  /// Takes in what the source said since the last call.
  ///
  /// Records it names are read at once, and all of them some seconds later: so an alert comes within milliseconds, without
  /// a pass over everything for each change, and nothing rests on what was said.
  mutating func hear(now: Duration) {
    switch listener?.heard() {
    case nil: return
    case .somewhere: schedule.ask(.notification)
    case .named(let ids) where memory != nil && named.count + ids.count <= Listener.Change.most:
      named += ids
      schedule.ask(by: now + .seconds(5))
    case .named: schedule.ask(.notification)
    }
  }

  /// The records to read, where no pass over all of them is due; each is asked for once.
  mutating func takeNamed(now: Duration) -> [String]? {
    defer { named = [] }
    return named.isEmpty || schedule.due(now: now, today: today) != nil ? nil : named
  }
}
