import AuditBase
import Glibc

/// Why an entry, a notification or a signal did not get through. Never holds any text of the entry.
package enum LogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nobody listens at the address; `code` is the errno.
  case unreachable(address: String, code: Int32)
  /// The other side did not take it within the time allowed.
  case timedOut(address: String)
  /// The reader of a pipe or stream is gone (EPIPE).
  case closed(address: String)
  /// More than the receiver ever takes.
  case tooLarge(bytes: Int, limit: Int)
  /// A socket address that cannot be: empty, too long, or of a kind not spoken here.
  case badAddress(String)
  /// A system call failed; `code` is the errno.
  case system(call: String, code: Int32)

  /// What failed and why, in one line.
  package var description: String {
    switch self {
    case .unreachable(let address, let code): "\(address): nobody listens (\(SystemError.reason(code)))"
    case .timedOut(let address): "\(address): not taken in time"
    case .closed(let address): "\(address): the reader is gone"
    case .tooLarge(let bytes, let limit): "entry of \(bytes) bytes, at most \(limit) are taken"
    case .badAddress(let address):
      "\(SafeText.clean(address, lineBreaks: .shown)): not a usable socket address"
    case .system(let call, let code): "\(call): \(SystemError.reason(code))"
    }
  }
}
