import AuditBase
import FreezeRules
import Workbook

/// One record of a report: as judged, and where two states of knowledge are compared, as judged by the other one.
package struct ReportedRecord: Sendable {
  /// As known on the day of the report.
  package private(set) var judgement: Judgement
  /// As known on the other day.
  package let comparison: Comparison?
  /// Where it came from, in a report over several sources.
  package var source: String?
  /// The ids of its alerts, where they do not follow from the judgement as shown.
  package var alertIDs: [String]?
  /// What was answered to its alerts.
  package var answers: [ShownAnswer] = []
  /// How it stands to an earlier report.
  package var since: SinceMark?
  /// What may become of it, where it is planned.
  package var advice: PlannedAdvice?
  /// The row that it stood in, where a workbook gives it back.
  package var own: OwnRow?

  /// A record of a report.
  package init(_ judgement: Judgement, comparison: Comparison? = nil, source: String? = nil) {
    self.judgement = judgement
    self.comparison = comparison
    self.source = source
  }

  /// The record as it may be shown.
  func shown(_ personalData: PersonalData) -> ReportedRecord {
    var shown = self
    shown.judgement = personalData.shown(judgement)
    return shown
  }
}

/// What may become of a planned act.
package struct PlannedAdvice: Sendable {
  /// One sentence.
  package let text: String
  /// The first day on which it is free without a letter.
  package let freeFrom: CivilDate?
  /// It may go ahead on its day.
  package let mayGo: Bool

  /// An answer of these parts.
  package init(text: String, freeFrom: CivilDate?, mayGo: Bool) {
    (self.text, self.freeFrom, self.mayGo) = (text, freeFrom, mayGo)
  }
}

/// The same record by what was known on another day.
package struct Comparison: Sendable {
  /// The other day.
  package let knownOn: CivilDate
  /// What came out then.
  package let judgement: Judgement
  /// What changed from the earlier day to the later one.
  package let change: Change

  /// Compares a judgement with the one as known on another day.
  package init(_ judgement: Judgement, knownOn: CivilDate, with other: Judgement, knownOn otherDay: CivilDate)
  {
    self.knownOn = otherDay
    self.judgement = other
    change =
      otherDay <= knownOn
      ? Change(from: other.outcome, to: judgement.outcome)
      : Change(from: judgement.outcome, to: other.outcome)
  }

  /// `{known_on, outcome, change}`.
  var json: JSON {
    .object([
      "known_on": .string(knownOn.description), "outcome": .string(judgement.outcome.rawValue),
      "change": .string(change.rawValue),
    ])
  }
}

/// What a later state of knowledge made of an act.
package enum Change: String, Sendable, CaseIterable {
  /// It raised nothing before; now it does, or its reversal is inside.
  case becameFrozen = "became_frozen"
  /// It was frozen before and is not any more.
  case becameFree = "became_free"
  /// Another outcome on the same side.
  case changed
  /// The same outcome.
  case unchanged

  /// From the earlier outcome to the later one.
  package init(from earlier: Outcome, to later: Outcome) {
    func isFrozen(_ outcome: Outcome) -> Bool { outcome.level == .alert || outcome == .reversal }
    switch (isFrozen(earlier), isFrozen(later)) {
    case (false, true) where earlier != .unjudgeable: self = .becameFrozen
    case (true, false) where later != .unjudgeable: self = .becameFree
    default: self = earlier == later ? .unchanged : .changed
    }
  }

  /// A few words for people.
  package var phrase: Text {
    switch self {
    case .becameFrozen: Text("menjadi dilarang", "became frozen")
    case .becameFree: Text("menjadi bebas", "became free")
    case .changed: Text("berubah kesimpulan", "changed otherwise")
    case .unchanged: Text("tetap", "unchanged")
    }
  }
}

/// How many acts changed how.
struct ChangeCounts {
  private var byChange: [Change: Int] = [:]

  mutating func add(_ comparison: Comparison?) {
    if let comparison { byChange[comparison.change, default: 0] += 1 }
  }

  subscript(change: Change) -> Int { byChange[change] ?? 0 }

  /// `{became_frozen, became_free, changed}`.
  var json: JSON {
    .object(
      [Change.becameFrozen, .becameFree, .changed].map { JSON.Pair($0.rawValue, .integer(self[$0])) })
  }

  /// Such as `1 menjadi dilarang, 3 menjadi bebas, 0 berubah kesimpulan`.
  func phrase(_ language: Language) -> String {
    [Change.becameFrozen, .becameFree, .changed].map { "\(self[$0]) \($0.phrase[language])" }
      .joined(separator: ", ")
  }
}

extension Comparison {
  /// What it was by the other day's knowledge, and what became of it.
  func phrase(_ language: Language) -> String {
    Text(
      "berdasarkan jadwal dan ketentuan per \(knownOn.written(.indonesian)): \(judgement.outcome.phrase.indonesian) (\(change.phrase.indonesian))",
      "as known on \(knownOn.written(.english)): \(judgement.outcome.phrase.english) (\(change.phrase.english))"
    )[language]
  }
}
