import FreezeRules
import HRRecords

/// One source with all that the daemon keeps for it between passes.
struct MonitoredSource {
  let settings: SourceSettings
  var state: SourceState
  var listener: Listener?
  /// The session of the last pass, kept where the source can wake us.
  let kept = KeptSession()
  /// What full passes made of the records.
  let memory = KeptMemory()

  init(_ settings: SourceSettings, state: SourceState) {
    self.settings = settings
    self.state = state
  }

  /// The time of an input.
  func time(_ now: Duration) -> SourceState.Now {
    SourceState.Now(sinceBoot: now, today: Today.date(in: settings.zone))
  }

  func isDue(_ now: Duration) -> Bool { state.isDue(time(now)) }
}
