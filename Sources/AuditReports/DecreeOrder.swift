import AuditBase
import FreezeRules

/// The order of every report: acts of one SK (number and date) together, the SKs in the order in which they first come,
/// acts without a number where they stand.
///
/// An export sorted by person scatters an SK of 200 people over the whole file, so the acts are held back; but only
/// ``batch`` of them, so that memory is bounded however long the report is. Acts that come sorted by SK are held for one SK
/// only. An SK that goes on after it was given out is marked as continued.
struct DecreeOrder<Element> {
  /// Acts of one SK.
  struct Group {
    /// Number and date as shown, `nil` for acts without a number.
    let decree: Decree?
    /// Whose SK, in a report over several sources: each region numbers its own.
    let source: String?
    /// A part of this SK was given out before.
    let isContinued: Bool
    var elements: [Element]
  }

  /// An SK as shown.
  struct Decree: Equatable {
    let number: String
    let date: String?

    /// `SK 800/1`, also where the number says SK itself.
    var name: String { number.lowercased().hasPrefix("sk") ? number : "SK " + number }
  }

  private let isSorted: Bool
  private let batch: Int
  private var groups: [Group] = []
  private var indexOfKey: [String: Int] = [:]
  private var givenOut: Set<String> = []
  private var count = 0

  /// - Parameter isSorted: the acts of an SK come one after the other, but for exceptions.
  init(isSorted: Bool = false, batch: Int = 10_000) {
    self.isSorted = isSorted
    self.batch = batch
  }

  /// Takes an act in reading order; gives out what is held and complete, or all once it is enough.
  mutating func add(_ action: PersonnelAction, _ element: Element, of source: String? = nil) -> [Group] {
    let date = action.decreeDate.display
    // The same number is written with and without blanks, in either case.
    let key = action.decreeNo.map {
      $0.lowercased().filter { !$0.isWhitespace } + "\u{0}" + (date ?? "") + "\u{0}" + (source ?? "")
    }
    let complete = isSorted && !isHeld(key, source) ? take() : []
    place(element, key, source) { continued in
      Group(
        decree: action.decreeNo.map {
          Decree(number: PlainText.line($0, limit: 80), date: date.map { PlainText.line($0, limit: 20) })
        }, source: source, isContinued: continued, elements: [element])
    }
    count += 1
    return count < batch ? complete : complete + take()
  }

  private func isHeld(_ key: String?, _ source: String?) -> Bool {
    if let key {
      indexOfKey[key] != nil
    } else {
      groups.last.map { $0.decree == nil && $0.source == source } ?? false
    }
  }

  private mutating func place(
    _ element: Element, _ key: String?, _ source: String?, new: (_ isContinued: Bool) -> Group
  ) {
    guard let key else {
      if isHeld(nil, source) {
        groups[groups.count - 1].elements.append(element)
      } else {
        groups.append(new(false))
      }
      return
    }
    if let index = indexOfKey[key] {
      groups[index].elements.append(element)
      return
    }
    indexOfKey[key] = groups.count
    groups.append(new(givenOut.contains(key)))
  }

  /// Gives out all that is held.
  mutating func take() -> [Group] {
    defer {
      givenOut.formUnion(indexOfKey.keys)
      groups = []
      indexOfKey = [:]
      count = 0
    }
    return groups
  }
}

extension DecreeOrder.Group {
  /// Such as `SK 800/1 · 2024-03-21`.
  func title(_ language: Language) -> String {
    let owner = source.map { " · " + PlainText.line($0, limit: 60) } ?? ""
    guard let decree else {
      return Text("(tanpa nomor SK)", "(no decree number)")[language] + owner
    }
    return "\(decree.name) · \(decree.date ?? "-")" + owner
      + (isContinued ? Text(" (lanjutan)", " (continued)")[language] : "")
  }
}
