import AuditBase
import Crypto
import FreezeRules

/// Names one alert for ever: the same source, record, rule and election give the same id on every machine.
package struct AlertID: Hashable, Sendable, CustomStringConvertible {
  /// 32 lower-case hex digits.
  package let description: String

  /// The first half of a SHA-256 over the parts, with a tag so that the scheme can change visibly.
  /// - Parameter twin: what tells the record from another one that is told by the same id.
  package init(source: String, actionID: String, rule: String, election: String, twin: String? = nil) {
    var hasher = SHA256()
    // Lengths first: no two lists of parts give the same bytes.
    for part in ["freeze-auditor alert 1", source, actionID, rule, election] + (twin.map { [$0] } ?? []) {
      let bytes = Array(part.utf8)
      hasher.update(data: Array(String(bytes.count).utf8) + [0])
      hasher.update(data: bytes)
    }
    description = Hex.encode(hasher.finalize().prefix(16))
  }

  /// An id as the ledger has it.
  package init(stored text: String) { description = text }
}
