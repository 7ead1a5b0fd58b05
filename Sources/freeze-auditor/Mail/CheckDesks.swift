import AlertLedger
import AlertMail
import AuditBase
import AuditService
import Foundation
import FreezeRules

/// Who would get what for the alerts that are open now: for `check-config`, where mail goes to more than one desk.
struct CheckDesks {
  let configuration: Configuration
  let language: Language

  /// Says it, a block a desk.
  func say() throws {
    guard !configuration.mailDesks.isEmpty else { return }
    let ledger: MailLedger
    do throws(LedgerError) {
      ledger = try MailLedger(
        configuration, environment: ProcessInfo.processInfo.environment,
        personalData: configuration.personalData,
        language: language)
    } catch {
      Console.note(
        Text(
          "siapa menerima apa tidak dapat ditunjukkan: \(error.message.indonesian)",
          "who gets what cannot be shown: \(error.message.english)"))
      return
    }
    let open = try ledger.open(room: Escalation.room).latest
    let moment = Moment(secondsSince2000: Today.secondsSince2000, zone: configuration.zone)
    Console.say(
      Text(
        "Untuk \(open.count) peringatan yang terbuka sekarang:",
        "For the \(open.count) alerts that are open now:")[
          language])
    var reached: Set<String> = []
    for desk in configuration.desks {
      let own = open.filter { desk.filter.takes($0, today: moment.date) }
      reached.formUnion(own.map(\.alertID))
      say(desk, own)
    }
    for escalation in configuration.mailDesks.escalations {
      let overdue = escalation.overdue(open, now: moment, try configuration.workingDays())
      say(escalation.desk, overdue.filter { escalation.desk.filter.takes($0, today: moment.date) })
    }
    let nobody = open.filter { !reached.contains($0.alertID) }
    if !nobody.isEmpty {
      let decrees = self.decrees(nobody)
      Console.say(
        Text(
          "  TIDAK SEORANG PUN menerima \(nobody.count) peringatan: \(decrees)",
          "  NOBODY gets \(nobody.count) alerts: \(decrees)")[language])
    }
  }

  private func say(_ desk: Desk, _ alerts: [OpenAlert]) {
    let to = desk.to.map(\.address).joined(separator: ", ")
    let list = alerts.isEmpty ? "" : ": " + decrees(alerts)
    Console.say(
      "  \(desk.name) (\(to)): "
        + Text("\(alerts.count) peringatan", alerts.count == 1 ? "1 alert" : "\(alerts.count) alerts")[
          language] + list)
  }

  /// The first decrees, with how many alerts each has.
  private func decrees(_ alerts: [OpenAlert]) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for alert in alerts {
      let name =
        alert.decreeNo.map { "SK " + PlainText.line($0, limit: 40) }
        ?? Text("tanpa nomor SK", "no decree number")[language]
      if counts[name] == nil { order.append(name) }
      counts[name, default: 0] += 1
    }
    return order.prefix(8).map { "\($0) (\(counts[$0] ?? 0))" }.joined(separator: ", ")
      + (order.count > 8 ? ", …" : "")
  }
}
