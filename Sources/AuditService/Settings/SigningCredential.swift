import AuditBase
import AlertLedger

extension Configuration {
  /// The key that signs the ledger's head: the credential `signing-key`, `nil` without one. The daemon, which writes the
  /// ledger, never has it.
  package func signingKey(_ environment: [String: String]) throws(Failure) -> SigningKey? {
    try credentials.read("signing-key", environment).map { text throws(Failure) in try SigningKey(text) }
  }
}
