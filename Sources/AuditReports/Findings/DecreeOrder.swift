import AuditBase
import FreezeRules

/// The order of every report: acts of one SK (number and date) together; SKs whose oath is still to come first, then by
/// gravity, what nobody can judge last; among equals by date, then as they were read.
///
/// An export sorted by person scatters an SK of 200 people over the whole file, so the acts are held back; but only
/// ``batch`` of them, so that memory is bounded however long the report is. An SK that goes on after it was given out is
/// marked as continued; where the acts come sorted by SK, none is cut.
struct DecreeOrder<Element> {
  /// Acts of one SK.
  struct Group {
    /// Number and date as shown, `nil` for acts without a number.
    let decree: Decree?
    /// Whose SK, in a report over several sources: each region numbers its own.
    let source: String?
    /// A part of this SK was given out before.
    let isContinued: Bool
    /// Of its most urgent act.
    fileprivate(set) var urgency: Urgency
    fileprivate(set) var elements: [Element]
    fileprivate var urgencies: [Urgency]

    /// How many of its acts can still be put off.
    var aheadCount: Int { urgencies.count { $0.ahead != nil } }

    fileprivate mutating func add(_ element: Element, _ urgency: Urgency) {
      elements.append(element)
      urgencies.append(urgency)
      self.urgency = min(urgency, self.urgency)
    }

    /// The most urgent first, equals as they were read.
    fileprivate mutating func sort() {
      guard urgencies.contains(where: { $0 != urgencies[0] }) else { return }
      let places = urgencies.indices.sorted { (urgencies[$0], $0) < (urgencies[$1], $1) }
      elements = places.map { elements[$0] }
      urgencies = places.map { urgencies[$0] }
    }
  }

  /// An SK as shown.
  struct Decree: Equatable {
    let number: String
    let date: RecordedDate

    /// `SK 800/1`, also where the number says SK itself.
    var name: String { DecreeName.prefixed(number) }
  }

  private let isSorted: Bool
  private let batch: Int
  private let today: CivilDate
  private var groups: [Group] = []
  private var indexOfKey: [Key: Int] = [:]
  private var givenOut: Set<Key> = []
  /// The act before, which most often is of the same SK as the next one.
  private var latest: (number: String, key: Key, place: Int)?
  private var count = 0

  /// - Parameters:
  ///   - today: what lies before it cannot be put off any more.
  ///   - isSorted: the acts of an SK come one after the other, but for exceptions.
  init(on today: CivilDate, isSorted: Bool = false, batch: Int = 10_000) {
    self.today = today
    self.isSorted = isSorted
    self.batch = batch
  }

  /// Takes an act in reading order; gives out what is held once it is enough.
  mutating func add(_ judgement: Judgement, _ element: Element, of source: String? = nil) -> [Group] {
    let urgency = Urgency(judgement, on: today)
    var complete: [Group] = []
    if let place = placeOfLatest(judgement, source) {
      groups[place].add(element, urgency)
    } else {
      let key = Key(judgement, source)
      if isSorted, count >= batch, indexOfKey[key] == nil { complete = take() }
      let place = place(of: key, judgement, urgency)
      groups[place].add(element, urgency)
      if let number = judgement.action.decreeNo { latest = (number, key, place) }
    }
    count += 1
    return count < (isSorted ? 2 * batch : batch) ? complete : complete + take()
  }

  /// What tells one group from another. Acts without a number make two: what can be judged, and what cannot.
  private struct Key: Hashable {
    let number: String?
    let date: DateSpan?
    /// Where the date is none.
    let text: String?
    let isUnjudgeable: Bool
    let source: String?

    init(_ judgement: Judgement, _ source: String?) {
      let hasNumber = judgement.action.decreeNo != nil
      number = judgement.action.decreeNo.map(DecreeName.folded)
      date = hasNumber ? judgement.action.decreeDate.span : nil
      text = hasNumber && date == nil ? judgement.action.decreeDate.display : nil
      isUnjudgeable = !hasNumber && judgement.outcome == .unjudgeable
      self.source = source
    }
  }

  /// The group of an act, which begins with it where there is none.
  private mutating func place(of key: Key, _ judgement: Judgement, _ urgency: Urgency) -> Int {
    if let place = indexOfKey[key] { return place }
    let decree = judgement.action.decreeNo.map {
      Decree(number: PlainText.line($0, limit: 80), date: judgement.action.decreeDate)
    }
    let isContinued = key.number != nil && givenOut.contains(key)
    indexOfKey[key] = groups.count
    groups.append(
      Group(
        decree: decree, source: key.source, isContinued: isContinued, urgency: urgency, elements: [],
        urgencies: []))
    return groups.count - 1
  }

  private func placeOfLatest(_ judgement: Judgement, _ source: String?) -> Int? {
    guard let latest, let number = judgement.action.decreeNo, latest.number == number,
      let date = judgement.action.decreeDate.span, latest.key.date == date, latest.key.source == source
    else { return nil }
    return latest.place
  }

  /// Gives out all that is held.
  mutating func take() -> [Group] {
    defer {
      givenOut.formUnion(indexOfKey.keys)
      groups = []
      indexOfKey = [:]
      latest = nil
      count = 0
    }
    for place in groups.indices { groups[place].sort() }
    return groups.indices.sorted { (groups[$0].urgency, $0) < (groups[$1].urgency, $1) }.map { groups[$0] }
  }
}

extension DecreeOrder.Group {
  /// Such as `SK 800/1 · 21 Maret 2024`.
  func title(_ language: Language) -> String {
    let owner = source.map { " · " + PlainText.line($0, limit: 60) } ?? ""
    guard let decree else {
      return Text("(tanpa nomor SK)", "(no decree number)")[language] + owner
    }
    let date = decree.date.written(language) ?? Text("tanpa tanggal", "no date")[language]
    return "\(decree.name) · \(date)" + owner
      + (isContinued ? Text(" (lanjutan)", " (continued)")[language] : "")
  }
}
