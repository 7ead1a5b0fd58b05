import AlertLedger
import SystemLog

extension LedgerWriter {
  /// Appends the events of a pass. A wave is handed to the log piece by piece, so that its first alert does not wait for its
  /// last; what closes alerts is written as a whole.
  /// - Parameter meanwhile: called between two pieces.
  func append(
    _ events: [EventDraft], _ context: EventBody.Context, meanwhile: () -> Void = {}
  ) throws(LedgerError) {
    var rest = events[...]
    let isWhole = events.contains { $0.kind.leavesOpen == false }
    var size = isWhole ? events.count : firstPiece
    while !rest.isEmpty {
      try appendPiece(Array(rest.prefix(size)), context)
      rest = rest.dropFirst(size)
      size = piece
      guard !rest.isEmpty else { return }
      try emit()
      meanwhile()
      try keepWriting()
    }
  }

  /// Hands everything to the log, so that the entry that ends a pass follows the last of its alerts. The lease is kept, and a
  /// stop order ends it; a log that takes longer than half a minute must not hold up the other sources.
  /// - Parameter meanwhile: called now and then.
  func emitAll(meanwhile: () -> Void) throws(LedgerError) {
    let patience = MachineClock.sinceBoot + .seconds(30)
    try emit()
    while isBehind, MachineClock.sinceBoot < patience {
      meanwhile()
      try keepWriting()
      try emit()
    }
  }

  private func keepWriting() throws(LedgerError) {
    let began = generation
    guard try open(now: MachineClock.sinceBoot) == .writing, generation == began else {
      throw LedgerError(
        .leaseLost, id: "giliran menulis arsip peringatan berpindah di tengah penulisan",
        en: "the lease of the ledger changed hands in the middle of writing")
    }
  }

  private var firstPiece: Int { 200 }
  private var piece: Int { 2000 }
}
