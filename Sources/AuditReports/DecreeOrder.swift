import FreezeRules

/// The order of every report: acts of one SK (number and date) together, the SKs in the order in which they first come,
/// acts without a number where they stand.
///
/// An export sorted by person scatters an SK of 200 people over the whole file, so the acts are held back; but only
/// ``batch`` of them, so that memory is bounded however long the report is. An SK that goes on after that is marked as continued.
struct DecreeOrder<Element> {
  /// Acts of one SK.
  struct Group {
    /// Number and date as shown, `nil` for acts without a number.
    let decree: Decree?
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

  private let batch: Int
  private var groups: [Group] = []
  private var indexOfKey: [String: Int] = [:]
  private var givenOut: Set<String> = []
  private var count = 0

  init(batch: Int = 10_000) { self.batch = batch }

  /// Takes an act in reading order; gives out all that is held once there are enough.
  mutating func add(_ action: PersonnelAction, _ element: Element) -> [Group] {
    place(action, element)
    count += 1
    return count < batch ? [] : take()
  }

  private mutating func place(_ action: PersonnelAction, _ element: Element) {
    guard let number = action.decreeNo else {
      if let last = groups.indices.last, groups[last].decree == nil {
        groups[last].elements.append(element)
      } else {
        groups.append(Group(decree: nil, isContinued: false, elements: [element]))
      }
      return
    }
    // The same number is written with and without blanks, in either case.
    let date = action.decreeDate.display
    let key = number.lowercased().filter { !$0.isWhitespace } + "\u{0}" + (date ?? "")
    if let index = indexOfKey[key] {
      groups[index].elements.append(element)
      return
    }
    indexOfKey[key] = groups.count
    groups.append(
      Group(
        decree: Decree(
          number: PlainText.line(number, limit: 80), date: date.map { PlainText.line($0, limit: 20) }),
        isContinued: givenOut.contains(key), elements: [element]))
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
    guard let decree else { return Bilingual(id: "(tanpa nomor SK)", en: "(no decree number)")[language] }
    return "\(decree.name) · \(decree.date ?? "-")"
      + (isContinued ? Bilingual(id: " (lanjutan)", en: " (continued)")[language] : "")
  }
}
