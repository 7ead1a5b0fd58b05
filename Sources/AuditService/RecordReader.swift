import AuditReports
import Dispatch
import FreezeRules
import HRRecords
import Postgres

/// Version of the program, as reports and the ledger name it.
public let programVersion = "0.1.0"

extension Configuration {
  /// Where the service keeps its configuration.
  public static let defaultPath = "/etc/freeze-auditor/config.yaml"
}

/// Reads the contract view once and judges what it holds: what an ad-hoc audit and a pass of the daemon share.
public struct RecordReader: Sendable {
  let conninfo: String
  let password: String?
  let view: String
  let region: String?
  let zone: Zone
  let workers: Int
  let kept: KeptSession?
  let interrupt: Interrupt?

  /// Some records of the view.
  public enum Chosen: Sendable {
    /// With an id as reports tell it.
    case told(String)
    /// With ids as the server spells them.
    case found([String])
  }

  /// A reader of one view.
  /// - Parameters:
  ///   - workers: sessions that share a scan of all records, 1...; more than one only without an interrupt.
  ///   - kept: a session that outlives the reading.
  public init(
    conninfo: String, password: String?, view: String, region: String?, zone: Zone, workers: Int = 1,
    kept: KeptSession? = nil, interrupt: Interrupt? = nil
  ) {
    self.conninfo = conninfo
    self.password = password
    self.view = view
    self.region = region
    self.zone = zone
    self.workers = workers
    self.kept = kept
    self.interrupt = interrupt
  }

  /// Server and view for people, never a password.
  public static func describe(conninfo: String, view: String) -> String {
    (conninfo.isEmpty ? "libpq environment" : ConnectionString.redacted(conninfo)) + " " + view
  }

  /// Judges every record that can be anything but outside; the rest is counted.
  /// - Parameters:
  ///   - approvals: from a file; `nil`: the server's table, where there is one.
  ///   - chosen: only some records.
  ///   - everything: records that provably lie outside are given as well, not only counted.
  ///   - forReport: the records come in the order of their decrees, unless several sessions share the reading, and one whose
  ///     id came before is marked so.
  ///   - progress: called now and then with the number of rows read so far, and how many the server expects in all.
  ///     `nil`: nobody watches, and the server counts what need not be fetched.
  ///   - remark: told when the server does not let several sessions share the reading.
  ///   - recall: shown each record as it came; the outcome where it was judged before by the same rules.
  ///   - opened: told what the view looks like before anything is judged; may refuse it.
  ///   - approvalsUsed: told what counts as approvals, `nil` without such a source, and the relation they stand in.
  ///   - unseen: asked at the end for ids to look up in the same snapshot.
  ///   - found: given what was looked up.
  ///   - other: windows of another state of knowledge; `compared` gets the judgement by them just before `each`.
  /// - Throws: ``SourceError``, also when the view holds nothing at all: an empty source is suspicious, never fine.
  public func judge(
    _ table: WindowTable, approvals: Approvals?, _ scan: Scan, only chosen: Chosen? = nil,
    everything: Bool = false, forReport: Bool = false, progress: ((Int, Int?) -> Void)? = nil,
    remark: (Bilingual) -> Void = { _ in },
    recall: (UnsafeRawBufferPointer) -> Outcome? = { _ in nil },
    opened: (ContractView.Opened) throws -> Void = { _ in },
    approvalsUsed: (Approvals?, String?) throws -> Void = { _, _ in }, unseen: () -> [String] = { [] },
    found: (Judgement) -> Void = { _ in },
    comparing other: WindowTable? = nil, compared: (Judgement) -> Void = { _ in },
    each: (Judgement) throws -> Void
  ) throws -> Counts {
    var expected: Int?
    if progress != nil, scan == .all {
      expected = SourceInspection.expectedRecords(conninfo: conninfo, password: password, view: view)
    }
    let watch = progress.map { progress in { [expected] in progress($0, expected) } }
    var source = try open()
    try opened(source.opened)
    let isShared = workers > 1 && scan == .all && chosen == nil
    let span = Judge.span(table.coarseSpan, other?.coarseSpan)
    let partition = isShared ? try share(&source, isCounting: !everything, outside: span, remark) : nil
    let approvals = try approvals ?? source.approvals()
    try approvalsUsed(approvals, source.annexes)
    let judge = Judge(table: table, other: other, approvals: approvals)
    var counts = Counts()
    func give(_ judged: Judge.Judged) throws {
      counts.add(judged.judgement.outcome)
      if let other = judged.other { compared(other) }
      try each(judged.judgement)
    }
    if let partition, partition.ranges.count > 1 {
      let rest = try read(
        consume source, partition, judge, everything: everything, forReport: forReport, progress: watch,
        each: give)
      for (outcome, number) in rest { counts.add(outcome, number) }
      return counts
    }
    switch chosen {
    case .told(let id): try source.find([id]) { try give(judge.judge($0)) }
    case .found(let ids): try source.find(ids, isSpelledAsFound: true) { try give(judge.judge($0)) }
    case nil:
      func recalled(_ record: UnsafeRawBufferPointer) -> Bool {
        guard let outcome = recall(record) else { return false }
        counts.add(outcome)
        return true
      }
      let rest = try judge.read(
        &source, scan, .all, everything: everything, forReport: forReport, progress: watch, recall: recalled,
        each: give)
      for (outcome, number) in rest { counts.add(outcome, number) }
      if counts.read == 0, try source.isEmpty() {
        throw SourceError(
          .notEvaluated,
          Bilingual(
            id:
              "\(view): view kosong. Sumber tanpa satu catatan pun mencurigakan; periksa view dan hak baca (row security)",
            en:
              "\(view): the view is empty. A source without a single record is suspicious; check the view and the right to read (row security)"
          ))
      }
    }
    let ids = unseen()
    if !ids.isEmpty {
      try source.find(ids) { found(judge.judge($0).judgement) }
    }
    try source.close()
    return counts
  }

