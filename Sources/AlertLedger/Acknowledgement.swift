import FreezeRules
import OrderedJSON

/// Somebody took an alert on, until a day.
public struct Acknowledgement: Sendable, Hashable {
  /// Who.
  public var author: String
  /// Why.
  public var reason: String
  /// On which legal basis.
  public var legalBasis: String
  /// Last day on which it holds.
  public var until: CivilDate
  /// Its end was announced.
  public var isExpiryAnnounced = false

  /// An acknowledgement of these parts.
  public init(author: String, reason: String, legalBasis: String, until: CivilDate) {
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
