import FreezeRules

/// When the next pass is due. Pure: time comes in as arguments.
///
/// Intervals run on the clock that counts sleep and never jumps; the local date is looked at besides, so that a pass
/// follows midnight, and a wall clock that jumps neither skips nor doubles one.
struct PassSchedule: Sendable {
  /// Time between passes.
  var interval: Duration
  private var dueAt: Duration?
  private var isAsked = true
  /// A pass was asked for by then.
  private var askedBy: Duration?
  private var isRetry = false
  private var lastDate: CivilDate?
  private var failures = 0

  init(interval: Duration) { self.interval = interval }

  /// Asks for a pass now.
  mutating func ask() { isAsked = true }

  /// Asks for a pass at some time, unless one is due before.
  mutating func ask(by time: Duration) { askedBy = min(askedBy ?? time, time) }

  /// Whether a pass is due.
  /// - Parameters:
  ///   - now: since boot, time asleep included.
  ///   - today: the local date.
  func isDue(now: Duration, today: CivilDate) -> Bool {
    if isAsked { return true }
    if let askedBy, now >= askedBy { return true }
    if let dueAt, now >= dueAt { return true }
    // While the source is away the retries follow their own rhythm; midnight adds nothing.
    return lastDate.map { today != $0 } ?? false && !isRetry
  }

  /// How long to wait at most, not counting the tick.
  func wait(now: Duration) -> Duration { max(.zero, min(dueAt ?? now, askedBy ?? .seconds(1 << 40)) - now) }

  /// A pass begins: what was asked for until now is answered by it, what is asked for from here on by the next one.
  mutating func started() {
    isAsked = false
    askedBy = nil
  }

  /// A pass is over, or could not begin.
  mutating func completed(now: Duration, today: CivilDate, isEvaluated: Bool) {
    lastDate = today
    failures = isEvaluated ? 0 : failures + 1
    isRetry = !isEvaluated
    dueAt = now + (isEvaluated ? interval : Self.backOff(failures, interval))
  }

  /// 1, 2, 4 … seconds, at most a minute and at most the interval.
  static func backOff(_ failures: Int, _ interval: Duration) -> Duration {
    min(interval, .seconds(min(60, 1 << min(6, max(0, failures - 1)))))
  }
}

/// How long passes that the source asks for wait, so that they take a tenth of the time at most.
struct Rest: Sendable {
  /// No full pass is begun for a notification before.
  private(set) var full = Duration.zero
  /// No look at named records before; some are free, since a person's changes come in bursts.
  private(set) var partial = Duration.zero

  /// What looks at named records may take before they wait.
  private static let credit = Duration.seconds(10)

  mutating func after(_ took: Duration, isPartial: Bool, now: Duration) {
    if isPartial {
      partial = max(partial, now - Self.credit * 10) + took * 10
    } else {
      full = now + took * 10
    }
  }
}
