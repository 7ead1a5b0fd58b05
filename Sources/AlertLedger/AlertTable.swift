import AuditBase
import FreezeRules

/// Alerts by id, each in some 200 bytes where nobody has said anything of it: a region's wave, or a province's, stays in memory
/// between passes.
package struct AlertTable: Sendable, Equatable {
  /// 16 bytes of an id.
  package struct Key: Sendable, Hashable {
    fileprivate let high: UInt64
    fileprivate let low: UInt64

    init?(_ id: AlertID) {
      guard let words = Words.parse(id.description, count: 2) else { return nil }
      (high, low) = (words.0, words.1)
    }

    var id: AlertID { AlertID(stored: Words.text([high, low])) }
  }

  /// A finding in 32 bytes: whose it is, and half of the SHA-256 over what it says.
  package struct Mark: Sendable, Hashable {
    let key: Key
    private let high: UInt64
    private let low: UInt64

    init?(_ finding: Finding) {
      guard let key = Key(finding.alertID), let words = Words.parse(finding.digest, count: 4) else {
        return nil
      }
      self.key = key
      (high, low) = (words.0, words.1)
    }

    fileprivate func says(_ digest: (UInt64, UInt64, UInt64, UInt64)) -> Bool {
      digest.0 == high && digest.1 == low
    }
  }

  /// What many alerts share.
  private final class Kind: Sendable, Hashable {
    let rule: String
    let election: String
    let outcome: String
    let schedule: String

    init(_ alert: AlertState) {
      (rule, election, outcome, schedule) = (alert.rule, alert.election, alert.outcome, alert.schedule)
    }

    static func == (a: Kind, b: Kind) -> Bool {
      a.rule == b.rule && a.election == b.election && a.outcome == b.outcome && a.schedule == b.schedule
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(rule)
      hasher.combine(election)
      hasher.combine(outcome)
      hasher.combine(schedule)
    }
  }

  /// An open alert of which nothing more is known than what it says.
  private final class Plain: Sendable {
    let actionID: String
    let kind: Kind
    let digest: (UInt64, UInt64, UInt64, UInt64)
    let facts: (UInt64, UInt64, UInt64, UInt64)
    let seq: Int64

    init?(_ alert: AlertState, _ kind: Kind) {
      guard alert.isOpen, let digest = Words.parse(alert.digest, count: 4),
        let facts = Words.parse(alert.factsDigest, count: 4)
      else { return nil }
      actionID = alert.actionID
      self.kind = kind
      self.digest = digest
      self.facts = facts
      seq = alert.seq
    }

    func state(_ id: AlertID) -> AlertState {
      AlertState(
        alertID: id, actionID: actionID, rule: kind.rule, election: kind.election, outcome: kind.outcome,
        digest: Words.text([digest.0, digest.1, digest.2, digest.3]),
        factsDigest: Words.text([facts.0, facts.1, facts.2, facts.3]), schedule: kind.schedule, isOpen: true,
        seq: seq)
    }
  }

  private var plain: [Key: Plain] = [:]
  /// Those of which more is known, closed ones, and any whose id or digest is none of ours.
  private var others: [AlertID: AlertState] = [:]
  private var kinds: Set<Kind> = []
  /// How many plain ones there are of each kind.
  private var plainOf: [ObjectIdentifier: Int] = [:]

  /// No alert.
  package init() {}

  /// How many.
  package var count: Int { plain.count + others.count }

  /// One of them.
  package subscript(id: AlertID) -> AlertState? {
    get {
      if let state = others[id] { return state }
      return Key(id).flatMap { plain[$0]?.state(id) }
    }
    set {
      let key = Key(id)
      guard let state = newValue, let key, let packed = pack(state) else {
        if let key { put(nil, key) }
        others[id] = newValue
        return
      }
      others[id] = nil
      put(packed, key)
    }
  }

  private mutating func put(_ packed: Plain?, _ key: Key) {
    if let old = plain[key] { plainOf[ObjectIdentifier(old.kind), default: 0] -= 1 }
    plain[key] = packed
    if let packed { plainOf[ObjectIdentifier(packed.kind), default: 0] += 1 }
  }

  private mutating func pack(_ alert: AlertState) -> Plain? {
    let kind = kinds.insert(Kind(alert)).memberAfterInsert
    // Whatever more an alert can say: what does not come back as it was is not packed.
    guard let packed = Plain(alert, kind), packed.state(alert.alertID) == alert else { return nil }
    return packed
  }

  /// All of them, in no order.
  package var values: [AlertState] { others.values.map { $0 } + plain.map { $1.state($0.id) } }

  /// Open ones that a pass did not see, and those of which more is known than what they say.
  package func open(unless isSeen: (Key) -> Bool) -> [AlertState] {
    others.values.filter(\.isOpen) + plain.compactMap { isSeen($0) ? nil : $1.state($0.id) }
  }

  /// How many are open, by what they say.
  package var openByOutcome: [String: Int] {
    var counts: [String: Int] = [:]
    for kind in kinds { counts[kind.outcome, default: 0] += plainOf[ObjectIdentifier(kind)] ?? 0 }
    for alert in others.values where alert.isOpen { counts[alert.outcome, default: 0] += 1 }
    return counts.filter { $0.value > 0 }
  }

  /// Whether so many different open ones are all there are.
  func isAll(_ count: Int) -> Bool { others.isEmpty && count == plain.count }

  /// How many records have an open alert.
  package var openRecords: Int {
    var ids = Set(plain.values.map(\.actionID))
    for alert in others.values where alert.isOpen { ids.insert(alert.actionID) }
    return ids.count
  }

  /// Whether an alert is open and says just this.
  package func isOpen(_ id: AlertID, saying digest: String) -> Bool {
    if let alert = others[id] { return alert.isOpen && alert.digest == digest }
    guard let alert = Key(id).flatMap({ plain[$0] }), let words = Words.parse(digest, count: 4) else {
      return false
    }
    return alert.digest == words
  }

  /// Whether the alert of a finding is open and says just that.
  func isOpen(_ mark: Mark) -> Bool {
    if let alert = plain[mark.key] { return mark.says(alert.digest) }
    guard !others.isEmpty, let alert = others[mark.key.id], alert.isOpen else { return false }
    return Words.parse(alert.digest, count: 4).map(mark.says) ?? false
  }

  /// Only those that are open.
  mutating func forgetClosed() { others = others.filter(\.value.isOpen) }

  package static func == (a: AlertTable, b: AlertTable) -> Bool {
    a.count == b.count && a.values.allSatisfy { b[$0.alertID] == $0 }
  }
}

