import AuditBase
import AuditReports
import FreezeRules

extension DigestWords {
  /// The command that answers a decree's alerts, ready to be copied but for who and why; `nil` for what is no alert.
  ///
  /// A number that was masked or cut here names nothing in the ledger, and one that a shell could take apart is not worth the
  /// risk: the alerts' own ids stand for it then.
  func command(_ events: [LogEvent]) -> String? {
    let alerts = events.filter { $0[.alertID] != nil }
    guard let first = alerts.first else { return nil }
    let who = Text(
      "--state clarified --author \"NAMA\" --reason \"ALASAN\"",
      "--state clarified --author \"NAME\" --reason \"REASON\"")[language]
    let number = first[.decreeNo] ?? ""
    if Self.isNamed(number), alerts.allSatisfy({ $0[.decreeNo] == number }) {
      let day = first[.decreeDate].flatMap { CivilDate(iso: $0) }.map { " --decree-date \($0)" } ?? ""
      return "freeze-auditor alerts note --decree '\(number)'\(day) \(who)"
    }
    var ids: [String] = []
    for alert in alerts {
      guard let id = alert[.alertID], id.utf8.count == 32, id.allSatisfy(\.isHexDigit), !ids.contains(id)
      else {
        continue
      }
      ids.append(String(id))
    }
    guard !ids.isEmpty else { return nil }
    let shown = ids.prefix(20).map { String($0.prefix(12)) }.joined(separator: " ")
    return "freeze-auditor alerts note \(shown) \(who)"
  }

  /// A text of the site as paragraphs, none of which can break out of its place.
  func paragraphs(_ text: String?) -> [String] {
    (text ?? "").split(whereSeparator: \.isNewline).map { Digest.plain(String($0), limit: 2000) }
      .filter { $0.contains { !$0.isWhitespace } }
  }

  /// Said before the command.
  var answerWith: String { Text("Tanggapi", "Answer")[language] }

  /// Whether a number can stand in quotes of a shell and be found again.
  private static func isNamed(_ number: String) -> Bool {
    !number.isEmpty && number.count <= 80 && !number.contains("*") && !number.contains("'")
      && !number.contains("…") && PlainText.line(number) == number
  }

  /// What was answered on the alerts of one decree, as far as it was; `nil` where nothing was.
  func answered(_ alerts: [OpenAlert]) -> String? {
    let states = alerts.compactMap(\.state).compactMap { AnswerState(rawValue: $0) }
    let taken = alerts.count { $0.isAnswered }
    guard taken > 0 else { return nil }
    let names = AnswerState.allCases.filter(states.contains).map { $0.phrase[language] }
    let what = names.isEmpty ? Text("ditanggapi", "acknowledged")[language] : names.joined(separator: ", ")
    return taken == alerts.count
      ? what
      : Text("\(taken) dari \(alerts.count): \(what)", "\(taken) of \(alerts.count): \(what)")[language]
  }
}

extension OpenAlert {
  /// Somebody took it on or answered it: it is not asked again.
  package var isAnswered: Bool { acknowledgedUntil != nil || state != nil }
}
