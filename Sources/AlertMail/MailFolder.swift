import Foundation
import FreezeRules
import Glibc

/// The state folder: `state.json`, and while a digest is on its way `digest.eml` (its bytes), `next.json` (the state once it
/// is accepted) and `attempts.json`.
///
/// Every file appears whole or not at all (written beside, synced, renamed, folder synced). `digest.eml` appears last
/// and goes first, so a crash leaves either the old state without a digest, or a digest with its next state.
public struct MailFolder: ~Copyable {
  /// The folder cannot be used.
  public struct Failure: ExplainedError {
    /// What is wrong.
    public let message: Bilingual
    /// Another run holds the folder; the next one will do.
    public let isBusy: Bool
  }

  /// A digest waiting to be accepted.
  public struct Pending {
    /// Where its bytes are.
    public let path: String
    /// The state once it is accepted.
    public let next: MailState
    /// Who it goes to, as rendered.
    public let envelope: Envelope
    /// Its attempts that failed.
    public var delay: MailState.Delay?
  }

  /// Sender and recipients of a digest.
  public struct Envelope: Codable, Equatable, Sendable {
    var from: String
    var to: [String]
  }

  private struct Next: Codable {
    var envelope: Envelope
    var state: MailState
  }

  private let path: String
  private let lock: Int32

  /// Opens the folder for one run; a second run is refused while this one lives.
  public init(_ path: String, isReadOnly: Bool = false) throws(Failure) {
    self.path = path
    if isReadOnly {
      lock = -1
      return
    }
    mkdir(path, 0o700)
    let lockPath = path + "/lock"
    let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      lock = -1
      throw Self.failure(lockPath)
    }
    lock = descriptor
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      throw Failure(
        message: Bilingual(
          id: "\(path): proses mail lain sedang berjalan", en: "\(path): another mail run is under way"),
        isBusy: true)
    }
  }

  deinit { if lock >= 0 { close(lock) } }

  private static func failure(_ path: String) -> Failure {
    let reason = String(cString: strerror(errno))
    return Failure(
      message: Bilingual(
        id: "\(path): tidak dapat dipakai (\(reason)); periksa folder status, hak tulis dan ruang disk",
        en: "\(path): cannot be used (\(reason)); check the state folder, its permissions and the disk"),
      isBusy: false)
  }

  private func file(_ name: String) -> String { path + "/" + name }

  /// The state as of the last accepted digest; empty before the first.
  public func state() throws(Failure) -> MailState {
    try read("state.json", as: MailState.self) ?? MailState()
  }

  private func read<T: Decodable>(_ name: String, as type: T.Type) throws(Failure) -> T? {
    guard let data = FileManager.default.contents(atPath: file(name)) else { return nil }
    do { return try JSONDecoder().decode(type, from: data) } catch {
      throw Failure(
        message: Bilingual(
          id:
            "\(file(name)): tidak terbaca; pindahkan berkas itu (ringkasan berikutnya lalu mengulang semuanya)",
          en: "\(file(name)): cannot be read; move it away (the next digest then tells everything again)"),
        isBusy: false)
    }
  }

  /// The digest on its way, `nil` when there is none. Clears up what a crash left.
  public func pending() throws(Failure) -> Pending? {
    let exists = access(file("digest.eml"), F_OK) == 0
    guard exists, let next = try read("next.json", as: Next.self) else {
      if lock >= 0 { clear() }
      return nil
    }
    if try state().lastMessageID == next.state.lastMessageID {
      if lock >= 0 { clear() }
      return nil
    }
    return Pending(
      path: file("digest.eml"), next: next.state, envelope: next.envelope,
      delay: try read("attempts.json", as: MailState.Delay.self))
  }

  /// Puts a digest on its way, with the state it leads to.
  public func spool(_ bytes: [UInt8], _ envelope: Envelope, next: MailState) throws(Failure) {
    try writeJSON(Next(envelope: envelope, state: next), to: "next.json")
    Failpoint.pass("before-spool")
    try writeBytes(bytes, to: "digest.eml")
    Failpoint.pass("after-spool")
  }

  /// The digest was accepted: the state moves, then its files go.
  public func accept(_ pending: Pending) throws(Failure) {
    Failpoint.pass("after-accept")
    var next = pending.next
    next.delay = pending.delay
    // What came in while it waited was written to the old state.
    next.backlog = try state().backlog.filter { !next.told($0) }
    try writeJSON(next, to: "state.json")
    Failpoint.pass("after-state")
    clear()
  }

  /// The digest is not sent as it is: another one will be rendered in its place.
  public func discard() { clear() }

  /// The digest was not accepted.
  public func note(_ delay: MailState.Delay) throws(Failure) { try writeJSON(delay, to: "attempts.json") }

  /// Keeps events that came in while a digest waits.
  public func keep(backlog: [LogEvent]) throws(Failure) {
    var state = try state()
    state.backlog = backlog
    try writeJSON(state, to: "state.json")
  }

  /// Not synced: files that a crash brings back are known as told by the Message-ID in the state, or as
  /// meant for somebody else, and go then.
  private func clear() {
    for name in ["digest.eml", "next.json", "attempts.json"] { unlink(file(name)) }
  }

  private func writeJSON(_ value: some Encodable, to name: String) throws(Failure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(value) else { throw Self.failure(file(name)) }
    try writeBytes(Array(data), to: name)
  }

  private func writeBytes(_ bytes: [UInt8], to name: String) throws(Failure) {
    let temporary = file(name) + ".new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(temporary) }
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        let failure = Self.failure(temporary)
        close(descriptor)
        throw failure
      }
      start += written
    }
    let isSynced = fsync(descriptor) == 0
    guard close(descriptor) == 0, isSynced, rename(temporary, file(name)) == 0 else {
      throw Self.failure(file(name))
    }
    try syncFolder()
  }

  private func syncFolder() throws(Failure) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path) }
    // EINVAL: this file system has no such thing for folders.
    let isSynced = fsync(descriptor) == 0 || errno == EINVAL
    let failure = Self.failure(path)
    close(descriptor)
    if !isSynced { throw failure }
  }
}

/// Kills the process at a named point, for the tests: set FREEZE_FAILPOINT to the point's name.
enum Failpoint {
  static func pass(_ point: String) {
    if let name = getenv("FREEZE_FAILPOINT"), strcmp(name, point) == 0 { kill(getpid(), SIGKILL) }
  }
}
