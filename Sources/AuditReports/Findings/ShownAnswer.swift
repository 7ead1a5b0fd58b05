import AuditBase
import FreezeRules

/// What somebody answered to an alert, as reports and mail show it.
package struct ShownAnswer: Sendable, Hashable {
  /// `nil`: only a remark, or taken on without more.
  package var state: AnswerState?
  /// Who.
  package var author: String
  /// Why, in their words.
  package var reason: String
  /// Of which day; `nil` where it was not said.
  package var date: CivilDate?
  /// Taken on until that day.
  package var until: CivilDate?

  /// An answer of these parts.
  package init(
    state: AnswerState?, author: String, reason: String, date: CivilDate?, until: CivilDate? = nil
  ) {
    self.state = state
    self.author = author
    self.reason = reason
    self.date = date
    self.until = until
  }

  /// Whether it answers the alert, so that it is not asked again.
  package var isAnswer: Bool { state != nil || until != nil }

  /// One line: what, why, who and when.
  package func written(_ language: Language) -> String {
    let what =
      state?.phrase[language]
      ?? (until == nil ? Text("keterangan", "remark") : Text("ditanggapi", "acknowledged"))[language]
    let day = date.map { ", " + $0.written(language) } ?? ""
    let end = until.map { ", " + Text("sampai", "until")[language] + " " + $0.written(language) } ?? ""
    return
      "\(what): \(PlainText.line(reason, limit: 1000)) (\(PlainText.line(author, limit: 200))\(day)\(end))"
  }

  /// `{state, author, reason, date, until}`.
  package var json: JSON {
    .object([
      "state": .text(state?.rawValue), "author": .string(author), "reason": .string(reason),
      "date": .text(date?.description), "until": .text(until?.description),
    ])
  }

  /// The same with every text of a person replaced.
  package func replacingTexts(_ replace: (String) -> String) -> ShownAnswer {
    var shown = self
    shown.author = replace(author)
    shown.reason = replace(reason)
    return shown
  }
}

extension ShownAnswer {
  /// Several as the text of one cell.
  package static func cell(_ answers: [ShownAnswer], _ language: Language) -> String {
    answers.map { $0.written(language) }.joined(separator: "\n")
  }
}
