import Crypto
import FreezeRules

/// Names one alert for ever: the same source, record, rule and election give the same id on every machine.
public struct AlertID: Hashable, Sendable, CustomStringConvertible {
  /// 32 lower-case hex digits.
  public let description: String

  /// The first half of a SHA-256 over the parts, with a tag so that the scheme can change visibly.
  public init(source: String, actionID: String, rule: String, election: String) {
    var hasher = SHA256()
    // Lengths first: no two lists of parts give the same bytes.
    for part in ["freeze-auditor alert 1", source, actionID, rule, election] {
      let bytes = Array(part.utf8)
      hasher.update(data: Array(String(bytes.count).utf8) + [0])
      hasher.update(data: bytes)
    }
    description = Hex.encode(hasher.finalize().prefix(16))
  }

  /// An id as the ledger has it.
  public init(stored text: String) { description = text }
}

/// Lower-case hexadecimal.
public enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Two digits a byte.
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
