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
    /// NIP and name as the report shows them.
    let person: SincePerson

    /// A finding of these marks; one that is missing is an empty text.
    package init(
      actionID: String, source: String?, marks: [Mark: String], person: SincePerson = SincePerson()
    ) {
      self.actionID = actionID
      self.source = source
      self.marks = marks.filter { !$0.value.isEmpty }
      self.person = person
    }

    subscript(mark: Mark) -> String { marks[mark] ?? "" }

    /// The strongest of two findings on one record, with the rules of both.
    package func joined(_ other: Entry) -> Entry {
      let rank = { (entry: Entry) in Outcome(rawValue: entry[.outcome])?.rank ?? 99 }
      var marks = rank(self) <= rank(other) ? self.marks : other.marks
      marks[.verdicts] = Set(
        (self[.verdicts] + "\n" + other[.verdicts]).split(separator: "\n").map(String.init)
      ).sorted().joined(separator: "\n")
      return Entry(actionID: actionID, source: source, marks: marks, person: person)
    }

    /// What its record is known by where it has no id of its own.
    var identity: String {
      SinceIdentity.key(
        person, decree: self[.decreeNo], self[.kind],
        [self[.decreeDate], self[.effectiveDate], self[.inauguratedOn]])
    }
  }

  /// What it is, for people: a file, or the ledger on a day.
  package let name: Text
  /// Events of the ledger know only alerts and reversals, and facts as recorded.
  package let isLedger: Bool
  /// Acts wholly before it never came into the ledger.
  package var alertSince: CivilDate?
  private var entries: [String: Entry] = [:]
  /// The findings by what their records are known by, for those without an id of their own.
  private var alike: [String: [String]] = [:]
  private var found: Set<String> = []
  /// What is no finding now, by the key or identity of its record.
  private var gone: [String: Outcome] = [:]
  private var counts: [SinceChange: Int] = [:]
  /// Records of now that no alert of the ledger can be held against.
  private var strangers = 0

  /// - Parameter entries: several of one record become one.
  package init(name: Text, isLedger: Bool, entries: [Entry]) {
    self.name = name
    self.isLedger = isLedger
    for (place, entry) in entries.enumerated() {
      // A line number is none: another line stands there tomorrow.
      let key =
        SinceIdentity.isLine(entry.actionID)
        ? "\u{0}\(place)" : Self.key(entry.actionID, entry.source)
      if self.entries[key] == nil {
        alike[Self.key(entry.identity, entry.source), default: []].append(key)
      }
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
    let forms = [judgement.action, masked]
    let isLine = SinceIdentity.isLine(judgement.action.actionID)
    if isLine, isLedger {
      if judgement.outcome.level != .silent { strangers += 1 }
      return nil
    }
    let identities = forms.map { Self.key(SinceIdentity.key($0), source) }
    let keys = isLine ? [] : forms.map { Self.key($0.actionID, source) }
    func changed(_ key: String) -> [Mark] {
      guard let earlier = entries[key] else { return [] }
      return forms.map { action in Mark.allCases.filter { earlier[$0] != mark($0, judgement, action) } }
        .min { $0.count < $1.count } ?? []
    }
    // A damaged NIP, or one that is hidden, may be that of several.
    let names = forms.map { $0.employeeName ?? "" }
    func distance(_ key: String) -> Int {
      let isNamed = entries[key].map { names.contains($0.person.name) } ?? false
      return changed(key).count + (isNamed ? 0 : Mark.allCases.count + 1)
    }
    let known = keys.first { entries[$0] != nil }
    guard judgement.outcome.level != .silent else {
      for key in [known].compactMap({ $0 }) + identities { gone[key] = judgement.outcome }
      return nil
    }
    // Of several that are alike the one that is most like it, and each only once.
    let key =
      known
      ?? identities.flatMap { alike[$0] ?? [] }.filter { key in
        !found.contains(key) && (isLine || SinceIdentity.isLine(entries[key]?.actionID ?? ""))
      }.min { distance($0) < distance($1) }
    guard let key else {
      if isLedger, judgement.outcome == .unjudgeable || isBeforeAlerts(judgement.action) { return nil }
      return count(SinceMark(change: .new))
    }
    found.insert(key)
    let fields = changed(key)
    return count(SinceMark(change: fields.isEmpty ? .same : .changed, fields: fields))
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
  /// - Parameters:
  ///   - isWhole: every record of the sources was read, so that one that was not seen is gone.
  ///   - unread: the sources that could not be read.
  package func comparison(isWhole: Bool, unread: Set<String> = []) -> SinceComparison {
    var comparison = SinceComparison(name: name, counts: counts, strangers: strangers)
    for (key, entry) in entries.sorted(by: { $0.key < $1.key }) where !found.contains(key) {
      let isLine = SinceIdentity.isLine(entry.actionID)
      let now = gone[key] ?? (isLine ? gone[Self.key(entry.identity, entry.source)] : nil)
      if let source = entry.source, unread.contains(source), now == nil {
        comparison.unread += 1
      } else if now == nil, isWhole {
        comparison.vanished.append(entry)
      } else {
        comparison.settled.append((entry, now))
      }
    }
    return comparison
  }
}
