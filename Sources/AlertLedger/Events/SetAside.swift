import AuditBase
import FreezeRules
import Postgres

/// A person sets aside an event whose body nobody can read: an append-only ledger has no other way out. The event stays where it
/// is, is named by its hash, and counts for nothing from now on.
package struct SetAside: Sendable, Hashable {
  /// Who.
  package var author: String
  /// Why.
  package var reason: String
  /// The event.
  package var seq: Int64
  /// Its hash, in hexadecimal digits.
  package var hash: String

  /// Of these parts.
  package init(author: String, reason: String, seq: Int64, hash: String) {
    self.author = author
    self.reason = reason
    self.seq = seq
    self.hash = hash
  }

  /// Whether it means this event.
  func means(_ seq: Int64, _ hash: [UInt8]) -> Bool { self.seq == seq && self.hash == Hex.encode(hash) }

  /// For other programs.
  package var json: JSON {
    .object([
      "author": .string(author), "reason": .string(reason), "seq": .integer(Int(seq)), "hash": .string(hash),
    ])
  }

  init?(_ parsed: EventBody.Parsed) {
    guard let seq = parsed.text("set_aside", "seq").flatMap(Int64.init),
      let hash = parsed.text("set_aside", "hash")
    else { return nil }
    self.init(
      author: parsed.text("set_aside", "author") ?? "", reason: parsed.text("set_aside", "reason") ?? "",
      seq: seq, hash: hash)
  }
}

extension LedgerStore {
  /// Everything that was set aside.
  package func setAside() throws(LedgerError) -> [SetAside] {
    try texts(
      "SELECT body FROM freeze_audit.alert_event WHERE event = $1 ORDER BY seq",
      [.text(EventKind.setAside.rawValue)]
    ).compactMap { EventBody.Parsed($0).flatMap(SetAside.init) }
  }

  /// Passes over an event that cannot be read where a person set it aside; the alert it belonged to is what its other events
  /// say.
  func passOver(_ body: String, in state: inout LedgerState) throws(LedgerError) {
    let found = try rows(
      "SELECT seq, hash, alert_id FROM freeze_audit.alert_event WHERE body = $1 ORDER BY seq", [.text(body)]
    ) { row throws(PostgresError) in
      (seq: try row.number(at: 0), hash: row.byteArray(at: 1) ?? [], alertID: row.string(at: 2))
    }
    let aside = try setAside()
    if let other = found.first(where: { event in !aside.contains { $0.means(event.seq, event.hash) } }) {
      throw Self.unreadable(other.seq)
    }
    for id in Set(found.compactMap(\.alertID)) {
      let id = AlertID(stored: id)
      state.alerts[id] = nil
      for row in try events(of: id) { if let event = StoredEvent(body: row.body) { state.apply(event) } }
    }
  }

  /// An event whose body cannot be read, and what to do.
  package static func unreadable(_ seq: Int64) -> LedgerError {
    LedgerError(
      .corrupt,
      id:
        "isi peristiwa \(seq) tidak terbaca; jalankan freeze-auditor alerts verify. Bila tidak dapat dipulihkan: alerts set-aside --seq \(seq)",
      en:
        "the body of event \(seq) cannot be read; run freeze-auditor alerts verify. Where it cannot be restored: alerts set-aside --seq \(seq)"
    )
  }
}