  /// Ranges for several sessions and their common snapshot, `nil` where the server offers none or has no use for them.
  private func share(
    _ source: inout ContractView, isCounting: Bool, outside span: (first: CivilDate, last: CivilDate)?,
    _ remark: (Bilingual) -> Void
  ) throws(SourceError) -> Partition? {
    switch try source.undivided(outside: span, isCounting: isCounting) {
    case nil: break
    case .countedInParallel:
      remark(
        Bilingual(
          id: "server sudah membaca view ini secara paralel; dibaca oleh satu sesi",
          en: "the server reads this view in parallel by itself; read by one session"))
      return nil
    case .foreign:
      remark(
        Bilingual(
          id:
            "view ini membaca peladen lain, yang tidak memberi satu snapshot untuk beberapa sesi; dibaca oleh satu sesi",
          en: "the view reads other servers, which give no snapshot to several sessions; read by one session")
      )
      return nil
    }
    do throws(SourceError) { return try source.partition(into: workers) } catch {
      // The refused statement ended the transaction.
      source = try open()
      remark(
        Bilingual(
          id:
            "server tidak menyediakan snapshot bersama; dibaca oleh satu sesi [\(error.message.indonesian)]",
          en: "the server offers no shared snapshot; read by one session [\(error.message.english)]"))
      return nil
    }
  }

  /// Reads every range in a session of its own, the first in the one whose snapshot all share.
  private func read(
    _ first: consuming ContractView, _ partition: Partition, _ judge: Judge, everything: Bool,
    forReport: Bool, progress: ((Int) -> Void)?,
    each: (Judge.Judged) throws -> Void
  ) throws -> [(Outcome, Int)] {
    let joining = DispatchGroup()
    let others = partition.ranges.dropFirst().map { range in
      joining.enter()
      return RangeReading { give in
        var source = try joined(joining, partition.snapshot)
        let rest = try judge.read(
          &source, .all, range, everything: everything, forReport: forReport, each: give)
        try source.close()
        return rest
      }
    }
    defer { for other in others { other.cancel() } }
    var rest = try judge.read(
      &first, .all, partition.ranges[0], everything: everything, forReport: forReport, progress: progress,
      each: each
    ).map {
      ($0, $1)
    }
    // Closed before the others are through, since the server ends a session that is idle in a transaction; but not before
    // they have joined its snapshot.
    joining.wait()
    try first.close()
    for other in others { rest += try other.each(each).map { ($0, $1) } }
    return rest
  }

  private func joined(_ joining: DispatchGroup, _ snapshot: String) throws(SourceError) -> ContractView {
    defer { joining.leave() }
    return try open(snapshot: snapshot)
  }

  private func open(snapshot: String? = nil) throws(SourceError) -> ContractView {
    try ContractView(
      conninfo: conninfo, password: password, view: view, region: region, zone: zone, snapshot: snapshot,
      kept: kept,
      // Without an interrupt a person waits, who can end it.
      deadlines: interrupt == nil ? .patient : Deadlines(), interrupt: interrupt)
  }
}

/// What judges a record, shared by all sessions of one reading.
private struct Judge: Sendable {
  typealias Judged = (judgement: Judgement, other: Judgement?)

  let table: WindowTable
  let other: WindowTable?
  let approvals: Approvals?

  func judge(_ action: PersonnelAction) -> Judged {
    (
      FreezeRules.judge(action, table, approvals: approvals),
      other.map { FreezeRules.judge(action, $0, approvals: approvals) }
    )
  }

  func read(
    _ source: inout ContractView, _ scan: Scan, _ range: KeyRange, everything: Bool = false,
    forReport: Bool = false, progress: ((Int) -> Void)? = nil,
    recall: (UnsafeRawBufferPointer) -> Bool = { _ in false },
    each: (Judged) throws -> Void
  ) throws -> [Outcome: Int] {
    try source.read(
      scan, span: Self.span(table.coarseSpan, other?.coarseSpan), kinds: table.rulebook.kinds, range: range,
      everything: everything, forReport: forReport, progress: progress, recall: recall
    ) { try each(judge($0)) }
  }

  /// Wide enough for both.
  static func span(
    _ a: (first: CivilDate, last: CivilDate)?, _ b: (first: CivilDate, last: CivilDate)?
  ) -> (first: CivilDate, last: CivilDate)? {
    guard let a, let b else { return a ?? b }
    return (min(a.first, b.first), max(a.last, b.last))
  }
}
