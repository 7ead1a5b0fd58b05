import AuditBase
import FreezeRules

/// What the SKs of a page share, and is said once for all of them.
struct HTMLCommon {
  /// What to do about each kind of SK.
  let legends: [NextStepLegend]
  /// Article and window.
  let law: String?
  /// The region, where they are so many that saying it beside each would only fill paper.
  let region: String?

  init(_ decrees: [HTMLDecree], _ language: Language) {
    legends = Self.legends(decrees)
    law = Self.law(decrees, language)
    region =
      decrees.count > 12 && decrees.allSatisfy { $0.region == decrees[0].region } ? decrees[0].region : nil
  }

  /// In the order of the SKs.
  static func legends(_ decrees: [HTMLDecree]) -> [NextStepLegend] {
    var seen: Set<NextStepLegend> = []
    return decrees.compactMap(\.legend).filter { $0.step != nil && seen.insert($0).inserted }
  }

  private static func law(_ decrees: [HTMLDecree], _ language: Language) -> String? {
    guard decrees.count > 1, let first = decrees.first?.facts.windows, !first.isEmpty else { return nil }
    let isCommon = decrees.allSatisfy { decree in
      decree.facts.windows.isEmpty && decree.facts.letterBy == nil
        || decree.facts.windows.count == first.count
          && zip(decree.facts.windows, first).allSatisfy { $0 === $1 }
    }
    guard isCommon else { return nil }
    return first.map { "\($0.ruleTitle) · \($0.election), \($0.written(language))" }.joined(separator: "; ")
  }
}
