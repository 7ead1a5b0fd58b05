import Postgres

extension LedgerStore {
  /// What one append wrote.
  package struct Appended: Sendable {
    /// The last event before them.
    package var base = LedgerHead.empty
    /// The events, in order.
    package var events: [StoredEvent] = []
    /// Their rows, as far as the log needs them.
    package var bodies: [(seq: Int64, body: String)] = []
    /// The hash of the last one.
    package var hash: [UInt8] = []
  }

  /// Writes events in one transaction, in order, each with the next number and the hash chained to the one before.
  /// - Parameters:
  ///   - lease: appends only while it is ours; `nil` for a person's command, which waits for its turn instead.
  ///   - message: the text for people, from the draft and the body of the event before on the same alert.
  /// - Returns: what was written; empty without drafts.
  package func append(
    _ drafts: [EventDraft], _ context: EventBody.Context, lease: Lease?,
    message: @Sendable (EventDraft, EventBody.Parsed?) -> String
  ) throws(LedgerError) -> Appended {
    guard !drafts.isEmpty else { return Appended() }
    let drafts = try reviving(drafts)
    let previous = try bodies(of: drafts.compactMap { $0.previous?.seq })
    do throws(PostgresError) {
      return try connection.transaction(.readWrite) { connection throws(PostgresError) in
        try connection.execute(Self.durably, operation: "append")
        let turn = try Turn(&connection, lease)
        return try append(drafts, context, turn, previous: previous, message: message, to: &connection)
      }
    } catch {
      if error.sqlstate == Turn.leaseLost {
        throw LedgerError(
          .leaseLost, id: "giliran menulis arsip peringatan dipegang proses lain",
          en: "another process holds the lease of the ledger")
      }
      throw LedgerError(error)
    }
  }

  /// The same drafts, those again that raise what was closed before: whoever decided them need not know closed alerts.
  private func reviving(_ drafts: [EventDraft]) throws(LedgerError) -> [EventDraft] {
    let new = drafts.compactMap { $0.kind == .raised && $0.previous == nil ? $0.alertID : nil }
    let closed = try closed(new)
    guard !closed.isEmpty else { return drafts }
    return drafts.map { draft in
      guard draft.kind == .raised, let finding = draft.finding, let before = closed[finding.alertID] else {
        return draft
      }
      return Reconciliation.event(finding, previous: before)
    }
  }

  /// The right to append until the end of the transaction, and where to go on.
  private struct Turn {
    static let leaseLost = "FZ090"

    let epoch: Int64
    /// The server's time.
    let now: String
    let head: LedgerHead

    /// Whoever appends locks this row first: numbers stay gapless under any number of writers.
    init(_ connection: inout Connection, _ lease: Lease?) throws(PostgresError) {
      var held: (holder: String?, epoch: Int64, now: String)?
      try connection.stream(
        """
        SELECT holder, epoch, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') \
        FROM freeze_audit.lease WHERE name = 'daemon' FOR UPDATE
        """, operation: "lock lease"
      ) { row throws(PostgresError) in
        held = (row.string(at: 0), try row.number(at: 1), row.string(at: 2) ?? "")
      }
      guard let held, lease.map({ $0.holder == held.holder && $0.epoch == held.epoch }) ?? true else {
        throw PostgresError(.server, operation: "append", sqlstate: Self.leaseLost, message: "lease lost")
      }
      epoch = held.epoch
      now = held.now
      var found = LedgerHead.empty
      try connection.stream(LedgerStore.headSelection, operation: "head") { row throws(PostgresError) in
        found = try LedgerHead(row)
      }
      head = found
    }
  }

  private func append(
    _ drafts: [EventDraft], _ context: EventBody.Context, _ turn: Turn, previous: [Int64: String],
    message: @Sendable (EventDraft, EventBody.Parsed?) -> String, to connection: inout Connection
  ) throws(PostgresError) -> Appended {
    var seq = turn.head.seq
    var appended = Appended()
    appended.base = turn.head
    appended.hash = turn.head.hash
    var underWay = 0
    for start in stride(from: 0, to: drafts.count, by: AppendBatch.size) {
      let numbered = zip(drafts[start...].prefix(AppendBatch.size), (seq + 1)...).map { ($0, $1) }
      let made = parallelMap(numbered) { draft, seq in
        let old = draft.previous.flatMap { previous[$0.seq] }.flatMap(EventBody.Parsed.init)
        let draft = EventBody.withChangedFields(draft, previous: old)
        let event = EventBody.event(draft, seq: seq)
        let body = EventBody.encode(
          draft, event, recordedAt: turn.now, epoch: turn.epoch, context, previous: old,
          message: message(draft, old))
        return (event, body)
      }
      var batch = AppendBatch(escapes: !connection.keepsAnyText)
      for (event, body) in made {
        let chained = EventBody.hash(previous: appended.hash, body: body)
        batch.add(
          event, source: context.source, now: turn.now, epoch: turn.epoch, body: body,
          previous: appended.hash, hash: chained)
        appended.hash = chained
        appended.events.append(event)
        appended.bodies.append((event.seq, body))
      }
      seq += Int64(made.count)
      // The server writes one batch while the next is made.
      try AppendBatch.finish(underWay, &connection)
      try connection.start(AppendBatch.sql, batch.parameters, operation: "append")
      underWay = made.count
    }
    try AppendBatch.finish(underWay, &connection)
    return appended
  }
}
