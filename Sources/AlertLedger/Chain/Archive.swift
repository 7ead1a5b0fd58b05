import AuditBase
import Crypto
import Foundation
import FreezeRules

/// A file of sealed events: a line that says what it holds, a line an event as `alerts export` writes them, and a last line with
/// the SHA-256 of all before it. It can be checked without the ledger and without this program.
package enum Archive {
  /// What the first line says.
  package struct Header: Sendable, Equatable {
    /// Events recorded before this day.
    package var before: String
    /// The events in it.
    package var range: ClosedRange<Int64>
    /// The hash before the first of them.
    package var start: [UInt8]
    /// The hash of the last one.
    package var end: [UInt8]
    /// The hash of event 1 of that ledger.
    package var first: [UInt8]

    var line: String {
      JSON.object([
        Archive.mark: .integer(1), "before": .string(before), "from_seq": .integer(Int(range.lowerBound)),
        "through_seq": .integer(Int(range.upperBound)), "start_hash": .string(Hex.encode(start)),
        "end_hash": .string(Hex.encode(end)), "first_hash": .string(Hex.encode(first)),
      ]).text + "\n"
    }

    init(_ range: ClosedRange<Int64>, _ sealable: SealableRange, before: String) {
      self.before = before
      self.range = range
      start = sealable.start
      end = sealable.end
      first = sealable.first
    }

    init?(_ json: JSON) {
      func hash(_ name: String) -> [UInt8]? {
        json[name]?.string.flatMap { Hex.decode($0) }.flatMap { $0.count == 32 ? $0 : nil }
      }
      guard json[Archive.mark]?.integer == 1, let first = json["from_seq"]?.integer,
        let last = json["through_seq"]?.integer, Archive.numbers.contains(first),
        Archive.numbers.contains(last), first <= last, let start = hash("start_hash"),
        let end = hash("end_hash"), let one = hash("first_hash")
      else { return nil }
      before = json["before"]?.string ?? ""
      range = Int64(first)...Int64(last)
      (self.start, self.end, self.first) = (start, end, one)
    }
  }

  static let mark = "freeze_audit_archive"
  /// What may be a number of an event: a file is anybody's.
  static let numbers = 1...(Int.max / 2)

  /// The line of an event.
  package static func line(_ row: StoredRow) -> String {
    let link: KeyValuePairs<String, JSON> = [
      "seq": .integer(Int(row.seq)), "prev_hash": .string(Hex.encode(row.previousHash)),
      "hash": .string(Hex.encode(row.hash)),
    ]
    let body =
      row.isRemoved
      ? [JSON.Pair("body", .null), JSON.Pair(StoredRow.removed, .bool(true))]
      : [JSON.Pair("body", .string(row.body))]
    return JSON.object(link.map { JSON.Pair($0.key, $0.value) } + body).text + "\n"
  }
}

extension Archive {
  /// An archive being written.
  package struct Writer {
    private let file: AtomicFile
    private let header: Header
    private var whole = SHA256()
    private var links = SHA256()
    private var check: Verification

    /// Begins the file; one that is there already is never written over.
    package init(_ path: String, _ range: ClosedRange<Int64>, _ sealable: SealableRange, before: String)
      throws
    {
      guard !FileManager.default.fileExists(atPath: path) else {
        throw Failure(
          .usage, "\(path): sudah ada; berkas segel tidak ditimpa. Beri nama berkas baru dengan --output",
          "\(path): exists; an archive is not overwritten. Name a new file with --output")
      }
      header = Header(range, sealable, before: before)
      check = Verification(after: LedgerHead(seq: range.lowerBound - 1, hash: sealable.start))
      file = try AtomicFile(path)
      try write(header.line)
    }

    /// Takes the next event.
    package mutating func add(_ row: StoredRow) throws {
      check.take(row)
      guard check.problems.isEmpty else { throw Self.broken }
      links.update(data: row.hash)
      try write(Archive.line(row))
    }

    /// The file appears under its name.
    /// - Returns: its seal.
    package mutating func finish() throws -> Seal {
      guard check.seq == header.range.upperBound, check.hash == header.end else { throw Self.broken }
      try write(JSON.object(["sha256": .string(Hex.encode(whole.finalize()))]).text + "\n")
      try file.finish(isSynced: true)
      return Seal(
        before: header.before, range: header.range, start: header.start, end: header.end,
        links: Array(links.finalize()), file: Array(whole.finalize()))
    }

    private mutating func write(_ text: String) throws {
      let bytes = Array(text.utf8)
      whole.update(data: bytes)
      try file.write(bytes)
    }

    private static let broken = LedgerError(
      .corrupt, id: "arsip peringatan tidak utuh, maka tidak disegel; jalankan freeze-auditor alerts verify",
      en: "the ledger does not hold together and was not archived; run freeze-auditor alerts verify")
  }
}
