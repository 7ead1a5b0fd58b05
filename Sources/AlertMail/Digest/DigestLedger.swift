/// What the mail part asks of the ledger. Any error means that it cannot be asked now.
package protocol DigestLedger {
  /// The last event and its hash in hex; 0 and zeros when empty.
  func head() throws -> MailState.Head
  /// Everything up to here was handed to the log.
  func emittedThrough() throws -> Int64
  /// The hash of one event in hex, `nil` when there is no such event.
  func hash(of seq: Int64) throws -> String?
  /// How many events of each kind a range holds.
  func counts(_ range: ClosedRange<Int64>) throws -> [EventCount]
  /// Each event of a range that can be read, in order, with the instant it was written in its fields; none is kept. One that
  /// is in an archive only comes as ``LogEvent/removed(_:)``.
  func forEachEvent(_ range: ClosedRange<Int64>, _ each: (LogEvent) -> Void) throws
  /// What is open.
  /// - Parameter room: how many are told one by one: the latest.
  func open(room: Int) throws -> OpenAlerts
  /// How the sources and the daemon are.
  func health() throws -> WatchHealth
}

/// How many events of one kind.
package struct EventCount: Sendable, Equatable {
  /// `raised`, …
  package let event: String
  /// The outcome, `nil` where it has none.
  package let outcome: String?
  /// How many.
  package let count: Int

  /// So many of a kind.
  package init(event: String, outcome: String?, count: Int) {
    self.event = event
    self.outcome = outcome
    self.count = count
  }
}

/// What is open: all of it counted, the latest one by one.
package struct OpenAlerts: Sendable, Equatable {
  /// The alerts of one outcome, rule and election.
  package struct Count: Sendable, Equatable {
    /// The outcome.
    package var outcome: String
    /// The rule.
    package var rule: String
    /// The election or inauguration.
    package var election: String
    /// How many.
    package var count: Int
    /// How many of them somebody took on.
    package var acknowledged: Int

    /// So many of a kind.
    package init(outcome: String, rule: String, election: String, count: Int, acknowledged: Int) {
      self.outcome = outcome
      self.rule = rule
      self.election = election
      self.count = count
      self.acknowledged = acknowledged
    }
  }

  /// All of them.
  package var counts: [Count]
  /// The latest, in order.
  package var latest: [OpenAlert]

  /// These.
  package init(counts: [Count], latest: [OpenAlert]) {
    self.counts = counts
    self.latest = latest
  }

  /// All of them known one by one.
  package init(_ alerts: [OpenAlert]) {
    var byKind: [[String]: Count] = [:]
    for alert in alerts {
      let key = [alert.outcome, alert.rule, alert.election]
      var count =
        byKind[key]
        ?? Count(
          outcome: alert.outcome, rule: alert.rule, election: alert.election, count: 0, acknowledged: 0)
      count.count += 1
      if alert.isAnswered { count.acknowledged += 1 }
      byKind[key] = count
    }
    counts = byKind.values.sorted { ($0.outcome, $0.rule, $0.election) < ($1.outcome, $1.rule, $1.election) }
    latest = alerts
  }

  /// How many.
  package var total: Int { counts.reduce(0) { $0 + $1.count } }

  /// How many are told one by one at most.
  static let room = 2000
}
