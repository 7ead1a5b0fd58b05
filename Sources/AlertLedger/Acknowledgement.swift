import FreezeRules
import AuditBase

/// Somebody took an alert on, until a day.
package struct Acknowledgement: Sendable, Hashable {
  /// Who.
  package var author: String
  /// Why.
  package var reason: String
  /// On which legal basis.
  package var legalBasis: String
  /// Last day on which it holds.
  package var until: CivilDate
  /// Its end was announced.
  package var isExpiryAnnounced = false

  /// An acknowledgement of these parts.
  package init(author: String, reason: String, legalBasis: String, until: CivilDate) {
    self.author = author
    self.reason = reason
    self.legalBasis = legalBasis
    self.until = until
  }

  var json: JSON {
    .object([
      "author": .string(author), "reason": .string(reason), "legal_basis": .string(legalBasis),
      "until": .string(until.description),
    ])
  }
}
