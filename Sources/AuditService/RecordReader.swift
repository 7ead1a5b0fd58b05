import AuditReports
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
  let interrupt: Interrupt?

  /// A reader of one view.
  public init(
    conninfo: String, password: String?, view: String, region: String?, zone: Zone,
    interrupt: Interrupt? = nil
  ) {
    self.conninfo = conninfo
    self.password = password
    self.view = view
    self.region = region
    self.zone = zone
    self.interrupt = interrupt
  }

  /// Server and view for people, never a password.
  public static func describe(conninfo: String, view: String) -> String {
    (conninfo.isEmpty ? "libpq environment" : ConnectionString.redacted(conninfo)) + " " + view
  }

  /// Judges every record that can be anything but outside; the rest is counted.
  /// - Parameters:
  ///   - approvals: from a file; `nil`: the server's table, where there is one.
  ///   - actionID: only the records with this id.
  ///   - signature: told the columns and types of the view before anything is judged; may refuse them.
  ///   - approvalsUsed: told what counts as approvals, `nil` without such a source.
  ///   - unseen: asked at the end for ids to look up in the same snapshot.
  ///   - found: given what was looked up.
  ///   - other: windows of another state of knowledge; `compared` gets the judgement by them just before `each`.
  /// - Throws: ``SourceError``, also when the view holds nothing at all: an empty source is suspicious, never fine.
  public func judge(
    _ table: WindowTable, approvals: Approvals?, _ scan: Scan, only actionID: String? = nil,
    progress: (Int) -> Void = { _ in }, signature: (String) throws -> Void = { _ in },
    approvalsUsed: (Approvals?) -> Void = { _ in }, unseen: () -> [String] = { [] },
    found: (Judgement) -> Void = { _ in },
    comparing other: WindowTable? = nil, compared: (Judgement) -> Void = { _ in },
    each: (Judgement) throws -> Void
  ) throws -> Counts {
    var source = try ContractView(
      conninfo: conninfo, password: password, view: view, region: region, zone: zone, interrupt: interrupt)
    try signature(source.signature)
    let approvals = try approvals ?? source.approvals()
    approvalsUsed(approvals)
    var counts = Counts()
    let judgeOne = { (action: PersonnelAction) in
      let judgement = FreezeRules.judge(action, table, approvals: approvals)
      counts.add(judgement.outcome)
      if let other { compared(FreezeRules.judge(action, other, approvals: approvals)) }
      try each(judgement)
    }
    if let actionID {
      try source.find([actionID], each: judgeOne)
    } else {
      let rest = try source.read(
        scan, span: Self.span(table.coarseSpan, other?.coarseSpan), kinds: table.rulebook.kinds,
        progress: progress, each: judgeOne)
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
      try source.find(ids) { found(FreezeRules.judge($0, table, approvals: approvals)) }
    }
    try source.close()
    return counts
  }

  /// Wide enough for both.
  private static func span(
    _ a: (first: CivilDate, last: CivilDate)?, _ b: (first: CivilDate, last: CivilDate)?
  ) -> (first: CivilDate, last: CivilDate)? {
    guard let a, let b else { return a ?? b }
    return (min(a.first, b.first), max(a.last, b.last))
  }
}
