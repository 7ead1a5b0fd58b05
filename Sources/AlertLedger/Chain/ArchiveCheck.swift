import AuditBase
import Crypto
import Foundation
import FreezeRules

/// What a look at an archive found, without the ledger.
package struct ArchiveCheck: Sendable {
  /// As given.
  package let path: String
  /// What the first line says.
  package let header: Archive.Header
  /// SHA-256 of the file.
  package private(set) var file: [UInt8] = []
  /// Events in it.
  package var count: Int { verification.count }
  private var verification: Verification
  private var others: [Verification.Problem] = []

  /// What is wrong with it, in order.
  package var problems: [Verification.Problem] { verification.problems + others }

  /// Reads an archive from its first line to its last.
  /// - Parameter each: gets every event with its body, where that can be read.
  package init(_ path: String, each: (StoredRow, EventBody.Parsed?) -> Void = { _, _ in }) throws {
    self.path = path
    var lines = try LineReader(path)
    guard let first = try lines.next() else { throw Self.notOne(path) }
    guard let header = JSON(parsing: first.text).flatMap(Archive.Header.init) else {
      throw Self.notOne(path, isBegun: first.text.hasPrefix("{\"\(Archive.mark)\""))
    }
    self.header = header
    verification = Verification(after: LedgerHead(seq: header.range.lowerBound - 1, hash: header.start))
    var whole = SHA256()
    whole.update(data: first.bytes)
    var isEnded = false
    while let line = try lines.next() {
      if isEnded {
        report(0, "ada baris sesudah baris terakhir", "there are lines after the last one")
        break
      }
      let json = JSON(parsing: line.text)
      if let sum = json?["sha256"]?.string {
        // Where an event was changed, that is said already.
        if Hex.decode(sum) != Array(whole.finalize()), verification.problems.isEmpty, others.isEmpty {
          report(
            0, "ada bita yang diubah: SHA-256 berkas tidak cocok dengan baris terakhirnya",
            "a byte was changed: the file's SHA-256 is not the one in its last line")
        }
        isEnded = true
      } else if let row = json.flatMap(StoredRow.init(archived:)) {
        each(row, verification.take(row))
      } else if line.isWhole {
        report(
          verification.seq + 1, "barisnya tidak terbaca: ada bita yang diubah",
          "its line cannot be read: a byte was changed")
      }
      whole.update(data: line.bytes)
    }
    file = Array(lines.hash.finalize())
    finish(isEnded)
  }

  private mutating func report(_ seq: Int64, _ indonesian: String, _ english: String) {
    others.append(Verification.Problem(seq: seq, text: Text(indonesian, english)))
  }

  private mutating func finish(_ isEnded: Bool) {
    let (first, last) = (header.range.lowerBound, header.range.upperBound)
    if !isEnded {
      report(
        0,
        "terpotong: seharusnya memuat peristiwa \(first)–\(last) dan satu baris penutup, berakhir sesudah \(verification.seq)",
        "cut short: it should hold events \(first)–\(last) and a last line, and ends after \(verification.seq)"
      )
    } else if verification.seq != last || verification.count != header.range.count {
      report(
        0,
        "seharusnya memuat peristiwa \(first)–\(last), berisi \(verification.count) sampai \(verification.seq)",
        "it should hold events \(first)–\(last), and has \(verification.count) up to \(verification.seq)")
    } else if verification.hash != header.end, verification.problems.isEmpty {
      report(
        last, "bukan hash terakhir yang disebut baris pertama",
        "is not the last hash that the first line names")
    }
  }

  private static func notOne(_ path: String, isBegun: Bool = false) -> Failure {
    isBegun
      ? Failure(
        .ledger, "\(path): baris pertama berkas segel ini terpotong atau diubah",
        "\(path): the first line of this archive is cut short or was changed")
      : Failure(
        .usage, "\(path): bukan berkas segel dari alerts archive", "\(path): is no archive of alerts archive")
  }
}

// MARK: Beside the ledger

extension ArchiveCheck {
  /// What does not fit the ledger.
  package func compare(with store: LedgerStore) throws -> [Verification.Problem] {
    var found: [Verification.Problem] = []
    func report(_ seq: Int64, _ indonesian: String, _ english: String) {
      found.append(Verification.Problem(seq: seq, text: Text(indonesian, english)))
    }
    guard problems.isEmpty else { return [] }
    if let one = try store.events(from: 1, limit: 1).first, one.hash != header.first {
      report(
        0, "berkas segel arsip peringatan lain: peristiwa pertamanya bukan yang ada di arsip peringatan ini",
        "an archive of another ledger: its first event is not this ledger's")
      return found
    }
    let last = header.range.upperBound
    guard let row = try store.events(from: last, limit: 1).first, row.seq == last else {
      report(
        last,
        "arsip peringatan ini tidak sampai peristiwa terakhir berkas segel: ekornya hilang, atau arsip peringatan lain",
        "this ledger does not reach the archive's last event: its tail is gone, or it is another ledger")
      return found
    }
    guard row.hash == header.end else {
      report(
        last,
        "bukan peristiwa yang ada di arsip peringatan: berkas segel lain, atau arsip peringatan ditulis ulang",
        "is not the event in the ledger: another archive, or the ledger was rewritten")
      return found
    }
    let sealed = try store.seals().filter { $0.range == header.range }
    if !sealed.isEmpty, !sealed.contains(where: { $0.file == file }) {
      report(
        0,
        "peristiwanya cocok, tetapi berkas ini bukan yang disegel (hash berkas menurut arsip peringatan: \(sealed.map { Hex.encode($0.file) }.joined(separator: ", ")))",
        "its events fit, but this is not the file that was sealed (its hash by the ledger: \(sealed.map { Hex.encode($0.file) }.joined(separator: ", ")))"
      )
    }
    return found
  }
}

extension StoredRow {
  /// From a line of an archive; `nil` where it is none.
  fileprivate init?(archived json: JSON) {
    guard let seq = json["seq"]?.integer, Archive.numbers.contains(seq), let body = json["body"]?.string,
      let previous = json["prev_hash"]?.string.flatMap({ Hex.decode($0) }),
      let hash = json["hash"]?.string.flatMap({ Hex.decode($0) })
    else { return nil }
    self.init(seq: Int64(seq), columns: [:], body: body, previousHash: previous, hash: hash)
  }
}

/// The lines of a file, whatever its size.
private struct LineReader {
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// Of everything read.
  private(set) var hash = SHA256()

  /// A line no event is as long as: what is no archive must not fill the memory.
  private static let longest = 64 << 20

  struct Line {
    let bytes: [UInt8]
    let text: String
    /// It ends with a line end.
    let isWhole: Bool
  }

  init(_ path: String) throws {
    guard let opened = FileHandle(forReadingAtPath: path) else {
      throw Failure(
        .usage, "\(path): tidak dapat dibaca (\(SystemError.last))",
        "\(path): cannot be read (\(SystemError.last))")
    }
    handle = opened
  }

  mutating func next() throws -> Line? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return line(buffer[start...end], isWhole: true)
      }
      searched = buffer.count
      if isAtEnd || buffer.count - start > Self.longest {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return line(buffer[start...], isWhole: false)
      }
      buffer.removeFirst(start)
      (searched, start) = (searched - start, 0)
      let read = try handle.read(upToCount: 1 << 18).map { Array($0) } ?? []
      isAtEnd = read.isEmpty
      hash.update(data: read)
      buffer += read
    }
  }

  private func line(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> Line {
    let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
    return Line(bytes: Array(bytes), text: String(decoding: text, as: UTF8.self), isWhole: isWhole)
  }
}
