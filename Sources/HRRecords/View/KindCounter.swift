import FreezeRules

/// Counts rows by what their label means, without making a string a row.
struct KindCounter {
  private let kinds: KindLabels
  private var recent: [(bytes: [UInt8], scope: KindLabels.Scope)] = []
  private(set) var inScope = 0
  private(set) var outOfScope = 0
  private(set) var unknownCount = 0
  /// The labels of known meaning, as found.
  private(set) var knownLabels: [String] = []

  init(_ kinds: KindLabels) { self.kinds = kinds }

  var total: Int { inScope + outOfScope + unknownCount }

  @inline(__always) mutating func count(_ label: UnsafeRawBufferPointer?, times: Int = 1) {
    guard let label else {
      unknownCount &+= times
      return
    }
    for index in recent.indices where recent[index].bytes.elementsEqual(label) {
      add(recent[index].scope, times)
      // The common labels drift to the front.
      if index > 0 { recent.swapAt(index, index - 1) }
      return
    }
    // A label whose bytes are no text is none that anybody knows.
    let text = String(validating: label, as: UTF8.self)
    let scope = text.map(kinds.scope(of:)) ?? .unknown
    // Labels are few; a column that is not one must not grow this table without end.
    if recent.count < 256 || scope != .unknown {
      if let text, scope != .unknown { knownLabels.append(text) }
      recent.append((Array(label), scope))
    }
    add(scope, times)
  }

  /// So many rows have one of these labels, which mean the same.
  mutating func count(_ labels: [String], times: Int) {
    for (index, label) in labels.enumerated() {
      Array(label.utf8).withUnsafeBytes { count($0, times: index == 0 ? times : 0) }
    }
  }

  private mutating func add(_ scope: KindLabels.Scope, _ times: Int) {
    switch scope {
    // Outside of every window it is outside, whatever its label means inside of one.
    case .inScope, .leaving: inScope &+= times
    case .outOfScope: outOfScope &+= times
    case .unknown: unknownCount &+= times
    }
  }
}
