import AuditBase
import Postgres

/// Events on their way into the table, column by column.
struct AppendBatch {
  static let size = 500
  static let sql = """
    INSERT INTO freeze_audit.alert_event (seq, recorded_at, event, reason, alert_id, source, action_id, rule, election, \
    outcome, epoch, body, prev_hash, hash) \
    SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], \
    $8::text[], $9::text[], $10::text[], $11::bigint[], $12::text[], $13::bytea[], $14::bytea[])
    """

  /// See ``LedgerStore/storable(_:)``.
  private let escapes: Bool
  private var seqs: [Int64?] = []
  private var texts: [[String?]] = Array(repeating: [], count: 10)
  private var epochs: [Int64?] = []
  private var previousHashes: [[UInt8]?] = []
  private var hashes: [[UInt8]?] = []

  init(escapes: Bool) { self.escapes = escapes }

  mutating func add(
    _ event: StoredEvent, source: String, now: String, epoch: Int64, body: String, previous: [UInt8],
    hash: [UInt8]
  ) {
    seqs.append(event.seq)
    epochs.append(epoch)
    previousHashes.append(previous)
    hashes.append(hash)
    // The columns repeat the body for queries; `alerts verify` checks that they agree.
    let values: [String?] = [
      now, event.kind.rawValue, event.reason, event.alertID?.description, source, event.actionID.nonEmpty,
      event.rule.nonEmpty, event.election.nonEmpty, event.outcome.nonEmpty, body,
    ]
    for (index, value) in values.enumerated() { texts[index].append(escapes ? value?.asciiEscaped : value) }
  }

  var parameters: [Parameter] {
    [
      .ints(seqs), .texts(texts[0]), .textArray(texts[1]), .textArray(texts[2]), .textArray(texts[3]),
      .textArray(texts[4]), .textArray(texts[5]), .textArray(texts[6]), .textArray(texts[7]),
      .textArray(texts[8]), .ints(epochs), .textArray(texts[9]),
      .byteArrays(previousHashes), .byteArrays(hashes),
    ]
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
