import AuditBase
import AlertLedger
import AuditReports
import FreezeRules
import HRRecords
import Postgres
import RuleFiles

/// What one pass gave.
struct PassResult: Sendable {
  var counts = Counts()
  var events: [EventDraft] = []
  var findings = 0
  var unjudgeable = 0
  var shape = SourceShape(text: "")
  /// How far the calendar reaches that it was judged by.
  var calendar: CalendarReach?
  /// For the next pass; `nil` after a partial one.
  var memory: PassMemory?
  /// When the scan began, by the source's server.
  var readAt: String?
  /// Hears the source.
  var listener: Listener?
  /// What counted as approvals.
  var approvals: Approvals?
  /// What the role may write to; `nil` when that was not asked.
  var writable: [String]?
}

/// One pass over one source: read the records, judge them, compare with what the ledger says. Touches nothing but the source,
/// so that many can run at once; what follows from it is the daemon's.
struct Pass: Sendable {
  let source: SourceSettings
  let order: SourceState.Order
  let table: WindowTable
  let ledger: Ledger
  let limits: Limits
  let sessions: Sessions
  /// Of the full pass before.
  let memory: PassMemory?

  /// What the ledger says of the source.
  struct Ledger: Sendable {
    let state: LedgerState
    /// What the source looked like at the last good pass.
    let lastShape: SourceShape?
  }

  /// What the configuration allows.
  struct Limits: Sendable {
    /// Acts wholly before it are no alerts.
    let alertSince: CivilDate?
    /// Per cent of the records with alerts that may vanish at once.
    let maximumLoss: Int
    /// How many records may be remembered for the next pass.
    let remembered: Int
  }

  /// How the source is reached.
  struct Sessions: Sendable {
    let password: String?
    let listener: Listener?
    /// Where passes may follow each other quickly.
    let kept: KeptSession?
  }

  /// - Parameters:
  ///   - interrupt: ends the scan.
  ///   - progress: called now and then, for the watchdog.
  func run(interrupt: Interrupt, progress: @escaping @Sendable () -> Void) throws -> PassResult {
    sessions.listener?.open(conninfo: source.conninfo, password: sessions.password, interrupt: interrupt)
    let fromFile = try source.approvalsPath.map { try Approvals(file: TableFile($0)) }

    // Everything from here on is seen at one moment.
    let address = source.address(sessions.password)
    var view = try ContractView(address, kept: sessions.kept, interrupt: interrupt)
    let approvals = try fromFile ?? view.approvals()
    let shape = SourceShape(
      signature: view.opened.signature, annexes: approvals == nil ? nil : view.annexes)
    if !order.acceptsChange, let refusal = shape.refusal(after: ledger.lastShape, view: source.view) {
      throw refusal
    }

    var result = PassResult()
    result.shape = shape
    result.calendar = CalendarReach(table)
    result.readAt = view.opened.readAt
    result.approvals = approvals
    if let named = order.named {
      try partial(named, &view, &result)
      try view.close()
      return result
    }

    try view.proveOrders()

    // Judge every record near a window; one that the last pass judged by the same rules is remembered.
    let context = PassMemory.Context(
      knownOn: table.knownOn, rulebookHash: table.rulebook.hash, calendarHash: table.calendar.hash,
      source: source, shape: shape, orders: view.orders, approvals: approvals?.lines)
    let before = memory.flatMap { $0.holds(context) ? $0 : nil }
    var now = PassMemory(context, after: memory, capacity: limits.remembered)
    var reconciliation = self.reconciliation()
    // Whether a record puts people back takes a look at others: such are never remembered.
    var revoking: [PersonnelAction] = []
    let query = RecordQuery(.window, table, region: source.region)
    _ = try view.read(query, progress: { _ in progress() }) { record in
      guard !record.has(.revokes) else {
        revoking.append(record.action())
        return
      }
      let bytes = PassMemory.Record(record.bytes)
      let known = before?[bytes] ?? remembered(judge(record.action(), table, approvals: approvals))
      now.keep(bytes, known)
      result.counts.add(known.judgement.outcome)
      reconciliation.observe(known.judgement, known.findings)
    }
    for action in try view.resolved(revoking) {
      let known = remembered(judge(action, table, approvals: approvals))
      result.counts.add(known.judgement.outcome)
      reconciliation.observe(known.judgement, known.findings)
    }
    if result.counts.read == 0 { try view.refuseEmpty() }

    // Look up what has an open alert and was not among them: outside now, or gone.
    let unseen = reconciliation.unseenActionIDs
    var whereabouts: [String: Reconciliation.Whereabouts] = [:]
    if !unseen.isEmpty {
      var found: [PersonnelAction] = []
      try view.find(unseen) { found.append($0) }
      for action in try view.resolved(found) {
        whereabouts[action.actionID] = .there(judge(action, table, approvals: approvals))
      }
    }
    try view.close()

    try refuseLoss(reconciliation, gone: reconciliation.lost(whereabouts))
    result.events = reconciliation.events(whereabouts: whereabouts, today: table.knownOn)
    result.findings = reconciliation.findings
    result.unjudgeable = reconciliation.unjudgeableCount
    result.memory = now
    result.listener = sessions.listener
    if order.checksPrivileges {
      result.writable = WritableRelations.find(address, interrupt: interrupt)
    }
    return result
  }

  /// What the named records say by themselves; of the rest nothing follows.
  private func partial(
    _ named: [String], _ view: inout ContractView, _ result: inout PassResult
  ) throws {
    var reconciliation = self.reconciliation()
    var whereabouts: [String: Reconciliation.Whereabouts] = [:]
    let approvals = result.approvals
    var found: [PersonnelAction] = []
    try view.find(named, isSpelledAsFound: true) { found.append($0) }
    for action in try view.resolved(found) {
      let known = remembered(judge(action, table, approvals: approvals))
      result.counts.add(known.judgement.outcome)
      whereabouts[action.actionID] = .there(known.judgement)
      reconciliation.observe(known.judgement, known.findings)
    }
    result.events = reconciliation.eventsOfPart(whereabouts)
  }

  private func reconciliation() -> Reconciliation {
    Reconciliation(state: ledger.state, source: source.name, alertSince: limits.alertSince)
  }

  private func remembered(_ judgement: Judgement) -> PassMemory.Known {
    PassMemory.Known(judgement, Finding.all(source: source.name, judgement))
  }

  private func refuseLoss(_ reconciliation: Reconciliation, gone: Int) throws(SourceError) {
    guard !order.acceptsChange,
      reconciliation.isLossSuspicious(gone: gone, maximumLoss: limits.maximumLoss)
    else {
      return
    }
    throw SourceError(
      .notEvaluated,
      Text(
        "\(gone) catatan yang pernah diperingatkan sekaligus hilang atau tidak dapat dinilai lagi (batas poll.max_loss \(limits.maximumLoss) %). Bila memang benar: systemctl reload freeze-auditor",
        "\(gone) records that had alerts are gone, or can no longer be judged, all at once (poll.max_loss is \(limits.maximumLoss) %). If that is right: systemctl reload freeze-auditor"
      ), isAcceptable: true)
  }
}
