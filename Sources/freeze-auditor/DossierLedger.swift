import AlertLedger
import AlertMail
import AuditBase
import AuditReports
import AuditService
import Foundation
import FreezeRules

/// What the ledger holds on the records of a dossier.
struct DossierLedger {
  /// The events about them, in order.
  let rows: [StoredRow]
  /// The head, signed where there is a key; as a file.
  let head: (name: String, text: String)
  /// The last event of which only the hashes are left, 0 for none.
  let lastRemoved: Int64
  /// Whether it is signed.
  let isSigned: Bool
  private let through: Int64
  private let store: LedgerStore

  init(_ configuration: Configuration, _ judgements: [Judgement]) throws {
    let environment = ProcessInfo.processInfo.environment
    store = try configuration.openLedger(environment)
    let ids = Set(judgements.map(\.action.actionID)).sorted()
    rows = try store.events(of: configuration.sources[0].name, actions: ids)
    lastRemoved = try store.lastRemoved()
    let last = try store.head()
    through = last.seq
    let key = try configuration.signingKey(environment)
    isSigned = key != nil
    if let key {
      let checkpoint = Checkpoint(
        origin: key.verifier.name, head: last,
        first: try store.events(from: 1, limit: 1).first?.hash,
        secondsSince2000: Today.secondsSince2000)
      head = ("checkpoint.note", try key.sign(checkpoint.text))
    } else {
      let json = JSON.object([
        "head_seq": .integer(Int(last.seq)), "head_hash": .string(Hex.encode(last.hash)),
      ])
      head = ("head.json", json.text + "\n")
    }
  }

  /// When the first of some records raised an alert, as the office's clock showed; `nil`: never.
  func known(_ judgements: [Judgement], _ zone: Zone, _ language: Language) -> String? {
    // Equally long instants in UTC sort as text.
    judgements.compactMap { known($0) }.min().map { instant in
      Moment(recorded: instant, zone: zone)?.written(language) ?? instant
    }
  }

  /// When a record first raised an alert, in UTC; `nil`: never.
  func known(_ judgement: Judgement) -> String? {
    rows.first {
      ($0.columns["event"] ?? nil) == EventKind.raised.rawValue
        && ($0.columns["action_id"] ?? nil) == judgement.action.actionID
    }.flatMap { $0.columns["recorded_at"] ?? nil }
  }

  /// The events, one a line: in full byte by byte as they were hashed, masked as they may be shown.
  func events(_ personalData: PersonalData) -> String {
    rows.map { row in
      let body: [JSON.Pair] =
        personalData == .full
        ? [JSON.Pair("body", .string(row.body))]
        : [
          JSON.Pair("masked", .bool(true)),
          JSON.Pair("body", EventBody.Parsed(row.body).map(personalData.shown)?.json ?? .null),
        ]
      return JSON.object(Self.link(row) + body).text + "\n"
    }.joined()
  }

  /// From the first of these events to the head, one a line: what chains them to it.
  func chain(withBodies: Bool) throws -> String {
    guard let first = rows.first?.seq else { return "" }
    var text = ""
    try store.forEachEvent(from: first, to: through) { row in
      // Of an event that is in an archive only the hashes are left.
      let body = withBodies && !row.isRemoved ? [JSON.Pair("body", .string(row.body))] : []
      text += JSON.object(Self.link(row) + body).text + "\n"
    }
    return text
  }

  private static func link(_ row: StoredRow) -> [JSON.Pair] {
    [
      JSON.Pair("seq", .integer(Int(row.seq))),
      JSON.Pair("prev_hash", .string(Hex.encode(row.previousHash))),
      JSON.Pair("hash", .string(Hex.encode(row.hash))),
    ]
  }
}
