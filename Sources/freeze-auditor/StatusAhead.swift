import AlertLedger
import AlertMail
import AuditBase
import AuditReports
import FreezeRules

/// What can still be put off of the open alerts, as `status` says it: who, when, and the last day for the Minister's letter.
struct StatusAhead {
  /// How many people.
  let count: Int
  /// Days until the first of them.
  let daysLeft: Int?
  /// One clause, `nil` where nothing is to come.
  let text: Text?

  /// - Parameter alerts: the open ones; the latest of very many are looked at, as the mail does.
  init(_ alerts: [AlertState], _ store: LedgerStore, on today: CivilDate) throws {
    let bodies = try store.bodies(of: Array(alerts.map(\.seq).sorted().suffix(Escalation.room)))
    // Two alerts of one record are one person.
    var acts: [String: OpenAct] = [:]
    for (seq, text) in bodies {
      guard let body = EventBody.Parsed(text) else { continue }
      acts["\(body.text("source") ?? "") \(body.text("action_id") ?? "\(seq)")"] = OpenAct(body)
    }
    let ahead = acts.values.filter { $0.actDay?.isAhead(on: today) == true }
    let days = ahead.compactMap(\.actDay)
    count = days.count
    let first = days.map(\.span.first).min()
    daysLeft = first.map { max(0, today.days(until: $0)) }
    text = AheadText.clause(days, on: today).map { clause in
      let letter = ahead.filter { $0.actDay?.span.first == first }.compactMap(\.letterBy).min()
      let advice = letter.map { Self.advice($0, today) } ?? Text("", "")
      return Text(clause.indonesian + advice.indonesian, clause.english + advice.english)
    }
  }

  /// What can be done, in brackets.
  private static func advice(_ letterBy: CivilDate, _ today: CivilDate) -> Text {
    letterBy < today
      ? Text(
        " (batas surat Menteri sudah lewat, \(letterBy.written(.indonesian)): tunda atau batalkan)",
        " (the last day for the Minister's letter is over, \(letterBy.written(.english)): put off or cancel)")
      : Text(
        " (surat Menteri paling lambat \(letterBy.written(.indonesian)), atau tunda)",
        " (the Minister's letter by \(letterBy.written(.english)), or put off)")
  }
}
