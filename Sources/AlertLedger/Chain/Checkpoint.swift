import AuditBase
import Foundation
import FreezeRules

/// The head of a ledger at an instant, as a note says it: who signs, how many events, the hash of the last one, then the time
/// and the hash of the first event, which tells one ledger from another.
///
/// The shape is C2SP's `tlog-checkpoint`; the hash is the head of our chain and not the root of a Merkle tree.
package struct Checkpoint: Sendable, Equatable {
  /// Who signs.
  package var origin: String
  /// The last event.
  package var head: LedgerHead
  /// When, in UTC, as the signer's clock had it.
  package var time: String?
  /// The hash of the first event.
  package var first: [UInt8]?

  /// A head now.
  package init(origin: String, head: LedgerHead, first: [UInt8]?, secondsSince2000: Int) {
    self.origin = origin
    self.head = head
    self.first = head.seq > 0 ? first : nil
    time = Date(timeIntervalSince1970: Double(secondsSince2000 + 946_684_800)).ISO8601Format()
  }

  /// What is signed.
  package var text: String {
    var lines = [origin, "\(head.seq)", Data(head.hash).base64EncodedString()]
    if let time { lines.append("time \(time)") }
    if let first { lines.append("first \(Data(first).base64EncodedString())") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// From a note that a key signed.
  package init(_ note: SignedNote, _ key: VerifierKey) throws(Failure) {
    try note.check(key)
    let lines = note.text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 3, let size = Int64(lines[1]), size >= 0, String(size) == lines[1],
      let hash = Data(base64Encoded: lines[2]), hash.count == EventBody.genesis.count
    else {
      throw Failure(
        .ledger, "nota ini asli, tetapi bukan kepala arsip peringatan (asal, jumlah, hash)",
        "the note is genuine, but is no head of a ledger (origin, size, hash)")
    }
    origin = lines[0]
    head = LedgerHead(seq: size, hash: Array(hash))
    func value(_ name: String) -> String? {
      lines.dropFirst(3).first { $0.hasPrefix(name + " ") }.map { String($0.dropFirst(name.count + 1)) }
    }
    time = value("time")
    first = value("first").flatMap { Data(base64Encoded: $0) }.map { Array($0) }
  }
}

/// Whether a ledger that is read from its first event still continues from a checkpoint.
package struct CheckpointCheck: Sendable {
  /// What was signed.
  package let checkpoint: Checkpoint
  private var first: [UInt8]?
  private var found: [UInt8]?
  private var last: Int64 = 0

  /// Of a note that was checked.
  package init(_ checkpoint: Checkpoint) { self.checkpoint = checkpoint }

  /// Takes the next row.
  package mutating func take(_ row: StoredRow) {
    if row.seq == 1 { first = row.hash }
    if row.seq == checkpoint.head.seq { found = row.hash }
    last = max(last, row.seq)
  }

  /// After the last row: what is wrong, `nil` when the ledger is the one that was signed, as it was or longer.
  package var problem: Verification.Problem? {
    let head = checkpoint.head
    guard head.seq > 0, found != head.hash else { return nil }
    let at = checkpoint.time.map { PlainText.line($0, limit: 40) } ?? "-"
    func problem(_ seq: Int64, _ indonesian: String, _ english: String) -> Verification.Problem {
      Verification.Problem(seq: seq, text: Text(indonesian, english))
    }
    if let signed = checkpoint.first, first != nil, first != signed {
      return problem(
        0,
        "arsip peringatan lain: peristiwa pertamanya bukan yang ditandatangani pada \(at) (atau seluruhnya ditulis ulang)",
        "another ledger: its first event is not the one that was signed at \(at) (or all of it was rewritten)"
      )
    }
    if found == nil, last < head.seq {
      return problem(
        0,
        "terpotong: pada \(at) arsip peringatan bertanda tangan memuat \(head.seq) peristiwa, kini berakhir pada \(last)",
        "truncated: at \(at) the signed ledger held \(head.seq) events, now it ends at \(last)")
    }
    if found == nil {
      return problem(
        head.seq, "peristiwa yang ditandatangani pada \(at) hilang",
        "the event that was signed at \(at) is gone")
    }
    return problem(
      head.seq,
      "ditulis ulang: peristiwa ini bukan yang ditandatangani pada \(at); sesuatu sampai nomor ini diubah sesudah itu",
      "rewritten: this event is not the one that was signed at \(at); something up to this number was changed after that"
    )
  }
}

extension LedgerStore {
  /// The head now, as a note.
  package func checkpoint(_ key: SigningKey, secondsSince2000: Int) throws -> String {
    let first = try events(from: 1, limit: 1).first
    return try key.sign(
      Checkpoint(
        origin: key.verifier.name, head: try head(), first: first?.hash, secondsSince2000: secondsSince2000
      ).text)
  }
}
