import AlertLedger

/// What the ledger keeps of each source beside its events: what it looked like at the last good pass, and the mark of a reading
/// under way. Who finds such a mark when he begins knows that nobody lived to see the end of that reading.
struct SourceMarks {
  /// ``LedgerStore/Health/viewSignature`` of the last good pass.
  private var signatures: [String: String] = [:]
  private var reading: Set<String> = []

  /// Another ledger may stand there now.
  mutating func forget() { signatures = [:] }

  /// The text of the last good pass, without the mark of a reading, which says nothing of the view.
  mutating func last(of source: String, _ store: LedgerStore) throws(LedgerError) -> String? {
    if let known = signatures[source] { return known }
    let text = try store.health(of: source)?.viewSignature.map(LedgerStore.Health.ended) ?? ""
    signatures[source] = text.isEmpty ? nil : text
    return signatures[source]
  }

  /// Leaves the mark.
  mutating func begin(_ source: String, _ store: LedgerStore) throws(LedgerError) {
    let mark = LedgerStore.Health.part(readingSince: try store.timestamp())
    let text = [signatures[source], mark].compactMap(\.self).joined(separator: ",")
    try store.write(viewSignature: text, of: source, before: Self.firstReading)
    reading.insert(source)
  }

  /// Takes the marks away of readings that were ended on purpose.
  mutating func end(_ store: LedgerStore) throws(LedgerError) {
    for source in reading {
      try store.write(viewSignature: signatures[source] ?? "", of: source, before: Self.firstReading)
    }
    reading = []
  }

  private static let firstReading = "pembacaan pertama belum selesai / the first reading has not ended"

  /// What is written of a source whose pass was not evaluated.
  mutating func blind(_ source: String, _ cause: String) -> LedgerStore.Health {
    var health = LedgerStore.Health(state: "blind", cause: cause)
    if reading.remove(source) != nil { health.viewSignature = signatures[source] ?? "" }
    return health
  }

  /// What is kept of a good pass.
  static func health(_ result: PassResult) -> LedgerStore.Health {
    var health = LedgerStore.Health(state: "evaluated")
    health.recordsRead = Int64(result.counts.read)
    health.viewSignature =
      [result.shape.text, result.extent?.text, result.knownOn.map(LedgerStore.Health.part(knownOn:))]
      .compactMap(\.self).joined(separator: ",")
    health.findings = Int64(result.findings)
    health.unjudgeable = Int64(result.unjudgeable)
    return health
  }

  mutating func evaluated(_ source: String, _ signature: String) {
    signatures[source] = signature
    reading.remove(source)
  }
}