/// A SHA-256 in 32 bytes.
struct Digest: Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  init?(_ text: String) {
    guard let words = Words.parse(text, count: 4) else { return nil }
    self.words = words
  }

  var text: String { Words.text([words.0, words.1, words.2, words.3]) }
}

/// Hex digits in words of eight bytes.
private enum Words {
  static func parse(_ text: String, count: Int) -> (UInt64, UInt64, UInt64, UInt64)? {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count == count * 16 else { return nil }
      var words = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
      for (place, byte) in bytes.enumerated() {
        let digit: UInt8
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
        default: return nil
        }
        switch place >> 4 {
        case 0: words.0 = words.0 << 4 | UInt64(digit)
        case 1: words.1 = words.1 << 4 | UInt64(digit)
        case 2: words.2 = words.2 << 4 | UInt64(digit)
        default: words.3 = words.3 << 4 | UInt64(digit)
        }
      }
      return words
    }
  }

  static func text(_ words: [UInt64]) -> String {
    String(unsafeUninitializedCapacity: words.count * 16) { buffer in
      for place in 0..<words.count * 16 {
        let digit = UInt8(truncatingIfNeeded: words[place >> 4] >> UInt64(60 - (place & 15) * 4)) & 15
        buffer[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      }
      return words.count * 16
    }
  }
}
