import AlertLedger
import AuditBase
import AuditReports
import FreezeRules
import RuleFiles

/// Tells a stored event again, from its facts: in another language than the log's, or with more or less of a person. The same
/// sentences as the daemon's, since the same code writes them.
package struct Retelling: Sendable {
  private let rejudging: Rejudging
  private let message: AlertMessage

  /// - Parameters:
  ///   - language: in which it is told.
  ///   - personalData: how much of a person is shown.
  package init(
    _ ruleSet: RuleSet, _ configuration: Configuration, language: Language, personalData: PersonalData
  ) {
    rejudging = Rejudging(ruleSet, configuration)
    message = AlertMessage(language: language, personalData: personalData)
  }

  /// The message; `nil` where the facts do not give the verdict that was written, as by another calendar.
  func message(_ body: EventBody.Parsed) -> String? {
    guard let kind = body.text("event").flatMap(EventKind.init) else { return nil }
    switch kind {
    case .raised, .reraised, .amended:
      guard let judgement = rejudging.judgement(body), let verdict = Rejudging.verdict(judgement, body),
        verdict.recorded == body.json["verdict"]
      else { return nil }
      return message.text(again: body, kind, judgement, verdict.window)
    case .cleared:
      let judgement = rejudging.judgement(body)
      return message.text(
        again: body, kind, judgement, judgement.flatMap { Rejudging.verdict($0, body)?.window })
    case .withdrawn, .acknowledged, .noted, .acknowledgementExpiring, .acknowledgementExpired:
      return message.text(again: body, kind, nil, nil)
    case .dataQuality, .factMissing, .auditBlind, .accepted, .setAside, .auditResumed, .sealed: return nil
    }
  }
}
