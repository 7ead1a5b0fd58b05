import AuditReports
import FreezeRules
import HRRecords
import Postgres
import Synchronization
import Workbook

/// One scan of a source for a person: what `audit` and `explain` read.
struct AuditScan {
  let source: RecordSource
  /// From a file; `nil`: the database's table, where there is one.
  let approvals: Approvals?
  /// Where the approvals came from, `nil`: the records or the database.
  let approvalsPath: String?
  let rules: LoadedRules
  /// How much of a database is read.
  var scan = Scan.all
  /// Records of a database that provably lie outside are given as well.
  var everything = false
  /// Sessions that share the scan of a database.
  var workers = 1
  /// Only the records with this id, as reports tell it.
  var actionID: String?
  /// Gathers what letters are held against.
  var letters: LetterCollector?
  /// Other states of knowledge by which a record may be anything but outside: such records are fetched as well.
  var others: [WindowTable] = []
  /// Told which letters count, before the first record.
  var onApprovals: ((Approvals?) -> Void)?
  /// Each record of a file comes with the row that it stood in.
  var givesRows = false
  /// The file, once it was looked through.
  private var opened: ActionFile?

  /// Whether the acts of a decree come together: a database can put them so, unless several sessions share the scan.
  var isByDecree: Bool { source.isByDecree && workers == 1 }

  /// With these; the rest is set where it is not the usual.
  init(source: RecordSource, approvals: Approvals?, approvalsPath: String?, rules: LoadedRules) {
    self.source = source
    self.approvals = approvals
    self.approvalsPath = approvalsPath
    self.rules = rules
  }

  /// What a reader should know of the source as a whole: of a file once it is open, of a view once it was read.
  var remarks: FileRemarks { opened?.remarks ?? noticed.withLock { $0 } }
  private let noticed = Noticed()

  /// Filled by a scan that changes nothing else.
  private final class Noticed: Sendable {
    private let remarks = Mutex(FileRemarks())
    func withLock<T: Sendable>(_ body: (inout sending FileRemarks) -> sending T) -> T {
      remarks.withLock(body)
    }
  }

  /// The table of a file, where it is given back.
  var ownSheet: OwnSheet? { givesRows ? opened?.ownSheet : nil }

  /// Looks a file through, before its report begins.
  mutating func open() throws { if case .file(let file) = source { opened = try file.open() } }

  /// Judges every record, each together with what the other state of knowledge says of it.
  /// - Parameter progress: `nil` where nobody watches.
  /// - Returns: counts, also of records that were not given out one by one because nothing can be said of them.
  func run(progress: ((Progress) -> Void)? = nil, each: (ReportedRecord) throws -> Void) throws -> Counts {
    var counts = Counts()
    func give(_ record: ReportedRecord) throws {
      counts.add(record.judgement.outcome)
      letters?.take(record.judgement)
      try each(record)
    }
    switch source {
    case .file(let file): try read(file, progress, each: give)
    case .view(let address):
      let rest = try read(address, progress) { try give(record($0)) }
      for (outcome, number) in rest { counts.add(outcome, number) }
    }
    return counts
  }

  private func record(_ judged: RecordJudge.Judged) -> ReportedRecord { rules.reported(judged) }

  /// The same of a view for somebody who turns the judgements into records elsewhere.
  /// - Returns: how many records were not fetched, by outcome.
  func judgeView(each: (RecordJudge.Judged) throws -> Void) throws -> [Outcome: Int] {
    guard case .view(let address) = source else { return [:] }
    return try read(address, nil, each: each)
  }

  // MARK: A file

  private func read(
    _ file: RecordFile, _ progress: ((Progress) -> Void)?, each: (ReportedRecord) throws -> Void
  ) throws {
    letters?.use(approvals)
    onApprovals?(approvals)
    let judge = RecordJudge(rules, approvals)
    var records = try opened ?? file.open()
    var read = 0
    while let action = try records.next() {
      read += 1
      if read & 0xFF == 0, let progress {
        let bytes = records.progress
        progress(Progress(records: read, fraction: bytes.of.map { Double(bytes.read) / Double(max(1, $0)) }))
      }
      if let actionID, action.actionID != actionID { continue }
      var record = record(judge(action))
      if givesRows { record.own = records.ownRow }
      try each(record)
    }
  }

  // MARK: A database

  /// - Returns: how many records were not fetched, by outcome.
  private func read(
    _ address: ViewAddress, _ progress: ((Progress) -> Void)?, each: (RecordJudge.Judged) throws -> Void
  ) throws -> [Outcome: Int] {
    // A person waits, who can end it.
    var view = try ContractView(address, deadlines: .patient)
    let watch = try progress.map { try watching(&view, $0) }
    let others = others + (rules.compared.map { [$0] } ?? [])
    var query = RecordQuery(scan, rules.table, others: others, region: address.region)
    query.everything = everything || letters?.isAsked == true
    query.isByDecree = true
    let shared =
      try workers > 1 && scan == .all && actionID == nil ? SharedScan(&view, address, query, workers) : nil
    let annexes = try approvals ?? view.approvals()
    letters?.use(annexes)
    onApprovals?(annexes)
    let judge = RecordJudge(rules, annexes)
    try view.proveOrders()
    noticed.withLock { [remarks = view.remarks] in $0 = remarks }
    if let shared { return try shared.run(view, judge, progress: watch, each: each) }
    if let actionID {
      var found: [PersonnelAction] = []
      try view.find([actionID]) { found.append($0) }
      for action in try view.resolved(found) { try each(judge(action)) }
      try view.close()
      return [:]
    }
    var isAnyRead = false
    var ids = DuplicateIDs()
    let rest = try view.readActions(query, progress: watch) { action in
      isAnyRead = true
      var action = action
      ids.mark(&action)
      try each(judge(action))
    }
    if !isAnyRead, rest.isEmpty { try view.refuseEmpty() }
    try view.close()
    return rest
  }

  /// Tells of the rows read so far as a part of what the server expects in all.
  private func watching(
    _ view: inout ContractView, _ progress: @escaping (Progress) -> Void
  ) throws(SourceError) -> (Int) -> Void {
    let expected = scan == .all ? try view.expectedCount() : nil
    return { read in
      // The planner's guess may be too low: a bar that is full while rows still come would be a lie.
      let fraction = expected.map { min(0.99, Double(read) / Double(max(1, $0))) }
      progress(Progress(records: read, fraction: fraction))
    }
  }
}

/// What judges a record, shared by all sessions of one scan.
struct RecordJudge: Sendable {
  /// A record by what is known, and by another state of knowledge where two are compared.
  typealias Judged = (judgement: Judgement, other: Judgement?)

  private let table: WindowTable
  private let other: WindowTable?
  private let approvals: Approvals?

  init(_ rules: LoadedRules, _ approvals: Approvals?) {
    table = rules.table
    other = rules.compared
    self.approvals = approvals
  }

  func callAsFunction(_ action: PersonnelAction) -> Judged {
    (judge(action, table, approvals: approvals), other.map { judge(action, $0, approvals: approvals) })
  }
}

extension LoadedRules {
  /// A judgement as it is reported, with what the other state of knowledge says of the record.
  func reported(_ judged: RecordJudge.Judged) -> ReportedRecord {
    guard let other = judged.other, let table = compared else { return ReportedRecord(judged.judgement) }
    return ReportedRecord(
      judged.judgement,
      comparison: Comparison(judged.judgement, knownOn: knownOn, with: other, knownOn: table.knownOn))
  }
}
