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

/// What a refusal advises whoever reads it, behind what was found. Once it is accepted nobody has to do that any more.
package enum RefusalAdvice {
  /// Of a source.
  package static func source(_ command: String) -> Text {
    Text(sourceLead.indonesian + command, sourceLead.english + command)
  }

  private static let sourceLead = Text(
    ". Pulihkan, atau bila memang benar: ", ". Restore it, or if that is right: ")
  /// Of the ledger.
  static let ledger = Text(
    ". Periksa dengan alerts verify; bila memang benar: alerts accept",
    ". Check with alerts verify; if it is right: alerts accept")

  /// A refusal without its advice.
  package static func removed(from refusal: String) -> String {
    for advice in [sourceLead, ledger].flatMap({ [$0.indonesian, $0.english] }) {
      if let range = refusal.range(of: advice) { return String(refusal[..<range.lowerBound]) }
    }
    return refusal
  }
}

extension Acceptance {
  /// What was found and is taken for right, without the advice of the refusal.
  package var found: String { RefusalAdvice.removed(from: accepts) }
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
