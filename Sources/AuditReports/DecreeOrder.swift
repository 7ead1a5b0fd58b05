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
    var name: String { number.lowercased().hasPrefix("sk") ? number : "SK " + number }
  }

  private let isSorted: Bool
  private let batch: Int
  private let today: CivilDate
  private var groups: [Group] = []
  private var indexOfKey: [String: Int] = [:]
  private var givenOut: Set<String> = []
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
    let action = judgement.action
    // The same number is written with and without blanks, in either case. Acts without one make two groups: what can be
    // judged, and what cannot.
    let number =
      action.decreeNo.map {
        $0.lowercased().filter { !$0.isWhitespace } + "\u{0}" + (action.decreeDate.display ?? "")
      } ?? "\u{0}\u{0}" + (judgement.outcome == .unjudgeable ? "?" : "")
    let key = number + "\u{0}" + (source ?? "")
    let complete = isSorted && count >= batch && indexOfKey[key] == nil ? take() : []
    let urgency = Urgency(judgement, on: today)
    if let place = indexOfKey[key] {
      groups[place].elements.append(element)
      groups[place].urgencies.append(urgency)
      groups[place].urgency = min(urgency, groups[place].urgency)
    } else {
      indexOfKey[key] = groups.count
      groups.append(
        Group(
          decree: action.decreeNo.map {
            Decree(number: PlainText.line($0, limit: 80), date: action.decreeDate)
          }, source: source, isContinued: action.decreeNo != nil && givenOut.contains(key), urgency: urgency,
          elements: [element], urgencies: [urgency]))
    }
    count += 1
    return count < (isSorted ? 2 * batch : batch) ? complete : complete + take()
  }

  /// Gives out all that is held.
  mutating func take() -> [Group] {
    defer {
      givenOut.formUnion(indexOfKey.keys)
      groups = []
      indexOfKey = [:]
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
    return "\(decree.name) · \(decree.date.written(language) ?? "-")" + owner
      + (isContinued ? Text(" (lanjutan)", " (continued)")[language] : "")
  }
}
