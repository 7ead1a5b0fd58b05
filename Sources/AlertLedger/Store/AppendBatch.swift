import AuditBase
import Postgres

/// Events on their way into the table, column by column.
struct AppendBatch {
  static let size = 500
  private static let columns =
    "seq, recorded_at, event, reason, alert_id, source, action_id, rule, election, outcome, epoch, body, prev_hash, hash"
  /// Counts the rows that stand there as they were sent: a foreign trigger may leave one out, or write another.
  static let sql = """
    WITH sent AS (SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], \
    $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::text[], $13::bytea[], $14::bytea[]) \
    AS s (\(columns))), \
    written AS (INSERT INTO freeze_audit.alert_event (\(columns)) SELECT \(columns) FROM sent RETURNING \(columns)) \
    SELECT count(*) FROM written JOIN sent USING (seq) WHERE written IS NOT DISTINCT FROM sent
    """

  /// Waits for the end of the batch under way.
  /// - Parameter count: how many events it has; 0: there is none.
  static func finish(_ count: Int, _ connection: inout Connection) throws(PostgresError) {
    guard count > 0 else { return }
    let written = try connection.finishRows(operation: "append")
    guard try written.int64(row: 0, column: 0) != Int64(count) else { return }
    throw PostgresError(.server, operation: "append", sqlstate: notKept, message: "rows are not kept as sent")
  }

  /// The table did not keep what was written.
  static let notKept = "FZ091"

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
