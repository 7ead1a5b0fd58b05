import AlertLedger
import AlertMail
import AuditBase
import AuditReports
import AuditService
import FreezeRules

/// What is open, as `status` says it: how much, and what can still be put off, with the last day for the Minister's letter.
struct StatusOpen {
  /// Alerts and reversals.
  let count: OpenCount
  /// How many people can still be put off.
  let ahead: Int
  /// Days until the first of them.
  let daysLeft: Int?
  private let clause: Text?

  /// - Parameter states: what is open; of very many alerts the latest are looked at, as the mail does.
  init(_ states: [AlertState], _ store: LedgerStore, on today: CivilDate) throws {
    count = OpenCount(states.lazy.map(\.outcome))
    let alerts = states.filter { Outcome(rawValue: $0.outcome)?.level == .alert }
    let bodies = try store.bodies(of: Array(alerts.map(\.seq).sorted().suffix(Escalation.room)))
    // Two alerts of one record are one person.
    var acts: [String: OpenAct] = [:]
    for (seq, text) in bodies {
      guard let body = EventBody.Parsed(text) else { continue }
      acts["\(body.text("source") ?? "") \(body.text("action_id") ?? "\(seq)")"] = OpenAct(body)
    }
    let upcoming = acts.values.filter { $0.actDay?.isAhead(on: today) == true }
    let days = upcoming.compactMap(\.actDay)
    ahead = days.count
    let first = days.map(\.span.first).min()
    daysLeft = first.map { max(0, today.days(until: $0)) }
    clause = AheadText.clause(days, on: today).map { clause in
      let letter = upcoming.filter { $0.actDay?.span.first == first }.compactMap(\.letterBy).min()
      let advice = letter.map { AheadText.advice(letterBy: $0, on: today) } ?? Text("", "")
      return Text(clause.indonesian + advice.indonesian, clause.english + advice.english)
    }
  }

  /// What can still be put off, where anything can, and the counts.
  func words(_ language: Language) -> [String] {
    [clause?[language], count.text[language]].compactMap(\.self)
  }
}
