import AuditBase
import Foundation

/// How the mail is, for `status`, `doctor` and monitoring: times only, in seconds since 1970.
package struct MailStatus: Sendable, Codable, Equatable {
  /// When the mail part last ran to its end.
  package var ran: Int
  /// When sendmail last accepted a digest.
  package var accepted: Int?
  /// Since when a digest waits for sendmail.
  package var waiting: Int?
  /// How often it was refused.
  package var attempts: Int

  /// A run at this time.
  package init(ran: Int, accepted: Int? = nil, waiting: Int? = nil, attempts: Int = 0) {
    self.ran = ran
    self.accepted = accepted
    self.waiting = waiting
    self.attempts = attempts
  }

  /// The worst of several desks; `nil` of none. A desk that seldom gets a mail is not late for that.
  package init?(of desks: [MailStatus]) {
    guard let ran = desks.map(\.ran).max() else { return nil }
    self.init(
      ran: ran, accepted: desks.compactMap(\.accepted).max(), waiting: desks.compactMap(\.waiting).min(),
      attempts: desks.map(\.attempts).max() ?? 0)
  }

  /// In the state folder.
  package static let fileName = "status.json"

  /// What stands in a state folder; `nil` where nothing stands there that can be read.
  package init?(folder: String) {
    guard let data = FileManager.default.contents(atPath: folder + "/" + Self.fileName),
      let status = try? JSONDecoder().decode(Self.self, from: data)
    else { return nil }
    self = status
  }

  var text: String {
    JSON.object([
      "ran": .integer(ran), "accepted": accepted.map { .integer($0) } ?? .null,
      "waiting": waiting.map { .integer($0) } ?? .null, "attempts": .integer(attempts),
    ]).text + "\n"
  }
}
