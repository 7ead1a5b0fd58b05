import Crypto
import FreezeRules

/// What a judgement leaves behind in a pass, in a few words: as long as record, rules and day are the same, the next pass takes
/// it instead of judging again. What it says of alerts is compared with the ledger each time.
package enum Trace: Sendable, Equatable {
  /// Nothing but its outcome.
  case quiet
  /// It has these findings.
  case found(ArraySlice<AlertTable.Mark>)
  /// It cannot be judged, and counts as a matter of data quality.
  case unjudgeable(QualityMark)
  /// It hangs on facts that nobody knows.
  case waiting([MissingFact])
}

/// What one record adds to the digest of a source's data quality, whose order does not matter: a sum.
package struct QualityMark: Sendable, Equatable {
  package private(set) var high: UInt64
  package private(set) var low: UInt64

  static let zero = QualityMark(high: 0, low: 0)

  /// Kept words.
  package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  init(_ bytes: [UInt8]) {
    self = .zero
    for (place, byte) in SHA256.hash(data: bytes).prefix(16).enumerated() {
      if place < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
    }
  }

  init(_ action: PersonnelAction) {
    var bytes: [UInt8] = []
    action.facts(withStamps: false).write(into: &bytes)
    self.init(bytes)
  }

  mutating func add(_ other: QualityMark) {
    high &+= other.high
    low &+= other.low
  }

  var text: String { String(high, radix: 16) + "-" + String(low, radix: 16) }
}

extension Judgement {
  /// It cannot be judged for what the record says, not for a fact that nobody knows. A label that nobody knows stays a matter
  /// of data quality, whatever else is missing.
  var isQualityMatter: Bool { missing.isEmpty || scope == .unknown }
}

extension Reconciliation {
  /// What a judgement leaves behind; `nil` where only the whole of it will do: ids that are spelled otherwise than they are
  /// told, and acts that look backdated.
  package func trace(_ judgement: Judgement, _ findings: [Finding]) -> Trace? {
    let isBefore = isBeforeAlerts(judgement.action)
    let findings = isBefore ? [] : findings
    if !isBefore, judgement.notes.contains(.possibleBackdating) { return nil }
    guard judgement.outcome != .unjudgeable else {
      guard findings.isEmpty else { return nil }
      return judgement.isQualityMatter
        ? .unjudgeable(QualityMark(judgement.action)) : .waiting(judgement.missing.map(\.withoutRecordText))
    }
    guard !findings.isEmpty else { return .quiet }
    guard judgement.action.spelledID == nil else { return nil }
    let marks = findings.compactMap(AlertTable.Mark.init)
    return marks.count == findings.count ? .found(marks[...]) : nil
  }
}
