import AlertLedger
import AuditReports
import FreezeRules
import HRRecords
import Postgres
import RuleFiles

/// What one reading of a source gave.
struct PassResult: Sendable {
  var counts = Counts()
  var events: [EventDraft] = []
  var findings = 0
  var unjudgeable = 0
  var signature = ""
  /// For the next pass; `nil` when only some records were read.
  var memory: PassMemory?
  /// When the reading began, by the source's server.
  var readAt: String?
  /// Hears the source.
  var listener: Listener?
  /// What counted as approvals.
  var approvals: Approvals?
  /// What the role may write to; `nil` when that was not asked.
  var writable: [String]?
}

/// One reading of one source: read, judge, compare with what the ledger says. Touches nothing but the source, so that many
/// can run at once; what follows from it is the main thread's.
struct PassJob: Sendable {
  let source: SourceSettings
  let password: String?
  let table: WindowTable
  let state: LedgerState
  let alertSince: CivilDate?
  let maximumLoss: Int
  /// Columns and types of the view at the last good pass.
  let lastSignature: String?
  /// A person reloaded: a changed view and a large loss are accepted.
  let acceptsChange: Bool
  /// Find out what the role may write to.
  let checksPrivileges: Bool
  /// Of the pass before.
  let memory: PassMemory?
  /// How many records may be kept for the next one.
  let memoryCapacity: Int
  /// Made to hear the source before anything is read, so that no change falls between; `nil`: not wanted.
  let listener: Listener?
  /// Where passes may follow each other quickly.
  let kept: KeptSession?
  /// Read these records only, since the source said that they changed; a pass over all follows.
  let named: [String]?

  /// - Parameters:
  ///   - interrupt: ends the reading.
  ///   - progress: called now and then, for the watchdog.
  func run(interrupt: Interrupt, progress: @escaping @Sendable () -> Void) throws -> PassResult {
    listener?.open(conninfo: source.conninfo, password: password, interrupt: interrupt)
    let reader = RecordReader(
      conninfo: source.conninfo, password: password, view: source.view, region: source.region,
      zone: source.zone,
      kept: kept, interrupt: interrupt)
    let approvals = try source.approvalsPath.map { try Approvals(csv: $0) }
    var reconciliation = Reconciliation(state: state, source: source.name, alertSince: alertSince)
    var result = PassResult()
    var whereabouts: [String: Reconciliation.Whereabouts] = [:]
    var before: PassMemory?
    var memory: PassMemory?
    var record: PassMemory.Record?
    result.counts = try reader.judge(
      table, approvals: approvals, .window, only: named.map { .found($0) }, progress: { _, _ in progress() },
      recall: { bytes in
        let now = PassMemory.Record(bytes)
        record = now
        guard let known = before?[now] else { return nil }
        memory?.keep(now, known)
        reconciliation.observe(known.judgement, known.findings)
        return known.judgement.outcome
      },
      opened: { (result.signature, result.readAt) = ($0.signature, $0.readAt) },
      approvalsUsed: { used, relation in
        result.approvals = used
        // Part of the view's shape: without its lines every record's own letter would count, and close alerts.
        if used != nil, let relation { result.signature += "," + relation + Self.lines }
        try self.check(result.signature)
        if named != nil { return }
        let context = PassMemory.Context(
          knownOn: table.knownOn, rulebookHash: table.rulebook.hash, calendarHash: table.calendar.hash,
          source: source, signature: result.signature, approvals: used?.lines)
        memory = PassMemory(context, after: self.memory, capacity: memoryCapacity)
        if let last = self.memory, last.holds(context) { before = last }
      },
      unseen: { named == nil ? reconciliation.unseenActionIDs : [] },
      found: { whereabouts[$0.action.actionID] = .there($0) }
    ) { judgement in
      let findings = Finding.all(source: source.name, judgement)
      if named != nil { whereabouts[judgement.action.actionID] = .there(judgement) }
      if let record { memory?.keep(record, PassMemory.Known(judgement, findings)) }
      reconciliation.observe(judgement, findings)
    }
    if named != nil {
      result.events = reconciliation.eventsOfPart(whereabouts)
      return result
    }
    result.memory = memory
    result.listener = listener
    try checkLoss(reconciliation, gone: reconciliation.lost(whereabouts))
    result.events = reconciliation.events(whereabouts: whereabouts, today: table.knownOn)
    result.findings = reconciliation.findings
    result.unjudgeable = reconciliation.unjudgeableCount
    if checksPrivileges {
      result.writable = SourceInspection.writable(
        conninfo: source.conninfo, password: password, view: source.view, interrupt: interrupt)
    }
    return result
  }

  private func checkLoss(_ reconciliation: Reconciliation, gone: Int) throws(SourceError) {
    guard !acceptsChange, reconciliation.isLossSuspicious(gone: gone, maximumLoss: maximumLoss) else {
      return
    }
    throw SourceError(
      .notEvaluated,
      Bilingual(
        id:
          "\(gone) catatan yang pernah diperingatkan sekaligus hilang atau tidak dapat dinilai lagi (batas poll.max_loss \(maximumLoss) %). Bila memang benar: systemctl reload freeze-auditor",
        en:
          "\(gone) records that had alerts are gone, or can no longer be judged, all at once (poll.max_loss is \(maximumLoss) %). If that is right: systemctl reload freeze-auditor"
      ), isAcceptable: true)
  }

  /// Stands in the signature of a source behind the relation that has lines of annexes.
  private static let lines = ":lines"

  /// A column that was there at the last good pass and is gone, is new, or has another type, may hide acts or bring approvals.
  private func check(_ signature: String) throws(SourceError) {
    guard !acceptsChange, let last = lastSignature, last != signature else { return }
    let (before, now) = (Set(last.split(separator: ",")), Set(signature.split(separator: ",")))
    // Annexes that come are what they are there for; that they go is like a lost column.
    let changed = before.symmetricDifference(now).filter { !$0.hasSuffix(Self.lines) || before.contains($0) }
      .sorted()
    guard !changed.isEmpty else { return }
    if changed.allSatisfy({ $0.hasSuffix(Self.lines) }) {
      let relation = changed.map { String($0.dropLast(Self.lines.count)) }.joined(separator: ", ")
      throw SourceError(
        .shape,
        Bilingual(
          id:
            "\(relation): lampiran persetujuan yang dulu ada kini tidak ada, kosong, atau tidak boleh dibaca. Pulihkan, atau bila memang benar: systemctl reload freeze-auditor",
          en:
            "\(relation): the annexes that were there are gone, empty, or may not be read. Restore them, or if that is right: systemctl reload freeze-auditor"
        ), isAcceptable: true)
    }
    let columns = Set(changed.map { String($0.prefix { $0 != ":" }) }).sorted().joined(separator: ", ")
    throw SourceError(
      .shape,
      Bilingual(
        id:
          "\(source.view): kolom hilang, baru, atau berganti tipe: \(columns). Pulihkan view itu, atau bila memang benar: systemctl reload freeze-auditor",
        en:
          "\(source.view): columns are gone, new, or of another type: \(columns). Restore the view, or if that is right: systemctl reload freeze-auditor"
      ), isAcceptable: true)
  }
}
