import Crypto
import FreezeRules
import AuditBase

/// One verdict that is an alert or a notice, as the ledger compares it.
package struct Finding: Sendable {
  /// Who it is.
  package private(set) var alertID: AlertID
  /// The record and its verdicts.
  package let judgement: Judgement
  /// The verdict.
  package let verdict: Verdict
  /// SHA-256 (hex) over facts and verdict: what an alert says. Equal digests mean nothing changed.
  package let digest: String
  /// SHA-256 (hex) over the facts alone, to tell a changed record from a changed rule or schedule.
  package let factsDigest: String

  /// The finding of one verdict.
  package init(source: String, _ judgement: Judgement, _ verdict: Verdict) {
    alertID = AlertID(
      source: source, actionID: judgement.action.actionID, rule: verdict.window.rule,
      election: verdict.window.election)
    self.judgement = judgement
    self.verdict = verdict
    var facts = Self.facts(judgement.action)
    factsDigest = Hex.encode(SHA256.hash(data: facts))
    verdict.recorded.write(into: &facts)
    digest = Hex.encode(SHA256.hash(data: facts))
  }

  /// When a record was entered is not what it says: an import that stamps every row again changes nothing.
  private static func facts(_ action: PersonnelAction) -> [UInt8] {
    var facts: [UInt8] = []
    action.facts(withStamps: false).write(into: &facts)
    return facts
  }

  /// ``factsDigest`` of any record.
  static func factsDigest(_ action: PersonnelAction) -> String {
    Hex.encode(SHA256.hash(data: facts(action)))
  }

  /// Two records that are told by one id have an alert each. The one that has it already keeps the id, else the one that is
  /// spelled just so; the other goes by its spelling, or by all its facts.
  /// - Returns: the same finding under its next id; `nil` after the last: then the two say the same.
  func underNextID(source: String) -> Finding? {
    let action = judgement.action
    var twins: [String?] = [nil]
    if let spelled = action.spelledID { twins.append("spelled " + spelled) }
    twins.append("facts " + factsDigest)
    let ids = twins.map { twin in
      AlertID(
        source: source, actionID: action.actionID, rule: verdict.window.rule,
        election: verdict.window.election, twin: twin)
    }
    guard let place = ids.firstIndex(of: alertID), place + 1 < ids.count else { return nil }
    var next = self
    next.alertID = ids[place + 1]
    return next
  }

  /// The same finding as what an alert says now.
  func of(_ alert: AlertState) -> Finding {
    var same = self
    same.alertID = alert.alertID
    return same
  }

  /// The findings of a record: every verdict that is an alert, or a reversal.
  package static func all(source: String, _ judgement: Judgement) -> [Finding] {
    judgement.verdicts.compactMap { verdict in
      verdict.outcome.level == .alert || verdict.outcome == .reversal
        ? Finding(source: source, judgement, verdict) : nil
    }
  }

  /// The day the window is counted from with its instrument: `2024-09-22 (PKPU 2/2024)`.
  package var schedule: String { verdict.window.schedule }
}

extension Window {
  /// The day it is counted from, with its instrument.
  package var schedule: String { "\(anchor.value) (\(anchor.instrument))" }
}

extension PersonnelAction {
  /// The facts judged, under the contract's column names, as found; enough to judge the record again.
  package func facts(withStamps: Bool = true) -> JSON {
    let remarks = withStamps ? Field.remarks.filter { text($0) != nil } : []
    return .object(
      ((withStamps ? Field.kept : Field.judged) + remarks).map { JSON.Pair($0.rawValue, .text(text($0))) })
  }
}

extension PersonnelAction.Field {
  /// The facts, in the ledger's order.
  static let judged = allCases.filter { $0.keeping == .fact }
  /// The facts and what is kept beside them.
  static let kept = judged + allCases.filter { $0.keeping == .stamp }
  /// What is written only where there is one.
  static let remarks = allCases.filter { $0.keeping == .remark }
}

extension Verdict {
  /// What the ledger keeps of a verdict, and what makes two verdicts the same.
  package var recorded: JSON {
    .object([
      "outcome": .string(outcome.rawValue),
      "inside_dates": .texts(insideDates.map(\.rawValue)),
      "boundary_day": .bool(isBoundaryDay),
      "depends_on": .texts(dependsOn.map(\.rawValue)),
      "opens": .string(window.earliest.description),
      "closes": .text(window.closes?.description),
      "determination": .text(window.determination?.description),
      "instrument": .string(window.anchor.instrument),
      "approval": .text(
        approval.map { "\($0.standing.rawValue) \($0.letterNo ?? "-") \($0.letterDate?.description ?? "-")" }),
      "citations": .texts(citations),
    ])
  }
}
