import FreezeRules

/// Alerts that end all at once say more of the source than of the acts.
extension Reconciliation {
  /// How many records lose their alert by these events, for a cause that lies in the source: gone, changed, no longer to be
  /// judged, approved. What the rules, the calendar or the configuration of the auditor close is no loss.
  package func closedBySource(_ events: [EventDraft]) -> Int {
    let closed = events.filter { event in
      switch event.kind {
      case .withdrawn: return true
      case .cleared:
        if case .approved = event.reason { return true }
        return event.judgement.map { Finding.factsDigest($0.action) } != event.previous?.factsDigest
      default: return false
      }
    }
    return Set(closed.compactMap { $0.previous?.actionID }).count
  }

  /// Whether so many alerts are closed at once that the source, not the acts, must have changed.
  ///
  /// One record alone is an ordinary deletion however few there are; from two on, `maximumLoss` per cent of the records
  /// with open alerts.
  package func isLossSuspicious(gone: Int, maximumLoss: Int) -> Bool {
    gone > 0 && (gone > 1 || maximumLoss == 0) && gone * 100 > maximumLoss * state.alerts.openRecords
  }
}
