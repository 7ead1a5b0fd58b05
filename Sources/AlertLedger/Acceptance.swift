import AuditBase

/// Somebody takes what a pass refused for right: a changed view, a large loss, clocks that disagree. It holds for the next
/// evaluated pass, and for just what was refused.
package struct Acceptance: Sendable, Hashable {
  /// Who.
  package var author: String
  /// Why.
  package var reason: String
  /// The refusal, word for word.
  package var accepts: String

  /// An acceptance of these parts.
  package init(author: String, reason: String, accepts: String) {
    self.author = author
    self.reason = reason
    self.accepts = accepts
  }

  var json: JSON {
    .object(["author": .string(author), "reason": .string(reason), "accepts": .string(accepts)])
  }

  init?(_ parsed: EventBody.Parsed) {
    guard let accepts = parsed.text("acceptance", "accepts") else { return nil }
    self.init(
      author: parsed.text("acceptance", "author") ?? "", reason: parsed.text("acceptance", "reason") ?? "",
      accepts: accepts)
  }
}

extension LedgerState {
  /// Whether a person accepted just this refusal, in whichever language it was said.
  package func accepts(_ refusal: Text) -> Bool {
    guard let acceptance else { return false }
    return [refusal.indonesian, refusal.english].contains { Self.line($0) == acceptance.accepts }
  }

  /// A refusal as it is told.
  package static func line(_ refusal: String) -> String { PlainText.line(refusal, limit: 1000) }
}
