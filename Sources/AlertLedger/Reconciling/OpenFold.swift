import FreezeRules
import Postgres

/// What is open, as the ledger's own trigger folds it while events are appended (`freeze_audit.alert_open`): a start reads the
/// open alerts, however many events there are and whosever they are.
extension LedgerStore {
  /// What the ledger says of a source, without the alerts that are closed. Where the fold of the server is not there, or does
  /// not reach the last event, all events are read instead.
  package func openState(of source: String) throws(LedgerError) -> LedgerState {
    guard try isFolded() else {
      var state = try state(of: source)
      state.forgetClosed()
      return state
    }
    var state = LedgerState(keepsClosed: false)
    try stream(
      """
      SELECT body FROM (
        SELECT e.seq, e.body FROM freeze_audit.alert_event AS e JOIN (
          SELECT o.seq FROM freeze_audit.alert_open AS o WHERE o.source = $1
          UNION ALL
          SELECT l.seq FROM freeze_audit.alert_open AS o, unnest(o.later) AS l (seq) WHERE o.source = $1
        ) AS s ON s.seq = e.seq
        UNION ALL
        \(Self.ownEvents)
      ) AS events ORDER BY seq
      """, source, into: &state)
    return state
  }

  /// Whether `alert_open` is what the events up to the last one say. That of a ledger installed before `says_alert` took
  /// the word of a body that nobody can read, and is not used.
  package func isFolded() throws(LedgerError) -> Bool {
    let parts = """
      SELECT (to_regclass('freeze_audit.alert_fold') IS NOT NULL \
      AND to_regprocedure('freeze_audit.says_alert(text,text,bigint,text)') IS NOT NULL)::text
      """
    guard try texts(parts).first == "true" else { return false }
    return try texts(
      """
      SELECT (f.through_seq = (SELECT coalesce(max(e.seq), 0) FROM freeze_audit.alert_event AS e))::text \
      FROM freeze_audit.alert_fold AS f
      """
    ).first == "true"
  }

  /// How many alerts `alert_open` tells otherwise than the events do; `nil` where it is not used.
  package func misfolded() throws(LedgerError) -> Int64? {
    guard try isFolded() else { return nil }
    return try number(
      """
      SELECT count(*) FROM (
        SELECT s.alert_id, s.source, s.seq, ARRAY(SELECT l.seq FROM freeze_audit.alert_event AS l
          WHERE l.alert_id = s.alert_id AND l.seq > s.seq ORDER BY l.seq) AS later FROM (
          SELECT DISTINCT ON (alert_id) alert_id, source, seq, event FROM freeze_audit.alert_event
          WHERE freeze_audit.says_alert(event, alert_id, seq, body) ORDER BY alert_id, seq DESC) AS s
        WHERE s.event IN ('raised', 'amended', 'reraised')) AS e
      FULL JOIN freeze_audit.alert_open AS o USING (alert_id)
      WHERE e.seq IS DISTINCT FROM o.seq OR e.source IS DISTINCT FROM o.source OR e.later IS DISTINCT FROM o.later
      """)
  }

  /// What was said of the auditor itself, as far as it still matters; by the source in `$1`. An event of an alert that names
  /// none is of nobody's making, and is read as well.
  static let ownEvents =
    ["audit_blind", "audit_resumed", "accepted", "data_quality"].map { kind in
      """
      (SELECT seq, body FROM freeze_audit.alert_event WHERE source = $1 AND alert_id IS NULL AND event = '\(kind)' \
      ORDER BY seq DESC LIMIT 1)
      """
    }.joined(separator: " UNION ALL ") + """
       UNION ALL SELECT seq, body FROM freeze_audit.alert_event
      WHERE source = $1 AND alert_id IS NULL AND event IN ('fact_missing', 'raised', 'amended', 'reraised', 'cleared', \
      'withdrawn')
      """

  /// Takes the bodies that a statement gives into a state, one by one.
  func stream(_ sql: String, _ source: String, into state: inout LedgerState) throws(LedgerError) {
    var folded = state
    var unreadable: [String] = []
    _ = try rows(sql, [.text(storable(source))]) { row in
      let body = row.string(at: 0) ?? ""
      if let event = StoredEvent(body: body) { folded.apply(event) } else { unreadable.append(body) }
    }
    for body in unreadable { try passOver(body, in: &folded) }
    state = folded
  }

  /// The closed alerts among some: the event that closed each, by its id.
  func closed(_ ids: [AlertID]) throws(LedgerError) -> [AlertID: AlertState] {
    var found: [AlertID: AlertState] = [:]
    for start in stride(from: 0, to: ids.count, by: 5000) {
      let part = ids[start...].prefix(5000).map(\.description)
      let bodies = try rows(
        """
        SELECT l.body FROM unnest($1::text[]) AS i (alert_id) CROSS JOIN LATERAL (
          SELECT e.body FROM freeze_audit.alert_event AS e WHERE e.alert_id = i.alert_id
          AND e.event IN ('raised', 'amended', 'reraised', 'cleared', 'withdrawn') ORDER BY e.seq DESC LIMIT 1) AS l
        """, [.texts(part.map { $0 })]
      ) { $0.string(at: 0) ?? "" }
      let state = try fold(bodies, into: LedgerState())
      for alert in state.alerts.values where !alert.isOpen { found[alert.alertID] = alert }
    }
    return found
  }
}
