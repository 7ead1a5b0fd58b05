import AuditBase
import FreezeRules

/// The findings of an earlier report, or what the ledger said was open on a day, held against the records of now.
package struct EarlierFindings: Sendable {
  /// What is compared of a finding: never its words, which another version or language writes otherwise.
  package enum Mark: String, Sendable, CaseIterable {
    case outcome
    case kind = "recorded_kind"
    case decreeNo = "decree_no"
    case decreeDate = "decree_date"
    case effectiveDate = "effective_date"
    case inauguratedOn = "inaugurated_on"
    case verdicts

    /// For people.
    var phrase: Text {
      switch self {
      case .outcome: Text("kesimpulan", "conclusion")
      case .kind: Text("jenis", "kind")
      case .decreeNo: Text("nomor SK", "decree number")
      case .decreeDate: Text("tanggal SK", "decree date")
      case .effectiveDate: Text("TMT", "effective date")
      case .inauguratedOn: Text("pelantikan", "oath")
      case .verdicts: Text("aturan yang terkena", "rules that apply")
      }
    }
  }

  /// One finding as it was.
  package struct Entry: Sendable {
    /// Id of the record.
    package let actionID: String
    /// Its source, in a report over several.
    package let source: String?
    let marks: [Mark: String]

    /// A finding of these marks; one that is missing is an empty text.
    package init(actionID: String, source: String?, marks: [Mark: String]) {
      self.actionID = actionID
      self.source = source
      self.marks = marks.filter { !$0.value.isEmpty }
    }

    subscript(mark: Mark) -> String { marks[mark] ?? "" }

    /// The strongest of two findings on one record, with the rules of both.
    package func joined(_ other: Entry) -> Entry {
      let rank = { (entry: Entry) in Outcome(rawValue: entry[.outcome])?.rank ?? 99 }
      var marks = rank(self) <= rank(other) ? self.marks : other.marks
      marks[.verdicts] = Set(
        (self[.verdicts] + "\n" + other[.verdicts]).split(separator: "\n").map(String.init)
      ).sorted().joined(separator: "\n")
      return Entry(actionID: actionID, source: source, marks: marks)
    }
  }

  /// What it is, for people: a file, or the ledger on a day.
  package let name: Text
  /// Events of the ledger know only alerts and reversals, and facts as recorded.
  package let isLedger: Bool
  /// Acts wholly before it never came into the ledger.
  package var alertSince: CivilDate?
  private var entries: [String: Entry] = [:]
  private var found: Set<String> = []
  private var gone: [String: Outcome] = [:]
  private var counts: [SinceChange: Int] = [:]

  /// - Parameter entries: several of one record become one.
  package init(name: Text, isLedger: Bool, entries: [Entry]) {
    self.name = name
    self.isLedger = isLedger
    for entry in entries {
      let key = Self.key(entry.actionID, entry.source)
      self.entries[key] = self.entries[key].map { $0.joined(entry) } ?? entry
    }
  }

  private static func key(_ actionID: String, _ source: String?) -> String {
    actionID + "\u{0}" + (source ?? "")
  }

  /// Takes a record of now.
  /// - Returns: how it stands to the earlier state; `nil` where that is not to be said.
  package mutating func take(_ judgement: Judgement, source: String?) -> SinceMark? {
    // A report that hid persons may have hidden them in the ids.
    let masked = isLedger ? judgement.action : PersonalData.masked.shown(judgement.action)
    let keys = [Self.key(judgement.action.actionID, source), Self.key(masked.actionID, source)]
    let key = keys.first { entries[$0] != nil } ?? keys[0]
    guard judgement.outcome.level != .silent else {
      if entries[key] != nil { gone[key] = judgement.outcome }
      return nil
    }
    found.insert(key)
    guard let earlier = entries[key] else {
      if isLedger, judgement.outcome == .unjudgeable || isBeforeAlerts(judgement.action) { return nil }
      return count(SinceMark(change: .new))
    }
    let changed =
      [judgement.action, masked].map { action in
        Mark.allCases.filter { earlier[$0] != mark($0, judgement, action) }
      }.min { $0.count < $1.count } ?? []
    return count(SinceMark(change: changed.isEmpty ? .same : .changed, fields: changed))
  }

  private mutating func count(_ mark: SinceMark) -> SinceMark {
    counts[mark.change, default: 0] += 1
    return mark
  }

  private func mark(_ mark: Mark, _ judgement: Judgement, _ action: PersonnelAction) -> String {
    func date(_ date: RecordedDate, _ field: PersonnelAction.Field) -> String {
      (isLedger ? action.text(field) : date.display) ?? ""
    }
    return switch mark {
    case .outcome: isLedger ? strongest(judgement) : judgement.outcome.rawValue
    case .kind: action.kind
    case .decreeNo: action.decreeNo ?? ""
    case .decreeDate: date(action.decreeDate, .decreeDate)
    case .effectiveDate: date(action.effectiveDate, .effectiveDate)
    case .inauguratedOn: date(action.inauguratedOn, .inauguratedOn)
    case .verdicts:
      Set(alerts(judgement).map { Self.verdict($0.window.rule, $0.window.election, $0.outcome.rawValue) })
        .sorted()
        .joined(separator: "\n")
    }
  }

  private func alerts(_ judgement: Judgement) -> [Verdict] {
    judgement.verdicts.filter { $0.outcome.level == .alert || $0.outcome == .reversal }
  }

  /// Of the verdicts that the ledger has: another one may be beyond judging.
  private func strongest(_ judgement: Judgement) -> String {
    (alerts(judgement).map(\.outcome).min { $0.rank < $1.rank } ?? judgement.outcome).rawValue
  }

  /// How a verdict stands among the marks.
  package static func verdict(_ rule: String, _ election: String, _ outcome: String) -> String {
    "\(rule) \(election) \(outcome)"
  }

  private func isBeforeAlerts(_ action: PersonnelAction) -> Bool {
    guard let alertSince else { return false }
    let spans = DateField.allCases.compactMap { action.date($0).span }
    return !spans.isEmpty && spans.allSatisfy { $0.last < alertSince }
  }

  /// Once every record was taken.
  package func comparison() -> SinceComparison {
    let settled = entries.filter { !found.contains($0.key) }.sorted { $0.key < $1.key }
    return SinceComparison(
      name: name, counts: counts, settled: settled.map { (entry: $0.value, now: gone[$0.key]) })
  }
}

/// How a finding stands to an earlier state.
package enum SinceChange: String, Sendable, CaseIterable {
  case new, settled, changed, same

  /// For people.
  package var phrase: Text {
    switch self {
    case .new: Text("baru", "new")
    case .settled: Text("selesai", "settled")
    case .changed: Text("berubah", "changed")
    case .same: Text("tetap", "same")
    }
  }
}

/// The same with what changed.
package struct SinceMark: Sendable, Equatable {
  /// How it stands.
  package var change: SinceChange
  /// What is not as it was.
  package var fields: [EarlierFindings.Mark] = []

  /// `berubah: kesimpulan, tanggal SK`.
  package func phrase(_ language: Language) -> String {
    let fields = fields.map { $0.phrase[language] }.joined(separator: ", ")
    return change.phrase[language] + (fields.isEmpty ? "" : ": " + fields)
  }
}
