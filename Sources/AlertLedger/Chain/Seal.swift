import AuditBase
import Crypto
import FreezeRules
import Postgres

/// That events were written to a file for keeping: stands in the chain as an event of its own, so that whoever holds a later
/// head can tell which file it was, and that what is left of those events is what was there.
package struct Seal: Sendable, Equatable {
  /// Events recorded before this day, in the site's zone.
  package var before: String
  /// The first and the last event in the file.
  package var range: ClosedRange<Int64>
  /// The hash before the first of them.
  package var start: [UInt8]
  /// The hash of the last one.
  package var end: [UInt8]
  /// SHA-256 over the hashes of all of them, one after the other: holds also where the bodies are gone.
  package var links: [UInt8]
  /// SHA-256 of the file.
  package var file: [UInt8]

  /// A seal of these parts.
  package init(
    before: String, range: ClosedRange<Int64>, start: [UInt8], end: [UInt8], links: [UInt8], file: [UInt8]
  ) {
    self.before = before
    self.range = range
    self.start = start
    self.end = end
    self.links = links
    self.file = file
  }

  var json: JSON {
    .object([
      "before": .string(before), "from_seq": .integer(Int(range.lowerBound)),
      "through_seq": .integer(Int(range.upperBound)), "start_hash": .string(Hex.encode(start)),
      "end_hash": .string(Hex.encode(end)), "links_sha256": .string(Hex.encode(links)),
      "file_sha256": .string(Hex.encode(file)),
    ])
  }

  init?(_ parsed: EventBody.Parsed) {
    func hash(_ name: String) -> [UInt8]? { parsed.text("seal", name).flatMap { Hex.decode($0) } }
    guard let first = parsed.text("seal", "from_seq").flatMap({ Int64($0) }),
      let last = parsed.text("seal", "through_seq").flatMap({ Int64($0) }), first > 0, first <= last,
      let start = hash("start_hash"), let end = hash("end_hash"), let links = hash("links_sha256"),
      let file = hash("file_sha256")
    else { return nil }
    self.init(
      before: parsed.text("seal", "before") ?? "", range: first...last, start: start, end: end, links: links,
      file: file)
  }
}

extension StoredRow {
  /// What `freeze_audit.remove_sealed` leaves of an event: its number, time and hashes.
  package static let removed = "removed"

  /// Its body is in an archive only.
  package var isRemoved: Bool { body.isEmpty && columns["event"] == .some(Self.removed) }
}

extension EventDraft {
  /// Events were written to a file for keeping.
  package static func sealing(_ seal: Seal) -> EventDraft {
    var draft = EventDraft(.sealed, reason: .sealed(seal))
    draft.seal = seal
    return draft
  }
}

/// How far the ledger may be sealed.
package struct SealableRange: Sendable {
  /// The events to seal; `nil`: there are none.
  package let range: ClosedRange<Int64>?
  /// The last event that was handed to the log, where that is what ends the range.
  package let heldAt: Int64?
  /// The hash before the first.
  package let start: [UInt8]
  /// The hash of the last.
  package let end: [UInt8]
  /// The hash of event 1: tells one ledger from another.
  package let first: [UInt8]
}

extension LedgerStore {
  /// The seals, in the order they were made. As read: that they belong to the chain is for ``Verification`` to say.
  package func seals() throws(LedgerError) -> [Seal] {
    try texts(
      """
      SELECT body FROM freeze_audit.alert_event \
      WHERE source = '' AND event = '\(EventKind.sealed.rawValue)' AND alert_id IS NULL ORDER BY seq
      """
    ).compactMap { EventBody.Parsed($0).flatMap(Seal.init) }
  }

  /// The last event whose body is gone, 0 where there is none.
  /// - Parameter instant: only of those recorded before it.
  package func lastRemoved(before instant: String = "infinity") throws(LedgerError) -> Int64 {
    try number(
      """
      SELECT max(seq) FROM freeze_audit.alert_event WHERE event = '\(StoredRow.removed)' \
      AND recorded_at < $1::timestamptz
      """, [.text(instant)]) ?? 0
  }

  /// What was recorded before an instant, is in the log, and is in no archive as its only place.
  package func sealable(before instant: String) throws(LedgerError) -> SealableRange {
    let removed = try lastRemoved()
    let sealed = try seals().filter { $0.range.contains(removed) }.map(\.range.upperBound).max() ?? 0
    let handed = try emittedThrough()
    // The first one that is too young, not the last one that is old enough: clocks are set back.
    let young = try number(
      "SELECT min(seq) FROM freeze_audit.alert_event WHERE recorded_at >= $1::timestamptz", [.text(instant)])
    let head = try head().seq
    let last = min((young ?? head + 1) - 1, handed, head)
    let ends = try rows(
      "SELECT e.seq, e.prev_hash, e.hash FROM freeze_audit.alert_event AS e WHERE e.seq = ANY ($1::bigint[])",
      [.ints([1, sealed + 1, last])]
    ) { row throws(PostgresError) in
      (seq: try row.number(at: 0), previous: row.byteArray(at: 1) ?? [], hash: row.byteArray(at: 2) ?? [])
    }
    return SealableRange(
      range: last > sealed ? sealed + 1...last : nil,
      heldAt: handed < min((young ?? head + 1) - 1, head) ? handed : nil,
      start: ends.first { $0.seq == sealed + 1 }?.previous ?? EventBody.genesis,
      end: ends.first { $0.seq == last }?.hash ?? EventBody.genesis,
      first: ends.first { $0.seq == 1 }?.hash ?? EventBody.genesis)
  }

  /// Takes the bodies of sealed events away, as far as no open alert and no later event needs them; only the owner of the
  /// table can.
  /// - Returns: how many.
  package func removeSealed(through seq: Int64) throws(LedgerError) -> Int64 {
    try number(Self.removal, [.int(seq)]) ?? 0
  }

  static let removal = "SELECT freeze_audit.remove_sealed($1::bigint)"

  /// The same for the owner to run.
  package static func removal(through seq: Int64) -> String {
    removal.replacing("$1::bigint", with: "\(seq)") + ";"
  }
}

/// The hashes of a seal's events, taken in one by one.
struct SealLinks: Sendable {
  let seal: Seal
  private var hasher = SHA256()
  private var count: Int64 = 0

  init(_ seal: Seal) { self.seal = seal }

  /// - Returns: false where the last event came and the hashes are not those that were sealed.
  mutating func take(_ row: StoredRow) -> Bool {
    guard seal.range.contains(row.seq) else { return true }
    hasher.update(data: row.hash)
    count += 1
    guard row.seq == seal.range.upperBound else { return true }
    return count == Int64(seal.range.count) && row.hash == seal.end
      && Array(hasher.finalize()) == seal.links
  }
}
