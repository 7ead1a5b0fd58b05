import AuditBase
import FreezeRules

/// What many records of a report share, written once: JSON of a verdict, the sentence about it, the name of a region.
struct SharedText {
  /// A verdict as JSON, and what is said by it of acts on the same days, escaped as a part of a JSON string.
  final class Verdict {
    let json: [UInt8]
    fileprivate var sentences = Memo<Days, [UInt8]>(most: 32)

    fileprivate init(json: [UInt8]) { self.json = json }
  }

  private let language: Language
  private var verdicts = Memo<VerdictKey, Verdict>(most: 1024)
  private var regions = Memo<String, [UInt8]>(most: 1024)

  init(_ language: Language) { self.language = language }

  /// A verdict, to be written.
  mutating func verdict(_ verdict: FreezeRules.Verdict) -> Verdict {
    verdicts.value(VerdictKey(verdict)) {
      var json: [UInt8] = []
      verdict.json.write(into: &json)
      return Verdict(json: json)
    }
  }

  /// What is said of a record by one of its verdicts, escaped as a part of a JSON string.
  func sentence(_ judgement: Judgement, _ place: Int?, _ verdict: Verdict?) -> [UInt8] {
    func make() -> [UInt8] {
      var writer = JSONWriter()
      writer.add(judgement.sentence(language, of: place.map { judgement.verdicts[$0] }))
      return writer.bytes
    }
    // Of those two, and where facts are missing, with the words of the record itself.
    guard let place, let verdict, judgement.outcome != .unjudgeable,
      judgement.verdicts[place].outcome != .unjudgeable,
      judgement.verdicts[place].outcome != .reversal
    else { return make() }
    return verdict.sentences.value(Days(judgement.action, judgement.verdicts[place]), make)
  }

  /// Name and code of a region as a JSON string.
  mutating func region(_ region: Region) -> [UInt8] {
    regions.value(region.code) {
      var writer = JSONWriter()
      writer.value(region.label)
      return writer.bytes
    }
  }

  /// The days of an act, which its sentence names.
  fileprivate struct Days: Hashable {
    private let decree: DateSpan?
    private let effective: DateSpan?
    private let inaugurated: DateSpan?
    private let hangsOnPartialDate: Bool

    init(_ action: PersonnelAction, _ verdict: FreezeRules.Verdict) {
      decree = action.decreeDate.span
      effective = action.effectiveDate.span
      inaugurated = action.inauguratedOn.span
      hangsOnPartialDate = verdict.outcome == .depends && verdict.hangsOnPartialDate
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(decree?.last.packed ?? 0)
      hasher.combine(inaugurated?.last.packed ?? effective?.last.packed ?? 0)
    }
  }
}

/// Values by what they are made from; forgotten when there are too many, so that memory has a bound.
struct Memo<Key: Hashable, Value> {
  private var made: [Key: Value] = [:]
  private let most: Int

  init(most: Int) { self.most = most }

  mutating func value(_ key: Key, _ make: () -> Value) -> Value {
    if let known = made[key] { return known }
    if made.count >= most { made.removeAll() }
    let value = make()
    made[key] = value
    return value
  }
}

/// All of a verdict but its steps: what its JSON and the words about it are made from.
struct VerdictKey: Hashable {
  /// This very window, which lives as long as the key: no other can take its place in memory.
  private struct Same: Hashable {
    let window: Window

    static func == (a: Same, b: Same) -> Bool { a.window === b.window }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(window)) }
  }

  private let window: Same
  private let outcome: Outcome
  private let insideDates: [DateField]
  private let isBoundaryDay: Bool
  private let dependsOn: [Axis]
  private let insideOn: ReadingSet
  private let maybeInsideOn: ReadingSet
  private let firstInside: CivilDate?
  private let approval: ApprovalFinding?
  private let coverage: CoverageFinding?
  private let missing: [MissingFact]
  private let notes: [Note]

  init(_ verdict: Verdict) {
    window = Same(window: verdict.window)
    outcome = verdict.outcome
    insideDates = verdict.insideDates
    isBoundaryDay = verdict.isBoundaryDay
    dependsOn = verdict.dependsOn
    insideOn = verdict.insideOn
    maybeInsideOn = verdict.maybeInsideOn
    firstInside = verdict.firstInside
    approval = verdict.approval
    coverage = verdict.coverage
    missing = verdict.missing
    notes = verdict.notes
  }

  /// Enough to tell most apart; the rest is compared.
  func hash(into hasher: inout Hasher) {
    hasher.combine(window)
    hasher.combine(outcome.rank)
    hasher.combine(firstInside?.packed ?? 0)
    hasher.combine(approval?.letterDate?.first.packed ?? 0)
  }
}
