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
  /// What can still be put off; empty after a partial pass.
  var ahead = AheadTally()
  var shape = SourceShape(text: "")
  /// The day whose knowledge judged.
  var knownOn: CivilDate?
  /// How far the calendar reaches that it was judged by.
  var calendar: CalendarReach?
  /// `nil` after a partial pass.
  var extent: SourceExtent?
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
  /// What full passes made of the records.
  let memory: KeptMemory

  /// What the ledger says of the source.
  struct Ledger: Sendable {
    let state: LedgerState
    /// What the source looked like, and how much it held, at the last good pass.
    let lastShape: SourceShape?
    let lastExtent: SourceExtent?
    /// What the clocks of this machine and of the ledger's server said, in seconds since 2000-01-01 00:00 UTC.
    let clocks: (machine: Int, ledger: Int)
  }

  /// What the configuration allows.
  struct Limits: Sendable {
    /// Acts wholly before it are no alerts.
    let alertSince: CivilDate?
    /// Per cent of the records with alerts that may vanish at once.
    let maximumLoss: Int
    /// How many records may be remembered for the next pass.
    let remembered: Int
    /// A reading has an end: a server that never stops sending must not keep the source unjudged without a word.
    let longest: Duration
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
  ///   - raise: given new alerts while the scan goes on.
  func run(
    interrupt: Interrupt, progress: @escaping @Sendable () -> Void,
    raise: @escaping @Sendable (PassResult) throws -> Void
  ) throws -> PassResult {
    sessions.listener?.open(conninfo: source.conninfo, password: sessions.password, interrupt: interrupt)
    let fromFile = try source.approvalsPath.map { try Approvals(file: TableFile($0)) }

    // Everything from here on is seen at one moment.
    let address = source.address(sessions.password)
    var view = try ContractView(address, kept: sessions.kept, interrupt: interrupt)
    let now = Today.secondsSince2000
    let clocks = Clocks(
      machine: now, source: view.opened.seconds, ledger: ledger.clocks.ledger + now - ledger.clocks.machine)
    if let disagreement = clocks.disagreement(source: source.name) { throw disagreement }
    let approvals = try fromFile ?? view.approvals()
    // A partial pass closes nothing, and is in a hurry: the full one looks at what stands below the view.
    let isFull = order.named == nil
    let shape = try shape(&view, approvals, below: isFull)
    var suspicions =
      ledger.lastShape.map { shape.changes(since: $0, view: source.view, below: isFull) } ?? []

    var result = PassResult()
    result.shape = shape
    result.calendar = CalendarReach(table)
    result.knownOn = table.knownOn
    result.readAt = view.opened.readAt
    result.approvals = approvals
    if let named = order.named {
      try refuse(suspicions)
      try partial(named, &view, &result)
      try view.close()
      return result
    }

    try view.proveOrders()
    // While anything looks suspicious, or passes were not evaluated, nothing is raised before all is known.
    let isSound = suspicions.isEmpty && ledger.state.blindCause == nil
    let reconciliation = try scan(&view, &result, isSound ? Wave(raise) : nil, progress)
    result.extent = SourceExtent(
      records: try view.count(), near: result.counts.read, days: query.near.text)
    if let extent = result.extent, let last = ledger.lastExtent {
      suspicions += extent.losses(since: last, maximumLoss: limits.maximumLoss)
    }
    let found = try lookUp(reconciliation.unseenActionIDs, &view, approvals)
    try view.close()

    result.events = reconciliation.events(found: found, today: order.today)
    suspicions += losses(reconciliation, result.events)
    try refuse(suspicions)
    result.findings = reconciliation.findings
    result.unjudgeable = reconciliation.unjudgeableCount
    result.listener = sessions.listener
    if order.checksPrivileges {
      result.writable = WritableRelations.find(address, interrupt: interrupt)
    }
    return result
  }

  private var query: RecordQuery { RecordQuery(.window, table, region: source.region) }

  /// Judges every record near a window; one that an earlier pass judged by the same rules is remembered.
  private func scan(
    _ view: inout ContractView, _ result: inout PassResult, _ wave: Wave?,
    _ progress: @escaping @Sendable () -> Void
  ) throws -> Reconciliation {
    var wave = wave
    let (approvals, readAt) = (result.approvals, result.readAt)
    var known = memory.take() ?? PassMemory(capacity: limits.remembered)
    known.begin(
      PassMemory.Context(
        knownOn: table.knownOn, today: order.today, rulebookHash: table.rulebook.hash,
        calendarHash: table.calendar.hash, alertSince: limits.alertSince, source: source, shape: result.shape,
        orders: view.orders, approvals: approvals?.lines))
    var reconciliation = self.reconciliation()
    // Whether a record puts people back takes a look at others: such are never remembered.
    var revoking: [PersonnelAction] = []
    var counts = Counts()
    var ahead = AheadTally()
    func count(_ outcome: Outcome, _ act: AheadAct?) {
      counts.add(outcome)
      if let act { ahead.add(act) }
    }
    func judged(_ action: PersonnelAction) -> PassMemory.Known? {
      let judgement = judge(action, table, approvals: approvals)
      let findings = Finding.all(source: source.name, judgement)
      let act = AheadAct(judgement, on: order.today)
      count(judgement.outcome, act)
      reconciliation.observe(judgement, findings)
      return reconciliation.trace(judgement, findings).map {
        PassMemory.Known(outcome: judgement.outcome, ahead: act, trace: $0)
      }
    }
    defer { memory.keep(known) }
    _ = try view.read(query, progress: { _ in progress() }) { record in
      guard !record.has(.revokes) else {
        revoking.append(record.action())
        return
      }
      let bytes = PassMemory.Record(record.bytes)
      if let before = known.recall(bytes), reconciliation.observe(before.trace) {
        return count(before.outcome, before.ahead)
      }
      if let made = judged(record.action()) { known.keep(bytes, made) }
      try wave?.offer(&reconciliation) {
        ($0.counts, $0.readAt, $0.approvals) = (counts, readAt, approvals)
      }
    }
    known.end()
    for action in try view.resolved(revoking) { _ = judged(action) }
    if counts.read == 0 { try view.refuseEmpty() }
    (result.counts, result.ahead) = (counts, ahead)
    return reconciliation
  }

  /// What became of records with an open alert that were not among those near a window: outside now, or gone.
  private func lookUp(
    _ unseen: [String], _ view: inout ContractView, _ approvals: Approvals?
  ) throws -> [Judgement] {
    guard !unseen.isEmpty else { return [] }
    var found: [PersonnelAction] = []
    try view.find(unseen) { found.append($0) }
    return try view.resolved(found).map { judge($0, table, approvals: approvals) }
  }

  /// What the named records say by themselves; of the rest nothing follows.
  private func partial(
    _ named: [String], _ view: inout ContractView, _ result: inout PassResult
  ) throws {
    var reconciliation = self.reconciliation()
    let approvals = result.approvals
    var found: [PersonnelAction] = []
    // Whose an id is that others are told by as well, a look at all of them says.
    try view.find(named, isSpelledAsFound: true) { if $0.spelledID == nil { found.append($0) } }
    for action in try view.resolved(found) {
      let judgement = judge(action, table, approvals: approvals)
      result.counts.add(judgement.outcome)
      reconciliation.observe(judgement)
    }
    result.events = reconciliation.eventsOfPart
  }

  private func reconciliation() -> Reconciliation {
    Reconciliation(state: ledger.state, source: source.name, alertSince: limits.alertSince)
  }

  private func shape(
    _ view: inout ContractView, _ approvals: Approvals?, below isWanted: Bool
  ) throws(SourceError) -> SourceShape {
    var shape = SourceShape(
      columns: Set(view.opened.signature.split(separator: ",").map(String.init)),
      annexes: approvals == nil ? nil : view.annexes)
    guard isWanted else { return shape }
    let below = try view.definitions()
    shape.server = below.server
    shape.definitions = Dictionary(
      below.found.map { (SourceShape.part($0.name), $0.digest) }, uniquingKeysWith: { first, _ in first })
    return shape
  }

  /// Open alerts that this pass would close all at once, whatever the source says in their place: gone, relabelled, moved to
  /// another year, approved.
  private func losses(_ reconciliation: Reconciliation, _ events: [EventDraft]) -> [Text] {
    let closed = reconciliation.closedBySource(events)
    guard reconciliation.isLossSuspicious(gone: closed, maximumLoss: limits.maximumLoss) else { return [] }
    return [
      Text(
        "\(closed) catatan yang pernah diperingatkan sekaligus hilang, berubah atau disetujui sehingga peringatannya akan ditutup (batas poll.max_loss \(limits.maximumLoss) %)",
        "\(closed) records that had alerts are gone, changed or approved all at once, so that their alerts would be closed (poll.max_loss is \(limits.maximumLoss) %)"
      )
    ]
  }

  /// Nothing is evaluated while the source is suspicious, unless a person accepted just that.
  private func refuse(_ suspicions: [Text]) throws(SourceError) {
    guard let refusal = SourceError.suspicion(suspicions, source: source.name),
      !ledger.state.accepts(refusal.message)
    else { return }
    throw refusal
  }
}
