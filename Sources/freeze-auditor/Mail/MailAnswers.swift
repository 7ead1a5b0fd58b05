import AlertLedger
import AlertMail
import AuditBase
import AuditReports
import AuditService
import FreezeRules

extension OpenAlert {
  /// Adds what the ledger says beyond the alert itself: what was answered, where it belongs, since when it stands.
  mutating func tell(
    _ alert: AlertState, _ body: EventBody.Parsed?, _ personalData: PersonalData, _ language: Language
  ) {
    let answers = alert.shownAnswers.map { answer in
      answer.replacingTexts { personalData.shown($0, beside: body) }
    }
    state = alert.shownState?.rawValue
    answer = answers.first?.written(language)
    seq = alert.seq
    since = body?.text("recorded_at").map { String($0.prefix(19)) + "Z" }
    region = body?.text("facts", "region_code")
    units = [body?.text("facts", "unit_from"), body?.text("facts", "unit_to")].compactMap { $0 }
    days = ["decree_date", "effective_date", "inaugurated_on"].compactMap { body?.text("facts", $0) }
  }
}
