import AuditBase
import FreezeRules

/// What signs the ledger's head at the foot of a digest.
package enum HeadSigning: Sendable {
  /// No key is configured.
  case none
  /// The note of a head at an instant (seconds since 2000).
  case key(@Sendable (_ head: MailState.Head, _ secondsSince2000: Int) -> String?)
  /// The key there is cannot be used.
  case broken(Text)
}

extension Digest {
  /// The signed note, or why there is none; line by line.
  static func note(_ events: NewEvents, _ settings: Settings, _ moment: Moment) -> [String] {
    let language = settings.language
    guard let head = events.head else { return [] }
    switch settings.signing {
    case .none: return []
    case .broken(let problem):
      return [
        Text(
          "Kepala arsip peringatan tidak ditandatangani: \(problem.indonesian)",
          "The ledger's head is not signed: \(problem.english)")[language]
      ]
    case .key(let sign):
      guard let note = sign(head, moment.seconds) else {
        return [
          Text(
            "Kepala arsip peringatan tidak dapat ditandatangani.", "The ledger's head could not be signed.")[
              language]
        ]
      }
      let title = Text(
        "Bukti kepala arsip peringatan; simpan surat ini, periksa dengan: freeze-auditor alerts verify --checkpoint SURAT --public-key KUNCI",
        "Proof of the ledger's head; keep this mail, check with: freeze-auditor alerts verify --checkpoint MAIL --public-key KEY"
      )[language]
      return [title, ""] + note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
