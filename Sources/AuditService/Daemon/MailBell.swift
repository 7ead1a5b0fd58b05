import Glibc

/// Tells the mail part that there is something new in the log: a file appears in the daemon's run folder, whose path unit
/// (freeze-auditor-mail.path) starts the mail part, which takes the file away first. What is rung while that runs starts it once
/// more. The file is only a bell; its loss costs a wait for the timer and nothing else.
struct MailBell: Sendable {
  private let path: String?

  /// Its name in the run folder.
  static let name = "news"

  /// By `$RUNTIME_DIRECTORY`, as systemd sets it; without one there is nobody to call.
  init(environment: [String: String]) {
    path = environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first.map { "\($0)/\(Self.name)" }
  }

  /// Rings.
  func ring() {
    guard let path else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
    if descriptor >= 0 { close(descriptor) }
  }
}
