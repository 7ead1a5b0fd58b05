import AuditBase
import FreezeRules

extension LedgerStore {
  /// Whether the ledger still holds an event that was once its last: it is the same one then, as it was or longer.
  package func continues(_ head: LedgerHead) throws(LedgerError) -> Bool {
    guard head.seq > 0 else { return true }
    return try rows(
      "SELECT e.hash FROM freeze_audit.alert_event AS e WHERE e.seq = $1::bigint", [.int(head.seq)]
    ) { $0.byteArray(at: 0) }.first == head.hash
  }

  /// Whether a person accepted just this refusal, for whichever source: it is the ledger's, not a source's.
  package func isAccepted(_ refusal: Text) throws(LedgerError) -> Bool {
    let lines = [refusal.indonesian, refusal.english].map { LedgerState.line($0) }
    return try texts(
      "SELECT body FROM freeze_audit.alert_event WHERE event = $1 ORDER BY seq DESC LIMIT 100",
      [.text(EventKind.accepted.rawValue)]
    ).contains { EventBody.Parsed($0).flatMap(Acceptance.init).map { lines.contains($0.accepts) } ?? false }
  }
}

/// How far the ledger had come, as kept outside of it. A chain that was cut, rewritten or restored from a backup is whole in
/// itself; it is found only against a head that somebody else remembers.
package struct KnownHead: Sendable, Equatable {
  /// The last event that was there, and nothing was wrong.
  package private(set) var head: LedgerHead?
  /// What was found at its place and is no continuation of it, until a person takes it for the ledger.
  package private(set) var replacement: LedgerHead?

  /// Nothing is known yet.
  package init() {}

  /// Compares the ledger with what is known; what continues it is known from now on.
  /// - Returns: false when another ledger than before stands there.
  package mutating func look(_ now: LedgerHead, _ continues: (LedgerHead) throws(LedgerError) -> Bool)
    throws(LedgerError) -> Bool
  {
    guard let head else {
      self = KnownHead(now)
      return true
    }
    if try now == head ? true : continues(head) {
      self = KnownHead(now)
      return true
    }
    if let replacement, try now == replacement ? true : continues(replacement) { return true }
    replacement = now
    return false
  }

  /// Our own events were written behind this one.
  package mutating func advance(from base: LedgerHead, to now: LedgerHead) {
    if head == base, replacement == nil { self = KnownHead(now) }
  }

  /// A person takes what stands there for the ledger.
  package mutating func accept(_ now: LedgerHead) { self = KnownHead(now) }

  private init(_ head: LedgerHead) { self.head = head }

  /// What is said of a ledger that is no continuation; the same text as long as the same one stands there.
  package var refusal: Text? {
    guard let head, let replacement else { return nil }
    let (known, found) = (Self.text(head), Self.text(replacement))
    return Text(
      "arsip peringatan bukan lanjutan dari yang dikenal: seharusnya memuat peristiwa \(known), yang ada berakhir pada \(found). Terpotong, ditulis ulang, dipulihkan dari cadangan, atau arsip peringatan lain\(RefusalAdvice.ledger.indonesian)",
      "the ledger is no continuation of the known one: it should hold event \(known), the one there ended with \(found). Cut, rewritten, restored from a backup, or another ledger\(RefusalAdvice.ledger.english)"
    )
  }

  private static func text(_ head: LedgerHead) -> String { "\(head.seq):\(Hex.encode(head.hash))" }
}

// MARK: As a file

extension KnownHead {
  /// As a file keeps it; `alerts verify --state` reads it as well.
  package var json: JSON {
    var pairs: [JSON.Pair] = []
    if let head {
      pairs.append(JSON.Pair("head_seq", .integer(Int(head.seq))))
      pairs.append(JSON.Pair("head_hash", .string(Hex.encode(head.hash))))
    }
    if let replacement {
      pairs.append(JSON.Pair("replaced_by_seq", .integer(Int(replacement.seq))))
      pairs.append(JSON.Pair("replaced_by_hash", .string(Hex.encode(replacement.hash))))
    }
    return .object(pairs)
  }

  /// From ``json``; `nil` when it is anything else.
  package init?(_ text: String) {
    guard let json = JSON(parsing: text), let head = LedgerHead(json, "head"),
      json["replaced_by_seq"] == nil || LedgerHead(json, "replaced_by") != nil
    else { return nil }
    self.head = head
    replacement = LedgerHead(json, "replaced_by")
  }
}

extension LedgerHead {
  fileprivate init?(_ json: JSON, _ name: String) {
    guard let seq = json[name + "_seq"]?.integer, seq >= 0, let text = json[name + "_hash"]?.string,
      let hash = Hex.decode(text), hash.count == EventBody.genesis.count
    else { return nil }
    self.init(seq: Int64(seq), hash: hash)
  }
}
