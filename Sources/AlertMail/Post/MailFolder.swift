import AuditBase
import Crypto
import Foundation
import FreezeRules
import Glibc

/// The state folder: `state.json`, and while a digest is on its way `digest.eml` (its bytes), `next.json` and `accepted.json`
/// (the state once it is accepted) and `attempts.json`; `progress.json` while the ledger is read for one; `status.json` for
/// monitoring, which holds nothing but times and is readable for others.
///
/// Every file appears whole or not at all (written beside, synced, renamed, folder synced). `digest.eml` appears last
/// and goes first, so a crash leaves either the old state without a digest, or a digest with its next state.
package struct MailFolder: ~Copyable {
  /// The folder cannot be used.
  package struct Failure: ExplainedError {
    /// What is wrong.
    package let message: Text
    /// Another run holds the folder; the next one will do.
    package let isBusy: Bool
    /// Another run is at it: as good as done. A folder that cannot be used must be mended: the unit has to fail.
    package var exit: ExitStatus { isBusy ? .temporaryFailure : .ledger }

    init(message: Text, isBusy: Bool) {
      self.message = message
      self.isBusy = isBusy
    }

    /// Of a file or a disk that failed while a digest was handed over.
    init(_ error: SystemError) { self = MailFolder.failure(error.call, error.reason) }
  }

  /// A digest waiting to be accepted.
  package struct Pending {
    /// Where its bytes are.
    package let path: String
    /// The state once it is accepted.
    package let next: MailState
    /// Who it goes to, as rendered.
    package let envelope: Envelope
    /// Its attempts that failed.
    package var delay: MailState.Delay?
  }

  /// Sender and recipients of a digest.
  package struct Envelope: Codable, Equatable, Sendable {
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
  package init(_ path: String, isReadOnly: Bool = false) throws(Failure) {
    self.path = path
    if isReadOnly {
      lock = -1
      return
    }
    // A desk's folder lies two below.
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count > 2, parts[parts.count - 2] == "desks" {
      mkdir(parts.dropLast().joined(separator: "/"), 0o700)
    }
    mkdir(path, 0o700)
    let lockPath = path + "/lock"
    let descriptor = open(lockPath, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      lock = -1
      throw Self.failure(lockPath)
    }
    lock = descriptor
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      throw Failure(
        message: Text(
          "\(path): proses mail lain sedang berjalan", "\(path): another mail run is under way"),
        isBusy: true)
    }
  }

  deinit { if lock >= 0 { close(lock) } }

  fileprivate static func failure(_ path: String, _ reason: String = SystemError.last) -> Failure {
    return Failure(
      message: Text(
        "\(path): tidak dapat dipakai (\(reason)); periksa folder status, hak tulis dan ruang disk",
        "\(path): cannot be used (\(reason)); check the state folder, its permissions and the disk"),
      isBusy: false)
  }

  private func file(_ name: String) -> String { path + "/" + name }

  /// The state as of the last accepted digest; empty before the first.
  package func state() throws(Failure) -> MailState {
    try read("state.json", as: MailState.self) ?? MailState()
  }

  /// Begins with what another desk was told, where nothing was told yet: who is new gets news, not history.
  package func seed(_ other: MailState) throws(Failure) {
    guard lock >= 0, try read("state.json", as: MailState.self) == nil else { return }
    try writeJSON(other.seed, to: "state.json")
  }

  /// The folder of another desk, made where it is not there yet.
  package static func path(of desk: String, in folder: String) -> String {
    let hash = Hex.encode(SHA256.hash(data: Array(desk.utf8)).prefix(6))
    let readable = desk.lowercased().unicodeScalars.prefix(40).map {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "-"
    }
    return folder + "/desks/" + String(readable) + "-" + hash
  }

  private func read<T: Decodable>(_ name: String, as type: T.Type) throws(Failure) -> T? {
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: file(name))) } catch {
      if access(file(name), F_OK) != 0, errno == ENOENT { return nil }
      throw Self.failure(file(name), "\((error as NSError).localizedDescription)")
    }
    do { return try JSONDecoder().decode(type, from: data) } catch {
      throw Failure(
        message: Text(
          "\(file(name)): tidak terbaca; pindahkan berkas itu (ringkasan berikutnya lalu mengulang semuanya)",
          "\(file(name)): cannot be read; move it away (the next digest then tells everything again)"),
        isBusy: false)
    }
  }

  /// The digest on its way, `nil` when there is none. Clears up what a crash left.
  package func pending() throws(Failure) -> Pending? {
    let exists = access(file("digest.eml"), F_OK) == 0
    guard exists, let next = try read("next.json", as: Next.self) else {
      // Left by a crash, but for how far the reading of the ledger had come.
      if lock >= 0 { for name in ["next.json", "accepted.json", "attempts.json"] { unlink(file(name)) } }
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
  package func spool(_ bytes: [UInt8], _ envelope: Envelope, next: MailState) throws(Failure) {
    try writeJSON(Next(envelope: envelope, state: next), to: "next.json")
    // Once more as the state itself: where the disk is full by then, it still only has to be renamed.
    try writeJSON(next, to: "accepted.json")
    FailPoint.pass("before-spool")
    try writeBytes(bytes, to: "digest.eml")
    FailPoint.pass("after-spool")
  }

  /// The digest was accepted: the state moves, then its files go.
  package func accept(_ pending: Pending, at now: String) throws(Failure) {
    FailPoint.pass("after-accept")
    var next = pending.next
    next.delay = pending.delay
    next.accepted = now
    // What came in while it waited was written to the old state.
    next.backlog = try state().backlog.filter { !next.told($0) }
    do throws(Failure) { try writeJSON(next, to: "state.json") } catch {
      guard next.backlog.isEmpty, rename(file("accepted.json"), file("state.json")) == 0 else { throw error }
    }
    FailPoint.pass("after-state")
    clear()
  }

  /// The digest is not sent as it is: another one will be rendered in its place.
  package func discard() { clear() }

  /// The digest was not accepted.
  package func note(_ delay: MailState.Delay) throws(Failure) { try writeJSON(delay, to: "attempts.json") }

  /// Keeps events that came in while a digest waits.
  package func keep(backlog: [LogEvent]) throws(Failure) {
    var state = try state()
    state.backlog = backlog
    try writeJSON(state, to: "state.json")
  }

  /// Not synced: files that a crash brings back are known as told by the Message-ID in the state, or as
  /// meant for somebody else, and go then.
  private func clear() {
    for name in ["digest.eml", "next.json", "accepted.json", "attempts.json", "progress.json"] {
      unlink(file(name))
    }
  }

  /// How far an earlier run came with the ledger; what cannot be read costs time and nothing else.
  package func progress() -> LedgerReading.Progress? {
    do throws(Failure) { return try read("progress.json", as: LedgerReading.Progress.self) } catch {
      return nil
    }
  }

  /// Keeps how far this run came.
  package func keep(_ progress: LedgerReading.Progress) throws(Failure) {
    if lock >= 0 { try writeJSON(progress, to: "progress.json") }
  }

  /// Says for monitoring how the mail is.
  package func write(_ status: MailStatus) throws(Failure) {
    do throws(SystemError) {
      let new = try AtomicFile(file(MailStatus.fileName), mode: 0o644)
      try new.write(Array(status.text.utf8))
      try new.finish()
    } catch { throw Self.failure(file(MailStatus.fileName), error.reason) }
  }

  func write(_ state: MailState) throws(Failure) { try writeJSON(state, to: "state.json") }

  /// Items handed over since the state was last written, by fingerprint.
  func toldItems() throws(Failure) -> Set<String> {
    guard let data = FileManager.default.contents(atPath: file("told")) else { return [] }
    // The last line may be cut by a crash: that item is given again rather than lost.
    return Set(
      String(decoding: data, as: UTF8.self).split(separator: "\n").filter { $0.utf8.count == 16 }.map(
        String.init))
  }

  /// Remembers one item at once, without writing the whole state.
  func addTold(_ fingerprint: String) throws(Failure) {
    let descriptor = open(file("told"), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(file("told")) }
    defer { close(descriptor) }
    do throws(SystemError) {
      try Array((fingerprint + "\n").utf8).write(to: descriptor, named: file("told"))
    } catch {
      throw Self.failure(file("told"), error.reason)
    }
    guard fdatasync(descriptor) == 0 else { throw Self.failure(file("told")) }
  }

  func forgetTold() { unlink(file("told")) }

  private func writeJSON(_ value: some Encodable, to name: String) throws(Failure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(value) else { throw Self.failure(file(name)) }
    try writeBytes(Array(data), to: name)
  }

  private func writeBytes(_ bytes: [UInt8], to name: String) throws(Failure) {
    do throws(SystemError) {
      let new = try AtomicFile(file(name))
      try new.write(bytes)
      try new.finish(isSynced: true)
    } catch {
      throw Self.failure(file(name), error.reason)
    }
  }
}
