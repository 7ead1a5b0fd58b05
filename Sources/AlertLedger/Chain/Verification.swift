import AuditBase
import FreezeRules

/// Walks the ledger from its first event and says everything that does not fit. Pure: rows are fed to it in order.
///
/// The chain finds an edited byte, a deleted row and a swapped pair. A cut tail leaves a whole chain behind, so it is
/// found only against a head remembered elsewhere: in the log or the mail.
package struct Verification: Sendable {
  /// A head of the ledger as remembered outside of it.
  package struct Head: Sendable, Hashable {
    /// Number, `nil`: any event with that hash.
    package var seq: Int64?
    /// 64 hex digits.
    package var hash: String

    /// From `SEQ:HASH` or `HASH`; `nil` when it is neither.
    package init?(_ text: String) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard let hash = parts.last?.lowercased(), hash.utf8.count == 64, hash.allSatisfy(\.isHexDigit),
        parts.count <= 2
      else { return nil }
      if parts.count == 2 {
        guard let seq = Int64(parts[0]), seq >= 0 else { return nil }
        self.seq = seq
      }
      self.hash = hash
    }
  }

  /// Something that does not fit.
  package struct Problem: Sendable, Equatable {
    /// The event, 0 for the ledger as a whole.
    package let seq: Int64
    /// What is wrong with it.
    package let text: Text

    /// A problem of these parts.
    package init(seq: Int64, text: Text) {
      self.seq = seq
      self.text = text
    }
  }

  /// What was found, in order.
  package private(set) var problems: [Problem] = []
  /// Events seen.
  package private(set) var count = 0
  /// The last event's number.
  package private(set) var seq: Int64 = 0
  /// The last event's hash.
  package private(set) var hash = EventBody.genesis
  /// Events whose bodies are gone, and are in an archive.
  package private(set) var removed = 0
  private var expected: [Head]
  private var links: [SealLinks]
  /// The last event whose body is gone although no seal covers it.
  private var unsealed: Int64?
  /// Events whose bodies cannot be read, with their hashes.
  private var unreadable: [(problem: Problem, hash: [UInt8])] = []
  private var aside: [SetAside] = []

  /// - Parameters:
  ///   - heads: remembered elsewhere; each must be in the chain.
  ///   - seals: of what is walked, read before it.
  ///   - start: what the first event continues; of an archive it may be a later one.
  package init(heads: [Head] = [], seals: [Seal] = [], after start: LedgerHead = .empty) {
    expected = heads.filter { $0.seq != 0 }
    links = seals.map { SealLinks($0) }
    (seq, hash) = (start.seq, start.hash)
  }

  private mutating func report(_ seq: Int64, id: String, en: String) {
    problems.append(Problem(seq: seq, text: Text(id, en)))
  }

  /// Takes the next row.
  /// - Returns: its body, where it can be read.
  @discardableResult
  package mutating func take(_ row: StoredRow) -> EventBody.Parsed? {
    count += 1
    if row.seq != seq + 1 {
      let missing = seq + 2 < row.seq ? "\(seq + 1)–\(row.seq - 1)" : "\(seq + 1)"
      report(
        row.seq, id: "peristiwa \(missing) hilang sebelum yang ini",
        en: "event \(missing) is missing before it")
    }
    if row.previousHash != hash {
      report(
        row.seq, id: "tidak menyambung pada hash peristiwa sebelumnya",
        en: "does not continue from the hash of the event before")
    }
    for index in links.indices where !links[index].take(row) {
      let (first, last) = (links[index].seal.range.lowerBound, links[index].seal.range.upperBound)
      report(
        row.seq, id: "peristiwa \(first)–\(last) bukan yang disegel: sesuatu di antaranya diubah sesudah itu",
        en:
          "events \(first)–\(last) are not those that were sealed: something among them was changed after that"
      )
    }
    let body: EventBody.Parsed?
    if row.isRemoved {
      body = nil
      checkRemoval(row)
    } else {
      if EventBody.hash(previous: row.previousHash, body: row.body) != row.hash {
        report(
          row.seq, id: "isi atau hash diubah: keduanya tidak cocok",
          en: "body or hash was edited: they do not fit")
      }
      body = checkColumns(row)
    }
    seq = row.seq
    hash = row.hash
    let text = Hex.encode(hash)
    expected.removeAll { $0.hash == text && ($0.seq ?? seq) == seq }
    return body
  }

  /// A body may be gone only where a seal says which file holds it.
  private mutating func checkRemoval(_ row: StoredRow) {
    removed += 1
    if links.contains(where: { $0.seal.range.contains(row.seq) }) { return }
    // Said once for a run of them.
    if unsealed != row.seq - 1 {
      report(
        row.seq, id: "isinya dihapus (dan mungkin isi sesudahnya), tanpa segel yang mencakupnya",
        en: "its body is gone (and perhaps those after it), and no seal covers it")
    }
    unsealed = row.seq
  }

  /// The columns repeat the body for queries; whoever edits a column alone deceives the queries only.
  private mutating func checkColumns(_ row: StoredRow) -> EventBody.Parsed? {
    guard let body = EventBody.Parsed(row.body), let version = body.text("v") else {
      let text = Text("isi tidak terbaca", "the body cannot be read")
      unreadable.append((Problem(seq: row.seq, text: text), row.hash))
      return nil
    }
    guard version == String(EventBody.version) else {
      report(
        row.seq, id: "isi dalam format \(version), yang tidak dikenal program ini",
        en: "the body is in format \(version), which this program does not know")
      return nil
    }
    guard StoredEvent(body) != nil else {
      let text = Text(
        "isi tidak menyebut peristiwa yang dikenal program ini",
        "the body names no event that this program knows")
      unreadable.append((Problem(seq: row.seq, text: text), row.hash))
      return nil
    }
    if body.text("event") == EventKind.setAside.rawValue, let found = SetAside(body) { aside.append(found) }
    var differing: [String] = []
    if body.text("seq") != String(row.seq) { differing.append("seq") }
    for (name, value) in row.columns.sorted(by: { $0.key < $1.key }) {
      let told = body.text(name)
      if told != value, told?.asciiEscaped != value { differing.append(name) }
    }
    if !differing.isEmpty {
      let names = differing.joined(separator: ", ")
      report(
        row.seq, id: "kolom berbeda dari isi: \(names)", en: "columns disagree with the body: \(names)")
    }
    return body
  }

  /// What was set aside, of what is there: no problem any more, and never silent.
  package private(set) var setAside: [SetAside] = []

  /// After the last row: what cannot be read and was not set aside since, and the heads remembered elsewhere that were not met.
  package mutating func finish() {
    for (problem, hash) in unreadable {
      if let found = aside.first(where: { $0.means(problem.seq, hash) }) {
        setAside.append(found)
      } else {
        problems.append(problem)
      }
    }
    unreadable = []
    for head in expected {
      let name = head.seq.map { "\($0):\(head.hash)" } ?? head.hash
      if let wanted = head.seq, wanted > seq {
        report(
          0, id: "ujung dipotong: arsip peringatan berakhir pada \(seq), padahal pernah sampai \(name)",
          en: "the tail was cut: the ledger ends at \(seq), but it once reached \(name)")
      } else {
        report(
          head.seq ?? 0, id: "tidak memuat \(name): ekor dipotong atau rantai ditulis ulang",
          en: "does not hold \(name): the tail was cut or the chain rewritten")
      }
    }
    expected = []
  }
}
