import AuditBase
import FreezeRules

/// Holds the Minister's letters against the oaths: who stands in an annex and took the oath, who took it without standing there,
/// who stands there and did not, and whose post is another one.
///
/// Feed it every record; it keeps those of people in an annex, those that cite a letter, and the alerts, since one SK of 41
/// people may have 40 in the annex and one beside it.
package struct LetterTally {
  /// How an act stands to a letter.
  package enum Standing: String, Sendable, CaseIterable {
    /// In the annex, and inaugurated.
    case inaugurated
    /// Inaugurated, or decreed, and not in the annex.
    case notInAnnex = "not-in-annex"
    /// In the annex for another post.
    case otherPost = "other-post"
    /// In the annex, and not inaugurated so far.
    case notInaugurated = "not-inaugurated"
    /// In the annex without a NIP, or with a damaged one: whether that person was inaugurated cannot be told.
    case unmatchable

    /// For people.
    package var phrase: Text {
      switch self {
      case .inaugurated: Text("di lampiran dan dilantik", "in the annex and inaugurated")
      case .notInAnnex: Text("dilantik di luar lampiran", "inaugurated, not in the annex")
      case .otherPost: Text("dilantik dalam jabatan lain", "inaugurated in another post")
      case .notInaugurated: Text("di lampiran, belum dilantik", "in the annex, not inaugurated")
      case .unmatchable:
        Text(
          "di lampiran tanpa NIP yang utuh, tidak dapat dicocokkan",
          "in the annex without a whole NIP, not matched")
      }
    }
  }

  struct Letter {
    var number: String
    var date: RecordedDate
    var lines: [(line: ApprovalLine, acts: [PersonnelAction])] = []
    /// Acts of people who stand in the annex for another post only, with the post there.
    var others: [(act: PersonnelAction, post: String?)] = []
    /// Acts that cite it, or share an SK with its people, of people who do not stand there.
    var strangers: [PersonnelAction] = []
  }

  private(set) var letters: [Letter] = []
  private var byKey: [String: Int] = [:]
  private var byPerson: [UInt64: [(letter: Int, line: Int)]] = [:]
  private var lettersOfDecree: [String: Set<Int>] = [:]
  private var waiting: [String: [PersonnelAction]] = [:]

  /// The lines of the annexes.
  package init(_ approvals: Approvals) {
    for line in approvals.lines {
      let index = letter(line.letterKey, line.letterNo, line.letterDate)
      if case .absent = letters[index].date { letters[index].date = line.letterDate }
      if let person = line.person {
        byPerson[person, default: []].append((index, letters[index].lines.count))
      }
      letters[index].lines.append((line, []))
    }
  }

  private mutating func letter(_ key: String, _ number: String, _ date: RecordedDate) -> Int {
    if let known = byKey[key] { return known }
    byKey[key] = letters.count
    letters.append(Letter(number: number, date: date))
    return letters.count - 1
  }

  /// Takes one record.
  package mutating func take(_ judgement: Judgement) {
    let action = judgement.action
    guard judgement.scope != .outOfScope else { return }
    let decree = action.decreeNo.map { DecreeNumber.key($0) + "\u{0}" + (action.decreeDate.display ?? "") }
    let places = (action.person.flatMap { byPerson[$0] } ?? []).filter { place in
      let line = letters[place.letter].lines[place.line].line
      return line.isAbout(region: action.regionCode) && isNear(action, letters[place.letter].date)
    }
    let fitting = places.filter { letters[$0.letter].lines[$0.line].line.isFor(post: action.postTo) }
    if !fitting.isEmpty {
      for place in fitting {
        letters[place.letter].lines[place.line].acts.append(action)
        if let decree { lettersOfDecree[decree, default: []].insert(place.letter) }
      }
      return
    }
    let cited = action.approvalNo.map(ApprovalLine.letterKey).flatMap { byKey[$0] }
    if let place = places.first(where: { $0.letter == cited }) ?? places.first {
      letters[place.letter].others.append((action, letters[place.letter].lines[place.line].line.postTo))
      return
    }
    if let cited {
      letters[cited].strangers.append(action)
      if let decree { lettersOfDecree[decree, default: []].insert(cited) }
    } else if let decree, judgement.outcome.level == .alert {
      waiting[decree, default: []].append(action)
    }
  }

  /// A letter approves what comes after it; an act of years before or after is another matter.
  private func isNear(_ action: PersonnelAction, _ letter: RecordedDate) -> Bool {
    guard let letter = letter.span else { return true }
    let days = DateField.allCases.compactMap { action.date($0).span }
    guard let first = days.map(\.first).min(), let last = days.map(\.last).max() else { return true }
    return letter.first.days(until: last) >= -366 && letter.last.days(until: first) <= 1_100
  }

  /// Once every record was taken: what waited for its SK to be known belongs to the letters of that SK.
  func settled() -> [Letter] {
    var letters = letters
    for (decree, actions) in waiting.sorted(by: { $0.key < $1.key }) {
      for index in lettersOfDecree[decree] ?? [] { letters[index].strangers += actions }
    }
    return letters
  }
}
