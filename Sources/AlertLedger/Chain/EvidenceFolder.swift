import AuditBase
import Crypto
import Foundation
import FreezeRules
import Postgres

/// A folder of files that somebody takes away, each with its SHA-256 in `SHA256SUMS`.
package struct EvidenceFolder {
  private let path: String
  private var sums: [(name: String, hash: String)] = []

  /// Makes the folder, for its owner alone. One that holds anything is refused: what is in `SHA256SUMS` is all there is.
  package init(_ path: String) throws(Failure) {
    self.path = path
    if mkdir(path, 0o700) == 0 { return }
    guard errno == EEXIST else { throw Self.failure(SystemError(call: path, code: errno)) }
    let held = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard held?.isEmpty == true else {
      throw Failure(
        .usage, "\(path): folder sudah berisi, atau bukan folder; beri nama folder baru",
        "\(path): the folder holds something, or is no folder; give the name of a new one")
    }
  }

  /// Writes a file.
  package mutating func add(_ name: String, _ bytes: [UInt8]) throws(Failure) {
    try write(name, bytes)
    sums.append((name, Hex.encode(SHA256.hash(data: bytes))))
  }

  /// Writes a file of text.
  package mutating func add(_ name: String, _ text: String) throws(Failure) {
    try add(name, Array(text.utf8))
  }

  /// Writes `SHA256SUMS`, as `sha256sum -c` reads it.
  package func finish() throws(Failure) {
    try write(
      "SHA256SUMS",
      Array(sums.sorted { $0.name < $1.name }.map { "\($0.hash)  \($0.name)\n" }.joined().utf8))
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws(Failure) {
    do throws(SystemError) {
      let file = try AtomicFile(path + "/" + name)
      try file.write(bytes)
      try file.finish(isSynced: true)
    } catch { throw Self.failure(error) }
  }

  private static func failure(_ error: SystemError) -> Failure {
    Failure(
      .notEvaluated,
      "\(error.call): tidak dapat ditulis (\(error.reason)). Periksa folder, hak tulis dan ruang disk",
      "\(error.call): cannot be written (\(error.reason)). Check folder, permission and disk space")
  }
}

extension LedgerStore {
  /// Every event about some records of a source, in order.
  package func events(of source: String, actions: [String]) throws(LedgerError) -> [StoredRow] {
    try rows(
      """
      \(StoredRow.selection) WHERE e.source = $1 AND e.action_id = ANY ($2::text[]) ORDER BY e.seq
      """, [.text(storable(source)), .texts(actions.map { storable($0) })]
    ) { row throws(PostgresError) in try StoredRow(row) }
  }
}
